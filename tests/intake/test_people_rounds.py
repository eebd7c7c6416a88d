"""Figures told in rounds: parts of the country, those left of the hurt, those lost before and dead since."""

import pytest

from tests.intake.words import told

_MEASURES = ("deaths", "injured", "seriously_injured", "missing", "trapped", "poisoned")


def _exact(note: str) -> dict[str, float]:
    found = told(note)
    assert all(low == high for low, high in found.values()), found
    return {name: low for name, (low, _) in found.items() if name in _MEASURES}


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("地震，甘肃走了40个，青海6个", {"deaths": 46}),
        ("地震，云南21人遇难，四川4人遇难", {"deaths": 25}),
        ("地震已致甘孜州12人遇难，雅安8人遇难，共20人", {"deaths": 20}),
        ("暴雨，四川30人遇难，甘孜州12人，雅安18人", {"deaths": 30}),
        ("先说死3个，后来医院又走了1个", {"deaths": 4}),
    ],
)
def test_figures_of_several_parts_of_the_country_add_up(note: str, figures: dict[str, float]) -> None:
    assert _exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("车站口有人行凶，9人受伤，2人抢救无效死亡，余7人无生命危险", {"deaths": 2, "injured": 7}),
        ("餐馆爆炸，当时30人受伤，夜里死了4个，26人在院", {"deaths": 4, "injured": 26}),
        ("砍人的抓了，2个没救活，另6个没有生命危险", {"deaths": 2, "injured": 6}),
        ("大巴上21名乘客均无生命危险", {}),
        ("翻车，2人轻伤，均无生命危险", {"injured": 2}),
    ],
)
def test_who_is_left_of_the_hurt_is_told_by_who_lives(note: str, figures: dict[str, float]) -> None:
    assert _exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("厂房失火，先报5人失联，后搜出遇难者7人", {"deaths": 7}),
        ("困了9个人，救出来1个重伤，别的8个都遇难了", {"deaths": 8, "injured": 1, "seriously_injured": 1}),
        ("11个人在里面，出来1个活的，其余10个都确认遇难", {"deaths": 10}),
        ("先报5人失联，死1人", {"deaths": 1, "missing": 5}),
        ("2人被洪水冲走失踪，1人遇难", {"deaths": 1, "missing": 2}),
        ("船抛锚，12个人困船上，刚拖回东码头", {"trapped": 0}),
        ("出不来的老人还有七八个", {"trapped": 7}),
        ("两个娃耍水，捞上来一个没气了，另一个还没摸着", {"deaths": 1, "missing": 1}),
    ],
)
def test_who_was_lost_or_shut_in_is_told_by_what_came_after(note: str, figures: dict[str, float]) -> None:
    assert {name: low for name, (low, _) in told(note).items() if name in _MEASURES} == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("污水池清淤，先下去2个晕了，后面去救的也倒了，现在3死1伤", {"deaths": 3, "injured": 1}),
        ("窨井里两个工人熏倒了，还困在下头", {"trapped": 2}),
        ("污水井，2名疏通工硫化氢熏倒，亡1", {"deaths": 1, "poisoned": 2}),
        ("邻居发现一氧化碳中毒，老两口死了", {"deaths": 2}),
        ("老人被发现死在家里", {"deaths": 1}),
        ("医院诊断手足口病", {}),
        ("炸膛了，放炮的那个手没了", {"injured": 1}),
        ("开手扶的腿摔坏了", {"injured": 1}),
        ("锅炉爆了，司炉工烧伤严重", {"injured": 1, "seriously_injured": 1}),
        ("老汉压底下，救护车到时人已不行", {"deaths": 1}),
        ("地铁进水，6人没能救活", {"deaths": 6}),
        ("老汉一个人住，没出来，人没了", {"deaths": 1}),
        ("三轮叫大车怼了，爹妈跟大闺女没了，小的那个还在抢救", {"deaths": 3, "injured": 1}),
        ("老师也因中毒正在抢救", {"poisoned": 1}),
        ("有人没呼吸了在做心肺复苏", {}),
        ("捞上来没呼吸了，1人死亡", {"deaths": 1}),
        ("河水发黑有死鱼，没有人畜伤亡", {"deaths": 0, "injured": 0}),
        ("老板两口子和两个吃饭的烧着了", {"injured": 4}),
    ],
)
def test_what_a_word_beside_them_says_of_persons(note: str, figures: dict[str, float]) -> None:
    assert _exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("院墙倒了，压了3个，扒出来一个，底下还有两个", {"trapped": 2}),
        ("面包车掉河里，捞出来3个都没了，还有1个在找", {"deaths": 3, "missing": 1}),
        ("民警在找3名目击者", {}),
        ("游船漂在湖心，1小时后拖回来了，都平安", {"deaths": 0, "injured": 0}),
        ("抢劫，保安手上挨了一刀，人跑了", {"injured": 1}),
        ("有个师傅触电，抢救了半个钟头没回来", {"deaths": 1}),
        ("圈梁塌下来，砸了俩瓦匠，一个当时就走了", {"deaths": 1, "injured": 1}),
        ("大火，43人死亡，88人受伤，51人仍在住院，其中有5名港人遇难", {"deaths": 43, "injured": 88}),
        ("5人先后中毒 全部救上来了 2人抢救无效死亡 3人住院", {"poisoned": 5, "deaths": 2}),
        ("死亡 3人 受伤 5人", {"deaths": 3, "injured": 5}),
        ("6死6伤，1个在医院没的，数字含在里头", {"deaths": 6, "injured": 6}),
        ("孩子捞上来没气了，大人到现在没影", {"deaths": 1, "missing": 1}),
    ],
)
def test_who_is_found_and_who_is_not(note: str, figures: dict[str, float]) -> None:
    assert _exact(note) == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("警察带走了4个人", {}),
        ("他又走了两里地", {}),
        ("抢救无效走了2个", {"deaths": 2}),
        (
            "作坊爆了，八个人烧得没个人样，两个没熬过去，剩下六个还在ICU",
            {"deaths": 2, "injured": 6, "seriously_injured": 6},
        ),
        ("修窖的塌了，埋进去俩，一个自己拱出来，一个挖出来身子都凉了", {"deaths": 1}),
        ("工棚倒了，压住五个，挖出来三个死两个活", {"deaths": 3}),
        ("中毒学生由35人增至52人", {"poisoned": 52}),
        ("先报9死，死亡仍为7人", {"deaths": 7}),
        ("两个爬上来，一个压在管子底下没了", {"deaths": 1}),
        ("六口人五口住院", {"injured": 5}),
        ("打架，一个头打破了，一个肋巴骨断了", {"injured": 2}),
        ("一男子持刀划伤3名学生和1名家长", {"injured": 4}),
        ("电工触电，120来按了半小时没按过来", {"deaths": 1}),
        ("翻车，大人没事，娃娃胳膊断了", {"injured": 1}),
    ],
)
def test_what_was_done_to_them_is_told_apart_from_what_became_of_them(
    note: str, figures: dict[str, float]
) -> None:
    assert _exact(note) == figures


