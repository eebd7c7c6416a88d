"""Figures against the reports before, against one another, and against the case."""

from collections.abc import Callable

import pytest

from jinji_report.model.facts import Occurred, Place
from jinji_report.moments import parse_moment
from jinji_report.quantity import at_least, exactly, some_more, unknown
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Precision, Stage

from .check import Looked, fire, looked

Look = Callable[..., Looked]
UP = Stage.FOLLOW_UP


@pytest.fixture
def look(standards: Standards) -> Look:
    return lambda facts, **more: looked(standards, facts, **more)


def silent(text: str) -> str:
    """The text with no word that a figure was another before."""
    return text.replace("核减为", "为").replace("由", "")


@pytest.mark.parametrize(("now", "found"), [(1, True), (2, False), (3, False)])
def test_deaths_that_fell_in_silence_must_be_mended(now: int, found: bool, look: Look) -> None:
    made = look(fire(deaths=now), before=fire(), stage=UP, edit=silent)
    assert ("B201" in made.codes) is found


def test_deaths_cut_in_so_many_words_are_to_be_looked_at(look: Look) -> None:
    made = look(fire(deaths=1), before=fire(), stage=UP)
    assert "B201" not in made.codes
    assert not made["B202"].must
    assert "--correct --set 死亡=1" in made["B202"].remedy


def test_a_correction_is_no_contradiction(look: Look) -> None:
    before = fire(deaths=3, injured=9)
    assert look(fire(deaths=1, injured=1), before=before, stage=UP, correction=True).codes == set()


def test_a_range_that_still_holds_the_old_figure_has_not_fallen(look: Look) -> None:
    made = look(fire(deaths=2), before=fire(deaths=at_least(2, "至少2人")), stage=UP, edit=silent)
    assert "B201" not in made.codes


@pytest.mark.parametrize(("injured", "found"), [(2, False), (1, True)])
def test_the_hurt_may_fall_by_as_many_as_died(injured: int, found: bool, look: Look) -> None:
    made = look(fire(deaths=3, injured=injured), before=fire(deaths=2, injured=3), stage=UP)
    assert ("B203" in made.codes) is found


@pytest.mark.parametrize("words", ["2人已出院", "2人经治疗痊愈", "原报有误"])
def test_the_hurt_may_fall_where_the_text_says_where_they_went(words: str, look: Look) -> None:
    made = look(fire(injured=1, progress=words), before=fire(progress=""), stage=UP)
    assert "B203" not in made.codes


@pytest.mark.parametrize(
    ("deaths", "left", "found"), [(2, 3, False), (3, 2, False), (3, 1, True), (2, 2, True)]
)
def test_the_lost_must_add_up(deaths: int, left: int, found: bool, look: Look) -> None:
    before = fire(deaths=2, missing=2, trapped=1)
    made = look(fire(deaths=deaths, missing=left, trapped=0), before=before, stage=UP)
    assert ("B204" in made.codes) is found


@pytest.mark.parametrize(("injured", "found"), [(4, True), (5, False)])
def test_the_lost_who_are_among_the_hurt_now_add_up(injured: int, found: bool, look: Look) -> None:
    before = fire(injured=3, trapped=2)
    assert ("B204" in look(fire(injured=injured, trapped=0), before=before, stage=UP).codes) is found


def test_people_brought_out_are_accounted_for(look: Look) -> None:
    made = look(fire(trapped=0, progress="被困3人已救出"), before=fire(trapped=3), stage=UP)
    assert "B204" not in made.codes


@pytest.mark.parametrize(("serious", "found"), [(2, False), (3, False), (4, True)])
def test_a_part_may_be_the_whole_and_no_more(serious: int, found: bool, look: Look) -> None:
    assert ("B205" in look(fire(injured=3, seriously_injured=serious)).codes) is found


@pytest.mark.parametrize(("slight", "found"), [(1, False), (2, True)])
def test_two_parts_together_may_not_exceed_the_whole(slight: int, found: bool, look: Look) -> None:
    facts = fire(injured=3, seriously_injured=2, slightly_injured=slight)
    assert ("B205" in look(facts).codes) is found


