"""The ledgers that the tests of size and speed make for themselves are such as a desk would have written."""

from pathlib import Path

import pytest
from tests.ledger_maker import make, make_one_case

from jinji_report.ledger.journal import Journal
from jinji_report.model.fold import fold
from jinji_report.vocabulary import Status


@pytest.fixture
def path(folder: Path) -> Path:
    folder.mkdir(0o700)
    return folder / "ledger.jsonl"


@pytest.mark.parametrize(("entries", "still_open"), [(11, 0), (10, 1), (1000, 20), (1005, 3), (2000, 181)])
def test_a_made_ledger_has_the_entries_and_the_open_cases_that_were_asked_for(
    path: Path, entries: int, still_open: int
) -> None:
    head = make(path, entries, still_open=still_open)
    check = Journal(path.parent).verify(head)
    assert (check.entries, check.head.head, check.findings) == (entries, head, ())
    cases = fold(Journal(path.parent).since(0)).values()
    assert [case.status for case in cases if case.status != Status.CLOSED] == [Status.OPEN] * still_open
    assert not any(case.contradictions for case in cases)
    assert all(len(case.made) == 2 and case.verdict is not None for case in cases)


def test_a_made_case_has_all_the_entries(path: Path) -> None:
    make_one_case(path, 1003)
    assert Journal(path.parent).verify().findings == ()
    (case,) = fold(Journal(path.parent).since(0)).values()
    assert len(case.entries) == 1003 and not case.contradictions
    assert (case.status, len(case.made), case.made[-1].number) == (Status.OPEN, 200, 199)


def test_the_same_ledger_is_made_each_time(path: Path) -> None:
    assert make(path, 500) == make(path, 500)


def test_more_open_cases_than_entries_for_them_are_refused(path: Path) -> None:
    with pytest.raises(ValueError, match="200 entries"):
        make(path, 199, still_open=20)
