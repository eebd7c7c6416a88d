"""Conditions decided over every filling of the ranges: surely, never, or it depends.

A condition is a nested dictionary (`any`, `all`, `not`, thresholds on measures or their sums,
`grade_at_least`, `category`, `tag`, `factor`, `factor_effect`, `window`). What is known of an
incident turns all but the thresholds into true or false (`reduce`); what remains is a Boolean
function of the measures, and `outcomes` says which answers it can have while every measure
takes any value of its range and no part exceeds its whole.

A measure that only ever helps the condition decides it at the ends of its range. A measure that
helps it in one place and hinders it in another is tried at every value where an answer can turn.
"""

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import pairwise, product
from typing import Any

from jinji_report.standards.rows import Standards, Tree, applies
from jinji_report.vocabulary import GRADES, Grade

Ranges = Mapping[str, tuple[float, float]]
Filling = Mapping[str, float]

THRESHOLDS = ("at_least", "more_than", "at_most", "below")
_RISING = ("at_least", "more_than")


class Known:
    """What judging knows of one incident: the ranges of its measures, and the rest as it stands.

    `memo` keeps what was already reduced for it: many rows ask for the same grade and the same factors.
    """

    __slots__ = ("category", "memo", "on", "ranges", "tags")

    def __init__(self, *, category: str | None, tags: Iterable[str], on: date, ranges: Ranges) -> None:
        self.category = category
        self.tags = frozenset(tags)
        self.on = on
        self.ranges = ranges
        self.memo: dict[tuple[str, Hashable], Formula | bool] = {}


class Threshold:
    """The sum of `measures` against `bound`."""

    __slots__ = ("bound", "measures", "op")

    def __init__(self, measures: Sequence[str], op: str, bound: float) -> None:
        self.measures = tuple(measures)
        self.op = op
        self.bound = bound

    def holds(self, filling: Filling) -> bool:
        value = sum(filling[measure] for measure in self.measures)
        if self.op == "at_least":
            return value >= self.bound
        if self.op == "more_than":
            return value > self.bound
        if self.op == "at_most":
            return value <= self.bound
        return value < self.bound


class Junction:
    """All (`every`) or at least one of `parts` must hold; `negated` turns the answer round."""

    __slots__ = ("directions", "every", "negated", "parts")

    def __init__(self, parts: Sequence["Formula"], *, every: bool, negated: bool = False) -> None:
        self.parts = parts
        self.every = every
        self.negated = negated
        self.directions: dict[str, int] | None = None  # worked out once, by `outcomes`

    def holds(self, filling: Filling) -> bool:
        answers = (part.holds(filling) for part in self.parts)
        return (all(answers) if self.every else any(answers)) != self.negated


Formula = Threshold | Junction


def reduce(tree: Tree, known: Known, standards: Standards) -> "Formula | bool":
    """`tree` with everything but the thresholds decided; True or False where nothing else is left.

    Raises KeyError for a name that the standards do not hold; `schema` has excluded that.
    """
    if not tree:
        return True
    if "any" in tree:
        return _join([reduce(part, known, standards) for part in tree["any"]], every=False)
    if "all" in tree:
        return _join([reduce(part, known, standards) for part in tree["all"]], every=True)
    if "not" in tree:
        inner = reduce(tree["not"], known, standards)
        return (not inner) if isinstance(inner, bool) else Junction([inner], every=True, negated=True)
    if "measure" in tree:
        op = next(op for op in THRESHOLDS if op in tree)
        return Threshold(listed(tree["measure"]), op, tree[op])
    if "grade_at_least" in tree:
        return grade_formula(Grade(tree["grade_at_least"]), known, standards)
    if "category" in tree:
        return known.category in tree["category"]
    if "tag" in tree:
        return not known.tags.isdisjoint(listed(tree["tag"]))
    if "window" in tree:
        return any(standards.windows[name].holds(known.on) for name in listed(tree["window"]))
    head = "factor" if "factor" in tree else "factor_effect"
    names = tuple(listed(tree[head]))
    if (head, names) not in known.memo:
        rows = [row for row in standards.factors if (row.name if head == "factor" else row.effect) in names]
        known.memo[head, names] = _join([reduce(row.when, known, standards) for row in rows], every=False)
    return known.memo[head, names]


def grade_formula(grade: Grade, known: Known, standards: Standards) -> "Formula | bool":
    """Some ladder of the category reaches `grade` or a graver one."""
    if ("grade", grade) not in known.memo:
        wanted = GRADES[GRADES.index(grade) :]
        known.memo["grade", grade] = _join(
            [
                reduce(row.when, known, standards)
                for row in standards.grades
                if row.grade in wanted and applies(row.categories, known.category)
            ],
            every=False,
        )
    return known.memo["grade", grade]


def either(parts: Iterable["Formula | bool"]) -> "Formula | bool":
    """At least one of `parts`."""
    return _join(list(parts), every=False)


class Outcomes:
    """Which answers are possible: `can_hold`, `can_fail`."""

    __slots__ = ("can_fail", "can_hold")

    def __init__(self, can_hold: bool, can_fail: bool) -> None:
        self.can_hold = can_hold
        self.can_fail = can_fail

    @property
    def sure(self) -> bool:
        return not self.can_fail

    @property
    def never(self) -> bool:
        return not self.can_hold

    @property
    def open(self) -> bool:
        return self.can_hold and self.can_fail


