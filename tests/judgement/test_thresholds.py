"""At each number, one below, one above, and unknown: what `ningxia` reports and how the ladder grades.

Source of the ladder: 生产安全事故报告和调查处理条例 第三条.
"""

from datetime import date, datetime

import pytest
from tests.factory import NOW, incident

from jinji_report.judgement.classify import classify
from jinji_report.moments import BEIJING
from jinji_report.quantity import unknown
from jinji_report.vocabulary import Decision, Grade

KEEP, UNSURE, REPORT = Decision.KEEP, Decision.UNSURE, Decision.REPORT
ORDINARY, LARGER, SERIOUS, EXTRAORDINARY = Grade
# Wide enough that every measure of people has room, and told, so that nothing else is open.
ALL_TOLD = {"deaths": 0, "injured": 300, "seriously_injured": 0, "direct_loss_wan": 0}
NINGXIA_CATEGORIES = ("建筑施工事故", "矿山事故", "道路交通事故", "火灾", "食物中毒", "急性中毒")
WORK_SAFETY = (
    "建筑施工事故",
    "矿山事故",
    "道路交通事故",
    "危险化学品事故",
    "燃气事故",
    "其他生产安全事故",
    "踩踏事故",
)


def told(**counts):
    return ALL_TOLD | counts


def span(grade):
    return None if grade is None else (grade.low, grade.high)


@pytest.mark.parametrize("category", NINGXIA_CATEGORIES)
@pytest.mark.parametrize(
    ("measure", "value", "decision"),
    [
        ("deaths", 2, KEEP),
        ("deaths", 3, REPORT),
        ("deaths", 4, REPORT),
        ("deaths", unknown("死亡不详"), UNSURE),
        ("seriously_injured", 4, KEEP),
        ("seriously_injured", 5, REPORT),
        ("seriously_injured", 6, REPORT),
        ("seriously_injured", unknown("重伤不详"), UNSURE),
        ("direct_loss_wan", 999, KEEP),
        ("direct_loss_wan", 999.99, KEEP),
        ("direct_loss_wan", 1000, REPORT),
        ("direct_loss_wan", 1001, REPORT),
        ("direct_loss_wan", unknown("损失正在统计"), KEEP),
    ],
)
def test_ningxia_decides_at_each_of_its_three_numbers(ningxia, category, measure, value, decision):
    verdict = classify(incident(category=category, **told(**{measure: value})), ningxia, NOW)
    assert verdict.decision == decision


@pytest.mark.parametrize(
    ("measure", "span", "decision"),
    [
        ("deaths", (0, 2), KEEP),
        ("deaths", (2, 3), UNSURE),
        ("deaths", (3, None), REPORT),
        ("deaths", (3, 40), REPORT),
        ("deaths", (2, None), UNSURE),
        ("seriously_injured", (4, 5), UNSURE),
        ("seriously_injured", (5, 9), REPORT),
        ("direct_loss_wan", (900, 1100), UNSURE),
        ("direct_loss_wan", (1000, None), REPORT),
    ],
)
def test_ningxia_decides_on_ranges_by_both_their_ends(ningxia, measure, span, decision):
    verdict = classify(incident(category="火灾", **told(**{measure: span})), ningxia, NOW)
    assert verdict.decision == decision


def test_at_least_three_dead_is_surely_reported_though_sure_of_no_single_band(ningxia):
    verdict = classify(incident(category="建筑施工事故", deaths=(3, None)), ningxia, NOW)
    assert verdict.decision == REPORT
    assert span(verdict.grade) == (LARGER, EXTRAORDINARY)


def test_nothing_told_leaves_ningxia_open(ningxia):
    verdict = classify(incident(category="建筑施工事故"), ningxia, NOW)
    assert verdict.decision == UNSURE
    assert span(verdict.grade) == (None, EXTRAORDINARY)


@pytest.mark.parametrize("category", WORK_SAFETY)
@pytest.mark.parametrize(
    ("measure", "value", "grade"),
    [
        ("deaths", 0, None),
        ("deaths", 1, ORDINARY),
        ("deaths", 2, ORDINARY),
        ("deaths", 3, LARGER),
        ("deaths", 4, LARGER),
        ("deaths", 9, LARGER),
        ("deaths", 10, SERIOUS),
        ("deaths", 11, SERIOUS),
        ("deaths", 29, SERIOUS),
        ("deaths", 30, EXTRAORDINARY),
        ("deaths", 31, EXTRAORDINARY),
        ("seriously_injured", 0, None),
        ("seriously_injured", 1, ORDINARY),
        ("seriously_injured", 2, ORDINARY),
        ("seriously_injured", 9, ORDINARY),
        ("seriously_injured", 10, LARGER),
        ("seriously_injured", 11, LARGER),
        ("seriously_injured", 49, LARGER),
        ("seriously_injured", 50, SERIOUS),
        ("seriously_injured", 51, SERIOUS),
        ("seriously_injured", 99, SERIOUS),
        ("seriously_injured", 100, EXTRAORDINARY),
        ("seriously_injured", 101, EXTRAORDINARY),
        ("direct_loss_wan", 0, None),
        ("direct_loss_wan", 0.01, ORDINARY),
        ("direct_loss_wan", 1, ORDINARY),
        ("direct_loss_wan", 999, ORDINARY),
        ("direct_loss_wan", 999.99, ORDINARY),
        ("direct_loss_wan", 1000, LARGER),
        ("direct_loss_wan", 1001, LARGER),
        ("direct_loss_wan", 4999, LARGER),
        ("direct_loss_wan", 5000, SERIOUS),
        ("direct_loss_wan", 5001, SERIOUS),
        ("direct_loss_wan", 9999, SERIOUS),
        ("direct_loss_wan", 10000, EXTRAORDINARY),
        ("direct_loss_wan", 10001, EXTRAORDINARY),
    ],
)
def test_a_count_that_equals_a_threshold_belongs_to_the_graver_grade(
    national, category, measure, value, grade
):
    verdict = classify(incident(category=category, **told(**{measure: value})), national, NOW)
    assert span(verdict.grade) == (None if grade is None else (grade, grade))


