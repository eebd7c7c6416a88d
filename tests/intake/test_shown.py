"""The work shown: where each value stands in the note as it came, and what no value used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinji_report.intake.shown import Shown, shown
from tests.intake.words import reading

NOTE = (
    "交警大队王警官电话报：凌晨2点35分，G30高速城关镇段两辆货车追尾，2人死亡，消防已到场救援，原因是疲劳驾驶"
)


def shown_of(text: str) -> Shown:
    return shown(reading(text))


def words(text: str, stretches: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in stretches]


def unused(text: str) -> list[str]:
    return words(text, shown_of(text).unused)


def test_every_kind_of_value_has_its_place_in_the_note() -> None:
    found = shown_of(NOTE)
    assert words(NOTE, found.fields["occurred"]) == ["凌晨2点35分"]
    assert words(NOTE, found.fields["place"]) == ["G30高速城关镇段"]
    assert words(NOTE, found.fields["category"]) == ["追尾"]
    assert words(NOTE, found.fields["cause"]) == ["疲劳驾驶"]
    assert words(NOTE, found.fields["actions"]) == ["消防已到场救援"]
    assert words(NOTE, found.measures["deaths"]) == ["2人死亡"]
    assert words(NOTE, found.tags["高速公路"]) == ["高速"]
    assert words(NOTE, found.fields["source"])[0].startswith("交警大队")


def test_a_sum_stands_in_each_of_its_places() -> None:
    text = "当场死亡2人，送医途中死亡3人"
    assert words(text, shown_of(text).measures["deaths"]) == ["当场死亡2人", "死亡3人"]


def test_clauses_that_follow_one_another_are_one_stretch() -> None:
    text = "东街起火，消防已出动，群众正在疏散，天很冷，医疗组已赶赴现场"
    found = words(text, shown_of(text).fields["actions"])
    assert found[0] == "消防已出动，群众正在疏散"
    assert all(part in text for part in found)


def test_a_number_that_stands_apart_from_the_caller_is_a_second_place() -> None:
    text = "城关派出所李警官报：东街起火。联系电话13812345678"
    assert words(text, shown_of(text).fields["source"])[-1] == "13812345678"


def test_spans_are_those_of_the_note_as_it_came() -> None:
    text = "今 早 ８ 点 ， 渡 口 镇 东 街 起 火 ， ３ 人 死 亡"
    found = shown_of(text)
    assert words(text, found.measures["deaths"]) == ["３ 人 死 亡"]
    assert words(text, found.fields["place"])[0].startswith("渡 口 镇")


def test_a_sign_that_cannot_be_printed_inside_the_words_hides_them_not() -> None:
    text = "东街起火，原因是疲\u202e劳驾驶，消防已\x01到场救援"
    found = shown_of(text)
    assert words(text, found.fields["cause"]) == ["疲\u202e劳驾驶"]
    assert words(text, found.fields["actions"]) == ["消防已\x01到场救援"]


def test_what_no_value_used_is_told_without_what_only_joins() -> None:
    assert unused("昨晚11点半，渡口镇东街一服装店起火，造成2人死亡") == []
    left = unused("昨晚11点半，渡口镇东街一服装店起火，2人死亡。老板姓赵，账目也丢了")
    assert left == ["老板姓赵", "账目也丢了"]


def test_an_earlier_incident_told_as_background_is_left_unused() -> None:
    left = unused("白石乡化工厂爆炸，2人死亡。该厂2019年曾发生爆炸致5人死亡")
    assert any("5人死亡" in piece for piece in left)


def test_who_wrote_a_message_and_when_is_nothing_unused() -> None:
    assert unused("张三 2026/3/5 1:03\n东街起火了\n李四 2026/3/5 1:05\n2人死亡") == []


def test_punctuation_and_signs_alone_are_nothing_unused() -> None:
    assert unused("东街起火！！！——…… ，，2人死亡😢👍") == []


_WORDS = st.lists(
    st.sampled_from(
        [
            "3人",
            "死亡",
            "受伤",
            "昨晚11点半",
            "渡口镇东街",
            "起火",
            "，",
            "。",
            " ",
            "\n",
            "１０ 余",
            "其中",
            "重伤",
            "送医不治2死",
            "\x00",
            "、",
            "交警大队王警官报：",
            "原因是",
            "消防已到场救援",
            "13812345678",
            "G30高速K1023",
            "追尾",
            "曾发生",
            "2 人 失 踪",
            "�",
            "（",
        ]
    ),
    max_size=24,
).map("".join)


@given(_WORDS | st.text(max_size=60))
def test_every_stretch_lies_in_the_note_and_bears_the_words_of_its_value(text: str) -> None:
    read = reading(text)
    found = shown(read)
    groups = (found.fields, found.measures, found.moments, found.tags)
    stretches = [one for group in groups for value in group.values() for one in value] + [*found.unused]
    assert all(0 <= start < end <= len(text) for start, end in stretches)
    for name, quantity in {**read.increments, **read.facts.measures}.items():
        bare = "".join(c for part in words(text, found.measures[name]) for c in part if c.isprintable())
        assert all(piece in bare for piece in quantity.said.split("、")), name
    for name, said in read.facts.tags.items():
        assert said in "".join(c for c in words(text, found.tags[name])[0] if c.isprintable())


def test_a_long_note_of_one_repeated_piece_is_shown_in_no_time() -> None:
    for piece in ("。a.", "3人死亡，", "甲", "甲-", "\n", "另外，", "（"):
        assert len(shown_of(piece * (20_000 // len(piece))).unused) <= 40


@pytest.mark.parametrize("text", ["", "。", "\ud800", "\x00\x01", "🙂" * 30])
def test_a_note_that_says_nothing_shows_nothing(text: str) -> None:
    assert shown_of(text).fields == {}
