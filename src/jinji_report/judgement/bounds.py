"""The ranges that judging uses: what was said, what follows from it, what may be presumed.

The facts hold only what was said. A part never exceeds its whole (重伤 ≤ 受伤, and two parts
together neither), so three hurt cannot hide five seriously hurt. Where the standards allow it,
a measure that nobody mentioned is presumed to be none; that is told apart as 推定.
"""

import math
from collections.abc import Mapping
from datetime import date, datetime

from jinji_report.model.facts import Facts
from jinji_report.quantity import Quantity
from jinji_report.standards.rows import Measure, Standards

Range = tuple[float, float]


def day_of(facts: Facts, now: datetime) -> date:
    """The day whose standards judge the incident: when it happened, else the earliest moment known."""
    if facts.occurred is not None:
        return facts.occurred.at.date()
    return min([*facts.moments.values(), now]).date()


class Bounds:
    """`ranges` with presumptions, `presumed` measures, and `unpresumed` ranges without them."""

    __slots__ = ("presumed", "ranges", "unpresumed")

    def __init__(
        self, ranges: dict[str, Range], unpresumed: dict[str, Range], presumed: frozenset[str]
    ) -> None:
        self.ranges = ranges
        self.unpresumed = unpresumed
        self.presumed = presumed


def bounds(facts: Facts, standards: Standards) -> Bounds:
    """Every measure of the standards as (low, high); an unknown one is 0 and open."""
    told = facts.measures
    casualties_told = any(
        standards.measures[name].casualty and not quantity.wholly_open
        for name, quantity in told.items()
        if name in standards.measures
    )
    presumed = frozenset(
        name
        for name, measure in standards.measures.items()
        if _presumed(measure, told.get(name), facts.category, casualties_told)
    )
    said = {
        name: (told[name].low, told[name].top) if name in told else (0, math.inf)
        for name in standards.measures
    }
    with_presumed = said | {name: (0, 0) for name in presumed}
    return Bounds(
        tightened(with_presumed, presumed, standards), tightened(said, frozenset(), standards), presumed
    )


def tightened(
    ranges: Mapping[str, Range], presumed: frozenset[str], standards: Standards
) -> dict[str, Range]:
    """`ranges` with parts and wholes fitted to each other.

    Where the figures contradict each other (more seriously hurt than hurt), the whole grows: the
    graver figure is not lost.
    """
    fitted = dict(ranges)
    parts_of: dict[str, list[str]] = {}
    for name, measure in standards.measures.items():
        if measure.part_of is not None:
            parts_of.setdefault(measure.part_of, []).append(name)
    for whole, parts in parts_of.items():
        low, high = fitted[whole]
        least = sum(fitted[part][0] for part in parts)
        if whole in presumed:
            high = sum(fitted[part][1] for part in parts)
        low = max(low, least)
        high = max(high, low)
        fitted[whole] = (low, high)
        for part in parts:
            others = least - fitted[part][0]
            fitted[part] = (fitted[part][0], max(fitted[part][0], min(fitted[part][1], high - others)))
    return fitted


def contradictions(facts: Facts, standards: Standards) -> list[str]:
    """Figures that cannot both be right, a sentence each; judging goes by the graver one."""
    found = []
    for name, part in standards.measures.items():
        whole = part.part_of
        if whole is None or name not in facts.measures or whole not in facts.measures:
            continue
        if facts.measures[name].low > facts.measures[whole].top:
            found.append(
                f"{part.label}{facts.measures[name].low}{part.unit}多于"
                f"{standards.measures[whole].label}{facts.measures[whole].high}{part.unit}，互相矛盾，请核对；暂按重的研判。"
            )
    return found


def _presumed(measure: Measure, told: Quantity | None, category: str | None, casualties_told: bool) -> bool:
    if told is None and category in measure.presume_for:
        return True
    if measure.presume == "always":
        # Being counted is no number for a loss; of people it says that there are some.
        return told is None or (told.wholly_open and not measure.casualty)
    if measure.presume == "when_casualties_told":
        return told is None and casualties_told
    return False
