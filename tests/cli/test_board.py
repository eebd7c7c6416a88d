"""jinji board: what is overdue and due, what waits for a receipt or for others, what is still watched; hooks."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import Jinji

NOTE = "3月5日9点，城关镇东街一民房起火，3人死亡。消防大队李队长报。"


def at(clock: str) -> list[str]:
    return ["--now", f"2026-03-05T{clock}"]


@pytest.fixture
def fire(jinji: Jinji) -> Jinji:
    assert jinji("new", NOTE, "--no-input", *at("09:10")).code == 0
    return jinji


def headings(text: str) -> list[str]:
    return [line.strip("【】") for line in text.splitlines() if line.startswith("【")]


def test_what_is_due_stands_before_what_others_owe(fire: Jinji) -> None:
    shown = fire("board", *at("09:12"))
    assert headings(shown.out) == ["待办", "等其他单位"]
    assert "单位报告" in shown.out and "城关镇" in shown.out


def test_what_is_overdue_stands_first_with_a_sign(fire: Jinji) -> None:
    shown = fire("board", *at("09:31"))
    assert headings(shown.out) == ["已超时", "等其他单位"]
    assert "！超6分钟" in shown.out


@pytest.mark.parametrize(("clock", "overdue"), [("09:30", 0), ("09:31", 2), ("09:32", 2)])
def test_a_report_that_nobody_confirmed_returns_to_the_top(fire: Jinji, clock: str, overdue: int) -> None:
    assert (
        fire("sent", "01", "--form", "电话", *at("09:20")).code == 0
    )  # county wants a receipt in 10 minutes
    assert fire("sent", "01", "--form", "书面", *at("09:20")).code == 0
    board = fire("board", "--json", *at(clock)).json
    assert (board["overdue"], len(board["receipts"])) == (overdue, 2)
    assert board["receipts"][0]["receipt_due"] == "2026-03-05T09:30:00+08:00"
    shown = fire("board", *at(clock)).out
    assert ("已超时" in headings(shown)) == (overdue > 0)
    assert ("待回执" in headings(shown)) == (overdue == 0)
    following = fire("next", *at(clock))
    assert following.code == (21 if overdue else 0)
    assert following.out.startswith("回执超") == (overdue > 0)


def test_a_receipt_takes_it_down_again(fire: Jinji) -> None:
    fire("sent", "01", "--form", "电话", *at("09:20"))
    fire("sent", "01", "--form", "书面", *at("09:20"))
    assert fire("ack", "01", *at("09:40")).code == 0
    assert fire("board", "--json", *at("09:41")).json["receipts"] == []
    assert fire("next", *at("09:41")).code == 0


def test_a_closed_case_is_watched_with_the_end_of_its_window(fire: Jinji) -> None:
    assert fire("close", "01", *at("09:40")).code == 0
    board = fire("board", "--json", *at("09:41")).json
    assert board["watched"] == 1
    assert board["watching"][0]["until"] == "2026-03-12T09:00:00+08:00"  # a fire: 7 days
    assert "结案后观察" in headings(fire("board", *at("09:41")).out)
    assert fire("board", "--json", "--now", "2026-03-12T09:01").json["watching"] == []


# ---------------------------------------------------------------- the office's own programs


@pytest.fixture
def hooked(home: Path, tmp_path: Path) -> Path:
    """A program that writes what it was told, a file each; the folder of these files."""
    told = tmp_path / "told"
    told.mkdir()
    program = tmp_path / "a program.py"
    program.write_text(
        "import os, sys\n"
        f"open(os.path.join({str(told)!r}, str(os.getpid())), 'wb').write(sys.stdin.buffer.read())\n",
        encoding="utf-8",
    )
    home.mkdir(mode=0o700)
    words = json.dumps([sys.executable, str(program)])
    (home / "jinji.toml").write_text(
        f"[hooks]\non_new = {words}\non_due_soon = {words}\non_overdue = {words}\n", encoding="utf-8"
    )
    return told


def told(folder: Path, count: int) -> list[dict[str, object]]:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        raw = [path.read_bytes() for path in folder.iterdir()]
        if len(raw) >= count and all(raw):
            return [json.loads(one) for one in raw]
        time.sleep(0.05)
    raise AssertionError(f"only {len(list(folder.iterdir()))} of {count}")


def test_a_new_case_is_told_to_the_program_with_its_limits(jinji: Jinji, hooked: Path) -> None:
    note = NOTE + '"; touch /tmp/x; $(id)'
    assert jinji("new", note, "--no-input", *at("09:10")).code == 0
    (said,) = told(hooked, 1)
    assert (said["schema"], said["event"], said["case"]) == ("jinji/1", "on_new", "20260305-01")
    assert isinstance(said["limits"], list) and said["limits"]


def test_a_follow_up_and_a_secret_case_are_told_to_nobody(jinji: Jinji, hooked: Path) -> None:
    line = ["--secret", "--set", "时间=3月5日9点", "--set", "地点=城关镇", "--channel", "机要", "--to", "市"]
    assert jinji("new", *line, *at("09:10")).code == 0
    time.sleep(0.5)
    assert list(hooked.iterdir()) == []


def test_a_program_that_is_not_there_is_told_and_the_case_stands(jinji: Jinji, home: Path) -> None:
    home.mkdir(mode=0o700)
    (home / "jinji.toml").write_text('[hooks]\non_new = "/no/such/program"\n', encoding="utf-8")
    made = jinji("new", NOTE, "--no-input", "--json", *at("09:10"))
    assert made.code == 0 and made.json["case"] == "20260305-01"
    assert "[hooks] on_new 的程序 /no/such/program 没能运行" in made.err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hooks = 3", "应是表"),
        ("[hooks]\non_fire = ['x']", "on_fire"),
        ("[hooks]\non_new = []", "hooks.on_new"),
        ("[hooks]\non_new = ['x', 3]", "hooks.on_new"),
        ("[hooks]\non_new = ''", "hooks.on_new"),
    ],
)
def test_hooks_that_are_none_are_refused(jinji: Jinji, home: Path, text: str, words: str) -> None:
    home.mkdir(mode=0o700)
    (home / "jinji.toml").write_text(text, encoding="utf-8")
    refused = jinji("next")
    assert (refused.code, refused.out) == (3, "") and words in refused.err


# ---------------------------------------------------------------- --watch


class Watching:
    """`jinji board --watch --json` as a process of its own, its lines as they come."""

    def __init__(self, *args: str) -> None:
        line = [sys.executable, "-m", "jinji_report", "board", "--watch", "--json", *args]
        self.process = subprocess.Popen(line, stdout=subprocess.PIPE, env=os.environ.copy())

    def line(self) -> dict[str, object]:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def __enter__(self) -> "Watching":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()


def test_the_board_comes_anew_as_soon_as_something_was_entered(fire: Jinji) -> None:
    with Watching(*at("09:12")) as watching:
        assert watching.line()["open_cases"] == 1
        assert fire("new", NOTE.replace("东街", "西街"), "--no-input", *at("09:12")).code == 0
        start = time.monotonic()
        assert watching.line()["open_cases"] == 2
        assert time.monotonic() - start < 5  # half a second and the time of a busy machine


def test_what_became_overdue_while_nobody_watched_is_told_once_whoever_watches(
    jinji: Jinji, hooked: Path
) -> None:
    assert jinji("new", NOTE, "--no-input", *at("09:10")).code == 0
    told(hooked, 1)
    for _ in range(2):
        with Watching(*at("09:40")) as watching:
            watching.line()
            said = told(hooked, 5)
    overdue = [one for one in said if one["event"] == "on_overdue"]
    assert len(said) == 5 and len(overdue) == 4
    assert {one["state"] for one in overdue} == {"overdue"}
    assert {one["case"] for one in overdue} == {"20260305-01"}


def test_a_ledger_that_comes_to_harm_is_told_and_watched_on(fire: Jinji, home: Path) -> None:
    with Watching(*at("09:12")) as watching:
        watching.line()
        ledger = next(home.glob("ledger.jsonl"))
        whole = ledger.read_bytes()
        ledger.write_bytes(whole + b"{}\n")
        assert "problem" in str(watching.line()["error"])
        ledger.write_bytes(whole)
        assert watching.line()["open_cases"] == 1


def test_without_a_terminal_only_lines_can_be_watched(fire: Jinji) -> None:
    refused = fire("board", "--watch")
    assert (refused.code, refused.out) == (2, "") and "--json" in refused.err
