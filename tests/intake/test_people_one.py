"""One who died and is named by no number: 烧死个看门的, 那人当场就没了; and those who 走了."""

import pytest

from tests.intake.words import reading


def deaths(text: str) -> tuple[float, float | None] | None:
    told = reading(text).facts.measures.get("deaths")
    return None if told is None else (told.low, told.high)


@pytest.mark.parametrize(
    "text",
    [
        "棚子着火，烧死个看门的",
        "货车翻了，死了个开车的",
        "线断了，电死个人",
        "石头滚下来，砸着个挖煤的，抬上来就没气儿了",
        "顶棚掉了，砸倒个小工，送医院没救得转来",
        "墙倒了，压着个人，扒出来没气了",
        "三轮跟火车撞了，骑三轮那人当场就没了",
        "锅炉炸了，烧锅炉的当场没了",
        "车翻了，那个男的路上断气儿了",
        "炸死了看仓库的老汉",
        "煤窑冒顶，埋了两个，一个扒出来早凉了",
        "送医院五个，一个没挺过去",
    ],
)
def test_one_whom_no_numeral_counts_is_one_death(text: str) -> None:
    assert deaths(text) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "来了个人报信，没人受伤",
        "碰着个别车辆，没人伤着",
        "卡着个人信息没上报",
        "撞了个电线杆，人没事",
        "撞了修路的牌子，没伤人",
        "砸着个车顶，没伤人",
    ],
)
def test_what_is_no_person_behind_the_word_is_nobody(text: str) -> None:
    assert deaths(text) in (None, (0, 0))
    measures = reading(text).facts.measures
    assert "trapped" not in measures
    assert "injured" not in measures or measures["injured"].low == 0


def test_who_went_beside_the_hurt_is_dead() -> None:
    assert deaths("厂房烧起来了，三十七个走了，还有二十个伤的") == (37, 37)
    assert deaths("车翻了，伤了五个，两个走了") == (2, 2)


def test_who_went_with_nobody_hurt_is_asked_about() -> None:
    measures = reading("厂房烧起来了，三十七个走了").facts.measures
    assert measures["deaths"].wholly_open
    assert measures["deaths"].said == "三十七个走了"


def test_a_car_that_drove_off_or_people_led_away_are_not_asked_about() -> None:
    assert deaths("两辆车蹭了一下，一辆开走了，没人受伤") in (None, (0, 0))
    assert deaths("堵门的人劝走了二十个") is None
