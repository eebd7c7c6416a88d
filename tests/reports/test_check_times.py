"""Times that cannot be."""

from collections.abc import Callable

import pytest

from jinji_report.model.facts import Occurred
from jinji_report.moments import parse_moment
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Basis, Stage

from .check import Looked, fire, looked

Look = Callable[..., Looked]


@pytest.fixture
def look(standards: Standards) -> Look:
    return lambda facts, **more: looked(standards, facts, **more)


def at(clock: str) -> Occurred:
    return Occurred(parse_moment(clock))


@pytest.mark.parametrize(("clock", "found"), [("00:10", False), ("00:11", False), ("00:12", True)])
def test_nothing_happens_after_it_was_written(clock: str, found: bool, look: Look) -> None:
    made = look(fire(occurred=at(f"2026-03-05T{clock}"), moments={}))
    assert ("B301" in made.codes) is found


def test_a_time_to_come_in_an_edited_text_is_pointed_at(look: Look) -> None:
    made = look(fire(), edit=lambda text: text.replace("明火", "").replace("3月4日23时", "3月6日23时"))
    assert made["B301"].must
    assert made.words("B301") == "2026年3月6日23时30分"


@pytest.mark.parametrize("words", ["预计3月6日8时恢复通行", "定于3月9日复课"])
def test_a_plan_may_lie_ahead(words: str, look: Look) -> None:
    assert "B301" not in look(fire(progress=words), before=fire(progress=""), stage=Stage.FOLLOW_UP).codes


def test_a_month_without_a_year_is_that_of_the_last_one(look: Look) -> None:
    facts = fire(progress="自12月30日起停业")
    assert "B301" not in look(facts, before=fire(progress=""), stage=Stage.FOLLOW_UP).codes


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("3月4日24时", False),
        ("3月4日25时", True),
        ("2月29日", True),
        ("2月28日", False),
        ("3月4日8时60分", True),
    ],
)
def test_the_calendar_and_the_clock_hold(words: str, found: bool, look: Look) -> None:
    made = look(fire(progress=f"{words}开始扑救"), before=fire(progress=""), stage=Stage.FOLLOW_UP)
    assert ("B305" in made.codes) is found


@pytest.mark.parametrize(("clock", "found"), [("23:29", True), ("23:30", False), ("23:31", False)])
def test_nobody_hears_of_what_has_not_happened(clock: str, found: bool, look: Look) -> None:
    made = look(fire(moments={"received": parse_moment(f"2026-03-04T{clock}")}))
    assert ("B302" in made.codes) is found


@pytest.mark.parametrize("name", ["alarm", "discovered"])
@pytest.mark.parametrize(("clock", "found"), [("23:29", True), ("23:30", False), ("23:31", False)])
def test_an_alarm_before_the_occurrence_is_only_looked_at(
    name: str, clock: str, found: bool, look: Look
) -> None:
    made = look(fire(moments={name: parse_moment(f"2026-03-04T{clock}")}))
    assert ("B303" in made.codes) is found
    assert "B302" not in made.codes


def test_an_alarm_that_stands_for_the_occurrence_is_not_before_it(look: Look) -> None:
    occurred = Occurred(parse_moment("2026-03-04T23:30"), basis=Basis.ALARM)
    assert "B302" not in look(fire(occurred=occurred, moments={"alarm": occurred.at})).codes


@pytest.mark.parametrize(("discovered", "found"), [("23:39", False), ("23:40", False), ("23:41", True)])
def test_discovery_after_the_alarm_is_looked_at(discovered: str, found: bool, look: Look) -> None:
    moments = {
        name: parse_moment(f"2026-03-04T{c}") for name, c in (("discovered", discovered), ("alarm", "23:40"))
    }
    made = look(fire(moments=moments))
    assert ("B303" in made.codes) is found


@pytest.mark.parametrize(("clock", "found"), [("2026-03-04T00:10", False), ("2026-03-04T00:09", True)])
def test_a_call_more_than_a_day_later_is_looked_at(clock: str, found: bool, look: Look) -> None:
    facts = fire(occurred=at(clock), moments={"received": parse_moment("2026-03-05T00:10")})
    assert ("B304" in look(facts).codes) is found


def test_the_gap_of_what_is_kept_on_file_is_no_matter(look: Look) -> None:
    quiet = {"deaths": 0, "injured": 0, "category": "道路交通事故", "course": "两车刮擦"}
    assert "B304" not in look(fire(occurred=at("2026-03-01T08:00"), **quiet)).codes


def test_the_gap_is_asked_once(look: Look) -> None:
    facts = fire(occurred=at("2026-03-01T08:00"))
    assert "B304" in look(facts).codes
    assert "B304" not in look(facts, before=facts, stage=Stage.FOLLOW_UP).codes
