"""Wording, privacy, weight and shape of a report."""

from collections.abc import Callable
from typing import Any

import pytest

from jinji_report.quantity import unknown
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Stage

from .check import Looked, fire, looked

Look = Callable[..., Looked]


@pytest.fixture
def look(standards: Standards) -> Look:
    return lambda facts, **more: looked(standards, facts, **more)


BAD = [
    ("现场十分惨烈", "惨烈", "B402"),
    ("教训深刻，值得反思", "教训深刻", "B402"),
    ("好像还有人在里面", "好像", "B402"),
    ("听说还有人在里面", "听说", "B402"),
    ("现场已警戒。县委县政府高度重视", "高度重视", "B402"),
    ("我们正在了解", "我们", "B402"),
    ("网上已经炸锅", "炸锅", "B402"),
    ("火势很大！正在扑救", "！", "B402"),
    ("影响不大", "影响不大", "B402"),
    ("据网友猜测有人纵火", "网友猜测", "B401"),
    ("可能是电线短路引起的", "可能是", "B401"),
]


@pytest.mark.parametrize(("said", "word", "code"), BAD)
def test_a_word_that_does_not_belong_is_found_and_pointed_at(
    said: str, word: str, code: str, look: Look
) -> None:
    made = look(fire(actions=f"消防出动4车，{said}"))
    assert word in made.words(code)
    assert made[code].remedy


FINE = [
    "警方排除恐怖袭击",
    "伤势轻微",
    "张某受轻微伤",
    "初步估计过火面积100亩",
    "县委书记高度重视，作出批示",
    "第一时间疏散群众120人",
    "现场拉有“还我血汗钱！”横幅",
    "网传“炸锅”视频经核查不属实",
    "可能有人被困",
    "患者喝喇嘛送来的水",
    "正在缩小火势",
]


@pytest.mark.parametrize("said", FINE)
def test_what_is_in_order_is_left_alone(said: str, look: Look) -> None:
    assert not look(fire(actions=f"消防出动4车，{said}")).codes & {"B401", "B402"}


def test_a_guess_at_the_cause_is_forbidden_in_a_first_report_alone(look: Look) -> None:
    guess = fire(cause="可能是电线短路引起")
    assert look(guess)["B401"].must
    assert "B401" not in look(guess, stage=Stage.FINAL).codes
    assert "B401" not in look(fire(cause="经勘查，初步判断可能是电线短路引起")).codes


def test_making_small_is_found_where_it_matters_alone(look: Look) -> None:
    small = {"actions": "影响不大"}
    assert "B402" in look(fire(**small)).codes
    quiet = fire(deaths=0, injured=0, category="道路交通事故", course="两车刮擦", **small)
    assert "B402" not in look(quiet).codes


def test_the_words_of_one_kind_are_one_finding(look: Look) -> None:
    made = look(fire(actions="现场惨烈，触目惊心，令人痛心，哭声震天"))
    found = [remark for remark in made.remarks if remark.code == "B402"]
    assert len(found) == 1
    assert "等4处" in found[0].text


def test_the_remedy_is_what_the_standards_suggest(look: Look, standards: Standards) -> None:
    row = next(row for row in standards.language if row.name == "渲染")
    found = look(fire(actions="现场惨烈"))["B402"]
    assert (row.why in found.text, row.suggest in found.remedy) == (True, True)


# ── privacy ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("110101199003070011", True),
        ("11010119900307001X", True),
        ("110101199013070011", False),  # no such day
        ("1101011990030700112", False),  # one digit more
    ],
)
def test_an_identity_number_must_go(number: str, found: bool, look: Look) -> None:
    made = look(fire(progress=f"死者身份证{number}已核对"), stage=Stage.FINAL)
    assert ("B501" in made.codes) is found
    if found:
        assert made["B501"].must
        assert made.words("B501") == number


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("死者李建国，男，45岁", "李建国"),
        ("伤者王芳已送医", "王芳"),
        ("赵大柱（男，50岁）被救出", "赵大柱"),
        ("司机欧阳志远，无证驾驶", "欧阳志远"),
        ("死者李某，男", ""),
        ("伤者王某某已送医", ""),
        ("司机张警官", ""),
        ("患者高烧不退", ""),
        ("死者家属已到场", ""),
        ("学生方面情况稳定", ""),
    ],
)
def test_the_names_of_those_concerned_are_looked_at(said: str, name: str, look: Look) -> None:
    made = look(fire(progress=said), stage=Stage.FINAL)
    assert ("B502" in made.codes) is bool(name)
    if name:
        assert made.words("B502") == name


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("13900000000", True),
        ("139-0000-0000", True),
        ("0931-1234567", True),
        ("1390000000", False),
        ("12900000000", False),
    ],
)
def test_a_phone_in_the_body_is_looked_at(number: str, found: bool, look: Look) -> None:
    assert ("B503" in look(fire(actions=f"家属{number}在场")).codes) is found


