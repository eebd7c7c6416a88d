"""What is kept of a kind of incident is what its conditions come to, and kinds that differ in nothing share it."""

import random
from datetime import timedelta

import pytest
from tests.factory import NOW
from tests.standards import pack as small

from jinji_report.judgement.profile import profile_of
from jinji_report.standards.conditions import Known, merged, reduce, shape
from jinji_report.standards.load import load
from jinji_report.standards.rows import applies


def shapes(rest):
    return {shape(formula) for formula in rest.formulas}


@pytest.mark.parametrize("pack", ["county", "ningxia", "national"])
def test_what_is_left_of_a_row_is_what_working_it_out_anew_gives(pack):
    standards = load(pack)
    chance = random.Random(11)
    for _ in range(60):
        day = NOW.date() - timedelta(days=chance.randint(0, 700))
        rows = standards.on(day)
        category = chance.choice([*rows.categories])
        tags = [tag.name for tag in chance.sample(rows.tags, k=chance.choice((0, 1, 1, 2, 3)))]
        left = profile_of(category, tags, day, rows).left
        known = Known(category=category, tags=tags, on=day, ranges={})
        for row in (*rows.grades, *rows.reports):
            anew = reduce(row.when, known, rows) if applies(row.categories, category) else False
            assert shape(left.firsts.get(row, False)) == shape(anew), (row.id, category, tags, day)
        owners = [row for row in rows.owners if applies(row.categories, category)]
        for row in (*rows.factors, *rows.consultations, *owners):
            assert shapes(left.rests[row]) == {shape(merged(reduce(row.when, known, rows)))}


@pytest.mark.parametrize("pack", ["county", "ningxia"])
def test_of_an_unknown_category_all_that_it_may_be_is_kept(pack):
    standards = load(pack)
    rows = standards.on(NOW.date())
    for tags in ([], ["学生", "校园"], ["危险化学品", "泄漏"]):
        open_kind = profile_of(None, tags, NOW.date(), rows)
        each = [profile_of(name, tags, NOW.date(), rows) for name in rows.categories]
        assert {address: shapes(rest) for address, rest in open_kind.offices} == {
            address: set().union(*(shapes(dict(kind.offices)[address]) for kind in each))
            for address, _ in open_kind.offices
        }
        for grade, rest in open_kind.ladders.items():
            assert shapes(rest) == set().union(*(shapes(kind.ladders[grade]) for kind in each))
        for row, rest in open_kind.factors:
            assert shapes(rest) == set().union(*(shapes(kind.left.rests[row]) for kind in each))


def test_tags_that_change_nothing_about_a_kind_share_all_that_was_decided_of_it():
    rows = load("county").on(NOW.date())
    plain = profile_of("火灾", [], NOW.date(), rows)
    same = [tag.name for tag in rows.tags if profile_of("火灾", [tag.name], NOW.date(), rows) is plain]
    other = [tag.name for tag in rows.tags if tag.name not in same]
    assert "校园" in other
    assert same
    for name in same:
        kind = profile_of("火灾", [name, "校园"], NOW.date(), rows)
        assert kind is profile_of("火灾", ["校园"], NOW.date(), rows)


def test_a_tag_that_lifts_the_grade_of_one_kind_is_kept_where_the_kind_is_unknown(tmp_path):
    """The row by the grade comes first with 火灾, about which the tag changes nothing."""
    standards = small.loaded(
        tmp_path,
        small.row(
            "grade",
            "fire",
            'grade = "较大"',
            'category = "火灾"',
            'when = { measure = "deaths", at_least = 3 }',
        ),
        small.row(
            "grade",
            "quake",
            'grade = "较大"',
            'category = "地震灾害"',
            'when = { all = [{ tag = "学生" }, { measure = "injured", at_least = 1 }] }',
        ),
        small.row(
            "report",
            "by-grade",
            'to = [{ tier = "省", line = "党委" }]',
            'text = "较大以上"',
            'when = { grade_at_least = "较大" }',
        ),
    )
    rows = standards.on(NOW.date())
    without = dict(profile_of(None, [], NOW.date(), rows).offices)
    with_tag = dict(profile_of(None, ["学生"], NOW.date(), rows).offices)
    province = next(address for address in without if address.tier == "省")
    assert len(shapes(with_tag[province]) - shapes(without[province])) == 1
