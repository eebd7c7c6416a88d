"""Text that was read in a wrong encoding before it came here: seen, and turned back where all of it was.

What is not ASCII in a wrong encoding is seldom common Chinese (`chinese`); which encoding some bytes are in is
`encodings`.
"""

import re

from jinji_report.intake.patterns import pattern

SAMPLE = 4_000  # characters of a text that are looked at to see whether it is Chinese
_LOST = ("锟斤", "斤拷", "烫烫烫", "屯屯屯", "\ufffd")
_TYPICAL = "锛銆鈥涓鍏鍙鍦鏃鏄浜鐨鍒璺姝鎴缁绗"
_SIGNS = frozenset((*map(chr, range(0xC0, 0x100)), *_TYPICAL))
_ANY = _SIGNS.union(*_LOST)
_MISREAD = pattern(f"[\u00c0-\u00ff][\u0080-\u00ff\u0152-\u0192\u02c6\u02dc\u2013-\u2122]|[{_TYPICAL}]")
_LATIN = "[\u0080-\u00ff\u0152-\u0192\u02c6\u02dc\u2013-\u2122]{4,}"
_WIDE = "[\u00a4-\uffff]{3,}"


def chinese(text: str) -> bool:
    """Whether what is not ASCII in `text` is common Chinese: what a wrong encoding makes seldom is."""
    seen = common = 0
    for char in text[:SAMPLE]:
        if char < "\x80":
            continue
        seen += 1
        try:
            code = char.encode("gb2312")
        except UnicodeEncodeError:
            continue
        common += code[0] < 0xD8  # the characters of the first level, and marks
    return seen > 0 and common * 5 >= seen * 4


def garbled(text: str) -> str | None:
    """What shows that `text` was read in a wrong encoding before it came here: its words, or None."""
    if _ANY.isdisjoint(text):
        return None
    lost = [(text.index(sign), sign) for sign in _LOST if sign in text]
    if lost:
        return min(lost)[1]
    return next((came for came, _ in _misread(text)), None) if _suspect(text) else None


def restored(text: str) -> str | None:
    """What `text` was, where all of it was read in a wrong encoding; None where it is not so."""
    if not _suspect(text):
        return None
    found = _misread(text)
    wide = sum(char > "\x7f" for char in text)
    if sum(len(came) for came, _ in found) * 2 < wide:
        return None
    return "".join(was for _, was in found)


def _suspect(text: str) -> bool:
    return not _SIGNS.isdisjoint(text) and _MISREAD.search(text) is not None


def _misread(text: str) -> list[tuple[str, str]]:
    """The stretches of `text` that read as common Chinese in the encoding they had, and what they were."""
    found: list[tuple[str, str]] = []
    for match in re.finditer(_LATIN, text):
        raw = b"".join(_latin(char) for char in match[0])
        for codec in ("utf-8", "gb18030"):
            was = raw.decode(codec, "ignore")
            if len(was) * 4 >= len(raw) and chinese(was):
                found.append((match[0], was))
                break
    if not found:
        for match in re.finditer(_WIDE, text):
            was = match[0].encode("gb18030", "ignore").decode("utf-8", "ignore")
            if len(was) * 2 >= len(match[0]) and chinese(was):
                found.append((match[0], was))
    return found


def _latin(char: str) -> bytes:
    try:
        return char.encode("latin-1")
    except UnicodeEncodeError:
        return char.encode("cp1252", "ignore")
