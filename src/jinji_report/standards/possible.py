"""Whether a condition can hold at all, and with which incident: decided over whole ranges, not on samples.

For one category and one day a condition is a formula over signs that are there or not (tags) and
bounds on measures and their sums (`Conditions.formula`). `meeting` looks for signs and values that
meet it: choices are tried one after the other, and the bounds that a choice brings are solved as
inequalities, with no value below nought, no part above its whole, and counts in whole numbers.

`Conditions.days` gives the days that stand for all others: between two of them no row comes or goes
and no window opens or closes. A formula with too many choices is `Tangled`; nothing is said of it.
"""

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from jinji_report.standards.conditions import THRESHOLDS, listed
from jinji_report.standards.rows import Dated, Standards, Tree, applies
from jinji_report.vocabulary import GRADES, Grade

MOST_CHOICES = 4_000
MOST_INEQUALITIES = 600
MOST_HALVINGS = 12
_ONE_DAY = timedelta(days=1)
_CONTRARY = {"at_least": "below", "more_than": "at_most", "at_most": "more_than", "below": "at_least"}

# True, False, ("is", sign, wanted), ("sum", measures, op, bound), ("all", parts), ("any", parts)
Node = bool | tuple[Any, ...]
Number = int | Fraction  # whole numbers stay plain: they are much the faster
Interval = tuple[Number, bool, Number | None, bool]  # low, low excluded, high, high excluded
Inequality = tuple[dict[str, Number], Number, bool]  # sum of coefficients × values ≤ bound, or < it


class Tangled(ValueError):
    """A condition has too many ways to be met to look through them."""


class Meeting:
    """What meets a formula: the signs that it settles, and the smallest values found for its measures."""

    __slots__ = ("measures", "signs")

    def __init__(self, signs: Mapping[Hashable, bool], measures: dict[str, float]) -> None:
        self.signs = dict(signs)
        self.measures = measures

    @property
    def tags(self) -> frozenset[str]:
        """The tags that must be there."""
        return frozenset(
            sign[1]
            for sign, wanted in self.signs.items()
            if wanted and isinstance(sign, tuple) and sign[0] == "tag"
        )


