"""Every command as a script and a tired officer meet it: its JSON, its exit code, what it writes and what not."""

import json
from pathlib import Path
from typing import Any

import pytest

from jinji_report.oversight.board import PAGE

from .conftest import Jinji
from .refusal import refused, written

DAY = "2026-03-05T"
FIRE = "9时20分，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"
CAR = "G30高速K1023两车追尾，一名驾驶员轻伤，现场已撤离"
CITY = {"市委办公室", "市政府办公室"}


def at(minute: str) -> tuple[str, str]:
    return ("--now", f"{DAY}{minute}")


@pytest.fixture
def fire(jinji: Jinji) -> Jinji:
    """A fire at 09:20, heard at 09:25: this desk owes the city by 09:45."""
    assert jinji("new", "-y", FIRE, *at("09:25")).code == 0
    return jinji


READING = [
    ["classify", FIRE],
    ["show", "01"],
    ["why", "01"],
    ["report", "01"],
    ["board"],
    ["next"],
    ["list"],
    ["log"],
    ["log", "01"],
    ["at", f"{DAY}09:25", "01"],
    ["rules", "show"],
]


@pytest.mark.parametrize("line", READING, ids=lambda line: " ".join(line[:1]))
def test_a_reading_command_answers_one_versioned_object_and_writes_nothing(
    fire: Jinji, home: Path, line: list[str]
) -> None:
    before = written(home)
    outcome = fire(*line, "--json", *at("09:26"))
    assert outcome.code == 0
    assert outcome.err == ""
    assert outcome.out.count("\n") == 1
    assert outcome.json["schema"] == "jinji/1"
    assert fire(*line, *at("09:26")).code == 0
    assert written(home) == before


def test_the_ledger_commands_write_nothing_either(fire: Jinji, home: Path) -> None:
    before = written(home)
    assert fire("ledger", "verify", "--json").json["schema"] == "jinji/1"
    assert len(fire("ledger", "head").out) == 65
    assert fire("export").code == 0
    assert written(home) == before


WRITING = [
    ["new", CAR],
    ["followup", "01", "又有1人死亡"],
    ["sent", "01"],
    ["decide", "01", "应报", "--reason", "领导意见"],
    ["close", "01"],
    ["undo", "01", "--reason", "录错了"],
]


@pytest.mark.parametrize("line", WRITING, ids=lambda line: line[0])
@pytest.mark.parametrize("quiet", [["--json"], ["--yes"], ["--no-input"], []], ids=" ".join)
def test_a_writing_command_asks_nothing_in_a_pipe_and_answers_one_object(
    fire: Jinji, line: list[str], quiet: list[str]
) -> None:
    outcome = fire(*line, *quiet, *at("09:26"), stdin="不\n不\n不\n")
    assert outcome.code == 0
    assert not any(prompt in outcome.err for prompt in ("[Y/n]", "[y/N]", "回车", "粘贴"))
    if quiet == ["--json"]:
        answer = outcome.json
        assert answer["schema"] == "jinji/1"
        assert answer["case"].startswith("20260305-0")
        assert outcome.err == ""


def test_the_receipt_and_the_reopening_answer_one_object_too(fire: Jinji) -> None:
    assert fire("sent", "01", *at("09:26")).code == 0
    for minute, line in (("09:27", ["ack", "01"]), ("09:28", ["close", "01"]), ("09:29", ["reopen", "01"])):
        assert fire(*line, "--json", *at(minute)).json["schema"] == "jinji/1"


