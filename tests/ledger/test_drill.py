"""The ledger of a drill and the real one: neither takes the other's lines, and neither lies where the other does."""

import os
import sys
from pathlib import Path

import pytest

from jinji_report.ledger.drill import DRILL_FOLDER, DrillAstray, WrongLedger
from jinji_report.ledger.journal import Journal

from .conftest import Draft


@pytest.fixture
def real(folder: Path) -> Journal:
    return Journal(folder)


@pytest.fixture
def drill(folder: Path) -> Journal:
    return Journal(folder / DRILL_FOLDER, drill=True)


def test_every_line_of_a_drill_says_so_and_no_other_does(real: Journal, drill: Journal, draft: Draft) -> None:
    for journal in (real, drill):
        journal.append([draft(), draft()], journal.head().head)
    assert [entry.drill for entry in drill.since(0)] == [True, True]
    assert [entry.drill for entry in real.since(0)] == [False, False]
    assert all(b'"drill":true' in line for _, line in drill.lines(0))
    assert not any(b"drill" in line for _, line in real.lines(0))
    assert drill.verify().holds and real.verify().holds


def test_a_drills_ledger_cannot_be_opened_outside_its_own_folder(folder: Path) -> None:
    with pytest.raises(ValueError, match="drill"):
        Journal(folder, drill=True)


@pytest.mark.parametrize("of_drill", [True, False])
def test_a_ledger_of_the_other_kind_is_neither_written_nor_read(
    real: Journal, drill: Journal, draft: Draft, of_drill: bool
) -> None:
    """A file was moved from the one folder to the other, or the folder of the one was named as the other's."""
    own, other = (drill, real) if of_drill else (real, drill)
    other.append([draft()], other.head().head)
    own.append([draft()], own.head().head)
    own.path.write_bytes(other.path.read_bytes())
    before = own.path.read_bytes()
    head = other.head().head
    for attempt in (
        own.head,
        lambda: list(own.since(0)),
        lambda: list(own.lines(0)),
        lambda: own.append([draft()], head),
    ):
        with pytest.raises(WrongLedger, match="演练台账"):
            attempt()
    assert own.path.read_bytes() == before
    told = own.verify()
    assert not told.holds
    assert [finding.code for finding in told.breaks] == ["drill"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_drills_folder_that_is_a_link_is_refused_even_before_its_first_entry(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    os.symlink(folder, folder / DRILL_FOLDER)
    with pytest.raises(DrillAstray, match="链接"):
        Journal(folder / DRILL_FOLDER, drill=True)
    assert os.listdir(folder) == [DRILL_FOLDER]
