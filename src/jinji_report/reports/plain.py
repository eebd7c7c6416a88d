"""Words from outside, made harmless: what a note says is shown, and never does anything.

Terminal escapes, carriage returns, bidirectional overrides and lone surrogates come from
pasted text. Every report passes its words through here before they reach a reader.
"""

import unicodedata


def harmless(text: str) -> str:
    """`text` on one line, without characters that steer a terminal or reorder what is read.

    Line breaks and tabs become a space, other controls and invisible formatting go, a lone
    surrogate becomes �. Everything that can be seen stays as it was.
    """
    if text.isprintable():
        return text
    return "".join(map(_shown, text))


def phrase(text: str) -> str:
    """`text` as part of a sentence: harmless, single spaces, no punctuation at either end."""
    return " ".join(harmless(text).split()).strip(" 　。，；、：！,;")


def sentence(text: str) -> str:
    """`text` with one full stop; nothing stays nothing."""
    words = phrase(text)
    return f"{words}。" if words else ""


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters of `text`, cut after a clause where there is one in its second half."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    clause = max(kept.rfind(mark) for mark in "。；，、")
    return (kept[:clause] if clause >= limit // 2 else kept) + "…"


def _shown(character: str) -> str:
    if character.isprintable() or character == "\u3000":
        return character
    if character in "\t\n\v\f\r\u0085\u2028\u2029":
        return " "
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    return "\ufffd" if category == "Cs" else ""
