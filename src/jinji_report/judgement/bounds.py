"""The ranges that judging uses: what was said, what follows from it, what may be presumed.

The facts hold only what was said. A part never exceeds its whole (重伤 ≤ 受伤, and two parts
together neither), so three hurt cannot hide five seriously hurt. Where the standards allow it,
a measure that nobody mentioned is presumed to be none; that is told apart as 推定.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from jinji_report.model.facts import Facts
from jinji_report.quantity import Quantity
from jinji_report.standards.kept import Kept
from jinji_report.standards.rows import Measure, Standards

Range = tuple[float, float]
OPEN: Range = (0, math.inf)
NONE: Range = (0, 0)
_THERE = "headcount"
"""Who was there bounds who came to harm, though no figure of the standards is a part of it."""


def day_of(facts: Facts, now: datetime) -> date:
    """The day whose standards judge the incident: when it happened, else the earliest moment known."""
    if facts.occurred is not None:
        return facts.occurred.at.date()
    return min([*facts.moments.values(), now]).date()


class Bounds:
    """`ranges` with presumptions, and `unpresumed` ranges without them.

    `casualties_told`: some number of people was told, on which some presumptions rest.
    """

    __slots__ = ("_also", "_silent", "_told", "casualties_told", "ranges", "unpresumed")

    def __init__(
        self,
        ranges: dict[str, Range],
        unpresumed: dict[str, Range],
        casualties_told: bool,
        *,
        silent: frozenset[str],
        told: Collection[str] = (),
        also: Collection[str] = (),
    ) -> None:
        """`silent` are presumed where nothing is told of them; `told` were, and `also` are presumed even so."""
        self.ranges = ranges
        self.unpresumed = unpresumed
        self.casualties_told = casualties_told
        self._silent = silent
        self._told = told
        self._also = also

    def presumes(self, name: str) -> bool:
        """The measure is presumed to be none."""
        return name in self._also or (name in self._silent and name not in self._told)

    @property
    def presumed(self) -> frozenset[str]:
        """All measures that are presumed to be none."""
        return self._silent.difference(self._told).union(self._also)


def bounds(facts: Facts, standards: Standards) -> Bounds:
    """Every measure of the standards as (low, high); an unknown one is 0 and open.

    The same figures of the same kind of incident get the same bounds, which nobody may change.
    """
    kept: Kept[Bounds] = standards.kept_as("bounds")
    key = facts.category, tuple([(name, told.low, told.high) for name, told in facts.measures.items()])
    found = kept.get(key)
    if found is None:
        found = kept.put(key, _bounds(facts, standards))
    return found


def _bounds(facts: Facts, standards: Standards) -> Bounds:
    measures = standards.measures
    told = [(name, quantity, measures[name]) for name, quantity in facts.measures.items() if name in measures]
    casualties_told = False
    for _, quantity, measure in told:
        if measure.casualty and (quantity.low or quantity.high is not None):
            casualties_told = True
    category = facts.category if facts.category in standards.categories else None
    silent = _silent(category, casualties_told, standards)
    if not told:
        return silent
    ranges, unpresumed = silent.ranges.copy(), silent.unpresumed.copy()
    having_parts = wholes(standards)
    families: list[str] = []
    also: list[str] = []
    for name, quantity, measure in told:
        said = unpresumed[name] = (quantity.low, math.inf if quantity.high is None else quantity.high)
        if said == OPEN and _presumed(measure, quantity, category, casualties_told):
            also.append(name)
            ranges[name] = NONE
        else:
            ranges[name] = said
        whole = measure.part_of or name
        if whole in having_parts and whole not in families:
            families.append(whole)
    found = Bounds(
        ranges, unpresumed, casualties_told, silent=silent._silent, told=frozenset(facts.measures), also=also
    )
    for whole in families:
        _fit(whole, having_parts[whole], ranges, found.presumes(whole))
        _fit(whole, having_parts[whole], unpresumed, False)
    return found


def wholes(standards: Standards) -> dict[str, list[str]]:
    """The measures that have parts, with these."""
    found: dict[str, list[str]] | None = standards.kept.get("wholes")
    if found is None:
        found = {}
        for name, measure in standards.measures.items():
            if measure.part_of is not None:
                found.setdefault(measure.part_of, []).append(name)
        standards.kept["wholes"] = found
    return found


def tightened(
    ranges: Mapping[str, Range], presumed: frozenset[str], standards: Standards
) -> dict[str, Range]:
    """`ranges` with parts and wholes fitted to each other.

    Where the figures contradict each other (more seriously hurt than hurt), the whole grows: the
    graver figure is not lost.
    """
    fitted = dict(ranges)
    for whole, parts in wholes(standards).items():
        _fit(whole, parts, fitted, whole in presumed)
    return fitted


def refitted(ranges: dict[str, Range], changed: str, standards: Standards) -> dict[str, Range]:
    """`ranges` themselves, with the whole and the parts around `changed` fitted to each other again."""
    whole = standards.measures[changed].part_of or changed
    parts = wholes(standards).get(whole)
    if parts is not None:
        _fit(whole, parts, ranges, False)
    return ranges


def _fit(whole: str, parts: Sequence[str], ranges: dict[str, Range], presumed: bool) -> None:
    low, high = ranges[whole]
    least: float = 0
    most: float = 0
    for part in parts:
        least += ranges[part][0]
        most += ranges[part][1]
    if presumed:
        high = most
    if low < least:
        low = least
    if high < low:
        high = low
    ranges[whole] = (low, high)
    spare = high - least
    for part in parts:
        lowest, highest = ranges[part]
        if highest > lowest + spare:
            ranges[part] = (lowest, max(lowest, lowest + spare))


def contradictions(facts: Facts, standards: Standards) -> list[tuple[str, str]]:
    """Figures that cannot both be right: the measure and a sentence; judging goes by the graver one."""
    found = []
    told = facts.measures
    pairs = [
        (name, whole)
        for whole, parts in wholes(standards).items()
        if whole in told
        for name in parts
        if name in told
    ]
    for name, whole in pairs:
        part = standards.measures[name]
        if facts.measures[name].low > facts.measures[whole].top:
            text = (
                f"{part.label}{facts.measures[name].low}{part.unit}多于"
                f"{standards.measures[whole].label}{facts.measures[whole].high}{part.unit}，互相矛盾，请核对；暂按重的研判。"
            )
            found.append((name, text))
    there = told.get(_THERE)
    if there is not None and _THERE in standards.measures:
        whole_row = standards.measures[_THERE]
        for name, quantity in told.items():
            row = standards.measures.get(name)
            if row is not None and row.casualty and quantity.low > there.top:
                text = (
                    f"{row.label}{quantity.low}{row.unit}多于{whole_row.label}{there.high}{whole_row.unit}，"
                    "互相矛盾，请核对；暂按重的研判。"
                )
                found.append((name, text))
    return found


def all_light(facts: Facts) -> bool:
    """Everybody hurt was told to be lightly hurt."""
    light, injured = facts.measures.get("slightly_injured"), facts.measures.get("injured")
    return light is not None and injured is not None and light.low >= injured.top


def _silent(category: str | None, casualties_told: bool, standards: Standards) -> Bounds:
    """The bounds of an incident of which no measure was told, but whether any casualties were."""
    key = ("silent", category, casualties_told)
    kept: Bounds | None = standards.kept.get(key)
    if kept is None:
        presumed = frozenset(
            name
            for name, measure in standards.measures.items()
            if _presumed(measure, None, category, casualties_told)
        )
        said: dict[str, Range] = dict.fromkeys(standards.measures, OPEN)
        kept = standards.kept[key] = Bounds(
            tightened(said | dict.fromkeys(presumed, NONE), presumed, standards),
            tightened(said, frozenset(), standards),
            casualties_told,
            silent=presumed,
        )
    return kept


def _presumed(measure: Measure, told: Quantity | None, category: str | None, casualties_told: bool) -> bool:
    if told is None and category in measure.presume_for:
        return True
    if measure.presume == "always":
        # Being counted is no number for a loss; of people it says that there are some.
        return told is None or (told.wholly_open and not measure.casualty)
    if measure.presume == "when_casualties_told":
        return told is None and casualties_told
    return False