class Conditions:
    """The conditions of a standards file as formulas, a category and a day at a time.

    Grades and factors are worked in by the rows in force on the day. What the standards do not define
    (a name that is missing; any grade, where there is no ladder at all) may hold or not.
    """

    def __init__(self, standards: Standards) -> None:
        self.standards = standards
        self._formulas: dict[Hashable, Node] = {}
        self._met: dict[Node, Meeting | None] = {}
        self._days: dict[Hashable, list[date]] = {}
        self._marks: dict[int, tuple[Tree, frozenset[Hashable]]] = {}

    def formula(self, tree: Tree, category: str | None, day: date) -> Node:
        """`tree` for an incident of `category` on `day`."""
        if not tree:
            return True
        if "any" in tree:
            return either(self.formula(part, category, day) for part in tree["any"])
        if "all" in tree:
            return every(self.formula(part, category, day) for part in tree["all"])
        if "not" in tree:
            return denied(self.formula(tree["not"], category, day))
        if "measure" in tree:
            op = next(op for op in THRESHOLDS if op in tree)
            return ("sum", tuple(sorted(set(listed(tree["measure"])))), op, exact(tree[op]))
        if "category" in tree:
            named = listed(tree["category"])
            return category in named if named else ("is", ("category", ""), True)
        if "tag" in tree:
            return either(("is", ("tag", name), True) for name in listed(tree["tag"]))
        if "window" in tree:
            return either(self._window(name, day) for name in listed(tree["window"]))
        if "grade_at_least" in tree:
            return self._rows("grade", (tree["grade_at_least"],), category, day)
        head = "factor" if "factor" in tree else "factor_effect"
        return self._rows(head, tuple(listed(tree[head])), category, day)

    def meeting(self, node: Node) -> Meeting | None:
        """What meets `node`, None where nothing can. Raises Tangled."""
        if node not in self._met:
            search = _Search(self.standards)
            self._met[node] = search.meet([node], {}, {}, [])
        return self._met[node]

    def possible(self, node: Node) -> bool:
        """Something can meet `node`; also where that is too tangled to tell."""
        if isinstance(node, bool):
            return node
        try:
            return self.meeting(node) is not None
        except Tangled:
            return True

    def days(self, trees: Iterable[Tree], first: date | None, last: date | None) -> list[date]:
        """Days from `first` to `last` (None: without end), latest first, one for each state of the conditions."""
        marks = frozenset[Hashable]().union(*(self._marks_of(tree) for tree in trees))
        key = marks, first, last
        if key not in self._days:
            self._days[key] = self._days_of(marks, first, last)
        return self._days[key]

    def _days_of(self, marks: frozenset[Hashable], first: date | None, last: date | None) -> list[date]:
        rows = [mark for mark in marks if isinstance(mark, Dated)]
        windows = sorted(str(mark) for mark in marks if not isinstance(mark, Dated))
        turns: set[date] = set()
        for row in rows:
            turns |= {row.effective_from} if row.effective_from else set()
            turns |= {row.effective_to + _ONE_DAY} if row.effective_to else set()
        if windows:
            turns |= set(self._window_turns(windows, turns | ({first} if first else set())))
        inside = {day for day in turns if (first is None or first <= day) and (last is None or day <= last)}
        if first is not None:
            inside.add(first)
        else:
            earliest = min(turns, default=last or date(2026, 1, 1))
            inside.add(min(earliest - _ONE_DAY, last or date.max))
        states: dict[Hashable, date] = {}
        for day in sorted(inside, reverse=True):
            state = (
                tuple(row.in_force(day) for row in rows),
                tuple(self.standards.windows[name].holds(day) for name in windows),
            )
            states.setdefault(state, day)
        return list(states.values())

    def mentions_category(self, tree: Tree) -> bool:
        """Some part of the condition, or of a row that it asks for, looks at the category."""
        if any(self.mentions_category(part) for head in ("any", "all") for part in tree.get(head, ())):
            return True
        if "not" in tree:
            return self.mentions_category(tree["not"])
        return "category" in tree or any(
            getattr(row, "categories", ()) or self.mentions_category(row.when) for row in self._asked(tree)
        )

    def _asked(self, tree: Tree) -> list[Any]:
        """The grade or factor rows that a plain condition asks for."""
        if "grade_at_least" in tree:
            wanted = GRADES[GRADES.index(Grade(tree["grade_at_least"])) :]
            return [row for row in self.standards.grades if row.grade in wanted]
        for head, of in (("factor", "name"), ("factor_effect", "effect")):
            if head in tree:
                names = listed(tree[head])
                return [row for row in self.standards.factors if getattr(row, of) in names]
        return []

    def _rows(self, head: str, names: tuple[str, ...], category: str | None, day: date) -> Node:
        key = (head, names, category, day)
        if key not in self._formulas:
            tree = {"grade_at_least" if head == "grade" else head: names[0] if head == "grade" else names}
            asked = self._asked(tree)
            if not asked and (head == "factor" or not self.standards.grades):
                self._formulas[key] = ("is", (head, *names), True)
            else:
                self._formulas[key] = either(
                    self.formula(row.when, category, day)
                    for row in asked
                    if row.in_force(day) and applies(getattr(row, "categories", ()), category)
                )
        return self._formulas[key]

    def _window(self, name: str, day: date) -> Node:
        window = self.standards.windows.get(name)
        return ("is", ("window", name), True) if window is None else window.holds(day)

    def _marks_of(self, tree: Tree) -> frozenset[Hashable]:
        """The dated rows that a condition asks for, and the names of its windows."""
        if id(tree) not in self._marks:
            found: set[Hashable] = set()
            for head in ("any", "all"):
                for part in tree.get(head, ()):
                    found |= self._marks_of(part)
            if "not" in tree:
                found |= self._marks_of(tree["not"])
            found |= {name for name in listed(tree.get("window", ())) if name in self.standards.windows}
            for row in self._asked(tree):
                found.add(row)
                found |= self._marks_of(row.when)
            self._marks[id(tree)] = (tree, frozenset(found))  # the tree is kept: its id stays its own
        return self._marks[id(tree)][1]

    def _window_turns(self, names: Sequence[str], more: Iterable[date]) -> Iterator[date]:
        """The days on which one of the windows opens, and those after it has closed."""
        windows = [self.standards.windows[name] for name in names]
        years = {day.year + n for day in more for n in (0, 1)} | set(range(2024, 2029))
        for window in windows:
            years |= {day.year for span in window.spans for day in span}
        for window in windows:
            for first, last in window.spans:
                yield from (first, last + _ONE_DAY)
            for year in years:
                for first_day, last_day in window.yearly:
                    yield from (_day_of_year(year, first_day), _day_of_year(year, first_day) + _ONE_DAY)
                    yield _day_of_year(year, last_day) + _ONE_DAY


