"""The reading's work shown: spans in JSON, what was left unused, what else it may be, and the note with its marks."""

import json
from typing import Any

import pytest

from jinji_report.cli.screen import cells

from .conftest import Jinji
from .refusal import refused

NOW = ("--now", "2026-03-05T09:30")
NOTE = (
    "交警大队王警官电话报：凌晨2点35分，G30高速城关镇段两辆货车相撞，当场死亡2人，送医途中死亡1人，"
    "1人重伤，水黑得像墨，消防已到场破拆，原因是疲劳驾驶"
)


def words(text: str, span: list[int]) -> str:
    return text[span[0] : span[1]]


def answer(jinji: Jinji, note: str, *more: str) -> dict[str, Any]:
    outcome = jinji("classify", note, "--json", *more, *NOW)
    assert (outcome.code, outcome.err) == (0, "")
    found: dict[str, Any] = outcome.json
    return found


def test_every_value_of_the_answer_says_where_it_stands(jinji: Jinji) -> None:
    incident = answer(jinji, NOTE)["incident"]
    assert words(NOTE, incident["occurred"]["span"]) == "凌晨2点35分"
    assert words(NOTE, incident["place"]["span"]) == "G30高速城关镇段"
    assert words(NOTE, incident["category_span"]) == incident["category_said"]
    assert words(NOTE, incident["tag_spans"]["高速公路"]) == "高速"
    assert "交警大队" in words(NOTE, incident["source"]["span"])
    assert words(NOTE, incident["cause_span"]) == "疲劳驾驶"
    assert "消防已到场破拆" in [words(NOTE, incident["actions_span"]), incident["actions"].split("，")[-1]]
    assert incident["leaders_span"] is None
    assert incident["moment_spans"] == {"received": None}
    deaths = incident["measures"]["deaths"]
    assert [words(NOTE, span) for span in deaths["spans"]] == ["当场死亡2人", "死亡1人"]
    assert deaths["span"] == deaths["spans"][0]
    assert "spans" not in incident["measures"]["seriously_injured"]


def test_what_the_officer_set_stands_nowhere_in_the_note(jinji: Jinji) -> None:
    sets = ("--set", "死亡=4", "--set", "地点=城关镇", "--set", "时间=昨晚11点", "--set", "类别=火灾")
    incident = answer(jinji, NOTE, *sets)["incident"]
    assert incident["measures"]["deaths"]["span"] is None
    assert incident["measures"]["seriously_injured"]["span"] is not None
    assert (incident["place"]["span"], incident["occurred"]["span"]) == (None, None)
    assert incident["category_span"] is None


def test_the_answer_tells_what_was_left_unused_and_the_kinds_by_weight(jinji: Jinji) -> None:
    found = answer(jinji, NOTE)
    assert {"text": "水黑得像墨", "span": [NOTE.index("水黑"), NOTE.index("水黑") + 5]} in found["unused"]
    kinds = found["candidates"]
    assert kinds[0]["category"] == "道路交通事故"
    assert [kind["weight"] for kind in kinds] == sorted((kind["weight"] for kind in kinds), reverse=True)
    assert all(kind["words"] for kind in kinds)


def test_a_batch_line_has_the_same_and_facts_without_a_note_have_no_spans(jinji: Jinji) -> None:
    lines = [{"text": NOTE}, {"facts": {"measures": {"deaths": 1}}}]
    feed = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    note, facts = map(json.loads, jinji("classify", "--jsonl", "-", *NOW, stdin=feed).out.splitlines())
    assert note["unused"]
    assert "parts" not in note
    assert "span" not in facts["incident"]["measures"]["deaths"]
    assert "unused" not in facts


