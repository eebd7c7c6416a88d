"""What still belongs to a place behind its last word: kilometre posts, brackets."""

from jinji_report.intake.patterns import pattern
from jinji_report.intake.places.words import NAMED

_NAMED = tuple(NAMED)
_POST = pattern(r"(?:上行|下行|双向)?(?:方向)?[Kk]\d[\d+.mMkK]{0,12}(?:公里|米)?处?")
_METRES = pattern(r"\+\d{1,4}(?:[mM]|米)?处?")
_POST_FIRSTS = frozenset("上下双方Kk")
_NEXT_POST = pattern(
    r"[，,](?:大概|大约|约|就|在)?(?:[Kk]\d[\d+.mMkK]{0,12}|\d[\d+.]{0,8}(?:公里|km|KM))(?:\+?\d{1,4}米)?(?:处|的地方)?"
)
_DEGREES = pattern(
    r"[\d.°′″'\"度分秒]{1,16}(?:[，,、和]?(?:东经|西经)[\d.°′″'\"度分秒]{1,16})?(?:的?海域|附近海域|海面)?"
)
_EAST = pattern(r"[，,、和]?(?:东经|西经)[\d.°′″'\"度分秒]{1,16}(?:的?海域|附近海域|海面)?")
_GOES_ON = frozenset("，,、和东西")


_BETWEEN = pattern(
    "(?:从|由)?[一-龥]{2,6}?(?:到|至|-|~)[一-龥]{2,6}?(?:(?:之间|中间|区间|段|间)|(?=[，,。；\n]))"
)
"""京广线高亭司到马田墟中间: the line, and between which two stations."""
_TO = pattern("(?:到|至|-|~)[一-龥]{2,6}?(?:站)?(?:之间|区间|中间|段|间)")
_TO_FIRSTS = frozenset("到至-~")
_LINES = ("线", "铁路", "高速", "国道", "省道", "公路", "高铁")


def closed(text: str, start: int, last: int, stop: int) -> int:
    """Where the place ends whose last word ends at `last`: 盛华化工(…园区), 兰海高速下行K1174."""
    if text.endswith(("北纬", "东经", "南纬", "西经"), start, last):
        opened = text.find("(", start, last)
        if opened > start + 1:  # 玉树县(北纬33.1,东经96.7): the name is enough
            return opened
        degrees = _DEGREES.match(text, last)
        return last if degrees is None else degrees.end()
    post = _POST.match(text, last, stop) if text[last : last + 1] in _POST_FIRSTS else None
    if post is not None:
        return post.end()
    if text.startswith("+", last):  # 国道324线274KM+600M
        metres = _METRES.match(text, last, stop)
        return last if metres is None else metres.end()
    if text.endswith(_LINES, start, last):
        between = _BETWEEN.match(text, last, stop)
        if between is not None:
            post = _POST.match(text, between.end(), stop)
            return between.end() if post is None else post.end()
    if text[last - 1] == "站" and text[last : last + 1] in _TO_FIRSTS:
        between = _TO.match(text, last, stop)
        if between is not None:
            return between.end()
    opened = text.find("(", start, last)
    if opened >= 0 and text.find(")", opened, last) < 0:
        close = text.find(")", last, min(stop, last + 12))
        if close >= 0:
            return close + 1
        return opened if opened > start + 1 else last
    if text.startswith("(", last):
        close = text.find(")", last, last + 24)
        if close >= 0 and text.endswith(_NAMED, last + 1, close):
            return close + 1
    return last


def continued(text: str, last: int) -> int:
    """Where the place ends that goes on behind a comma with a post or the other half of a position."""
    if text[last : last + 1] not in _GOES_ON:
        return last
    for form in (_NEXT_POST, _EAST):
        match = form.match(text, last)
        if match is not None:
            return match.end()
    return last
