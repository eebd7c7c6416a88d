"""jinji backflow: who knew of it before the desk had reported it, each counted once, wherever a case is told."""

from pathlib import Path

import pytest

from .conftest import Jinji
from .refusal import refused, written

DAY = "2026-03-05T"
FIRE = "9时20分，城关镇东街一服装店起火，2人死亡，1人重伤"


def at(minute: str) -> tuple[str, str]:
    return ("--now", f"{DAY}{minute}")


@pytest.fixture
def fire(jinji: Jinji) -> Jinji:
    assert jinji("new", "-y", FIRE, *at("09:25")).code == 0
    return jinji


def counted(jinji: Jinji, minute: str) -> tuple[list[str], int, str]:
    """As show, list and export tell it."""
    shown = jinji("show", "01", "--json", *at(minute)).json["backflows"]
    (row,) = jinji("list", "--json", *at(minute)).json["cases"]
    (exported,) = jinji("export", "--format", "json", *at(minute)).json
    return [one["who"] for one in shown], row["backflows"], exported["backflows"]


def test_what_is_entered_is_counted_wherever_the_case_is_told(fire: Jinji) -> None:
    assert counted(fire, "09:26") == ([], 0, "")
    done = fire("backflow", "01", "--who", "互联网", "--text", "微博已有视频", "--json", *at("09:28"))
    assert done.code == 0 and done.err == ""
    assert (done.json["who"], done.json["at"]) == ("互联网", f"{DAY}09:28:00+08:00")
    assert counted(fire, "09:29") == (["互联网"], 1, "互联网")
    assert "倒灌 1 次：互联网（3月5日 09:28，微博已有视频）" in fire("show", "01", *at("09:29")).out


def test_the_count_of_a_closed_case_and_of_one_that_others_were_merged_into_is_the_same(fire: Jinji) -> None:
    assert fire("backflow", "01", "--who", "媒体", "--text", "晚报来问", *at("09:28")).code == 0
    assert fire("close", "01", *at("09:40")).code == 0
    assert counted(fire, "09:41") == (["媒体"], 1, "媒体")
    assert fire("new", "-y", FIRE, *at("09:42")).code == 0
    assert fire("backflow", "02", "--who", "互联网", "--text", "微博", *at("09:43")).code == 0
    assert fire("reopen", "01", "--reason", "又有电话", *at("09:44")).code == 0
    assert fire("merge", "02", "01", "--reason", "同一件", *at("09:45")).code == 0
    assert fire("close", "01", *at("09:46")).code == 0
    rows = fire("list", "--json", *at("09:47")).json["cases"]
    assert [row["backflows"] for row in rows] == [2, 1]
    assert len(fire("show", "01", "--json", *at("09:47")).json["backflows"]) == 2


def test_the_same_is_not_counted_twice(fire: Jinji, home: Path) -> None:
    assert fire("backflow", "01", "--who", "上级", "--text", "市里来电", *at("09:28")).code == 0
    before = written(home)
    outcome = fire("backflow", "01", "--who", "上级", "--text", "市里又来电", *at("09:30"))
    refused(outcome)
    assert "不重复计" in outcome.err and written(home) == before


def test_who_learned_of_it_after_the_report_did_not_know_first(fire: Jinji) -> None:
    assert fire("sent", "01", "--form", "电话", *at("09:35")).code == 0
    for minute in ("09:35", "09:36"):
        outcome = fire("backflow", "01", "--who", "互联网", "--text", "微博", *at(minute))
        refused(outcome)
        assert "已报出" in outcome.err
    earlier = ("--at", f"{DAY}09:34", "--reason", "刚看到")
    assert fire("backflow", "01", "--who", "互联网", "--text", "微博", *earlier, *at("09:50")).code == 0


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (("--text", "微博"), 2, "--who"),
        (("--who", "互联网"), 2, "--text"),
        (("--who", "邻居", "--text", "x"), 2, "--who"),
        (("--who", "互联网", "--text", "密级：机密"), 3, "涉密"),
        (("--who", "互联网", "--text", "微博", "--at", f"{DAY}09:19"), 2, "--reason"),
        (
            ("--who", "互联网", "--text", "微博", "--at", f"{DAY}09:19", "--reason", "补"),
            3,
            "早于事发时间",
        ),
    ],
)
def test_bad_input_is_one_sentence_and_a_remedy(
    fire: Jinji, home: Path, more: tuple[str, ...], code: int, words: str
) -> None:
    before = written(home)
    outcome = fire("backflow", "01", *more, *at("09:30"))
    refused(outcome, code)
    assert words in outcome.err and written(home) == before


def test_it_is_taken_back_like_any_entry(fire: Jinji) -> None:
    assert fire("backflow", "01", "--who", "上级", "--text", "市里来电", *at("09:28")).code == 0
    undone = fire("undo", "01", "--reason", "看错了", *at("09:29"))
    assert "倒灌" in undone.out and "没有因此变样" not in undone.err
    assert counted(fire, "09:30") == ([], 0, "")
