"""Several incidents in one call: what parts them, and what does not."""

import pytest

from jinji_report.intake.apart import Piece, apart
from tests.intake.words import LEXICON, NOW, Lexicon, category

CRASH = "今早8点10分，G30高速K1023处两车追尾，2人死亡"
FIRE = "8点40分，渡口镇东街一服装店起火，1人受伤"


def pieces(text: str) -> tuple[Piece, ...]:
    return apart(text, NOW, LEXICON)


def kinds(text: str) -> list[str | None]:
    return [piece.reading.facts.category for piece in pieces(text)]


BOTH = ["道路交通事故", "火灾"]


@pytest.mark.parametrize(
    "text",
    [
        f"1. {CRASH}。2. {FIRE}。",
        f"1、{CRASH}；2、{FIRE}",
        f"一、{CRASH}。\n二、{FIRE}。",
        f"（1）{CRASH}。（2）{FIRE}。",
        f"①{CRASH}②{FIRE}",
        f"报两件事：一是{CRASH}；二是{FIRE}。",
        f"第一件，{CRASH}。第二件，{FIRE}。",
        f"{CRASH}。\n\n{FIRE}。",
        f"{CRASH}。\r\n\r\n{FIRE}。",
        f"{CRASH}\n{FIRE}",
        f"{CRASH}。{FIRE}。",
        f"{CRASH}。另外，{FIRE}。",
        f"{CRASH}，另一起是{FIRE}。",
        f"{CRASH}。还有个事，{FIRE}。",
        f"{CRASH}。同日{FIRE}。",
        f"{CRASH}。又接到报告，{FIRE}。",
        f"{CRASH}。同一时间，{FIRE}。",
        f"交警报：{CRASH}。消防报：{FIRE}。",
        "刚接两个警：G30高速K1023两车追尾；渡口镇东街服装店起火",
    ],
)
def test_two_incidents_are_parted_by_a_list_by_paragraphs_by_what_is_said_and_by_their_clocks(
    text: str,
) -> None:
    assert kinds(text) == BOTH


def test_a_piece_is_a_stretch_of_the_note_and_reads_by_itself() -> None:
    text = f"昨夜值班情况：\n1. {CRASH}。\n2. {FIRE}，，"
    found = pieces(text)
    assert [text[piece.start : piece.end] for piece in found] == [piece.text for piece in found]
    assert found[1].text == FIRE
    assert found[0].reading.facts.measures["deaths"].low == 2
    assert "deaths" not in found[1].reading.facts.measures


def test_what_stands_above_the_first_incident_goes_with_it() -> None:
    found = pieces(f"县应急局李主任电话报：一是{CRASH}；二是{FIRE}。")
    assert found[0].text.startswith("县应急局")
    assert pieces(f"王队：{CRASH}。还有个事，{FIRE}。")[0].text.startswith("王队")


def test_the_same_kind_elsewhere_at_another_time_is_another_incident() -> None:
    assert len(pieces(f"{CRASH}。另有一起，9点白石乡柳树坪两车追尾，1人受伤")) == 2
    assert len(pieces(f"1. {CRASH}；2. 9点20分白石乡柳树坪两车追尾，1人受伤")) == 2


@pytest.mark.parametrize(
    "text",
    [
        f"{CRASH}。另有3人受伤，已送医院。",
        f"{CRASH}，同时造成拥堵10公里。另外，消防30人到场。",
        "渡口镇东街一服装店起火，2人死亡。另外，隔壁超市也着火了，1人受伤",
        "今天9时02分渡口镇发生5.1级地震。地震引发白石乡柳树坪货车侧翻，2人受伤",
        "今天9时02分渡口镇发生5.1级地震，3人死亡。\n\n白石乡也有震感，2人受伤。",
        "白石乡化工厂氯气泄漏，5人中毒。同时，下风向柳沟小学23名学生呕吐",
        "一、基本情况：今早8点，白石乡化工厂起火。二、伤亡情况：3人死亡。三、处置情况：现场明火已灭。",
        "渡口镇东街起火2人死亡。该店2019年也曾起火，另外2021年还发生过火灾",
        f"{CRASH}：1. 张某，男，35岁；2. 李某，女，30岁。",
        f"{CRASH}。\n\n消防8点20分到场，8点50分扑灭明火。\n\n原因正在调查。",
        f"续报：{CRASH}。\n\n{FIRE}。",
        "昨晚23时，渡口镇东街两车追尾，3人受伤。今早8点，县政府门口的事上了热搜",
        f"交警：{CRASH}。消防：已破拆救出1人。",
        "一、今早8点，渡口镇东街起火。二、救援情况：白石乡消防站一辆货车追尾。",
        "渡口镇东街服装店起火，1人受伤。同时，受浓烟影响，G30高速K1023处两车追尾，2人受伤",
        "今早8点，渡口镇东街起火。8点10分消防到场。8点40分，东街明火扑灭。",
    ],
)
def test_more_of_one_incident_is_not_parted(text: str) -> None:
    assert pieces(text) == ()


LEAK = "白石乡化工厂氯气泄漏，5人送医。另外，柳沟村服装店起火，1人受伤"
GATE = "今早8点，白石乡化工厂氯气泄漏，5人送医。另外，9点40分渡口镇东街的事上了热搜，1人受伤"


def test_what_one_kind_brings_with_it_the_standards_say() -> None:
    """Without a time of its own it is part of the first; a kind that comes of anything is so hours later too."""
    assert len(pieces(LEAK)) == 2
    assert pieces(GATE) == ()
    other = Lexicon()
    for row in (
        category("危险化学品事故", strong="#危险化学品+泄漏", brings="火灾"),
        category("网络舆情", strong="热搜"),
    ):
        other.categories[row.name] = row
    assert apart(LEAK, NOW, other) == ()
    assert len(apart(GATE, NOW, other)) == 2


def test_a_follow_up_parts_only_where_it_says_so() -> None:
    assert len(pieces(f"续报：{CRASH}。\n\n{FIRE}。")) == 0
    assert len(pieces(f"续报：{CRASH}。还有个事，{FIRE}。")) == 2


def test_a_piece_too_short_to_tell_anything_makes_no_incident() -> None:
    assert pieces("1. 起火。2. 追尾") == ()
    assert pieces("") == ()


@pytest.mark.parametrize(
    "piece", ["另外，", "1. ", "\n\n", "\n \t", "还有个事，", "。8点", f"{CRASH}。另外，{FIRE}。"]
)
def test_a_long_paste_of_signs_costs_a_few_readings_and_raises_nothing(piece: str) -> None:
    assert len(pieces(piece * (20_000 // len(piece)))) <= 12
