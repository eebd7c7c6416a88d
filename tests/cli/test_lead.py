"""jinji lead: word of an incident is verified before it becomes one; what is false is answered and stays in the ledger."""

from pathlib import Path

import pytest

from jinji_report.cli import prompts, screen

from .conftest import Jinji
from .refusal import refused, written

DAY = "2026-03-05T"
NOTE = "网传昨晚11点半城关镇东街一服装店起火，2人死亡"
NEWS = "昨晚23点20分，东街金利服装店起火，3人死亡，1人重伤"


def at(minute: str) -> tuple[str, str]:
    return ("--now", f"{DAY}{minute}")


@pytest.fixture
def lead(jinji: Jinji) -> Jinji:
    """A lead of 01:00 from 微博."""
    assert jinji("lead", "new", NOTE, "--channel", "微博", *at("01:00")).code == 0
    return jinji


@pytest.fixture
def found_true(lead: Jinji) -> Jinji:
    verified(lead, "属实", "火已扑灭", "01:06")
    return lead


def verified(jinji: Jinji, state: str, text: str, minute: str) -> dict:
    outcome = jinji(
        *("lead", "verify", "01", "--state", state, "--unit", "城关派出所", "--text", text),
        *("--json", *at(minute)),
    )
    assert outcome.code == 0, outcome
    return outcome.json


def test_a_lead_is_read_as_a_call_is_and_says_what_it_would_be(jinji: Jinji) -> None:
    outcome = jinji("lead", "new", NOTE, "--channel", "微博", "--json", *at("01:00"))
    assert outcome.code == 0 and outcome.err == ""
    told = outcome.json
    assert (told["case"], told["status"], told["step"]) == ("20260305-01", "线索", "线索")
    assert told["incident"]["measures"]["deaths"]["low"] == 2
    assert told["incident"]["source"]["kind"] == "网络"
    assert told["incident"]["moments"]["received"] == f"{DAY}01:00:00+08:00"
    assert told["if_true"]["verdict"]["decision"] == "应报"
    assert told["if_true"]["limits"][0]["due"] == "2026-03-04T23:55:00+08:00"
    assert told["lead"] == {
        "channel": "微博",
        "known": f"{DAY}01:00:00+08:00",
        "state": "待核实",
        "unit": "",
        "result": "",
        "promoted": None,
    }


def test_a_lead_owes_nothing_and_is_found_by_its_status(lead: Jinji) -> None:
    board = lead("board", "--json", *at("01:01")).json
    assert (board["due"], board["open_cases"]) == ([], 0)
    assert lead("next", *at("01:01")).code == 0
    shown = lead("show", "01", "--json", *at("01:01")).json
    assert (shown["limits"], shown["way"], shown["status"]) == ([], None, "线索")
    (row,) = lead("list", "--status", "线索", "--json", *at("01:01")).json["cases"]
    assert (row["case"], row["decision"], row["next_due"]) == ("20260305-01", "未研判", None)
    (one,) = lead("lead", "list", "--json", *at("01:01")).json["leads"]
    assert one["lead"]["state"] == "待核实"
    assert "待核实" in lead("show", "01", *at("01:01")).out


@pytest.mark.parametrize(
    "step",
    [
        ("followup", "01", "又有1人死亡"),
        ("sent", "01", "--form", "电话", "--to", "市"),
        ("ack", "01"),
        ("decide", "01", "应报", "--reason", "有扩大可能"),
        ("close", "01"),
        ("backflow", "01", "--who", "互联网", "--text", "微博"),
    ],
)
def test_what_is_done_about_incidents_says_of_a_lead_what_to_do_instead(
    lead: Jinji, home: Path, step: tuple[str, ...]
) -> None:
    before = written(home)
    outcome = lead(*step, *at("01:02"))
    refused(outcome)
    assert "jinji lead promote 20260305-01" in outcome.err
    assert written(home) == before


