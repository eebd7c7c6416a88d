"""jinji undo: what was entered last counts no more, and is still there; what went out is out."""

import json
from pathlib import Path

import pytest

from .conftest import Jinji
from .refusal import refused, written

DAY = "2026-03-05T"
FIRE = "9时20分，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"
APART = "9时20分城关镇东街一服装店起火，2人死亡。另外10分钟前G30高速两车追尾，1人轻伤"


def at(minute: str) -> tuple[str, str]:
    return ("--now", f"{DAY}{minute}")


@pytest.fixture
def fire(jinji: Jinji) -> Jinji:
    """A fire of two dead at 09:20: entries 1 to 3 open its case, 4 and 5 tell the city by phone."""
    assert jinji("new", "-y", FIRE, *at("09:25")).code == 0
    assert jinji("sent", "01", "--form", "电话", *at("09:31")).code == 0
    return jinji


def undo(jinji: Jinji, *line: str, minute: str = "09:45") -> dict:
    outcome = jinji("undo", *line, "--reason", "听错了", "--json", *at(minute))
    assert outcome.code == 0, outcome
    assert outcome.err == ""
    return outcome.json


def changed(answer: dict) -> dict:
    return {one["label"]: (one["before"], one["after"]) for one in answer["changes"]}


def test_undo_takes_back_all_that_the_last_command_entered(fire: Jinji) -> None:
    before = fire("show", "01", "--json", *at("09:39")).json
    fire("followup", "01", "又有1人死亡", *at("09:40"))
    answer = undo(fire, "01")
    assert [(one["seq"], one["kind"]) for one in answer["voids"]] == [(6, "要素"), (7, "研判"), (8, "成文")]
    assert changed(answer)["死亡"] == ("3人", "2人")
    assert changed(answer)["等级"] == ("较大", "一般")
    assert changed(answer)["应报对象"][1] == "市委办公室、市政府办公室"
    assert changed(answer)["已成文"] == ("首报、续报一", "首报")
    after = fire("show", "01", "--json", *at("09:39")).json
    for key in ("incident", "verdict", "decision", "limits", "title", "findings"):
        assert after[key] == before[key], key
    assert [one["voided_by"] for one in after["entries"]] == [None] * 5 + [9, 9, 9, None]


def test_nothing_is_removed_and_the_entry_names_what_it_takes_back_and_why(fire: Jinji, home: Path) -> None:
    before = (home / "ledger.jsonl").read_bytes()
    undo(fire, "01")
    after = (home / "ledger.jsonl").read_bytes()
    assert after.startswith(before)
    (line,) = after[len(before) :].splitlines()
    entry = json.loads(line)
    ids = [json.loads(old)["id"] for old in before.splitlines()]
    assert entry["kind"] == "撤销"
    assert entry["data"] == {"voids": ids[3:5], "told": "报送（第 4 至 5 条）", "reason": "听错了"}
    assert fire("ledger", "verify").code == 0


def test_without_a_case_it_is_the_one_about_which_something_was_entered_last(fire: Jinji) -> None:
    fire("new", "-y", "河西乡一民房垮塌，1人轻伤", *at("09:40"))
    fire("close", "01", *at("09:41"))
    assert undo(fire)["case"] == "20260305-01"
    assert undo(fire, "--redo")["case"] == "20260305-01"
    assert fire("show", "01", "--json", *at("09:50")).json["status"] == "已结"


def test_step_after_step_goes_back_and_comes_again(fire: Jinji) -> None:
    fire("close", "01", *at("09:40"))
    kinds = [[one["kind"] for one in undo(fire, "01")["voids"]] for _ in range(3)]
    assert kinds == [["结案"], ["报送", "报送"], ["接报", "研判", "成文"]]
    again = [undo(fire, "01", "--redo") for _ in range(3)]
    assert [one["redo"] for one in again] == [True] * 3
    assert [one["status"] for one in again] == ["在办", "在办", "已结"]
    refused(fire("undo", "01", "--redo", "--reason", "x", *at("09:50")))