def outcomes(formula: "Formula | bool", ranges: Ranges, standards: Standards) -> Outcomes:
    """Every answer that some filling of `ranges` gives.

    `ranges` are tightened (`judgement.bounds`): each end of a range is reached by some filling.
    """
    if isinstance(formula, bool):
        return Outcomes(formula, not formula)
    directions = formula.directions if isinstance(formula, Junction) else None
    if directions is None:
        directions = {}
        _directions(formula, 1, directions)
        if isinstance(formula, Junction):
            formula.directions = directions
    wholes = {m: standards.measures[m].part_of for m in directions}
    mixed = [m for m, d in directions.items() if d == 0]
    coupled = any(
        whole in directions and directions[m] != directions[whole]
        for m, whole in wholes.items()
        if whole is not None
    )
    if not mixed and not coupled:
        best = {m: ranges[m][1 if d > 0 else 0] for m, d in directions.items()}
        worst = {m: ranges[m][0 if d > 0 else 1] for m, d in directions.items()}
        return Outcomes(formula.holds(best), not formula.holds(worst))
    can_hold = can_fail = False
    whole = {m for m in directions if standards.measures[m].whole}
    for filling in fillings(formula, sorted(directions), ranges, wholes, whole):
        if formula.holds(filling):
            can_hold = True
        else:
            can_fail = True
        if can_hold and can_fail:
            break
    return Outcomes(can_hold, can_fail)


def shape(formula: "Formula | bool") -> Hashable:
    """What two formulas that say the same in the same order have in common."""
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Threshold):
        return formula.measures, formula.op, formula.bound
    return formula.every, formula.negated, tuple(shape(part) for part in formula.parts)


def measures_of(formula: "Formula | bool") -> set[str]:
    """The measures that the formula still depends on."""
    if isinstance(formula, bool):
        return set()
    if isinstance(formula, Threshold):
        return set(formula.measures)
    return {measure for part in formula.parts for measure in measures_of(part)}


def thresholds_of(formula: "Formula | bool") -> Iterator[Threshold]:
    """Every threshold of the formula that a rising value can meet."""
    if isinstance(formula, Threshold):
        if formula.op in _RISING:
            yield formula
    elif isinstance(formula, Junction) and not formula.negated:
        for part in formula.parts:
            yield from thresholds_of(part)


def _join(parts: "list[Formula | bool]", *, every: bool) -> "Formula | bool":
    """`parts` joined, with True and False worked in."""
    if (not every) in parts:
        return not every
    formulas = [part for part in parts if not isinstance(part, bool)]
    if not formulas:
        return every
    return formulas[0] if len(formulas) == 1 else Junction(formulas, every=every)


def listed(names: Any) -> Sequence[str]:
    """The names of a condition's value: one, or a list of them."""
    return (names,) if isinstance(names, str) else names


def _directions(formula: Formula, sign: int, found: dict[str, int]) -> None:
    """+1 where a larger value can only help, −1 where it can only hinder, 0 where both."""
    if isinstance(formula, Threshold):
        direction = sign if formula.op in _RISING else -sign
        for measure in formula.measures:
            found[measure] = direction if found.get(measure, direction) == direction else 0
        return
    for part in formula.parts:
        _directions(part, -sign if formula.negated else sign, found)


def fillings(
    formula: Formula,
    names: Sequence[str],
    ranges: Ranges,
    wholes: Mapping[str, str | None],
    whole_numbers: Set[str],
) -> Iterator[Filling]:
    """Fillings that stand for all: each measure at its ends and on both sides of every turning point."""
    turns: dict[str, set[float]] = {name: set(ranges[name]) for name in names}
    for threshold in _all_thresholds(formula):
        for measure in threshold.measures:
            others = [m for m in threshold.measures if m != measure]
            for end in (0, 1):
                rest = sum(ranges[other][end] for other in others)
                point = threshold.bound - rest
                turns[measure].update((point - 1, point, point + 1))
    # A part may be as large as its whole and no larger, so each borrows the other's turning points.
    for part, whole in wholes.items():
        if whole is not None and whole in turns:
            both = turns[part] | turns[whole]
            turns[part], turns[whole] = both, set(both)
    for name in names:
        if name not in whole_numbers:  # a value may lie between any two turning points
            points = sorted(turns[name])
            turns[name].update((a + b) / 2 for a, b in pairwise(points) if math.isfinite(b))
    allowed = [
        sorted(value for value in turns[name] if ranges[name][0] <= value <= ranges[name][1])
        for name in names
    ]
    for values in product(*allowed):
        filling = dict(zip(names, values, strict=True))
        if all(
            whole is None or whole not in filling or filling[part] <= filling[whole]
            for part, whole in wholes.items()
        ):
            yield filling


def _all_thresholds(formula: Formula) -> Iterator[Threshold]:
    if isinstance(formula, Threshold):
        yield formula
    else:
        for part in formula.parts:
            yield from _all_thresholds(part)
