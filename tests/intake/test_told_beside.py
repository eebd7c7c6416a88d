"""What was told beside the figures: course, measures, who commands, cause; nothing of a call is lost."""

import json
import re
from pathlib import Path

import pytest

from jinji_report.intake.lexicon import listed
from jinji_report.intake.read import read
from jinji_report.intake.reading import Reading
from jinji_report.moments import parse_moment
from tests.intake.words import LEXICON, reading

NOTES = [
    json.loads(line)
    for name in ("corpus.jsonl",)
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
]


def beside(text: str) -> dict[str, str]:
    facts = reading(text).facts
    return {name: getattr(facts, name) for name in ("course", "actions", "leaders", "cause")}


@pytest.mark.parametrize(
    "text",
    [
        "出动消防车22辆、消防员85名",
        "疏散周边群众320人",
        "交警已封闭道路",
        "伤者送县人民医院",
        "9时30分明火扑灭",
        "涉事档口已封存",
        "嫌疑人8时许被抓获",
        "消防来了2台车",
        "信访局的人在劝",
        "正在组织救援",
    ],
)
def test_forces_sent_people_moved_roads_closed_and_treatment_are_measures_taken(text: str) -> None:
    assert text in beside(f"东街起火，{text}")["actions"]


@pytest.mark.parametrize(
    "text",
    [
        "群众尚未疏散",
        "道路还没封闭",
        "没法施救",
        "准备疏散周边群众",
        "拟停课三天",
        "请求支援",
        "请市里增援",
        "急需皮划艇救援",
        "送医途中死亡",
        "经抢救无效死亡",
        "送医3死",
        "派出所对面冒烟",
        "撞上中央隔离带",
    ],
)
def test_what_is_denied_planned_asked_for_or_in_vain_is_no_measure_taken(text: str) -> None:
    assert beside(f"东街起火，{text}")["actions"] == ""


def test_what_is_planned_or_asked_for_stays_in_the_course() -> None:
    told = beside("东街起火，准备疏散周边群众，水泵不够，请求支援")
    assert told["course"] == "东街起火，准备疏散周边群众，水泵不够，请求支援"


@pytest.mark.parametrize(
    "text",
    [
        "县长李强已到现场指挥",
        "应急局局长马某带队赶赴现场",
        "县委书记作出批示",
        "现场总指挥：副县长李强13909521234",
        "现场指挥李强13909521234",
    ],
)
def test_who_came_who_commands_and_how_to_reach_them_are_the_leaders(text: str) -> None:
    facts = reading(f"东街起火，{text}").facts
    assert facts.leaders == text
    assert facts.source.phone is None


def test_a_commanders_phone_in_a_clause_of_its_own_stays_with_him() -> None:
    facts = reading("东街起火，现场由副县长李强指挥，电话13909521234。").facts
    assert facts.leaders == "现场由副县长李强指挥，电话13909521234"
    assert facts.source.phone is None


@pytest.mark.parametrize("text", ["领导尚未到场", "县长还没赶到", "暂无领导到场", "请县领导到场"])
def test_leaders_who_have_not_come_are_none_on_the_scene(text: str) -> None:
    told = beside(f"东街起火，{text}")
    assert told["leaders"] == ""
    assert text in told["course"]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("两车追尾，原因系疲劳驾驶", "疲劳驾驶"),
        ("仓库起火，起火原因初步判断为线路老化", "初步判断为线路老化"),
        ("仓库起火，系违规动火引发", "系违规动火引发"),
        ("后山起火，是放牛娃玩火引起的", "是放牛娃玩火引起的"),
        ("仓库起火，疑因烟头", "疑因烟头"),
        ("仓库起火，怀疑是电线短路", "怀疑是电线短路"),
        ("因雨天路滑，两车追尾", "因雨天路滑"),
        ("两车追尾，由于大雾能见度低", "由于大雾能见度低"),
        ("公交车起火，系人为纵火", "系人为纵火"),
        ("因感情纠纷，男子持刀伤人", "因感情纠纷"),
        ("男子持刀伤人，为报复社会", "为报复社会"),
        ("起火原因正在调查", ""),
        ("仓库起火，原因不明", ""),
        ("仓库起火，原因还没弄清", ""),
        ("因公死亡1人", ""),
        ("因伤势过重死亡1人", ""),
        ("仓库起火，因此停产", ""),
        ("网络系统瘫痪", ""),
        ("仓库起火，嫌疑人在逃", ""),
        ("饭后呕吐，疑似食物中毒", ""),
        ("学生不明原因发热", ""),
        ("死者系女性", ""),
        ("仓库起火，引发网上关注", ""),
    ],
)
def test_a_cause_keeps_how_sure_the_teller_is_and_one_looked_for_is_none(text: str, cause: str) -> None:
    assert beside(text)["cause"] == cause