def exact(number: float | Fraction) -> Number:
    """A number of a standards file as it was written there, without what binary fractions add."""
    if isinstance(number, int):
        return number
    found = Fraction(str(number))
    return found.numerator if found.denominator == 1 else found


def either(parts: Iterable[Node]) -> Node:
    """At least one of `parts`."""
    return _joined(parts, every=False)


def every(parts: Iterable[Node]) -> Node:
    """All of `parts`."""
    return _joined(parts, every=True)


def denied(node: Node) -> Node:
    """The contrary of `node`."""
    if isinstance(node, bool):
        return not node
    if node[0] == "is":
        return ("is", node[1], not node[2])
    if node[0] == "sum":
        return ("sum", node[1], _CONTRARY[node[2]], node[3])
    return _joined([denied(part) for part in node[1]], every=node[0] == "any")


def _joined(parts: Iterable[Node], *, every: bool) -> Node:
    """`parts` as one node: what settles it settles it, and of bounds on the same sum one is enough."""
    kind = "all" if every else "any"
    found: dict[Node, None] = {}
    bounds: dict[tuple[tuple[str, ...], bool], tuple[Any, ...]] = {}
    for part in parts:
        if isinstance(part, bool):
            if part != every:
                return part
            continue
        for inner in part[1] if part[0] == kind else (part,):
            if inner[0] != "sum":
                found[inner] = None
                continue
            rising = inner[2] in ("at_least", "more_than")
            key = inner[1], rising
            if key not in bounds or (_reach(inner) > _reach(bounds[key])) == (rising == every):
                bounds[key] = inner
    joined = (*bounds.values(), *found)
    if not joined:
        return every
    return joined[0] if len(joined) == 1 else (kind, joined)


def _reach(bound: tuple[Any, ...]) -> tuple[Number, bool]:
    """How high a bound lies: of two with one number, the one that begins or ends behind it."""
    return bound[3], bound[2] in ("more_than", "at_most")


