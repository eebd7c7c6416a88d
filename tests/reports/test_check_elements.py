"""Which elements a stage asks for, and which it does not."""

from collections.abc import Callable
from typing import Any

import pytest

from jinji_report.model.facts import Facts, Place, Source
from jinji_report.quantity import some_more, unknown
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Stage

from .check import Looked, fire, looked

Look = Callable[..., Looked]


@pytest.fixture
def look(standards: Standards) -> Look:
    return lambda facts, **more: looked(standards, facts, **more)


@pytest.mark.parametrize("stage", [Stage.FIRST, Stage.FOLLOW_UP, Stage.FINAL])
def test_a_report_that_is_wholly_told_is_in_order(stage: Stage, look: Look) -> None:
    assert look(fire(), stage=stage).codes == set()


@pytest.mark.parametrize("stage", [Stage.FIRST, Stage.FOLLOW_UP, Stage.FINAL])
def test_the_made_text_read_again_as_an_edited_one_is_in_order_too(stage: Stage, look: Look) -> None:
    assert look(fire(), stage=stage, edit=str).codes == set()


LACKING: list[tuple[str, dict[str, Any]]] = [
    ("B101", {"occurred": None}),
    ("B102", {"place": None}),
    ("B103", {"category": None, "category_said": "", "course": ""}),
    ("B105", {"source": Source()}),
]


@pytest.mark.parametrize(("code", "without"), LACKING)
def test_a_missing_element_of_a_first_report_is_found(code: str, without: dict[str, Any], look: Look) -> None:
    assert code in look(fire(**without)).codes


@pytest.mark.parametrize(("code", "without"), LACKING[:3])
def test_when_where_and_what_must_be_there(code: str, without: dict[str, Any], look: Look) -> None:
    assert look(fire(**without))[code].must


@pytest.mark.parametrize(("code", "without"), LACKING[3:])
def test_the_source_is_only_asked_for(code: str, without: dict[str, Any], look: Look) -> None:
    assert not look(fire(**without))[code].must


def test_a_first_report_needs_no_cause_no_measures_and_no_leaders(look: Look) -> None:
    assert look(fire(cause="", actions="", leaders="", progress="")).codes == set()


def test_the_remedy_is_a_line_to_type(look: Look) -> None:
    assert "jinji followup 01 --set 时间=" in look(fire(occurred=None))["B101"].remedy
    assert "jinji followup 01 --final --set 措施=" in look(fire(actions=""), stage=Stage.FINAL)["B111"].remedy


def test_casualties_under_checking_are_told(look: Look) -> None:
    facts = fire(deaths=unknown("伤亡不详"), injured=unknown("伤亡不详"))
    assert "B104" not in look(facts).codes


def test_a_follow_up_tells_measures_and_who_commands(look: Look) -> None:
    assert {"B106", "B107"} <= look(fire(actions="", leaders=""), stage=Stage.FOLLOW_UP).codes


def test_who_commands_is_only_asked_where_it_must_be_reported(look: Look) -> None:
    facts = fire(category="道路交通事故", deaths=0, injured=0, leaders="")
    assert "B107" not in look(facts, stage=Stage.FOLLOW_UP).codes


def test_a_follow_up_is_asked_for_no_cause_and_no_outcome(look: Look) -> None:
    assert look(fire(cause="", progress=""), stage=Stage.FOLLOW_UP).codes == set()


@pytest.mark.parametrize(
    ("code", "without"),
    [
        ("B108", {"cause": ""}),
        ("B111", {"actions": ""}),
        ("B112", {"progress": "", "actions": "出动4车20人"}),
    ],
)
def test_a_final_report_must_have_cause_measures_and_outcome(
    code: str, without: dict[str, Any], look: Look
) -> None:
    final = look(fire(**without), stage=Stage.FINAL)
    assert final[code].must
    assert code not in look(fire(**without), stage=Stage.FOLLOW_UP).codes


@pytest.mark.parametrize("cause", ["正在调查", "起火原因待进一步查明", "原因不明"])
def test_a_cause_under_inquiry_is_a_cause_to_look_at(cause: str, look: Look) -> None:
    final = look(fire(cause=cause), stage=Stage.FINAL)
    assert not final["B109"].must
    assert "B108" not in final.codes


@pytest.mark.parametrize("count", [unknown("伤亡不详"), some_more(10, "十余人")])
def test_the_figures_of_a_final_report_are_settled(count: Any, look: Look) -> None:
    assert look(fire(injured=count), stage=Stage.FINAL)["B110"].must
    assert "B110" not in look(fire(injured=count), stage=Stage.FOLLOW_UP).codes


def test_an_edited_text_stands_for_itself(look: Look) -> None:
    def without_place(text: str) -> str:
        return text.replace("城关镇东街一服装店", "")

    edited = look(fire(), edit=without_place)
    assert "B102" in edited.codes


def test_an_edited_text_says_what_is_known_of_people(look: Look) -> None:
    facts = fire(deaths=None, injured=None)
    assert "B104" not in look(facts).codes  # it says that they are being checked
    assert "B104" not in look(facts, edit=str).codes
    edited = look(facts, edit=lambda text: text.replace("，人员伤亡情况正在核实", ""))
    assert not edited["B104"].must


def test_what_the_editor_added_counts_as_told(look: Look) -> None:
    facts = fire(place=None, course="一服装店起火")
    edited = look(facts, edit=lambda text: text.replace("一服装店", "城关镇东街一服装店"))
    assert "B102" not in edited.codes


def test_a_place_of_two_characters_is_found_whole(look: Look) -> None:
    facts: Facts = fire(place=Place("东街"), course="东街起火")
    assert "B102" not in look(facts, edit=str).codes
