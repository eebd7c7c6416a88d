"""Counts that are only thought of, counts with a comma, and whole words in what was said."""

import pytest

from tests.intake.words import reading, told


@pytest.mark.parametrize(
    ("text", "measure", "high", "words"),
    [
        ("渡口镇火灾，疑似3人死亡", "deaths", 3, "疑似"),
        ("渡口镇火灾，可能有2人死亡", "deaths", 2, "可能"),
        ("渡口镇火灾，或有3人遇难", "deaths", 3, "或有"),
        ("渡口镇火灾，预计3人死亡", "deaths", 3, "预计"),
        ("渡口镇火灾，怀疑还有2人被困", "trapped", 2, "怀疑"),
        ("渡口镇火灾，2人死亡，可能还有1人被困", "trapped", 1, "可能"),
        ("渡口镇火灾，2人死亡，不排除还有4人失联", "missing", 4, "不排除"),
        ("渡口镇火灾，疑有3人被埋", "trapped", 3, "疑有"),
        ("渡口镇火灾，恐有5人遇难", "deaths", 5, "恐有"),
        ("渡口镇火灾，3人可能被埋", "trapped", 3, "可能"),
        ("渡口镇火灾，3人疑似死亡", "deaths", 3, "疑似"),
        ("渡口镇火灾，可能死亡3人", "deaths", 3, "可能"),
        ("渡口镇火灾，死亡可能达5人", "deaths", 5, "可能"),
        ("渡口镇火灾，死亡3人（疑似）", "deaths", 3, "疑似"),
        ("渡口镇火灾，可能至少3人遇难", "deaths", None, "可能"),
        ("渡口镇火灾，司机可能已死亡", "deaths", 1, "可能"),
        ("渡口镇火灾，怀疑司机被困", "trapped", 1, "怀疑"),
        ("渡口镇火灾，可能有人死亡", "deaths", None, "可能"),
        ("渡口镇小学疑似30人食物中毒", "poisoned", 30, "疑似"),
    ],
)
def test_a_count_that_is_only_thought_of_may_be_nobody(
    text: str, measure: str, high: int | None, words: str
) -> None:
    found = reading(text)
    quantity = found.facts.measures[measure]
    assert (quantity.low, quantity.high) == (0, high)
    assert words in quantity.said
    assert measure in [doubt.field for doubt in found.doubts]


@pytest.mark.parametrize(
    ("text", "measure", "count"),
    [
        ("渡口镇小学疑似食物中毒30人", "poisoned", 30),
        ("渡口镇小学30人疑似食物中毒", "poisoned", 30),
        ("渡口镇，1人疑似溺亡", "deaths", 1),
        ("渡口镇，2人疑似骨折", "injured", 2),
        ("渡口镇车祸，疑似酒驾，致2人死亡", "deaths", 2),
        ("渡口镇车祸，疑似酒驾致2人死亡", "deaths", 2),
        ("渡口镇，现场可能有易燃物，3人受伤", "injured", 3),
    ],
)
def test_a_hedge_over_the_kind_or_the_manner_leaves_the_count(text: str, measure: str, count: int) -> None:
    found = reading(text)
    assert told(text)[measure] == (count, count)
    assert measure not in [doubt.field for doubt in found.doubts]


@pytest.mark.parametrize(
    ("text", "measure", "count"),
    [
        ("渡口镇洪水，造成1,200人受伤", "injured", 1200),
        ("渡口镇洪水，造成1,200人疏散", "evacuated", 1200),
        ("渡口镇洪水，转移12,000人", "evacuated", 12000),
        ("渡口镇洪水，转移1,012,000人", "evacuated", 1012000),
    ],
)
def test_the_comma_of_a_number_ends_no_clause(text: str, measure: str, count: int) -> None:
    assert told(text)[measure] == (count, count)
    assert not reading(text).facts.actions.startswith("200")


def test_a_comma_between_two_counts_does() -> None:
    assert told("死亡3人,200人疏散") == {"deaths": (3, 3), "evacuated": (200, 200)}
