"""Laws of judging that hold for any facts: graver news never weakens a verdict, and no range hides a filling."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factory import NOW, incident

from jinji_report.judgement.classify import classify
from jinji_report.quantity import exactly, unknown
from jinji_report.standards.load import load, shipped_packs
from jinji_report.vocabulary import DECISIONS, GRADES, Decision

PACKS = {name: load(name) for name in shipped_packs()}
CATEGORIES = sorted(PACKS["national"].categories)
COUNTED = (
    "deaths",
    "injured",
    "seriously_injured",
    "missing",
    "trapped",
    "poisoned",
    "evacuated",
    "direct_loss_wan",
)
TAGS = (
    "校园",
    "学生",
    "军人",
    "老人",
    "抢救中",
    "危险化学品",
    "泄漏",
    "被困失联",
    "高速公路",
    "医院",
    "职业中毒",
    "电梯",
)
EDGES = (0, 1, 2, 3, 4, 5, 9, 10, 29, 30, 49, 50, 99, 100, 999, 1000, 4999, 5000, 10000)

packs = st.sampled_from(sorted(PACKS)).map(PACKS.__getitem__)
categories = st.sampled_from(CATEGORIES)
tags = st.lists(st.sampled_from(TAGS), max_size=3, unique=True).map(tuple)
values = st.one_of(
    st.sampled_from(EDGES),
    st.tuples(st.sampled_from(EDGES), st.sampled_from(EDGES)).map(lambda pair: (min(pair), max(pair))),
    st.sampled_from(EDGES).map(lambda low: (low, None)),
    st.just(unknown("不详")),
)
counts = st.dictionaries(st.sampled_from(COUNTED), values, max_size=5)
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rank(grade):
    return -1 if grade is None else GRADES.index(grade)


def weight(verdict):
    """The decision of each office, of all, and both ends of the grade, as numbers that may only rise."""
    offices = {(o.tier, o.line): DECISIONS.index(o.decision) for o in verdict.report_to}
    grade = verdict.grade
    low, high = (-1, -1) if grade is None else (rank(grade.low), rank(grade.high))
    return offices, DECISIONS.index(verdict.decision), low, high


def never_lower(before, after):
    (offices, *rest), (offices_after, *rest_after) = weight(before), weight(after)
    for address, decision in offices.items():
        assert offices_after.get(address, 0) >= decision
    assert all(b >= a for a, b in zip(rest, rest_after, strict=True))


@relaxed
@given(packs, categories, tags, counts, st.sampled_from(EDGES))
def test_one_more_death_never_lowers_the_grade_or_the_decision(standards, category, tags, counts, deaths):
    def judged(n):
        return classify(incident(category=category, tags=tags, **(counts | {"deaths": n})), standards, NOW)

    never_lower(judged(deaths), judged(deaths + 1))


@relaxed
@given(packs, categories, tags, counts, st.sampled_from(COUNTED), st.sampled_from(EDGES))
def test_one_more_of_anything_never_lowers_the_grade_or_the_decision(
    standards, category, tags, counts, measure, value
):
    def judged(n):
        return classify(incident(category=category, tags=tags, **(counts | {measure: n})), standards, NOW)

    never_lower(judged(value), judged(value + 1))


@relaxed
@given(packs, categories, tags, counts)
def test_the_strongest_office_leads_and_no_listed_office_is_kept(standards, category, tags, counts):
    verdict = classify(incident(category=category, tags=tags, **counts), standards, NOW)
    decisions = [o.decision for o in verdict.report_to]
    assert verdict.decision == max(decisions, key=DECISIONS.index, default=Decision.KEEP)
    assert Decision.KEEP not in decisions
    assert verdict.grade is None or rank(verdict.grade.low) <= rank(verdict.grade.high)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["火灾", "建筑施工事故", "道路交通事故"]),
    st.tuples(st.integers(0, 5), st.integers(0, 3)),
    st.tuples(st.integers(0, 7), st.integers(0, 3)),
    st.tuples(st.sampled_from([998, 999, 1000]), st.integers(0, 2)),
)
def test_a_verdict_is_that_of_all_its_fillings(category, deaths, serious, loss):
    """All report: 应报. None does: 备查. Some do: 待核."""

    def judged(deaths, serious, loss):
        facts = incident(
            category=category, deaths=deaths, injured=50, seriously_injured=serious, direct_loss_wan=loss
        )
        return classify(facts, PACKS["ningxia"], NOW)

    spans = [(low, low + more) for low, more in (deaths, serious, loss)]
    each = [judged(*filling) for filling in product(*(range(low, high + 1) for low, high in spans))]
    together = judged(*spans)
    decisions = {verdict.decision for verdict in each}
    assert together.decision == (decisions.pop() if len(decisions) == 1 else Decision.UNSURE)
    assert rank(together.grade.low if together.grade else None) == min(
        rank(v.grade.low if v.grade else None) for v in each
    )
    assert rank(together.grade.high if together.grade else None) == max(
        rank(v.grade.high if v.grade else None) for v in each
    )


LOOSE = ("deaths", "missing", "trapped", "poisoned", "evacuated", "direct_loss_wan", "seriously_injured")
spans = st.tuples(st.sampled_from(EDGES), st.sampled_from(EDGES)).map(sorted).map(tuple)


@relaxed
@given(packs, categories, tags, st.dictionaries(st.sampled_from(LOOSE), spans, min_size=1, max_size=2))
def test_an_open_verdict_has_fillings_either_way_and_a_sure_verdict_has_no_filling_against_it(
    standards, category, tags, loose
):
    """应报: every filling reports. 备查: none does. 待核: some do and some do not, or a question stays open whatever
    the numbers are. The grade runs from that of the lowest filling to that of the highest."""
    hurt = loose.get("seriously_injured", (0, 0))[1]
    told = dict.fromkeys(standards.measures, 0) | {"injured": hurt}

    def judged(counts):
        facts = incident(category=category, tags=tags, **(told | counts))
        return classify(facts, standards, NOW, consulted=True)

    def between(low, high):
        return [low, *(edge for edge in EDGES if low < edge < high), high]

    together = judged(loose)
    each = [
        judged(dict(zip(loose, values, strict=True)))
        for values in product(*(between(low, high) for low, high in loose.values()))
    ]
    decisions = {verdict.decision for verdict in each}
    if together.decision != Decision.UNSURE:
        assert decisions == {together.decision}
    else:
        assert Decision.UNSURE in decisions or decisions == {Decision.REPORT, Decision.KEEP}
    offices = [{(o.tier, o.line): o.decision for o in verdict.report_to} for verdict in each]
    for office in together.report_to:
        if office.decision == Decision.REPORT:
            assert all(one.get((office.tier, office.line)) == Decision.REPORT for one in offices)
    assert rank(together.grade.low if together.grade else None) == min(
        rank(v.grade.low if v.grade else None) for v in each
    )
    assert rank(together.grade.high if together.grade else None) == max(
        rank(v.grade.high if v.grade else None) for v in each
    )


@relaxed
@given(packs, categories, tags, counts)
def test_a_question_is_asked_only_where_some_answer_changes_the_verdict(standards, category, tags, counts):
    """For each measure that is asked, a low answer and a high one lead to other offices or another grade."""

    def answered(measure, value):
        facts = incident(category=category, tags=tags, **counts)
        given = facts.with_changes(measures=facts.measures | {measure: exactly(value)})
        # The parts and wholes of what is answered must leave it room.
        return weight(classify(given, standards, NOW, consulted=True))

    facts = incident(category=category, tags=tags, **counts)
    verdict = classify(facts, standards, NOW, consulted=True)
    for question in verdict.questions:
        measure = question["measure"]
        if measure is None:
            continue
        told = facts.measures.get(measure)
        low = 0 if told is None else told.low
        high = 10**9 if told is None or told.high is None else told.high
        assert answered(measure, low) != answered(measure, high), question


@pytest.mark.parametrize("pack", sorted(PACKS))
@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_can_be_judged_with_nothing_told_and_with_everything(pack, category):
    standards = PACKS[pack]
    classify(incident(category=category, occurred=None, place=None), standards, NOW)
    everything = {measure: (1, None) for measure in standards.measures}
    tags = tuple(tag.name for tag in standards.tags)
    verdict = classify(incident(category=category, tags=tags, **everything), standards, NOW)
    assert verdict.reasons or verdict.decision != Decision.REPORT


@relaxed
@given(packs, categories, tags, counts)
def test_what_is_presumed_was_not_told(standards, category, tags, counts):
    facts = incident(category=category, tags=tags, **counts)
    for measure in classify(facts, standards, NOW).presumed:
        assert measure not in facts.measures or facts.measures[measure].wholly_open


def test_a_range_that_may_bring_an_asking_factor_keeps_the_verdict_open():
    """Two dead and one trapped is 待核, so two dead and none to two trapped cannot be 备查."""

    def judged(trapped):
        facts = incident(category="矿山事故", deaths=2, injured=0, trapped=trapped)
        return classify(facts, PACKS["ningxia"], NOW).decision

    assert judged(1) == Decision.UNSURE
    assert judged((0, 2)) == Decision.UNSURE


def test_standards_that_judged_other_kinds_on_other_days_judge_as_those_just_loaded():
    days = [NOW.replace(year=year, month=month) for year, month in ((2006, 6), (2013, 10), (2026, 3))]
    told = ((), ("学生", "校园"), ("危险化学品", "泄漏"), ("被困失联", "高速公路"))
    incidents = [
        incident(category=category, tags=tags, occurred=day, deaths=2, injured=(3, 12))
        for category in ("道路交通事故", "危险化学品事故", "食物中毒", None)
        for tags in told
        for day in days
    ]
    used = load("county")
    for facts in incidents:
        classify(facts, used, NOW)
    for facts in incidents[::4] + incidents[1::9]:
        fresh = load("county")
        assert fresh is not used
        assert classify(facts, used, NOW).to_json() == classify(facts, fresh, NOW).to_json()
