"""A break in a sealed year: that file and those after it are set aside, and what can be read goes on in order."""

import os
import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from jinji_report.errors import StoreUnwritable
from jinji_report.ledger.archive import find_cut, seal_off
from jinji_report.ledger.damage import Damage, look
from jinji_report.ledger.journal import Journal
from jinji_report.ledger.repair import mend
from jinji_report.model.entry import Entry, NewEntry, NotAnEntry
from jinji_report.moments import BEIJING

from .conftest import NINE, Draft

WHEN = "20260305T0930"
SEALED = (2023, 2024, 2025)


def telling(damage: Damage) -> NewEntry:
    return NewEntry(case="", kind="修复", at=NINE, recorded=NINE, by="张", data=damage.data)


def repaired(journal: Journal) -> Damage:
    return mend(Journal(journal.folder), WHEN, telling)


@pytest.fixture
def years(journal: Journal, draft: Draft) -> Journal:
    """Four entries a year from 2023 to 2026, the last two of each a batch; three years are sealed."""
    for year in (*SEALED, 2026):
        when = datetime(year, 12, 31, 23, 59, tzinfo=BEIJING)
        one = {"at": when, "recorded": when, "case": f"{year}1231-01"}
        for batch in ([draft("一", **one)], [draft("二", **one)], [draft("三", **one), draft("四", **one)]):
            journal.append(batch, journal.head().head)
    for year in SEALED:
        cut = find_cut(journal, year)
        seal_off(journal, cut, draft(case="", kind="归档", data=cut.data))
        cut.sealed.chmod(0o600)
    return journal


def sealed(journal: Journal, year: int) -> Path:
    return journal.folder / "archive" / f"ledger-{year}.jsonl"


def files_of(journal: Journal) -> list[Path]:
    return [*(sealed(journal, year) for year in SEALED), journal.path]


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().split(b"\n")[:-1]


def put(path: Path, lines: list[bytes]) -> None:
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def told(journal: Journal) -> list[tuple[str, str]]:
    return [(entry.kind, str(entry.data.get("said"))) for entry in journal.since(0) if entry.case]


def altered(path: Path, line: int) -> None:
    lines = lines_of(path)
    lines[line - 1] = lines[line - 1].replace("接报".encode(), "报接".encode())
    put(path, lines)


def test_the_years_before_the_break_stay_sealed_and_the_rest_goes_on_in_one_file(years: Journal) -> None:
    before, head = told(years), years.head().head
    early = sealed(years, 2023).read_bytes()
    old = {path: path.read_bytes() for path in files_of(years)}
    altered(sealed(years, 2024), 2)
    spoilt = sealed(years, 2024).read_bytes()
    found = look(years, WHEN)
    assert [part.name for part in found.parts] == [
        "archive/ledger-2024.jsonl",
        "archive/ledger-2025.jsonl",
        "",
    ]
    assert sealed(years, 2024).read_bytes() == spoilt
    damage = repaired(years)
    assert (damage.kept, damage.bound, damage.left_out) == (2, 13, [])

    assert sealed(years, 2023).read_bytes() == early
    assert [path.name for path in (years.folder / "archive").glob("*.jsonl")] == ["ledger-2023.jsonl"]
    assert [part.aside.read_bytes() for part in damage.parts] == [
        spoilt,
        old[sealed(years, 2025)],
        old[years.path],
    ]
    assert lines_of(years.path)[:2] == spoilt.split(b"\n")[:2]
    before[5] = ("报接", "二")
    assert told(years) == before
    entries = list(years.since(0))
    assert [entry.seq for entry in entries] == list(range(1, 21)) and entries[6].kind == "修复"
    data = entries[6].data
    assert data["breaks"] == [
        {"line": 3, "problem": "与上一行对不上", "file": "archive/ledger-2024.jsonl", "code": "chain"}
    ]
    assert [one["file"] for one in data["sealed"]] == [
        f"archive/ledger-{year}.jsonl.damaged-{WHEN}" for year in (2024, 2025)
    ]
    check = years.verify(head)
    assert check.breaks == () and "rebound" in check.counts
    assert not look(years, WHEN)


def spoil_nothing(years: Journal) -> None:
    pass


def last_line_altered(years: Journal) -> None:
    altered(sealed(years, 2024), 4)