def test_a_lead_that_nobody_verified_becomes_no_incident_without_a_reason(lead: Jinji) -> None:
    outcome = lead("lead", "promote", "01", *at("01:05"))
    refused(outcome)
    assert "先报后核" in outcome.err
    assert lead("lead", "promote", "01", "--reason", "先报后核", *at("01:05")).code == 0


def test_what_is_promoted_keeps_when_the_desk_learned_of_it_and_when_it_happened(found_true: Jinji) -> None:
    outcome = found_true("lead", "promote", "01", "--json", *at("01:10"))
    assert outcome.code == 0, outcome
    told = outcome.json
    assert told["case"] == "20260305-01"
    assert told["incident"]["moments"]["received"] == f"{DAY}01:00:00+08:00"
    assert told["incident"]["occurred"]["at"] == "2026-03-04T23:30:00+08:00"
    assert told["lead"]["promoted"] == f"{DAY}01:10:00+08:00"
    assert told["report"]["stage"] == "首报" and "接报时间：2026年3月5日1时00分" in told["report"]["text"]
    first = told["limits"][0]
    assert (first["from"], first["due"]) == ("occurred", "2026-03-04T23:55:00+08:00")
    shown = found_true("show", "01", "--json", *at("01:11")).json
    assert shown["limits"] == found_true("why", "01", "--json", *at("01:11")).json["limits"]
    assert (shown["status"], shown["findings"]) == ("在办", [])
    assert [entry["kind"] for entry in shown["entries"]] == ["线索", "核实", "接报", "研判", "成文"]
    assert found_true("sent", "01", "--form", "电话", *at("01:12")).code == 0


def test_what_was_verified_stands_before_what_the_lead_told(found_true: Jinji) -> None:
    told = found_true("lead", "promote", "01", NEWS, "--json", *at("01:10")).json
    incident = told["incident"]
    assert incident["occurred"]["at"] == "2026-03-04T23:20:00+08:00"
    assert incident["place"]["text"] == "东街金利服装店"
    assert incident["measures"]["deaths"]["low"] == 3
    assert told["doubts"] == []
    assert told["verdict"]["grade"]["low"] == "较大"
    assert "东街金利服装店" in told["report"]["title"]


def test_the_screen_of_a_promoted_lead_is_that_of_a_call(found_true: Jinji) -> None:
    out = found_true("lead", "promote", "01", NEWS, *at("01:10")).out
    for part in ("【读到的要素】", "【研判】", "【首报　案卷 20260305-01", "【本单位时限】", "【下一步】"):
        assert part in out


def test_what_is_promoted_resembles_others_but_never_itself(lead: Jinji) -> None:
    assert lead("lead", "new", "网传城关镇东街一服装店起火，昨晚11点半，2人死亡", *at("01:02")).code == 0
    for tail in ("01", "02"):
        found = ("--state", "属实", "--unit", "城关派出所", "--text", "火已扑灭")
        assert lead("lead", "verify", tail, *found, *at("01:06")).code == 0
    outcome = lead("lead", "promote", "01", *at("01:10"))
    assert "jinji merge 20260305-02 20260305-01" in outcome.err
    assert "与线索 20260305-01" not in outcome.err and "与在办案卷 20260305-01" not in outcome.err


def test_a_lead_is_promoted_once(found_true: Jinji) -> None:
    assert found_true("lead", "promote", "01", *at("01:10")).code == 0
    for step in ("promote", "dismiss", "verify"):
        more = ("--state", "不实", "--unit", "派出所", "--text", "演练") if step == "verify" else ()
        outcome = found_true("lead", step, "01", *more, "--reason", "再来", *at("01:11"))
        refused(outcome)
        assert "已于 2026年3月5日 01:10 转为事件" in outcome.err


