"""Five notes of real nights, as the county desk reads them."""

from typing import Any

from .conftest import Jinji

NOW = "2026-03-05T09:30"


def judged(jinji: Jinji, note: str, now: str = NOW) -> dict[str, Any]:
    outcome = jinji("classify", note, "--json", "--now", now, "--standards", "county")
    assert outcome.code == 0, outcome
    assert outcome.err == ""
    answer: dict[str, Any] = outcome.json
    assert answer["schema"] == "jinji/1"
    return answer


def told(answer: dict[str, Any], decision: str = "应报") -> set[tuple[str, str]]:
    return {(o["tier"], o["line"]) for o in answer["verdict"]["report_to"] if o["decision"] == decision}


def test_a_shop_fire_with_two_dead_goes_to_the_city_and_misses_the_province_by_one(jinji: Jinji) -> None:
    answer = judged(jinji, "昨晚11点半，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤")
    incident, verdict = answer["incident"], answer["verdict"]
    assert incident["category"] == "火灾"
    assert incident["occurred"]["at"] == "2026-03-04T23:30:00+08:00"
    assert incident["occurred"]["precision"] == "minute"
    assert "昨晚11点半" in incident["occurred"]["said"]
    assert incident["place"]["text"].startswith("城关镇东街")
    measures = incident["measures"]
    assert (measures["deaths"]["low"], measures["deaths"]["high"]) == (2, 2)
    assert measures["deaths"]["said"] == "2人死亡"
    assert (measures["injured"]["low"], measures["seriously_injured"]["low"]) == (2, 1)
    assert verdict["decision"] == "应报"
    assert verdict["grade"] == {"low": "一般", "high": "一般"}
    assert told(answer) == {("市", "党委"), ("市", "政府")}
    assert not any(o["tier"] == "省" for o in verdict["report_to"])
    miss = next(m for m in verdict["near_misses"] if m["measure"] == "deaths")
    assert miss["lacks"] == 1
    assert miss["text"].startswith("差1人死亡")
    assert "较大" in miss["text"]
    owners = {(o["unit"], o["side"]) for o in verdict["owners"]}
    assert ("消防救援", "行业") in owners
    assert ("城关镇", "属地") in owners


def test_a_chlorine_leak_is_consulted_and_kept_open(jinji: Jinji) -> None:
    answer = judged(jinji, "河西乡化工厂氯气泄漏，暂无人员伤亡报告，下风向有小学，正在疏散")
    incident, verdict = answer["incident"], answer["verdict"]
    assert incident["category"] == "危险化学品事故"
    assert (incident["measures"]["deaths"]["low"], incident["measures"]["deaths"]["high"]) == (0, 0)
    assert verdict["decision"] in ("待核", "应报")
    units = {c["unit"] for c in verdict["consult"]}
    assert {"应急管理", "生态环境"} <= units
    assert any("技术人员" in unit for unit in units)
    assert all(c["questions"] for c in verdict["consult"])
    factors = "".join(f["factor"] + f["said"] for f in verdict["factors"])
    assert "学" in factors
    assert "氯气" in factors
    asked = {q["measure"] for q in verdict["questions"]}
    assert {"evacuated", "poisoned"} <= asked


def test_an_earthquake_is_graded_by_its_magnitude_while_the_dead_are_unknown(jinji: Jinji) -> None:
    answer = judged(
        jinji, "地震局速报：今天9时02分我县北部发生5.1级地震，震源深度10公里，多地有感，人员伤亡不详"
    )
    incident, verdict = answer["incident"], answer["verdict"]
    assert incident["category"] == "地震灾害"
    assert incident["occurred"]["at"] == "2026-03-05T09:02:00+08:00"
    assert incident["measures"]["magnitude"]["low"] == 5.1
    assert incident["measures"]["deaths"]["low"] == 0
    assert incident["measures"]["deaths"]["high"] is None
    assert "不详" in incident["measures"]["deaths"]["said"]
    assert verdict["decision"] == "应报"
    assert verdict["grade"]["low"] == "较大"
    assert any("magnitude" in r["measures"] for r in verdict["reasons"])
    assert any(q["measure"] == "deaths" for q in verdict["questions"])


def test_pupils_who_vomit_are_reported_under_the_number_because_it_is_a_school(jinji: Jinji) -> None:
    answer = judged(
        jinji, "县一中食堂，中午饭后有23名学生呕吐腹泻，已送县医院，无生命危险", "2026-03-05T13:20"
    )
    incident, verdict = answer["incident"], answer["verdict"]
    assert incident["category"] == "食物中毒"
    assert (incident["measures"]["poisoned"]["low"], incident["measures"]["poisoned"]["high"]) == (23, 23)
    assert "校园" in incident["tags"]
    assert verdict["decision"] == "应报"
    assert verdict["grade"] is None or verdict["grade"]["low"] is None
    assert any(f["effect"] == "lifts" for f in verdict["factors"])
    assert not any("医院" in f["factor"] or "医院" in f["said"] for f in verdict["factors"])
    units = {o["unit"] for o in verdict["owners"]}
    assert {"教育"} <= units
    assert units & {"市场监管", "卫生健康"}
    assert any(o["side"] == "属地" for o in verdict["owners"])


def test_a_light_injury_on_the_expressway_is_kept_and_its_time_asked(jinji: Jinji) -> None:
    answer = judged(jinji, "G30高速K1023两车追尾，一名驾驶员轻伤，现场已撤离，堵了大约20分钟")
    incident, verdict = answer["incident"], answer["verdict"]
    assert incident["category"] == "道路交通事故"
    measures = incident["measures"]
    assert (measures["injured"]["low"], measures["injured"]["high"]) == (1, 1)
    assert "seriously_injured" not in measures  # nobody said so; the standards presume it
    people = {
        "deaths", "injured", "seriously_injured", "slightly_injured", "missing", "trapped", "poisoned",
        "evacuated", "affected", "headcount", "at_risk", "hospitalized",
    }  # fmt: skip
    for name in people & set(measures):
        assert measures[name]["low"] <= 1, (name, measures[name])
    assert verdict["decision"] == "备查"
    assert verdict["report_to"] == []
    assert any("时间" in q["ask"] for q in verdict["questions"])
