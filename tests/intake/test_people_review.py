"""Families of phrases of harm: pairs and siblings, those who die of their wounds, dead and hurt told together."""

import pytest

from tests.intake.words import reading, told

Range = tuple[float, float | None]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # siblings and couples
        ("三兄弟遇难", {"deaths": (3, 3)}),
        ("两姐妹溺亡", {"deaths": (2, 2)}),
        ("一对夫妻遇难", {"deaths": (2, 2)}),
        ("两对夫妻遇难", {"deaths": (4, 4)}),
        ("夫妻遇难", {"deaths": (2, 2)}),
        ("三姐妹饭店起火，死亡1人", {"deaths": (1, 1)}),
        # those who come to the others
        ("1人死亡，施救2人也死亡", {"deaths": (3, 3)}),
        ("伤1+2人", {"injured": (3, 3)}),
        ("K12+300处车祸，3人受伤", {"injured": (3, 3)}),
        # those who die of their wounds
        ("造成2死1伤，伤者送医后不治", {"deaths": (3, 3)}),
        (
            "死2人重伤3人，重伤中又有1人不治",
            {"deaths": (3, 3), "seriously_injured": (2, 2), "injured": (2, 2)},
        ),
        (
            "重伤3人，其中1人今早死亡",
            {"deaths": (1, 1), "seriously_injured": (2, 2), "injured": (2, 2)},
        ),
        ("重伤1人今早去世", {"deaths": (1, 1)}),
        ("伤1人送医后死亡", {"deaths": (1, 1)}),
        # one death without a number
        ("死者男，45岁", {"deaths": (1, 1)}),
        ("死者系店主", {"deaths": (1, 1)}),
        ("伤者抢救无效死亡", {"deaths": (1, 1)}),
        ("重伤者于昨晚死亡", {"deaths": (1, 1)}),
        ("伤者均抢救无效死亡", {"deaths": (1, None)}),
        ("伤者未死亡", {"deaths": (0, 0)}),
        ("2名伤者死亡", {"deaths": (2, 2)}),
        ("2人死亡，死者系父子", {"deaths": (2, 2)}),
        ("死者是3名工人", {"deaths": (3, 3)}),
        # dead and hurt in one word
        ("伤亡十余人", {"deaths": (0, 19), "injured": (0, 19)}),
        ("死伤十几个", {"deaths": (0, 19), "injured": (0, 19)}),
        ("伤亡10多人", {"deaths": (0, 19), "injured": (0, 19)}),
        ("伤亡人数达7人", {"deaths": (0, 7), "injured": (0, 7)}),
        ("造成伤亡7人", {"deaths": (0, 7), "injured": (0, 7)}),
        ("7人伤亡", {"deaths": (0, 7), "injured": (0, 7)}),
        ("伤亡3人，其中死亡1人", {"deaths": (1, 1), "injured": (2, 2)}),
        ("造成死伤多人", {"deaths": (0, None), "injured": (0, None)}),
        ("死伤数待核", {"deaths": (0, None), "injured": (0, None)}),
        ("车上46人，当场死亡33人", {"deaths": (33, 33)}),
        ("伤亡惨重", {"deaths": (0, None), "injured": (0, None)}),
        ("伤亡情况：3人死亡2人受伤", {"deaths": (3, 3), "injured": (2, 2)}),
        # other turns of phrase
        ("累计发病45例", {"poisoned": (45, 45)}),
        ("司机突发疾病", {}),
        ("转移3个村1200人", {"evacuated": (1200, 1200)}),
        ("转移2个社区群众300人", {"evacuated": (300, 300)}),
        ("死贰人伤叁人", {"deaths": (2, 2), "injured": (3, 3)}),
        # a rumour ends with its clause
        ("网传死了10人不实，起火伤1人", {"injured": (1, 1)}),
        ("网传死了10人系谣言，实际伤2人", {"injured": (2, 2)}),
        ("3人去世的传言不实，伤1人", {"injured": (1, 1)}),
    ],
)
def test_what_a_phrase_counts(text: str, figures: dict[str, Range]) -> None:
    kinds = ("deaths", "injured", "seriously_injured", "missing", "trapped", "poisoned", "evacuated")
    assert {name: told(text)[name] for name in kinds if name in told(text)} == figures


@pytest.mark.parametrize(
    ("text", "measure", "words"),
    [
        ("渡口镇，1人送医后死亡", "deaths", "1人送医后死亡"),
        ("渡口镇，司机当场死亡", "deaths", "司机当场死亡"),
        ("渡口镇，死者3男2女", "deaths", "死者3男2女"),
        ("渡口镇，若干人受伤", "injured", "若干人受伤"),
        ("渡口镇，多名群众受伤", "injured", "多名群众受伤"),
    ],
)
def test_words_are_said_whole(text: str, measure: str, words: str) -> None:
    assert reading(text).facts.measures[measure].said == words


@pytest.mark.parametrize(
    "note",
    [
        "1人被砸身亡",
        "1人被刺身亡，凶手在逃",
        "1人被毒蛇咬伤身亡",
        "沟槽塌方，1名工人被埋，16时20分救出，经医院抢救无效死亡",
        "1名工人被埋，救出后送医院抢救无效死亡",
        "矸石掉下来把个放炮工砸死了",
    ],
)
def test_the_blow_the_rescue_and_the_death_of_one_are_one_death(note: str) -> None:
    assert told(note) == {"deaths": (1, 1)}


@pytest.mark.parametrize(
    ("note", "counts"),
    [
        ("2人受伤死亡1人", {"deaths": 1, "injured": 2}),
        ("送医抢救无效死亡3人", {"deaths": 3}),
        ("车祸，伤者抢救无效死亡", {"deaths": 1}),
        ("两个小车蹭了，人没事，就是堵着不走", {"deaths": 0, "injured": 0}),
        ("3个人堵在里头", {"trapped": 3}),
        ("3人困在山上，已带下山，平安", {"trapped": 0}),
    ],
)
def test_what_stands_beside_such_words_keeps_its_own_count(note: str, counts: dict[str, int]) -> None:
    assert {name: low for name, (low, _) in told(note).items()} == counts
