"""jinji among other programs: pipes that close, code pages that lack a sign, several desks at once.

These run the installed program, a few times only: each start costs a sixth of a second.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from .conftest import Jinji

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell or terminal")
FIRE = "昨晚11点半，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"
NOW = "2026-03-05T09:30"
RUN = [sys.executable, "-c", "from jinji_report.cli.door import run; run()"]


def program(*args: str, **options: object) -> "subprocess.CompletedProcess[bytes]":
    environ = {**os.environ, "JINJI_NOW": NOW, **options.pop("env", {})}  # type: ignore[dict-item]
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run([*RUN, *args], stderr=subprocess.PIPE, env=environ, timeout=60, **options)  # type: ignore[call-overload, no-any-return]


@posix
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", [["export", "--entries"], ["next"]])
def test_a_pipe_that_nobody_reads_ends_the_run_quietly(
    jinji: Jinji, command: list[str], unbuffered: str
) -> None:
    for _ in range(4):
        assert jinji("new", "-y", FIRE, "--now", NOW).code == 0
    reader, writer = os.pipe()
    os.close(reader)
    try:
        outcome = program(*command, stdout=writer, env={"PYTHONUNBUFFERED": unbuffered})
    finally:
        os.close(writer)
    assert outcome.stderr == b""
    assert outcome.returncode in ((0,) if command != ["next"] else (0, 21))


@posix
def test_export_into_head_is_quiet(jinji: Jinji) -> None:
    for _ in range(12):
        assert jinji("new", "-y", FIRE, "--now", NOW).code == 0
    line = " ".join(f"'{word}'" for word in RUN) + " export --entries | head -1"
    outcome = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, timeout=60)
    assert outcome.returncode == 0
    assert outcome.stderr == b""
    assert json.loads(outcome.stdout)["seq"] == 1


@posix
def test_a_full_disk_under_stdout_is_said_in_a_sentence(jinji: Jinji) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with open("/dev/full", "wb") as full:
        outcome = program("list", "--json", stdout=full)
    assert outcome.returncode == 3
    assert "磁盘已满" in outcome.stderr.decode()
    assert "Traceback" not in outcome.stderr.decode()


@posix
def test_closed_streams_are_empty_ones(jinji: Jinji) -> None:
    line = " ".join(f"'{word}'" for word in RUN)
    for redirected, code in (("classify - <&-", 3), ("list >&-", 0), ("nope 2>&-", 2)):
        outcome = subprocess.run(["sh", "-c", f"{line} {redirected}"], capture_output=True, timeout=60)
        assert outcome.returncode == code, (redirected, outcome)
        assert b"Traceback" not in outcome.stderr


def test_a_gbk_pipe_takes_every_note_and_json_loses_nothing(jinji: Jinji, home: Path) -> None:
    note = "城关镇东街一服装店起火😀✓①，2人死亡"
    gbk = {"PYTHONIOENCODING": "gbk"}
    made = program("new", "-y", note, "--json", env=gbk)
    assert made.returncode == 0
    assert made.stderr == b""
    assert json.loads(made.stdout.decode("ascii"))["case"] == "20260305-01"
    shown = program("show", "01", env=gbk)
    assert shown.returncode == 0
    assert "城关镇东街一服装店起火" in shown.stdout.decode("gbk")
    entry = json.loads(program("show", "01", "--json", env=gbk).stdout)["entries"][0]
    assert entry["data"]["note"] == note
    for form in ("jsonl", "csv"):
        exported = program("export", "--entries", "--format", form, env=gbk)
        assert exported.stderr == b""
        assert note in exported.stdout.decode("utf-8")


def test_a_gbk_terminal_gets_its_errors_and_help_in_gbk(jinji: Jinji) -> None:
    gbk = {"PYTHONIOENCODING": "gbk"}
    assert "没有“nope✓”".replace("✓", "?") in program("nope✓", env=gbk).stderr.decode("gbk")
    assert program("--help", env=gbk).stdout.decode("gbk").startswith("用法：")


@pytest.mark.parametrize("codec", ["ascii", "latin-1"])
def test_where_the_code_page_has_no_chinese_the_answer_comes_in_utf_8(jinji: Jinji, codec: str) -> None:
    assert jinji("new", "-y", FIRE, "--now", NOW).code == 0
    declared = {"PYTHONIOENCODING": codec}
    assert "城关镇东街一服装店" in program("show", "01", env=declared).stdout.decode()
    assert program("--help", env=declared).stdout.decode().startswith("用法：")
    assert "没有“nope”" in program("nope", env=declared).stderr.decode()
    assert json.loads(program("show", "01", "--json", env=declared).stdout)["case"] == "20260305-01"


def test_four_desks_that_enter_at_once_get_four_numbers(jinji: Jinji) -> None:
    notes = [f"城关镇{n}号路一民房起火，{n}人死亡" for n in range(1, 5)]
    with ThreadPoolExecutor(4) as desks:
        outcomes = list(desks.map(lambda note: program("new", "-y", note, "--json"), notes))
    assert [outcome.returncode for outcome in outcomes] == [0] * 4
    answers = [json.loads(outcome.stdout) for outcome in outcomes]
    assert sorted(answer["case"] for answer in answers) == [f"20260305-0{n}" for n in range(1, 5)]
    rows = {row["case"]: row for row in map(json.loads, jinji("export", "--now", NOW).out.splitlines())}
    for answer in answers:
        assert rows[answer["case"]]["deaths_low"] == answer["incident"]["measures"]["deaths"]["low"]
    assert jinji("ledger", "verify").code == 0


@posix
def test_a_terminal_shows_foreign_markup_as_text_and_no_colour_where_none_is_wanted(jinji: Jinji) -> None:
    import pty

    note = "城关镇东街[red]某店[/]起火\x1b[2J\x1b]0;x\x07，2人死亡:fire:"
    assert jinji("new", "-y", note, "--now", NOW).code == 0

    def at_a_terminal(**more: str) -> str:
        master, slave = pty.openpty()
        try:
            environ = {"TERM": "xterm-256color", "COLUMNS": "200", "PYTHONIOENCODING": "utf-8", **more}
            outcome = program("show", "01", stdout=slave, env=environ)
            os.close(slave)
            assert (outcome.returncode, outcome.stderr) == (0, b"")
            seen = b""
            while True:
                try:
                    piece = os.read(master, 65536)
                except OSError:
                    break
                if not piece:
                    break
                seen += piece
        finally:
            os.close(master)
        return seen.decode()

    seen = at_a_terminal()
    assert "城关镇东街[red]某店[/]起火" in seen
    assert ":fire:" in seen
    assert "\x1b[2J" not in seen
    assert "\x07" not in seen
    assert "\x1b[" in seen
    plain = at_a_terminal(NO_COLOR="1")
    assert not any(f"\x1b[{bold}3{colour}m" in plain for bold in ("", "1;") for colour in range(8))
    assert "城关镇东街[red]某店[/]起火" in plain
