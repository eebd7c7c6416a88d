"""jinji ledger repair and reindex: what they say, and that the desk can go on afterwards."""

from pathlib import Path

import pytest

from .conftest import Jinji
from .refusal import written

FIRE = "城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"


@pytest.fixture
def broken(jinji: Jinji, home: Path) -> Jinji:
    """A ledger of two cases with one figure altered in the first."""
    for hour in ("09", "15"):
        assert jinji("new", FIRE.replace("东", hour), "--now", f"2026-03-05T{hour}:25").code == 0
    file = home / "ledger.jsonl"
    file.write_bytes(file.read_bytes().replace("2人死亡".encode(), "1人死亡".encode(), 1))
    assert jinji("ledger", "verify").code == 4
    return jinji


def test_a_broken_ledger_is_mended_and_the_desk_goes_on(broken: Jinji, home: Path) -> None:
    outcome = broken("ledger", "repair", "--now", "2026-03-05T16:00")
    aside = home / "ledger.jsonl.damaged-20260305T1600"
    assert outcome.code == 0 and "已修复" in outcome.out and str(aside) in outcome.out.replace("\n", "")
    assert aside.is_file()
    assert broken("ledger", "verify").code == 0
    assert broken("show", "20260305-02").code == 0
    assert broken("close", "20260305-02", "--now", "2026-03-05T16:10").code == 0


def test_the_answer_in_json(broken: Jinji, home: Path) -> None:
    answer = broken("ledger", "repair", "--json", "--now", "2026-03-05T16:00").json
    assert (answer["schema"], answer["wrong"], answer["done"]) == ("jinji/1", True, True)
    assert len(answer["broken"]["sha256"]) == 64 and answer["broken"]["breaks"][0]["code"] == "chain"
    assert answer["head"] == broken("ledger", "head").out.strip()
    again = broken("ledger", "repair", "--json").json
    assert (again["wrong"], again["done"], again["broken"]) == (False, False, None)


def test_a_trial_says_what_would_be_done_and_writes_nothing(broken: Jinji, home: Path) -> None:
    before = written(home)
    outcome = broken("ledger", "repair", "--dry-run", "--now", "2026-03-05T16:00")
    assert outcome.code == 0 and "要修复" in outcome.out and "预演" in outcome.out
    assert written(home) == before


def test_a_sound_ledger_needs_nothing(jinji: Jinji, home: Path) -> None:
    assert jinji("new", FIRE).code == 0
    before = written(home)
    outcome = jinji("ledger", "repair")
    assert outcome.code == 0 and "没有毛病" in outcome.out and written(home) == before


def test_an_empty_ledger_needs_nothing_and_gets_no_file(jinji: Jinji, home: Path) -> None:
    assert "没有毛病" in jinji("ledger", "repair").out
    assert "还没有条目" in jinji("ledger", "reindex").out
    assert not list(home.rglob("*.jsonl")) and not list(home.rglob("*.index"))


def test_the_index_is_made_anew_and_its_speed_told(jinji: Jinji, home: Path) -> None:
    assert jinji("new", FIRE).code == 0
    index = home / "ledger.jsonl.index"
    index.write_bytes(b"noise")
    answer = jinji("ledger", "reindex", "--json").json
    assert answer["entries"] == len((home / "ledger.jsonl").read_bytes().splitlines())
    assert answer["per_second"] > 0 and answer["index"] == str(index)
    assert index.read_bytes().startswith(b"SQLite")
    assert "索引已重做" in jinji("ledger", "reindex").out


def test_a_break_in_a_sealed_year_is_mended_and_the_year_can_be_sealed_again(
    jinji: Jinji, home: Path
) -> None:
    for year in (2024, 2025, 2026):
        assert jinji("new", FIRE, "--now", f"{year}-03-20T09:25").code == 0
        assert jinji("close", f"{year}0320-01", "--now", f"{year}-03-21T09:25").code == 0
    assert jinji("ledger", "archive", "--through", "2025", "--now", "2026-04-01T08:00").code == 0
    file = home / "archive" / "ledger-2025.jsonl"
    file.chmod(0o600)
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*lines[:5], b"noise\n", *lines[6:]]))
    assert jinji("ledger", "verify").code == 4
    assert "ledger repair" in jinji("doctor").out

    trial = jinji("ledger", "repair", "--dry-run", "--now", "2026-04-01T09:00")
    assert "archive/ledger-2025.jsonl 前 4 行不动" in trial.out.replace("\n", "")
    outcome = jinji("ledger", "repair", "--now", "2026-04-01T09:00")
    aside = home / "archive" / "ledger-2025.jsonl.damaged-20260401T0900"
    assert outcome.code == 0 and str(aside) in outcome.out.replace("\n", "") and aside.is_file()
    assert "archive/ledger-2025.jsonl 第 6 行不是 JSON 记录，没有收进新台账" in outcome.out
    assert jinji("ledger", "verify").code == 0
    listed = jinji("list", "--json").json["cases"]
    assert [row["case"] for row in listed] == ["20240320-01", "20250320-01", "20260320-01"]
    assert "修复*  张值班  留下 4 条，略去 1 行" in jinji("log", "-n", "99").out

    assert jinji("ledger", "archive", "--through", "2025", "--now", "2026-04-01T10:00").code == 0
    assert jinji("ledger", "verify").code == 0
    assert [row["case"] for row in jinji("list", "--json").json["cases"]] == [row["case"] for row in listed]
