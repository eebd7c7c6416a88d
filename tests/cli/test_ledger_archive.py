"""jinji ledger archive: what it takes, what it refuses, and what is found afterwards."""

from pathlib import Path

import pytest

from .conftest import Jinji
from .refusal import refused, written

FIRE = "城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"


@pytest.fixture
def years(jinji: Jinji) -> Jinji:
    for year in (2024, 2025, 2026):
        assert jinji("new", FIRE, "--now", f"{year}-03-20T09:25").code == 0
        assert jinji("close", f"{year}0320-01", "--now", f"{year}-03-21T09:25").code == 0
    return jinji


def test_the_last_year_but_one_goes_and_its_cases_are_still_found(years: Jinji, home: Path) -> None:
    told = years("list", "--json").out, years("show", "20240320-01").out, years("export").out
    head = years("ledger", "head").out.strip()
    outcome = years("ledger", "archive", "--now", "2026-04-01T08:00")
    sealed = home / "archive" / "ledger-2024.jsonl"
    assert outcome.code == 0 and f"已归档 2024 年及以前的 4 条 → {sealed}" in outcome.out
    assert (years("list", "--json").out, years("show", "20240320-01").out, years("export").out) == told
    assert years("show", "20240320-01").err == ""
    assert years("ledger", "verify", "--expect", head).code == 0


def test_the_answer_in_json(years: Jinji, home: Path) -> None:
    answer = years("ledger", "archive", "--through", "2025", "--now", "2026-04-01T08:00", "--json").json
    assert answer["schema"] == "jinji/1" and answer["done"] is True and answer["through"] == 2025
    assert answer["file"] == str(home / "archive" / "ledger-2025.jsonl")
    assert (
        answer["entries"]
        == answer["seq"]
        == len((home / "archive/ledger-2025.jsonl").read_bytes().splitlines())
    )


def test_a_trial_says_the_same_and_writes_nothing(years: Jinji, home: Path) -> None:
    before = written(home)
    outcome = years("ledger", "archive", "--dry-run", "--now", "2026-04-01T08:00")
    assert outcome.code == 0 and "要归档 2024 年及以前的 4 条" in outcome.out
    assert written(home) == before


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--through", "2026"], "2026 年还没有过完"),
        (["--through", "2030"], "2030 年还没有过完"),
        (["--through", "2023"], "没有 2023 年及以前登记的条目"),
    ],
)
def test_a_year_that_cannot_be_sealed_is_refused(
    years: Jinji, home: Path, arguments: list[str], problem: str
) -> None:
    before = written(home)
    outcome = years("ledger", "archive", *arguments, "--now", "2026-04-01T08:00")
    refused(outcome)
    assert problem in outcome.err and written(home) == before


def test_cases_that_are_still_open_are_named_and_stop_it(years: Jinji, home: Path) -> None:
    assert years("reopen", "20240320-01", "--reason", "又有情况", "--now", "2026-03-30T08:00").code == 0
    before = written(home)
    outcome = years("ledger", "archive", "--now", "2026-04-01T08:00")
    refused(outcome)
    assert "还有 1 件在办（20240320-01）" in outcome.err and written(home) == before


def test_what_was_sealed_is_not_sealed_again(years: Jinji, home: Path) -> None:
    assert years("ledger", "archive", "--now", "2026-04-01T08:00").code == 0
    before = written(home)
    refused(years("ledger", "archive", "--now", "2026-04-01T08:00"))
    assert written(home) == before


def test_where_the_sealed_file_was_taken_elsewhere_the_rest_goes_on(years: Jinji, home: Path) -> None:
    now = ("--now", "2026-04-01T08:00")
    assert years("ledger", "archive", *now).code == 0
    (home / "archive").rename(home.parent / "elsewhere")
    for path in home.glob("ledger.jsonl.index*"):
        path.unlink()
    for line in (["list"], ["show", "latest"], ["ledger", "verify"], ["log"], ["export"]):
        outcome = years(*line, *(() if line[0] == "ledger" else now))
        assert outcome.code == 0 and "改动" not in outcome.err, (line, outcome)
    assert years("new", "-y", "9时10分，河西乡一民房起火，1人死亡", *now).code == 0
    assert years("ledger", "verify").code == 0
