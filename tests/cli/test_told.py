"""jinji told and agree: many heads, each with its own figures and its own minute; one wording that goes up."""

import json
from pathlib import Path

import pytest

from .conftest import Jinji, Outcome
from .refusal import refused, written

DAY = "2026-03-05T"
MEAL = "9时20分，城关镇中心小学学生午餐后食物中毒，15人呕吐，县教育局王主任报"
WHY = ("--reason", "与医院逐人核对")


def at(minute: str) -> tuple[str, str]:
    return ("--now", f"{DAY}{minute}")


@pytest.fixture
def meal(jinji: Jinji) -> Jinji:
    """A school's poisoning that the education bureau called in; the city was told by phone."""
    assert jinji("new", "-y", MEAL, *at("09:30")).code == 0
    assert jinji("sent", "01", "--form", "电话", "--to", "市", *at("09:40")).code == 0
    return jinji


def told(jinji: Jinji, unit: str, *args: str, minute: str = "09:45") -> dict:
    outcome = jinji("told", "01", *args, "--unit", unit, "--json", *at(minute))
    assert (outcome.code, outcome.err) == (0, ""), outcome
    return outcome.json


def turned_down(outcome: Outcome, code: int, said: str, remedy: str) -> None:
    refused(outcome, code)
    problem, help_ = outcome.err.splitlines()
    assert said in problem
    assert remedy in help_


def shown(jinji: Jinji, minute: str) -> dict:
    return jinji("show", "01", "--json", *at(minute)).json


def test_what_a_unit_reported_stands_under_its_own_name_and_the_facts_stay(meal: Jinji) -> None:
    before = shown(meal, "09:44")["incident"]
    answer = told(meal, "县卫健局", "收治38人，2人死亡")
    assert (answer["unit"], answer["said"], answer["part"]) == ("卫生健康", "县卫健局", "责任单位")
    assert answer["angle"] == "伤亡救治"
    assert answer["measures"]["deaths"] == {"low": 2, "high": 2, "said": "2人死亡"}
    after = shown(meal, "09:46")
    assert after["incident"] == before
    (report,) = after["told"]
    assert (report["unit"], report["at"], report["form"]) == ("卫生健康", f"{DAY}09:45:00+08:00", "电话")


def test_what_the_units_figures_would_make_of_it_is_said_on_the_spot(meal: Jinji) -> None:
    outcome = meal("told", "01", "2人死亡", "--unit", "县卫健局", *at("09:45"))
    assert (outcome.code, outcome.err) == (0, "")
    assert "！按卫生健康的数字：应报　较大　" in outcome.out
    assert "（案卷现为应报　未达等级）" in outcome.out
    assert "jinji followup 20260305-01 --set 死亡=2" in outcome.out
    assert told(meal, "县卫健局", "2人死亡", minute="09:46")["would_be"]["grade"] == {
        "low": "较大",
        "high": "较大",
    }
    assert told(meal, "县卫健局", "没有人死亡", minute="09:47")["would_be"] is None


def test_who_is_silent_is_late_by_the_minute(meal: Jinji) -> None:
    answer = told(meal, "县卫健局", "收治38人", minute="09:50")
    assert {one["unit"]: one["minutes_late"] for one in answer["silent"]} == {"市场监管": 0, "城关镇": 0}
    (own,) = [one for one in answer["limits"] if (one["id"], one["owes"]) == ("owner-report", "卫生健康")]
    assert (own["state"], own["met_at"]) == ("met", f"{DAY}09:50:00+08:00")
    late = meal("told", "01", "--unit", "城关镇政府", *at("09:53"))
    assert "城关镇迟报3分钟（3月5日 09:50 截止）" in late.out
    assert {one["unit"]: one["minutes_late"] for one in shown(meal, "10:00")["silent"]} == {"市场监管": 10}
    assert "！迟10分钟（3月5日 09:50 截止）" in meal("show", "01", *at("10:00")).out


def test_a_unit_that_nobody_knows_is_taken_as_it_is_and_told_to_owe_nothing(meal: Jinji) -> None:
    outcome = meal("told", "01", "停电1小时", "--unit", "县供电公司", *at("09:45"))
    assert outcome.code == 0
    assert outcome.err == "※ 县供电公司不是本案卷的责任单位，不欠报告，照登。\n"
    assert shown(meal, "09:46")["told"][0]["unit"] == "县供电公司"