def test_new_answers_the_shape_that_scripts_rely_on(jinji: Jinji) -> None:
    answer = jinji("new", "--json", FIRE, *at("09:25")).json
    assert {"schema", "case", "report", "incident", "verdict", "limits"} <= set(answer)
    assert set(answer["report"]) >= {"stage", "title", "text"}
    assert answer["report"]["stage"] == "首报"
    incident = answer["incident"]
    assert {"category", "title", "occurred", "moments", "place", "measures", "tags", "source"} <= set(
        incident
    )
    assert set(incident["occurred"]) == {"at", "precision", "until", "basis", "said", "span"}
    assert set(incident["measures"]["deaths"]) == {"low", "high", "said", "span"}
    assert set(incident["source"]) == {"unit", "person", "phone", "kind", "span"}
    assert incident["moments"]["received"] == f"{DAY}09:25:00+08:00"
    verdict = answer["verdict"]
    assert {
        "decision",
        "grade",
        "report_to",
        "reasons",
        "near_misses",
        "questions",
        "factors",
        "consult",
        "owners",
        "presumed",
        "standards",
    } <= set(verdict)
    assert {"tier", "line", "office", "decision"} <= set(verdict["report_to"][0])
    assert {"criterion", "clause", "text", "measures"} <= set(verdict["reasons"][0])
    assert len(verdict["standards"]["digest"]) == 64
    for limit in answer["limits"]:
        assert {"id", "owes", "to", "form", "starts", "from", "due", "state", "minutes_left"} <= set(limit)
        assert limit["state"] in ("open", "due_soon", "overdue", "met", "met_late", "waived")


