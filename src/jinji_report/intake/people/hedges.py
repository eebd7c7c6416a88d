"""A count that is only thought of: 可能有2人死亡, 3人疑似被埋, 怀疑司机已遇难.

A hedge right before the number, or between the number and its word, leaves the number as the most
that it may be and nothing as the least. Before an illness (疑似食物中毒30人) and before the manner of
a death (1人疑似溺亡) it speaks of the kind: the persons are counted.
"""

from jinji_report.intake.patterns import pattern

_WORDS = (
    "疑似|疑有|疑为|疑(?=[0-9一二两三四五六七八九十几])|可能|或许|或(?=有|已|将|致|造成)|也许|兴许|恐怕|恐(?=有|已|将)|怕是|怕有|预计|预估|推测|推断"
    "|怀疑|猜测|不排除|说不定|没准"
)
_THEN = "(?:[,:]|会|将|已经?|还|又|再|另外?|也|仍|尚|有|是|是有|达到?|造成|导致|致|出现|不幸|被|了|人|共|约|至少|不止)*"
_BEFORE = pattern(f"(?<!不)(?:{_WORDS})(?:{_THEN})$")
_MARKED = pattern(f"(?<!不)(?:{_WORDS})")
_ANY = pattern("疑|可能|或|也许|兴许|恐|怕是|怕有|预计|预估|推测|推断|猜测|不排除|说不定|没准|[(][待未]")
_AFTER = pattern("[(](?:疑似|可能|待核实?|未核实|未证实|待确认|未确认)[)]")
_BACK = 14
_PLAIN = ("死亡", "遇难", "身亡", "丧生", "罹难", "死了", "没了", "受伤", "负伤", "重伤", "伤了")
_LOST = ("trapped", "missing", "swept")


def may_hedge(text: str) -> bool:
    """Somewhere in `text` a hedge may stand."""
    return _ANY.search(text) is not None


def hedge_before(text: str, at: int, low: int) -> int | None:
    """Where the hedge begins that governs what stands at `at`."""
    match = _BEFORE.search(text, max(low, at - _BACK), at)
    return None if match is None else match.start()


def hedged(
    text: str, low: int, word: tuple[int, int, str], numbers: tuple[int, int]
) -> tuple[int, int] | None:
    """The stretch of the hedge over a count: `word` of harm (start, end, measure) and its numbers (start, end)."""
    start, end, measure = word
    at = hedge_before(text, numbers[0], low)
    if at is not None and numbers[0] <= start:
        return at, numbers[0]
    if measure != "poisoned":
        between = start < numbers[0]
        if not between or at is None:
            at = hedge_before(text, start, low if between else numbers[1])
        if at is not None and (
            text[at] != "疑" or measure in _LOST or text.startswith(_PLAIN, start) or at > start
        ):
            return at, max(at, start)
    after = _AFTER.match(text, max(end, numbers[1]))
    return None if after is None else after.span()


def bears_hedge(said: str) -> bool:
    """The words of a figure say that it is only thought of."""
    return _MARKED.search(said) is not None
