"""The farmers' calendar: new year's days as they were published, and months that fit together."""

from datetime import date, timedelta

import pytest

from jinji_report.intake.times import lunar

YEARS = range(1985, 2056)


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1985, "1985-02-20"), (1990, "1990-01-27"), (2000, "2000-02-05"), (2008, "2008-02-07"), (2012, "2012-01-23"),
        (2020, "2020-01-25"), (2023, "2023-01-22"), (2024, "2024-02-10"), (2025, "2025-01-29"), (2026, "2026-02-17"),
        (2033, "2033-01-31"), (2034, "2034-02-19"), (2050, "2050-01-23"), (2055, "2055-01-28"),
    ],
)  # fmt: skip
def test_new_year_is_the_day_that_was_kept(year: int, day: str) -> None:
    assert lunar.new_year(year) == date.fromisoformat(day)
    assert lunar.eve(year) == date.fromisoformat(day) - timedelta(days=1)


@pytest.mark.parametrize(
    ("year", "month", "day", "leap", "solar"),
    [
        (2024, 8, 15, False, "2024-09-17"), (2025, 8, 15, False, "2025-10-06"), (2025, 6, 3, True, "2025-07-27"),
        (2020, 4, 30, False, "2020-05-22"), (2020, 4, 1, True, "2020-05-23"), (2023, 2, 1, True, "2023-03-22"),
        (2033, 11, 1, True, "2033-12-22"), (2024, 5, 5, False, "2024-06-10"), (2023, 12, 23, False, "2024-02-02"),
        (2014, 9, 9, False, "2014-10-02"), (2006, 7, 1, True, "2006-08-24"),
    ],
)  # fmt: skip
def test_a_day_of_the_farmers_is_the_day_of_ours(
    year: int, month: int, day: int, leap: bool, solar: str
) -> None:
    assert lunar.solar(year, month, day, leap=leap) == date.fromisoformat(solar)


@pytest.mark.parametrize("year", YEARS)
def test_the_months_of_a_year_follow_each_other_up_to_the_next(year: int) -> None:
    day = lunar.new_year(year)
    assert day is not None
    for month in range(1, 13):
        for leap in (False, True):
            first = lunar.solar(year, month, 1, leap=leap)
            if leap and first is None:
                continue
            assert first == day
            last = lunar.solar(year, month, 30, leap=leap) or lunar.solar(year, month, 29, leap=leap)
            assert last is not None
            day = last + timedelta(days=1)
    following = lunar.new_year(year + 1)
    assert following in (day, None)


@pytest.mark.parametrize("year", YEARS)
def test_clear_and_bright_and_midwinter_fall_on_their_days(year: int) -> None:
    assert lunar.bright_and_clear(year) in (date(year, 4, 4), date(year, 4, 5))
    assert lunar.midwinter(year) in (date(year, 12, 21), date(year, 12, 22))


def test_what_the_table_does_not_hold_is_none() -> None:
    assert lunar.new_year(1984) is lunar.new_year(2056) is None
    assert lunar.solar(1984, 1, 1) is lunar.solar(2056, 1, 1) is lunar.eve(2056) is None
    assert lunar.solar(2025, 13, 1) is lunar.solar(2025, 0, 1) is lunar.solar(2025, 1, 31) is None
    assert lunar.solar(2024, 6, 3, leap=True) is None


def test_the_published_exceptions_of_the_seasons_hold() -> None:
    assert lunar.midwinter(2021) == date(2021, 12, 21)
    assert lunar.midwinter(2023) == date(2023, 12, 22)
    assert lunar.bright_and_clear(2025) == date(2025, 4, 4)
    assert lunar.bright_and_clear(2027) == date(2027, 4, 5)
