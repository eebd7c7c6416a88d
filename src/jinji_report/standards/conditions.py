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
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import pairwise, product
from typing import Any

from jinji_report.standards.rows import Factor, GradeRow, Standards, Tree, applies
from jinji_report.vocabulary import GRADES, Grade

Ranges = Mapping[str, tuple[float, float]]
Filling = Mapping[str, float]

THRESHOLDS = ("at_least", "more_than", "at_most", "below")
_RISING = ("at_least", "more_than")


class Known:
    """What judging knows of one incident: the ranges of its measures, and the rest as it stands.

    `memo` keeps what was already reduced for it: many rows ask for the same grade and the same factors.
    `left_of`: asked what is left of another row for this one, where somebody keeps that; else it is worked out.
    """

    __slots__ = ("category", "left_of", "memo", "on", "ranges", "tags")

    def __init__(self, *, category: str | None, tags: Iterable[str], on: date, ranges: Ranges) -> None:
        self.category = category
        self.tags = frozenset(tags)
        self.on = on
        self.ranges = ranges
        self.memo: dict[tuple[str, Hashable], Formula | bool] = {}
        self.left_of: Callable[[Any, Known], Formula | bool] | None = None


class Threshold:
    """The sum of `measures` against `bound`.

    `edge`: the last value that meets it; a rising one is met from there on, a falling one up to there.
    """

    __slots__ = ("bound", "edge", "measures", "one", "op", "rising", "strict")

    def __init__(self, measures: Sequence[str], op: str, bound: float) -> None:
        self.measures = tuple(measures)
        self.op = op
        self.bound = bound
        self.one = self.measures[0] if len(self.measures) == 1 else None
        self.rising = op in _RISING
        self.strict = op in ("more_than", "below")
        self.edge = bound
        if self.strict:
            self.edge = math.nextafter(bound, math.inf if self.rising else -math.inf)

    def holds(self, filling: Filling) -> bool:
        return self._met(sum(filling[measure] for measure in self.measures))

    def possible(self, ranges: Ranges) -> bool:
        """The threshold holds at the end of the ranges that is best for it."""
        end = 1 if self.rising else 0
        if self.one is not None:
            return self._met(ranges[self.one][end])
        return self._met(sum([ranges[measure][end] for measure in self.measures]))

    def certain(self, ranges: Ranges) -> bool:
        """It holds at the worst end too."""
        end = 0 if self.rising else 1
        if self.one is not None:
            return self._met(ranges[self.one][end])
        return self._met(sum([ranges[measure][end] for measure in self.measures]))

    def _met(self, value: float) -> bool:
        return value >= self.edge if self.rising else value <= self.edge


class Junction:
    """All (`every`) or at least one of `parts` must hold; `negated` turns the answer round.

    `plan` says how `outcomes` goes about it; it is worked out once, when first asked for.
    """

    __slots__ = ("_others", "_single", "every", "negated", "parts", "plan")

    def __init__(self, parts: Sequence["Formula"], *, every: bool, negated: bool = False) -> None:
        self.parts = parts
        self.every = every
        self.negated = negated
        self.plan: Plan | None = None
        # The rising bounds on a measure alone, by which most is decided, and what else there is.
        self._single: Sequence[tuple[str, float]] | None = None
        self._others: Sequence[Formula] = ()

    def holds(self, filling: Filling) -> bool:
        answers = (part.holds(filling) for part in self.parts)
        return (all(answers) if self.every else any(answers)) != self.negated

    def possible(self, ranges: Ranges) -> bool:
        """Some end of the ranges meets it; exact only where `plan.by_ends`."""
        if self.negated:
            return not (self._all(ranges, 0) if self.every else self._one(ranges, 0))
        return self._all(ranges, 1) if self.every else self._one(ranges, 1)

    def certain(self, ranges: Ranges) -> bool:
        """Every end of the ranges meets it; exact only where `plan.by_ends`."""
        if self.negated:
            return not (self._all(ranges, 1) if self.every else self._one(ranges, 1))
        return self._all(ranges, 0) if self.every else self._one(ranges, 0)

    # Plain loops: this is where judging spends its time. `end`: 0 for what is certain, 1 for what is possible.

    def _all(self, ranges: Ranges, end: int) -> bool:
        for name, edge in self._single if self._single is not None else self._sorted():
            if ranges[name][end] < edge:
                return False
        for part in self._others:  # noqa: SIM110
            if not (part.possible(ranges) if end else part.certain(ranges)):
                return False
        return True

    def _one(self, ranges: Ranges, end: int) -> bool:
        for name, edge in self._single if self._single is not None else self._sorted():
            if ranges[name][end] >= edge:
                return True
        for part in self._others:  # noqa: SIM110
            if part.possible(ranges) if end else part.certain(ranges):
                return True
        return False

    def _sorted(self) -> Sequence[tuple[str, float]]:
        single, others = [], []
        for part in self.parts:
            if isinstance(part, Threshold) and part.one is not None and part.rising:
                single.append((part.one, part.edge))
            else:
                others.append(part)
        self._single, self._others = single, others
        return single