def test_a_false_lead_is_answered_and_closed_and_stays(lead: Jinji) -> None:
    told = verified(lead, "不实", "是消防演练", "01:20")
    assert told["reply"] == "经城关派出所核实，微博所传“城关镇东街一服装店火灾致2人死亡”不实：是消防演练。"
    assert lead("lead", "dismiss", "01", "--reason", "已答复网民", *at("01:25")).code == 0
    shown = lead("show", "01", *at("01:26")).out
    assert "已结　不实" in shown and "线索不实（已答复网民）" in shown
    assert lead("lead", "list", *at("01:26")).code == 1
    every = lead("lead", "list", "--all", *at("01:26"))
    assert every.code == 0 and "不实，已了结" in every.out
    assert lead("show", "01", "--json", *at("01:26")).json["limits"] == []
    assert lead("board", "--json", *at("01:26")).json["watched"] == 0
    (row,) = lead("list", "--find", "服装店", "--json", *at("01:26")).json["cases"]
    assert row["status"] == "已结"


def test_a_false_lead_that_is_heard_of_again_is_a_lead_again(lead: Jinji) -> None:
    verified(lead, "不实", "是消防演练", "01:20")
    assert lead("lead", "dismiss", "01", "--reason", "已答复", *at("01:25")).code == 0
    outcome = lead("followup", "01", "又有1人死亡", *at("01:26"))
    refused(outcome)
    assert "jinji reopen 20260305-01" in outcome.err
    assert "现为线索" in lead("reopen", "01", "--reason", "又有视频", *at("01:30")).out
    verified(lead, "属实", "起火属实", "01:35")
    assert lead("lead", "promote", "01", *at("01:36")).code == 0
    shown = lead("show", "01", "--json", *at("01:37")).json
    assert (shown["status"], shown["findings"]) == ("在办", [])


@pytest.mark.parametrize("state", ["待核实", "核实中", "属实", "部分属实"])
def test_only_what_is_false_or_cannot_be_verified_is_dismissed(lead: Jinji, state: str) -> None:
    if state != "待核实":
        verified(lead, state, "去人了", "01:05")
    outcome = lead("lead", "dismiss", "01", "--reason", "不追了", *at("01:06"))
    refused(outcome)
    assert state in outcome.err
    to_do = "jinji lead promote" if "属实" in state else "jinji lead verify"
    assert to_do in outcome.err


def test_a_lead_that_nobody_can_verify_may_be_dismissed(lead: Jinji) -> None:
    verified(lead, "无法核实", "找不到发帖人", "01:05")
    assert lead("lead", "dismiss", "01", "--reason", "不追了", *at("01:06")).code == 0


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (("--unit", "派出所"), 2, "--state"),
        (("--state", "属实", "--text", "对"), 2, "--unit"),
        (("--state", "属实", "--unit", "派出所"), 2, "--text"),
        (("--state", "属实", "--unit", "派出所", "--text", "★密级：机密"), 3, "密级"),
        (
            ("--state", "属实", "--unit", "所", "--text", "对", "--at", f"{DAY}00:40", "--reason", "补登"),
            3,
            "早于得知线索的时间",
        ),
    ],
)
def test_what_is_missing_or_cannot_be_of_a_verification_is_told(
    lead: Jinji, home: Path, more: tuple[str, ...], code: int, words: str
) -> None:
    before = written(home)
    outcome = lead("lead", "verify", "01", *more, *at("01:05"))
    refused(outcome, code)
    assert words in outcome.err
    assert written(home) == before


def test_who_is_asked_may_be_told_before_anything_is_found(lead: Jinji) -> None:
    assert lead("lead", "verify", "01", "--state", "核实中", "--unit", "城关派出所", *at("01:02")).code == 0
    assert "核实中（城关派出所）" in lead("lead", "list", *at("01:03")).out


def test_a_secret_lead_is_written_nowhere(jinji: Jinji, home: Path) -> None:
    for words in (("密级：机密 东街起火",), ("东街起火", "--channel", "★")):
        outcome = jinji("lead", "new", *words, *at("01:00"))
        refused(outcome)
        assert "涉密渠道" in outcome.err
    assert written(home) == {}


def test_an_incident_is_no_lead(jinji: Jinji) -> None:
    assert jinji("new", "-y", NEWS, *at("01:00")).code == 0
    outcome = jinji("lead", "promote", "01", "--reason", "x", *at("01:01"))
    refused(outcome)
    assert "不是线索" in outcome.err


