"""Secrecy marks: whether a note bears one, so that it is written nowhere.

A mark is a ★, a 密级 with its level, or a level that stands as a heading of its own (机密★5年).
计算机密码, 商业秘密 and 机密性 are ordinary words.
"""

_LEVELS = ("绝密", "机密", "秘密")
_TERM = frozenset(
    " \t★☆*0123456789０１２３４５６７８９一二三四五六七八九十年月日个长期启用前级件"
    ":：()（）[]【】〔〕-—·!！、，。."
)
_WIDE = str.maketrans("　：", " :")


def secrecy_mark(text: str) -> str | None:
    """The words of the mark that `text` bears, or None."""
    star = text.find("★")
    if star >= 0:
        line = _line(text, star)
        level = next((word for word in _LEVELS if word in line), "")
        return f"{level}★"
    at = text.find("密级")
    while at >= 0:
        rest = text[at + 2 : at + 14].translate(_WIDE).lstrip()
        if rest.startswith(":"):
            rest = rest[1:].lstrip(" [【〔(（")
            told = next((word for word in _LEVELS if rest.startswith(word)), None)
            if told is not None:
                return f"密级：{told}"
            if not rest.startswith(("无", "公开", "内部", "非密", "普通", "不涉密", "-", "—", "/")):
                return "密级："
        elif any(rest.startswith(word) for word in _LEVELS):
            return f"密级{rest[:2]}"
        at = text.find("密级", at + 2)
    for word in _LEVELS:
        at = text.find(word)
        while at >= 0:
            if _heading(text, at, word):
                return word
            at = text.find(word, at + 2)
    return None


def _line(text: str, at: int) -> str:
    """The line around `at`, no more than a heading's length of it on either side."""
    start = max(text.rfind("\n", max(0, at - 60), at), text.rfind("\r", max(0, at - 60), at))
    start = start + 1 if start >= 0 else max(0, at - 60)
    ends = [end for end in (text.find("\n", at, at + 60), text.find("\r", at, at + 60)) if end >= 0]
    return text[start : min(ends, default=at + 60)]


def _heading(text: str, at: int, word: str) -> bool:
    """Nothing stands on the line but the level, its term and its number."""
    start = at
    while start > 0 and at - start < 30 and text[start - 1] not in "\r\n":
        start -= 1
    end = at + len(word)
    while end < len(text) and end - at < 30 and text[end] not in "\r\n":
        end += 1
    before, after = text[start:at], text[at + len(word) : end]
    if before.strip(" \t　[【〔(（") and not all(c in _TERM for c in before):
        return False
    if all(c in _TERM for c in after):
        return not (start > 0 and text[start - 1] not in "\r\n") and not (
            end < len(text) and text[end] not in "\r\n"
        )
    # 【机密】 or 机密： at the head of the note opens it like a heading
    opened = before.strip(" \t　") in ("[", "【", "〔", "(", "（") and after[:1] in (
        "]",
        "】",
        "〕",
        ")",
        "）",
    )
    return opened and start == at - len(before)
