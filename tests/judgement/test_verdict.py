"""What a verdict rests on: presumptions, questions, factors, consultation, owners, near misses, reasons."""

import pytest
from tests.factory import NOW, incident
from tests.standards.pack import row, small, written

from jinji_report.judgement.classify import classify
from jinji_report.judgement.owners import township
from jinji_report.model.verdict import Verdict
from jinji_report.quantity import unknown
from jinji_report.standards.load import load
from jinji_report.vocabulary import Decision

KEEP, UNSURE, REPORT = Decision.KEEP, Decision.UNSURE, Decision.REPORT


def asked(verdict, decides=None):
    """The measures that the verdict asks for, those that can decide `decides` where it is given."""
    return [q["measure"] for q in verdict.questions if q["measure"] and decides in (None, q["decides"])]


def factors(verdict):
    return {f["factor"]: f["effect"] for f in verdict.factors}


def offices(verdict):
    return {(o.tier.value, o.line.value): o.decision for o in verdict.report_to}


# —— a part and its whole ——


def test_three_hurt_cannot_hide_five_seriously_hurt(ningxia):
    verdict = classify(incident(category="火灾", deaths=0, injured=3), ningxia, NOW)
    assert verdict.decision == KEEP
    assert "seriously_injured" not in asked(verdict, "应报")


def test_five_hurt_may_hide_five_seriously_hurt(ningxia):
    verdict = classify(incident(category="火灾", deaths=0, injured=5), ningxia, NOW)
    assert "seriously_injured" in asked(verdict, "应报")


def test_seriously_hurt_of_unknown_number_among_four_hurt_cannot_be_five(ningxia):
    few = classify(incident(deaths=0, injured=4, seriously_injured=unknown("重伤不详")), ningxia, NOW)
    many = classify(incident(deaths=0, injured=5, seriously_injured=unknown("重伤不详")), ningxia, NOW)
    assert (few.decision, many.decision) == (KEEP, UNSURE)


def test_the_slightly_hurt_leave_less_room_for_the_seriously_hurt(ningxia):
    counts = {"deaths": 0, "injured": 7, "seriously_injured": unknown("重伤不详")}
    assert classify(incident(**counts, slightly_injured=3), ningxia, NOW).decision == KEEP
    assert classify(incident(**counts, slightly_injured=2), ningxia, NOW).decision == UNSURE


def test_where_the_figures_contradict_each_other_the_graver_one_is_not_lost(ningxia):
    assert classify(incident(deaths=0, injured=3, seriously_injured=5), ningxia, NOW).decision == REPORT


def test_at_least_as_many_are_hurt_as_are_seriously_hurt(national):
    verdict = classify(
        incident(category="群体性事件", deaths=0, crowd=0, seriously_injured=10), national, NOW
    )
    assert verdict.grade.low == "重大"
    assert verdict.grade.high == "重大"


def test_a_question_that_cannot_change_the_answer_is_not_asked(tmp_path):
    standards = load(
        str(
            written(
                tmp_path,
                "small",
                small(
                    row(
                        "report",
                        "r.five",
                        'to = [{ tier = "市", line = "党委" }]',
                        'text = "重伤5人以上"',
                        'when = { measure = "seriously_injured", at_least = 5 }',
                    )
                ),
            )
        )
    )
    assert asked(classify(incident(deaths=0, injured=4), standards, NOW)) == []
    assert asked(classify(incident(deaths=0, injured=5), standards, NOW)) == ["seriously_injured"]
    assert asked(classify(incident(deaths=3, injured=5), standards, NOW)) == []


# —— what may be presumed ——


def test_a_loss_that_nobody_named_is_presumed_and_asked_once(ningxia):
    verdict = classify(incident(category="火灾", deaths=0, injured=0), ningxia, NOW)
    assert verdict.decision == KEEP
    assert "direct_loss_wan" in verdict.presumed
    assert asked(verdict).count("direct_loss_wan") == 1


def test_a_loss_still_being_counted_is_presumed_and_not_asked_again(ningxia):
    verdict = classify(incident(deaths=0, injured=0, direct_loss_wan=unknown("损失正在统计")), ningxia, NOW)
    assert verdict.decision == KEEP
    assert "direct_loss_wan" in verdict.presumed
    assert "direct_loss_wan" not in asked(verdict)


def test_a_loss_that_was_told_is_never_presumed(ningxia):
    verdict = classify(incident(deaths=0, injured=0, direct_loss_wan=(900, 1100)), ningxia, NOW)
    assert "direct_loss_wan" not in verdict.presumed
    assert verdict.decision == UNSURE


