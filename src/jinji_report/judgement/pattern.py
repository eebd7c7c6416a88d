"""Which incidents of one kind come to the same verdict, but for the figures in its words.

A verdict changes only where a figure passes a bound. So for every measure the bounds that have a
say in a kind of incident are gathered once (`Grid`), and an incident is described by the steps
between which its figures stand (`pattern`). Two incidents with equal patterns are decided alike.
Where figures are added up, or play against each other, the pattern holds them as they are.
"""

import math
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence

from jinji_report.judgement.bounds import Bounds, all_light, wholes
from jinji_report.model.facts import Facts
from jinji_report.standards.conditions import Formula, Junction, Threshold, every_threshold, plan_of
from jinji_report.standards.rows import Standards

Steps = tuple[float, ...]


class Grid:
    """The steps of each measure that has a say.

    `plain`: the measures whose figures stand in a pattern as they are, because they are added to others, up
    to the figure from which alone they settle every sum.
    """

    __slots__ = ("families", "plain", "steps")

    def __init__(
        self, formulas: Iterable["Formula | bool"], standards: Standards, wider: "Grid | None" = None
    ) -> None:
        """The steps of `formulas`, and those of the grid that they add to."""
        found: dict[str, set[float]] = {}
        added: set[str] = set() if wider is None else set(wider.plain)
        tried = set() if wider is None else {name for name, cap in wider.plain.items() if math.isinf(cap)}
        for formula in formulas:
            if isinstance(formula, bool):
                continue
            if isinstance(formula, Junction) and not plan_of(formula, standards).by_ends:
                tried |= {name for t in every_threshold(formula) for name in t.measures}
            for threshold in every_threshold(formula):
                if threshold.one is None:
                    added.update(threshold.measures)
                for name in threshold.measures:
                    found.setdefault(name, set()).add(_step(threshold))
        self.steps: dict[str, Steps] = {} if wider is None else dict(wider.steps)
        for name, values in found.items():
            self.steps[name] = tuple(sorted(values.union(self.steps.get(name, ()))))
        self.plain: dict[str, float] = {
            name: math.inf if name in tried else self.steps[name][-1] + 1 for name in added | tried
        }
        self.families: dict[str, tuple[str, ...]] = {}
        for whole, parts in wholes(standards).items():
            members = (whole, *parts)
            if any(name in self.steps for name in members):
                self.families |= dict.fromkeys(members, members)


def pattern(facts: Facts, bounds: Bounds, grid: Grid, outlooks: Iterable[tuple[str, ...]]) -> Hashable:
    """What decides of the figures of `facts`. `outlooks`: the measures whose people may yet die, factor by factor."""
    steps, plain, families = grid.steps, grid.plain, grid.families
    ranges, unpresumed = bounds.ranges, bounds.unpresumed
    parts: list[Hashable] = [
        bounds.casualties_told,
        "slightly_injured" in facts.measures and all_light(facts),
    ]
    fitted: list[tuple[str, ...]] = []
    # Flat, and readable one way only: a name is text, and what follows it are numbers up to the next name.
    for name, quantity in facts.measures.items():
        low, high = quantity.low, quantity.high
        if name in families:
            if families[name] not in fitted:
                fitted.append(families[name])
        elif name in plain:
            cap = plain[name]
            most = cap if high is None else min(high, cap)
            parts += (name, min(low, cap), most, low == high, high is None)
        elif name in steps:
            mine = steps[name]
            if low == high:
                parts += (name, bisect_right(mine, low))
            else:
                top = -1 if high is None else bisect_right(mine, high)
                parts += (name, bisect_right(mine, low), top, low == 0 and high is None)
        elif high is None and low == 0:
            parts += (name, None)
    for family in fitted:
        told = [name for name in family if name in facts.measures]
        parts += told
        simple = _simple(family, told, facts)
        caps = [plain[name] for name in family if name in plain]
        if caps or not simple:
            cap = max([*caps, *(steps[name][-1] + 1 for name in family if name in steps)])
            for name in told:
                quantity = facts.measures[name]
                if simple:
                    parts.append(min(quantity.low, cap))
                else:
                    parts += (quantity.low, quantity.high)
            continue
        for name in family:
            own = steps.get(name)
            if own is not None:
                (low, high), (least, most) = ranges[name], unpresumed[name]
                parts += (
                    bisect_right(own, low),
                    bisect_right(own, high),
                    bisect_right(own, least),
                    bisect_right(own, most),
                    least == most,
                )
    for outlook in outlooks:
        # What the worst would come to if everybody dies for whom a factor fears.
        worst = ranges["deaths"][1]
        for name in outlook:
            if name in unpresumed:
                worst += unpresumed[name][1]
        if "deaths" in plain or "deaths" not in steps:
            parts.append(min(worst, plain.get("deaths", 0)))
        else:
            parts.append(bisect_right(steps["deaths"], worst))
    return tuple(parts)


def _simple(family: Sequence[str], told: Sequence[str], facts: Facts) -> bool:
    """All figures of a whole and its parts are exact and agree, so that their steps say enough."""
    whole: float = math.inf
    least: float = 0
    for name in told:
        quantity = facts.measures[name]
        if quantity.low != quantity.high:
            return False
        if name == family[0]:
            whole = quantity.low
        else:
            least += quantity.low
    return least <= whole


def _step(threshold: Threshold) -> float:
    """Where the answer of a threshold turns: the least value for which it is the other one."""
    if threshold.strict == threshold.rising:
        return math.nextafter(threshold.bound, math.inf)
    return threshold.bound
