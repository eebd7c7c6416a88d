"""The whole reading: place, kind, tags, caller, amounts, spans, and input of any sort."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinji_report.intake.secrecy import secrecy_mark
from jinji_report.intake.values import parse_quantity
from tests.intake.words import NOW, reading, told


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("昨晚11点半，渡口镇东街一服装店起火", "渡口镇东街一服装店"),
        ("柳河县白石乡榆树村三组民房着火", "柳河县白石乡榆树村三组民房"),
        ("G30高速K1023两车追尾", "G30高速K1023"),
        ("事故发生在新华路与文昌街交叉口", "新华路与文昌街交叉口"),
        ("2人死亡", None),
    ],
)
def test_the_place_is_a_piece_of_the_note(text: str, place: str | None) -> None:
    found = reading(text).facts.place
    assert (found.text if found else None) == place


def test_the_kind_is_the_one_whose_words_weigh_most() -> None:
    assert reading("消防车被货车追尾").facts.category == "道路交通事故"
    assert reading("两辆电动车相撞").facts.category == "道路交通事故"
    assert reading("白石乡化工厂氯气泄漏").facts.category == "危险化学品事故"
    assert reading("今天天气很好").facts.category is None


def test_a_hospital_people_were_taken_to_is_no_scene() -> None:
    assert "医院" not in reading("一中食堂学生呕吐，已送县医院").facts.tags
    assert "医院" in reading("县医院住院楼起火").facts.tags


def test_the_caller_is_told_apart() -> None:
    source = reading("交警大队王警官电话报：G30高速两车追尾").facts.source
    assert (source.unit, source.person, source.kind) == ("交警大队", "王警官", "电话")
    assert reading("东街起火，联系电话13812345678").facts.source.phone == "13812345678"


def test_a_loss_is_in_units_of_ten_thousand() -> None:
    assert told("直接经济损失1.82亿元")["direct_loss_wan"] == (18200, 18200)
    assert told("损失240万")["direct_loss_wan"] == (240, 240)
    assert told("损失5000元")["direct_loss_wan"] == (0.5, 0.5)


def test_amounts_have_their_units() -> None:
    assert told("我县发生5.1级地震")["magnitude"] == (5.1, 5.1)
    assert told("过火面积1200平方米")["burned_area_m2"] == (1200, 1200)
    assert told("过火面积约15公顷")["area_ha"] == (13, 17)
    assert told("停电3小时")["outage_minutes"] == (180, 180)
    assert told("河里捞出死猪40余头")["dead_pigs"] == (41, 49)


def test_spaces_of_ocr_and_full_width_change_nothing() -> None:
    assert told("３ 人 死 亡 ， 5 人 受 伤") == {"deaths": (3, 3), "injured": (5, 5)}


@pytest.mark.parametrize("text", ["机密★5年\n关于……", "密级：秘密\n今晚", "绝密\n某地", "★\n内容"])
def test_a_secrecy_mark_is_seen(text: str) -> None:
    assert secrecy_mark(text)


@pytest.mark.parametrize(
    "text", ["计算机密码泄露", "涉及商业秘密的文件", "机密性受损", "密级：无", "起火，2人受伤"]
)
def test_ordinary_words_are_no_secrecy_mark(text: str) -> None:
    assert secrecy_mark(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("3", 3, 3), ("十余人", 11, 19), ("至少5人", 5, None), ("3-5", 3, 5), ("不详", 0, None), ("无", 0, 0)],
)
def test_a_typed_quantity_is_read_like_a_told_one(text: str, low: int, high: int | None) -> None:
    quantity = parse_quantity(text)
    assert (quantity.low, quantity.high) == (low, high)


@pytest.mark.parametrize("text", ["-3", "abc", "3 5", "", "三人五人"])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="看不懂数量"):
        parse_quantity(text)


_PIECES = st.sampled_from(
    [
        "3人",
        "死亡",
        "受伤",
        "十余",
        "由2人增至",
        "昨晚",
        "11点半",
        "(",
        ")",
        "，",
        "。",
        "\n",
        "另",
        "其中",
        "\ud800",
        "\x00",
        "级",
        "里氏",
        "六点一",
        "损失",
        "万",
        "亿",
        "2月30日",
        "24:00",
        "上周",
        "不详",
        "无",
        "伤亡",
        "在",
        "★",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map("".join)))
def test_no_note_breaks_the_reading_and_spans_point_at_their_words(text: str) -> None:
    found = reading(text)
    for span in found.spans:
        words = iter(text[span.start : span.end])  # without what cannot be printed, and without pictures
        assert span.said.isprintable()
        assert all(char in words for char in span.said)
    assert all(len(quantity.said) <= 16 for quantity in found.facts.measures.values())
    assert found.facts.occurred is None or found.facts.occurred.at <= NOW
    secrecy_mark(text)


@pytest.mark.parametrize(
    "piece", ["1", "一", "在", "1号", "死3人", "(", " ", "曾发生爆炸，", "昨晚11点起火。", "未发现火灾消防车"]
)
def test_megabytes_of_anything_are_read_in_moments(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert all(0 <= span.start <= span.end <= len(text) for span in reading(text).spans)
