"""What the shipped packs say of plain cases: from facts to decision, offices, factors, grade and limits."""

from datetime import datetime

import pytest
from tests.factory import NOW, incident

from jinji_report.judgement.classify import classify
from jinji_report.judgement.limits import demands
from jinji_report.judgement.limits import limits as limits_of
from jinji_report.moments import BEIJING
from jinji_report.standards.load import load
from jinji_report.vocabulary import Confidence, Decision, Grade

REPORT, UNSURE, KEEP = Decision.REPORT, Decision.UNSURE, Decision.KEEP
BOTH = ("county", "ningxia")
NATURAL = [row.name for row in load("county").categories.values() if row.kind == "自然灾害"]


def judged(pack, **facts):
    return classify(incident(**facts), load(pack), NOW)


def tiers(verdict):
    """The tiers whose offices must be told."""
    return {o.tier.value for o in verdict.report_to if o.decision == REPORT}


def effects(verdict):
    return {f["factor"]: f["effect"] for f in verdict.factors}


# —— many dead need no ladder ——


@pytest.mark.parametrize("category", load("county").categories)
def test_three_dead_reach_the_province_and_ten_the_centre_whatever_happened(category):
    assert "市" in tiers(judged("county", category=category, deaths=1))
    assert {"市", "省"} <= tiers(judged("county", category=category, deaths=3))
    assert {"市", "省", "中央"} <= tiers(judged("county", category=category, deaths=10))


@pytest.mark.parametrize("category", ["干旱灾害", "传染病疫情", "其他", "极端行为", "溺水"])
def test_two_dead_without_a_factor_stay_in_the_city(category):
    assert tiers(judged("county", category=category, deaths=2, crowd=0, cases=0)) == {"市"}


@pytest.mark.parametrize("category", NATURAL)
@pytest.mark.parametrize(("missing", "offices"), [(3, {"市", "省"}), (10, {"市", "省", "中央"})])
def test_in_a_disaster_the_missing_count_like_the_dead(category, missing, offices):
    assert offices <= tiers(judged("county", category=category, deaths=0, missing=missing))


def test_one_dead_and_two_missing_in_a_flood_are_three():
    assert "省" in tiers(judged("county", category="洪涝灾害", deaths=1, missing=2))


@pytest.mark.parametrize("category", ["暴雨灾害", "台风灾害", "大风冰雹灾害", "洪涝灾害", "低温雨雪冰冻灾害"])
def test_the_loss_of_a_storm_alone_does_not_reach_the_centre(category):
    verdict = judged("county", category=category, deaths=0, injured=0, direct_loss_wan=1200)
    assert tiers(verdict) == {"市", "省"}
    assert verdict.grade is None or verdict.grade.low is None
    assert tiers(judged("county", category=category, deaths=0, injured=0, direct_loss_wan=999)) == set()


# —— who and where: lifting needs harm ——


@pytest.mark.parametrize("pack", BOTH)
@pytest.mark.parametrize(
    ("facts", "named"),
    [
        pytest.param(
            {"category": "刑事案件", "injured": 1, "slightly_injured": 1, "tags": ("校园", "学生")},
            {"涉及学校和托幼机构", "涉及学生儿童"},
            id="县一中门口两名学生打架一人轻微伤",
        ),
        pytest.param(
            {"category": "公用设施中断", "outage_minutes": 30, "tags": ("校园",)},
            {"涉及学校和托幼机构"},
            id="县二中停电半小时",
        ),
        pytest.param(
            {"category": "坍塌事故", "deaths": 0, "injured": 0, "tags": ("校园", "儿童")},
            {"涉及学校和托幼机构", "涉及学生儿童"},
            id="幼儿园围墙倒塌无人伤亡",
        ),
        pytest.param(
            {"category": "道路交通事故", "injured": 1, "slightly_injured": 1, "tags": ("外国人",)},
            {"涉及外国人、港澳台居民"},
            id="外籍教师骑车摔伤轻伤",
        ),
        pytest.param(
            {"category": "道路交通事故", "deaths": 0, "injured": 0, "tags": ("校车", "学生")},
            {"涉及校车", "涉及学生儿童"},
            id="校车被追尾无人受伤",
        ),
        pytest.param(
            {"category": "道路交通事故", "deaths": 0, "injured": 2, "tags": ("学生",)},
            {"涉及学生儿童"},
            id="两名学生骑车摔伤",
        ),
        pytest.param(
            {"category": "公用设施中断", "outage_minutes": 30, "tags": ("养老机构",)},
            {"涉及养老福利机构"},
            id="养老院停电半小时",
        ),
    ],
)
def test_without_harm_pupils_schools_and_foreigners_are_only_shown(pack, facts, named):
    verdict = judged(pack, **facts)
    assert verdict.decision == KEEP
    assert {name for name, effect in effects(verdict).items() if effect == "shown"} >= named
    assert "lifts" not in effects(verdict).values()