def test_a_tail_means_the_lead_that_waits_before_the_incident_of_another_day(jinji: Jinji) -> None:
    assert jinji("new", "-y", NEWS, "--now", "2026-03-04T23:50").code == 0
    assert jinji("lead", "new", NOTE, *at("01:00")).code == 0
    told = verified(jinji, "核实中", "", "01:01")
    assert told["case"] == "20260305-01"


def test_taking_back_the_promotion_makes_it_a_lead_again(found_true: Jinji) -> None:
    assert found_true("lead", "promote", "01", NEWS, *at("01:10")).code == 0
    assert "现为线索" in found_true("undo", "01", "--reason", "转早了", *at("01:12")).out
    shown = found_true("show", "01", "--json", *at("01:13")).json
    assert (shown["status"], shown["limits"], shown["lead"]["promoted"]) == ("线索", [], None)
    assert shown["incident"]["measures"]["deaths"]["low"] == 2
    assert found_true("undo", "01", "--redo", "--reason", "没错", *at("01:14")).code == 0
    assert found_true("show", "01", "--json", *at("01:15")).json["status"] == "在办"


def test_a_lead_that_was_taken_back_is_void_and_counts_nowhere(lead: Jinji) -> None:
    assert lead("undo", "01", "--reason", "录错了", *at("01:02")).code == 0
    assert lead("show", "01", "--json", *at("01:03")).json["status"] == "已撤"
    assert lead("lead", "list", *at("01:03")).code == 1
    refused(lead("lead", "promote", "01", "--reason", "x", *at("01:03")))


def test_two_leads_of_one_thing_are_merged_but_no_incident_goes_into_a_lead(lead: Jinji) -> None:
    assert lead("lead", "new", "12345接市民反映城关镇东街起火", "--channel", "12345", *at("01:01")).code == 0
    assert lead("new", "-y", NEWS, *at("01:02")).code == 0
    assert lead("merge", "02", "01", "--reason", "同一件", *at("01:03")).code == 0
    refused(lead("merge", "03", "01", "--reason", "同一件", *at("01:04")))
    assert lead("merge", "01", "03", "--reason", "同一件", *at("01:05")).code == 0
    shown = lead("show", "03", "--json", *at("01:06")).json
    assert shown["incident"]["moments"]["received"] == f"{DAY}01:00:00+08:00"  # the desk knew since then
    assert [one["who"] for one in shown["backflows"]] == ["互联网"]


def test_export_and_log_tell_of_leads(found_true: Jinji) -> None:
    assert found_true("lead", "promote", "01", *at("01:10")).code == 0
    row = found_true("export", "--format", "json", *at("01:11")).json[0]
    assert (row["lead"], row["lead_channel"], row["lead_promoted"], row["backflows"]) == (
        "属实",
        "微博",
        f"{DAY}01:10:00+08:00",
        "互联网",
    )
    log = found_true("log", "01", *at("01:11")).out
    assert "微博 网传昨晚11点半" in log and "属实 城关派出所 火已扑灭" in log
    then = found_true("at", f"{DAY}01:05", "01", *at("01:11")).out
    assert "待核实" in then and "首报" not in then
    assert found_true("ledger", "verify").code == 0


def test_a_call_that_bears_out_a_lead_says_so_and_merged_the_desk_knew_since_the_lead(lead: Jinji) -> None:
    call = "3月4日23时30分，城关镇东街一服装店起火，2人死亡，1人重伤"
    opened = lead("new", "-y", call, *at("01:10"))
    assert "与线索 20260305-01" in opened.err
    assert "jinji merge 20260305-01 20260305-02 --reason 同一件事" in opened.err
    assert lead("merge", "01", "02", "--reason", "同一件事", *at("01:11")).code == 0
    shown = lead("show", "02", "--json", *at("01:12")).json
    assert shown["incident"]["moments"]["received"] == f"{DAY}01:00:00+08:00"
    assert [one["who"] for one in shown["backflows"]] == ["互联网"]