class Plan:
    """How a formula is decided: at the ends of the ranges (`by_ends`), or by trying the fillings that stand for all."""

    __slots__ = ("by_ends", "names", "whole_numbers", "wholes")

    def __init__(self, formula: "Formula", standards: Standards) -> None:
        directions: dict[str, int] = {}
        _directions(formula, 1, directions)
        self.names = sorted(directions)
        self.wholes = {name: standards.measures[name].part_of for name in directions}
        self.whole_numbers = {name for name in directions if standards.measures[name].whole}
        coupled = any(
            whole in directions and directions[name] != directions[whole]
            for name, whole in self.wholes.items()
            if whole is not None
        )
        self.by_ends = not coupled and all(directions.values())


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
        known.memo[head, names] = _join([_left_of(row, known, standards) for row in rows], every=False)
    return known.memo[head, names]


def grade_formula(grade: Grade, known: Known, standards: Standards) -> "Formula | bool":
    """Some ladder of the category reaches `grade` or a graver one."""
    if ("grade", grade) not in known.memo:
        wanted = GRADES[GRADES.index(grade) :]
        known.memo["grade", grade] = _join(
            [
                _left_of(row, known, standards)
                for row in rungs_of(known.category, standards)
                if row.grade in wanted
            ],
            every=False,
        )
    return known.memo["grade", grade]


def _left_of(row: Factor | GradeRow, known: Known, standards: Standards) -> "Formula | bool":
    """What is left of a row on which another one rests."""
    return reduce(row.when, known, standards) if known.left_of is None else known.left_of(row, known)


def rungs_of(category: str | None, standards: Standards) -> Sequence[GradeRow]:
    """The rows that grade incidents of this category."""
    kept: dict[str | None, Sequence[GradeRow]] = standards.kept.setdefault("rungs", {})
    if category not in kept:
        kept[category] = [row for row in standards.grades if applies(row.categories, category)]
    return kept[category]


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


SURE, NEVER, OPEN = Outcomes(True, False), Outcomes(False, True), Outcomes(True, True)


def outcomes(formula: "Formula | bool", ranges: Ranges, standards: Standards) -> Outcomes:
    """Every answer that some filling of `ranges` gives.

    `ranges` are tightened (`judgement.bounds`): each end of a range is reached by some filling.
    """
    if formula is True:
        return SURE
    if formula is False:
        return NEVER
    if isinstance(formula, Junction):
        plan = formula.plan or plan_of(formula, standards)
        if not plan.by_ends:
            return _tried(formula, plan, ranges)
    if formula.certain(ranges):
        return SURE
    return OPEN if formula.possible(ranges) else NEVER


def plan_of(formula: Junction, standards: Standards) -> Plan:
    """How it is decided; worked out once."""
    if formula.plan is None:
        formula.plan = Plan(formula, standards)
    return formula.plan


def _tried(formula: "Formula", plan: Plan, ranges: Ranges) -> Outcomes:
    """The outcomes of a formula that the ends of the ranges do not settle."""
    can_hold = can_fail = False
    for filling in fillings(formula, plan.names, ranges, plan.wholes, plan.whole_numbers):
        if formula.holds(filling):
            can_hold = True
        else:
            can_fail = True
        if can_hold and can_fail:
            break
    return Outcomes(can_hold, can_fail)


def merged(formula: "Formula | bool") -> "Formula | bool":
    """The same condition, quicker to decide: of several bounds in one choice on the same measure the lowest is kept."""
    if not isinstance(formula, Junction) or formula.every or formula.negated:
        return formula
    least: dict[str, Threshold] = {}
    others: dict[Hashable, Formula] = {}
    waiting: list[Formula] = [formula]
    while waiting:
        part = waiting.pop(0)
        if isinstance(part, Junction) and not part.every and not part.negated:
            waiting[:0] = part.parts
        elif isinstance(part, Threshold) and part.one is not None and part.rising:
            known = least.get(part.one)
            if known is None or (part.bound, part.strict) < (known.bound, known.strict):
                least[part.one] = part
        else:
            others.setdefault(shape(part), part)
    parts = [*least.values(), *others.values()]
    return parts[0] if len(parts) == 1 else Junction(parts, every=False)


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
    for threshold in every_threshold(formula):
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


def every_threshold(formula: Formula) -> Iterator[Threshold]:
    """Every threshold of the formula, rising or falling, denied or not."""
    if isinstance(formula, Threshold):
        yield formula
    else:
        for part in formula.parts:
            yield from every_threshold(part)