@pytest.mark.parametrize("pack", BOTH)
@pytest.mark.parametrize(
    ("facts", "factor"),
    [
        pytest.param(
            {"category": "道路交通事故", "injured": 3, "tags": ("校车", "学生")},
            "校车",
            id="校车侧翻3名学生受伤",
        ),
        pytest.param({"category": "溺水", "deaths": 1, "tags": ("学生",)}, "学生儿童受害", id="一名学生溺亡"),
        pytest.param(
            {"category": "食物中毒", "poisoned": 23, "deaths": 0, "tags": ("校园", "学生")},
            "校园聚集性发病",
            id="县一中23名学生呕吐",
        ),
        pytest.param(
            {"category": "道路交通事故", "deaths": 1, "tags": ("外国人",)},
            "外国人、港澳台居民",
            id="外国人死亡1人",
        ),
        pytest.param(
            {"category": "溺水", "deaths": 0, "missing": 1, "tags": ("学生",)},
            "学生儿童受害",
            id="一名学生失联",
        ),
        pytest.param(
            {"category": "坍塌事故", "deaths": 0, "trapped": 1, "tags": ("校园",)},
            "学校和托幼机构",
            id="学校围墙倒塌压住1人",
        ),
        pytest.param(
            {"category": "刑事案件", "injured": 1, "seriously_injured": 1, "tags": ("学生",)},
            "学生儿童受害",
            id="学生打架一人重伤",
        ),
        pytest.param(
            {"category": "刑事案件", "injured": 1, "tags": ("校园", "极端行为")},
            "学校和托幼机构",
            id="校门口持刀伤人",
        ),
        pytest.param(
            {"category": "火灾", "deaths": 0, "injured": 0, "tags": ("校园",)},
            "学校和托幼机构",
            id="学校起火",
        ),
    ],
)
def test_harm_to_pupils_schools_and_foreigners_is_reported(pack, facts, factor):
    verdict = judged(pack, **facts)
    assert verdict.decision == REPORT
    assert effects(verdict)[factor] == "lifts"


@pytest.mark.parametrize("pack", BOTH)
@pytest.mark.parametrize(
    "facts",
    [
        {"category": "危险化学品事故", "tags": ("校园", "泄漏", "危险化学品")},
        {"category": "道路交通事故", "tags": ("校园", "泄漏", "危险化学品")},
    ],
    ids=["氯气泄漏下风向有小学", "罐车在小学旁泄漏"],
)
def test_a_leak_beside_a_school_names_the_school(pack, facts):
    verdict = judged(pack, deaths=0, injured=0, **facts)
    assert verdict.decision in (REPORT, UNSURE)
    assert effects(verdict)["学校和托幼机构"] == "lifts"


@pytest.mark.parametrize("pack", BOTH)
def test_a_school_is_named_while_nobody_knows_who_is_hurt(pack):
    verdict = judged(pack, category="坍塌事故", tags=("校园",))
    assert verdict.decision == UNSURE
    assert "涉及学校和托幼机构" in effects(verdict)
    assert "deaths" in [q["measure"] for q in verdict.questions]


@pytest.mark.parametrize("pack", BOTH)
def test_a_foreign_affair_without_harm_is_asked_about_and_not_reported_at_once(pack):
    verdict = judged(pack, category="涉外事件", deaths=0, injured=0, tags=("外国人",))
    assert verdict.decision == UNSURE
    assert effects(verdict)["涉外事件"] == "asks"


# —— drowning and poisoning are no work accidents unless they happened at work ——


def criteria(verdict):
    return " ".join(reason["criterion"] + reason["clause"] for reason in verdict.reasons)


def limits(**facts):
    county = load("county")
    case = incident(**facts)
    return {row.id for row in limits_of(case, demands(classify(case, county, NOW)), county, NOW)}


@pytest.mark.parametrize(
    "facts",
    [
        {"category": "溺水", "deaths": 1, "tags": ("学生", "儿童")},
        {"category": "溺水", "deaths": 4},
        {"category": "急性中毒", "deaths": 2, "poisoned": 12},
    ],
    ids=["drowned child", "four drowned", "carbon monoxide at home"],
)
def test_what_did_not_happen_at_work_is_not_judged_by_decree_493(facts):
    verdict = judged("county", **facts)
    assert verdict.decision == REPORT
    assert verdict.grade is None
    assert "493" not in criteria(verdict)
    assert not any(limit.startswith(("law.493", "law.21")) for limit in limits(**facts))


