"""多头报送: the figures of every source side by side, where they conflict, and whose angle is missing (R11).

Nothing is summed and nothing overwritten: what goes up is the desk's own figure until 统一口径 takes another.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jinji_report.model.case import Case
from jinji_report.moments import iso
from jinji_report.quantity import Quantity
from jinji_report.standards.rows import Standards

OWN = "本案卷"


class Figure:
    """What one source says of one measure, since `at`; `older` where it has said something else before."""

    __slots__ = ("at", "quantity", "unit")

    def __init__(self, unit: str, quantity: Quantity, at: datetime) -> None:
        self.unit = unit
        self.quantity = quantity
        self.at = at

    def to_json(self) -> dict[str, Any]:
        return {"unit": self.unit, "at": iso(self.at), **self.quantity.to_json()}


class SideBySide:
    """One measure as every source has it, the case's own figure first; `agreed` is that of 统一口径.

    `conflict`: two of them cannot both be true.
    """

    __slots__ = ("agreed", "conflict", "figures", "measure")

    def __init__(self, measure: str, figures: Sequence[Figure], agreed: Quantity | None) -> None:
        self.measure = measure
        self.figures = tuple(figures)
        self.agreed = agreed
        self.conflict = any(
            _apart(one.quantity, other.quantity)
            for place, one in enumerate(figures)
            for other in figures[place + 1 :]
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "measure": self.measure,
            "conflict": self.conflict,
            "agreed": None if self.agreed is None else self.agreed.to_json(),
            "figures": [figure.to_json() for figure in self.figures],
        }


def side_by_side(case: Case, standards: Standards) -> list[SideBySide]:
    """Every measure that a unit told, in the order of the standards; each unit by its newest figure."""
    told: dict[str, dict[str, Figure]] = {}
    for report in sorted(case.chain.told, key=lambda one: one.at):
        for measure, quantity in report.measures.items():
            told.setdefault(measure, {})[report.unit] = Figure(report.unit, quantity, report.at)
    agreed = case.chain.agreed[-1].measures if case.chain.agreed else {}
    known = [*standards.measures, *(measure for measure in told if measure not in standards.measures)]
    rows = []
    for measure in known:
        if measure in told:
            own = case.facts.measures.get(measure)
            first = [] if own is None else [Figure(OWN, own, case.opened_at)]
            rows.append(SideBySide(measure, [*first, *told[measure].values()], agreed.get(measure)))
    return rows


def silent(case: Case) -> list[dict[str, Any]]:
    """The 责任单位 (unit, side, angle) that have not reported yet; who called it in has."""
    heard = {one.unit for one in case.chain.told} | {case.facts.source.unit}
    owners = () if case.verdict is None else case.verdict.owners
    return [owner for owner in owners if owner["unit"] not in heard]


def _apart(one: Quantity, other: Quantity) -> bool:
    """No value fits both."""
    return one.low > other.top or other.low > one.top
