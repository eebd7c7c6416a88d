"""Moments that an officer tells as such: the end of the response starts the clock of the final report."""

import pytest

from .conftest import Jinji

NOTE = "3月5日9点，城关镇东街一民房起火，3人死亡。消防大队李队长报。"


@pytest.fixture
def fire(jinji: Jinji, monkeypatch: pytest.MonkeyPatch) -> Jinji:
    monkeypatch.setenv("JINJI_STANDARDS", "panshan")
    assert jinji("new", NOTE, "--no-input", "--now", "2026-03-05T09:10").code == 0
    return jinji


def final(jinji: Jinji, now: str) -> list[tuple[str, str]]:
    limits = jinji("show", "01", "--json", "--now", now).json["limits"]
    return [(one["due"], one["state"]) for one in limits if one["id"] == "final" and one["ours"]]


def test_the_end_of_the_response_starts_the_day_of_the_final_report(fire: Jinji) -> None:
    assert final(fire, "2026-03-05T18:00") == []
    told = fire("followup", "01", "--set", "处置结束=14:20", "--no-input", "--now", "2026-03-05T18:00")
    assert told.code == 0
    assert set(final(fire, "2026-03-05T18:00")) == {("2026-03-06T14:20:00+08:00", "open")}
    assert set(final(fire, "2026-03-06T14:21")) == {("2026-03-06T14:20:00+08:00", "overdue")}


def test_a_moment_that_has_not_come_or_is_none_is_refused(fire: Jinji) -> None:
    for value, words in (
        ("2026-03-06T14:20", "晚于现在"),
        ("08:59", "早于事发"),
        ("很快", "处置结束=14:20"),
    ):
        line = ["followup", "01", "--set", f"处置结束={value}", "--no-input", "--now", "2026-03-05T18:00"]
        refused = fire(*line)
        assert (refused.code, refused.out) == (3, "") and words in refused.err


def test_an_empty_value_takes_the_moment_out_again(fire: Jinji) -> None:
    at = ["--no-input", "--now", "2026-03-05T18:00"]
    assert fire("followup", "01", "--set", "处置结束=14:20", *at).code == 0
    assert fire("followup", "01", "--set", "处置结束=", "--correct", *at).code == 0
    assert final(fire, "2026-03-05T18:00") == []
