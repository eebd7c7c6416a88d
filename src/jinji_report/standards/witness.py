"""Conditions turned round: which incidents meet one.

A condition becomes boxes (`boxes`): each is one way to meet it, as categories, tags that must and
must not be there, windows, and thresholds. `witness` gives the smallest plain incident of a box.
Nothing is sampled: the fillings that are tried stand for all (`conditions.fillings`).
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import product

from jinji_report.standards.conditions import THRESHOLDS, Junction, Threshold, fillings, listed
from jinji_report.standards.rows import Standards, Tree
from jinji_report.vocabulary import GRADES, Grade

MOST_BOXES = 3_000
QUIET = date(2026, 11, 17)  # where the search for a day begins; any day would do

_CONTRARY = {"at_least": "below", "more_than": "at_most", "at_most": "more_than", "below": "at_least"}


class Tangled(ValueError):
    """A condition has too many ways to be met to list them."""


class Box:
    """One way to meet a condition. `categories` None means any."""

    __slots__ = ("categories", "no_tags", "no_windows", "tags", "thresholds", "windows")

    def __init__(
        self,
        *,
        categories: frozenset[str] | None = None,
        tags: frozenset[str] = frozenset(),
        no_tags: frozenset[str] = frozenset(),
        windows: frozenset[str] = frozenset(),
        no_windows: frozenset[str] = frozenset(),
        thresholds: tuple[Threshold, ...] = (),
    ) -> None:
        self.categories = categories
        self.tags = tags
        self.no_tags = no_tags
        self.windows = windows
        self.no_windows = no_windows
        self.thresholds = thresholds

    def both(self, other: "Box") -> "Box | None":
        """What meets this box and the other; None where nothing can by category, tag or window."""
        categories = self.categories
        if other.categories is not None:
            categories = other.categories if categories is None else categories & other.categories
        box = Box(
            categories=categories,
            tags=self.tags | other.tags,
            no_tags=self.no_tags | other.no_tags,
            windows=self.windows | other.windows,
            no_windows=self.no_windows | other.no_windows,
            thresholds=(*self.thresholds, *other.thresholds),
        )
        empty = categories is not None and not categories
        return None if empty or box.tags & box.no_tags or box.windows & box.no_windows else box


class Witness:
    """A plain incident: `measures` are exact counts, what is not named is not told."""

    __slots__ = ("category", "day", "measures", "tags")

    def __init__(
        self, category: str | None, tags: Iterable[str], day: date, measures: dict[str, float]
    ) -> None:
        self.category = category
        self.tags = tuple(sorted(tags))
        self.day = day
        self.measures = measures


def boxes(tree: Tree, standards: Standards, *, denied: bool = False) -> list[Box]:
    """Every way to meet `tree` (or, `denied`, to fail it). Raises Tangled where there are too many."""
    if not tree:
        return [] if denied else [Box()]
    for branch, every in (("any", False), ("all", True)):
        if branch in tree:
            parts = [boxes(part, standards, denied=denied) for part in tree[branch]]
            return _all_of(parts) if every != denied else _one_of(parts)
    if "not" in tree:
        return boxes(tree["not"], standards, denied=not denied)
    if "measure" in tree:
        op = next(op for op in THRESHOLDS if op in tree)
        return [
            Box(thresholds=(Threshold(listed(tree["measure"]), _CONTRARY[op] if denied else op, tree[op]),))
        ]
    if "grade_at_least" in tree:
        wanted = GRADES[GRADES.index(Grade(tree["grade_at_least"])) :]
        rungs: list[Tree] = [
            {"all": [{"category": row.categories}, row.when]} if row.categories else row.when
            for row in standards.grades
            if row.grade in wanted
        ]
        return boxes({"any": rungs}, standards, denied=denied)
    if "category" in tree:
        named = frozenset(listed(tree["category"]))
        return [Box(categories=frozenset(standards.categories) - named if denied else named)]
    if "tag" in tree:
        return _names(listed(tree["tag"]), "tags", "no_tags", denied)
    if "window" in tree:
        return _names(listed(tree["window"]), "windows", "no_windows", denied)
    head = "factor" if "factor" in tree else "factor_effect"
    names = listed(tree[head])
    rows = [row for row in standards.factors if (row.name if head == "factor" else row.effect) in names]
    return boxes({"any": [row.when for row in rows]}, standards, denied=denied)


def witnesses(found: Iterable[Box], standards: Standards, *, after: date = QUIET) -> Iterator[Witness]:
    """The smallest incident of each box that has one."""
    for box in found:
        measures = filling_of(box.thresholds, standards)
        day = day_of(box, standards, after=after)
        if measures is not None and day is not None:
            named = [name for name in standards.categories if name in (box.categories or ())]
            category = named[0] if named else None
            yield Witness(category, box.tags, day, measures)


def witness(tree: Tree, standards: Standards, *, denied: bool = False, after: date = QUIET) -> Witness | None:
    """A smallest incident that meets `tree` (or fails it); None where there is none. Raises Tangled."""
    return next(witnesses(boxes(tree, standards, denied=denied), standards, after=after), None)


def filling_of(thresholds: Sequence[Threshold], standards: Standards) -> dict[str, float] | None:
    """The smallest values that meet all `thresholds`, no part above its whole; None where there are none."""
    if not thresholds:
        return {}
    formula = Junction(thresholds, every=True)
    names = sorted({name for threshold in thresholds for name in threshold.measures})
    ranges = {name: (0.0, math.inf) for name in names}
    wholes = {name: standards.measures[name].part_of for name in names}
    counted = {name for name in names if standards.measures[name].whole}
    for filling in fillings(formula, names, ranges, wholes, counted):
        if formula.holds(filling) and all(map(math.isfinite, filling.values())):
            return dict(filling)
    return None


def day_of(box: Box, standards: Standards, *, after: date = QUIET) -> date | None:
    """A day in all windows of the box and in none that it excludes; without any, a day in no window at all."""
    days = [after + timedelta(days=n) for n in (*range(0, 800), *range(-800, 0))]

    def fits(day: date, shun: Iterable[str]) -> bool:
        return all(standards.windows[name].holds(day) for name in box.windows) and not any(
            standards.windows[name].holds(day) for name in shun
        )

    others = set(standards.windows) - box.windows
    quiet = next((day for day in days if fits(day, others)), None)
    return quiet or next((day for day in days if fits(day, box.no_windows)), None)


def _all_of(parts: Sequence[list[Box]]) -> list[Box]:
    found = [Box()]
    for part in parts:
        if len(found) * len(part) > MOST_BOXES:
            raise Tangled("too many ways")
        found = [both for one, other in product(found, part) if (both := one.both(other)) is not None]
    return found


def _one_of(parts: Sequence[list[Box]]) -> list[Box]:
    found = [box for part in parts for box in part]
    if len(found) > MOST_BOXES:
        raise Tangled("too many ways")
    return found


def _names(names: Sequence[str], held: str, shunned: str, denied: bool) -> list[Box]:
    if denied:
        return [_box(shunned, names)]
    return [_box(held, (name,)) for name in names]


def _box(slot: str, names: Sequence[str]) -> Box:
    box = Box()
    setattr(box, slot, frozenset(names))
    return box
