"""Times against `now`: past-preferring, each told apart by what it is the moment of."""

import pytest

from jinji_report.intake.values import parse_when
from jinji_report.moments import parse_moment
from jinji_report.vocabulary import Basis, Precision
from tests.intake.words import NOW, reading


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("昨晚11点半", "2026-03-04T23:30"),
        ("3月4日23时30分许", "2026-03-04T23:30"),
        ("凌晨1点20分许", "2026-03-05T01:20"),
        ("半小时前", "2026-03-05T09:00"),
        ("四十分钟前", "2026-03-05T08:50"),
        ("2:20pm", "2026-03-04T14:20"),
        ("二十点四十", "2026-03-04T20:40"),
        ("上周五晚上9点", "2026-02-27T21:00"),
        ("昨晚2点", "2026-03-05T02:00"),
        ("晚12点", "2026-03-05T00:00"),
        ("12月31日晚11时", "2025-12-31T23:00"),
        ("２２：３０许", "2026-03-04T22:30"),
        ("12日15时33分", "2026-02-12T15:33"),
        ("去年12月1日8时", "2025-12-01T08:00"),
        ("一个半小时前", "2026-03-05T08:00"),
    ],
)
def test_a_time_is_the_latest_past_that_its_words_allow(said: str, at: str) -> None:
    assert parse_when(said, NOW).at == parse_moment(at)


def test_after_midnight_this_evening_is_the_evening_before() -> None:
    assert parse_when("今晚11点", parse_moment("2026-01-01T01:10")).at == parse_moment("2025-12-31T23:00")


@pytest.mark.parametrize(
    "said", ["明天", "2027年1月1日", "1900年1月1日", "今晚8点", "13月1日", "昨天和前天", "abc", ""]
)
def test_what_is_no_past_time_is_refused_in_one_sentence(said: str) -> None:
    with pytest.raises(ValueError, match="时间"):
        parse_when(said, NOW)


def test_a_part_of_a_day_is_a_span_that_never_passes_now() -> None:
    occurred = reading("今天上午仓库起火").facts.occurred
    assert occurred is not None
    assert occurred.precision is Precision.PART_OF_DAY
    assert (occurred.at, occurred.until) == (parse_moment("2026-03-05T06:00"), NOW)


def test_a_clock_takes_the_day_that_was_told_before_it() -> None:
    occurred = reading("昨天办喜酒，上午9点40屋顶着火").facts.occurred
    assert occurred is not None
    assert occurred.at == parse_moment("2026-03-04T09:40")


def test_alarm_and_discovery_stand_in_only_where_nothing_better_was_told() -> None:
    only = reading("8点10分接警，东街仓库起火").facts
    assert only.occurred is not None and only.occurred.basis is Basis.ALARM
    both = reading("8点东街仓库起火，8点10分接警").facts
    assert both.occurred is not None and both.occurred.basis is Basis.OCCURRED
    assert both.moments["alarm"] == parse_moment("2026-03-05T08:10")


def test_as_of_and_put_out_are_not_the_occurrence() -> None:
    assert reading("截至今日8时，2人死亡").facts.occurred is None
    occurred = reading("昨日12时50分许东街仓库起火，13时33分扑灭").facts.occurred
    assert occurred is not None and occurred.at == parse_moment("2026-03-04T12:50")


def test_a_future_time_is_asked_about_and_not_taken() -> None:
    found = reading("今天10点仓库起火")
    assert found.facts.occurred is None
    assert found.doubts[0].field == "occurred"


def test_a_clock_without_the_half_of_the_day_is_marked_to_be_confirmed() -> None:
    assert any(doubt.field == "occurred" for doubt in reading("8点东街仓库起火").doubts)
    assert not any(doubt.field == "occurred" for doubt in reading("早上8点东街仓库起火").doubts)


@pytest.mark.parametrize(
    ("text", "minute"),
    [("今天8点50头一响，又炸了一次", 50), ("今天8点50头牛死了", 0), ("今天8点50头一次停电", 50)],
)
def test_the_minutes_before_a_first_blast_are_no_cattle(text: str, minute: int) -> None:
    found = reading(text).facts.occurred
    assert found is not None
    assert (found.at.hour, found.at.minute) == (8, minute)


@pytest.mark.parametrize(("text", "day"), [("大初二走亲戚，桥头两车相撞", 18), ("师大初二学生晕倒", None)])
def test_the_second_of_the_year_is_no_class_of_a_school(text: str, day: int | None) -> None:
    found = reading(text).facts.occurred
    assert (found.at.day if found else None) == day
