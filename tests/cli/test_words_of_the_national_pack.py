"""Trigger words of the national standards that stand inside other words, or beside them."""

import pytest

from .conftest import Jinji

NOW = ("--standards", "national", "--now", "2026-03-05T09:30")


@pytest.mark.parametrize(
    ("note", "tag", "told"),
    [
        ("今早8点东街火灾，5名回族群众受伤", "民族宗教", True),
        ("今早8点东街火灾，一名维吾尔族男子受伤", "民族宗教", True),
        ("今早8点大厂回族自治县东街火灾", "民族宗教", False),
        ("今早8点120急救中心接报，东街火灾，伤1人", "抢救中", False),
        ("今早8点东街火灾，1人送医，现正急救中", "抢救中", True),
    ],
)
def test_a_tag_is_told_by_a_word_of_its_own(jinji: Jinji, note: str, tag: str, told: bool) -> None:
    assert (tag in jinji("classify", "--json", note, *NOW).json["incident"]["tags"]) == told


def test_moving_people_is_no_rainstorm_and_a_crime_is_one_by_its_name(jinji: Jinji) -> None:
    moved = jinji("classify", "--json", "今早8点李庄村转移群众300人", *NOW).json
    assert "暴雨灾害" not in [one["category"] for one in moved["candidates"]]
    crime = jinji("classify", "--json", "今早8点东街发生一起刑事案件，死1人", *NOW).json
    assert crime["incident"]["category"] == "刑事案件"