def test_three_units_stand_side_by_side_until_one_figure_is_agreed(meal: Jinji) -> None:
    told(meal, "县卫健局", "收治38人，2人死亡")
    answer = told(meal, "城关镇", "1人死亡", minute="09:48")
    assert answer["conflicts"] == ["deaths"]
    (row,) = [row for row in answer["sources"] if row["measure"] == "deaths"]
    assert [(one["unit"], one["low"]) for one in row["figures"]] == [("卫生健康", 2), ("城关镇", 1)]
    assert "死亡  2人   卫生健康  3月5日 09:45　！不一致" in meal("show", "01", *at("09:49")).out
    row = json.loads(meal("export", *at("09:49")).out)
    assert (row["conflicts"], row["silent"]) == ("死亡", "市场监管")

    agreed = meal("agree", "01", "--from", "卫健委", *WHY, "--json", *at("10:10"))
    assert (agreed.code, agreed.err) == (0, "")
    assert agreed.json["agreed"]["deaths"] == {"unit": "卫生健康", "low": 2, "high": 2, "said": "2人死亡"}
    assert agreed.json["conflicts"] == []
    assert agreed.json["verdict"]["grade"] == {"low": "较大", "high": "较大"}
    after = shown(meal, "10:11")
    assert after["incident"]["measures"]["deaths"]["low"] == 2
    assert [entry["kind"] for entry in after["entries"]][-3:] == ["统一口径", "要素", "研判"]
    assert after["agreed"][0]["reason"] == "与医院逐人核对"
    assert json.loads(meal("export", *at("10:12")).out)["conflicts"] == ""


def test_an_office_brought_in_by_agreed_figures_is_owed_from_when_they_were_first_told(meal: Jinji) -> None:
    told(meal, "县卫健局", "2人死亡")
    assert meal("agree", "01", "--from", "卫生健康", *WHY, *at("10:30")).code == 0
    offices = [limit for limit in shown(meal, "10:31")["limits"] if limit["to"]["office"] == "中央办公厅"]
    assert offices
    assert min(limit["starts"] for limit in offices) == f"{DAY}09:45:00+08:00"


@pytest.mark.parametrize(("dead", "since"), [("2", "09:45"), ("4", "10:30")])
def test_a_follow_up_that_takes_over_what_a_unit_told_earns_no_later_clock(
    meal: Jinji, dead: str, since: str
) -> None:
    told(meal, "县卫健局", "2人死亡")
    assert meal("followup", "01", "--set", f"死亡={dead}", *at("10:30")).code == 0
    starts = [one["starts"] for one in shown(meal, "10:31")["limits"] if one["to"]["office"] == "中央办公厅"]
    assert min(starts) == f"{DAY}{since}:00+08:00"


def test_why_and_show_say_what_each_unit_would_make_of_it_until_it_is_agreed(meal: Jinji) -> None:
    told(meal, "县卫健局", "2人死亡")
    for command in ("why", "show"):
        assert "！按卫生健康的数字：应报　较大" in meal(command, "01", *at("09:46")).out
    assert meal("why", "01", "--json", *at("09:46")).json["sources"][0]["figures"][0]["unit"] == "卫生健康"
    assert meal("agree", "01", "--set", "死亡=0", "-y", *WHY, *at("10:00")).code == 0
    for command in ("why", "show"):
        assert "按卫生健康的数字" not in meal(command, "01", *at("10:01")).out


def test_agreed_figures_overtake_the_officers_own_not_to_report(meal: Jinji) -> None:
    assert meal("decide", "01", "不报", "--reason", "带班领导意见", *at("09:42")).code == 0
    told(meal, "县卫健局", "2人死亡")
    outcome = meal("agree", "01", "--from", "卫生健康", *WHY, *at("10:00"))
    assert outcome.code == 0
    assert "此前值班决定“不报”" in outcome.err
    assert {
        one["starts"]
        for one in shown(meal, "10:01")["limits"]
        if (one["id"], one["owes"]) == ("first-phone", "示范县委办公室")
    } == {f"{DAY}09:45:00+08:00"}


def test_the_follow_up_that_agree_names_tells_the_readers_the_agreed_figures(meal: Jinji) -> None:
    told(meal, "县卫健局", "2人死亡")
    command = meal("agree", "01", "--from", "卫生健康", *WHY, "--json", *at("10:10")).json["followup"]
    assert command == "jinji followup 20260305-01 --set 死亡=2"
    report = meal(*command.split()[1:], "--json", *at("10:12")).json["report"]
    assert "死亡2人" in report["text"]
    assert "卫生健康" not in report["text"] and "口径" not in report["text"]
    assert meal("sent", "01", "--form", "电话", "--to", "市", *at("10:13")).code == 0
    again = meal("agree", "01", *WHY, "--json", *at("10:14")).json
    assert (again["followup"], again["changes"]) == (None, [])