def test_dead_of_unknown_number_keep_the_verdict_open_and_are_asked(ningxia):
    verdict = classify(incident(deaths=unknown("伤亡不详"), injured=unknown("伤亡不详")), ningxia, NOW)
    assert verdict.decision == UNSURE
    assert "deaths" not in verdict.presumed
    assert asked(verdict)[0] == "deaths"


def test_the_hurt_told_without_a_death_mean_no_death(ningxia):
    verdict = classify(incident(injured=2), ningxia, NOW)
    assert verdict.decision == KEEP
    assert "deaths" in verdict.presumed


def test_nothing_about_people_presumes_nothing_about_people(ningxia):
    verdict = classify(incident(), ningxia, NOW)
    assert verdict.decision == UNSURE
    assert {"deaths", "seriously_injured"}.isdisjoint(verdict.presumed)
    assert {"deaths", "seriously_injured"} <= set(asked(verdict))


def test_a_presumption_stands_in_the_verdict_and_not_among_what_was_said(ningxia):
    facts = incident(deaths=1)
    verdict = classify(facts, ningxia, NOW)
    assert set(facts.measures) == {"deaths"}
    assert "seriously_injured" in verdict.presumed


def test_only_what_the_standards_look_at_is_shown_as_presumed(tmp_path):
    standards = load(str(written(tmp_path, "small", small())))
    assert classify(incident(deaths=1), standards, NOW).presumed == []


# —— what to ask ——


def test_questions_that_can_decide_come_before_those_that_can_not(county):
    questions = classify(incident(category="火灾", occurred=None, place=None), county, NOW).questions
    assert questions[0]["measure"] == "deaths"
    assert [q["decides"] for q in questions[-2:]] == ["时限", "属地"]


def test_what_is_known_exactly_is_not_asked_again(county):
    verdict = classify(incident(deaths=2, injured=1, seriously_injured=1, direct_loss_wan=10), county, NOW)
    assert {"deaths", "seriously_injured", "direct_loss_wan"}.isdisjoint(asked(verdict))
    assert "什么时间发生的？" not in [q["ask"] for q in verdict.questions]


def test_an_unknown_category_is_asked_and_keeps_the_verdict_open(county):
    verdict = classify(incident(category=None, deaths=0, injured=20), county, NOW)
    assert verdict.decision == UNSURE
    assert "类别" in [q["decides"] for q in verdict.questions]


def test_what_every_category_would_report_needs_no_category(ningxia):
    assert classify(incident(category=None, deaths=3), ningxia, NOW).decision == REPORT


def test_a_verdict_without_a_category_still_gives_its_reasons(ningxia):
    verdict = classify(incident(category=None, deaths=3), ningxia, NOW)
    assert any(reason["measures"] == ["deaths"] for reason in verdict.reasons)


# —— factors ——


def test_a_lifting_factor_reports_without_any_number(ningxia):
    verdict = classify(incident(category="火灾", deaths=0, injured=0, tags=("校园",)), ningxia, NOW)
    assert verdict.decision == REPORT
    assert factors(verdict)["学校和托幼机构"] == "lifts"
    assert "ningxia.factor" in [reason["criterion"] for reason in verdict.reasons]


def test_a_factor_carries_the_words_that_brought_it(ningxia):
    verdict = classify(incident(deaths=0, injured=0, tags={"校园": "县一中食堂"}), ningxia, NOW)
    assert verdict.factors[0]["said"] == "县一中食堂"
    assert verdict.factors[0]["clause"]


def test_a_shown_factor_changes_nothing(ningxia):
    plain = classify(incident(category="道路交通事故", deaths=0, injured=1), ningxia, NOW)
    shown = classify(incident(category="道路交通事故", deaths=0, injured=1, tags=("高速公路",)), ningxia, NOW)
    assert (plain.decision, shown.decision) == (KEEP, KEEP)
    assert factors(shown)["高速公路、铁路、桥隧"] == "shown"


def test_an_asking_factor_keeps_the_nearest_office_open(county):
    verdict = classify(incident(category="火灾", deaths=0, injured=1, tags=("军人",)), county, NOW)
    assert offices(verdict) == {("市", "党委"): UNSURE, ("市", "政府"): UNSURE}
    assert factors(verdict)["现役或退役军人"] == "asks"
    assert any("军人" in q["ask"] and q["decides"] == "应报" for q in verdict.questions)