def test_half_of_those_aboard_is_counted_from_them_and_light_ones_beside_others_add_up() -> None:
    assert told("公交上四十个人，乘客伤了一多半")["injured"] == (21, 40)
    low, high = told("侧翻，磕破头的有十来个，骨折两个")["injured"]
    assert low <= 12 <= (high or 0)


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("一个外地旅游团陆续有人恶心呕吐，31人送医", {}),
        ("一个施工队有人中毒", {}),
        ("3个施工队员中毒", {"poisoned": 3}),
    ],
)
def test_a_group_that_travels_or_works_is_no_person(note: str, figures: dict[str, float]) -> None:
    found = {name: low for name, (low, _) in told(note).items() if name in _MEASURES}
    assert {name: count for name, count in found.items() if 0 < count < 10} == figures


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ("门机吊钩滑脱，砸到1名理货员，送医抢救无效，死亡1人，现场已封", {"deaths": 1}),
        ("吊车倒了砸到2名工人，送医抢救无效，死亡2人", {"deaths": 2}),
        ("吊车倒了砸到1名工人，送医抢救无效，另1人当场死亡", {"deaths": 2}),
    ],
)
def test_the_dead_in_all_are_those_who_were_told_one_by_one(note: str, figures: dict[str, float]) -> None:
    assert _exact(note) == figures