@pytest.mark.parametrize("category", ["建筑施工事故", "矿山事故"])
@pytest.mark.parametrize(
    ("measure", "value", "low", "high"),
    [
        ("deaths", unknown("死亡不详"), None, EXTRAORDINARY),
        ("deaths", (2, 3), ORDINARY, LARGER),
        ("deaths", (3, 9), LARGER, LARGER),
        ("deaths", (9, 10), LARGER, SERIOUS),
        ("deaths", (10, None), SERIOUS, EXTRAORDINARY),
        ("deaths", (30, None), EXTRAORDINARY, EXTRAORDINARY),
        ("seriously_injured", (9, 10), ORDINARY, LARGER),
        ("seriously_injured", (11, 19), LARGER, LARGER),
        ("seriously_injured", (49, 100), LARGER, EXTRAORDINARY),
        ("direct_loss_wan", (0, 1), None, ORDINARY),
        ("direct_loss_wan", (999, 5000), ORDINARY, SERIOUS),
    ],
)
def test_a_range_is_graded_from_the_rung_of_its_low_end_to_that_of_its_high_end(
    national, category, measure, value, low, high
):
    verdict = classify(incident(category=category, **told(**{measure: value})), national, NOW)
    assert span(verdict.grade) == (low, high)


def test_seriously_hurt_of_unknown_number_can_be_no_more_than_are_hurt(national):
    counts = told(injured=60, seriously_injured=unknown("重伤不详"))
    verdict = classify(incident(category="建筑施工事故", **counts), national, NOW)
    assert span(verdict.grade) == (None, SERIOUS)


def test_the_gravest_of_several_ladders_leads(national):
    counts = told(deaths=2, seriously_injured=10, direct_loss_wan=5000)
    assert span(classify(incident(category="矿山事故", **counts), national, NOW).grade) == (SERIOUS, SERIOUS)


@pytest.mark.parametrize(
    ("day", "graded"), [(date(2007, 5, 31), False), (date(2007, 6, 1), True), (date(2026, 3, 20), True)]
)
def test_an_incident_is_judged_by_what_was_in_force_when_it_happened(national, day, graded):
    at = datetime(day.year, day.month, day.day, 12, tzinfo=BEIJING)
    verdict = classify(incident(category="矿山事故", occurred=at, deaths=3), national, NOW)
    assert (verdict.grade is not None) == graded
    assert verdict.standards["on"] == day.isoformat()


def test_an_incident_of_unknown_time_is_judged_by_the_earliest_moment_known(national):
    moments = {"received": NOW, "alarm": datetime(2007, 5, 31, 23, 59, tzinfo=BEIJING)}
    verdict = classify(incident(category="矿山事故", occurred=None, moments=moments, deaths=3), national, NOW)
    assert verdict.standards["on"] == "2007-05-31"
    assert classify(incident(occurred=None), national, NOW).standards["on"] == NOW.date().isoformat()


@pytest.mark.parametrize(("deaths", "city", "province", "centre"), [
    (0, None, None, None),
    (1, REPORT, None, None),
    (2, REPORT, None, None),
    (3, REPORT, REPORT, None),
    (9, REPORT, REPORT, None),
    (10, REPORT, REPORT, REPORT),
    ((2, 3), REPORT, UNSURE, None),
    ((0, 1), UNSURE, None, None),
    ((9, 10), REPORT, REPORT, UNSURE),
    (unknown("死亡不详"), UNSURE, UNSURE, UNSURE),
])  # fmt: skip
def test_the_county_decides_for_each_office_by_itself(county, deaths, city, province, centre):
    verdict = classify(incident(category="火灾", **told(deaths=deaths)), county, NOW)
    found = {(o.tier.value, o.line.value): o.decision for o in verdict.report_to}
    wanted = {"市": city, "省": province, "中央": centre}
    assert found == {(tier, line): d for tier, d in wanted.items() if d for line in ("党委", "政府")}
    strongest = city if city is not None else KEEP
    assert verdict.decision == strongest
