"""Bytes as text: taken in their own encoding, or refused with the next step; never other words in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinji_report.errors import UnusableInput, Usage
from jinji_report.intake.encodings import ENCODINGS, decoded
from jinji_report.intake.mojibake import garbled, restored

from .words import reading

NOTE = "昨晚11点半，城关镇东街一服装店起火，2人死亡，1人重伤。\n消防已到场，火已扑灭。\n"
HARD = "昨晚11點半，城關鎮東街一間服裝店起火，2人死亡，1人重傷。"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_a_text_is_read_in_its_own_encoding(codec: str) -> None:
    assert decoded(NOTE.encode(codec), "文件").text == NOTE


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_mark_at_the_head_says_the_encoding(mark: str) -> None:
    assert decoded(f"\ufeff{NOTE}".encode(mark), "文件").text == NOTE


def test_gbk_that_was_guessed_is_told_and_gbk_that_the_system_declares_is_not() -> None:
    assert "GBK" in decoded(NOTE.encode("gbk"), "文件").notice
    assert decoded(NOTE.encode("gbk"), "标准输入", declared="cp936").notice == ""
    assert decoded(NOTE.encode(), "文件").notice == ""


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("utf-8", "utf-8"),
        ("UTF8", "utf-8"),
        ("gbk", "gbk"),
        ("CP936", "gbk"),
        ("ansi", "gbk"),
        ("utf-16", "utf-16-le"),
        ("utf-16", "utf-16-be"),
        ("UTF_16LE", "utf-16-le"),
        ("utf-16be", "utf-16-be"),
    ],
)
def test_the_encoding_that_is_named_is_followed(name: str, codec: str) -> None:
    assert decoded(NOTE.encode(codec), "文件", name).text == NOTE


def test_big5_is_read_where_it_is_named_or_declared_and_asked_for_elsewhere() -> None:
    raw = HARD.encode("big5")
    assert decoded(raw, "文件", "big5").text == HARD
    with pytest.raises(UnusableInput) as error:
        decoded(raw, "文件")
    assert "--encoding big5" in error.value.remedy


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [NOTE, "东街起火二人死亡一人重伤"])
def test_utf16_without_its_mark_is_refused_with_its_name(text: str, codec: str) -> None:
    with pytest.raises(UnusableInput) as error:
        decoded(text.encode(codec), "文件")
    assert f"--encoding {codec.replace('16-', '16')}" in error.value.remedy


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"PK\x03\x04....word/document.xml", "Word"),
        (b"PK\x03\x04....xl/workbook.xml", "Excel"),
        (b"PK\x03\x04....a.txt", "压缩包"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "Word"),
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "图片"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "图片"),
        (b"\x00\x00\x00\x18ftypheic", "图片"),
        (b"\x00\x00\x00\x18ftypM4A ", "录音"),
        (b"#!AMR\n\x3c", "录音"),
    ],
)
def test_a_file_that_is_no_text_is_called_by_its_kind(head: bytes, kind: str) -> None:
    with pytest.raises(UnusableInput) as error:
        decoded(head, "这个文件")
    assert kind in error.value.problem
    assert error.value.remedy


@pytest.mark.parametrize("codec", ["utf-8", "gbk", "utf-16"])
def test_half_a_character_at_the_end_is_left_out_and_told(codec: str) -> None:
    raw = "城关镇东街一服装店起火，死亡两人".encode(codec)[:-1]
    found = decoded(raw, "文件")
    assert found.text == "城关镇东街一服装店起火，死亡两"
    assert "半个字" in found.notice


def test_two_encodings_in_one_file_are_refused_with_the_lines() -> None:
    raw = "第一行。\n昨晚城关镇东街起火。\n".encode() + "今早又有一人死亡。\n".encode("gbk")
    with pytest.raises(UnusableInput, match="第 1 行是 UTF-8，第 3 行是 GBK"):
        decoded(raw, "文件")


def test_a_torn_byte_becomes_a_mark_and_its_line_is_told() -> None:
    raw = NOTE.encode()
    at = raw.index("消防".encode()) + 1
    found = decoded(raw[:at] + raw[at + 1 :], "文件")
    assert "\ufffd" in found.text
    assert "第 2 行" in found.notice
    assert "城关镇东街" in found.text


def test_words_of_gbk_that_pass_for_utf8_are_read_as_gbk() -> None:
    raw = "某路某楼".encode("gbk")
    assert raw.decode("utf-8") != "某路某楼"
    assert decoded(raw, "文件").text == "某路某楼"
    assert decoded("°±²".encode(), "文件").text == "°±²"


@pytest.mark.parametrize(
    "raw", [b"caf\xe9 \xff\xfe", b"\x80\x81\x82", "Ünïcödé".encode("latin-1"), b"\xff" * 50, b"a\x00b"]
)
def test_what_nothing_fits_is_refused(raw: bytes) -> None:
    with pytest.raises(UnusableInput) as error:
        decoded(raw, "文件")
    assert error.value.problem.endswith("。")


def test_an_unknown_encoding_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(Usage) as error:
        decoded(b"", "文件", "klingon")
    assert "gbk" in error.value.remedy


def test_bytes_that_are_not_in_the_encoding_named_are_refused_with_the_line() -> None:
    with pytest.raises(UnusableInput, match="第 2 行不是 utf-8"):
        decoded(b"a\n" + NOTE.encode("gbk"), "文件", "utf-8")


@given(
    st.binary(max_size=300), st.sampled_from([None, *ENCODINGS]), st.sampled_from([None, "cp936", "cp950"])
)
def test_any_bytes_are_a_text_or_a_sentence(raw: bytes, encoding: str | None, declared: str | None) -> None:
    try:
        found = decoded(raw, "文件", encoding, declared)
    except UnusableInput as error:
        assert error.problem.endswith("。")
        assert error.remedy.endswith("。")
    else:
        assert isinstance(found.text, str)


MISREAD = {
    "utf-8 as latin-1": NOTE.encode().decode("latin-1"),
    "utf-8 as cp1252": NOTE.encode().decode("cp1252", "ignore"),
    "utf-8 as gbk": NOTE.encode().decode("gb18030", "ignore"),
    "gbk as latin-1": NOTE.encode("gbk").decode("latin-1"),
}


@pytest.mark.parametrize("text", MISREAD.values(), ids=MISREAD)
def test_mojibake_is_noticed_with_what_it_was(text: str) -> None:
    was = restored(text)
    assert was is not None
    assert "东街" in was
    assert [doubt.field for doubt in reading(text).doubts].count("note") == 1


@pytest.mark.parametrize(
    "text", [NOTE, HARD, "café 37.5°C ±2 20×30 №5 Ø60", "", "涓涓细流，锛", "姝县桃浜镇鍙"]
)
def test_a_note_that_is_whole_is_no_mojibake(text: str) -> None:
    assert garbled(text) is None
    assert restored(text) is None


@pytest.mark.parametrize("lost", ["锟斤拷锟斤拷", "烫烫烫", "死\ufffd人"])
def test_characters_that_are_lost_are_told_and_the_rest_is_read(lost: str) -> None:
    made = reading(f"{NOTE}{lost}")
    assert made.facts.measures["deaths"].low == 2
    assert any(doubt.field == "note" and "乱码" in doubt.text for doubt in made.doubts)
    assert restored(f"{NOTE}{lost}") is None


def test_two_encodings_on_one_line_are_told_as_such() -> None:
    half = "昨晚东街起火，2人死亡。"
    for raw in (half.encode() + half.encode("gbk"), half.encode("gbk") + half.encode()):
        with pytest.raises(UnusableInput) as refused:
            decoded("城关镇\n".encode() + raw, "文件")
        assert "第 2 行混有两种编码" in refused.value.problem
    with pytest.raises(UnusableInput):
        decoded(half.encode() + "三人伤".encode("gbk") + half.encode(), "文件")


def test_a_few_lost_bytes_are_no_second_encoding_and_many_are_refused_at_once() -> None:
    note = "昨晚东街起火，两人死亡，消防已经到场，火已扑灭，正在清理现场。"
    torn = note.encode()[:9] + b"\xff" + note.encode()[9:]
    assert "已用" in decoded(torn, "文件").notice
    scattered = b"\xff".join(char.encode() for char in note)
    with pytest.raises(UnusableInput):
        decoded(scattered, "文件")
