"""How strong an earthquake was: 里氏5.4级, 震级M5.4, 六点一级地震. Depth, intensity, aftershocks and wind are none."""

from collections.abc import Sequence

from jinji_report.intake.lexicon import role
from jinji_report.intake.numerals import Found
from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.told import Settled
from jinji_report.intake.scan import Scan
from jinji_report.quantity import Number, Quantity

SHAKES = role(("震", "里氏"))
_SPOKEN = "零一二三四五六七八九"
_NAMED = pattern(r"(?:里氏|震级|震级为|震级约|震级:|[Mm][sSwWlL]?)(?:震级)?[约为是]?$")
_CHANGED = pattern(r"(?:修正|更正|修订|上调|下调|调整|核定|测定)[^。；\n，,]{0,4}$")
_AFTERSHOCK = pattern(r"余震[^。；\n，,]{0,10}$")
_NOT_IT = pattern(r"级(?:以上|以下|大风|风|台风|暴雨|响应|应急|预警|医院)")


def magnitude(scan: Scan, numbers: Sequence[Found]) -> Settled | None:
    """The magnitude first told, or the one that corrects it."""
    if not scan.hits[SHAKES]:
        return None
    text = scan.text
    chosen: Settled | None = None
    for found in numbers:
        value, end = found.low, found.end
        if text.startswith("点", end):
            value, end = _spoken_decimals(text, value, end)
        if not 0 < value < 10 or _NOT_IT.match(text, end) is not None:
            continue
        begin = max(0, found.start - 12)
        named = _NAMED.search(text, begin, found.core) is not None
        graded = text.startswith("级", end)
        tail = text[end : end + 9]
        changed = _CHANGED.search(text, begin, found.core) is not None
        shakes = "震" in tail.replace("余震", "").replace("震感", "")
        if not named and not (graded and (shakes or (changed and chosen is not None))):
            continue
        if _AFTERSHOCK.search(text, begin, found.core) is not None or tail.startswith("级余震"):
            continue
        if chosen is None or changed:
            stop = end + 1 if graded else end
            chosen = Settled(Quantity(value, value, scan.note.quote(found.start, stop)), found.start, stop)
    return chosen


def _spoken_decimals(text: str, whole: Number, end: int) -> tuple[Number, int]:
    """六点一: the digits behind the point, as they are spoken."""
    stop, digits = end + 1, ""
    while stop - end < 4 and text[stop : stop + 1] and text[stop] in _SPOKEN:
        digits += str(_SPOKEN.index(text[stop]))
        stop += 1
    return (float(f"{int(whole)}.{digits}"), stop) if digits else (whole, end)
