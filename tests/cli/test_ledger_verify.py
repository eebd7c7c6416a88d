"""jinji ledger verify: what it says of lines, of cases, and while it is at it."""

import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.factory import NOW

from jinji_report.cli import progress
from jinji_report.ledger.journal import Journal
from jinji_report.model.entry import NewEntry

from .conftest import Jinji

FIRE = "城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"


@pytest.fixture
def enter(jinji: Jinji, home: Path) -> Callable[..., None]:
    """A case, and behind it an entry of this kind and content."""
    assert jinji("new", FIRE, "--now", "2026-03-20T09:25").code == 0

    def append(kind: str, **data: object) -> None:
        journal = Journal(home)
        entry = NewEntry(
            case="20260320-01", kind=kind, at=NOW, recorded=NOW, by="张值班", data=data, machine=None
        )
        journal.append([entry], journal.head().head)

    return append


def test_an_entry_that_contradicts_its_case_is_a_notice_with_its_line(
    jinji: Jinji, enter: Callable[..., None]
) -> None:
    enter("重开")
    outcome = jinji("ledger", "verify", "--json")
    assert outcome.code == 0 and outcome.json["holds"] is True
    (found,) = [f for f in outcome.json["findings"] if f["code"] == "fold"]
    assert found["line"] == found["entry"] == outcome.json["entries"]
    assert found["problem"] == "（案卷 20260320-01）没有结案就重开" and found["is_break"] is False
    assert "（案卷 20260320-01）没有结案就重开" in jinji("ledger", "verify").out


def test_an_entry_whose_content_cannot_be_read_is_a_notice(jinji: Jinji, enter: Callable[..., None]) -> None:
    enter("研判", verdict=7)
    outcome = jinji("ledger", "verify")
    assert outcome.code == 0
    assert "研判的内容读不出来，未采用" in outcome.out


def test_the_cases_are_left_alone_where_that_was_asked_for(
    jinji: Jinji, enter: Callable[..., None], home: Path
) -> None:
    enter("重开")
    for file in home.glob("*.index*"):
        file.unlink()
    outcome = jinji("ledger", "verify", "--no-fold")
    assert outcome.code == 0 and "重开" not in outcome.out
    assert not list(home.glob("*.index"))


def test_the_cases_of_a_ledger_that_does_not_hold_are_not_judged(
    jinji: Jinji, enter: Callable[..., None], home: Path
) -> None:
    enter("重开")
    file = home / "ledger.jsonl"
    file.write_bytes(file.read_bytes().replace("东街".encode(), "西街".encode(), 1))
    outcome = jinji("ledger", "verify")
    assert outcome.code == 4 and "与上一行对不上" in outcome.out
    assert "没有结案就重开" not in outcome.out
    assert "jinji ledger repair" in outcome.out


def test_at_a_terminal_a_long_check_says_how_far_it_is_and_wipes_it_off(
    jinji: Jinji, enter: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    enter("重开")
    assert "%" not in jinji("ledger", "verify").err
    monkeypatch.setattr(progress, "SAID_AFTER", 0)
    assert "%" not in jinji("ledger", "verify").err
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda stream: stream is sys.stderr)
    outcome = jinji("ledger", "verify")
    assert "\r核对台账……100%" in outcome.err and outcome.err.endswith("\r\x1b[K")


def test_a_back_dated_clock_is_told_of_its_line(jinji: Jinji, enter: Callable[..., None], home: Path) -> None:
    journal = Journal(home)
    entry = NewEntry(
        case="20260320-01",
        kind="决定",
        at=NOW,
        recorded=NOW - timedelta(hours=2),
        by="张值班",
        data={"decision": "应报"},
    )
    journal.append([entry], journal.head().head)
    assert "早于上一行的" in jinji("ledger", "verify").out
