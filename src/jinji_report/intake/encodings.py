"""Bytes as text: which encoding they are in, or in one sentence why they are no text to be read.

UTF-8 and what bears a mark is taken as it says; GBK is recognised where nothing else fits, and that is told.
What cannot be settled is refused with its remedy: a wrong guess would be mojibake in silence.
"""

import re

from jinji_report.errors import UnusableInput, Usage
from jinji_report.intake.mojibake import SAMPLE, chinese

ENCODINGS = {
    "utf-8": "utf-8-sig",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "gb2312": "gb18030",
    "big5": "cp950",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
"""What `--encoding` takes, and what Python calls it."""
_OTHER_NAMES = {"utf8": "utf-8", "utf-8-sig": "utf-8", "cp936": "gbk", "936": "gbk", "ansi": "gbk", "cp950": "big5",
    "utf16": "utf-16", "unicode": "utf-16", "utf-16-le": "utf-16le", "utf-16-be": "utf-16be"}  # fmt: skip
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_COPY = "打开它，复制其中的文字粘贴进来，或另存为纯文本（.txt）。"
_LOOK = "请对着图片录入文字；用识别软件转出来的，数字要逐个核对。"
_HEAR = "请听完后录入文字。"
_UNPACK = "先解压，取出里面的文字。"
_HEADS = (
    (b"%PDF-", " PDF 文件", _COPY),
    (b"{\\rtf", " RTF 文件", _COPY),
    (b"\x89PNG\r\n", "图片", _LOOK),
    (b"\xff\xd8\xff", "图片", _LOOK),
    (b"GIF8", "图片", _LOOK),
    (b"II*\x00", "图片", _LOOK),
    (b"MM\x00*", "图片", _LOOK),
    (b"#!AMR", "录音", _HEAR),
    (b"#!SILK", "录音", _HEAR),
    (b"\x02#!SILK", "录音", _HEAR),
    (b"ID3", "录音", _HEAR),
    (b"OggS", "录音", _HEAR),
    (b"Rar!\x1a", "压缩包", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "压缩包", _UNPACK),
    (b"\x1f\x8b\x08", "压缩包", _UNPACK),
    (b"\x7fELF", "程序", "检查文件名。"),
    (b"MZ\x90\x00", "程序", "检查文件名。"),
)
_ZIPPED = (
    (b"word/", " Word 文件"),
    (b"xl/", " Excel 文件"),
    (b"ppt/", " PPT 文件"),
    (b"opendocument", "办公文档"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TORN_AT_MOST = 10  # one character in so many may be lost; the desk refuses a note that lost more
_LEAST_MIXED = 3  # characters of a second encoding; fewer are bytes that were lost
_UTF8_CHINESE = rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){3,}"
_REMEDY = "请另存为 UTF-8 再试，或用 --encoding 指明编码，如 --encoding gbk、--encoding big5。"


class Decoded:
    """A text, and what is to be told about how it was read ("" for nothing)."""

    __slots__ = ("notice", "text")

    def __init__(self, text: str, notice: str = "") -> None:
        self.text = text
        self.notice = notice


def codec_named(name: str) -> str:
    """Python's name of an encoding as `--encoding` gives it. Raises Usage."""
    said = name.strip().lower().replace("_", "-")
    codec = ENCODINGS.get(_OTHER_NAMES.get(said, said))
    if codec is None:
        raise Usage(f"不认识编码 {name}。", remedy=f"可用：{'、'.join(ENCODINGS)}。")
    return codec


def decoded(raw: bytes, where: str, encoding: str | None = None, declared: str | None = None) -> Decoded:
    """The text of `raw`, which came from `where`.

    `encoding` is the user's own word and is followed; `declared` is what the system says of the pipe, and is
    taken where the bytes are no UTF-8. Raises UnusableInput, Usage.
    """
    codec = None if encoding is None else codec_named(encoding)
    _refuse_files(raw, where)
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), None)
    if marked is not None and (codec is None or codec.startswith("utf")):
        return _whole(raw, marked, where)
    if codec == "utf-16":
        codec = _wide(raw) or "utf-16-le"
    if codec is not None:
        return _whole(raw, codec, where)
    if b"\x00" in raw:
        raise _wide_refused(raw, where) or UnusableInput(
            f"{where}不是文字（里面有空字节，像是二进制文件）。", remedy="请给纯文本文件。"
        )
    return _recognised(raw, where, declared)