def first_line_noise(years: Journal) -> None:
    put(sealed(years, 2024), [b"noise", *lines_of(sealed(years, 2024))[1:]])


def last_line_noise(years: Journal) -> None:
    put(sealed(years, 2024), [*lines_of(sealed(years, 2024))[:3], b"noise"])


def cut_in_a_line(years: Journal) -> None:
    raw = sealed(years, 2024).read_bytes()
    sealed(years, 2024).write_bytes(raw[:-5])


def cut_at_a_line(years: Journal) -> None:
    put(sealed(years, 2024), lines_of(sealed(years, 2024))[:2])


def cut_in_a_batch(years: Journal) -> None:
    put(sealed(years, 2024), lines_of(sealed(years, 2024))[:3])


def beginning_cut_off(years: Journal) -> None:
    put(sealed(years, 2024), lines_of(sealed(years, 2024))[2:])


def live_beginning_cut_off(years: Journal) -> None:
    put(years.path, lines_of(years.path)[1:])


def both(years: Journal) -> None:
    altered(sealed(years, 2023), 1)
    put(years.path, [*lines_of(years.path)[:2], b"noise", *lines_of(years.path)[3:]])


@pytest.mark.parametrize(
    ("spoil", "lost", "kept_sealed"),
    [
        (last_line_altered, 0, [2023, 2024]),
        (first_line_noise, 1, [2023]),
        (last_line_noise, 1, [2023]),
        (cut_in_a_line, 1, [2023]),
        (cut_at_a_line, 2, [2023, 2024]),
        (cut_in_a_batch, 1, [2023]),
        (beginning_cut_off, 2, [2023]),
        (live_beginning_cut_off, 1, [2023, 2024, 2025]),
        (both, 1, []),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_wherever_it_breaks_the_readable_rest_goes_on_in_order(
    years: Journal, spoil: Callable[[Journal], None], lost: int, kept_sealed: list[int]
) -> None:
    ids = [entry.id for entry in years.since(0)]
    spoil(years)
    spoilt = {path: path.read_bytes() for path in files_of(years)}
    assert Journal(years.folder).verify().breaks
    repaired(years)
    again = Journal(years.folder)
    assert again.verify().breaks == () and not look(again, WHEN)
    entries = [entry.id for entry in again.since(0) if entry.kind != "修复"]
    assert entries == [one for one in ids if one in entries] and len(ids) - len(entries) == lost
    assert [year for year in SEALED if sealed(years, year).exists()] == kept_sealed
    kept = [path.read_bytes() for path in years.folder.rglob("*") if path.is_file()]
    assert all(raw in kept for raw in spoilt.values())
    again.append([telling(look(again, WHEN))], again.head().head)


def test_a_year_whose_own_entry_is_lost_is_known_by_the_year_that_goes_on_from_it(years: Journal) -> None:
    ids = [entry.id for entry in years.since(0)]
    lines = lines_of(years.path)
    put(years.path, [*lines[:4], *lines[5:]])  # without 归档 of 2023
    cut_at_a_line(years)
    repaired(years)
    assert years.verify().breaks == ()
    after = [entry.id for entry in years.since(0) if entry.kind != "修复"]
    assert after == [*ids[:6], *ids[8:16], *ids[17:]]
    assert sealed(years, 2023).is_file()


def test_a_year_that_only_another_harmed_year_names_is_known(years: Journal, draft: Draft) -> None:
    ids = [entry.id for entry in years.since(0)]
    cut = find_cut(years, 2026)  # with 归档 of the years before
    seal_off(years, cut, draft(case="", kind="归档", data=cut.data))
    cut.sealed.chmod(0o600)
    for path in (sealed(years, 2025), cut.sealed):
        put(path, lines_of(path)[:-1])
    repaired(years)
    assert years.verify().breaks == ()
    after = [entry.id for entry in years.since(0) if entry.kind != "修复"]
    assert after[:-1] == [*ids[:11], *ids[12:-1]]


def test_a_copy_that_leads_nowhere_is_set_aside_and_told(years: Journal) -> None:
    """The year lies elsewhere; what lies in its place was cut short, and nobody knows whose it is."""
    os.rename(sealed(years, 2023), years.folder / "elsewhere")
    assert years.verify().breaks == ()
    stray = years.folder / "archive" / "copy.jsonl"
    put(stray, lines_of(years.folder / "elsewhere")[:2])
    live = years.path.read_bytes()
    damage = repaired(years)
    assert damage.parts == [] and [part.name for part in damage.strays] == ["archive/copy.jsonl"]
    assert not stray.exists() and damage.strays[0].aside.is_file()
    assert years.path.read_bytes().startswith(live) and list(years.since(0))[-1].kind == "修复"
    assert years.verify().breaks == ()


def test_a_file_of_another_ledger_is_left_where_it_lies(years: Journal, draft: Draft, tmp_path: Path) -> None:
    other = Journal(tmp_path / "other")
    other.append([draft()], other.head().head)
    foreign = years.folder / "archive" / "foreign.jsonl"
    foreign.write_bytes(other.path.read_bytes())
    altered(sealed(years, 2024), 2)
    repaired(years)
    assert foreign.is_file() and years.verify().breaks == ()
    assert draft().data["said"] not in {said for _, said in told(years)}


@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize("turn", range(4))
def test_a_repair_that_breaks_off_is_ended_by_the_next(
    years: Journal, monkeypatch: pytest.MonkeyPatch, turn: int, written: bool
) -> None:
    """At each name that is moved: the new file, then the sealed ones that it took in."""
    ids = [entry.id for entry in years.since(0)]
    altered(sealed(years, 2023), 2)
    old = {path: path.read_bytes() for path in files_of(years)}
    moved: list[object] = []
    replace = os.replace

    def breaking(*arguments: Path) -> None:
        moved.append(arguments)
        if len(moved) <= turn or written:
            replace(*arguments)
        if len(moved) > turn:
            raise OSError(5, os.strerror(5))

    with monkeypatch.context() as failing:
        failing.setattr(os, "replace", breaking)
        with pytest.raises(StoreUnwritable):
            repaired(years)
    assert [entry.id for entry in Journal(years.folder).since(0) if entry.kind != "修复"] == ids
    if Journal(years.folder).verify().breaks:
        repaired(years)
    again = Journal(years.folder)
    assert again.verify().breaks == () and not look(again, WHEN)
    assert [entry.id for entry in again.since(0) if entry.kind != "修复"] == ids
    kept = [path.read_bytes() for path in years.folder.rglob("*") if path.is_file()]
    assert all(raw in kept for raw in old.values())


def readable_ids(paths: list[Path]) -> list[str]:
    found: dict[str, None] = {}
    for path in paths:
        for raw in path.read_bytes().split(b"\n")[:-1] if path.exists() else ():
            try:
                found[Entry.from_line(raw).id] = None
            except NotAnEntry:
                continue
    return list(found)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_befell_the_files_nothing_readable_is_lost_or_doubled(years: Journal, seed: int) -> None:
    lots = random.Random(seed)
    for _ in range(lots.randint(1, 3)):
        path = lots.choice(files_of(years))
        lines = [line for line in lines_of(path) if "归档".encode() not in line]
        naming = lines_of(path)[len(lines) :]  # which file is of which year
        place = lots.randrange(max(len(lines), 1))
        match lots.randrange(5):
            case 0:
                del lines[place : place + lots.randint(1, 2)]
            case 1:
                lines[place : place + 1] = [b"noise"]
            case 2:
                lines.insert(place, lots.choice(lines or [b""]))
            case 3:
                del lines[place:]
            case 4:
                lines = [line.replace("一".encode(), "八".encode()) for line in lines]
        put(path, [*lines, *naming])
    before = readable_ids(files_of(years))
    spoilt = {path: path.read_bytes() for path in files_of(years)}
    repaired(years)
    again = Journal(years.folder)
    assert again.verify().breaks == () and not look(again, WHEN)
    after = [entry.id for entry in again.since(0) if entry.kind != "修复"]
    assert after == [one for one in before if one in after]
    kept = [path.read_bytes() for path in years.folder.rglob("*") if path.is_file()]
    assert all(any(one.startswith(raw) for one in kept) for raw in spoilt.values())
    # What was told of a batch that the log ends in the middle of was never entered.
    assert len(before) - len(after) <= 1
