"""Notes in the encodings of an office, through the command line: what is guessed is told, what is not known is refused."""

import io
import json
import sys
from pathlib import Path

import pytest

from jinji_report.cli.main import main

from .conftest import Jinji
from .refusal import refused, written

NOW = ("--now", "2026-03-05T09:30")
FIRE = "昨晚11点半，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"


@pytest.mark.parametrize("command", [["classify"], ["new", "-y"]])
@pytest.mark.parametrize(
    ("codec", "more"),
    [
        ("gbk", ["--encoding", "gbk"]),
        ("gbk", ["--encoding", "GB18030"]),
        ("utf-16-le", ["--encoding", "utf-16"]),
        ("utf-16-be", ["--encoding", "utf-16be"]),
        ("utf-8", ["--encoding", "utf-8"]),
        ("utf-16", []),
    ],
)
def test_a_note_is_read_in_the_encoding_that_is_named(
    jinji: Jinji, tmp_path: Path, command: list[str], codec: str, more: list[str]
) -> None:
    file = tmp_path / "来电.txt"
    file.write_bytes(FIRE.encode(codec))
    for line in (["--file", str(file)], ["-"]):
        outcome = jinji(*command, *line, *more, "--json", *NOW, stdin=file.read_bytes())
        assert outcome.code == 0
        assert outcome.json["incident"]["measures"]["deaths"]["low"] == 2
        assert "编码" not in outcome.err


def test_big5_is_read_where_it_is_named_and_else_named_as_the_remedy(jinji: Jinji) -> None:
    raw = "昨晚11點半，城關鎮東街一間服裝店起火，造成2人死亡".encode("big5")
    assert jinji("classify", "-", "--encoding", "big5", "--json", *NOW, stdin=raw).json["incident"][
        "measures"
    ]
    outcome = jinji("classify", "-", *NOW, stdin=raw)
    refused(outcome)
    assert "--encoding big5" in outcome.err


def test_a_guessed_encoding_is_told_in_one_line_of_stderr(jinji: Jinji) -> None:
    outcome = jinji("classify", "-", "--json", *NOW, stdin=FIRE.encode("gbk"))
    assert outcome.json["incident"]["measures"]["deaths"]["low"] == 2
    assert outcome.err.count("\n") == 1
    assert "GBK" in outcome.err
    assert "--encoding" in outcome.err


def test_the_encoding_of_a_gbk_console_needs_no_word(
    jinji: Jinji, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FIRE.encode("gbk")), encoding="gbk"))
    assert main(["classify", "-", "--json", *NOW]) == 0
    shown = capfd.readouterr()
    assert json.loads(shown.out)["incident"]["measures"]["deaths"]["low"] == 2
    assert shown.err == ""


@pytest.mark.parametrize(
    "raw",
    [
        b"PK\x03\x04\x14\x00word/document.xml",
        b"%PDF-1.4\n\xe2\xe3",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        FIRE.encode("utf-16-le"),
        f"{FIRE}。\n".encode() + FIRE.encode("gbk"),
        b"\xff" * 100,
        FIRE.encode().decode("latin-1").encode(),
        FIRE.encode().decode("gb18030", "ignore").encode(),
    ],
    ids=["docx", "pdf", "jpeg", "utf-16", "mixed", "bytes", "latin", "misread"],
)
def test_what_would_be_mojibake_is_refused_and_nothing_is_entered(
    jinji: Jinji, home: Path, tmp_path: Path, raw: bytes
) -> None:
    file = tmp_path / "来电.txt"
    file.write_bytes(raw)
    for command in (["classify"], ["new", "-y"]):
        refused(jinji(*command, "-", *NOW, stdin=raw))
        refused(jinji(*command, "--file", str(file), *NOW))
    assert written(home) == {}


def test_an_encoding_without_a_file_or_without_a_name_is_refused(jinji: Jinji) -> None:
    refused(jinji("classify", FIRE, "--encoding", "gbk", *NOW), 2)
    refused(jinji("classify", "-", "--encoding", "klingon", *NOW, stdin=FIRE), 2)
    refused(jinji("classify", "--jsonl", "-", "--encoding", "klingon", *NOW, stdin="{}"), 2)


LINES = [json.dumps({"id": n, "text": FIRE}, ensure_ascii=False) for n in range(3)]


@pytest.mark.parametrize(
    ("raw", "more"),
    [
        ("\n".join(LINES).encode("utf-8-sig"), []),
        ("\n".join(LINES).encode("gbk"), ["--encoding", "gbk"]),
        ("\n".join(LINES).encode("utf-16"), []),
        ("\r\n".join(LINES).encode("utf-16-be"), ["--encoding", "utf-16be"]),
    ],
    ids=["mark", "gbk", "utf-16", "utf-16be"],
)
def test_a_batch_is_read_in_the_encoding_that_it_bears_or_that_is_named(
    jinji: Jinji, raw: bytes, more: list[str]
) -> None:
    outcome = jinji("classify", "--jsonl", "-", *more, *NOW, stdin=raw)
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert outcome.code == 0
    assert [answer["id"] for answer in answers] == [0, 1, 2]
    assert all(answer["incident"]["measures"]["deaths"]["low"] == 2 for answer in answers)


def test_a_line_of_another_encoding_is_refused_alone_with_its_remedy(jinji: Jinji) -> None:
    raw = b"\n".join([LINES[0].encode(), LINES[1].encode("gbk"), LINES[2].encode()])
    outcome = jinji("classify", "--jsonl", "-", *NOW, stdin=raw)
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert outcome.code == 3
    assert ["error" in answer for answer in answers] == [False, True, False]
    assert "--encoding gbk" in answers[1]["error"]["remedy"]


def test_a_line_without_end_is_refused_alone_and_the_next_is_read(jinji: Jinji) -> None:
    raw = b"\n".join([b'{"id": 1, "text": "' + b"a" * 5_000_000 + b'"}', LINES[2].encode()])
    outcome = jinji("classify", "--jsonl", "-", *NOW, stdin=raw)
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert outcome.code == 3
    assert len(answers) == 2
    assert "2 MB" in answers[0]["error"]["problem"]
    assert answers[1]["id"] == 2


HOSTILE = '东街[red]某店[/]起火\x1b[31m，\x1b]0;标题\x07死亡2人\x08\x08，{0}%s${HOME}，=HYPERLINK("x")，../../etc，\u202e伤3人'


def test_nothing_of_a_hostile_note_reaches_the_terminal_as_a_command(jinji: Jinji) -> None:
    made = jinji("new", "-y", HOSTILE, *NOW)
    shown = [made, jinji("show", "01", *NOW), jinji("report", "01", *NOW), jinji("classify", HOSTILE, *NOW)]
    for outcome in shown:
        assert outcome.code == 0
        assert not any(c < " " and c not in "\n" for c in outcome.out + outcome.err)
        assert "\u202e" not in outcome.out
    answer = jinji("classify", HOSTILE, "--json", *NOW).json
    assert answer["incident"]["measures"]["deaths"]["low"] == 2
    assert answer["incident"]["measures"]["injured"]["low"] == 3