class _Search:
    """One search for what meets a formula; `left` choices remain before it is called tangled."""

    def __init__(self, standards: Standards) -> None:
        self.standards = standards
        self.left = MOST_CHOICES

    def meet(
        self,
        todo: list[Node],
        signs: dict[Hashable, bool],
        sums: dict[tuple[str, ...], Interval],
        choices: list[tuple[Any, ...]],
    ) -> Meeting | None:
        """What meets all of `todo` and one part of each of `choices`, with `signs` and `sums` settled."""
        while todo:
            while todo:
                node = todo.pop()
                if isinstance(node, bool):
                    if not node:
                        return None
                elif node[0] == "all":
                    todo.extend(node[1])
                elif node[0] == "any":
                    choices.append(node)
                elif node[0] == "is":
                    if signs.setdefault(node[1], node[2]) != node[2]:
                        return None
                elif not self._narrowed(sums, node):
                    return None
            open_choices = []
            for choice in choices:
                if any(self._settled(part, signs, sums, True) for part in choice[1]):
                    continue
                parts = [part for part in choice[1] if not self._settled(part, signs, sums, False)]
                if not parts:
                    return None
                if len(parts) == 1:
                    todo.append(parts[0])
                else:
                    open_choices.append(("any", tuple(parts)))
            choices = open_choices
        if not choices:
            values = smallest(sums, self.standards)
            return None if values is None else Meeting(signs, values)
        self.left -= 1
        if self.left < 0:
            raise Tangled("too many ways")
        if smallest(sums, self.standards) is None:
            return None
        chosen = min(choices, key=lambda choice: len(choice[1]))
        others = [choice for choice in choices if choice is not chosen]
        failed: list[Node] = []
        for part in chosen[1]:
            found = self.meet([*failed, part], dict(signs), dict(sums), list(others))
            if found is not None:
                return found
            if part[0] in ("is", "sum"):
                failed.append(denied(part))
        return None

    def _narrowed(self, sums: dict[tuple[str, ...], Interval], node: tuple[Any, ...]) -> bool:
        """Work a bound into `sums`; False where nothing is left between the bounds."""
        low, above, high, under = sums.get(node[1], (0, False, None, False))
        bound, excluded = self._bound(node)
        if node[2] in ("at_least", "more_than"):
            low, above = max((low, above), (bound, excluded))
        elif high is None or (bound, not excluded) < (high, not under):
            high, under = bound, excluded
        sums[node[1]] = low, above, high, under
        return high is None or low < high or (low == high and not above and not under)

    def _settled(
        self,
        node: Node,
        signs: Mapping[Hashable, bool],
        sums: Mapping[tuple[str, ...], Interval],
        wanted: bool,
    ) -> bool:
        """`node` already holds (`wanted`) or already fails, by what is settled."""
        if isinstance(node, bool):
            return node == wanted
        if node[0] == "is":
            return node[1] in signs and (signs[node[1]] == node[2]) == wanted
        if node[0] == "sum":
            if node[1] not in sums:
                return False
            trial = dict(sums)
            return not self._narrowed(trial, node if not wanted else denied(node))  # type: ignore[arg-type]
        deciding = any if (node[0] == "any") == wanted else all
        return deciding(self._settled(part, signs, sums, wanted) for part in node[1])

    def _bound(self, node: tuple[Any, ...]) -> tuple[Number, bool]:
        """The bound and whether it is excluded; counts have bounds that count."""
        bound: Number = node[3]
        op = node[2]
        if not all(_whole(name, self.standards) for name in node[1]):
            return bound, op in ("more_than", "below")
        if op in ("at_least", "more_than"):
            return math.floor(bound) + 1 if op == "more_than" else math.ceil(bound), False
        return math.ceil(bound) - 1 if op == "below" else math.floor(bound), False


def smallest(sums: Mapping[tuple[str, ...], Interval], standards: Standards) -> dict[str, float] | None:
    """The smallest values within the intervals of `sums`, no part above its whole; None where there are none.

    Where several measures share a sum, the one that the standards name first bears it.
    Raises Tangled where whole numbers cannot be found within reason.
    """
    order = {name: place for place, name in enumerate(standards.measures)}
    names = sorted({name for measures in sums for name in measures}, key=lambda n: (order.get(n, -1), n))
    wholes = [(name, _part_of(name, standards)) for name in names]
    coupled = [(part, whole) for part, whole in wholes if whole in names]
    if not coupled and all(len(measures) == 1 for measures in sums):
        values: dict[str, Number] = {}
        for (name,), (low, above, high, under) in sums.items():
            if high is not None and (high < low or (high == low and (above or under))):
                return None
            values[name] = _least(low, above, high)
    else:
        inequalities: list[Inequality] = [({name: -1}, 0, False) for name in names]
        for measures, (low, above, high, under) in sums.items():
            inequalities.append((dict.fromkeys(measures, -1), -low, above))
            if high is not None:
                inequalities.append((dict.fromkeys(measures, 1), high, under))
        for part, whole in coupled:
            inequalities.append(({part: 1, str(whole): -1}, 0, False))
        found = _solved(inequalities, names, {name for name in names if _whole(name, standards)}, 0)
        if found is None:
            return None
        values = found
    return {
        name: int(values[name]) if values[name].denominator == 1 else float(values[name]) for name in names
    }