def test_an_entry_of_a_set_clock_keeps_the_clock_of_the_machine(
    jinji: Jinji, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert jinji("new", "-y", CAR).code == 0
    assert jinji("decide", "latest", "应报", "--reason", "演练", "--now", "2100-01-01T00:00").code == 0
    monkeypatch.setenv("JINJI_NOW", "2100-01-01T00:05")
    assert jinji("close", "latest").code == 0
    machine = [json.loads(line)["machine"] for line in jinji("export", "--entries").out.splitlines()]
    assert machine[:3] == [None] * 3
    assert all(moment and moment < "2100" for moment in machine[3:])
    shown = jinji("show", "latest").out
    assert ("决定*" in shown, "结案*" in shown, "接报*" in shown) == (True, True, False)
    assert "设定时钟" in shown
    assert "人为设定" in jinji("ledger", "verify").out


def test_back_dating_keeps_both_moments_and_the_reason(fire: Jinji) -> None:
    refused(fire("sent", "01", "--at", f"{DAY}09:30", *at("09:41")), 2)
    assert fire("sent", "01", "--at", f"{DAY}09:31", *at("09:41")).code == 0
    assert fire("ack", "01", "--at", f"{DAY}09:31", "--reason", "忙于调度", *at("09:50")).code == 0
    entry = fire("show", "01", "--json", *at("09:51")).json["entries"][-1]
    assert (entry["at"], entry["recorded"]) == (f"{DAY}09:31:00+08:00", f"{DAY}09:50:00+08:00")
    assert entry["data"]["reason"] == "忙于调度"
    assert "忙于调度" in fire("show", "01", *at("09:51")).out


@pytest.mark.parametrize("name", ["20260305-01", "01", "-01", "latest"])
def test_a_case_answers_to_its_number_its_tail_and_latest(fire: Jinji, name: str) -> None:
    for line in (["show"], ["why"], ["report"], ["sent"], ["close"]):
        assert fire(line[0], name, *line[1:], "--json", *at("09:26")).json["case"] == "20260305-01"


def test_sent_without_an_office_means_all_that_are_owed(fire: Jinji) -> None:
    answer = fire("sent", "01", "--json", *at("09:30")).json
    assert set(answer["offices"]) == CITY
    assert answer["form"] == "电话"
    answer = fire("sent", "01", "--json", *at("09:31")).json
    assert set(answer["offices"]) == CITY
    assert answer["form"] == "书面"
    states = {
        limit["state"] for limit in answer["limits"] if limit["ours"] and limit["id"].startswith("first")
    }
    assert states == {"met"}


def test_sent_to_one_line_leaves_the_other_owing(fire: Jinji) -> None:
    assert fire("sent", "01", "--to", "市委办公室", "--form", "电话", "--json", *at("09:30")).json[
        "offices"
    ] == ["市委办公室"]
    due = fire("board", "--json", *at("09:31")).json["due"]
    assert {(row["form"], row["to"]["office"]) for row in due if row["id"] == "first-phone"} == {
        ("电话", "市政府办公室")
    }


def test_a_case_that_owes_nobody_wants_to_know_whom(jinji: Jinji, home: Path) -> None:
    assert jinji("new", "-y", CAR, *at("09:25")).code == 0
    before = written(home)
    refused(jinji("sent", "01", *at("09:26")), 2)
    refused(jinji("sent", "01", "--to", "市委办公室", *at("09:26")), 2)
    assert written(home) == before
    assert jinji("sent", "01", "--to", "市委办公室", "--form", "信息", *at("09:26")).code == 0


def test_nothing_is_sent_before_it_happened_or_before_it_was_written(fire: Jinji, home: Path) -> None:
    before = written(home)
    refused(fire("sent", "01", "--at", f"{DAY}09:19", "--reason", "x", *at("09:26")))
    refused(fire("sent", "01", "--stage", "终报", *at("09:26")))
    refused(fire("sent", "01", "--stage", "续报", "--number", "1", *at("09:26")))
    refused(fire("sent", "01", "--to", "火星总部", *at("09:26")))
    refused(fire("sent", "01", "--to", "", *at("09:26")))
    assert written(home) == before


def test_a_receipt_needs_something_that_was_sent(fire: Jinji, home: Path) -> None:
    before = written(home)
    refused(fire("ack", "01", *at("09:26")))
    assert written(home) == before
    assert fire("sent", "01", "--to", "市委办公室", "--form", "电话", *at("09:27")).code == 0
    before = written(home)
    refused(fire("ack", "01", "--from", "市政府办公室", *at("09:28")))
    refused(fire("ack", "01", "--form", "书面", *at("09:28")))
    refused(fire("ack", "01", "--at", f"{DAY}09:26", *at("09:28")))
    assert written(home) == before


def test_the_first_of_two_receipts_is_the_one_that_counts(fire: Jinji) -> None:
    assert fire("sent", "01", "--form", "电话", *at("09:27")).code == 0
    assert len(fire("board", "--json", *at("09:28")).json["receipts"]) == 2
    assert fire("ack", "01", "--from", "市委办公室", *at("09:28")).code == 0
    assert set(fire("ack", "01", "--json", *at("09:29")).json["offices"]) == {"市政府办公室"}
    again = fire("ack", "01", *at("10:29"))
    refused(again)
    assert "已于" in again.err and "--person" in again.err
    assert fire("ack", "01", "--person", "王值班", "--json", *at("10:29")).json["step"] == "回执"
    assert fire("sent", "01", "--form", "信息", *at("10:29")).code == 0
    assert fire("ack", "01", *at("10:29")).code == 0
    board = fire("board", "--json", *at("10:30")).json
    assert board["receipts"] == []


def test_close_always_works_once_and_names_what_is_missing(fire: Jinji, home: Path) -> None:
    closed = fire("close", "01", "--json", *at("09:30")).json
    assert closed["status"] == "已结"
    assert "终报" in closed["missing"]
    assert any("市委办公室" in words for words in closed["missing"])
    before = written(home)
    for line in (["close", "01"], ["followup", "01", "又死1人"], ["decide", "01", "不报", "--reason", "x"]):
        outcome = fire(*line, *at("09:31"))
        refused(outcome)
        assert "结案" in outcome.err
    assert written(home) == before
    board = fire("board", "--json", *at("09:32")).json
    assert (board["due"], board["watched"], board["open_cases"]) == ([], 1, 0)
    assert fire("next", *at("12:00")).code == 0
    assert fire("reopen", "01", "--reason", "又有人死亡", *at("09:33")).code == 0
    refused(fire("reopen", "01", *at("09:34")))
    assert fire("next", *at("12:00")).code == 21


def test_an_own_decision_needs_its_reason(fire: Jinji, home: Path) -> None:
    before = written(home)
    for reason in ([], ["--reason", ""], ["--reason", " \t"]):
        refused(fire("decide", "01", "不报", *reason, *at("09:26")), 2)
    assert written(home) == before


def test_an_own_decision_not_to_report_ends_the_limits_and_news_reopens_the_question(fire: Jinji) -> None:
    assert fire("decide", "01", "不报", "--reason", "误报", *at("09:26")).code == 0
    assert fire("next", *at("10:30")).code == 0
    assert "误报" in fire("why", "01", *at("09:27")).out
    assert fire("show", "01", "--json", *at("09:27")).json["decision"] == "不报"
    answer = fire("followup", "01", "现已确认死亡5人", "--json", *at("09:40")).json
    assert any("误报" in doubt and "重新决定" in doubt for doubt in answer["doubts"])
    assert "重新决定" in fire("followup", "01", "死亡6人", *at("09:41")).err


def test_an_own_decision_to_report_opens_the_limits_of_a_case_kept_on_file(jinji: Jinji) -> None:
    assert jinji("new", "--json", CAR, *at("09:25")).json["verdict"]["decision"] == "备查"
    assert jinji("next", *at("12:00")).code == 0
    assert jinji("decide", "01", "应报", "--reason", "带班领导意见", *at("09:26")).code == 0
    due = jinji("board", "--json", *at("09:27")).json["due"]
    assert {row["to"]["office"] for row in due} == CITY
    assert jinji("next", *at("12:00")).code == 21


def test_next_says_how_urgent_it_is_by_its_exit_code(fire: Jinji) -> None:
    assert (fire("next", *at("09:26")).code, fire("next", *at("09:26"), "--json").json["next"]["state"]) == (
        0,
        "open",
    )
    assert fire("next", *at("09:43")).code == 20
    assert fire("next", "--json", *at("09:43")).json["next"]["state"] == "due_soon"
    overdue = fire("next", *at("09:46"))
    assert overdue.code == 21
    assert overdue.out.count("\n") == 1
    assert "超1分钟" in overdue.out
    assert overdue.err == ""


def test_next_with_nothing_due_is_calm(jinji: Jinji, home: Path) -> None:
    outcome = jinji("next", *at("09:26"))
    assert (outcome.code, outcome.err) == (0, "")
    assert jinji("next", "--json", *at("09:26")).json == {"schema": "jinji/1", "next": None}
    assert not home.exists()


def test_the_board_turns_pages_and_loses_no_row(jinji: Jinji) -> None:
    for n in range(12):
        assert jinji("new", "-y", f"城关镇{n + 1}号路一民房起火，1人死亡", *at(f"09:{n:02d}")).code == 0
    first = jinji("board", "--json", *at("09:12")).json
    assert first["total"] == 48
    assert len(first["due"]) == 48  # a script gets all; pages are for the screen, and on request
    pages = [jinji("board", "--json", "--page", str(page), *at("09:12")).json["due"] for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [PAGE, PAGE, 8, 0]
    rows = [row for page in pages for row in page]
    assert len(rows) == 48
    assert [row["due"] for row in rows] == sorted(row["due"] for row in rows)
    assert len({(row["case"], row["id"], row["to"]["office"]) for row in rows}) == 48
    text = jinji("board", *at("09:12")).out
    assert "--page 2" in text
    assert "没有第 9 页" in jinji("board", "--page", "9", *at("09:12")).out


@pytest.fixture
def several(jinji: Jinji) -> Jinji:
    lines = [
        ("2026-03-05T09:25", FIRE),
        ("2026-03-06T09:25", CAR),
        ("2026-03-07T09:25", "县一中食堂，23名学生呕吐腹泻"),
    ]
    for now, note in lines:
        assert jinji("new", "-y", note, "--now", now).code == 0
    assert jinji("close", "20260305-01", "--now", "2026-03-05T12:00").code == 0
    return jinji


FOUND: list[tuple[list[str], str]] = [
    ([], "567"),
    (["--find", "服装店"], "5"),
    (["--find", "道路交通事故"], "6"),
    (["--find", "20260307"], "7"),
    (["--find", "呕吐"], "7"),
    (["--find", "K1023"], "6"),
    (["--status", "在办"], "67"),
    (["--status", "已结"], "5"),
    (["--since", "昨天"], "67"),
    (["--since", "2026-03-06"], "67"),
    (["--until", "2026-03-06"], "56"),
    (["--since", "2026-03-06", "--until", "昨天"], "6"),
    (["--find", "没有这个词"], ""),
    (["--find", "%"], ""),
    (["--find", "."], ""),
    (["--since", "2026-03-08"], ""),
    (["--status", "在办", "--find", "服装店"], ""),
]


def test_list_finds_by_word_state_and_span(several: Jinji) -> None:
    now = ("--now", "2026-03-07T10:00")
    for more, expected in FOUND:
        outcome = several("list", *more, "--json", *now)
        assert "".join(row["case"][7] for row in outcome.json["cases"]) == expected, more
        assert outcome.code == (0 if expected else 1)
        text = several("list", *more, *now)
        assert text.code == outcome.code
        if not expected:
            assert (text.out, text.err) == ("", "没有符合的案卷。\n")


def test_an_empty_list_is_no_failure(jinji: Jinji) -> None:
    outcome = jinji("list")
    assert (outcome.code, outcome.out) == (0, "")
    assert jinji("list", "--json").json["cases"] == []


@pytest.fixture
def reported(fire: Jinji) -> Jinji:
    """The fire with 首报, 续报一, 续报二 and 终报."""
    assert fire("sent", "01", "--form", "电话", *at("09:30")).code == 0
    for minute, line in (
        ("09:40", ["又有1人抢救无效死亡"]),
        ("10:00", ["被困1人已救出"]),
        ("11:00", ["消防出动4车20人，明火已扑灭，原因系电气线路故障", "--final"]),
    ):
        assert fire("followup", "01", *line, *at(minute)).code == 0
        assert fire("sent", "01", "--to", "市", "--form", "书面", *at(minute)).code == 0
    return fire


@pytest.mark.parametrize("form", ["text", "phone", "message", "markdown"])
def test_every_report_comes_again_in_every_format(reported: Jinji, form: str) -> None:
    wanted = [
        (["--stage", "首报"], "首报", 0),
        (["--stage", "续报", "--number", "1"], "续报", 1),
        (["--stage", "续报"], "续报", 2),
        (["--stage", "终报"], "终报", 0),
        ([], "终报", 0),
    ]
    for more, stage, number in wanted:
        answer = reported("report", "01", *more, "--format", form, "--json", *at("11:30")).json
        assert (answer["report"]["stage"], answer["report"]["number"], answer["report"]["format"]) == (
            stage,
            number,
            form,
        )
        assert answer["report"]["text"].strip()
        again = reported("report", "01", *more, "--format", form, *at("11:30")).out
        assert answer["report"]["text"].strip() == again.strip()


def test_the_text_of_a_report_is_the_one_that_was_entered(reported: Jinji) -> None:
    entries = reported("show", "01", "--json", *at("11:30")).json["entries"]
    first = next(entry for entry in entries if entry["kind"] == "成文")
    assert (
        reported("report", "01", "--stage", "首报", "--json", *at("12:30")).json["report"]["text"]
        == first["data"]["text"]
    )


def test_a_report_that_was_not_written_is_not_made_up(reported: Jinji, home: Path) -> None:
    for more in (["--stage", "批示反馈"], ["--stage", "续报", "--number", "3"], ["--number", "99"]):
        refused(reported("report", "01", *more, *at("11:30")))


def test_a_follow_up_tells_only_what_changed_and_counts_on(fire: Jinji) -> None:
    assert fire("sent", "01", "--form", "电话", *at("09:30")).code == 0
    one = fire("followup", "01", "又有1人抢救无效死亡", "--json", *at("09:40")).json
    assert (one["report"]["stage"], one["report"]["number"]) == ("续报", 1)
    assert one["verdict"]["grade"]["low"] == "较大"
    deaths = next(change for change in one["changes"] if change["field"] == "measures.deaths")
    assert "2人" in deaths["before"]
    assert "3人" in deaths["after"]
    assert fire("sent", "01", "--to", "市", "--form", "书面", *at("09:41")).code == 0
    two = fire("followup", "01", "现场救援仍在进行，人数没有变化", "--json", *at("09:50")).json
    assert two["report"]["number"] == 2
    assert not [
        change for change in two["changes"] if change["field"] in ("measures.deaths", "measures.injured")
    ]
    assert "3人" not in two["report"]["text"].split("\n", 1)[1] or "无新情况" in two["report"]["text"]


def test_a_number_that_goes_down_shows_the_old_one(fire: Jinji) -> None:
    answer = fire("followup", "01", "经核实死亡1人", "--json", *at("09:40")).json
    change = next(change for change in answer["changes"] if change["field"] == "measures.deaths")
    assert change["went_down"] is True
    assert "2人" in answer["report"]["text"]
    assert "1人" in answer["report"]["text"]


def test_only_a_correction_moves_time_and_place(fire: Jinji) -> None:
    note = "8时50分，河西乡西街一仓库起火，2人死亡"
    kept = fire("followup", "01", note, "--json", *at("09:40")).json["incident"]
    assert kept["occurred"]["at"] == f"{DAY}09:20:00+08:00"
    assert "东街" in kept["place"]["text"]
    moved = fire("followup", "01", note, "--correct", "--json", *at("09:41")).json["incident"]
    assert moved["occurred"]["at"] == f"{DAY}08:50:00+08:00"
    assert "河西乡" in moved["place"]["text"]


def test_a_follow_up_of_figures_alone_needs_no_note(fire: Jinji, home: Path) -> None:
    answer = fire("followup", "01", "--set", "死亡=3", "--json", *at("09:40")).json
    assert answer["incident"]["measures"]["deaths"]["low"] == 3
    assert fire("followup", "01", "--final", "--json", *at("09:50")).json["report"]["stage"] == "终报"
    before = written(home)
    refused(fire("followup", "01", *at("09:51")), 2)
    assert written(home) == before


def test_a_second_call_about_the_same_incident_is_pointed_out_and_still_entered(fire: Jinji) -> None:
    outcome = fire("new", "-y", "城关镇东街服装店着火，有2人死亡", *at("09:35"))
    assert outcome.code == 0
    assert "20260305-01" in outcome.err
    assert "20260305-02" in outcome.out
    answer = fire("new", "--json", "城关镇东街服装店着火，有2人死亡", *at("09:36"))
    assert answer.json["case"] == "20260305-03"
    assert answer.json["resembles"] in ("20260305-01", "20260305-02")
    other = fire("new", "-y", "河西乡西村一养殖场鸡只大量死亡", *at("09:37"))
    assert other.err == ""


@pytest.mark.parametrize(
    ("note", "code"),
    [(FIRE, 10), ("河西乡化工厂氯气泄漏，暂无人员伤亡报告，下风向有小学，正在疏散", None), (CAR, 0)],
)
def test_classify_tells_its_decision_by_its_exit_code_when_asked(
    jinji: Jinji, home: Path, note: str, code: int | None
) -> None:
    decision = jinji("classify", note, "--json", *at("09:25")).json["verdict"]["decision"]
    wanted = {"应报": 10, "待核": 11, "备查": 0}[decision]
    assert code is None or wanted == code
    for more in ([], ["--json"]):
        assert jinji("classify", note, "--exit-code", *more, *at("09:25")).code == wanted
        assert jinji("classify", note, *more, *at("09:25")).code == 0
    assert not home.exists()


def test_an_open_question_has_its_own_exit_code(jinji: Jinji) -> None:
    outcome = jinji("classify", "城关镇一民房起火，伤亡不详", "--exit-code", "--json", *at("09:25"))
    assert outcome.json["verdict"]["decision"] == "待核"
    assert outcome.code == 11


def test_figures_alone_are_judged_without_a_note(jinji: Jinji) -> None:
    sets = [
        "类别=火灾",
        "死亡=3",
        "deaths=4",
        "时间=2026-03-05T01:20",
        "地点=城关镇东街",
        "标签=校园、敬老院",
        "重伤=十余",
        "受伤=不详",
    ]
    answer = jinji(
        "classify", *(word for pair in sets for word in ("--set", pair)), "--json", *at("09:25")
    ).json
    incident = answer["incident"]
    assert incident["measures"]["deaths"] == {"low": 4, "high": 4, "said": "4"}
    assert (
        incident["measures"]["seriously_injured"]["low"],
        incident["measures"]["seriously_injured"]["high"],
    ) == (11, 19)
    assert (incident["measures"]["injured"]["low"], incident["measures"]["injured"]["high"]) == (0, None)
    assert incident["occurred"]["at"] == f"{DAY}01:20:00+08:00"
    assert incident["tags"] == ["校园", "敬老院"]
    assert answer["verdict"]["decision"] == "应报"


def test_an_officers_value_stands_over_the_note_and_an_empty_one_takes_it_out(jinji: Jinji) -> None:
    answer = jinji(
        "classify", FIRE, "--set", "死亡=3", "--set", "时间=", "--set", "地点＝河西乡", "--json", *at("09:25")
    ).json
    assert answer["incident"]["measures"]["deaths"]["low"] == 3
    assert answer["incident"]["occurred"] is None
    assert answer["incident"]["place"]["text"] == "河西乡"
    assert (
        "deaths"
        not in jinji("classify", FIRE, "--set", "死亡=", "--json", *at("09:25")).json["incident"]["measures"]
    )


def test_a_batch_is_answered_line_by_line_in_its_order(jinji: Jinji, tmp_path: Path, home: Path) -> None:
    lines: list[Any] = [
        {"id": "甲", "text": FIRE, "now": f"{DAY}09:25"},
        {
            "id": 2,
            "facts": {
                "category": "火灾",
                "occurred": f"{DAY}01:20",
                "place": "城关镇",
                "measures": {"deaths": 3},
            },
            "now": f"{DAY}01:30",
        },
        {
            "facts": {
                "category": "火灾",
                "measures": {"deaths": [1, None], "injured": [3, 9]},
                "tags": ["校园"],
            }
        },
        {"id": "丁", "text": CAR},
    ]
    file = tmp_path / "批.jsonl"
    file.write_text(
        "\ufeff" + "\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8"
    )
    outcome = jinji("classify", "--jsonl", str(file), *at("10:00"))
    assert (outcome.code, outcome.err) == (0, "")
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["甲", 2, None, "丁"]
    assert [answer["verdict"]["decision"] for answer in answers] == ["应报", "应报", "应报", "备查"]
    assert answers[0]["incident"]["moments"]["received"] == f"{DAY}09:25:00+08:00"
    assert answers[2]["incident"]["measures"]["deaths"]["high"] is None
    assert answers[3]["incident"]["moments"]["received"] == f"{DAY}10:00:00+08:00"
    assert not home.exists()


def without_spans(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {k: without_spans(v) for k, v in value.items() if k not in ("span", "spans")}


def test_the_incident_of_an_answer_can_be_given_back_as_facts(jinji: Jinji) -> None:
    known = ("category", "title", "occurred", "moments", "place", "measures", "tags", "source")
    answer = jinji("classify", f"{FIRE}，交警大队王警官电话报", "--json", *at("09:25")).json
    facts = {key: answer["incident"][key] for key in known}
    outcome = jinji("classify", "--jsonl", "-", *at("09:25"), stdin=json.dumps({"id": "x", "facts": facts}))
    again = json.loads(outcome.out)
    # Where it stood in the note is not known of facts without a note.
    assert {key: again["incident"][key] for key in known} == without_spans(facts)
    assert again["verdict"]["report_to"] == answer["verdict"]["report_to"]
    assert again["limits"] == answer["limits"]


def test_when_it_was_received_starts_the_clock_of_structured_facts(jinji: Jinji) -> None:
    line = {"facts": {"category": "火灾", "measures": {"deaths": 3}, "moments": {"received": f"{DAY}08:00"}}}
    answer = json.loads(jinji("classify", "--jsonl", "-", *at("09:25"), stdin=json.dumps(line)).out)
    assert {
        limit["starts"] for limit in answer["limits"] if limit["id"] == "first-phone" and limit["ours"]
    } == {f"{DAY}08:00:00+08:00"}


def test_rules_show_the_standards_of_a_day_and_a_category(jinji: Jinji, home: Path) -> None:
    answer = jinji("rules", "show", "county", "--category", "火灾", "--json").json
    assert answer["id"] == "county"
    assert len(answer["digest"]) == 64
    assert all(row[-1] for section in answer["sections"] for row in section["rows"])
    rows = [
        sum(len(section["rows"]) for section in jinji("rules", "show", *more, "--json").json["sections"])
        for more in (["--on", "1990-01-01"], [])
    ]
    assert rows[0] < rows[1]
    refused(jinji("rules", "show", "--category", "外星人"))
    refused(jinji("rules", "show", "没有的"))
    refused(jinji("rules", "show", "--on", "某天"), 2)
    assert not home.exists()


def test_the_head_proves_that_nothing_was_cut_off(fire: Jinji, home: Path) -> None:
    head = fire("ledger", "head").out.strip()
    assert fire("sent", "01", *at("09:30")).code == 0
    assert fire("ledger", "verify", "--expect", head).code == 0
    later = fire("ledger", "head").out.strip()
    file = home / "ledger.jsonl"
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:3]))
    assert fire("ledger", "verify").code == 0
    assert fire("ledger", "verify", "--expect", later).code == 4
    assert fire("ledger", "verify", "--expect", "不是链头").code == 4


