"""Secrecy marks: whether a note bears one, so that it is written nowhere.

A mark is a ★, a 密级 with its level, or a level that stands as a heading of its own (机密★5年,
【秘密】, 绝密：). Blanks between the characters, the old characters (機密) and signs that cannot be
seen hide none. 计算机密码, 商业秘密 and 机密性 are ordinary words.
"""

from jinji_report.intake.patterns import pattern

_SAME = str.maketrans("機絕級別為：", "机绝级别为:", "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad")
_LEVEL = r"([绝机秘])[ \t]{0,4}密"
_TERM = r"[ \t★☆*0-9０-９一二三四五六七八九十年月日个长期启用前级件:()（）\[\]【】〔〕\-—·!！、，。.]{0,30}"
_LINE, _END = r"(?<![^\r\n])", r"(?![^\r\n])"
_STATED = pattern(r"密[ \t]{0,4}级别?[ \t]{0,4}(?:(:)|为|是)?[ \t\[【〔(（]{0,4}(?:" + _LEVEL + ")?")
_FREE = pattern(r"[\s\[【〔(（]{0,8}(?:无|公开|内部|非密|普通|不涉密|-|—|/)")
_HEADING = pattern(
    rf"{_LINE}(?:{_TERM}{_LEVEL}{_TERM}{_END}"
    rf"|[ \t]{{0,8}}[\[【〔(（][ \t]{{0,4}}{_LEVEL}[ \t]{{0,4}}[\]】〕)）]"
    rf"|[ \t]{{0,8}}{_LEVEL}(?::|\t|[ ]{{2}}))"
)
_STARRED = pattern(_LEVEL)


def secrecy_mark(text: str) -> str | None:
    """The words of the mark that `text` bears, or None."""
    if "★" not in text and "密" not in text:
        return None
    # An ideographic space is as wide as two.
    text = text.replace("\u3000", "  ").translate(_SAME)
    star = text.find("★")
    if star >= 0:
        level = _STARRED.search(_line(text, star))
        return f"{level[1]}密★" if level else "★"
    for stated in _STATED.finditer(text):
        if stated[2]:
            return f"密级：{stated[2]}密" if stated[1] else f"密级{stated[2]}密"
        if stated[1] and not _FREE.match(text, stated.end(1)):
            return "密级："
    heading = _HEADING.search(text)
    return None if heading is None else f"{heading[1] or heading[2] or heading[3]}密"


def _line(text: str, at: int) -> str:
    """The line around `at`, no more than a heading's length of it on either side."""
    start = max(text.rfind("\n", max(0, at - 60), at), text.rfind("\r", max(0, at - 60), at))
    start = start + 1 if start >= 0 else max(0, at - 60)
    ends = [end for end in (text.find("\n", at, at + 60), text.find("\r", at, at + 60)) if end >= 0]
    return text[start : min(ends, default=at + 60)]
