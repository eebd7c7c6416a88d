"""Whatever happens to the index, the answers are those of the log, and what was made anew is told."""

import os
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.conftest import Draft
from tests.ledger_maker import make

from jinji_report.ledger.cases import cases_of
from jinji_report.ledger.index import SCHEMA, Index, IndexUnusable
from jinji_report.ledger.indexed import Indexed
from jinji_report.ledger.journal import Journal

from .conftest import Forked, folded, told, without_index

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
    column = lots.choice(("line", "opened"))
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
PERHAPS = (cut, noise, a_page_of_noise)  # too little left to be an index, or a page that nothing was asked of
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
        if harm not in SILENT and (again.notices or harm not in PERHAPS):
            assert len(again.notices) == 1 and again.notices[0].endswith("，已重建。")
        cases.index.close()


def restored(store: Journal, draft: Draft, *, grown: int) -> None:
    """The log as an older copy had it, with so many other entries since; its index knows of 3 that are gone."""
    older = store.path.read_bytes()
    for number in range(3):
        store.append([draft(f"失去的{number}")], store.head().head)
    assert isinstance(cases_of(store), Indexed)
    store.path.write_bytes(older)
    for number in range(grown):
        store.append([draft(f"后来的{number}", case="20260321-01")], store.head().head)


@pytest.mark.parametrize("grown", [0, 1, 3, 5])
def test_an_index_ahead_of_a_log_that_was_restored_is_made_anew(
    store: Journal, draft: Draft, grown: int
) -> None:
    restored(store, draft, grown=grown)
    again = Journal(store.folder)
    assert told(cases_of(again)) == folded(again)
    assert len(again.notices) == 1 and again.notices[0].endswith("，已重建。")
    assert store.head().seq == ENTRIES + grown


def reading(folder: Path, expected: dict[str, Any], stop: Path) -> Callable[[], None]:
    """Ask again and again; print how often the answer came."""

    def task() -> None:
        answered = refused = 0
        while not stop.exists():
            try:
                assert told(cases_of(Journal(folder))) == expected
                answered += 1
            except IndexUnusable:
                refused += 1
        print(answered, refused)

    return task


@pytest.mark.slow
@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: str(harm.__name__))
def test_who_reads_while_the_index_comes_to_harm_is_answered_from_the_log(
    store: Journal, lots: random.Random, tmp_path: Path, harm: Harm
) -> None:
    """Two processes ask all the time; the answers never differ from the log's."""
    stop = tmp_path / "stop"
    readers = [Forked(reading(store.folder, folded(store), stop)) for _ in range(2)]
    for _ in range(6):
        time.sleep(lots.uniform(0, 0.2))
        with suppress(sqlite3.Error, OSError, ValueError):  # the file may just be made anew
            harm(store, lots)
    time.sleep(0.1)
    stop.touch()
    for reader in readers:
        assert reader.finish().code == 0, reader.err
        answered, refused = map(int, reader.out.split())
        assert answered > refused, (answered, refused)
    without_index(store)
    assert told(cases_of(store)) == folded(store)


def asking(folder: Path, expected: dict[str, Any], gate: Path) -> Callable[[], None]:
    def task() -> None:
        while not gate.exists():
            time.sleep(0.0005)
        store = Journal(folder)
        assert told(cases_of(store)) == expected
        print("\n".join(store.notices))

    return task


@pytest.mark.parametrize("harm", [noise, from_a_newer_version, pointing_elsewhere, with_words_that_are_none])
def test_of_several_that_find_the_index_harmed_at_once_one_makes_it_anew(
    store: Journal, lots: random.Random, tmp_path: Path, harm: Harm
) -> None:
    settle(store)
    harm(store, lots)
    expected = folded(store)
    gate = tmp_path / "gate"
    readers = [Forked(asking(store.folder, expected, gate)) for _ in range(4)]
    time.sleep(0.05)
    gate.touch()
    assert [reader.finish().err for reader in readers] == [""] * 4
    assert sum(reader.out.count("已重建") for reader in readers) <= 1
    assert told(cases_of(store)) == expected


@pytest.mark.slow
def test_a_rebuild_that_is_killed_half_way_is_done_by_the_next(folder: Path, lots: random.Random) -> None:
    folder.mkdir(0o700)
    make(folder / "ledger.jsonl", 5_000, still_open=4)
    expected = folded(Journal(folder))

    def rebuild() -> None:
        store = Journal(folder)
        Index(store, store.index_path).rebuild("要重做")

    began = time.monotonic()
    assert Forked(rebuild).finish().code == 0
    lasts = time.monotonic() - began
    killed = 0
    for _ in range(15):
        process = Forked(rebuild)
        time.sleep(lots.uniform(0, lasts))
        killed += process.running()
        process.kill()
        store = Journal(folder)
        assert told(cases_of(store)) == expected
        assert isinstance(cases_of(store), Indexed)
    assert killed > 5