def test_agreeing_where_nothing_conflicts_fixes_the_figures_as_they_are(meal: Jinji) -> None:
    answer = meal("agree", "01", *WHY, "--json", *at("09:50")).json
    assert {name: one["unit"] for name, one in answer["agreed"].items()} == {"poisoned": "本案卷"}
    assert [entry["kind"] for entry in shown(meal, "09:51")["entries"]][-1] == "统一口径"


def test_a_figure_that_nobody_told_is_only_taken_when_that_is_meant(meal: Jinji) -> None:
    told(meal, "县卫健局", "2人死亡")
    slip = meal("agree", "01", "--set", "死亡=3", *WHY, *at("10:10"))
    turned_down(slip, 2, "死亡=3 没有哪个单位报过。", "jinji told 20260305-01")
    outcome = meal("agree", "01", "--set", "死亡=3", "-y", *WHY, *at("10:10"))
    assert outcome.code == 0
    assert "※ 死亡=3 没有哪个单位报过。" in outcome.err
    assert "死亡3人（没有单位报过）" in outcome.out


def test_a_wording_that_tells_another_figure_is_not_let_through(meal: Jinji) -> None:
    told(meal, "县卫健局", "2人死亡")
    slip = meal("agree", "01", "--from", "卫生健康", "--text", "此次事件造成3人死亡。", *WHY, *at("10:10"))
    turned_down(slip, 2, "口径文字里的死亡（3人死亡）与所定的 2 不一致。", "--yes")
    text = "此次事件造成2人死亡。"
    assert meal("agree", "01", "--text", text, *WHY, *at("10:10")).code == 0
    (agreed,) = shown(meal, "10:11")["agreed"]
    assert (agreed["text"], agreed["measures"]["deaths"]["unit"]) == (text, "卫生健康")


@pytest.mark.parametrize(
    ("args", "code", "said", "remedy"),
    [
        (["told", "01", "2人死亡"], 2, "没有写是哪个单位报的。", "--unit"),
        (["told", "01", "--unit", "  "], 2, "没有写是哪个单位报的。", "--unit"),
        (["told", "01", "--unit", "局" * 41], 2, "单位名称太长（41 个字）。", "40"),
        (["told", "01", "--unit", "公安", "--set", "地点=东街"], 3, "这里的 --set 只收数字", "followup"),
        (["told", "01", "--unit", "公安", "--set", "死亡=很多"], 3, "死亡：看不懂数量", "死亡=3"),
        (["told", "09", "--unit", "公安"], 3, "没有编号为“09”的案卷。", "jinji list"),
        (
            ["told", "01", "--unit", "公安", "--at", f"{DAY}09:10", "--reason", "补登"],
            3,
            "早于事发时间",
            "--at",
        ),
        (["told", "01", "--unit", "公安", "--at", f"{DAY}09:30"], 2, "补登须说明原因", "--reason"),
        (["agree", "01"], 2, "统一口径要写明理由。", "--reason"),
        (["agree", "01", "--from", "公安", *WHY], 2, "公安没有报过数字。", "jinji told 20260305-01"),
        (["told", "01", "秘密★1年 死亡3人", "--unit", "公安"], 3, "密级", "涉密"),
    ],
)
def test_what_cannot_be_entered_is_refused_in_one_sentence(
    meal: Jinji, args: list[str], code: int, said: str, remedy: str
) -> None:
    turned_down(meal(*args, *at("09:50")), code, said, remedy)


def test_units_report_on_a_closed_case_and_agreeing_is_over(meal: Jinji) -> None:
    assert meal("close", "01", *at("10:00")).code == 0
    assert told(meal, "县市场监管局", "18人不适", minute="10:10")["unit"] == "市场监管"
    assert shown(meal, "10:11")["findings"] == []
    turned_down(meal("agree", "01", *WHY, *at("10:12")), 3, "已结案，不能统一口径", "jinji reopen")


def test_undoing_an_agreement_takes_back_the_figures_and_the_verdict_with_it(meal: Jinji) -> None:
    told(meal, "县卫健局", "2人死亡")
    before = shown(meal, "10:09")
    assert meal("agree", "01", "--from", "卫生健康", *WHY, *at("10:10")).code == 0
    outcome = meal("undo", "01", "--reason", "核对有误", *at("10:11"))
    assert outcome.code == 0
    assert "统一口径、要素、研判" in outcome.out
    after = shown(meal, "10:09")
    assert (after["incident"], after["verdict"], after["agreed"]) == (
        before["incident"],
        before["verdict"],
        [],
    )
    assert meal("undo", "01", "--reason", "报错了案卷", *at("10:12")).code == 0
    assert shown(meal, "10:13")["told"] == []


