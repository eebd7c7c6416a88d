"""jinji merge: two cases turn out to be one; what went out about either went out, and it can be taken back."""

import json
from pathlib import Path

import pytest

from .conftest import Jinji
from .refusal import refused, written

DAY = "2026-03-05T"
FIRE = "9时20分，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"
AGAIN = "9时20分，东街一家服装店着火，3人死亡，1人重伤，1人轻伤"


def at(minute: str) -> tuple[str, str]:
    return ("--now", f"{DAY}{minute}")


@pytest.fixture
def two(jinji: Jinji) -> Jinji:
    """The same fire heard twice: 02 was told to the city by phone, 01 to nobody."""
    assert jinji("new", "-y", FIRE, *at("09:25")).code == 0
    assert jinji("new", "-y", AGAIN, *at("09:35")).code == 0
    assert jinji("sent", "02", "--form", "电话", "--to", "市委办公室", *at("09:40")).code == 0
    return jinji


def merge(jinji: Jinji, a: str = "02", b: str = "01", minute: str = "09:42") -> dict:
    outcome = jinji("merge", a, b, "--reason", "同一起火灾", "--json", *at(minute))
    assert outcome.code == 0, outcome
    assert outcome.err == ""
    return outcome.json


def state(jinji: Jinji, case: str, minute: str = "09:43") -> dict:
    shown = jinji("show", case, "--json", *at(minute)).json
    return {key: value for key, value in shown.items() if key != "entries"}


def test_a_merged_case_owes_nothing_and_the_other_counts_what_was_sent(two: Jinji) -> None:
    answer = merge(two)
    assert (answer["case"], answer["into"], answer["status"]) == ("20260305-02", "20260305-01", "已并")
    assert state(two, "02")["limits"] == []
    assert state(two, "02")["merged_into"] == "20260305-01"
    into = state(two, "01")
    assert into["merged"] == ["20260305-02"]
    (phone,) = [
        one for one in into["limits"] if one["id"] == "first-phone" and one["to"]["office"] == "市委办公室"
    ]
    assert (phone["state"], phone["receipt"], phone["met_at"]) == (
        "met",
        "waiting",
        f"{DAY}09:40:00+08:00",
    )
    board = two("board", "--json", *at("09:43")).json
    assert {row["case"] for row in (*board["due"], *board["receipts"])} == {"20260305-01"}
    assert board["open_cases"] == 1
    assert two("ack", "01", "--from", "市委办公室", *at("09:44")).code == 0
    assert two("board", "--json", *at("09:45")).json["receipts"] == []
    assert state(two, "01", "09:45")["findings"] == []


def test_what_the_merged_case_told_otherwise_is_pointed_out(two: Jinji) -> None:
    notes = " ".join(merge(two)["notes"])
    assert "死亡 3人（20260305-01 为2人）" in notes
    assert "20260305-02 应报省委办公厅、省政府办公厅，20260305-01 的研判没有" in notes


def test_both_cases_say_what_became_of_them(two: Jinji) -> None:
    merge(two)
    into, merged = two("show", "01", *at("09:43")).out, two("show", "02", *at("09:43")).out
    assert "〔20260305-02〕首报 → 市委办公室（电话）" in into
    assert "20260305-02 并入本案卷（同一起火灾）" in into
    assert "已并入 20260305-01" in merged
    assert "已并入 20260305-01" in two("why", "02", *at("09:43")).out
    assert two("why", "02", "--json", *at("09:43")).json["merged_into"] == "20260305-01"
    rows = {row["case"]: row["status"] for row in two("list", "--json", *at("09:43")).json["cases"]}
    assert rows == {"20260305-01": "在办", "20260305-02": "已并"}
    exported = [json.loads(line) for line in two("export", *at("09:43")).out.splitlines()]
    assert [(row["case"], row["merged_into"]) for row in exported] == [
        ("20260305-01", None),
        ("20260305-02", "20260305-01"),
    ]
    seqs = [one["seq"] for one in two("show", "01", "--json", *at("09:43")).json["entries"]]
    assert seqs == sorted(seqs)
    assert len(seqs) == 9


