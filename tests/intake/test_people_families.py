"""Who is told, and of whom: families of phrases, each by a few sentences made up for it."""

import pytest

from jinji_report.desk.batch import judge_line
from jinji_report.moments import parse_moment
from jinji_report.standards.load import load
from tests.intake.words import told

NOW = parse_moment("2026-03-05T09:30")
COUNTED = ("deaths", "injured", "seriously_injured", "missing", "trapped", "poisoned", "evacuated")


def exact(note: str) -> dict[str, float]:
    return {name: low for name, (low, high) in told(note).items() if name in COUNTED and low == high}


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("初报38死5伤，遗体仍在清理", {"deaths": 38, "injured": 5}),
        ("3人失联，遗体已找到", {"deaths": 3}),
        ("2人被埋，尸体已挖出", {"deaths": 2}),
    ],
)
def test_bodies_are_those_of_the_lost_and_of_none_of_the_hurt(note: str, figures: dict[str, float]) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("父子2人死亡，母跳窗受伤", {"deaths": 2, "injured": 1}),
        ("父亲遇难，母当场死亡，女重伤送医", {"deaths": 2, "seriously_injured": 1, "injured": 1}),
        ("父母都在外打工", {}),
    ],
)
def test_one_of_a_family_is_told_by_a_single_character(note: str, figures: dict[str, float]) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("两个卖鱼的吵起来，一个拿刀把人家膀子划了，缝几针的事", {"injured": 1}),
        ("三个人把一个老头打成重伤", {"seriously_injured": 1, "injured": 1}),
        ("两人打架，一人把对方打伤", {"injured": 1}),
        ("张某持刀将他人砍死", {"deaths": 1}),
        ("车把人撞了，没啥事", {"deaths": 0, "injured": 0}),
        ("一辆车把3人撞伤", {"injured": 3}),
    ],
)
def test_who_did_it_is_not_counted_among_those_to_whom_it_was_done(
    note: str, figures: dict[str, float]
) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("检修工手让托辊夹了，伤1人", {"injured": 1}),
        ("女的还没找到，失踪1个", {"missing": 1}),
        ("女的死了，男的重伤，死1人，伤1人", {"deaths": 1, "seriously_injured": 1, "injured": 1}),
    ],
)
def test_a_clause_of_a_word_and_its_number_alone_sums_up_those_told_one_by_one(
    note: str, figures: dict[str, float]
) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("院里26个老人都转到外头坝子上了，没人受伤", {"evacuated": 26, "injured": 0}),
        ("3个人转到市里医院", {"injured": 3}),
        ("2名伤者转到ICU", {"injured": 2}),
    ],
)
def test_who_is_moved_is_in_hospital_only_where_it_is_one(note: str, figures: dict[str, float]) -> None:
    assert {name: low for name, low in exact(note).items() if name != "seriously_injured"} == figures


