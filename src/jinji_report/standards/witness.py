"""Conditions turned round: which incidents meet one.

`witness` gives the smallest plain incident that meets a condition (or fails it), and `boxes` every
way to meet it, one after the other: categories, tags that must and must not be there, windows, and
thresholds. Nothing is sampled: bounds are solved as inequalities (`possible`).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from itertools import count as count_from

from jinji_report.standards.conditions import THRESHOLDS, Threshold, listed
from jinji_report.standards.possible import Conditions, Tangled, every, exact
from jinji_report.standards.rows import Standards, Tree
from jinji_report.vocabulary import GRADES, Grade

__all__ = (
    "MOST_BOXES",
    "QUIET",
    "Box",
    "Tangled",
    "Witness",
    "boxes",
    "day_of",
    "filling_of",
    "witness",
    "witnesses",
)

MOST_BOXES = 3_000
QUIET = date(2026, 11, 17)  # where the search for a day begins; any day would do

_CONTRARY = {"at_least": "below", "more_than": "at_most", "at_most": "more_than", "below": "at_least"}
_NEAR_DAYS = (*range(0, 800), *range(-800, 0))


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
            thresholds=_once((*self.thresholds, *other.thresholds)),
        )
        empty = categories is not None and not categories
        return None if empty or box.tags & box.no_tags or box.windows & box.no_windows else box

    @property
    def key(self) -> tuple[object, ...]:
        """What two boxes that say the same have in common."""
        bounds = frozenset((t.measures, t.op, t.bound) for t in self.thresholds)
        return self.categories, self.tags, self.no_tags, self.windows, self.no_windows, bounds


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


def boxes(tree: Tree, standards: Standards, *, denied: bool = False) -> Iterator[Box]:
    """Every way to meet `tree` (or, `denied`, to fail it), each once, as they are asked for.

    Raises Tangled where there are more than MOST_BOXES, when it comes to that, or too many parts.
    """
    seen: set[tuple[object, ...]] = set()
    ways = _ways(tree, standards, denied)
    for count in count_from(0):
        try:
            box = next(ways, None)
        except RecursionError:  # one step deeper with each part of an `all`
            raise Tangled("too many parts") from None
        if box is None:
            return
        if count >= MOST_BOXES:
            raise Tangled("too many ways")
        if box.key not in seen:
            seen.add(box.key)
            yield box


def witnesses(found: Iterable[Box], standards: Standards, *, after: date = QUIET) -> Iterator[Witness]:
    """The smallest incident of each box that has one."""
    for box in found:
        measures = filling_of(box.thresholds, standards)
        day = day_of(box, standards, after=after) if measures is not None else None
        if measures is not None and day is not None:
            named = [name for name in standards.categories if name in (box.categories or ())]
            yield Witness(named[0] if named else None, box.tags, day, measures)


def witness(tree: Tree, standards: Standards, *, denied: bool = False, after: date = QUIET) -> Witness | None:
    """A smallest incident that meets `tree` (or fails it); None where there is none. Raises Tangled.

    `standards` are those in force on a day. A category is named where the condition looks at one, the
    first that can meet it; the day is `after` itself, or where that will not do one in or out of a window.
    """
    conditions = Conditions(standards)
    wanted: Tree = {"not": tree} if denied else tree
    looks = conditions.mentions_category(tree)
    categories: list[str | None] = [*standards.categories] if looks else [None]
    later = (day for day in conditions.days([tree], after, None)[::-1])
    earlier = (day for day in conditions.days([tree], None, after))
    for day in chain(later, earlier):
        for category in categories:
            met = conditions.meeting(conditions.formula(wanted, category, day))
            if met is not None:
                return Witness(category, met.tags, day, met.measures)
    return None


def filling_of(thresholds: Sequence[Threshold], standards: Standards) -> dict[str, float] | None:
    """The smallest values that meet all `thresholds`, no part above its whole; None where there are none.

    Raises Tangled.
    """
    bounds = every(("sum", tuple(sorted(set(t.measures))), t.op, exact(t.bound)) for t in thresholds)
    met = Conditions(standards).meeting(bounds)
    return None if met is None else met.measures


def day_of(box: Box, standards: Standards, *, after: date = QUIET) -> date | None:
    """A day in all windows of the box and in none that it excludes: `after` itself where that will do."""
    for days in _NEAR_DAYS:
        day = after + timedelta(days=days)
        if all(standards.windows[name].holds(day) for name in box.windows) and not any(
            standards.windows[name].holds(day) for name in box.no_windows
        ):
            return day
    return None


def _ways(tree: Tree, standards: Standards, denied: bool) -> Iterator[Box]:
    """The boxes of `tree`, perhaps with repeats."""
    if not tree:
        yield from () if denied else (Box(),)
    elif "any" in tree or "all" in tree:
        parts = tree["any"] if "any" in tree else tree["all"]
        if ("all" in tree) != denied:
            yield from _all_of(parts, standards, denied)
        else:
            for part in parts:
                yield from _ways(part, standards, denied)
    elif "not" in tree:
        yield from _ways(tree["not"], standards, not denied)
    elif "measure" in tree:
        op = next(op for op in THRESHOLDS if op in tree)
        yield Box(thresholds=(Threshold(listed(tree["measure"]), _CONTRARY[op] if denied else op, tree[op]),))
    elif "grade_at_least" in tree:
        wanted = GRADES[GRADES.index(Grade(tree["grade_at_least"])) :]
        rungs: list[Tree] = [
            {"all": [{"category": row.categories}, row.when]} if row.categories else row.when
            for row in standards.grades
            if row.grade in wanted
        ]
        yield from _ways({"any": rungs}, standards, denied)
    elif "category" in tree:
        named = frozenset(listed(tree["category"]))
        yield Box(categories=frozenset(standards.categories) - named if denied else named)
    elif "tag" in tree:
        yield from _named(listed(tree["tag"]), "tags", "no_tags", denied)
    elif "window" in tree:
        yield from _named(listed(tree["window"]), "windows", "no_windows", denied)
    else:
        head = "factor" if "factor" in tree else "factor_effect"
        names = listed(tree[head])
        rows = [row for row in standards.factors if (row.name if head == "factor" else row.effect) in names]
        yield from _ways({"any": [row.when for row in rows]}, standards, denied)


def _all_of(parts: Sequence[Tree], standards: Standards, denied: bool) -> Iterator[Box]:
    """Every way to take one box of each part; those that exclude each other are left out as they meet."""
    if not parts:
        yield Box()
        return
    rest = _Kept(_all_of(parts[1:], standards, denied))
    for one in boxes(parts[0], standards, denied=denied):
        for other in rest:
            both = one.both(other)
            if both is not None:
                yield both


class _Kept:
    """What an iterator gave so far, so that it can be gone through again."""

    def __init__(self, source: Iterator[Box]) -> None:
        self.source = source
        self.found: list[Box] = []

    def __iter__(self) -> Iterator[Box]:
        place = 0
        while True:
            if place == len(self.found):
                box = next(self.source, None)
                if box is None:
                    return
                self.found.append(box)
            yield self.found[place]
            place += 1


def _once(thresholds: Iterable[Threshold]) -> tuple[Threshold, ...]:
    """Without repeats; of two lower or two upper bounds on one sum the stronger."""
    found: dict[tuple[tuple[str, ...], bool], Threshold] = {}
    for threshold in thresholds:
        rising = threshold.op in ("at_least", "more_than")
        key = tuple(sorted(threshold.measures)), rising
        kept = found.get(key)
        if kept is None:
            found[key] = threshold
            continue
        reach = [(t.bound, t.op in ("more_than", "at_most")) for t in (threshold, kept)]
        if (reach[0] > reach[1]) == rising:
            found[key] = threshold
    return tuple(found.values())


def _named(names: Sequence[str], held: str, shunned: str, denied: bool) -> Iterator[Box]:
    if denied:
        yield _box(shunned, names)
    else:
        for name in names:
            yield _box(held, (name,))


def _box(slot: str, names: Sequence[str]) -> Box:
    box = Box()
    setattr(box, slot, frozenset(names))
    return box
