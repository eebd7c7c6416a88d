"""None, and not known: what governs a word of harm from before (未造成) or after it (不详)."""

from jinji_report.intake.lexicon import Heads, Tails
from jinji_report.intake.people.state import State
from jinji_report.intake.people.tokens import Token
from jinji_report.intake.people.told import SAID_AT_MOST, Mention
from jinji_report.intake.people.words import (
    BETWEEN_NEGATION,
    MAYBE_ZERO,
    NEGATION,
    NEGATION_ENDS,
    NO_DEATHS,
    NOT_KNOWN,
    OTHERS_BEFORE,
    SAFE,
    ZERO,
)
from jinji_report.intake.text import Mask
from jinji_report.quantity import Quantity

_BOTH = ("deaths", "injured")
_NOT_WU = frozenset("效证牌锡为线名")
_NOT_WEI = frozenset("来央成")
_HEAVY = Heads(("多人", "数人", "若干人", "惨重", "严重", "很大", "较大", "不小"))
_GUESSED_AFTER = frozenset("吧吗么")
_GUESSED = Tails(("应该", "应该是", "估计", "大概", "好像", "好象", "可能", "也许", "似乎", "貌似", "应当"))
_FAR = 12
_DIGITS = frozenset("0123456789")
_ASKED = Tails((
    "有没有", "有无", "有没有人员", "有无人员", "是否有", "是否有人员", "是否造成", "是否造成人员", "有没有造成",
    "有没有造成人员", "有没有出现", "是否出现", "有没有人",
))  # fmt: skip
_SOME = Tails(
    ("有人员", "有", "造成人员", "出现人员", "有群众", "造成", "致人员", "导致人员", "发生人员", "致")
)


def negated(state: State, start: int) -> int | None:
    """Where the negation that governs the word at `start` begins, if there is one."""
    low = max(state.clause, start - _FAR)
    if not state.scan.any(NEGATION, low, start):
        return None
    text, at = state.text, start
    while at > low:
        word = NEGATION_ENDS.before(text, at, low)
        if word:
            following = text[at : at + 1]
            if (
                (word == "没" and following == "了")
                or (word == "无" and (following in _NOT_WU or text.startswith("人机", at)))
                or (word == "未" and following in _NOT_WEI)
                or (
                    word == "零"
                    and text[at - 2 : at - 1] in ("一", "十", "百", "千", "点", "归", "孤", "零", "凋", "飘")
                )
                or (word in ("没有", "没") and text.endswith(("有没有", "有没"), low, at))
                or (word == "无" and text.endswith("有无", low, at))
            ):
                return None
            return at - len(word)
        if text[at - 1] not in BETWEEN_NEGATION:
            return None
        at -= 1
    return None


def doubted(state: State, begin: int, end: int) -> int | None:
    """Where the words end that only guess that there is nobody (没死人吧, 应该没有伤亡); None where they are sure."""
    if state.text[end : end + 1] in _GUESSED_AFTER and end < len(state.text):
        return end + 1
    return end if _GUESSED.before(state.text, begin, state.clause) else None


def unknown_after(state: State, start: int, end: int) -> int | None:
    """Where the words end that say 不详 of what stands at `start`..`end`."""
    if not state.scan.hits[NOT_KNOWN]:
        return None
    stop = min(state.scan.clause(end)[1], end + 14)
    if not _DIGITS.isdisjoint(state.text[end:stop]):
        return None
    hit = state.scan.first(NOT_KNOWN, end, stop)
    return None if hit is None else min(hit[1], start + SAID_AT_MOST)


def meets_casualties(state: State, token: Token, right: Token | None) -> None:
    """伤亡: none, unknown, or so many dead and hurt together."""
    begin = negated(state, token.start)
    if begin is not None:
        state.denied, state.denied_from = token.at, begin
        guessed = doubted(state, begin, token.end)
        for measure in _BOTH:
            if guessed is not None:
                state.told.unknowns.setdefault(measure, state.said(begin, guessed))
                continue
            state.told.negated.setdefault(measure, state.said(begin, token.end))
        return
    low = max(state.clause, token.start - 8)
    if right is not None and right.word != "数" and not state.pending:
        _both(state, right, token.start, right.end)
        state.used.add(right.start)
        return
    end = unknown_after(state, token.start, token.end)
    many = _HEAVY.at(state.text, token.end)
    if end is None and many:
        end = token.end + len(many)
    if end is None and _ASKED.before(state.text, token.start, low):
        end = token.end
    if (
        end is None
        and not state.pending
        and token.word == "伤亡"
        and _SOME.before(state.text, token.start, low)
    ):
        end = token.end
    if end is not None:
        for measure in _BOTH:
            state.told.unknowns.setdefault(measure, (token.start, end))
        return
    if state.pending and token.start - state.pending[-1].end <= 4:
        number = state.pending[-1]
        _both(state, number, number.start, token.end)
        state.pending = []


def _both(state: State, number: Token, start: int, end: int) -> None:
    """7人伤亡, 死伤十几个: so many at most of either."""
    assert number.found is not None
    whole = number.found.quantity("")
    start, end = state.said(start, end)
    for measure in _BOTH:
        quantity = Quantity(0, whole.high, state.note.quote(start, end)[:SAID_AT_MOST])
        state.add(Mention(measure, quantity, start, end, state.sentence, "both", state.new_at))


def all_safe(state: State, skipped: Mask) -> None:
    """人没事, 谁也没砸着: none dead and none hurt, told without a word of harm (别的人没事: none hurt)."""
    text, negated = state.text, state.told.negated
    if state.scan.hits[SAFE] or MAYBE_ZERO.search(text):
        for match in ZERO.finditer(text):
            start, end = match.span()
            if not skipped[start]:
                others = OTHERS_BEFORE.search(text, max(0, start - 8), start)
                for measure in _BOTH if others is None else ("injured",):
                    negated.setdefault(measure, state.said(start, end))
    if "人命" in text or "活着" in text or "亡" in text:
        told = NO_DEATHS.search(text)
        if told is not None and not skipped[told.start()]:
            negated.setdefault("deaths", state.said(*told.span()))
