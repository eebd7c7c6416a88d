"""Casualty frames: who counts, which figure counts, and who is no person at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_where_all_the_hurt_are_told_to_be_hurt_lightly_nobody_is_hurt_seriously() -> None:
    for note in ("两车追尾，5人受伤，均为轻伤", "两车追尾，5人受伤，其中轻伤5人", "两车追尾，5人均轻伤"):
        assert told(note)["seriously_injured"] == (0, 0), note


def test_who_is_hurt_lightly_says_nothing_of_others_who_may_be_hurt_seriously() -> None:
    measures = told("G30高速K1023两车追尾，一名驾驶员轻伤")
    assert measures["injured"] == measures["slightly_injured"] == (1, 1)
    assert "seriously_injured" not in measures


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


# ------------------------------------------------------------------ families of phrases


@pytest.mark.parametrize(
    ("text", "deaths"),
    [
        ("那户三口人，都没救过来", 3),
        ("河里捞上来两个，都没得了", 2),
        ("抬出来三个，人不在了", 3),
        ("一名工人没扛过去", 1),
        ("烧炭取暖，老两口都没醒，人没了", 2),
        ("夫妻俩和孩子都没了", 3),
        ("夫妻均遇难", 2),
        ("店主夫妇和两个儿子全部遇难", 4),
        ("舅舅、舅妈和一个伴娘都没了", 3),
        ("母子俩溺亡", 2),
        ("一家四口全没了", 4),
        ("一男子从楼上坠亡", 1),
        ("司机当场死亡，副驾重伤", 1),
        ("张某当场死亡，王某送医后不治身亡", 2),
        ("两车司机死亡", 2),
        ("砸死工友", 1),
        ("当场砸死俩，送医院路上走了一个，今早又没了一个", 4),
        ("4个人死了两个", 2),
        ("车上6人，无一生还", 6),
        ("2人当场死亡，3人送医，其中1人不治", 3),
        ("造成9人伤亡，其中死亡2人", 2),
        ("亡由2增至4，重伤5", 4),
        ("死亡：3，受伤：5", 3),
        ("亡3伤5", 3),
        ("重伤员1人因抢救无效死亡", 1),
        ("抬出两具用白布盖着的尸体", 2),
    ],
)
def test_the_dead_are_counted_in_every_turn_of_phrase(text: str, deaths: int) -> None:
    assert told(text)["deaths"] == (deaths, deaths)


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("学徒脚底下烫了泡", 1),
        ("两个摊主打架，一个头破了", 1),
        ("开车的腿压断了", 1),
        ("老板娘胳膊烫了，不要紧", 1),
        ("压死一个老汉，他孙子扒出来了，胳膊折了", 1),
        ("洒水车倒车碾了一名环卫女工", 1),
        ("捅了7个，死了1个", 6),
        ("烧锅炉的两个叫蒸汽烫了", 2),
        ("司机和押运员都受了伤", 2),
        ("住院治疗566人，其中重症66人", 566),
        ("五百多人送医，重伤66人", 501),
        ("16人受伤，其中2人死亡", 14),
        ("伤者23人送医，后2人医治无效死亡", 21),
        ("造成9人伤亡，其中死亡2人", 7),
        ("3男2女受伤", 5),
        ("两大一小受伤", 3),
        ("前头三个都没救过来，第四个轻伤", 1),
        ("伤39人均轻", 39),
    ],
)
def test_the_hurt_are_counted_in_every_turn_of_phrase(text: str, injured: int) -> None:
    measured = told(text)["injured"]
    assert measured[0] == injured


@pytest.mark.parametrize(
    ("text", "measure", "low", "high"),
    [
        ("当班28人，26人已升井", "trapped", 2, 2),
        ("船上454人，捞上来8个，别的都没消息", "missing", 446, 446),
        ("8人失联，找到5具遗体，仍有3人失联", "missing", 3, 3),
        ("3人被冲走", "missing", 3, 3),
        ("3人被冲走，找到遗体1具", "missing", 2, 2),
        ("被困约30人已救出", "trapped", 0, 0),
        ("9人被困楼顶获救", "trapped", 0, 0),
        ("2人被困，20分钟后救出", "trapped", 0, 0),
        ("已转移下游500人", "evacuated", 500, 500),
        ("还埋着十几口子", "trapped", 11, 19),
        ("三个人在里面出不来", "trapped", 3, 3),
        ("老师和6名学生被困", "trapped", 7, 7),
        ("车上20人，一半受伤", "injured", 10, 10),
        ("车上约30人，半数受伤", "injured", 13, 17),
        ("412名学生，过半呕吐", "poisoned", 207, 412),
        ("熏倒3个工人", "poisoned", 3, 3),
        ("煤气漏了，一家三口昏过去了", "poisoned", 3, 3),
        ("食用鲜奶中毒，累计39例", "poisoned", 39, 39),
        ("疏散周边居民200户600余人", "evacuated", 601, 699),
        ("5人送医，2人ICU", "seriously_injured", 2, 2),
        ("其中2名重伤、1名危重", "seriously_injured", 3, 3),
        ("起码死了5个", "deaths", 5, None),
        ("受伤的大概三四十个", "injured", 30, 40),
    ],
)
def test_halves_rests_and_those_who_still_are(text: str, measure: str, low: int, high: int | None) -> None:
    assert told(text)[measure] == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "人倒没啥事",
        "谁也没砸着",
        "一个没伤着",
        "人都平安",
        "娃儿们都没得事",
        "零伤亡",
    ],
)
def test_nobody_harmed_needs_no_word_of_harm(text: str) -> None:
    measures = told(text)
    assert measures["deaths"] == measures["injured"] == (0, 0)


def test_the_others_being_well_says_nothing_of_the_dead() -> None:
    assert told("砸死一个，别的人没事") == {"deaths": (1, 1), "injured": (0, 0)}


@pytest.mark.parametrize(
    ("text", "deaths", "injured"),
    [
        ("不是3个是5个，都是轻伤", None, 5),
        ("刚才说错了，死了两个不是三个", 2, None),
        ("刚才报的死3人有误，应为2人", 2, None),
        ("开始说2人死亡，不对，是3人死亡", 3, None),
        ("死亡由2人增至3人，受伤由5人增至7人", 3, 7),
        ("先报死亡9人，刚医院来电增至13人", 13, None),
        ("死亡人数已从一天前的350人增至525人", 525, None),
    ],
)
def test_a_correction_leaves_the_later_figure(text: str, deaths: int | None, injured: int | None) -> None:
    measures = told(text)
    for name, count in (("deaths", deaths), ("injured", injured)):
        if count is not None:
            assert measures[name] == (count, count)


@pytest.mark.parametrize(
    "text",
    [
        "会宝岭铁矿去年9月死过2个，这回又出事，没有死的",
        "污染源于13日爆炸（该次爆炸8死60伤，已另报），现停水，无人死亡",
        "煤矿没有死人，网上讲的“埋了40个”是上周演练的视频",
    ],
)
def test_what_befell_others_before_is_not_told_of_these(text: str) -> None:
    assert told(text)["deaths"] == (0, 0)
    assert told(text).get("injured", (0, 0)) == (0, 0)
    assert "trapped" not in told(text)


def test_dead_animals_are_no_dead_persons() -> None:
    assert told("羊圈塌了，压死羊二百多只，人没事")["deaths"] == (0, 0)


@pytest.mark.parametrize("text", ["一高二女生坠落，送医不治", "一个初三男生倒了，校医说人没了"])
def test_a_form_of_a_school_is_no_number_of_pupils(text: str) -> None:
    assert told(text)["deaths"] == (1, 1)


def test_asking_how_many_tells_no_number() -> None:
    assert "trapped" not in told("煤矿冒水了，到底几个没上来，谁也不说")


def test_parts_that_exceed_their_whole_are_said_and_change_nothing() -> None:
    found = reading("6人受伤，其中重伤4人、轻伤3人")
    assert found.facts.measures["injured"].low == 6
    assert [doubt.field for doubt in found.doubts] == ["injured"]
    assert not reading("7人受伤，其中重伤4人、轻伤3人").doubts


def test_one_who_speaks_is_not_one_who_is_hurt() -> None:
    assert "seriously_injured" not in told("一名医生表示，部分伤员伤势很重")


# ------------------------------------------------------------------ laws

FRAMES = ("3人死亡", "5人受伤", "2人失联", "4人被困")
DISTRACTORS = (
    "出动消防车5辆28人。",
    "民警12人到场。",
    "车牌宁A12345。",
    "货车核载47人。",
    "司机45岁。",
    "电话13812345678。",
    "拉了24吨煤。",
    "K1023处堵了3公里。",
    "302室门口有3台设备，电压220伏。",
)


@given(st.permutations(FRAMES))
def test_the_order_of_independent_frames_does_not_matter(frames: list[str]) -> None:
    assert told("，".join(frames)) == told("，".join(FRAMES))


@given(st.sampled_from(FRAMES), st.sampled_from(DISTRACTORS))
def test_a_sentence_of_vehicles_ages_or_helpers_changes_no_count(frame: str, distractor: str) -> None:
    plain = told(f"渡口镇两车相撞，{frame}。")
    assert {k: v for k, v in told(f"渡口镇两车相撞，{frame}。{distractor}").items() if k in plain} == plain
    casualties = {"deaths", "injured", "missing", "trapped", "poisoned", "seriously_injured"}
    assert set(told(distractor)) & casualties == set()


PIECES = (
    "3 5人 十余 死亡 受伤 重伤 失联 被困 升井 当班 其中 另 共 由 增至 全部 都 没 了 ， 。 （ ） 、 和 司机 夫妻 俩 一半 余 别的 "
    "送医 ICU 遗体 冲走 伤亡 昏迷 中毒 不详 无 仍 又 先报 现核实 后 不治 船上 救出 捅了 被车撞 腿断了 现场 当场 网上 谣言 "
    "去年 曾 20% 某 张某 人"
)


@given(st.lists(st.sampled_from(PIECES.split(" ")), max_size=24))
def test_no_heap_of_words_breaks_the_reading(pieces: list[str]) -> None:
    found = reading("".join(pieces))
    for quantity in found.facts.measures.values():
        assert len(quantity.said) <= 16
