"""jinji board, next and list: what is due comes from the index, and nothing is worked out that was before."""

import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Jinji

FIRE = "3月5日9点20分，城关镇东街一民房起火，1人死亡。消防大队李队长报。"
COMMANDS = (["board"], ["board", "--json"], ["board", "--page", "2"], ["next"], ["next", "--json"], ["list"])


def loaded(*args: str) -> list[str]:
    """What of judgement a run of its own loads."""
    code = (
        "import sys; from jinji_report.cli.main import main; main(sys.argv[1:]);"
        "print(*[name for name in sys.modules if name.startswith('jinji_report.judgement.')], file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=True)
    return run.stderr.split()


@pytest.mark.parametrize("command", [["next"], ["next", "--json"], ["list"], ["list", "--json"]])
def test_judgement_is_loaded_only_where_something_came_since(
    jinji: Jinji, home: Path, command: list[str]
) -> None:
    assert jinji("new", "-y", FIRE, "--now", "2026-03-05T09:25").code == 0
    line = [*command, "--now", "2026-03-05T09:26"]
    assert "jinji_report.judgement.limits" in loaded(*line)
    assert loaded(*line) == []
    assert jinji("sent", "01", "--form", "电话", "--now", "2026-03-05T09:27").code == 0
    assert "jinji_report.judgement.limits" in loaded(*line)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_with_and_without_an_index_the_answers_are_the_same(
    jinji: Jinji, home: Path, command: list[str]
) -> None:
    for minute in range(20, 32):
        assert (
            jinji("new", "-y", FIRE.replace("东街", f"{minute}号路"), "--now", f"2026-03-05T09:{minute}").code
            == 0
        )
    for step in (
        ["sent", "02", "--form", "电话"],
        ["close", "03"],
        ["merge", "05", "04", "--reason", "一起"],
    ):
        assert jinji(*step, "--now", "2026-03-05T09:40").code == 0
    line = [*command, "--now", "2026-03-05T10:05"]
    made, kept = repr(jinji(*line)), repr(jinji(*line))
    for path in home.glob("*.index*"):
        path.unlink()
    next(home.glob("*.jsonl")).with_name("ledger.jsonl.index").mkdir()
    folded = repr(jinji(*line))
    assert made == kept == folded


def test_other_standards_are_reckoned_by_themselves(jinji: Jinji) -> None:
    assert jinji("new", "-y", FIRE, "--now", "2026-03-05T09:25").code == 0
    at = ["--now", "2026-03-05T09:26", "--json"]
    answers = [
        jinji("board", *at, "--standards", name).json["due"] for name in ("county", "ningxia", "county")
    ]
    assert answers[0] == answers[2] != answers[1]