@pytest.mark.parametrize(
    "told_of_them", ["多为大面积烧伤", "多数是轻伤", "轻伤居多", "主要是擦伤", "个别重伤"]
)
def test_what_most_of_them_suffer_is_not_told_of_all(told_of_them: str) -> None:
    assert exact(f"187人受伤，{told_of_them}") == {"injured": 187}


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("18人送医，其中3人抢救无效死亡，余15人伤", {"deaths": 3, "injured": 15}),
        ("40人受伤送医，其中2人死亡，其余38人受伤", {"deaths": 2, "injured": 38}),
        ("16人受伤，其中2人死亡", {"deaths": 2, "injured": 14}),
    ],
)
def test_the_rest_of_the_hurt_are_those_who_live(note: str, figures: dict[str, float]) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("22人途中失联，现已证实19人牺牲，3人受伤", {"deaths": 19, "injured": 3}),
        ("失联3人，死亡3人，受伤5人", {"missing": 3, "deaths": 3, "injured": 5}),
        ("2人失踪，已找到1人", {"missing": 1}),
        ("5人失联，找到3人，其中1人死亡", {"missing": 2, "deaths": 1}),
        ("5人失联，找到5人遗体", {"deaths": 5}),
        ("2人失联，已找到", {"missing": 0}),
        ("3人失联，已找到，均已死亡", {"deaths": 3}),
        ("8人失联，已找到5具遗体，还有3人失联", {"missing": 3, "deaths": 5}),
    ],
)
def test_who_was_found_since_is_missing_no_more(note: str, figures: dict[str, float]) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("房子塌了，老头困在里头，房东砸伤了", {"trapped": 1, "injured": 1}),
        ("房子塌了，老太太压在底下", {"trapped": 1}),
    ],
)
def test_another_who_is_hurt_does_not_bring_out_the_one_inside(note: str, figures: dict[str, float]) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("没有人死亡受伤", {"deaths": 0, "injured": 0}),
        ("无人员死亡、受伤、失踪", {"deaths": 0, "injured": 0, "missing": 0}),
        ("无人员伤亡被困", {"deaths": 0, "injured": 0, "trapped": 0}),
        ("无人员死亡、重伤3人", {"deaths": 0, "seriously_injured": 3, "injured": 3}),
    ],
)
def test_one_denial_holds_for_the_words_joined_to_the_first(note: str, figures: dict[str, float]) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("学生死4，老师死1", {"deaths": 5}),
        ("现场死亡4人、医院死亡2人", {"deaths": 6}),
        ("井口死2人，井下死5人", {"deaths": 7}),
        ("现场死亡4人，死亡4人均为工人", {"deaths": 4}),
        ("大客上9死，货车上1死，伤21", {"deaths": 10, "injured": 21}),
        ("A车3死2伤，B车1死1伤", {"deaths": 4, "injured": 3}),
        ("大客车9人死亡，大客车9人死亡已通知家属", {"deaths": 9}),
        ("牺牲消防员3名，群众死亡2名", {"deaths": 5}),
        ("大人没了俩，娃没了一个", {"deaths": 3}),
        ("地震致四川31人死亡、甘肃2人死亡", {"deaths": 33}),
        ("一边一个没了，另外四个伤", {"deaths": 2, "injured": 4}),
        ("死亡3人，其中学生2人死亡，老师1人死亡", {"deaths": 3}),
        ("死亡5人，学生死亡3人", {"deaths": 5}),
    ],
)
def test_figures_told_of_different_people_add_up_and_parts_do_not(
    note: str, figures: dict[str, float]
) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("一家五口除老大外全部遇难", {"deaths": 4}),
        ("车上8人，除1人重伤外全部遇难", {"deaths": 7, "seriously_injured": 1, "injured": 1}),
        ("9人中仅1人生还", {"deaths": 8}),
        ("6个人，就活了1个", {"deaths": 5}),
        ("9人中4人生还", {}),
    ],
)
def test_of_all_but_some_the_others_are_counted(note: str, figures: dict[str, float]) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("死亡人数升到12，伤27", {"deaths": 12, "injured": 27}),
        ("死亡数变成5", {"deaths": 5}),
        ("截至15日24时，遇难人数114、失联70", {"deaths": 114, "missing": 70}),
        ("核减2人，死亡数为19", {"deaths": 19}),
        ("最后2名失联者遗体找到，遇难定格在16", {"deaths": 16}),
        ("开头听说6个没了，这会儿讲是8个", {"deaths": 8}),
        ("死亡数字更新：7人", {"deaths": 7}),
        ("又有一名伤者今天不治，死亡人数增加到6人", {"deaths": 6}),
        ("把昨天报的5死改成4死", {"deaths": 4}),
        ("今天再添1死，总数到8了", {"deaths": 8}),
        ("开始讲死2个，后来讲死3个，最后核实还是2个", {"deaths": 2}),
        ("遇难同胞上升到11名", {"deaths": 11}),
        ("遇难者名单已公布，共9人", {"deaths": 9}),
    ],
)
def test_a_later_figure_counts_however_it_is_said_to_have_changed(
    note: str, figures: dict[str, float]
) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("船翻了，三个游上来了，捞起来两具，还有两个没找见", {"deaths": 2, "missing": 2}),
        ("找到第5具遗体，还有2人失联", {"deaths": 5, "missing": 2}),
        ("家里灭火器3具，没人受伤", {"injured": 0}),
        ("搭进去三条命", {"deaths": 3}),
        ("两条命保住了", {}),
        ("出了人命，两个", {"deaths": 2}),
        ("死12/伤8", {"deaths": 12, "injured": 8}),
        ("死3失2伤5", {"deaths": 3, "missing": 2, "injured": 5}),
        ("3死2失5伤", {"deaths": 3, "missing": 2, "injured": 5}),
        ("亡12伤8，其中重3", {"deaths": 12, "injured": 8, "seriously_injured": 3}),
        ("6个当场走了，路上又走2个", {"deaths": 8}),
        ("死了一家子四口", {"deaths": 4}),
        ("老头当场死的，老太太送医院路上死的", {"deaths": 2}),
        ("到医院两个都没保住", {"deaths": 2}),
        ("两个人的腿没保住", {}),
    ],
)
def test_ways_to_say_that_people_died(note: str, figures: dict[str, float]) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("父母和妻子三人遇害，本人跳楼身亡", {"deaths": 4}),
        ("捅死妻子和岳母二人后跳楼身亡", {"deaths": 3}),
        ("一男子砍死3人砍伤2人", {"deaths": 3, "injured": 2}),
        ("3人死亡5人受伤", {"deaths": 3, "injured": 5}),
    ],
)
def test_who_takes_his_own_life_is_one_more(note: str, figures: dict[str, float]) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("轻重伤共17人", {"injured": 17}),
        ("重3轻14", {"seriously_injured": 3, "injured": 17}),
        ("三个伤员里有一个快不行了", {"injured": 3, "seriously_injured": 1}),
        ("老太太摔了一跤，胯骨断了", {"injured": 1}),
        ("县医院收治19人、中医院收治7人", {"injured": 26}),
        ("19人送县医院，其中3人转市医院", {"injured": 19}),
        ("120接诊3人", {"injured": 3}),
        ("吸入烟气不适3人，已送医", {"injured": 3}),
    ],
)
def test_ways_to_say_that_people_are_hurt(note: str, figures: dict[str, float]) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("3人被困电梯40分钟后救出", {"trapped": 0}),
        ("被困的12名游客全部安全转移", {"trapped": 0}),
        ("井下还有7人失去联系", {"missing": 7}),
        ("底下还有两个", {}),
        ("2名学生走失", {"missing": 2}),
        ("3人落水，2人被救，1人不知所踪", {"missing": 1}),
    ],
)
def test_ways_to_say_who_is_lost_and_who_is_out(note: str, figures: dict[str, float]) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("车祸，3年前同一路口撞死过2人", {}),
        ("网民称死了十几人，官方通报死亡2人", {"deaths": 2}),
        ("撞死2人", {"deaths": 2}),
    ],
)
def test_what_is_told_of_another_time_or_by_the_net_is_no_figure(
    note: str, figures: dict[str, float]
) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("头一晚讲死6个，第二天讲44个，到今天78个了", {"deaths": 78}),
        ("一开始报2死51失联，最后53死", {"deaths": 53}),
        ("23遇难9失联，后全部找到，共32死", {"deaths": 32, "missing": 0}),
        ("9人失联，黑匣子已全部找到", {"missing": 9}),
        ("冲走5个，找到3个（都没气了），还差2个", {"deaths": 3, "missing": 2}),
        ("机上53个人全没了，岸上还砸死2个", {"deaths": 55}),
        ("飞机掉湖里头，岸上砸死2个，伤3个", {"deaths": 2, "injured": 3}),
        ("47死34伤，纵火的也烧死了", {"deaths": 48, "injured": 34}),
        ("倒下去7个，6个没醒过来", {"deaths": 6}),
        ("住院722人（危重12、重58）", {"injured": 722, "seriously_injured": 70}),
    ],
)
def test_how_a_big_accident_is_told_day_by_day(note: str, figures: dict[str, float]) -> None:
    assert exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        (
            "载了9个妇女，5个当场没的，4个住院，里面1个很重",
            {"deaths": 5, "injured": 4, "seriously_injured": 1},
        ),
        ("家里没的吃", {}),
        ("死1人，失踪2人后找到遗体，3人轻伤", {"deaths": 3, "injured": 3}),
        ("2死3被困，被困人员全部遇难", {"deaths": 5}),
        ("民工驻地冲没了，21人失联，找见6具", {"deaths": 6, "missing": 21}),
        ("5人落水，都救起来了，1人经抢救无效", {"deaths": 1}),
        ("两个指头没了", {}),
        ("6死6伤，1个在医院没的，数字含在里头", {"deaths": 6, "injured": 6}),
    ],
)
def test_what_is_gone_is_a_person_only_where_one_is_told(note: str, figures: dict[str, float]) -> None:
    assert exact(note) == figures


def test_the_dead_for_whose_sake_people_gather_are_no_figure_of_the_gathering() -> None:
    found = judge_line({"text": "因3年前医疗事故死亡1人，家属20人围堵医院"}, load("ningxia"), NOW)
    assert "deaths" not in found["incident"]["measures"]


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("今日6时，济广高速K62三货车追尾，1人被困，已破拆救出，轻伤。无死亡，损失5万元。", False),
        ("今日6时，济广高速K62三货车追尾，1人被困。无死亡，损失5万元。", True),
        ("今日6时，济广高速K62三货车追尾，有人被困。无死亡，损失5万元。", True),
    ],
)
def test_nobody_is_asked_after_who_is_told_to_be_out(note: str, asked: bool) -> None:
    verdict = judge_line({"text": note}, load("ningxia"), NOW)["verdict"]
    assert any("被困" in question["ask"] for question in verdict["questions"]) == asked


def test_how_many_gathered_at_most_is_how_many_gathered() -> None:
    found = judge_line({"text": "讨薪工人堵了县政府大门，最多300人围堵"}, load("ningxia"), NOW)
    crowd = found["incident"]["measures"]["crowd"]
    assert (crowd["low"], crowd["high"]) == (300, 300)
