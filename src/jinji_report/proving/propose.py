"""Incidents worth a case: for each bound one less, the number itself, one more and unknown; for each row
one incident in which it holds, one in which it fails, one that leaves it open.

What else the row wants is met by the smallest incident that meets it (`standards.witness`), and what
else could decide is told to be none, so that the bound alone decides. The expected answer comes from
the bound, and an incident in which something else of the row decides is passed over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import islice

from jinji_report.model.facts import Facts
from jinji_report.proving.situation import BoundOf, Mark, Proved, Situation, State, replaced
from jinji_report.quantity import Number, Quantity, between, exactly, tidy, unknown
from jinji_report.standards.conditions import Threshold, listed
from jinji_report.standards.rows import Standards, Tree, applies
from jinji_report.standards.witness import QUIET, Box, Tangled, boxes, day_of, filling_of
from jinji_report.vocabulary import GRADES, OTHER_CATEGORY, Grade

_MOST_WAYS = 400  # of meeting a row that are looked at for one bound
_YES: Tree = {"all": []}
_NO: Tree = {"any": []}


class Sketch:
    """The facts of a case to propose: exact counts, ranges, and what is unknown."""

    __slots__ = ("category", "measures", "on", "tags")

    def __init__(
        self, category: str | None, tags: Iterable[str], on: date, measures: Mapping[str, Quantity]
    ) -> None:
        self.category = category
        self.tags = tuple(tags)
        self.on = on
        self.measures = dict(measures)

    def but(self, **changes: Quantity) -> "Sketch":
        return Sketch(self.category, self.tags, self.on, self.measures | changes)

    def situation(self, standards: Standards) -> Situation:
        facts = Facts(category=self.category, measures=self.measures, tags={tag: tag for tag in self.tags})
        return Situation(facts, standards, self.on)


class Proposals:
    """Finds the incidents, by the standards before a day is chosen."""

    __slots__ = ("standards",)

    def __init__(self, standards: Standards) -> None:
        self.standards = standards

    def tries(self, row: Proved, bound: BoundOf) -> dict[Mark, Sketch]:
        """The bound at each of its points and unknown, all else alike; what cannot be is left out."""
        best: dict[Mark, Sketch] = {}
        wanted = replaced(row.when, bound.path, not bound.negated)
        for base in islice(self._ways(row, wanted), _MOST_WAYS):
            for others in self._splits(bound):
                found = self._tried(row, bound, base, others)
                if len(found) > len(best):
                    best = found
                if best.keys() == bound.wanted:
                    return best
        return best

    def states(self, row: Proved, wanted: Iterable[State] = State) -> dict[State, Sketch]:
        """An incident for each wanted state that the row can have."""
        found: dict[State, Sketch] = {}
        holds = self._holding(row)
        if holds is not None:
            found[State.HOLDS] = holds
        for state, candidates in ((State.FAILS, self._failing), (State.OPEN, self._open)):
            if state in wanted:
                sketch = next((s for s in candidates(row, holds) if self._state(row, s) == state), None)
                if sketch is not None:
                    found[state] = sketch
        return {state: sketch for state, sketch in found.items() if state in wanted}

    # —— a bound ——

    def _tried(
        self, row: Proved, bound: BoundOf, base: Sketch, others: dict[str, Number]
    ) -> dict[Mark, Sketch]:
        """The points of the bound around `base`, as far as the row answers there as the bound says."""
        found: dict[Mark, Sketch] = {}
        first = next(name for name in bound.threshold.measures if name not in others)
        fixed = {name: exactly(value) for name, value in others.items()}
        taken = sum(others.values())
        points = bound.points
        for mark, value in points.items():
            if value < taken:
                return {}
            sketch = self._told(row, base.but(**fixed, **{first: exactly(tidy(value - taken))}))
            if sketch.situation(self.standards).mark(row, bound) == mark:
                found[mark] = sketch
        for sketch in self._unknown_sketches(base.but(**fixed), first, bound, taken):
            told = self._told(row, sketch, apart=first)
            if told.situation(self.standards).mark(row, bound) == Mark.UNKNOWN:
                found[Mark.UNKNOWN] = told
                break
        return found

    def _unknown_sketches(self, base: Sketch, name: str, bound: BoundOf, taken: Number) -> Iterator[Sketch]:
        """`name` not known: at all, beside a whole that leaves it room, or on either side of the bound."""
        points = bound.points
        above = tidy(points[Mark.ABOVE] - taken)
        yield base.but(**{name: unknown("不详")})
        whole = self.standards.measures[name].part_of
        if whole is not None:
            yield base.but(**{name: unknown("不详"), whole: exactly(above)})
        yield base.but(**{name: between(tidy(points.get(Mark.BELOW, points[Mark.AT]) - taken), above)})

    def _splits(self, bound: BoundOf) -> Iterator[dict[str, Number]]:
        """How a sum is shared: one of each where that leaves room, else all in one."""
        names = bound.threshold.measures
        if len(names) > 1 and bound.threshold.bound - bound.step >= len(names) - 1:
            yield dict.fromkeys(names[1:], 1)
        for name in names:
            yield {other: 0 for other in names if other != name}

    # —— a row ——

    def _holding(self, row: Proved) -> Sketch | None:
        for base in islice(self._ways(row, row.when), _MOST_WAYS):
            sketch = self._told(row, base)
            if self._state(row, sketch) == State.HOLDS:
                return sketch
        return None

    def _failing(self, row: Proved, holds: Sketch | None) -> Iterator[Sketch]:
        """Incidents like the one in which the row holds, but for one thing; at last quite others."""
        if holds is not None:
            if holds.tags:
                for tag in holds.tags:
                    rest = [other for other in holds.tags if other != tag]
                    yield self._told(row, Sketch(holds.category, rest, holds.on, holds.measures))
            none = {name: exactly(0) for name in holds.measures}
            if any(quantity.low for quantity in holds.measures.values()):
                yield self._told(row, Sketch(holds.category, holds.tags, holds.on, none))
            for category in self._categories(()):
                yield self._told(row, Sketch(category, holds.tags, holds.on, holds.measures))
            for days in (45, 120, 200, 290):
                on = holds.on + timedelta(days=days)
                yield self._told(row, Sketch(holds.category, holds.tags, on, holds.measures))
            for category in self._categories(()):
                yield self._told(row, Sketch(category, (), holds.on, none))
        else:
            for category in self._categories(()):
                yield self._told(row, Sketch(category, (), self._day(row), {}))

    def _open(self, row: Proved, holds: Sketch | None) -> Iterator[Sketch]:
        """Incidents in which the row holds, each with one thing of it not known."""
        seen: set[tuple[object, ...]] = set()
        ways = islice(self._ways(row, row.when), _MOST_WAYS) if holds is not None else ()
        for way in ways:
            whole = self._told(row, way)
            for name, quantity in whole.measures.items():
                if quantity.low:
                    yield self._told(row, whole.but(**{name: unknown("不详")}), apart=name)
                    yield self._told(row, whole.but(**{name: between(0, quantity.low)}), apart=name)
            key = (whole.tags, whole.on, *whole.measures.items())
            if key not in seen:
                seen.add(key)
                yield Sketch(None, whole.tags, whole.on, whole.measures)

    # —— incidents that meet a condition ——

    def _ways(self, row: Proved, when: Tree) -> Iterator[Sketch]:
        """Small incidents in which `when` holds, for one category after the other."""
        day = self._day(row)
        in_force = self.standards.on(day)
        for category in self._categories(row.categories):
            tree = _for_category(when, category, in_force)
            if tree == _NO:
                continue
            for box in _boxes(tree, in_force):
                measures = _smallest(box.thresholds, in_force)
                on = self._day_of(row, box, day)
                if measures is not None and on is not None:
                    counts = {name: exactly(tidy(value)) for name, value in measures.items()}
                    yield Sketch(category, sorted(box.tags), on, counts)

    def _categories(self, named: tuple[str, ...]) -> list[str]:
        """The categories to try: of a row for all of them, the one that brings nothing of its own first."""
        if named:
            return list(named)
        names = list(self.standards.categories)
        return sorted(names, key=lambda name: name != OTHER_CATEGORY)

    def _day(self, row: Proved) -> date:
        """A day on which the row is in force."""
        dated = row.row
        first: date | None = dated.effective_from
        last: date | None = dated.effective_to
        if dated.in_force(QUIET):
            return QUIET
        if last is not None and last < QUIET:
            early = last - timedelta(days=400)
            return early if first is None else max(first, early)
        return first or QUIET

    def _day_of(self, row: Proved, box: Box, day: date) -> date | None:
        if not box.windows and not box.no_windows:
            return day
        on = day_of(box, self.standards.on(day), after=day)
        return on if on is not None and row.row.in_force(on) else None

    def _told(self, row: Proved, sketch: Sketch, *, apart: str = "") -> Sketch:
        """`sketch` with every measure told as none that could still decide, but for `apart`."""
        told = sketch
        while True:
            situation = told.situation(self.standards)
            ranges = situation.bounds.ranges
            still = [
                name
                for name in situation.measures(row)
                if name != apart and name not in told.measures and ranges[name][0] != ranges[name][1]
            ]
            if not still:
                return told
            told = told.but(**{still[0]: exactly(tidy(ranges[still[0]][0]))})

    def _state(self, row: Proved, sketch: Sketch) -> State | None:
        return sketch.situation(self.standards).state(row)


def _boxes(tree: Tree, standards: Standards) -> Iterator[Box]:
    """The first ways to meet `tree`; those beyond what can be listed are left out."""
    with suppress(Tangled):
        yield from islice(boxes(tree, standards), 60)


def _smallest(thresholds: Sequence[Threshold], standards: Standards) -> Mapping[str, float] | None:
    """Small values that meet all `thresholds`. One bound on one measure needs no solving."""
    if not thresholds:
        return {}
    if len(thresholds) == 1 and len(thresholds[0].measures) == 1:
        only = thresholds[0]
        value = {"at_least": only.bound, "more_than": only.bound + 1}.get(only.op, 0)
        return {only.measures[0]: value} if only.holds({only.measures[0]: value}) else None
    with suppress(Tangled):
        return filling_of(thresholds, standards)
    return None


def _for_category(tree: Tree, category: str, standards: Standards) -> Tree:
    """`tree` for incidents of one category: the ladders and factors spelled out, what cannot be left out."""
    if not tree:
        return _YES
    for branch, absorbing in (("any", _YES), ("all", _NO)):
        if branch in tree:
            parts = [_for_category(part, category, standards) for part in tree[branch]]
            if absorbing in parts:
                return absorbing
            return {branch: [part for part in parts if part not in (_YES, _NO)]}
    if "not" in tree:
        inner = _for_category(tree["not"], category, standards)
        return _NO if inner == _YES else _YES if inner == _NO else {"not": inner}
    if "category" in tree:
        return _YES if category in listed(tree["category"]) else _NO
    if "grade_at_least" in tree:
        wanted = GRADES[GRADES.index(Grade(tree["grade_at_least"])) :]
        rungs = [r.when for r in standards.grades if r.grade in wanted and applies(r.categories, category)]
        return _for_category({"any": rungs}, category, standards)
    if "factor" in tree or "factor_effect" in tree:
        head = "factor" if "factor" in tree else "factor_effect"
        names = listed(tree[head])
        rows = [r for r in standards.factors if (r.name if head == "factor" else r.effect) in names]
        return _for_category({"any": [row.when for row in rows]}, category, standards)
    return tree