@pytest.mark.parametrize(
    ("deaths", "serious", "decision"), [(0, 2, KEEP), (0, 3, UNSURE), (2, 1, UNSURE), (3, 1, REPORT)]
)
def test_people_in_rescue_keep_it_open_only_where_their_deaths_could_decide(
    ningxia, deaths, serious, decision
):
    facts = incident(deaths=deaths, injured=9, seriously_injured=serious, tags=("抢救中",))
    assert classify(facts, ningxia, NOW).decision == decision


def test_rescue_does_not_lift_by_itself(ningxia):
    verdict = classify(incident(deaths=0, injured=1, seriously_injured=1, tags=("抢救中",)), ningxia, NOW)
    assert verdict.decision == KEEP
    assert factors(verdict)["伤员还在抢救"] == "asks"


def test_a_lifting_factor_is_named_before_the_others(county):
    verdict = classify(incident(deaths=0, injured=0, tags=("老人", "军人", "校园")), county, NOW)
    effects = [f["effect"] for f in verdict.factors]
    assert effects == sorted(effects, key=["lifts", "asks", "shown"].index)


@pytest.mark.parametrize(("poisoned", "lifted"), [(4, False), (5, True), (23, True)])
def test_pupils_who_fall_ill_together_are_a_factor_from_five_on(county, poisoned, lifted):
    verdict = classify(
        incident(category="食物中毒", poisoned=poisoned, deaths=0, tags=("校园",)), county, NOW
    )
    assert ("校园聚集性发病" in factors(verdict)) == lifted
    assert (verdict.decision == REPORT) == lifted


@pytest.mark.parametrize(("trapped", "lifted"), [(2, False), (3, True), (4, True)])
def test_three_trapped_are_a_factor_and_two_are_not(ningxia, trapped, lifted):
    verdict = classify(incident(category="矿山事故", deaths=0, injured=0, trapped=trapped), ningxia, NOW)
    assert ("较大涉险" in factors(verdict)) == lifted


# —— consultation ——


def test_a_consultation_holds_the_verdict_open_until_an_opinion_is_there(ningxia):
    leak = incident(
        category="危险化学品事故", deaths=0, injured=0, poisoned=0, hospitalized=0, tags=("泄漏",)
    )
    assert classify(leak, ningxia, NOW).decision == UNSURE
    assert classify(leak, ningxia, NOW, consulted=True).decision == KEEP


def test_a_consultation_names_whom_to_ask_and_what(ningxia):
    consult = classify(incident(category="危险化学品事故", deaths=0, injured=0), ningxia, NOW).consult
    assert [row["unit"] for row in consult] == ["应急管理", "生态环境", "厂方技术人员"]
    assert all(row["questions"] for row in consult)


def test_a_consultation_does_not_weaken_what_is_sure(ningxia):
    assert classify(incident(category="危险化学品事故", deaths=3), ningxia, NOW).decision == REPORT


def test_a_consultation_that_holds_nothing_open_leaves_the_verdict_alone(ningxia):
    verdict = classify(incident(category="坍塌事故", deaths=0, injured=0, trapped=0), ningxia, NOW)
    assert verdict.consult
    assert verdict.decision == KEEP


# —— owners ——


def test_industry_and_locality_both_own_an_incident_industry_first(county):
    owners = classify(incident(category="火灾", place="城关镇东街一服装店", deaths=2), county, NOW).owners
    assert [(o["unit"], o["side"]) for o in owners] == [("消防救援", "行业"), ("城关镇", "属地")]
    assert all(o["angle"] for o in owners)


def test_a_place_without_a_township_is_owned_by_the_locality_at_large(county):
    owners = classify(incident(category="火灾", place="人民路88号", deaths=0), county, NOW).owners
    assert owners[-1] == {"unit": "属地党委政府", "side": "属地", "angle": "善后处置和社会稳定"}


def test_each_unit_owns_an_incident_once_with_all_its_angles(county):
    owners = classify(incident(category="火灾", deaths=0, tags=("校园", "学生", "校车")), county, NOW).owners
    units = [o["unit"] for o in owners]
    assert len(units) == len(set(units))
    assert "教育" in units


def test_an_unknown_category_is_owned_by_the_locality_alone(county):
    assert [o["unit"] for o in classify(incident(category=None), county, NOW).owners] == ["城关镇"]


