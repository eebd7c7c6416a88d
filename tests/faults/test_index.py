"""Whatever happens to the index, the answers are those of the log, and what was made anew is told."""

import os
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.ledger_maker import make

from jinji_report.ledger.cases import cases_of
from jinji_report.ledger.index import SCHEMA
from jinji_report.ledger.indexed import Indexed
from jinji_report.ledger.journal import Journal

from .conftest import folded, told, without_index

Harm = Callable[[Journal, random.Random], None]

ENTRIES = 300


@pytest.fixture
def store(folder: Path) -> Journal:
    """A ledger with its index beside it."""
    folder.mkdir(0o700)
    make(folder / "ledger.jsonl", ENTRIES, still_open=4)
    store = Journal(folder)
    assert isinstance(cases_of(store), Indexed)
    return Journal(folder)


def settle(store: Journal) -> None:
    """Bring what lies in the write-ahead file into the index file itself."""
    connection = sqlite3.connect(store.index_path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def said(store: Journal, sql: str, *values: Any) -> None:
    """Have the index say something else."""
    connection = sqlite3.connect(store.index_path, timeout=10)
    with connection:
        connection.execute(sql, values)
    connection.close()


def deleted(store: Journal, lots: random.Random) -> None:
    without_index(store)


def only_the_file_deleted(store: Journal, lots: random.Random) -> None:
    store.index_path.unlink(missing_ok=True)


def cut(store: Journal, lots: random.Random) -> None:
    os.truncate(store.index_path, lots.randrange(store.index_path.stat().st_size))


def noise(store: Journal, lots: random.Random) -> None:
    store.index_path.write_bytes(lots.randbytes(lots.choice((1, 15, 16, 100, 5000, 100_000))))


def noise_with_a_head(store: Journal, lots: random.Random) -> None:
    """The first page is in order, what it leads to is not."""
    size = store.index_path.stat().st_size
    with store.index_path.open("r+b") as file:
        file.seek(4096)
        file.write(lots.randbytes(size - 4096))


def a_page_of_noise(store: Journal, lots: random.Random) -> None:
    pages = store.index_path.stat().st_size // 4096
    with store.index_path.open("r+b") as file:
        file.seek(lots.randrange(pages) * 4096)
        file.write(lots.randbytes(4096))


def from_a_newer_version(store: Journal, lots: random.Random) -> None:
    said(store, "UPDATE meta SET value = ? WHERE name = 'schema'", SCHEMA + 1)


def with_other_tables(store: Journal, lots: random.Random) -> None:
    said(store, "CREATE TABLE IF NOT EXISTS more (x)")


def without_its_seal(store: Journal, lots: random.Random) -> None:
    said(store, "DELETE FROM meta WHERE name = ?", lots.choice(("seq", "head", "schema")))


def ahead_of_the_log(store: Journal, lots: random.Random) -> None:
    said(store, "UPDATE meta SET value = value + 5 WHERE name = 'seq'")


def of_another_ledger(store: Journal, lots: random.Random) -> None:
    said(store, "UPDATE meta SET value = ? WHERE name = 'head'", lots.randbytes(32).hex())


def pointing_elsewhere(store: Journal, lots: random.Random) -> None:
    shift = lots.choice((1, -1, 600, 1 << 40, -(1 << 40)))
    said(store, "UPDATE entries SET place = place + ?", shift)


def pointing_nowhere(store: Journal, lots: random.Random) -> None:
    said(store, "UPDATE entries SET place = ?", lots.choice(("x", 2.5, None, b"\xff")))


def with_words_that_are_none(store: Journal, lots: random.Random) -> None:
    column = lots.choice(("line", "status", "opened"))
    said(store, f"UPDATE cases SET {column} = ?", lots.choice(("[", "x", b"\xff", 1 << 60)))


HARMS: tuple[Harm, ...] = (
    deleted,
    only_the_file_deleted,
    cut,
    noise,
    noise_with_a_head,
    a_page_of_noise,
    from_a_newer_version,
    with_other_tables,
    without_its_seal,
    ahead_of_the_log,
    of_another_ledger,
    pointing_elsewhere,
    pointing_nowhere,
    with_words_that_are_none,
)
SILENT = (deleted, only_the_file_deleted)  # an index that is not there is made; there is nothing to tell


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: str(harm.__name__))
def test_an_index_that_came_to_harm_is_made_anew_and_the_answers_are_those_of_the_log(
    store: Journal, lots: random.Random, harm: Harm
) -> None:
    expected = folded(store)
    for _ in range(8):
        settle(store)
        harm(store, lots)
        again = Journal(store.folder)
        cases = cases_of(again)
        assert told(cases) == expected
        assert isinstance(cases, Indexed)
        if harm not in SILENT and again.notices:
            assert len(again.notices) == 1 and again.notices[0].endswith("，已重建。")
        cases.index.close()