def test_a_contradiction_in_the_note_is_a_finding_with_its_place(jinji: Jinji) -> None:
    note = "城关镇东街起火，3人受伤，其中5人重伤"
    found = answer(jinji, note)
    finding = next(one for one in found["findings"] if one["field"] == "seriously_injured")
    assert words(note, finding["span"]) == "5人重伤"
    assert found["incident"]["measures"]["injured"]["high"] == 3
    assert [one["text"] for one in found["findings"]] == found["doubts"]
    late = answer(jinji, "2026年3月5日23时城关镇东街起火")["findings"]
    assert [one["field"] for one in late] == ["occurred"]
    outcome = jinji("classify", note, *NOW)
    assert f"※ {finding['text']}" in outcome.out


def test_the_screen_tells_what_was_left_over_and_what_an_unknown_kind_may_be(jinji: Jinji) -> None:
    outcome = jinji("classify", NOTE, *NOW)
    assert "未用到：" in outcome.out
    assert "水黑得像墨" in outcome.out
    assert "其他可能" not in outcome.out
    plain = jinji("classify", "昨晚11点半，城关镇东街一服装店起火，2人死亡", *NOW)
    assert "未用到" not in plain.out


def test_the_note_is_marked_in_brackets_in_a_pipe(jinji: Jinji) -> None:
    outcome = jinji("classify", NOTE, "--explain-reading", *NOW)
    assert (outcome.code, outcome.err) == (0, "")
    marked = outcome.out.split("【读到的要素】")[0]
    assert "[凌晨2点35分|时间 3月5日 02:35]" in marked
    assert "[G30[高速|标签 高速公路" in marked
    assert "城关镇段|地点]" in marked
    assert "[当场死亡2人|死亡 3]" in marked
    assert "水黑得像墨" in marked
    rows = outcome.out.split("【读到的要素】")[1].split("【研判】")[0]
    assert "其他可能：" in rows
    assert "未用到：" in rows
    assert [line.split()[0] for line in rows.splitlines()[2:5]] == ["1", "2", "3"]
    assert "\x1b" not in outcome.out


def test_what_has_no_place_in_the_note_stands_at_the_end_of_the_list(jinji: Jinji) -> None:
    outcome = jinji("classify", "城关镇东街起火", "--set", "死亡=4", "--explain-reading", *NOW)
    rows = outcome.out.split("【读到的要素】")[1].split("【研判】")[0].split("\n")
    assert any(row.split()[1:3] == ["死亡", "4人"] for row in rows if row)


def test_signs_that_steer_a_terminal_are_not_in_the_marked_note(jinji: Jinji) -> None:
    outcome = jinji(
        "classify", "城关镇东街\x1b[31m起火\u202e，2人死亡[bold]x[/bold]", "--explain-reading", *NOW
    )
    assert "\x1b" not in outcome.out
    assert "\u202e" not in outcome.out
    assert "[bold]x[/bold]" in outcome.out


def test_explaining_adds_nothing_to_json_and_needs_a_note(jinji: Jinji) -> None:
    assert answer(jinji, NOTE, "--explain-reading") == answer(jinji, NOTE)
    refused(jinji("classify", "--set", "死亡=3", "--explain-reading", *NOW), 2)
    refused(jinji("classify", "--jsonl", "-", "--explain-reading", *NOW, stdin="{}"), 2)


def test_a_new_case_is_explained_too_and_the_ledger_keeps_facts_alone(jinji: Jinji) -> None:
    outcome = jinji("new", "-y", NOTE, "--explain-reading", *NOW)
    assert "[凌晨2点35分|时间 3月5日 02:35]" in outcome.out
    assert "【首报" in outcome.out
    entry = json.loads(jinji("export", "--entries").out.splitlines()[0])
    data = entry["data"] if isinstance(entry["data"], dict) else json.loads(entry["data"])
    assert "span" not in json.dumps(data)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_every_sign_of_the_marked_note_is_in_gbk(jinji: Jinji, encoding: str) -> None:
    outcome = jinji("classify", NOTE, "--explain-reading", *NOW)
    assert outcome.out.encode(encoding).decode(encoding) == outcome.out
    assert max(map(cells, outcome.out.splitlines())) > 80  # a pipe folds nothing