def _refuse_files(raw: bytes, where: str) -> None:
    kind = remedy = ""
    if raw.startswith(b"PK\x03\x04"):
        kind, remedy = next(((name, _COPY) for part, name in _ZIPPED if part in raw), ("压缩包", _UNPACK))
    elif raw.startswith(_OLD_OFFICE):
        old_excel = "Workbook".encode("utf-16-le") in raw
        kind, remedy = (" Excel 文件" if old_excel else " Word 等 Office 文件"), _COPY
    elif raw.startswith(b"RIFF") and raw[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        kind, remedy = ("图片", _LOOK) if raw[8:12] == b"WEBP" else ("录音录像", _HEAR)
    elif raw[4:8] == b"ftyp":
        kind, remedy = ("图片", _LOOK) if raw[8:11] in (b"hei", b"mif", b"avi") else ("录音录像", _HEAR)
    elif raw.startswith(b"BM") and raw[6:10] == b"\x00\x00\x00\x00":
        kind, remedy = "图片", _LOOK
    else:
        kind, remedy = next(((name, say) for head, name, say in _HEADS if raw.startswith(head)), ("", ""))
    if kind:
        raise UnusableInput(f"{where}是{kind}，不是纯文本。", remedy=remedy)


def _whole(raw: bytes, codec: str, where: str) -> Decoded:
    """`raw` in the encoding that it was said to be in; half a character at its end is left out, and told."""
    try:
        return Decoded(raw.decode(codec))
    except UnicodeDecodeError as error:
        if error.start >= len(raw) - 3 and error.start > 0:
            text = raw[: error.start].decode(codec, "replace")
            return Decoded(text, f"{where}末尾缺了半个字，没有读。")
        line = raw.count(b"\n", 0, error.start) + 1
        name = next((said for said, python in ENCODINGS.items() if python == codec), codec)
        raise UnusableInput(f"{where}第 {line} 行不是 {name} 编码。", remedy=_REMEDY) from None


def _wide(raw: bytes) -> str | None:
    """UTF-16 without its mark, if `raw` reads as common Chinese or as Latin so."""
    for codec in ("utf-16-le", "utf-16-be"):
        text = raw[: len(raw) & ~1][: SAMPLE * 2].decode(codec, "replace")
        if "\x00" not in text and (chinese(text) or (text.isascii() and text.isprintable())):
            return codec
    return None


def _wide_refused(raw: bytes, where: str) -> UnusableInput | None:
    codec = _wide(raw)
    if codec is None:
        return None
    name = "utf-16le" if codec.endswith("le") else "utf-16be"
    return UnusableInput(
        f"{where}像是没有标记的 UTF-16 编码。", remedy=f"加 --encoding {name} 再试，或另存为 UTF-8。"
    )


def _recognised(raw: bytes, where: str, declared: str | None) -> Decoded:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if (
            error.reason == "unexpected end of data"
            and error.start >= len(raw) - 3
            and not raw[: error.start].isascii()
        ):
            return Decoded(raw[: error.start].decode("utf-8"), f"{where}末尾缺了半个字，没有读。")
    else:
        # A few words of GBK can pass for UTF-8 of two bytes a character (联通).
        if not "\u00bf" < max(text, default="") < "\u0800" or not _reads_as(raw, "gb18030"):
            return Decoded(text.removeprefix("\ufeff"))
    if (
        declared is not None
        and declared.lower() in ("cp950", "big5", "big5hkscs")
        and _reads_as(raw, "cp950")
    ):
        return Decoded(raw.decode("cp950"))
    found = _by_lines(raw, where)
    if found is not None:
        if declared is not None and declared.lower() in ("gbk", "gb2312", "gb18030", "cp936"):
            found.notice = ""
        return found
    refused = _wide_refused(raw, where)
    if refused is not None:
        raise refused
    mixed = _mixed_line(raw)
    if mixed is not None:
        raise UnusableInput(
            f"{where}第 {mixed} 行混有两种编码：一部分是 UTF-8，一部分是 GBK。",
            remedy="把两部分分开录，或统一另存为 UTF-8。",
        )
    text = raw.decode("utf-8", "replace")
    torn = text.count("\ufffd")
    if torn * _TORN_AT_MOST <= len(text) and not text.isascii() and chinese(text.replace("\ufffd", "")):
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        return Decoded(text, f"{where}第 {line} 行有认不出的字节，已用 \ufffd 代替，请核对。")
    like_big5 = not _reads_as(raw, "gb18030") and _reads_as_big5(raw)
    raise UnusableInput(
        f"{where}像是繁体 Big5 编码。" if like_big5 else f"认不出{where}的编码，不能当文字读。",
        remedy="加 --encoding big5 再试，或另存为 UTF-8。" if like_big5 else _REMEDY,
    )


def _reads_as(raw: bytes, codec: str) -> bool:
    try:
        return chinese(raw[: SAMPLE * 2].decode(codec, "strict" if len(raw) <= SAMPLE * 2 else "ignore"))
    except UnicodeDecodeError:
        return False


def _reads_as_big5(raw: bytes) -> bool:
    """Most of its characters are of Big5's common half."""
    try:
        text = raw[: SAMPLE * 2].decode("cp950", "strict" if len(raw) <= SAMPLE * 2 else "ignore")
    except UnicodeDecodeError:
        return False
    wide = [char.encode("cp950", "replace")[0] for char in text if char > "\x7f"]
    return len(wide) > 0 and sum(lead <= 0xC6 for lead in wide) * 5 >= len(wide) * 4


def _by_lines(raw: bytes, where: str) -> Decoded | None:
    """GBK, where each line that is not ASCII is so; None where that does not fit. Raises UnusableInput for two encodings."""
    utf8 = gbk = 0  # the first line of each, counted from 1
    lines: list[str] = []
    short = ""
    rows = raw.split(b"\n")
    for number, row in enumerate(rows, 1):
        text = _utf8_line(row)
        if text is not None:
            utf8 = utf8 or (0 if row.isascii() else number)
        else:
            gbk = gbk or number
            try:
                text = row.decode("gb18030")
            except UnicodeDecodeError as error:
                if number < len(rows) or error.start < max(1, len(row) - 3):
                    return None
                text, short = row[: error.start].decode("gb18030"), f"{where}末尾缺了半个字，没有读。"
            if not text.isascii() and not chinese(text):
                return None
        lines.append(text)
    if utf8 and gbk:
        raise UnusableInput(
            f"{where}混有两种编码：第 {utf8} 行是 UTF-8，第 {gbk} 行是 GBK。",
            remedy="把两部分分开录，或统一另存为 UTF-8。",
        )
    if not gbk:
        return None
    return Decoded("\n".join(lines), short or f"{where}按 GBK 编码读；如有乱码，用 --encoding 指明编码。")


def _mixed_line(raw: bytes) -> int | None:
    """The first line, from 1, of which a part reads as Chinese in UTF-8 and all the rest in GBK."""
    for number, row in enumerate(raw.split(b"\n"), 1):
        pieces = [piece for piece in re.split(_UTF8_CHINESE, row) if not piece.isascii()]
        if not pieces or re.search(_UTF8_CHINESE, row) is None:
            continue
        try:
            rest = "".join(piece.decode("gb18030") for piece in pieces)
        except UnicodeDecodeError:
            continue
        if sum(char > "\x7f" for char in rest) >= _LEAST_MIXED and chinese(rest):
            return number
    return None


def _utf8_line(row: bytes) -> str | None:
    try:
        text = row.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\u00bf" < max(text, default="") < "\u0800" and _reads_as(row, "gb18030") else text
