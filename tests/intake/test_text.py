"""The note made even: whatever a keyboard, a scanner, a chat or a web page puts in, the words are read and keep their place."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinji_report.intake.text import Note, even
from jinji_report.intake.traditional import SIMPLIFIED, TRADITIONAL

from .words import reading, told

ANY = st.text(st.characters(), max_size=80)
"""Any characters, halves of pairs too."""
PIECES = st.lists(
    st.sampled_from(
        [
            *"死亡3人伤。，\n \u3000\u200b\ufe0f\u20e3①③²😀🏻\ud83d\x1b[m<b>&；*~|:/-@O1lA",
            "&nbsp;", "&#27515;", "<br>", "**", "~~", "张三 2026/3/5 1:23:\n",
            "[01:23] 李四: ", "1、", "2、", "- ",
            "1️⃣", "\r\n", "東街", "死\n亡", "2 0 2 6 年", "昨晚东街起火，造成3人死亡。",
        ]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("came", "plain"),
    [
        ("死亡３人，重傷２人（含兒童）！", "死亡3人,重伤2人(含儿童)！"),
        ("死 亡 3 人", "死亡3人"),
        ("2 0 2 6 年 3 月 5 日", "2026年3月5日"),
        ("东街失火死亡 3 5 人", "东街失火死亡3 5人"),
        ("死 亡 3 5 人 受 伤", "死亡35人受伤"),
        ("3 5", "3 5"),
        ("死\u200b亡\ufeff3\u00ad人\u202e", "死亡3人"),
        ("死亡\u30003\u2003人", "死亡3人"),
        ("G30 K1023", "G30 K1023"),
        ("3️⃣人死亡", "3人死亡"),
        ("1️⃣2️⃣人死亡", "12人死亡"),
        ("③人死亡", "三人死亡"),
        ("①死亡3人②受伤5人", "；死亡3人；受伤5人"),
        ("①人员伤亡情况", "；人员伤亡情况"),
        ("❶起火●死亡3人", "；起火；死亡3人"),
        ("东街😀起火👨‍👩‍👧，死亡🙏3人", "东街起火,死亡3人"),
        ("两车撞了😢两人受伤", "两车撞了,两人受伤"),
        ("死亡3人¹，烧毁500m²", "死亡3人,烧毁500m2"),
        ("14∶20起火", "14:20起火"),
        ("2O26年5l0人2OO6年1OO米", "2026年510人2006年1OO米"),
        ("⽕灾，⼈员安全", "火灾,人员安全"),
        ("死亡&#51;人，&nbsp;伤&lt;5人", "死亡3人,伤<5人"),
        ("<p>东街<b>起火</b></p><br/>死亡3人", "\n东街起火\n\n死亡3人"),
        ("**死亡3人** `受伤`", "死亡3人受伤"),
        ("~~死亡2人~~死亡3人", "死亡3人"),
        ("死亡3~~5人~~", "死亡3~~5人~~"),
        ("\x1b[31m死亡\x1b[0m3人\x1b]0;title\x07", "死亡3人"),
        ("\ud83d起火", "\ufffd起火"),
        ("a < b，c & d", "a<b,c&d"),
        ("凉水村滑坡 5:51垮的 合兴 和平两个组", "凉水村滑坡,5:51垮的,合兴,和平两个组"),
        ("G30高速 K1023 两车追尾 死亡 3 人", "G30高速,K1023,两车追尾,死亡3人"),
        ("凉水村 滑坡，5:51垮的", "凉水村滑坡,5:51垮的"),
    ],
)  # fmt: skip
def test_what_is_written_otherwise_is_read_the_same(came: str, plain: str) -> None:
    assert Note(came).plain == plain


@pytest.mark.parametrize(
    ("came", "plain"),
    [
        ("起火，造成3人死\n亡，2人受伤", "起火,造成3人死亡,2人受伤"),
        ("起火造成3\n人死亡", "起火造成3人死亡"),
        ("起火，\n3人死亡", "起火,3人死亡"),
        ("经初步核查，起火造成\n3人死亡", "经初步核查,起火造成3人死亡"),
        ("东街起火\n3人死亡", "东街起火\n3人死亡"),
        ("起火。\n人员已疏散", "起火。\n人员已疏散"),
        ("发生时间：1:20\n人员伤亡：无", "发生时间:1:20\n人员伤亡:无"),
        ("01:23\n人已救出", "01:23\n人已救出"),
        ("死亡\n3人\n受伤\n5", "死亡3人\n受伤5"),
        ("1、死亡3人\n2、3人受伤", "死亡3人\n3人受伤"),
        ("2、3人受伤", "2、3人受伤"),
        ("- 死亡3人\n- 受伤5人", "死亡3人\n受伤5人"),
        ("| 死亡 | 3人 |\n|---|---|\n| 受伤 | 5人 |", "死亡3人\n\n受伤5人"),
    ],
)
def test_a_line_that_was_broken_inside_a_sentence_goes_on_and_a_list_does_not(came: str, plain: str) -> None:
    assert Note(came).plain == plain


def test_lines_that_fill_one_width_are_one_paragraph() -> None:
    told = "三月五日一时许城关镇东街一服装店发生火情消防救援大队到场处置截至目前有三人受伤已送县医院"
    lines = [told[at : at + 16] for at in range(0, len(told), 16)]
    assert Note("\n".join(lines)).plain == told
    assert "\n" in Note("\n".join([lines[0], lines[1][:9], lines[2]])).plain


def test_traditional_characters_stand_one_for_one() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL))
    assert set(TRADITIONAL).isdisjoint(SIMPLIFIED)
    assert (
        even("廚房發生氣體洩漏，老闆娘頭髮燒焦，後麵館裡乾糧鬆動")
        == "厨房发生气体泄漏,老板娘头发烧焦,后面馆里干粮松动"
    )


def test_a_traditional_note_is_read_and_quoted_in_its_own_characters() -> None:
    made = reading("昨晚11點半，城關鎮東街一間服裝店起火，造成兩人死亡、一人重傷")
    assert made.facts.measures["deaths"].low == 2
    assert made.facts.measures["deaths"].said == "兩人死亡"
    assert made.facts.place is not None
    assert "關鎮東街" in made.facts.place.text


def test_the_head_of_a_chat_message_tells_who_and_when_and_is_not_read_as_the_incident() -> None:
    made = reading("张三 2026/3/5 1:23:\n刚才东街起火，2人死亡", "2026-03-05T09:30")
    assert made.facts.source.person == "张三"
    assert made.facts.occurred is not None
    assert made.facts.occurred.at.isoformat() <= "2026-03-05T01:23:00+08:00"
    span = next(span for span in made.spans if span.field == "source")
    assert (span.start, span.end, span.said) == (0, 2, "张三")


@pytest.mark.parametrize(
    "head",
    [
        "张三 2026/3/5 1:23:45\n",
        "张三(12345678) 2026-03-05 01:23:45\n",
        "李队长 01:23\n",
        "[2026/3/5 1:23] 张三: ",
        "2026-03-05 01:23:45 张三\n",
        "张三 3月5日 1:23：",
    ],
)
def test_heads_of_messages_are_known_in_the_forms_of_the_chat_programs(head: str) -> None:
    note = Note(f"{head}东街起火")
    assert note.plain.strip() == "东街起火"
    assert [(one.sent[-2:], one.sent[1] in (3, None)) for one in note.heads] == [((1, 23), True)]


@pytest.mark.parametrize(
    "line",
    [
        "事发时间 2026/3/5 1:23:\n东街起火",
        "东街 01:23\n起火",
        "今天 01:23\n起火",
        "东街起火 01:23\n死亡2人",
        "2026-03-05 01:23 张三落水",
        "张三 25:99\n起火",
        "张三 01:23",
    ],
)
def test_a_line_that_tells_when_it_happened_is_no_head(line: str) -> None:
    assert Note(line).heads == []


FIRE = "昨晚11点半，城关镇东街一服装店起火，又死1人，3人受伤。已派人。"


@pytest.mark.parametrize("twice", [FIRE + FIRE, f"{FIRE}\n\n{FIRE}", f"收到：\n{FIRE}\n{FIRE}"])
def test_a_note_pasted_twice_is_read_once_and_that_is_said(twice: str) -> None:
    made, once = reading(twice), reading(FIRE)
    assert made.increments == once.increments or {n: (q.low, q.high) for n, q in made.increments.items()} == {
        n: (q.low, q.high) for n, q in once.increments.items()
    }
    assert told(twice) == told(FIRE)
    assert [doubt.field for doubt in made.doubts].count("note") == 1
    assert "note" not in [doubt.field for doubt in once.doubts]


def test_a_short_sentence_may_come_again() -> None:
    assert not Note("东街起火，死亡1人。无人受伤。西街车祸，死亡2人。无人受伤。").repeated


@given(ANY | PIECES)
def test_every_stretch_leads_back_into_the_note_in_order(raw: str) -> None:
    note = Note(raw)
    spans = [note.span(at, at + 1) for at in range(len(note.plain))]
    assert all(0 <= start < end <= len(raw) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    whole = note.span(0, len(note.plain))
    assert 0 <= whole[0] <= whole[1] <= len(raw)


@given(ANY | PIECES, st.data())
def test_a_quote_is_the_note_without_what_cannot_be_printed(raw: str, data: st.DataObject) -> None:
    note = Note(raw)
    start = data.draw(st.integers(0, len(note.plain)))
    end = data.draw(st.integers(start, len(note.plain)))
    first, last = note.span(start, end)
    quote = note.quote(start, end)
    assert quote.isprintable()
    left = iter(raw[first:last])
    assert all(char in left for char in quote)


@given(ANY | PIECES)
def test_what_is_even_holds_nothing_unseen_and_stays_as_it_is(raw: str) -> None:
    plain = Note(raw).plain
    assert not any(c < " " and c != "\n" for c in plain)
    assert not any("\ud800" <= c <= "\udfff" for c in plain)
    assert even(plain) == plain


@given(ANY)
def test_evening_moves_no_character(raw: str) -> None:
    assert len(even(raw)) == len(raw)


@pytest.mark.parametrize(
    ("came", "deaths"),
    [("死了2️⃣个人", 2), ("车祸2️⃣死3️⃣伤", 2), ("1️⃣死亡：3人\n2️⃣受伤：4人", 3), ("1️⃣个人防护不到位，死亡3人", 3)],
)
def test_a_figure_on_a_key_counts_people_where_it_stands_before_them(came: str, deaths: int) -> None:
    assert told(came)["deaths"] == (deaths, deaths)


def test_a_chat_with_names_and_clocks_in_brackets_is_read_without_them() -> None:
    chat = "[张三 21:03] 东街着火了\n[李四 21:04] 有伤亡没\n[张三 21:06] 死了两个"
    found = reading(chat)
    assert [head.sent[-2:] for head in found.note.heads] == [(21, 3), (21, 4), (21, 6)]
    assert found.facts.place is not None and found.facts.place.text == "东街"
    assert Note("[东街 21:03] 着火了").heads == []
