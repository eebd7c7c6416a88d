"""What was decided for one incident is used for the next of its pattern, and never says another thing than judging anew."""

import random
from copy import copy
from datetime import timedelta

import pytest
from tests.factory import HAPPENED, NOW

from jinji_report.judgement import classify as judging
from jinji_report.judgement.bounds import bounds
from jinji_report.model.facts import Facts, Occurred, Place
from jinji_report.quantity import Quantity
from jinji_report.standards.load import load, shipped_packs
from jinji_report.vocabulary import Precision


def chosen(chance, standards, turning):
    """An incident whose figures lie on and around the bounds of the standards."""
    names = chance.sample(sorted(turning), k=min(len(turning), chance.choice((0, 1, 2, 3, 4))))
    measures = {}
    for name in names:
        bound = chance.choice(turning[name])
        low = max(0, bound + chance.choice((-3, -1, 0, 0, 1, 2)))
        high = chance.choice((low, low, low, low + 1, low + 12, None))
        measures[name] = Quantity(low, high, f"{name}{low}")
    if chance.random() < 0.05 and names:
        measures[names[0]] = Quantity(0, None, "不详")
    precision = chance.choice((Precision.MINUTE, Precision.MINUTE, Precision.DAY))
    return Facts(
        category=chance.choice([*standards.categories, None]),
        occurred=None
        if chance.random() < 0.1
        else Occurred(HAPPENED - timedelta(days=chance.randint(0, 90)), precision),
        place=None if chance.random() < 0.1 else Place(f"城关镇东街{chance.randint(1, 9)}号"),
        measures=measures,
        tags={
            tag.name: tag.name
            for tag in chance.sample(standards.tags, k=min(len(standards.tags), chance.choice((0, 0, 1, 2))))
        },
    )


def bounds_in(tree):
    for branch in ("any", "all"):
        for part in tree.get(branch, ()):
            yield from bounds_in(part)
    if "not" in tree:
        yield from bounds_in(tree["not"])
    for op in ("at_least", "more_than", "at_most", "below"):
        if op in tree:
            names = tree["measure"]
            for name in [names] if isinstance(names, str) else names:
                yield name, tree[op]


@pytest.mark.parametrize("pack", shipped_packs())
def test_an_incident_whose_pattern_was_decided_before_gets_what_judging_it_anew_gives(pack, monkeypatch):
    standards = load(pack)
    turning = {}
    for row in (*standards.grades, *standards.reports, *standards.factors, *standards.consultations):
        for name, bound in bounds_in(row.when):
            turning.setdefault(name, []).append(bound)
    chance = random.Random(7)
    facts = [chosen(chance, standards, turning) for _ in range(500)]
    facts += [  # the same figures of the same kind, told elsewhere, at another time and with other tags
        chosen(chance, standards, turning).with_changes(category=one.category, measures=one.measures)
        for one in facts[:200]
    ]
    remembered = [judging.classify(one, standards, NOW).to_json() for one in [*facts, *facts]][len(facts) :]
    monkeypatch.setattr(judging, "pattern", lambda *_: object())  # no two alike
    monkeypatch.setattr(judging, "bounds", lambda *told: copy(bounds(*told)))
    assert remembered == [judging.classify(one, standards, NOW).to_json() for one in facts]


def test_a_verdict_whose_lists_somebody_changed_leaves_the_next_one_whole():
    standards = load("county")
    facts = Facts(category="火灾", measures={"injured": Quantity(5, 5)}, place=Place("东街"))
    first = judging.classify(facts, standards, NOW)
    before = first.to_json()["questions"][:]
    first.questions.clear()
    first.presumed.clear()
    first.owners.clear()
    assert judging.classify(facts, standards, NOW).questions == before
