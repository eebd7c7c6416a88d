"""Every file under examples/ is used here as its own words tell a desk to use it."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ..cli.conftest import Jinji, cache_folder, home, jinji

__all__ = ["cache_folder", "home", "jinji"]

EXAMPLES = Path(__file__).parents[2] / "examples"
scripts = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("jq") is None, reason="the scripts want a POSIX shell and jq"
)
Script = Callable[..., "subprocess.CompletedProcess[str]"]


def test_every_example_is_used_by_a_test() -> None:
    files = {str(path.relative_to(EXAMPLES)) for path in EXAMPLES.rglob("*") if path.is_file()}
    tests = Path(__file__).read_text(encoding="utf-8")
    assert files
    assert [name for name in sorted(files) if f'"{name}"' not in tests] == []


@pytest.mark.parametrize(
    ("name", "category", "decision"),
    [("notes/fire.txt", "火灾", "应报"), ("notes/chlorine.txt", "危险化学品事故", None)],
)
def test_a_note_of_the_examples_becomes_a_first_report(
    jinji: Jinji, name: str, category: str, decision: str | None
) -> None:
    answer = jinji("new", "--file", str(EXAMPLES / name), "--json", "--now", "2026-03-05T09:30").json
    assert answer["incident"]["category"] == category
    assert decision is None or answer["verdict"]["decision"] == decision
    assert answer["report"]["stage"] == "首报"


@pytest.mark.parametrize(
    "name",
    [
        "scenarios/chemical-consult.toml",
        "scenarios/false-online-lead.toml",
        "scenarios/instruction-2350.toml",
        "scenarios/mine-late.toml",
        "scenarios/petition-grows.toml",
        "scenarios/quake-both-lines.toml",
        "scenarios/school-three-figures.toml",
    ],
)
def test_a_night_of_the_examples_plays_as_it_was_worked_out_by_hand(jinji: Jinji, name: str) -> None:
    outcome = jinji("drill", "play", "--quiet", str(EXAMPLES / name))
    assert (outcome.code, outcome.err) == (0, ""), outcome.out
    assert outcome.out.endswith("全部相符\n") and outcome.out.count("\n") == 1


def test_the_incidents_are_answered_each_in_its_line(jinji: Jinji) -> None:
    file = EXAMPLES / "incidents.jsonl"
    outcome = jinji("classify", "--jsonl", str(file))
    assert (outcome.code, outcome.err) == (0, "")
    asked = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert [answer["id"] for answer in answers] == [record["id"] for record in asked]
    assert all(answer["verdict"]["decision"] == "应报" for answer in answers)


def test_the_settings_file_names_every_setting_and_heads_the_report(
    jinji: Jinji, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tomllib import loads

    from jinji_report.settings import KNOWN

    file = EXAMPLES / "jinji.toml"
    values = loads(file.read_text(encoding="utf-8"))
    assert set(values) == set(KNOWN)
    monkeypatch.delenv("JINJI_BY")
    monkeypatch.setenv("JINJI_CONFIG", str(file))
    text = jinji("new", "--json", "城关镇东街一服装店起火，2人死亡", "--now", "2026-03-05T09:30").json[
        "report"
    ]["text"]
    for name in ("unit", "contact", "phone"):
        assert values[name] in text
    assert jinji("show", "01", "--json").json["entries"][0]["by"] == values["by"]


@pytest.fixture
def script(home: Path, tmp_path: Path) -> Script:
    """Run a script of the examples in a folder of its own, with this Python's jinji on the path."""
    beside = Path(sys.executable).parent
    if not (beside / "jinji").exists():
        beside = tmp_path / "bin"
        beside.mkdir()
        shim = beside / "jinji"
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m jinji_report "$@"\n')
        shim.chmod(0o755)
    room = tmp_path / "房间 一"
    room.mkdir()

    def run(name: str, *args: str, now: str) -> "subprocess.CompletedProcess[str]":
        environ = {**os.environ, "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}", "JINJI_NOW": now}
        return subprocess.run(
            ["sh", str(EXAMPLES / name), *args],
            env=environ,
            cwd=room,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )

    return run