def test_a_lead_about_a_known_incident_says_which(jinji: Jinji) -> None:
    assert jinji("new", "-y", f"3月4日{NEWS[2:]}", *at("00:30")).code == 0
    outcome = jinji("lead", "new", "网传昨晚11点20分东街金利服装店起火", *at("01:00"))
    assert outcome.code == 0
    assert "jinji merge 20260305-02 20260305-01" in outcome.err


def test_a_request_about_a_lead_is_owed_and_shows_who_knew_once_it_is_true(lead: Jinji) -> None:
    asked = ("request", "01", "--kind", "核报", "--from", "市委办公室", "--text", "网传起火，请核实")
    assert lead(*asked, *at("01:05")).code == 0
    shown = lead("show", "01", "--json", *at("01:06")).json
    assert {limit["due"] for limit in shown["limits"]} == {f"{DAY}01:25:00+08:00", f"{DAY}01:45:00+08:00"}
    assert shown["backflows"] == []
    verified(lead, "属实", "起火属实", "01:10")
    assert lead("lead", "promote", "01", *at("01:11")).code == 0
    knew = lead("show", "01", "--json", *at("01:12")).json["backflows"]
    assert [one["who"] for one in knew] == ["互联网", "上级"]


@pytest.fixture
def at_the_desk(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody sits at the terminal: the answers to come, in order; every yes or no is a yes."""
    answers: list[str] = []
    monkeypatch.setattr(screen, "interactive", lambda **_: True)
    monkeypatch.setattr(prompts, "begin", lambda: None)
    monkeypatch.setattr(prompts, "ask", lambda question: answers.pop(0))
    monkeypatch.setattr(prompts, "ask_note", lambda lines: lines.append(answers.pop(0)))
    monkeypatch.setattr(prompts, "confirm", lambda question, **_: answers.pop(0) == "y")
    return answers


def test_at_a_terminal_what_is_missing_is_asked_for(jinji: Jinji, at_the_desk: list[str]) -> None:
    at_the_desk += [NOTE, "y"]
    out = jinji("lead", "new", *at("01:00")).out
    assert "【若属实】" in out and "已登记线索 20260305-01" in out
    at_the_desk += ["真的", "不实", "城关派出所", "是消防演练", "y"]
    assert (
        "已登记核实 20260305-01　不实　城关派出所：是消防演练"
        in jinji("lead", "verify", "01", *at("01:05")).out
    )
    at_the_desk += ["已答复网民", "y"]
    assert "已登记了结线索" in jinji("lead", "dismiss", "01", *at("01:06")).out
    assert at_the_desk == []


def test_at_a_terminal_a_promotion_is_agreed_to_first(
    lead: Jinji, home: Path, at_the_desk: list[str]
) -> None:
    verify = ("--state", "属实", "--unit", "城关派出所", "--text", "火已扑灭")
    assert lead("lead", "verify", "01", *verify, "-y", *at("01:06")).code == 0
    before = written(home)
    at_the_desk.append("n")
    assert lead("lead", "promote", "01", NEWS, *at("01:10")).code == 130
    assert written(home) == before
    at_the_desk.append("y")
    out = lead("lead", "promote", "01", NEWS, *at("01:10")).out
    assert out.index("【研判】") < out.index("【首报")
    assert lead("show", "01", "--json", *at("01:11")).json["status"] == "在办"


def test_what_was_typed_of_a_lead_and_not_entered_is_kept(
    jinji: Jinji, home: Path, at_the_desk: list[str]
) -> None:
    at_the_desk += [NOTE, "n"]
    left = jinji("lead", "new", *at("01:00"))
    assert left.code == 130 and "接着办：jinji lead new --file" in left.err
    assert jinji("lead", "list", *at("01:01")).code == 1
    at_the_desk.append("y")
    (draft,) = home.glob("followup-draft*")
    assert jinji("lead", "new", "--file", str(draft), *at("01:02")).code == 0
    assert jinji("lead", "list", *at("01:03")).code == 0
