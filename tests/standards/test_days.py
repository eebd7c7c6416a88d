"""A number ends on a day and is not deleted; a window is a span of days, some every year."""

from datetime import date, timedelta

import pytest
from tests.standards.pack import loaded, row

from jinji_report.standards.load import load

GRADE = ('grade = "较大"', 'measure = "deaths"', "at_least = 3")
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
DAY = timedelta(days=1)


def window(folder, line):
    return loaded(folder, f'[[window]]\nname = "时段"\n{line}').windows["时段"]


@pytest.mark.parametrize(
    ("on", "in_force"),
    [
        (FIRST - DAY, False),
        (FIRST, True),
        (FIRST + DAY, True),
        (LAST - DAY, True),
        (LAST, True),
        (LAST + DAY, False),
    ],
)
def test_both_days_of_a_row_belong_to_its_span(tmp_path, on, in_force):
    standards = loaded(
        tmp_path, row("grade", "g.x", *GRADE, f"effective_from = {FIRST}", f"effective_to = {LAST}")
    )
    assert bool(standards.on(on).grades) == in_force


def test_a_row_without_days_is_always_in_force(tmp_path):
    standards = loaded(tmp_path, row("grade", "g.x", *GRADE))
    assert standards.on(date(1949, 10, 1)).grades
    assert standards.on(date(9999, 12, 31)).grades


def test_choosing_a_day_leaves_the_standards_as_they_were(tmp_path):
    standards = loaded(tmp_path, row("grade", "g.x", *GRADE, f"effective_to = {LAST}"))
    assert standards.on(LAST + DAY).grades == ()
    assert len(standards.grades) == 1


def test_the_environment_ladder_of_2011_ended_the_day_before_that_of_2014_began():
    standards = load("national")

    def ladder(on):
        return {
            row.id.partition(".")[0] for row in standards.on(on).grades if row.id.startswith("environment")
        }

    assert ladder(date(2014, 12, 28)) == {"environment-2011"}
    assert ladder(date(2014, 12, 29)) == {"environment"}


@pytest.mark.parametrize(
    ("on", "holds"),
    [("2026-02-14", 0), ("2026-02-15", 1), ("2026-02-23", 1), ("2026-02-24", 0), ("2025-02-16", 0)],
)
def test_a_dated_window_holds_on_its_first_and_last_day(tmp_path, on, holds):
    assert window(tmp_path, "spans = [[2026-02-15, 2026-02-23]]").holds(date.fromisoformat(on)) == bool(holds)


@pytest.mark.parametrize(
    ("on", "holds"), [("2025-05-31", 0), ("2025-06-01", 1), ("2031-09-30", 1), ("2031-10-01", 0)]
)
def test_a_yearly_window_comes_back_every_year(tmp_path, on, holds):
    assert window(tmp_path, 'yearly = [["06-01", "09-30"]]').holds(date.fromisoformat(on)) == bool(holds)


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        ("2025-09-30", 0),
        ("2025-10-01", 1),
        ("2025-12-31", 1),
        ("2026-01-01", 1),
        ("2026-05-31", 1),
        ("2026-06-01", 0),
    ],
)
def test_a_yearly_window_may_cross_the_new_year(tmp_path, on, holds):
    assert window(tmp_path, 'yearly = [["10-01", "05-31"]]').holds(date.fromisoformat(on)) == bool(holds)


def test_a_window_of_one_day_holds_on_that_day_alone(tmp_path):
    one = window(tmp_path, 'yearly = [["03-01", "03-01"]]')
    assert [one.holds(date(2024, 2, 29)), one.holds(date(2024, 3, 1)), one.holds(date(2024, 3, 2))] == [
        False,
        True,
        False,
    ]


def test_a_window_that_ends_on_the_leap_day_works_in_every_year(tmp_path):
    leap = window(tmp_path, 'yearly = [["02-01", "02-29"]]')
    assert leap.holds(date(2024, 2, 29))
    assert leap.holds(date(2025, 2, 28))
    assert not leap.holds(date(2025, 3, 1))