@pytest.fixture
def night(jinji: Jinji) -> Jinji:
    """Two calls of one day: a fire that must go up by 09:45, and a small accident."""
    for now, note in (
        ("09:25", "9时20分，城关镇东街一服装店起火，2人死亡，1人重伤"),
        ("10:00", "G30高速K1023两车追尾，一名驾驶员轻伤"),
    ):
        assert jinji("new", "-y", note, "--now", f"2026-03-05T{now}").code == 0
    return jinji


@scripts
def test_the_daily_export_writes_the_table_of_one_day_and_sums_it_up(
    night: Jinji, script: Script, tmp_path: Path
) -> None:
    outcome = script("export_daily.sh", "2026-03-05", "台账 夹", now="2026-03-05T23:55")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert "2026-03-05：接报 2 件，应报 1 件，在办 2 件，死亡 2 人" in outcome.stdout
    folder = tmp_path / "房间 一" / "台账 夹"
    assert [path.name for path in folder.iterdir()] == ["台账-2026-03-05.csv"]
    raw = (folder / "台账-2026-03-05.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [row["case"] for row in rows] == ["20260305-01", "20260305-02"]


@scripts
def test_the_daily_export_counts_an_incident_once_that_was_heard_twice(night: Jinji, script: Script) -> None:
    again = "9时20分，东街一家服装店着火，2人死亡，1人重伤"
    for now, line in (
        ("10:10", ["new", "-y", again]),
        ("10:11", ["merge", "03", "01", "--reason", "同一起"]),
        ("10:12", ["new", "-y", again]),
        ("10:13", ["undo", "--reason", "重复录入"]),
    ):
        assert night(*line, "--now", f"2026-03-05T{now}").code == 0
    outcome = script("export_daily.sh", "2026-03-05", now="2026-03-05T23:55")
    assert "2026-03-05：接报 2 件，应报 1 件，在办 2 件，死亡 2 人" in outcome.stdout


@scripts
def test_the_daily_export_of_a_quiet_day_is_an_empty_table(night: Jinji, script: Script) -> None:
    outcome = script("export_daily.sh", "2026-03-04", now="2026-03-05T23:55")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert "接报 0 件，应报 0 件，在办 0 件，死亡 0 人" in outcome.stdout


@scripts
def test_a_daily_export_that_fails_leaves_no_half_table(
    night: Jinji, script: Script, home: Path, tmp_path: Path
) -> None:
    (home / "ledger.jsonl").write_bytes(b"rubbish\n")
    outcome = script("export_daily.sh", "2026-03-05", now="2026-03-05T23:55")
    assert outcome.returncode == 4
    assert "台账可能被改动" in outcome.stderr
    assert list((tmp_path / "房间 一").iterdir()) == []


@scripts
@pytest.mark.parametrize(
    ("minute", "code", "said"), [("09:30", 0, ""), ("09:43", 20, "还剩2分钟"), ("09:50", 21, "超时5分钟")]
)
def test_the_alert_says_a_line_a_limit_and_keeps_the_exit_code_of_next(
    night: Jinji, script: Script, minute: str, code: int, said: str
) -> None:
    outcome = script("overdue_alert.sh", now=f"2026-03-05T{minute}")
    assert outcome.returncode == code
    assert outcome.stderr == ""
    lines = outcome.stdout.splitlines()
    assert len(lines) == (4 if code else 0)
    assert all(line.startswith(f"{said}：20260305-01") for line in lines)


@scripts
def test_the_alert_hands_each_line_whole_to_a_command(night: Jinji, script: Script) -> None:
    outcome = script("overdue_alert.sh", "printf", "<%s>\n", now="2026-03-05T09:50")
    assert outcome.returncode == 21
    assert all(
        line.startswith("<超时5分钟：20260305-01") and line.endswith(">")
        for line in outcome.stdout.splitlines()
    )


@scripts
def test_the_alert_passes_on_that_the_ledger_is_broken(night: Jinji, script: Script, home: Path) -> None:
    (home / "ledger.jsonl").write_bytes(b"rubbish\n")
    outcome = script("overdue_alert.sh", now="2026-03-05T09:50")
    assert outcome.returncode == 4
    assert outcome.stdout == ""
    assert "台账可能被改动" in outcome.stderr