def test_the_phone_of_the_desk_stands_in_the_head(look: Look) -> None:
    made = look(fire())
    assert "0000-1234500" in made.text
    assert "B503" not in made.codes


# ── weight ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("deaths", "found"), [(2, False), (3, True), (4, True)])
def test_a_grade_below_the_figures_must_be_mended(deaths: int, found: bool, look: Look) -> None:
    made = look(fire(deaths=deaths, actions="按一般事故处置"))
    assert ("B601" in made.codes) is found
    if found:
        assert made["B601"].must


@pytest.mark.parametrize(
    "said", ["由一般事故调整为较大事故", "重大事故隐患", "超过一般事故标准", "一般工贸企业", "特别重大事故"]
)
def test_a_grade_that_is_not_claimed_is_left_alone(said: str, look: Look) -> None:
    assert "B601" not in look(fire(deaths=3, actions=said)).codes


@pytest.mark.parametrize(("deaths", "found"), [(None, True), (unknown("不详"), True), (2, False), (0, False)])
def test_unknown_is_never_written_as_none(deaths: Any, found: bool, look: Look) -> None:
    made = look(fire(deaths=deaths, injured=None, actions="现场无人员伤亡"))
    assert ("B602" in made.codes) is found


def test_the_careful_words_are_in_order(look: Look) -> None:
    facts = fire(deaths=unknown("不详"), injured=None, actions="暂无人员伤亡报告")
    assert "B602" not in look(facts).codes


def test_a_decision_not_to_report_is_held_against_the_verdict(look: Look) -> None:
    assert "带班领导意见" in look(fire(), kept_back="带班领导意见")["B603"].text
    quiet = fire(deaths=0, injured=0, category="道路交通事故", course="两车刮擦")
    assert "B603" not in look(quiet, kept_back="小事").codes


# ── shape ─────────────────────────────────────────────────────────────────────


def title(words: str) -> Callable[[str], str]:
    return lambda text: "\n".join([words, *text.split("\n")[1:]])


@pytest.mark.parametrize(
    ("words", "lacks"),
    [
        ("关于有关情况的报告", "地点、事件、死亡人数"),
        ("城关镇东街一服装店火灾情况", "死亡人数"),
        ("城关镇东街2人死亡", "事件"),
        ("火灾致2人死亡", "地点"),
        ("城关镇火灾致2人死亡", ""),
    ],
)
def test_a_title_states_the_core(words: str, lacks: str, look: Look) -> None:
    made = look(fire(), edit=title(words))
    assert ("B701" in made.codes) is bool(lacks)
    if lacks:
        assert lacks in made["B701"].text
        assert made.words("B701") == words


@pytest.mark.parametrize(("length", "found"), [(49, False), (50, False), (51, True)])
def test_a_title_is_as_long_as_the_standards_allow(length: int, found: bool, look: Look) -> None:
    words = "城关镇东街一服装店火灾致2人死亡3人受伤".ljust(length, "续")
    assert ("B702" in look(fire(), edit=title(words)).codes) is found


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_text_is_as_long_as_the_standards_allow(more: int, look: Look, standards: Standards) -> None:
    from jinji_report.reports.check.paper import body_of

    made = look(fire(), edit=str)
    room = standards.wording["text_most"] - len("".join(body_of(made.text).split())) - 1
    longer = look(fire(), edit=lambda text: f"{text}\n{'续' * (room + more)}。")
    assert ("B703" in longer.codes) is (more > 0)


def test_a_final_report_may_be_long(look: Look) -> None:
    assert "B703" not in look(fire(progress="续" * 700), stage=Stage.FINAL).codes


def test_an_edited_text_without_a_figure_is_found(look: Look) -> None:
    import re

    made = look(fire(), edit=lambda text: re.sub(r"[0-9]+(?=人|车)", "", text).replace("一服装店", "服装店"))
    assert "B704" in made.codes
    assert "B704" not in look(fire(), edit=str).codes


def test_every_finding_points_into_the_text_or_nowhere(look: Look) -> None:
    made = look(
        fire(
            actions="现场惨烈！我们高度重视，死者李建国，13900000000",
            deaths=3,
            injured=1,
            seriously_injured=4,
        )
    )
    assert len(made.codes) >= 4
    for remark in made.remarks:
        if remark.span is not None:
            assert made.text[slice(*remark.span)] == remark.said


@pytest.mark.parametrize(
    "piece", ["轻微伤", "惨烈", "一般事故", "死者李建国，", "3月4日25时", "死亡2人", "“", "可能是", "1"]
)
def test_a_text_of_any_kind_is_looked_over_in_a_moment(piece: str, look: Look) -> None:
    import time

    made = look(fire(), edit=str).text
    start = time.perf_counter()
    look(fire(), edit=lambda text: made + "\n" + (piece * 19_000)[:19_000])
    assert time.perf_counter() - start < 10
