"""followup --no-change: where nothing changed one line keeps the cadence; what is news is never called none."""

from pathlib import Path

import pytest

from .conftest import Jinji
from .refusal import refused, written

DAY = "2026-03-05T"
FIRE = "9时20分，城关镇东街一服装店起火，2人死亡，现场正在搜救"


def at(minute: str) -> tuple[str, str]:
    return ("--now", f"{DAY}{minute}")


def sent(jinji: Jinji, minute: str) -> None:
    assert jinji("sent", "01", "--form", "电话", *at(minute)).code == 0


@pytest.fixture
def fire(jinji: Jinji) -> Jinji:
    assert jinji("new", "-y", FIRE, *at("09:25")).code == 0
    return jinji


@pytest.fixture
def reported(fire: Jinji) -> Jinji:
    sent(fire, "09:35")
    return fire


def due(jinji: Jinji, minute: str) -> list[str]:
    limits = jinji("show", "01", "--json", *at(minute)).json["limits"]
    return [limit["due"][11:16] for limit in limits if limit["label"] == "续报" and limit["state"] == "open"]


def test_it_makes_the_numbered_report_that_says_just_that(reported: Jinji) -> None:
    made = reported("followup", "01", "--no-change", "--json", *at("10:30"))
    assert made.code == 0 and made.err == ""
    report = made.json["report"]
    assert (report["stage"], report["number"]) == ("续报", 1)
    body = report["text"].split("\n\n")[-1]
    assert "截至2026年3月5日10时30分，无新情况。" in body and "死亡" not in body and "搜救" not in body
    assert made.json["changes"] == [] and made.json["check"] == []
    shown = reported("show", "01", "--json", *at("10:31")).json
    assert [entry["kind"] for entry in shown["entries"]][-1] == "成文"
    assert shown["incident"]["measures"]["deaths"]["low"] == 2
    assert "无新情况" in reported("show", "01", *at("10:31")).out


def test_the_cadence_is_kept_once_it_is_sent(reported: Jinji) -> None:
    assert due(reported, "10:30") == ["11:35", "11:35"]
    assert reported("followup", "01", "--no-change", *at("10:30")).code == 0
    assert due(reported, "10:31") == ["11:35", "11:35"]
    sent(reported, "10:32")
    assert due(reported, "10:33") == ["12:32", "12:32"]


def test_twice_in_a_row_it_is_numbered_on(reported: Jinji) -> None:
    assert reported("followup", "01", "--no-change", *at("10:30")).code == 0
    assert reported("followup", "01", "--no-change", "--json", *at("10:40")).json["report"]["number"] == 2


def test_nothing_is_no_news_before_the_first_report_went_out(fire: Jinji, home: Path) -> None:
    before = written(home)
    outcome = fire("followup", "01", "--no-change", *at("09:30"))
    refused(outcome)
    assert "jinji sent 20260305-01" in outcome.err and written(home) == before


def test_what_was_written_and_never_sent_is_news(reported: Jinji) -> None:
    assert reported("followup", "01", "又有1人死亡", *at("10:00")).code == 0
    outcome = reported("followup", "01", "--no-change", *at("10:30"))
    refused(outcome)
    assert "续报一写了还没有报出" in outcome.err
    sent(reported, "10:31")
    assert reported("followup", "01", "--no-change", *at("10:32")).code == 0


def test_what_was_agreed_and_never_written_up_is_news_and_the_remedy_tells_it(reported: Jinji) -> None:
    assert (
        reported(
            "request", "01", "--kind", "批示", "--from", "市委办公室", "--text", "全力救治", *at("09:40")
        ).code
        == 0
    )
    assert reported("agree", "01", "--set", "重伤=3", "--reason", "核定", "--yes", *at("09:45")).code == 0
    assert reported("answer", "01", "--step", "反馈", "--text", "已全力救治", *at("09:50")).code == 0
    outcome = reported("followup", "01", "--no-change", *at("10:30"))
    refused(outcome)
    assert "jinji followup 20260305-01 --set 重伤=3。" in outcome.err and "jinji sent" not in outcome.err
    assert reported("followup", "01", "--set", "重伤=3", *at("10:31")).code == 0
    sent(reported, "10:32")
    assert reported("followup", "01", "--no-change", *at("10:33")).code == 0


def test_after_the_final_report_there_is_no_more_of_it(reported: Jinji) -> None:
    assert reported("followup", "01", "火已扑灭，原因系电线短路", "--final", *at("10:00")).code == 0
    outcome = reported("followup", "01", "--no-change", *at("10:30"))
    refused(outcome)
    assert "已有终报" in outcome.err


@pytest.mark.parametrize(
    "more", [("又有1人死亡",), ("--set", "死亡=3"), ("--correct",), ("--final",), ("--file", "x.txt")]
)
def test_it_goes_with_no_news(reported: Jinji, home: Path, more: tuple[str, ...]) -> None:
    before = written(home)
    refused(reported("followup", "01", *more, "--no-change", *at("10:30")), 2)
    assert written(home) == before


def test_a_death_within_the_window_opens_the_closed_case_again_and_regrades_it(reported: Jinji) -> None:
    assert reported("close", "01", *at("11:00")).code == 0
    assert reported("board", "--json", "--now", "2026-03-12T09:19").json["watched"] == 1
    assert reported("board", "--json", "--now", "2026-03-12T09:21").json["watched"] == 0  # fires: 7 days
    outcome = reported("followup", "01", "又有1人死亡", "--now", "2026-03-06T08:00")
    refused(outcome)
    assert "jinji reopen 20260305-01 --reason" in outcome.err
    refused(reported("followup", "01", "--no-change", "--now", "2026-03-06T08:00"))
    assert reported("reopen", "01", "--reason", "又有人死亡", "--now", "2026-03-06T08:01").code == 0
    news = reported("followup", "01", "又有1人死亡", "--json", "--now", "2026-03-06T08:02").json
    assert news["verdict"]["grade"]["low"] == "较大"


def test_a_case_without_a_final_report_stays_open_and_due(reported: Jinji) -> None:
    (row,) = reported("list", "--json", "--now", "2026-03-09T09:00").json["cases"]
    assert row["status"] == "在办" and row["minutes_left"] < 0
    closed = reported("close", "01", "--json", "--now", "2026-03-09T09:00").json
    assert "终报" in closed["missing"]