def test_a_call_that_is_taken_back_leaves_a_case_that_owes_nothing_and_is_still_found(fire: Jinji) -> None:
    undo(fire, "01")
    answer = undo(fire, "01")
    assert answer["status"] == "已撤"
    assert answer["limits"] == []
    assert fire("board", "--json", *at("09:46")).json["due"] == []
    assert fire("next", *at("09:46")).code == 0
    (row,) = fire("list", "--status", "已撤", "--json", *at("09:46")).json["cases"]
    assert (row["case"], row["decision"], row["next_due"]) == ("20260305-01", "", None)
    assert row["title"] == "城关镇东街一服装店火灾致2人死亡2人受伤"
    shown = fire("show", "01", *at("09:46"))
    assert "接报已撤销" in shown.out
    assert "接报×" in shown.out
    for looked in (fire("why", "01", *at("09:46")), fire("at", f"{DAY}09:46", "01", *at("09:46"))):
        assert "接报已撤销" in looked.out
        assert "读到的要素" not in looked.out
    assert fire("why", "01", "--json", *at("09:46")).json["status"] == "已撤"
    (line,) = fire("export", *at("09:46")).out.splitlines()
    assert (json.loads(line)["status"], json.loads(line)["deaths_low"]) == ("已撤", None)
    for step in (["followup", "01", "又死1人"], ["sent", "01", "--to", "市"], ["ack", "01"], ["close", "01"]):
        outcome = fire(*step, *at("09:47"))
        refused(outcome)
        assert "接报已撤销" in outcome.err
        assert "--redo" in outcome.err


def test_a_new_case_does_not_get_the_number_of_one_that_was_taken_back(fire: Jinji) -> None:
    undo(fire)
    undo(fire)
    assert fire("new", "-y", FIRE, "--json", *at("09:50")).json["case"] == "20260305-02"


def test_a_report_that_went_out_stays_out_and_that_is_said(fire: Jinji) -> None:
    answer = undo(fire, "01")
    (note,) = answer["notes"]
    assert note.startswith("已报出的话收不回，请另行更正")
    assert "市委办公室" in note
    assert changed(answer)["已报送"][1] is None
    assert "电话首报" in changed(answer)["还欠"][1]


def test_a_report_that_is_taken_back_after_it_went_out_keeps_its_number(fire: Jinji) -> None:
    fire("followup", "01", "又有1人死亡", *at("09:40"))
    fire("sent", "01", "--form", "电话", "--to", "市委办公室", *at("09:41"))
    answer = undo(fire, "01", "--entry", "8")
    assert any("续报一" in note for note in answer["notes"])
    again = fire("followup", "01", "又有1人受伤", "--json", *at("09:50")).json
    assert again["report"]["number"] == 2


def test_one_entry_is_named_by_its_number_and_what_came_with_it_goes_too(fire: Jinji) -> None:
    fire("followup", "01", "又有1人死亡", *at("09:40"))
    answer = undo(fire, "--entry", "5")
    assert [one["seq"] for one in answer["voids"]] == [4, 5]
    assert "一并撤销" in answer["notes"][0]
    assert undo(fire, "--entry", "9")["redo"]


def test_facts_that_were_told_on_top_of_those_taken_back_are_pointed_out(fire: Jinji) -> None:
    fire("followup", "01", "又有1人死亡", *at("09:40"))
    fire("followup", "01", "明火已扑灭", *at("09:50"))
    answer = undo(fire, "01", "--entry", "6", minute="09:55")
    assert any("第 9 条" in note and "--correct" in note for note in answer["notes"])
    assert "死亡" not in changed(answer)


def test_incidents_of_one_call_stand_alone(jinji: Jinji) -> None:
    assert len(jinji("new", "-y", "--apart", APART, "--json", *at("09:25")).json["cases"]) == 2
    answer = undo(jinji, "01")
    assert {one["case"] for one in answer["voids"]} == {"20260305-01"}
    assert any("20260305-02 不动" in note for note in answer["notes"])
    assert jinji("show", "02", "--json", *at("09:46")).json["status"] == "在办"


def test_the_answer_in_a_pipe_shows_before_and_after(fire: Jinji) -> None:
    fire("followup", "01", "又有1人死亡", *at("09:40"))
    outcome = fire("undo", "01", "--reason", "听错了", *at("09:45"))
    assert outcome.code == 0
    assert outcome.err == ""
    assert [line.split() for line in outcome.out.splitlines()[:3]] == [
        ["项目", "之前", "之后"],
        ["死亡", "3人", "2人"],
        ["等级", "较大", "一般"],
    ]
    assert "已登记撤销 20260305-01　要素、研判、成文（第 6 至 8 条）　现为在办" in outcome.out


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (["01"], 2, "原因"),
        (["01", "--reason", "  "], 2, "原因"),
        (["01", "--redo", "--reason", "x"], 3, "没有可恢复的撤销"),
        (["01", "--entry", "99", "--reason", "x"], 3, "没有第 99 条，台账到第 5 条为止"),
        (["01", "--entry", "0", "--reason", "x"], 2, "--entry"),
        (["01", "--entry", "1", "--redo", "--reason", "x"], 2, "只能写一个"),
        (["09", "--reason", "x"], 3, "没有编号为“09”的案卷"),
        (["01", "--reason", "★机密★ 见文件"], 3, "密级"),
    ],
)
def test_what_cannot_be_taken_back_is_refused_and_nothing_is_written(
    fire: Jinji, home: Path, line: list[str], code: int, said: str
) -> None:
    before = written(home)
    outcome = fire("undo", *line, *at("09:45"))
    refused(outcome, code)
    assert said in outcome.err
    assert written(home) == before


