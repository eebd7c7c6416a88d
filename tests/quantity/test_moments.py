"""Moments are Beijing time with a zone, to the minute, and spoken as the desk speaks."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinji_report.moments import BEIJING, in_report, iso, on_screen, parse_moment, spoken_span, whole_minutes

MOMENT = datetime(2026, 3, 5, 9, 5, tzinfo=BEIJING)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05T09:05",
        "2026-03-05 09:05",
        "2026-03-05T09:05:00",
        " 2026-03-05T09:05\n",
        "2026-03-05T09:05+08:00",
        "2026-03-05T01:05Z",
        "2026-03-04T20:05-05:00",
    ],
)
def test_a_moment_is_read_with_and_without_its_offset(text):
    moment = parse_moment(text)
    assert moment == MOMENT
    assert moment.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    "text", ["", "昨晚", "2026-02-30T09:00", "2026-03-05T25:00", "09:05", "\x00", "20260305T0905x"]
)
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(ValueError):
        parse_moment(text)


@pytest.mark.parametrize("text", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-10:00"])
def test_a_moment_beyond_the_calendar_is_refused_like_any_other_that_is_none(text):
    with pytest.raises(ValueError):
        parse_moment(text)


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2100, 1, 1)))
def test_iso_brings_back_the_same_moment_to_the_second(naive):
    moment = naive.replace(tzinfo=BEIJING)
    assert parse_moment(iso(moment)) == moment.replace(microsecond=0)


@given(st.datetimes())
def test_iso_writes_every_moment_of_the_calendar_as_the_library_does(naive):
    moment = naive.replace(tzinfo=BEIJING)
    assert iso(moment) == moment.isoformat(timespec="seconds")


@given(
    st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2100, 1, 1)),
    st.integers(min_value=-14 * 60, max_value=14 * 60),
)
def test_the_same_instant_reads_the_same_from_any_zone(naive, minutes):
    instant = naive.replace(tzinfo=UTC, microsecond=0)
    elsewhere = instant.astimezone(timezone(timedelta(minutes=minutes)))
    assert parse_moment(elsewhere.isoformat()) == instant


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [(0, 0), (59, 0), (60, 1), (61, 1), (119, 1), (-1, -1), (-59, -1), (-60, -1), (-61, -2), (-90, -2)],
)
def test_minutes_are_whole_and_fall_towards_minus_infinity(seconds, minutes):
    assert whole_minutes(timedelta(seconds=seconds)) == minutes


@given(st.integers(min_value=-(10**7), max_value=10**7))
def test_a_span_is_never_shown_longer_than_it_is(seconds):
    span = timedelta(seconds=seconds)
    assert whole_minutes(span) * 60 <= seconds < (whole_minutes(span) + 1) * 60


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0分钟"),
        (12, "12分钟"),
        (59, "59分钟"),
        (60, "1小时"),
        (61, "1小时01分"),
        (125, "2小时05分"),
        (23 * 60 + 59, "23小时59分"),
        (24 * 60, "1天"),
        (24 * 60 + 59, "1天"),
        (25 * 60, "1天1小时"),
        (76 * 60, "3天4小时"),
    ],
)
def test_a_span_is_spoken_in_its_two_largest_units(minutes, words):
    assert spoken_span(minutes) == words


def test_the_year_stands_on_screen_only_where_it_is_another_one():
    assert on_screen(MOMENT, beside=MOMENT) == "3月5日 09:05"
    assert on_screen(MOMENT, beside=MOMENT.replace(year=2025)) == "2026年3月5日 09:05"
    assert on_screen(MOMENT) == "2026年3月5日 09:05"


def test_a_report_writes_moments_as_official_papers_do():
    assert in_report(MOMENT) == "2026年3月5日9时05分"
