"""Trigger words as a pack writes them: parts together, parts in a row, alternatives, any word of a tag; and who leads."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

from jinji_report.intake import triggers
from jinji_report.intake.read import read
from jinji_report.intake.triggers import Lexicon
from jinji_report.moments import parse_moment
from jinji_report.standards.rows import Category, Standards, Tag
from tests.intake.measure import corpus
from tests.intake.words import LEXICON, NOW, category, tag


def kind(note: str, *rows: Category, tags: tuple[Tag, ...] = ()) -> str | None:
    there = {"places": LEXICON.places, "desk": LEXICON.desk}
    named = {row.name: row for row in rows}
    words = [(row.name, row.strong, row.words, row.weak, row.excludes) for row in rows]
    digest = repr((words, [(one.name, one.role, one.words, one.excludes) for one in tags]))
    lexicon = SimpleNamespace(digest=digest, categories=named, tags=tags, measures={}, **there)
    return read(note, NOW, cast(Lexicon, lexicon)).facts.category


def test_parts_joined_by_a_plus_stand_in_one_sentence_in_any_order() -> None:
    row = category("坍塌", strong="墙+倒")
    assert kind("院墙，昨天傍晚倒了", row) == "坍塌"
    assert kind("倒的是那堵墙", row) == "坍塌"
    assert kind("墙上有标语。树倒了", row) is None


def test_parts_in_a_row_follow_each_other_within_twelve_characters_of_a_clause() -> None:
    row = category("车祸", strong="车…撞")
    assert kind("车在路口撞了", row) == "车祸"
    assert kind(f"车{'开' * 12}撞了", row) == "车祸"
    assert kind(f"车{'开' * 13}撞了", row) is None
    assert kind("车开了，撞了", row) is None
    assert kind("撞了车", row) is None


def test_any_of_the_alternatives_will_do() -> None:
    row = category("车祸", strong="车|摩托…撞|翻")
    assert kind("摩托在沟边翻了", row) == "车祸"
    assert kind("摩托在沟边", row) is None


def test_a_part_that_names_a_tag_is_any_of_its_words() -> None:
    row = category("危化", strong="#危化品+漏")
    assert kind("厂里氯气漏了", row, tags=(tag("危化品", "any", "氯气 液氨"),)) == "危化"
    assert kind("厂里漏了", row, tags=(tag("危化品", "any", "氯气 液氨"),)) is None
    assert kind("厂里漏了", row, tags=(tag("危化品", "any", ""),)) is None


def test_a_part_inside_an_excluded_phrase_does_not_count() -> None:
    row = category("车祸", strong="车…撞", excludes="消防车")
    assert kind("消防车到了，人被撞", row) is None
    assert kind("消防车旁的车被撞", row) == "车祸"


def test_what_did_not_happen_brings_no_kind() -> None:
    row = category("中毒", strong="中毒 人…中毒")
    assert kind("未发现人员中毒", row) is None
    assert kind("未发现异常，3人中毒", row) == "中毒"


def test_a_kind_leads_another_where_its_words_stand_and_none_that_forbid_it() -> None:
    snow = category("雪灾", strong="大雪 积雪 暴雪")
    crash = Category(
        {
            "name": "车祸",
            "kind": "事故灾难",
            "noun": "",
            "strong": ["追尾"],
            "words": [],
            "weak": [],
            "excludes": [],
            "leads": [{"over": "雪灾", "words": ["车"], "unless": ["房屋"]}],
            "background": None,
            "brings": [],
            "aftermath": None,
        }
    )
    assert kind("大雪，积雪，几十台车追尾", snow, crash) == "车祸"
    assert kind("大雪，积雪，追尾", snow, crash) == "雪灾"
    assert kind("大雪，积雪压塌房屋，车追尾", snow, crash) == "雪灾"


def test_a_background_kind_gives_way_to_any_other() -> None:
    talk = category("舆情", strong="热搜 网传 视频", background=True)
    assert kind("网传视频上热搜，着火", talk, category("火灾", strong="着火")) == "火灾"
    assert kind("网传视频上热搜", talk, category("火灾", strong="着火")) == "舆情"


def test_a_note_of_nothing_but_trigger_words_costs_no_more_than_its_length() -> None:
    row = category("车祸", strong=" ".join(f"车|摩…{c}|翻+{c}" for c in "撞碰刮蹭碾轧"))
    assert kind("车撞碰刮蹭碾轧翻" * 2500, row) == "车祸"


def test_the_first_note_is_read_by_its_own_words_as_every_later_one_by_all(standards: Standards) -> None:
    notes = corpus(Path(__file__).parent / "corpus.jsonl")[::7]
    for note in notes:
        text, now = note["text"], parse_moment(note["now"])
        read(text, now, standards)
        later = read(text, now, standards)
        triggers._kept.clear()
        triggers._asked.clear()
        first = read(text, now, standards)
        assert standards.digest not in triggers._kept
        assert first.facts.to_json() == later.facts.to_json(), text
        assert repr(first.spans) == repr(later.spans)
        assert first.candidates == later.candidates