@pytest.mark.parametrize(
    ("place", "unit"),
    [
        ("城关镇东街", "城关镇"),
        ("河西乡化工厂", "河西乡"),
        ("示范县城关镇东街", "城关镇"),
        ("示范省示范市示范县新华街道办", "新华街道"),
        ("人民路88号", None),
        ("", None),
    ],
)
def test_a_township_is_read_from_its_place(place, unit):
    assert township(place) == unit


# —— near misses and reasons ——


@pytest.mark.parametrize(("deaths", "lacks"), [(0, None), (1, 2), (2, 1)])
def test_a_near_miss_says_how_many_dead_were_lacking(county, deaths, lacks):
    verdict = classify(incident(category="火灾", deaths=deaths, injured=2, seriously_injured=1), county, NOW)
    missed = {m["measure"]: m["lacks"] for m in verdict.near_misses}
    assert missed.get("deaths") == lacks


def test_a_near_miss_names_what_it_would_have_been(county):
    (miss,) = [
        m
        for m in classify(incident(category="火灾", deaths=2), county, NOW).near_misses
        if m["measure"] == "deaths"
    ]
    assert miss["text"].startswith("差1人死亡")
    assert "较大" in miss["text"]
    assert miss["criterion"] == "fire.deaths.larger"


def test_a_measure_that_nobody_named_is_no_near_miss(county):
    assert [m["measure"] for m in classify(incident(deaths=2), county, NOW).near_misses] == ["deaths"]


def test_a_reason_names_its_criterion_its_clause_and_the_figure(ningxia):
    reason = next(
        r for r in classify(incident(deaths=3), ningxia, NOW).reasons if r["criterion"] == "ningxia.deaths.3"
    )
    assert "《秘书工作》" in reason["clause"]
    assert reason["text"] == "死亡3人，达到3人以上"
    assert reason["measures"] == ["deaths"]


def test_a_reason_says_a_range_as_a_range(ningxia):
    texts = {r["criterion"]: r["text"] for r in classify(incident(deaths=(3, None)), ningxia, NOW).reasons}
    assert texts["ningxia.deaths.3"] == "死亡至少3人，达到3人以上"
    texts = {r["criterion"]: r["text"] for r in classify(incident(deaths=(11, 19)), ningxia, NOW).reasons}
    assert texts["ningxia.deaths.3"] == "死亡11至19人，达到3人以上"


def test_a_reason_for_the_grade_names_the_rung_of_the_grade(county):
    reasons = {r["criterion"]: r["text"] for r in classify(incident(deaths=3), county, NOW).reasons}
    assert "fire.deaths.larger" in reasons
    assert reasons["fire.deaths.larger"].endswith("属较大")


@pytest.mark.parametrize(("deaths", "decision"), [(3, REPORT), ((2, 3), UNSURE)])
def test_a_verdict_that_asks_for_something_gives_a_reason(ningxia, deaths, decision):
    verdict = classify(incident(deaths=deaths), ningxia, NOW)
    assert verdict.decision == decision
    assert verdict.reasons


def test_a_verdict_names_the_standards_that_made_it(ningxia):
    assert classify(incident(deaths=3), ningxia, NOW).standards == {
        "id": "ningxia",
        "digest": ningxia.digest,
        "on": "2026-03-20",
    }


@pytest.mark.parametrize("category", ["火灾", "危险化学品事故", None])
def test_json_brings_back_the_same_verdict(county, category):
    verdict = classify(incident(category=category, deaths=(2, 3), tags=("校园",)), county, NOW)
    assert Verdict.from_json(verdict.to_json()).to_json() == verdict.to_json()


def test_the_same_facts_give_the_same_verdict(county):
    facts = incident(category="火灾", deaths=(1, 4), tags=("校园", "军人", "老人"))
    assert classify(facts, county, NOW).to_json() == classify(facts, county, NOW).to_json()


def test_a_category_that_the_standards_do_not_know_is_no_reason_to_keep_thirty_dead(ningxia, county):
    """It is judged like an unknown one."""
    facts = incident(category="飞碟坠落", deaths=30)
    assert classify(facts, ningxia, NOW).decision == REPORT
    assert classify(facts, county, NOW).decision == REPORT


def test_in_the_county_there_is_no_category_in_which_thirty_dead_are_only_kept(county):
    kept = [
        name
        for name in county.categories
        if classify(incident(category=name, deaths=30), county, NOW).decision == KEEP
    ]
    assert kept == []


def test_a_measure_that_the_standards_do_not_know_is_left_aside(county):
    verdict = classify(incident(deaths=2, comets=9), county, NOW)
    assert verdict.decision == REPORT