def _solved(
    inequalities: list[Inequality], names: Sequence[str], counted: set[str], halvings: int
) -> dict[str, Number] | None:
    """Values that meet all of `inequalities`: one measure after the other is eliminated and put back.

    Between two whole numbers that leave no value, the search goes on on either side of the break.
    """
    stages = []
    system = inequalities
    for name in names:
        upper = [row for row in system if row[0].get(name, 0) > 0]
        lower = [row for row in system if row[0].get(name, 0) < 0]
        stages.append((name, upper, lower))
        strongest: dict[tuple[tuple[str, Number], ...], tuple[Number, bool]] = {}
        rest = [row for row in system if not row[0].get(name, 0)]
        for row in (*rest, *(_without(name, above, below) for above in upper for below in lower)):
            key = tuple(sorted(row[0].items()))
            kept = strongest.get(key)
            if kept is None or (row[1], not row[2]) < (kept[0], not kept[1]):
                strongest[key] = row[1], row[2]
        if len(strongest) > MOST_INEQUALITIES:
            raise Tangled("too many inequalities")
        none = strongest.pop((), None)
        if none is not None and (none[0] < 0 or (none[0] == 0 and none[1])):
            return None
        system = [(dict(key), bound, strict) for key, (bound, strict) in strongest.items()]
    values: dict[str, Number] = {}
    for name, upper, lower in reversed(stages):
        low, above = max((_end(row, name, values), row[2]) for row in lower)
        highs = [(_end(row, name, values), not row[2]) for row in upper]
        high, included = min(highs, default=(None, True))
        if name not in counted:
            values[name] = _least(low, above, high)
            continue
        value = math.floor(low) + 1 if above else math.ceil(low)
        if high is not None and (value > high or (value == high and not included)):
            if halvings >= MOST_HALVINGS:
                raise Tangled("no whole numbers found")
            sides: list[Inequality] = [({name: 1}, value - 1, False), ({name: -1}, -value, False)]
            tries = (_solved([*inequalities, side], names, counted, halvings + 1) for side in sides)
            return next((found for found in tries if found is not None), None)
        values[name] = value
    return values


def _without(name: str, above: Inequality, below: Inequality) -> Inequality:
    """What two inequalities that hold `name` from above and from below say of the others."""
    by_above, by_below = -below[0][name], above[0][name]
    mixed: dict[str, Number] = {}
    for row, times in ((above[0], by_above), (below[0], by_below)):
        for other, factor in row.items():
            mixed[other] = mixed.get(other, 0) + factor * times
    return (
        {other: factor for other, factor in mixed.items() if factor},
        above[1] * by_above + below[1] * by_below,
        above[2] or below[2],
    )


def _end(row: Inequality, name: str, values: Mapping[str, Number]) -> Number:
    """Where `row` stops `name`, with the others at their values."""
    rest = sum((factor * values[other] for other, factor in row[0].items() if other != name), 0)
    end = Fraction(row[1] - rest) / row[0][name]
    return end.numerator if end.denominator == 1 else end


def _least(low: Number, above: bool, high: Number | None) -> Number:
    """The least plain value from `low` on; behind an excluded bound the next whole step, or half of what is left."""
    if not above:
        return low
    return low + 1 if high is None or low + 1 < high else Fraction(low + high) / 2


def _whole(name: str, standards: Standards) -> bool:
    measure = standards.measures.get(name)
    return measure is None or measure.whole


def _part_of(name: str, standards: Standards) -> str | None:
    measure = standards.measures.get(name)
    return None if measure is None else measure.part_of


def _day_of_year(year: int, day: str) -> date:
    """MM-DD in a year; the 29th of February of a year that has none is the day after the 28th."""
    month, number = int(day[:2]), int(day[3:])
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1
