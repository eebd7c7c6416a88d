"""jinji request and jinji answer: what the office above asked for, in its words, and how it was dealt with."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .conftest import Jinji, Outcome
from .refusal import refused, written

if TYPE_CHECKING:
    from .terminal import Sit

DAY = "2026-03-05T"
needs_a_pty = pytest.mark.skipif(sys.platform == "win32", reason="a pty is needed")
FIRE = "9时20分，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"
VERIFY = ("--kind", "核报", "--from", "市委办公室", "--text", "请核实伤亡人数")
INSTRUCT = (
    "--kind", "批示", "--from", "市委办公室", "--person", "张副市长", "--text", "全力救治伤员，查明原因。"
)  # fmt: skip


def at(minute: str, day: str = DAY) -> tuple[str, str]:
    return ("--now", f"{day}{minute}")


@pytest.fixture
def fire(jinji: Jinji) -> Jinji:
    """A fire of two dead at 09:20, of which the city was told by phone at 09:31: entries 1 to 5."""
    assert jinji("new", "-y", FIRE, *at("09:25")).code == 0
    assert jinji("sent", "01", "--form", "电话", *at("09:31")).code == 0
    return jinji


@pytest.fixture
def asked(fire: Jinji) -> Jinji:
    """The fire, and at 09:40 a 核报 about it: entry 6."""
    assert fire("request", "01", *VERIFY, *at("09:40")).code == 0
    return fire


@pytest.fixture
def instructed(fire: Jinji) -> Jinji:
    """The fire, and at ten to midnight a 批示 about it: entry 6."""
    assert fire("request", "01", *INSTRUCT, *at("23:50")).code == 0
    return fire


def done(outcome: Outcome) -> dict:
    assert (outcome.code, outcome.err) == (0, ""), outcome
    return outcome.json


def by_label(answer: dict) -> dict[str, str]:
    return {one["label"]: one["state"] for one in answer["limits"] if one.get("request")}


# —— asking ——


def test_a_request_says_by_when_it_is_to_be_answered_by_phone_and_on_paper(fire: Jinji) -> None:
    outcome = fire("request", "01", *VERIFY, "--person", "李主任", *at("09:40"))
    assert (outcome.code, outcome.err) == (0, "")
    first, *rest = outcome.out.splitlines()
    assert first == ("已登记上级要求 20260305-01　Q1 核报　市委办公室 李主任　“请核实伤亡人数”　3月5日 09:40")
    assert [line.split() for line in rest[3:]] == [
        ["3月5日", "10:00", "剩20分钟", "核报·电话", "Q1", "市委办公室"],
        ["3月5日", "10:20", "剩40分钟", "核报·书面", "Q1", "市委办公室"],
    ]


def test_a_request_in_json_is_the_one_of_show(fire: Jinji) -> None:
    answer = done(fire("request", "01", *INSTRUCT, "--json", *at("23:50")))
    assert answer["request"] == {
        "name": "Q1",
        "kind": "批示",
        "from": {"tier": "市", "line": "党委", "office": "市委办公室"},
        "person": "张副市长",
        "at": f"{DAY}23:50:00+08:00",
        "text": "全力救治伤员，查明原因。",
        "answers": [],
        "ended_at": None,
        "open": True,
    }
    assert (answer["step"], answer["case"], answer["opened"]) == ("上级要求", "20260305-01", False)
    for look in ("show", "why"):
        assert done(fire(look, "01", "--json", *at("23:51")))["requests"] == [answer["request"]], look
    (limit,) = [one for one in answer["limits"] if one.get("request") == "Q1"]
    assert limit["due"] == "2026-03-06T11:50:00+08:00"


def test_the_tier_alone_is_the_office_of_the_desks_own_line(fire: Jinji) -> None:
    answer = done(fire("request", "01", "--kind", "抽查", "--from", "市", "--json", *at("09:40")))
    assert answer["request"]["from"]["office"] == "市委办公室"


def test_a_request_that_came_earlier_runs_from_its_own_minute(fire: Jinji) -> None:
    late = ("--at", f"{DAY}09:40", *at("10:05"))
    refused(fire("request", "01", *VERIFY, *late), 2)
    answer = done(fire("request", "01", *VERIFY, *late, "--reason", "在接另一个电话", "--json"))
    assert by_label(answer) == {"核报·电话 Q1": "overdue", "核报·书面 Q1": "open"}


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (("01", "--from", "市"), 2, "哪一种要求"),
        (("01", "--kind", "核报", "--text", "x"), 2, "哪个单位"),
        (("01", "--kind", "核报", "--from", "市"), 2, "原话"),
        (("01", "--kind", "批示", "--from", "市", "--text", " "), 2, "原话"),
        (("--kind", "核报", "--from", "市"), 2, "原话"),
        (("01", "--kind", "核报", "--from", "海关", "--text", "x"), 3, "没有叫“海关”"),
        (("01", "--kind", "核报", "--from", "乡镇政府（街道办事处）", "--text", "x"), 3, "没有叫“乡镇"),
        (("09", "--kind", "抽查", "--from", "市"), 3, "没有编号为“09”"),
        (("--kind", "核报", "--from", "市", "--text", "请报一下情况"), 3, "看不出是什么事"),
        (("01", "--kind", "批示", "--from", "市", "--text", "★机密★ 全力救治"), 3, "密级标志"),
        (("01", "--kind", "抽查", "--from", "★机密★"), 3, "密级标志"),
        (("01", *VERIFY, "--at", f"{DAY}09:10", "--reason", "补"), 3, "早于事发时间"),
    ],
)
def test_a_request_that_cannot_be_is_refused_in_a_sentence(
    fire: Jinji, home: Path, line: tuple[str, ...], code: int, said: str
) -> None:
    before = written(home)
    outcome = fire("request", *line, *at("09:40"))
    refused(outcome, code)
    assert said in outcome.err
    assert written(home) == before


def test_the_same_request_is_not_entered_twice(asked: Jinji) -> None:
    outcome = asked("request", "01", *VERIFY, *at("09:40"))
    refused(outcome)
    assert "已登记为 Q1" in outcome.err
    assert done(asked("request", "01", *VERIFY, "--json", *at("10:15")))["request"]["name"] == "Q2"


def test_of_an_incident_that_nobody_here_knew_of_a_request_makes_a_lead_and_a_backflow(jinji: Jinji) -> None:
    line = ("--kind", "核报", "--from", "市", "--text", "网传河西乡一民房垮塌，有人被埋，请核实")
    answer = done(jinji("request", *line, "--json", *at("08:10")))
    assert (answer["case"], answer["status"], answer["opened"]) == ("20260305-01", "线索", True)
    assert by_label(answer) == {"核报·电话 Q1": "open", "核报·书面 Q1": "open"}
    shown = done(jinji("show", "01", "--json", *at("08:12")))
    assert [one["kind"] for one in shown["entries"]] == ["线索", "倒灌", "上级要求"]
    assert shown["incident"]["place"]["text"] == "河西乡一民房"
    assert shown["findings"] == []
    assert {one["label"] for one in shown["limits"]} == {"核报·电话 Q1", "核报·书面 Q1"}


def test_a_request_without_its_case_names_the_case_that_it_may_be_about(fire: Jinji) -> None:
    line = (
        "request",
        "--kind",
        "核报",
        "--from",
        "市",
        "--text",
        "城关镇东街一服装店起火，请核实",
        *at("09:50"),
    )
    outcome = fire(*line)
    assert outcome.code == 0
    assert "像是 20260305-01 城关镇东街一服装店火灾致2人死亡2人受伤" in outcome.out
    assert "jinji merge 20260305-02 20260305-01" in outcome.out
    merged = fire("merge", "20260305-02", "20260305-01", "--reason", "同一件事", "--json", *at("09:51"))
    assert by_label(done(merged)) == {"核报·电话 20260305-02:Q1": "open", "核报·书面 20260305-02:Q1": "open"}


def test_a_feedback_of_a_drill_says_that_it_is_one(jinji: Jinji) -> None:
    jinji("new", "--drill", "-y", FIRE, *at("09:25"))
    jinji("request", "01", "--drill", *INSTRUCT, *at("09:40"))
    told = jinji("answer", "01", "--drill", "--step", "反馈", "--text", "平稳", "--json", *at("09:42"))
    assert told.json["report"]["text"].startswith("【演练】")


def test_a_spot_check_has_a_case_of_its_own_that_the_answer_closes(jinji: Jinji) -> None:
    answer = done(jinji("request", "--kind", "抽查", "--from", "市", "--json", *at("08:00")))
    assert (answer["status"], by_label(answer)) == ("在办", {"抽查 Q1": "open"})
    assert "市委办公室抽查" in jinji("board", *at("08:05")).out
    ended = done(jinji("answer", "latest", "--json", *at("08:10")))
    assert (ended["status"], by_label(ended), ended["request"]["open"]) == ("已结", {"抽查 Q1": "met"}, False)
    shown = done(jinji("show", "01", "--json", *at("08:12")))
    assert (shown["title"], shown["findings"]) == ("市委办公室抽查", [])
    assert [one["kind"] for one in shown["entries"]] == ["上级要求", "办理", "结案"]
    undone = done(jinji("undo", "01", "--reason", "x", "--json", *at("08:13")))
    assert (undone["status"], by_label(undone)) == ("在办", {"抽查 Q1": "overdue"})


def test_a_case_of_a_spot_check_lacks_no_final_report(jinji: Jinji) -> None:
    jinji("request", "--kind", "抽查", "--from", "市", *at("08:00"))
    assert done(jinji("close", "01", "--json", *at("08:02")))["missing"] == ["Q1 抽查（市委办公室）"]


def test_a_spot_check_that_is_taken_back_leaves_a_case_that_owes_nothing(jinji: Jinji) -> None:
    jinji("request", "--kind", "抽查", "--from", "市", *at("08:00"))
    undone = done(jinji("undo", "--reason", "x", "--json", *at("08:01")))
    assert (undone["status"], undone["limits"]) == ("已撤", [])


def test_what_is_asked_about_a_secret_incident_is_entered_without_its_words(jinji: Jinji) -> None:
    secret = ("--secret", "--set", "时间=9时20分", "--set", "地点=某地", "--channel", "机要交通")
    assert jinji("new", *secret, *at("09:25")).code == 0
    refused(jinji("request", "01", *VERIFY, *at("09:40")))
    answer = done(jinji("request", "01", "--kind", "批示", "--from", "市", "--json", *at("09:40")))
    assert answer["request"]["text"] == ""
    told = done(jinji("answer", "01", "--step", "反馈", "--json", *at("09:50")))
    assert (told["report"], by_label(told)) == (None, {"批示反馈 Q1": "met"})


# —— answering ——


def test_a_call_meets_the_one_limit_and_paper_the_other(asked: Jinji) -> None:
    first = done(asked("answer", "01", "--text", "死亡2人，受伤2人", "--json", *at("10:00")))
    assert by_label(first) == {"核报·电话 Q1": "met", "核报·书面 Q1": "open"}
    assert (first["request"]["answers"][0]["form"], first["request"]["open"]) == ("电话", True)
    second = done(asked("answer", "01", "Q1", "--json", *at("10:21")))
    assert by_label(second) == {"核报·电话 Q1": "met", "核报·书面 Q1": "met_late"}
    assert (second["request"]["answers"][1]["form"], second["request"]["open"]) == ("书面", False)


def test_an_answer_says_what_is_still_owed(asked: Jinji) -> None:
    outcome = asked("answer", "01", "--text", "死亡2人", *at("09:55"))
    assert (outcome.code, outcome.err) == (0, "")
    first, second, *rest = outcome.out.splitlines()
    assert first == "已登记办理 20260305-01　Q1 核报　电话答复 → 市委办公室　3月5日 09:55"
    assert second == "  Q1：已电话答复，还有没答的"
    assert [line.split()[2] for line in rest[3:]] == ["已按时", "剩25分钟"]


@pytest.mark.parametrize("name", ["Q1", "q1", "1"])
def test_a_request_is_named_as_one_likes(asked: Jinji, name: str) -> None:
    asked("request", "01", *INSTRUCT, *at("09:45"))
    assert done(asked("answer", "01", name, "--json", *at("09:50")))["request"]["kind"] == "核报"


def test_of_several_that_are_open_one_must_be_named(asked: Jinji) -> None:
    asked("request", "01", *INSTRUCT, *at("09:45"))
    outcome = asked("answer", "01", *at("09:50"))
    refused(outcome, 2)
    assert "Q1（核报，市委办公室）、Q2（批示，市委办公室）" in outcome.err
    asked("answer", "01", "Q1", *at("09:50"))
    asked("answer", "01", "Q1", "--form", "书面", *at("09:51"))
    told = done(asked("answer", "01", "--step", "转办", "--unit", "县公安局", "--json", *at("09:52")))
    assert told["request"]["name"] == "Q2"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (("Q2",), 3, "没有要求 Q2"),
        (("--at", f"{DAY}09:39", "--reason", "补"), 3, "早于要求时间"),
        (("--step", "转办"), 2, "转给谁"),
        (("--step", "落实"), 2, "办了什么"),
        (("--step", "办结"), 2, "还没有答复"),
        (("--text", "★机密★"), 3, "密级标志"),
        (("★机密★",), 3, "密级标志"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_a_sentence(
    asked: Jinji, home: Path, line: tuple[str, ...], code: int, said: str
) -> None:
    before = written(home)
    outcome = asked("answer", "01", *line, *at("09:45"))
    refused(outcome, code)
    assert said in outcome.err
    assert written(home) == before


def test_there_is_no_answer_where_nobody_asked(fire: Jinji) -> None:
    outcome = fire("answer", "01", "--text", "x", *at("09:45"))
    refused(outcome)
    assert "没有上级要求" in outcome.err
    assert "jinji request" in outcome.err


def test_the_same_answer_is_not_entered_twice_and_another_one_is(asked: Jinji) -> None:
    line = ("answer", "01", "--form", "电话", "--text", "死亡2人")
    done(asked(*line, "--json", *at("09:50")))
    outcome = asked(*line, *at("09:51"))
    refused(outcome)
    assert "已于 2026年3月5日 09:50 电话答复" in outcome.err
    done(asked("answer", "01", "--form", "电话", "--text", "死亡3人", "--json", *at("09:52")))


def test_after_the_end_nothing_more_is_done_about_a_request(asked: Jinji) -> None:
    ended = done(asked("answer", "01", "--step", "办结", "--reason", "上级收回", "--json", *at("09:50")))
    assert by_label(ended) == {"核报·电话 Q1": "waived", "核报·书面 Q1": "waived"}
    assert ended["request"]["ended_at"] == f"{DAY}09:50:00+08:00"
    for step in ("办结", "答复"):
        outcome = asked("answer", "01", "Q1", "--step", step, "--form", "电话", *at("09:55"))
        refused(outcome)
        assert "已于 2026年3月5日 09:50 办结" in outcome.err


# —— 批示 ——


def test_an_instruction_goes_from_hand_to_hand_until_it_is_done_with(instructed: Jinji) -> None:
    refused(instructed("answer", "01", *at("23:51")), 2)
    refused(instructed("answer", "01", "--step", "答复", "--form", "电话", *at("23:51")), 2)
    refused(instructed("answer", "01", "--step", "反馈", *at("23:51")), 2)
    steps = [
        (("--step", "复述", "--person", "李主任"), at("23:52"), True),
        (("--step", "转办", "--unit", "县卫健局"), at("23:55"), True),
        (("--step", "落实", "--unit", "县卫健局", "--text", "伤员已转院"), at("05:00", "2026-03-06T"), True),
        (("--step", "反馈", "--text", "伤员平稳"), at("06:00", "2026-03-06T"), True),
        (("--step", "办结"), at("09:00", "2026-03-06T"), False),
    ]
    for line, now, still_open in steps:
        answer = done(instructed("answer", "01", *line, "--json", *now))
        assert answer["request"]["open"] == still_open, line
    assert by_label(answer) == {"批示反馈 Q1": "met"}
    assert [one["step"] for one in answer["request"]["answers"]] == ["复述", "转办", "落实", "反馈", "办结"]


def test_the_feedback_is_a_report_with_the_words_the_steps_and_the_minutes(instructed: Jinji) -> None:
    instructed("answer", "01", "--step", "转办", "--unit", "县卫健局", *at("23:55"))
    last = at("06:00", "2026-03-06T")
    instructed(
        "answer", "01", "--step", "落实", "--unit", "县卫健局", "--text", "伤员已转院",
        *at("05:00", "2026-03-06T"),
    )  # fmt: skip
    answer = done(instructed("answer", "01", "--step", "反馈", "--text", "伤员平稳", "--json", *last))
    assert (answer["report"]["stage"], answer["report"]["number"]) == ("批示反馈", 1)
    again = instructed("report", "01", "--stage", "批示反馈", *last)
    assert (again.code, again.err) == (0, "")
    assert again.out == f"{answer['report']['text']}\n"
    lines = again.out.splitlines()
    assert lines[:3] == ["关于城关镇东街一服装店火灾批示办理情况的报告", "", "主送：市委办公室"]
    assert [line.strip("　") for line in lines[8:]] == [
        "一、批示内容",
        "2026年3月5日23时50分，市委办公室转来张副市长批示：“全力救治伤员，查明原因”。",
        "二、基本情况",
        "2026年3月5日9时20分，城关镇东街一服装店起火，造成2人死亡、2人受伤（其中重伤1人、轻伤1人）。",
        "三、办理情况",
        "2026年3月5日23时55分，转县卫健局办理。2026年3月6日5时00分，县卫健局：伤员已转院。",
        "四、落实结果",
        "伤员平稳。",
    ]


@pytest.mark.parametrize("form", ["phone", "message", "markdown"])
def test_the_feedback_is_had_in_every_form_and_stays_as_it_was_told(instructed: Jinji, form: str) -> None:
    last = at("06:00", "2026-03-06T")
    instructed("answer", "01", "--step", "反馈", "--text", "伤员平稳", *last)
    line = ("report", "01", "--stage", "批示反馈", "--format", form, *at("09:00", "2026-03-06T"))
    before = instructed(*line)
    assert before.code == 0
    assert "伤员平稳" in before.out
    instructed("answer", "01", "--step", "落实", "--text", "原因查明", *at("08:00", "2026-03-06T"))
    assert instructed(*line).out == before.out


def test_a_feedback_does_not_stand_for_a_report_about_the_incident(fire: Jinji) -> None:
    fire("request", "01", *INSTRUCT, *at("09:40"))
    fire("answer", "01", "--step", "反馈", "--text", "伤员平稳", *at("09:42"))
    assert fire("report", "01", *at("09:43")).out.startswith("城关镇东街一服装店火灾致2人死亡2人受伤\n")
    told = done(
        fire(
            "sent",
            "01",
            "--stage",
            "批示反馈",
            "--form",
            "书面",
            "--to",
            "市委办公室",
            "--json",
            *at("09:43"),
        )
    )
    owed = {one["label"]: one["state"] for one in told["limits"] if one["to"]["office"] == "市委办公室"}
    assert owed["书面首报"] != "met"
    news = done(fire("followup", "01", "又有1人死亡", "--json", *at("09:44")))
    assert [one["text"] for one in news["changes"]] == ["死亡由2人增至3人"]


def test_what_a_feedback_told_is_still_news_in_the_next_follow_up(fire: Jinji) -> None:
    fire("followup", "01", "又有1人死亡，明火已扑灭", *at("09:40"))
    fire("request", "01", *INSTRUCT, *at("09:41"))
    fire("answer", "01", "--step", "反馈", "--text", "伤员平稳", *at("09:42"))
    assert fire("sent", "01", "--stage", "批示反馈", "--form", "书面", "--to", "市", *at("09:43")).code == 0
    news = done(fire("followup", "01", "又有1人受伤", "--json", *at("09:44")))
    assert "死亡由2人增至3人" in news["report"]["text"]
    assert "明火已扑灭" in news["report"]["text"]


def test_a_second_feedback_has_its_own_number(instructed: Jinji) -> None:
    for place, words in enumerate(("已转院", "原因查明"), 1):
        answer = done(
            instructed(
                "answer", "01", "--step", "反馈", "--text", words, "--form", "书面", "--json", *at("23:55")
            )
        )
        assert answer["report"]["number"] == place
    assert "批示反馈二《" in instructed("show", "01", *at("23:56")).out
    first = instructed("report", "01", "--stage", "批示反馈", "--number", "1", *at("23:56"))
    assert "已转院。" in first.out
    assert "原因查明。" not in first.out


# —— who else knows of it ——


def test_closing_names_what_is_still_asked_for_and_the_closed_case_still_owes_it(asked: Jinji) -> None:
    closed = done(asked("close", "01", "--json", *at("09:45")))
    assert closed["missing"][0] == "Q1 核报（市委办公室）"
    assert not any("核报·" in words for words in closed["missing"])
    answer = done(asked("answer", "01", "--json", *at("09:50")))
    assert (answer["status"], by_label(answer)["核报·书面 Q1"]) == ("已结", "open")
    assert done(asked("show", "01", "--json", *at("09:51")))["findings"] == []
    done(asked("request", "01", *INSTRUCT, "--json", *at("09:52")))
    assert done(asked("show", "01", "--json", *at("09:53")))["findings"] == []


def test_show_why_log_and_at_say_what_was_asked_and_answered(asked: Jinji) -> None:
    asked("answer", "01", "--text", "死亡2人", *at("09:55"))
    for line in (("show", "01"), ("why", "01"), ("at", f"{DAY}09:58", "01")):
        shown = asked(*line, *at("10:00"))
        assert "Q1 核报　市委办公室　3月5日 09:40　已电话答复，还有没答的" in shown.out, line
        assert "“请核实伤亡人数”" in shown.out
    logged = asked("log", "01", *at("10:00")).out
    assert "Q1 核报 市委办公室：“请核实伤亡人数”" in logged
    assert "电话答复" in logged
    earlier = asked("at", f"{DAY}09:50", "01", *at("10:00"))
    assert "Q1 核报　市委办公室　3月5日 09:40　未答复" in earlier.out


def test_export_has_what_is_still_asked_for(asked: Jinji) -> None:
    (row,) = map(json.loads, asked("export", *at("09:45")).out.splitlines())
    assert (row["requests"], row["open_requests"]) == (1, "Q1 核报 市委办公室")
    asked("answer", "01", *at("09:50"))
    asked("answer", "01", *at("09:51"))
    (row,) = map(json.loads, asked("export", *at("09:52")).out.splitlines())
    assert (row["requests"], row["open_requests"]) == (1, "")


def test_undo_takes_an_answer_back_and_the_limit_runs_again(asked: Jinji) -> None:
    asked("answer", "01", "--text", "死亡2人", *at("09:50"))
    undone = done(asked("undo", "01", "--reason", "没打通", "--json", *at("09:52")))
    assert by_label(undone)["核报·电话 Q1"] == "open"
    told = {one["label"]: (one["before"], one["after"]) for one in undone["changes"]}
    assert told["上级要求"] == ("Q1 核报（已答复）", "Q1 核报")
    assert undone["notes"] == ["已报出的话收不回，请另行更正：答复于2026年3月5日 09:50报市委办公室。"]


def test_a_request_that_was_taken_back_leaves_its_name_unused(asked: Jinji) -> None:
    asked("undo", "01", "--reason", "记错了", *at("09:42"))
    assert done(asked("request", "01", *VERIFY, "--json", *at("09:43")))["request"]["name"] == "Q2"


def test_what_was_asked_of_a_merged_case_is_answered_in_the_other(asked: Jinji) -> None:
    asked("new", "-y", "9时20分东街服装店着火，死了两个人", *at("09:41"))
    assert asked("merge", "01", "02", "--reason", "同一起", *at("09:42")).code == 0
    refused(asked("answer", "01", *at("09:45")))
    answer = done(asked("answer", "02", "--json", *at("09:45")))
    assert answer["request"]["name"] == "20260305-01:Q1"
    assert by_label(answer)["核报·电话 20260305-01:Q1"] == "met"
    assert done(asked("show", "02", "--json", *at("09:46")))["findings"] == []
    entry = next(
        one for one in done(asked("log", "--json", *at("09:46")))["entries"] if one["kind"] == "办理"
    )
    assert entry["case"] == "20260305-01"


# —— at a terminal ——


@needs_a_pty
def test_at_a_terminal_what_is_missing_is_asked_for_and_all_of_it_confirmed(sit: "Sit", fire: Jinji) -> None:
    desk = sit("request", "01", *at("09:40"))
    desk.answer("哪一种要求", "核报")
    desk.answer("哪个上级单位", "市委办公室")
    desk.answer("要求的原话", "请核实伤亡人数")
    desk.answer("登记？", "y")
    assert desk.ends() == 0
    (one,) = done(fire("show", "01", "--json", *at("09:41")))["requests"]
    assert (one["kind"], one["text"]) == ("核报", "请核实伤亡人数")


@needs_a_pty
def test_the_feedback_is_read_before_it_is_entered_and_left_out_at_a_no(
    sit: "Sit", instructed: Jinji
) -> None:
    desk = sit("answer", "01", "--step", "反馈", *at("23:55"))
    desk.answer("反馈的内容", "伤员平稳")
    assert "批示办理情况的报告" in desk.until("登记？")
    desk.type("n\r")
    assert desk.ends() == 130
    assert done(instructed("show", "01", "--json", *at("23:56")))["requests"][0]["answers"] == []