def test_taking_back_a_report_whose_figures_were_agreed_names_the_agreement(meal: Jinji) -> None:
    told(meal, "县卫健局", "2人死亡")
    assert meal("agree", "01", "--from", "卫生健康", *WHY, *at("10:10")).code == 0
    outcome = meal("undo", "01", "--entry", "6", "--reason", "报错了案卷", *at("10:11"))
    assert (outcome.code, shown(meal, "10:12")["told"]) == (0, [])
    assert "第 7 条统一口径用的是卫生健康的数字，仍然算数" in outcome.out
    assert "jinji undo 20260305-01 --entry 7" in outcome.out


def test_agreed_figures_that_the_newest_report_tells_need_no_other(meal: Jinji) -> None:
    told(meal, "县卫健局", "2人死亡")
    assert meal("followup", "01", "2人死亡", *at("10:00")).code == 0
    outcome = meal("agree", "01", "--from", "卫生健康", *WHY, *at("10:10"))
    assert "最新一报就是这个口径，不用再写。" in outcome.out


def test_a_gbk_pipe_and_eighty_columns_carry_it(meal: Jinji) -> None:
    told(meal, "县卫健局", "收治38人，2人死亡")
    told(meal, "城关镇", "1人死亡", minute="09:48")
    for args in (["show", "01"], ["log", "01"], ["agree", "01", "--from", "城关镇", *WHY]):
        outcome = meal(*args, *at("10:10"))
        assert outcome.code == 0
        assert outcome.out.encode("gbk").decode("gbk") == outcome.out


def test_without_a_figure_it_is_entered_that_the_unit_reported(meal: Jinji) -> None:
    answer = told(meal, "县市场监管局", "--form", "书面", "--person", "李科长")
    assert (answer["measures"], answer["would_be"], answer["sources"]) == ({}, None, [])
    (line,) = [one for one in meal("log", "01", *at("09:46")).out.splitlines() if "单位报告" in one]
    assert line.endswith("市场监管（书面，县市场监管局） 可疑食品和供餐单位 李科长")


def test_one_more_dead_is_counted_on_top_of_the_units_own_figure(meal: Jinji) -> None:
    told(meal, "县卫健局", "2人死亡")
    assert told(meal, "卫健局", "又有1人死亡", minute="09:50")["measures"]["deaths"]["low"] == 3


def test_a_refused_report_leaves_no_entry(meal: Jinji, home: Path) -> None:
    before = written(home)
    for args in (
        ["told", "01", "--unit", "公安", "--set", "死亡=-1"],
        ["agree", "01", "--set", "死亡=9", *WHY],
    ):
        assert meal(*args, *at("09:50")).code != 0
    assert written(home) == before


CONTACTS = "单位,职务,姓名,值班电话\n县市场监管局,值班室,,0931-1234567\n县供电公司,值班室,,0931-7654321\n"


def test_who_is_silent_stands_there_with_the_number_of_its_duty_room(meal: Jinji) -> None:
    assert meal("contacts", "import", "-", stdin=CONTACTS).code == 0
    for args in (["show", "01"], ["told", "01", "--unit", "城关镇"]):
        (line,) = [
            one for one in meal(*args, *at("10:00")).out.splitlines() if one.startswith("市场监管  行业")
        ]
        assert line.endswith("！迟10分钟（3月5日 09:50 截止）  0931-1234567")
    assert told(meal, "供电公司", minute="10:01")["part"] == "联系单位"


def test_contacts_that_cannot_be_read_hinder_nobody(meal: Jinji, home: Path) -> None:
    (home / "contacts.toml").write_text("[[contact]\n", encoding="utf-8")
    for args in (["show", "01"], ["told", "01", "--unit", "城关镇"]):
        outcome = meal(*args, *at("10:00"))
        assert (outcome.code, len(outcome.err.splitlines())) == (0, 1)
        assert outcome.err.startswith("※ ") and "contacts.toml" in outcome.err


def test_a_unit_with_a_number_under_another_of_its_names_lacks_none(meal: Jinji) -> None:
    before = {one["unit"] for one in meal("contacts", "check", "--json").json["lacking"]}
    assert meal("contacts", "import", "-", stdin=CONTACTS).code == 0
    after = {one["unit"] for one in meal("contacts", "check", "--json").json["lacking"]}
    assert before - after == {"市场监管"}