@pytest.mark.parametrize(
    ("counts", "grade"),
    [
        ({"poisoned": 1, "deaths": 0}, Grade.ORDINARY),
        ({"poisoned": 9, "deaths": 0}, Grade.ORDINARY),
        ({"poisoned": 10, "deaths": 0}, Grade.LARGER),
        ({"poisoned": 50, "deaths": 0}, Grade.SERIOUS),
        ({"poisoned": 100, "deaths": 0}, Grade.EXTRAORDINARY),
        ({"deaths": 3}, Grade.LARGER),
        ({"deaths": 30}, Grade.EXTRAORDINARY),
        ({"deaths": 0, "poisoned": 1, "direct_loss_wan": 1000}, Grade.LARGER),
    ],
)
def test_poisoning_at_work_is_judged_by_decree_493(counts, grade):
    verdict = judged("county", category="急性中毒", tags=("职业中毒",), **counts)
    assert verdict.grade.low == grade
    assert "493" in criteria(verdict)


def test_poisoning_at_work_brings_the_limits_of_decree_493():
    found = limits(category="急性中毒", deaths=0, poisoned=12, tags=("职业中毒",))
    assert {"law.493.unit", "law.493.step", "law.21.larger"} <= found


@pytest.mark.parametrize(("tags", "owned"), [(("职业中毒",), True), ((), False)])
def test_poisoning_at_work_is_owned_by_the_emergency_bureau(tags, owned):
    owners = judged("county", category="急性中毒", poisoned=2, tags=tags).owners
    assert (("应急管理", "行业") in [(o["unit"], o["side"]) for o in owners]) == owned
    assert "卫生健康" in [o["unit"] for o in owners]


def test_a_drowning_has_no_window_for_its_casualties():
    assert not any("溺水" in watch.categories for watch in load("county").watches)


# —— where figures come from ——


def test_a_crowd_of_a_hundred_rests_on_custom_and_says_so():
    rung = next(row for row in load("county").grades if row.id == "mass.crowd.larger")
    assert rung.confidence == Confidence.RECALLED
    assert "各地常见口径" in rung.clause


def test_a_crowd_of_thirty_says_where_its_figure_is_from():
    row = next(row for row in load("county").factors if row.name == "群体聚集上访")
    assert row.confidence == Confidence.WEAK
    assert "16971830" in row.clause


def test_a_serious_accident_goes_to_the_ministry_at_once():
    verdict = judged("national", category="矿山事故", deaths=10)
    assert ("中央", "行业") in {(o.tier.value, o.line.value) for o in verdict.report_to}
    assert "law.21.serious" in {reason["criterion"] for reason in verdict.reasons}


# —— nobody asks a power cut how many died ——


@pytest.mark.parametrize("pack", BOTH)
@pytest.mark.parametrize(
    "facts",
    [
        {"category": "公用设施中断", "outage_minutes": 30},
        {"category": "动物疫情"},
        {"category": "群体性事件", "crowd": 8, "tags": ("欠薪讨薪",)},
        {"category": "干旱灾害"},
        {"category": "农业生物灾害"},
    ],
    ids=["停电", "动物疫情", "讨薪", "干旱", "虫害"],
)
def test_where_nobody_is_hurt_by_nature_nobody_is_asked_about_the_dead(pack, facts):
    asked = {q["measure"] for q in judged(pack, **facts).questions}
    assert asked.isdisjoint({"deaths", "injured", "seriously_injured", "slightly_injured", "poisoned"})


@pytest.mark.parametrize("pack", BOTH)
def test_nobody_asks_how_many_were_poisoned_in_a_scuffle_at_school(pack):
    verdict = judged(pack, category="刑事案件", tags=("校园", "学生"))
    assert "poisoned" not in [q["measure"] for q in verdict.questions]
    assert "deaths" in [q["measure"] for q in verdict.questions]


@pytest.mark.parametrize("pack", BOTH)
def test_a_foreign_affair_is_not_reported_only_because_congress_sits(pack):
    facts = incident(
        category="涉外事件",
        injured=1,
        tags=("外国人",),
        occurred=datetime(2026, 3, 5, 9, tzinfo=BEIJING),
    )
    assert classify(facts, load(pack), NOW).decision == UNSURE
