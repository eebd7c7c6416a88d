"""Casualty frames: who counts, which figure counts, and who is no person at all."""

import pytest

from tests.intake.words import reading, told


@pytest.mark.parametrize(
    ("text", "measure", "low", "high"),
    [
        ("渡口镇两车相撞，3人死亡", "deaths", 3, 3),
        ("货车侧翻，死了俩，伤了仨", "deaths", 2, 2),
        ("货车侧翻，死了俩，伤了仨", "injured", 3, 3),
        ("３人死亡、十余人受伤", "injured", 11, 19),
        ("至少5人遇难", "deaths", 5, None),
        ("近百人受伤", "injured", 90, 99),
        ("上百人受伤", "injured", 100, None),
        ("三四十名学生呕吐", "poisoned", 30, 40),
        ("20余名工人中毒", "poisoned", 21, 29),
        ("5至7人失联", "missing", 5, 7),
        ("约30人受伤", "injured", 27, 33),
        ("30人左右受伤", "injured", 27, 33),
        ("十几个人受伤", "injured", 11, 19),
        ("周边群众300余人已疏散", "evacuated", 301, 399),
    ],
)
def test_a_count_is_the_range_that_its_words_allow(
    text: str, measure: str, low: int, high: int | None
) -> None:
    assert told(text)[measure] == (low, high)


def test_about_words_stand_in_what_was_said() -> None:
    assert "余" in reading("客车侧翻，40余人受伤").facts.measures["injured"].said
    assert "至少" in reading("至少6人遇难").facts.measures["deaths"].said


@pytest.mark.parametrize(
    ("text", "deaths"),
    [
        ("当场死2人，送医后不治又1人，2人重伤", 2),
        ("2人当场死亡，另1人送医抢救无效死亡", 3),
        ("3男2女死亡", 5),
        ("一名司机当场死亡，一名8岁男童送医后不治身亡", 2),
        ("造成5人死亡，其中2人为未成年人", 5),
        ("开始说2人死亡，现确认3人死亡", 3),
        ("先期报6人死亡，现核实为4人死亡", 4),
        ("死亡人数由2人增至3人", 3),
        ("2人当场死亡，1人抢救无效死亡，合计3死", 3),
        ("楼顶掉下来一个人，没了", 1),
        ("井下埋了四个人，都死了", 4),
    ],
)
def test_sums_are_summed_parts_are_not_and_the_latest_figure_counts(text: str, deaths: int) -> None:
    assert told(text)["deaths"] == (deaths, deaths)


def test_injured_are_all_who_are_hurt_and_alive() -> None:
    assert told("2人死亡，1人重伤，4人轻伤")["injured"] == (5, 5)
    assert told("受伤9人，其中重伤2人，轻伤7人")["injured"] == (9, 9)


def test_where_all_the_hurt_are_hurt_lightly_nobody_is_hurt_seriously() -> None:
    measures = told("G30高速K1023两车追尾，一名驾驶员轻伤")
    assert measures["injured"] == measures["slightly_injured"] == (1, 1)
    assert measures["seriously_injured"] == (0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "无人员伤亡",
        "未造成人员伤亡",
        "暂无人员伤亡报告",
        "车辆受损，人没事",
        "目前未接到伤亡报告",
        "没有人员伤亡",
    ],
)
def test_none_is_zero_dead_and_zero_hurt(text: str) -> None:
    assert told(text) == {"deaths": (0, 0), "injured": (0, 0)}


def test_none_hurt_says_nothing_of_the_dead() -> None:
    assert told("没人受伤") == {"injured": (0, 0)}
    assert told("没有死人，两个人轻伤")["deaths"] == (0, 0)


@pytest.mark.parametrize("text", ["人员伤亡不详", "伤亡情况不明", "人员伤亡正在核实", "有没有伤亡还不清楚"])
def test_unknown_is_open_and_never_zero(text: str) -> None:
    assert told(text)["deaths"] == (0, None)


@pytest.mark.parametrize(
    "text",
    [
        "310国道上2辆货车追尾，核载47人",
        "6号楼302室着火，出动5车28人",
        "离现场50米有3台变压器，电压220伏",
        "年龄最大的80岁，电话13812345678",
        "大货车拉了24吨煤，堵了20分钟",
    ],
)
def test_vehicles_houses_ages_and_helpers_are_no_casualties(text: str) -> None:
    assert not set(told(text)) & {"deaths", "injured", "missing", "trapped", "poisoned"}


def test_an_earlier_incident_told_as_background_is_not_this_one() -> None:
    assert "deaths" not in told("该厂2019年曾发生火灾致5人死亡。今早又起火，火已扑灭")


def test_trapped_are_those_who_still_are() -> None:
    assert told("5人被困，已救出3人，仍有2人被困")["trapped"] == (2, 2)
    assert told("被困8人全部救出")["trapped"] == (0, 0)
    assert "trapped" not in told("三个人埋里头，都死了")


def test_an_addition_without_a_total_is_an_increment() -> None:
    found = reading("又有1名伤员抢救无效死亡")
    assert found.increments["deaths"].low == 1
    assert "deaths" not in found.facts.measures
    assert told("又死亡1人，累计死亡4人")["deaths"] == (4, 4)


def test_contradicting_figures_are_asked_about() -> None:
    found = reading("事故造成3人死亡。交警称5人死亡。")
    assert [doubt.field for doubt in found.doubts] == ["deaths"]


def test_a_total_that_another_figure_exceeds_is_a_doubt() -> None:
    found = reading("东街起火，共3人死亡。医院说死亡4人。")
    assert [doubt.field for doubt in found.doubts] == ["deaths"]
    assert "死亡4人" in found.doubts[0].text


def test_a_part_that_exceeds_its_whole_adds_nothing_to_it() -> None:
    for note in ("3人受伤，其中5人重伤", "受伤3人（重伤5人）"):
        assert told(note) == {"injured": (3, 3), "seriously_injured": (5, 5)}
    assert told("1人受伤、2人重伤")["injured"] == (3, 3)