@pytest.mark.parametrize("number", ["01", "02"])
def test_a_merge_is_taken_back_on_both_cases_from_either(two: Jinji, home: Path, number: str) -> None:
    before = state(two, "01"), state(two, "02")
    merge(two)
    outcome = two("undo", number, "--reason", "不是一起", "--json", *at("09:42"))
    assert outcome.code == 0
    assert set(outcome.json["cases"]) == {"20260305-01", "20260305-02"}
    lines = (home / "ledger.jsonl").read_bytes().splitlines()
    assert [json.loads(line).get("batch") for line in lines[-2:]] == [[1, 2], [2, 2]]
    assert (state(two, "01"), state(two, "02")) == before
    assert two("undo", number, "--redo", "--reason", "确是一起", *at("09:42")).code == 0
    assert state(two, "02")["status"] == "已并"


def test_a_follow_up_goes_on_from_what_this_case_told_itself(two: Jinji) -> None:
    merge(two)
    answer = two("followup", "01", "死亡3人", "--json", *at("09:50")).json
    assert [one["text"] for one in answer["changes"] if one["label"] == "死亡"] == ["死亡由2人增至3人"]
    assert answer["report"]["number"] == 1


def test_a_case_of_which_others_are_part_takes_them_along(two: Jinji) -> None:
    two("new", "-y", "东街服装店火灾，3人死亡，1人重伤", *at("09:41"))
    merge(two, "02", "01")
    merge(two, "01", "03")
    last = state(two, "03")
    assert last["merged"] == ["20260305-01", "20260305-02"]
    assert any(one["met_at"] == f"{DAY}09:40:00+08:00" for one in last["limits"])


def test_a_closed_case_can_be_merged_and_is_closed_again_when_that_is_taken_back(two: Jinji) -> None:
    two("close", "02", *at("09:41"))
    merge(two)
    two("undo", "02", "--reason", "x", *at("09:43"))
    assert state(two, "02")["status"] == "已结"


@pytest.mark.parametrize(
    ("before", "line", "code", "said"),
    [
        ([], ["02", "01"], 2, "原因"),
        ([], ["01", "01", "--reason", "x"], 3, "不能自己并入自己"),
        ([], ["latest", "02", "--reason", "x"], 3, "不能自己并入自己"),
        ([], ["02", "09", "--reason", "x"], 3, "没有编号为“09”的案卷"),
        ([["close", "01"]], ["02", "01", "--reason", "x"], 3, "已结案，不能接收并案"),
        (
            [["merge", "02", "01", "--reason", "x"]],
            ["02", "01", "--reason", "x"],
            3,
            "已并入 20260305-01，不能并案",
        ),
        ([["merge", "02", "01", "--reason", "x"]], ["01", "02", "--reason", "x"], 3, "不能接收并案"),
        (
            [["undo", "01", "--reason", "x"]],
            ["01", "02", "--reason", "x"],
            3,
            "接报已撤销，不能并案",
        ),
        (
            [["merge", "02", "01", "--reason", "x"]],
            ["undo", "01", "--entry", "1", "--reason", "x"],
            3,
            "案卷 20260305-02 已并入 20260305-01，不能撤销 20260305-01 的接报",
        ),
        (
            [["merge", "02", "01", "--reason", "x"]],
            ["undo", "02", "--entry", "4", "--reason", "x"],
            3,
            "不能撤销 20260305-02 的接报",
        ),
        ([["merge", "02", "01", "--reason", "x"]], ["sent", "02", "--to", "市"], 3, "请对 20260305-01 办理"),
    ],
)
def test_what_cannot_be_merged_is_refused_and_nothing_is_written(
    two: Jinji, home: Path, before: list[list[str]], line: list[str], code: int, said: str
) -> None:
    for step in before:
        assert two(*step, *at("09:42")).code == 0
    kept = written(home)
    outcome = two(*(line if line[0] in ("undo", "sent") else ["merge", *line]), *at("09:43"))
    refused(outcome, code)
    assert said in outcome.err
    assert written(home) == kept


def test_the_tail_of_a_number_may_have_its_dash(two: Jinji) -> None:
    assert two("merge", "-02", "-01", "--reason", "x", "--json", *at("09:42")).json["into"] == "20260305-01"
    assert two("undo", "-02", "--reason", "x", *at("09:43")).code == 0
    assert two("at", f"{DAY}09:30", "-01", *at("09:43")).code == 0
    assert two("log", "-01", *at("09:43")).code == 0