def test_nothing_exceeds_what_is_not_known(look: Look) -> None:
    assert "B205" not in look(fire(injured=unknown("不详"), seriously_injured=4)).codes


def moved(clock: str, precision: Precision = Precision.MINUTE) -> Occurred:
    return Occurred(parse_moment(f"2026-03-04T{clock}"), precision)


@pytest.mark.parametrize(("clock", "found"), [("23:29", True), ("23:30", False), ("23:31", True)])
def test_another_minute_than_before_must_be_mended(clock: str, found: bool, look: Look) -> None:
    made = look(fire(occurred=moved(clock)), before=fire(), stage=Stage.FINAL)
    assert ("B206" in made.codes) is found


def test_an_hour_that_holds_the_minute_is_the_same_time(look: Look) -> None:
    made = look(fire(occurred=moved("23:00", Precision.HOUR)), before=fire(), stage=Stage.FINAL)
    assert "B206" not in made.codes


def test_a_time_that_is_said_to_be_mended_is_in_order(look: Look) -> None:
    assert "B206" not in look(fire(occurred=moved("22:30")), before=fire(), stage=UP).codes


def test_another_place_is_to_be_looked_at(look: Look) -> None:
    made = look(fire(place=Place("河西乡西街一网吧")), before=fire(), stage=Stage.FINAL)
    assert not made["B207"].must
    assert made.words("B207") == "河西乡西街一网吧"


def test_a_place_told_more_exactly_is_the_same_place(look: Look) -> None:
    made = look(fire(place=Place("城关镇东街一服装店二楼")), before=fire(), stage=Stage.FINAL)
    assert "B207" not in made.codes


@pytest.mark.parametrize(("said", "found"), [("1人死亡", True), ("2人死亡", False), ("3人死亡", True)])
def test_a_figure_of_an_edited_text_is_that_of_the_case(said: str, found: bool, look: Look) -> None:
    made = look(fire(), edit=lambda text: text.replace("2人死亡", said))
    assert ("B208" in made.codes) is found
    if found:
        assert made["B208"].must
        assert made.words("B208")


def test_a_figure_inside_the_range_of_the_case_does_not_differ(look: Look) -> None:
    facts = fire(injured=some_more(10, "十余人"))
    assert "B208" not in look(facts, edit=lambda text: text.replace("十余人受伤", "12人受伤")).codes


def test_a_figure_that_the_case_does_not_know_is_entered_first(look: Look) -> None:
    made = look(fire(injured=None), edit=lambda text: text.replace("2人死亡", "2人死亡、4人受伤"))
    assert "jinji followup 01 --set 受伤=4" in made["B208"].remedy


def test_the_dead_cannot_be_left_out(look: Look) -> None:
    made = look(fire(), edit=lambda text: text.replace("2人死亡、", "").replace("2人死亡", ""))
    assert made["B209"].must


def test_casualties_told_as_none_are_not_told(look: Look) -> None:
    facts = fire(deaths=2, injured=None)
    made = look(facts, edit=lambda text: text.replace("造成2人死亡", "未造成人员伤亡"))
    assert made.codes & {"B208", "B209"}


def test_no_dead_need_no_word(look: Look) -> None:
    made = look(fire(deaths=exactly(0, "无人死亡")), edit=lambda text: text.replace("暂无人员死亡报告", ""))
    assert "B209" not in made.codes


def test_the_time_of_an_edited_text_is_that_of_the_case(look: Look) -> None:
    made = look(fire(), edit=lambda text: text.replace("3月4日23时30分", "3月4日22时30分"))
    assert made["B210"].must


def test_the_place_of_an_edited_text_is_that_of_the_case(look: Look) -> None:
    made = look(fire(), edit=lambda text: text.replace("城关镇东街一服装店", "河西乡西街一网吧"))
    assert not made["B211"].must
    fuller = look(fire(), edit=lambda text: text.replace("城关镇东街", "示范县城关镇东街"))
    assert "B211" not in fuller.codes
