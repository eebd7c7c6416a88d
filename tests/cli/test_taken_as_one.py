"""A call of several incidents that is taken as one says so; figures that cannot all be right are asked about."""

import json
from pathlib import Path

import pytest

from .conftest import Jinji

NOW = ("--now", "2026-03-05T09:30")
BOTH = "3月4日晚11点东街起火死1人。另外，今早7点李庄村发生车祸，伤3人"
FOUND = "这里的数字是2件事合在一起的：第1件火灾死亡1人；第2件道路交通事故受伤3人"


def test_a_verdict_on_two_incidents_as_one_says_whose_the_figures_are(jinji: Jinji) -> None:
    answer = jinji("classify", "--json", BOTH, *NOW).json
    first = answer["findings"][0]
    assert first["text"].startswith(FOUND)
    assert BOTH[slice(*first["span"])] == "另外，今早7点李庄村发生车祸，伤3人"
    assert FOUND in jinji("classify", BOTH, *NOW).out


def test_a_batch_says_so_and_each_part_alone_has_nothing_to_say(jinji: Jinji, tmp_path: Path) -> None:
    lines = tmp_path / "calls.jsonl"
    lines.write_text(json.dumps({"id": 1, "text": BOTH}, ensure_ascii=False) + "\n", "utf-8")
    answer = json.loads(jinji("classify", "--jsonl", str(lines), "--apart", *NOW).out)
    assert answer["findings"][0]["text"].startswith(FOUND)
    for part in answer["parts"]:
        assert not any("合在一起" in doubt for doubt in part["doubts"])


def test_a_case_made_of_two_incidents_says_so_and_one_incident_does_not(jinji: Jinji) -> None:
    assert jinji("new", "--json", BOTH, *NOW).json["findings"][0]["text"].startswith(FOUND)
    apart = jinji("new", "--json", "--apart", BOTH, *NOW).json["cases"]
    one = jinji("new", "--json", "东街起火死1人", *NOW).json
    for case in (*apart, one):
        assert not any("合在一起" in doubt for doubt in case["doubts"])


@pytest.mark.parametrize(
    ("note", "field"),
    [
        ("今早8点G30高速车祸，车上5人，死亡6人", "deaths"),
        ("今早8点G30高速车祸，车上5人，受伤6人", "injured"),
        ("今早8点东街火灾，1人死亡，无人员伤亡", "deaths"),
    ],
)
def test_figures_that_cannot_all_be_right_are_asked_about(jinji: Jinji, note: str, field: str) -> None:
    found = jinji("classify", "--json", note, *NOW).json
    assert field in [one["field"] for one in found["findings"]]
    assert found["incident"]["measures"][field]["low"] > 0


@pytest.mark.parametrize(
    "note",
    [
        "今早8点G30高速车祸，车上5人，死亡5人",
        "今早8点G30高速车祸，车上5人，死亡4人，受伤1人",
        "今早8点东街火灾，1人死亡，无其他人员伤亡",
        "今早8点东街火灾，1人死亡，无新增人员伤亡",
        "今早8点东街火灾，无人员伤亡",
    ],
)
def test_figures_that_agree_are_not_asked_about(jinji: Jinji, note: str) -> None:
    assert jinji("classify", "--json", note, *NOW).json["findings"] == []
