"""The nearest incidents that meet a condition, and those that only just do not.

Each is worked out from the ways to meet the condition (`witness`) and then judged as any incident
is (`reduce`, `outcomes`): nothing is shown that was not checked.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

from jinji_report.quantity import tidy
from jinji_report.standards.conditions import Known, Threshold, outcomes, reduce, thresholds_of
from jinji_report.standards.rows import Standards, Tree
from jinji_report.standards.witness import Box, Tangled, Witness, boxes, witnesses

MOST_WAYS = 5
SOME = 60  # ways of a part that are tried where parts multiply
MOST_MISSES = 2  # a way: it is enough to see what it hangs on
_DAYS = [timedelta(days=n) for n in range(1, 400)]


class Miss:
    """An incident that does not meet the condition, by one `change` from one that does."""

    __slots__ = ("change", "incident")

    def __init__(self, change: str, incident: Witness) -> None:
        self.change = change
        self.incident = incident


class Way:
    """One way to meet a condition: the smallest incident of it, its nearest misses, the windows it turns on."""

    __slots__ = ("incident", "misses", "windows")

    def __init__(self, incident: Witness, windows: frozenset[str], misses: Sequence[Miss]) -> None:
        self.incident = incident
        self.windows = windows
        self.misses = tuple(misses)


def meets(tree: Tree, incident: Witness, standards: Standards) -> bool:
    """The incident, taken as exactly told, meets `tree`: no filling fails."""
    ranges = _exact(incident, standards)
    known = Known(category=incident.category, tags=incident.tags, on=incident.day, ranges=ranges)
    return outcomes(reduce(tree, known, standards), ranges, standards).sure


def _exact(incident: Witness, standards: Standards) -> dict[str, tuple[float, float]]:
    """Every measure as exactly one value; what is not told is none, and the seriously hurt are among the hurt."""
    values = {name: incident.measures.get(name, 0.0) for name in standards.measures}
    for row in standards.measures.values():
        if row.part_of is not None:
            parts = [m for m, other in standards.measures.items() if other.part_of == row.part_of]
            values[row.part_of] = max(values[row.part_of], sum(values[part] for part in parts))
    return {name: (value, value) for name, value in values.items()}


def ways(tree: Tree, standards: Standards, after: date) -> list[Way]:
    """The simplest ways to meet `tree`, at most MOST_WAYS; days are looked for from `after` on."""
    told: list[Way] = []
    for box in _chosen(_boxes(tree, standards)):
        incident = next(witnesses([box], standards, after=after), None)
        if incident is None:
            continue
        incident = _plainer(incident, box, tree, standards)
        if not meets(tree, incident, standards) or any(_same(way.incident, incident) for way in told):
            continue
        told.append(_way(incident, box, tree, standards))
        if len(told) == MOST_WAYS:
            break
    return told


def _boxes(tree: Tree, standards: Standards) -> list[Box]:
    """Ways to meet `tree`: all of them, or SOME of each part where they multiply; what is shown is judged anyway."""
    if "any" in tree:
        return [box for part in tree["any"] for box in _boxes(part, standards)]
    if "all" in tree:
        found = [Box()]
        for part in tree["all"]:
            some = _chosen(_boxes(part, standards))[:SOME]
            joined = [both for one in found for box in some if (both := one.both(box)) is not None]
            found = joined[: SOME * SOME]
        return found
    if "not" in tree and not {"grade_at_least", "factor", "factor_effect"}.isdisjoint(_heads(tree)):
        return [Box()]  # too many ways to fall short of every rung: left to the judging
    try:
        return list(islice(boxes(tree, standards), SOME * SOME))
    except Tangled:
        return [Box()]


def _heads(tree: Tree) -> Iterator[str]:
    """Every head of a condition, the inner ones too."""
    for head, value in tree.items():
        yield head
        for part in value if head in ("any", "all") else (value,) if head == "not" else ():
            yield from _heads(part)


def _way(incident: Witness, box: Box, tree: Tree, standards: Standards) -> Way:
    """The incident with its misses. Where the category does not matter there is none, else the first that will do."""
    misses = list(_misses(incident, box, tree, standards))
    if incident.category is None and not all(
        meets(tree, _with(incident, category=category), standards)
        and not any(
            meets(tree, _with(miss.incident, category=category), standards) for miss in misses[:MOST_MISSES]
        )
        for category in standards.categories
    ):
        for category in standards.categories:
            named = _with(incident, category=category)
            if meets(tree, named, standards) and (found := list(_misses(named, box, tree, standards))):
                incident, misses = named, found
                break
    return Way(incident, box.windows | box.no_windows, misses[:MOST_MISSES])


def _chosen(found: Sequence[Box]) -> list[Box]:
    """The boxes in the order in which they are tried: a kind of way each first, the plain before the tangled."""
    least: dict[Any, Box] = {}
    for box in found:
        key = (_kind(box), box.tags, box.windows, box.categories)
        if key not in least or _height(box) < _height(least[key]):
            least[key] = box
    ordered = sorted(least.values(), key=_weight)
    first: dict[Any, Box] = {}
    for box in ordered:
        first.setdefault((_kind(box), bool(box.tags), bool(box.windows)), box)
    leading = list(first.values())
    return leading + [box for box in ordered if box not in leading]


def _kind(box: Box) -> frozenset[tuple[str, ...]]:
    return frozenset(threshold.measures for threshold in box.thresholds)


def _height(box: Box) -> float:
    return sum(threshold.bound for threshold in box.thresholds)


def _weight(box: Box) -> int:
    return len(box.thresholds) + len(box.tags) + len(box.windows) + len(box.no_tags) + len(box.no_windows)


def _plainer(incident: Witness, box: Box, tree: Tree, standards: Standards) -> Witness:
    """The same incident with a sum put on its first measure, and a whole number where a fraction is not needed."""
    for threshold in box.thresholds:
        first = threshold.measures[0]
        if len(threshold.measures) > 1 and incident.measures.get(first) == 0:
            total = sum(incident.measures.get(name, 0) for name in threshold.measures)
            others = {k: v for k, v in incident.measures.items() if k not in threshold.measures}
            moved = _with(incident, {**others, first: total})
            if meets(tree, moved, standards):
                incident = moved
    for name, value in incident.measures.items():
        if value != int(value):
            rounded = _with(incident, {**incident.measures, name: float(int(value) + 1)})
            if meets(tree, rounded, standards):
                incident = rounded
    needed = {name: value for name, value in incident.measures.items() if value}
    bare = _with(incident, needed)
    return bare if meets(tree, bare, standards) else incident


def _misses(incident: Witness, box: Box, tree: Tree, standards: Standards) -> Iterator[Miss]:
    """What one change makes of an incident that meets `tree`, where it then does not; the least changes first."""
    for change, other in (
        *_neighbours(incident, box, standards),
        *_too_much(incident, tree, standards),
    ):
        if not meets(tree, other, standards):
            yield Miss(change, other)


def _too_much(incident: Witness, tree: Tree, standards: Standards) -> Iterator[tuple[str, Witness]]:
    """Where a part of `tree` denies something (较大 and graver): the next bound at which that would hold."""
    for part in tree.get("all", ()):
        yield from _too_much(incident, part, standards)
    if "not" not in tree:
        return
    ranges = _exact(incident, standards)
    known = Known(category=incident.category, tags=incident.tags, on=incident.day, ranges=ranges)
    formula = reduce(tree["not"], known, standards)
    for name, value in incident.measures.items():
        bounds = [
            threshold.bound + (1 if threshold.op == "more_than" else 0)
            for threshold in thresholds_of(formula)
            if threshold.measures == (name,) and threshold.bound >= value
        ]
        if bounds:
            changed = float(min(bounds))
            more = f"{standards.measures[name].label}多{tidy(changed - value)}{standards.measures[name].unit}"
            yield more, _with(incident, {**incident.measures, name: changed})


def _neighbours(incident: Witness, box: Box, standards: Standards) -> Iterator[tuple[str, Witness]]:
    measures = standards.measures
    for threshold in box.thresholds:
        for name, value in _just_failing(threshold, incident, standards):
            less = tidy(incident.measures.get(name, 0.0) - value)
            words = f"少{less}" if less > 0 else f"多{-less}" if less < 0 else "还是0"
            change = f"{measures[name].label}{words}{measures[name].unit}"
            yield change, _with(incident, {**incident.measures, name: value})
    for tag in sorted(box.tags):
        yield f"没有“{tag}”", _with(incident, tags=set(incident.tags) - {tag})
    for tag in sorted(box.no_tags):
        yield f"有“{tag}”", _with(incident, tags={*incident.tags, tag})
    for name in sorted(box.windows):
        window = standards.windows[name]
        day = next((incident.day + n for n in _DAYS if not window.holds(incident.day + n)), None)
        if day is not None:
            yield f"不在{name}", _with(incident, day=day)
    for name in sorted(box.no_windows):
        window = standards.windows[name]
        day = next((incident.day + n for n in _DAYS if window.holds(incident.day + n)), None)
        if day is not None:
            yield f"在{name}", _with(incident, day=day)
    if box.categories is not None and incident.category is not None:
        kind = standards.categories[incident.category].kind
        others = [row for name, row in standards.categories.items() if name not in box.categories]
        others.sort(key=lambda row: row.kind != kind)  # its kin first
        for row in others[:1]:
            yield f"类别是{row.name}", _with(incident, category=row.name)
    if len(box.tags) + len(box.thresholds) > 1:
        yield "其余都没有", Witness(incident.category, (), incident.day, {})


def _just_failing(
    threshold: Threshold, incident: Witness, standards: Standards
) -> Iterator[tuple[str, float]]:
    """For each measure of the threshold, the nearest value with which it fails."""
    total = sum(incident.measures.get(name, 0.0) for name in threshold.measures)
    for name in threshold.measures:
        value = incident.measures.get(name, 0.0)
        whole = standards.measures[name].whole
        step = 1.0 if whole or threshold.bound >= 10 else 0.1
        wanted = {
            "at_least": threshold.bound - step,
            "more_than": threshold.bound,
            "at_most": threshold.bound + step,
            "below": threshold.bound,
        }[threshold.op]
        changed = round(value + wanted - total, 6)
        if changed >= 0:
            yield name, changed


def _with(
    incident: Witness,
    measures: dict[str, float] | None = None,
    *,
    tags: set[str] | None = None,
    day: date | None = None,
    category: str | None = None,
) -> Witness:
    return Witness(
        category or incident.category,
        incident.tags if tags is None else tags,
        day or incident.day,
        incident.measures if measures is None else measures,
    )


def _same(one: Witness, other: Witness) -> bool:
    return (one.category, one.tags, one.day, one.measures) == (
        other.category,
        other.tags,
        other.day,
        other.measures,
    )


def incident_words(incident: Witness, standards: Standards, *, with_day: bool = False) -> str:
    """`道路交通事故，死亡3人，有“学生”`; the day where it matters."""
    parts = [incident.category or "任何一类事件"]
    if with_day:
        held = [name for name, window in standards.windows.items() if window.holds(incident.day)]
        parts.append(f"{incident.day}" + (f"（{'、'.join(held)}）" if held else ""))
    for name, row in standards.measures.items():
        if name not in incident.measures:
            continue
        value = incident.measures[name]
        parts.append(f"{row.label}{tidy(value)}{row.unit}")
    parts += [f"有“{tag}”" for tag in incident.tags]
    return "，".join(parts)


def incident_json(incident: Witness) -> dict[str, Any]:
    return {
        "category": incident.category,
        "tags": list(incident.tags),
        "day": incident.day.isoformat(),
        "measures": {name: tidy(value) for name, value in incident.measures.items()},
    }
