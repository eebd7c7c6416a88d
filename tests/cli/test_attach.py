"""A call about a case that is known already (R11): said, and attached where that is asked for."""

from pathlib import Path

import pytest

from .conftest import Jinji
from .refusal import refused, written

FIRE = "9时20分，城关镇东街一服装店起火，2人死亡，1人重伤"
NEWS = "续报：城关镇东街服装店火灾，死亡增至3人"


def at(minute: str) -> tuple[str, str]:
    return ("--now", f"2026-03-05T{minute}")


@pytest.fixture
def fire(jinji: Jinji) -> Jinji:
    assert jinji("new", "-y", FIRE, *at("09:25")).code == 0
    return jinji


def test_in_a_pipe_it_becomes_a_case_of_its_own_and_says_how_to_attach_it(fire: Jinji) -> None:
    outcome = fire("new", "-y", NEWS, *at("09:50"))
    assert outcome.code == 0
    assert (
        "像是同一件事（同为火灾；地点相同（东街服装店）；25分钟前接报；来电说“续报”；死亡由2到3）"
        in outcome.err
    )
    assert "已另立 20260305-02" in outcome.err
    assert "jinji followup 20260305-01" in outcome.err
    assert "--attach 20260305-01" in outcome.err
    assert "案卷 20260305-02" in outcome.out


def test_json_has_the_likeness_and_its_reasons(fire: Jinji) -> None:
    answer = fire("new", "--json", NEWS, *at("09:50")).json
    assert answer["resembles"] == "20260305-01"
    (one,) = answer["alike"]
    assert (one["case"], one["status"], one["sure"]) == ("20260305-01", "在办", True)
    assert "同为火灾" in one["reasons"]
    assert fire("new", "--json", "河西乡柳沟村山体滑坡，1人失联", *at("09:50")).json["alike"] == []


def test_auto_attaches_what_is_beyond_doubt(fire: Jinji) -> None:
    outcome = fire("new", "-y", NEWS, "--attach", "auto", *at("09:50"))
    assert outcome.code == 0
    assert "已录为 20260305-01 的续报（同为火灾" in outcome.err
    assert "【续报一　案卷 20260305-01】" in outcome.out
    assert len(fire("list", "--json", *at("09:51")).json["cases"]) == 1


def test_auto_attaches_nothing_that_could_be_another(fire: Jinji) -> None:
    for minute, note in (
        ("09:40", "河西乡东街一服装店起火，3人死亡"),
        ("09:41", "城关镇东街两车相撞，3人死亡"),
        ("09:42", "城关镇西街超市起火，3人死亡"),
    ):
        outcome = fire("new", "-y", note, "--attach", "auto", *at(minute))
        assert (outcome.code, outcome.err) == (0, ""), note
        assert "【首报" in outcome.out
    # A second fire in the same shop is on the desk: which of the two is meant?
    assert fire("new", "-y", FIRE, "--attach", "never", *at("09:43")).code == 0
    outcome = fire("new", "-y", NEWS, "--attach", "auto", *at("09:50"))
    assert "没有十足把握" in outcome.err
    assert "【首报" in outcome.out


def test_never_says_and_attaches_nothing(fire: Jinji) -> None:
    outcome = fire("new", "-y", NEWS, "--attach", "never", *at("09:50"))
    assert (outcome.code, outcome.err) == (0, "")
    assert "【首报　案卷 20260305-02" in outcome.out


def test_a_case_that_is_named_gets_the_call_whatever_it_tells(fire: Jinji, home: Path) -> None:
    answer = fire("new", "--json", "现场已清理完毕", "--attach", "01", *at("09:50")).json
    assert (answer["case"], answer["report"]["stage"]) == ("20260305-01", "续报")
    before = written(home)
    refused(fire("new", "-y", NEWS, "--attach", "77", *at("09:51")), 3)
    assert fire("close", "01", "-y", *at("09:52")).code == 0
    closed = written(home)
    assert fire("new", "-y", NEWS, "--attach", "01", *at("09:53")).code != 0
    assert written(home) == closed != before


def test_a_case_just_closed_is_told_and_not_attached(fire: Jinji) -> None:
    assert fire("close", "01", "-y", *at("09:40")).code == 0
    outcome = fire("new", "-y", NEWS, "--attach", "auto", *at("09:50"))
    assert "已结案卷 20260305-01" in outcome.err
    assert "jinji reopen 20260305-01" in outcome.err
    assert "【首报　案卷 20260305-02" in outcome.out


def test_what_is_set_goes_with_the_follow_up(fire: Jinji) -> None:
    answer = fire("new", "--json", NEWS, "--attach", "auto", "--set", "失联=1", *at("09:50")).json
    assert answer["incident"]["measures"]["missing"]["low"] == 1
    assert answer["incident"]["measures"]["deaths"]["low"] == 3
