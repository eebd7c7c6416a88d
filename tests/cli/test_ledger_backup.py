"""jinji ledger backup: where it goes and what it says."""

import os
from pathlib import Path

import pytest

from .conftest import Jinji
from .refusal import refused, written

FIRE = "城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"


@pytest.fixture
def fire(jinji: Jinji) -> Jinji:
    assert jinji("new", FIRE, "--now", "2026-03-05T09:25").code == 0
    return jinji


def test_in_a_folder_it_is_called_by_the_day(fire: Jinji, home: Path, tmp_path: Path) -> None:
    before = written(home)
    outcome = fire("ledger", "backup", str(tmp_path), "--now", "2026-03-06T08:00")
    head = fire("ledger", "head").out.strip()
    file = tmp_path / "ledger-20260306.jsonl"
    assert outcome.code == 0 and head in outcome.out.replace("\n", "") and "3 条" in outcome.out
    assert file.read_bytes() == (home / "ledger.jsonl").read_bytes() and written(home) == before


def test_the_answer_in_json(fire: Jinji, tmp_path: Path) -> None:
    file = tmp_path / "b.jsonl"
    answer = fire("ledger", "backup", str(file), "--json").json
    assert answer == {
        "schema": "jinji/1",
        "file": str(file),
        "entries": len(file.read_bytes().splitlines()),
        "head": fire("ledger", "head").out.strip(),
        "bytes": file.stat().st_size,
        "missing": 0,
        "aside": None,
    }


def test_what_is_worth_more_stays(fire: Jinji, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.jsonl"
    assert fire("ledger", "backup", str(file)).code == 0
    assert fire("close", "latest", "--now", "2026-03-05T10:00").code == 0
    larger = tmp_path / "c.jsonl"
    assert fire("ledger", "backup", str(larger)).code == 0
    (home / "ledger.jsonl").write_bytes(file.read_bytes())
    refused(fire("ledger", "backup", str(larger)), 1)


def test_a_place_in_the_data_folder_is_refused(fire: Jinji, home: Path) -> None:
    before = written(home)
    refused(fire("ledger", "backup", str(home)))
    assert written(home) == before


def test_a_place_that_cannot_be_is_refused_and_nothing_is_written(
    jinji: Jinji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unset variable of a script must not put the ledger where the script happens to stand."""
    assert jinji("new", FIRE).code == 0
    there = tmp_path / "there"
    there.mkdir()
    monkeypatch.chdir(there)
    for target, code in (("", 2), (" ", 2), ("x" * 300, 3), (f"{'x' * 300}/y.jsonl", 3), ("a\0b", 3)):
        outcome = jinji("ledger", "backup", target)
        refused(outcome, code)
        assert "备份" in outcome.err
    assert os.listdir(there) == []