def test_what_is_still_looked_into_stays_in_the_course() -> None:
    assert "原因还没弄清" in beside("好些老人发烧，原因还没弄清")["course"]


def test_the_time_and_who_tells_it_are_no_part_of_the_course() -> None:
    assert beside("县交警大队报：3月5日8时15分，两车追尾")["course"] == "两车追尾"
    assert beside("续报：3月5日8时15分许，两车追尾")["course"] == "两车追尾"


def test_a_later_time_stays_with_what_happened_then() -> None:
    told = beside("昨晚11点楼裂了，今早5点又垮了半边，9时30分扑灭")
    assert "今早5点又垮了半边" in told["course"]
    assert told["actions"] == "9时30分扑灭"


def test_a_clause_with_a_comma_in_brackets_is_not_cut() -> None:
    assert (
        "受灾（房屋3间，羊圈2座，草垛5个）" in beside("村里起火，受灾（房屋3间，羊圈2座，草垛5个）")["course"]
    )


def test_a_course_that_is_too_long_ends_between_clauses() -> None:
    clauses = [f"第{n}号车撞上了前车" for n in range(1, 80)]
    course = beside("，".join(clauses))["course"]
    assert len(course) < 400
    assert all(clause in clauses for clause in course.split("，"))


def test_what_opens_with_one_endless_clause_is_cut_at_no_number_and_no_name() -> None:
    course = beside("东街起火" + "、烧毁1234号房" * 200)["course"]
    assert course.endswith("烧毁1234号房")


_PICTURE = re.compile("[\U0001f000-\U0001faff]")
_PIECES = re.compile(r"[^，,。；;！!？?\n]+")
_SAYS_NOTHING = re.compile(
    r"@[^ ]+|\W|"
    + "|".join(
        listed(
            """
        各位领导 那会儿 本报讯 得知 另有 到底 找到 报称 全部 快报 还有 速报 已知 通报 获悉 已经
        情况 来电 消息 合计 首报 续报 造成 记者 地点 确认 核实 现在 目前 你好 领导 时间 初步
        统计 一共 报告 导致 更正 接警 另外 核定 里头 电话 累计 核查 我在 共计 截止 您好 接报
        终报 医院 截至 其中 有关 我是 是 从 已 就 约 事 时 致 及 据 起 至 喂 说 另 人 报
        只 又 分 于 有 和 都 我 刚 增 许 经 里 了 现 的 还 在 共
        """
        )
    )
)


def _unheard(note: str, found: Reading) -> list[str]:
    facts = found.facts
    source = (facts.source.unit, facts.source.person, facts.source.phone)
    kept = "，".join((facts.course, facts.actions, facts.leaders, facts.cause, *(w for w in source if w)))
    read_ = {at for span in found.spans if span.field != "tag" for at in range(span.start, span.end)}
    read_ |= {
        at for start, end in map(lambda c: found.note.span(*c), found.clocks) for at in range(start, end)
    }
    lost = []
    for piece in _PIECES.finditer(note):
        left = "".join(note[at] if at not in read_ else " " for at in range(*piece.span()))
        parts = [part for part in _PICTURE.sub("", left).split() if part not in kept]
        rest = _SAYS_NOTHING.sub("", "".join(parts))
        if piece[0].strip() not in kept and len(rest) > 1:
            lost.append(piece[0])
    return lost


def test_hardly_a_clause_of_a_call_is_covered_by_no_value_course_measures_leaders_cause_or_caller() -> None:
    """Three in a hundred: what is told of earlier incidents, of rumours, and of a few turns of speech."""
    lost = {
        note["id"]: pieces
        for note in NOTES
        if (pieces := _unheard(note["text"], read(note["text"], parse_moment(note["now"]), LEXICON)))
    }
    assert len(lost) * 100 <= 3 * len(NOTES), lost


@pytest.mark.parametrize(
    "signature",
    [
        "报告人 县一中 马主任 13900001111",
        "报告人：县一中马主任，13900001111",
        "报告人县一中马主任，电话13900001111",
    ],
)
def test_a_signature_is_no_part_of_the_course(signature: str) -> None:
    assert beside(f"今早8点20，县一中食堂着火。{signature}")["course"] == "县一中食堂着火"


def test_the_head_of_a_school_or_a_works_on_the_spot_is_a_leader() -> None:
    assert beside("县一中食堂着火，校长已到现场")["leaders"] == "校长已到现场"


def test_what_a_caller_says_is_not_his_name() -> None:
    assert reading("县一中食堂着火，报告人说楼塌了一角").facts.source.person is None


def test_the_phone_behind_the_callers_name_tells_nothing_of_what_happened() -> None:
    told = beside("今天20时40分，东街起火，2人死亡。县消防救援大队李强电话13900001111报")
    assert "13900001111" not in told["course"]