def test_an_entry_waits_for_another_desk_and_gives_up_in_a_sentence(
    fire: Jinji, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jinji_report.errors import HeadMoved
    from jinji_report.ledger.journal import Journal

    append, others = Journal.append, [3]

    def second(journal: Journal, *args: Any) -> Any:
        if others[0]:
            others[0] -= 1
            raise HeadMoved
        return append(journal, *args)

    monkeypatch.setattr(Journal, "append", second)
    assert fire("new", "--json", CAR, *at("09:30")).json["case"] == "20260305-02"
    before = written(home)
    others[0] = -1
    for line in (["new", "河西乡一民房垮塌"], ["followup", "01", "又死1人"], ["sent", "01"], ["close", "01"]):
        refused(fire(*line, "--json", *at("09:31")), 5)
    assert written(home) == before


def test_who_records_is_the_option_else_the_setting(
    jinji: Jinji, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JINJI_BY")
    home.mkdir(mode=0o700)
    (home / "jinji.toml").write_text('by = "王设置"\nunit = "某县委办"\nphone = "0000-1"\n', encoding="utf-8")
    assert "报送单位：某县委办" in jinji("new", "-y", FIRE, *at("09:25")).out
    assert jinji("sent", "01", "--by", "李选项", *at("09:26")).code == 0
    monkeypatch.setenv("JINJI_BY", "赵环境")
    assert jinji("close", "01", *at("09:27")).code == 0
    by = [entry["by"] for entry in jinji("show", "01", "--json", *at("09:28")).json["entries"]]
    assert by[0] == "王设置"
    assert by[3:5] == ["李选项", "李选项"]
    assert by[-1] == "赵环境"


def test_the_ledger_and_its_folder_are_private(fire: Jinji, home: Path) -> None:
    import os

    if os.name != "posix":
        pytest.skip("POSIX modes")
    assert home.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in home.iterdir())


def test_the_head_the_export_and_the_rules_come_as_json_too(jinji: Jinji) -> None:
    assert jinji("new", "-y", FIRE, *at("09:25")).code == 0
    head = jinji("ledger", "head", "--json").json
    assert (head["schema"], head["head"], head["entries"]) == (
        "jinji/1",
        jinji("ledger", "head").out.strip(),
        3,
    )
    assert (
        jinji("export", "--json", *at("09:30")).json == jinji("export", "--format", "json", *at("09:30")).json
    )
    shown = jinji("rules", "show", "--standards", "ningxia", "--json", *at("09:30")).json
    assert shown == jinji("rules", "show", "ningxia", "--json", *at("09:30")).json
    refused = jinji("rules", "show", "county", "--standards", "ningxia")
    assert refused.code == 2
    assert "两处" in refused.err
