"""How people talk on the phone: dialect, unnamed persons, counts told without their noun, who is meant."""

import pytest

from tests.intake.words import reading, told


@pytest.mark.parametrize(
    ("text", "measure", "count"),
    [
        ("死亡人数由最初的3人增至5人", "deaths", 5),
        ("更正：死亡人数应为2人，前报3人有误", "deaths", 2),
        ("先说死了11个，后头又走了4个，一共15个", "deaths", 15),
        ("先说死了11个，后头又走了4个", "deaths", 15),
        ("30名失联扑火人员全部遇难", "deaths", 30),
        ("车上6人，无一生还", "deaths", 6),
        ("一车六个人一个都没活", "deaths", 6),
        ("夫妻均遇难，孩子受伤", "deaths", 2),
        ("老两口都没了", "deaths", 2),
        ("一家三口均遇难", "deaths", 3),
        ("人当场就没了", "deaths", 1),
        ("截至今日：亡14，伤34，其中重伤4", "deaths", 14),
        ("截至今日：亡14，伤34，其中重伤4", "injured", 34),
        ("2死7伤25失联", "missing", 25),
        ("已找到遗体22具", "deaths", 22),
        ("两个没得气了，还有一个没捞到", "deaths", 2),
        ("两个没得气了，还有一个没捞到", "missing", 1),
        ("死了两个，还有一个送中医院了", "injured", 1),
        ("重伤的1人抢救无效死亡", "deaths", 1),
        ("16个娃2个老师受伤，其中2个娃没救过来死了", "injured", 16),
        ("砍伤3名男童及1名女家长，其中2名男童死亡", "injured", 2),
        ("四个工人堵里头了", "trapped", 4),
        ("三个看店的下不来", "trapped", 3),
        ("没得人受伤", "injured", 0),
        ("47人死亡、34人受伤，嫌疑人陈某当场烧死", "injured", 34),
        ("一名52岁女工被机床夹挤，经120现场确认死亡", "deaths", 1),
    ],
)
def test_a_count_is_read_in_spoken_words(text: str, measure: str, count: int) -> None:
    assert told(text)[measure] == (count, count)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("21人被埋，1人生还，20人遇难", "trapped"),
        ("困了4个人，半个小时后救出来了", "trapped"),
        ("埋了俩工人，都刨出来了", "trapped"),
        ("30名失联人员全部遇难", "missing"),
        ("砸死一个，叫家属悄悄埋了", "trapped"),
        ("消防出动39车154人，家属约百人在医院", "injured"),
        ("重伤的1人抢救无效死亡", "seriously_injured"),
    ],
)
def test_who_is_out_of_it_is_counted_no_more(text: str, measure: str) -> None:
    assert told(text).get(measure, (0, 0)) == (0, 0)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("客车侧翻，车上22人", 22),
        ("透水时当班395人", 395),
        ("机上96人", 96),
        ("核载51人，实载49人", 49),
        ("核载19人", None),
        ("车上2人死亡", None),
    ],
)
def test_who_was_aboard_is_the_headcount_and_seats_are_not(text: str, count: int | None) -> None:
    found = reading(text).facts.measures.get("headcount")
    assert (found.low if found else None) == count


def test_a_cause_is_told_without_the_words_that_announce_it() -> None:
    assert reading("两车追尾，原因系疲劳驾驶").facts.cause == "疲劳驾驶"
    assert reading("起火原因正在调查").facts.cause == ""


def test_a_death_is_no_action() -> None:
    assert reading("两车追尾，重伤的1人抢救无效死亡").facts.actions == ""


def test_the_most_telling_word_is_shown_for_the_kind() -> None:
    assert reading("货车与客车相撞").facts.category_said == "相撞"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("G30高速K1023发生追尾", "G30高速K1023"),
        ("我县北部昨夜下冰雹", "我县北部"),
        ("六十多号工人正顺着街往县政府方向去", None),
        ("死亡增至4人，道路7时恢复通行", None),
        ("货车与客车相撞，车上22人，核载30人", None),
        ("青河高速212公里,白石北出口,货车起火", "青河高速212公里,白石北出口"),
        ("平安苑锅炉房起火", "平安苑锅炉房"),
        ("莱德商厦下午起火", "莱德商厦"),
    ],
)
def test_a_place_is_neither_a_direction_nor_a_bare_road(text: str, place: str | None) -> None:
    found = reading(text).facts.place
    assert (found.text if found else None) == place


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("刚才2点35分两车追尾", "02:35"),
        ("0230时两车追尾", "02:30"),
        ("上周日，哦不对，今天凌晨4点起火", "04:00"),
    ],
)
def test_a_clock_is_read_behind_just_now_in_telegraph_style_and_after_a_slip(text: str, clock: str) -> None:
    occurred = reading(text).facts.occurred
    assert occurred is not None and f"{occurred.at:%H:%M}" == clock