def test_nothing_left_to_take_back_is_said_with_the_way_to_the_reversal(fire: Jinji) -> None:
    undo(fire, "01")
    undo(fire, "01")
    outcome = fire("undo", "01", "--reason", "x", *at("09:50"))
    refused(outcome)
    assert "没有可撤销的了" in outcome.err
    assert "--redo" in outcome.err


def test_an_entry_of_another_case_or_one_already_taken_back_is_refused(fire: Jinji) -> None:
    fire("new", "-y", "河西乡一民房垮塌，1人轻伤", *at("09:40"))
    outcome = fire("undo", "02", "--entry", "4", "--reason", "x", *at("09:45"))
    refused(outcome)
    assert "第 4 条属于案卷 20260305-01，不是 20260305-02" in outcome.err
    undo(fire, "01", "--entry", "4")
    outcome = fire("undo", "01", "--entry", "5", "--reason", "x", *at("09:46"))
    refused(outcome)
    assert "第 5 条已被第 9 条撤销" in outcome.err


def test_an_entry_of_the_ledger_itself_cannot_be_taken_back(fire: Jinji, home: Path) -> None:
    from jinji_report.ledger.journal import Journal
    from jinji_report.model.entry import NewEntry
    from jinji_report.moments import parse_moment

    moment = parse_moment(f"{DAY}09:40")
    store = Journal(home)
    sealed = NewEntry(case="", kind="修复", at=moment, recorded=moment, by="张值班", data={})
    store.append([sealed], store.head().head)
    outcome = fire("undo", "--entry", "6", "--reason", "x", *at("09:45"))
    refused(outcome)
    assert "台账自身的记录" in outcome.err
    assert undo(fire)["voids"][0]["seq"] == 4


def test_in_an_empty_ledger_there_is_nothing_to_take_back(jinji: Jinji) -> None:
    for line in (["undo"], ["undo", "latest"], ["undo", "--entry", "1"]):
        refused(jinji(*line, "--reason", "x", *at("09:45")))


def test_an_undo_of_long_after_is_entered_with_its_own_moment(fire: Jinji) -> None:
    assert fire("undo", "01", "--reason", "x", "--at", f"{DAY}09:35", "--json", *at("11:00")).code == 0
    assert fire("show", "01", "--json", *at("11:01")).json["entries"][-1]["at"] == f"{DAY}09:35:00+08:00"


# —— at a terminal ——


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody sits there and says no; what was asked, with what stood above it on the screen."""
    from jinji_report.cli import prompts, screen

    questions: list[str] = []
    shown: list[list[screen.Block]] = []
    real = screen.show

    def show(blocks: list[screen.Block], **more: bool) -> None:
        shown.append(list(blocks))
        real(blocks, **more)

    def confirm(question: str) -> bool:
        questions.append("\n".join([*screen.plain_lines(shown[-1]), question]))
        return False

    monkeypatch.setattr(screen, "interactive", lambda **_: True)
    monkeypatch.setattr(screen, "show", show)
    monkeypatch.setattr(prompts, "confirm", confirm)
    return questions


def test_at_a_terminal_the_difference_stands_above_the_question_and_no_leaves_all(
    fire: Jinji, home: Path, asked: list[str]
) -> None:
    before = written(home)
    outcome = fire("undo", "01", "--reason", "x", *at("09:45"))
    assert outcome.code == 130
    assert written(home) == before
    (question,) = asked
    assert [line.split()[0] for line in question.splitlines()] == [
        "项目",
        "已报送",
        "还欠",
        "※",
        "撤销",
    ]
    assert question.endswith("撤销 20260305-01　报送（第 4 至 5 条）。登记？")
