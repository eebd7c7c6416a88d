"""What is only guessed is asked, two tellings that do not agree are a finding, some of those aboard are not all of them."""

import pytest

from jinji_report.desk.batch import judge_line
from jinji_report.moments import parse_moment
from jinji_report.standards.load import load
from tests.intake.words import reading, told

NOW = parse_moment("2026-03-05T12:00:00+08:00")

Figures = dict[str, tuple[float, float | None]]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("东街起火，没死人吧", {"deaths": (0, None)}),
        ("东街起火，应该没有死人", {"deaths": (0, None)}),
        ("东街起火，好像没有人员伤亡", {"deaths": (0, None), "injured": (0, None)}),
        ("东街起火，没死人", {"deaths": (0, 0)}),
        ("东街起火，没有人员伤亡", {"deaths": (0, 0), "injured": (0, 0)}),
    ],
)
def test_nobody_harmed_as_a_guess_is_not_known(text: str, figures: Figures) -> None:
    assert told(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "东街火灾死亡不是3人，是2人",
        "东街火灾，死亡人数不是3人，而是2人",
        "东街火灾死亡的不是三个，是两个",
        "东街火灾死亡3人。更正：死亡不是3人，应为2人",
    ],
)
def test_a_figure_that_is_said_not_to_be_gives_way_to_the_one_behind_it(text: str) -> None:
    assert told(text)["deaths"] == (2, 2)


def test_another_telling_adds_nobody() -> None:
    assert told("前面说死2人，后面又说死亡3人")["deaths"] == (3, 3)
    assert told("死了2个，今早又死1个")["deaths"] == (3, 3)


def test_dead_and_hurt_beyond_all_who_came_to_harm_are_a_finding() -> None:
    def findings(text: str) -> list[str]:
        return [doubt.text for doubt in reading(text).doubts]

    beyond = findings("东街火灾，共3人伤亡，其中2人死亡、3人受伤")
    assert len(beyond) == 1
    assert "3人受伤" in beyond[0] and "3人伤亡" in beyond[0]
    assert findings("东街火灾，共5人伤亡，其中2人死亡、3人受伤") == []
    assert findings("先报5人伤亡，现确认2人死亡、6人受伤") == []


@pytest.mark.parametrize("whom", ["台湾同胞", "香港游客", "外籍游客", "韩国籍乘客", "老人", "孩子"])
def test_some_of_those_aboard_are_not_all_of_them(whom: str) -> None:
    assert "headcount" not in told(f"大巴侧翻，车上有2名{whom}")


def test_how_many_were_aboard_is_read_where_nobody_is_singled_out() -> None:
    assert told("大巴侧翻，车上有22名乘客")["headcount"] == (22, 22)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("电梯困人，3名群众被困，消防到场后20分钟全部救出", "全部救出"),
        ("3人被埋，均已救出", "均已救出"),
    ],
)
def test_the_words_of_all_who_got_out_begin_inside_no_number(text: str, words: str) -> None:
    assert reading(text).facts.measures["trapped"].said == words


def test_those_who_fell_ill_may_be_counted_in_the_clause_behind() -> None:
    assert told("今天上午学生拉肚子，30来个")["poisoned"] == (27, 33)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("三四十号人堵在县政府门口，要说法", 30, 40),
        ("三四十个学生家长聚在县一中门口讨说法", 30, 40),
        ("人民广场有人拉横幅，30余人", 31, 39),
    ],
)
def test_who_stands_at_a_gate_is_a_gathering_of_so_many(text: str, low: int, high: int) -> None:
    crowd = judge_line({"text": text}, load("county"), NOW)["incident"]["measures"]["crowd"]
    assert (crowd["low"], crowd["high"]) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "小区有人从18楼掉下来摔死了，今晚7点",
        "有人掉河里淹死了",
        "南环路有人被车撞死了",
        "工地上有个人从架子上掉下来摔死了，在东街",
    ],
)
def test_somebody_who_died_of_what_happened_to_him_is_one_dead_at_least(text: str) -> None:
    assert told(text)["deaths"] == (1, None)


@pytest.mark.parametrize(
    "text",
    ["有人在东街砍死了", "有人说他爹淹死了", "有人养的羊淹死了", "有人在河里毒死了3条狗", "有人扬言要撞死"],
)
def test_what_somebody_says_does_or_owns_is_nobody_dead(text: str) -> None:
    assert told(text).get("deaths", (0, 0)) in ((0, 0), (1, 1))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("疏散周围300米内群众800多人", 801, 899),
        ("转移下游2个村1200人", 1200, 1200),
        ("疏散方圆3公里居民2000人", 2000, 2000),
    ],
)
def test_how_far_around_people_were_moved_is_not_how_many(text: str, low: int, high: int) -> None:
    assert told(text)["evacuated"] == (low, high)


def test_who_cannot_get_out_for_what_fell_is_trapped() -> None:
    assert told("井下14人作业，顶板冒落，3人被堵")["trapped"] == (3, 3)


def test_a_denial_that_speaks_of_some_does_not_contradict_what_befell_another() -> None:
    text = "校车与三轮车相撞，三轮车驾驶人当场死亡，学生无大碍"
    assert [doubt for doubt in reading(text).doubts if doubt.field == "deaths"] == []
    assert [doubt for doubt in reading("2人死亡，无人员伤亡").doubts if doubt.field == "deaths"]


@pytest.mark.parametrize("some", ["若干", "多人"])
def test_some_lightly_hurt_are_not_as_many_as_the_others(some: str) -> None:
    figures = told(f"死亡1人，重伤2人，轻伤{some}")
    assert figures["slightly_injured"] == (0, None)
    assert figures["seriously_injured"] == (2, 2)
