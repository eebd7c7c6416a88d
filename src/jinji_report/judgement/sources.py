"""多头报送: the figures of every source side by side, where they conflict, whose angle is missing (R9, R11, R15).

Nothing is summed and nothing overwritten: what goes up is the desk's own figure until 统一口径 takes another.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from jinji_report.judgement.claims import heard_of, owed_by_owners
from jinji_report.judgement.classify import classify
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import ended_at
from jinji_report.judgement.units import units_of
from jinji_report.model.case import Case
from jinji_report.model.verdict import Verdict
from jinji_report.moments import iso, whole_minutes
from jinji_report.quantity import Quantity
from jinji_report.standards.rows import OWNERS, Standards
from jinji_report.vocabulary import EntryKind, LimitState, Status

OWN = "本案卷"


class Figure:
    """What one source says of one measure, since `at`."""

    __slots__ = ("at", "quantity", "unit")

    def __init__(self, unit: str, quantity: Quantity, at: datetime) -> None:
        self.unit = unit
        self.quantity = quantity
        self.at = at

    def to_json(self) -> dict[str, Any]:
        return {"unit": self.unit, "at": iso(self.at), **self.quantity.to_json()}


class AgreedFigure:
    """The figure of 统一口径 for one measure, since `at`; `unit` is whose it is, "" where nobody told it."""

    __slots__ = ("at", "quantity", "unit")

    def __init__(self, unit: str, quantity: Quantity, at: datetime) -> None:
        self.unit = unit
        self.quantity = quantity
        self.at = at


class SideBySide:
    """One measure as every source has it, the case's own figure first; `agreed` is that of 统一口径.

    `conflict`: two of them cannot both be true. `open`: they are in conflict, and 统一口径 has not settled
    it, or somebody told since what cannot be true beside it.
    """

    __slots__ = ("agreed", "conflict", "figures", "measure", "open")

    def __init__(self, measure: str, figures: Sequence[Figure], agreed: AgreedFigure | None) -> None:
        self.measure = measure
        self.figures = tuple(figures)
        self.agreed = agreed
        self.conflict = any(
            apart(one.quantity, other.quantity)
            for place, one in enumerate(figures)
            for other in figures[place + 1 :]
        )
        self.open = self.conflict and (
            agreed is None
            or any(one.at > agreed.at and apart(one.quantity, agreed.quantity) for one in figures)
        )

    def to_json(self) -> dict[str, Any]:
        agreed = self.agreed
        return {
            "measure": self.measure,
            "conflict": self.conflict,
            "open": self.open,
            "agreed": None
            if agreed is None
            else {"unit": agreed.unit or None, "at": iso(agreed.at), **agreed.quantity.to_json()},
            "figures": [figure.to_json() for figure in self.figures],
        }


class Silent:
    """A 责任单位 that has not reported: by when it owed that (None: by no limit), and how late it is by now."""

    __slots__ = ("angle", "due", "minutes_late", "side", "unit")

    def __init__(self, owner: dict[str, Any], due: datetime | None, minutes_late: int | None) -> None:
        self.unit = str(owner["unit"])
        self.side = str(owner["side"])
        self.angle = str(owner["angle"])
        self.due = due
        self.minutes_late = minutes_late

    def to_json(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "side": self.side,
            "angle": self.angle,
            "due": None if self.due is None else iso(self.due),
            "minutes_late": self.minutes_late,
        }


def side_by_side(case: Case, standards: Standards) -> list[SideBySide]:
    """Every measure of which a source besides this case told, in the order of the standards; newest figures."""
    told = figures_told(case, standards)
    agreed = agreed_figures(case)
    since = _told_at(case)
    known = [*standards.measures, *(measure for measure in told if measure not in standards.measures)]
    rows = []
    for measure in known:
        if measure in told:
            own = case.facts.measures.get(measure)
            first = [] if own is None else [Figure(OWN, own, since)]
            rows.append(SideBySide(measure, [*first, *told[measure].values()], agreed.get(measure)))
    return rows


def conflicts(case: Case, standards: Standards) -> list[SideBySide]:
    """The measures whose sources still cannot all be right."""
    if not case.chain.told and not case.absorbed:
        return []
    return [row for row in side_by_side(case, standards) if row.open]


def figures_told(case: Case, standards: Standards) -> dict[str, dict[str, Figure]]:
    """Measure → unit → its newest figure, of the units that told any and of the cases merged into this one."""
    told: dict[str, dict[str, Figure]] = {}
    for other in case.absorbed:
        name = f"{other.facts.source.unit or '来电'}（{other.number}）"
        for measure, quantity in other.facts.measures.items():
            told.setdefault(measure, {})[name] = Figure(name, quantity, _told_at(other))
    names: list[str] = [owner["unit"] for owner in owners_of(case)]
    units = units_of(standards)
    for report in sorted(case.chain.told, key=lambda one: one.at):
        if not report.measures:
            continue
        name = units.meant(report.unit, names) or report.unit
        names.append(name)
        for measure, quantity in report.measures.items():
            told.setdefault(measure, {})[name] = Figure(name, quantity, report.at)
    return told


def first_told(case: Case, measure: str, quantity: Quantity) -> datetime | None:
    """When a source besides this case told that very figure first; None where none has."""
    told = [(one.facts.measures, _told_at(one)) for one in case.absorbed]
    told += [(report.measures, report.at) for report in case.chain.told]
    moments = [at for measures, at in told if measure in measures and measures[measure].same_range(quantity)]
    return min(moments, default=None)


def agreed_figures(case: Case) -> dict[str, AgreedFigure]:
    """What 统一口径 fixed, each measure as it was fixed last."""
    found: dict[str, AgreedFigure] = {}
    for one in case.chain.agreed:
        for measure, quantity in one.measures.items():
            found[measure] = AgreedFigure(one.sources.get(measure, ""), quantity, one.at)
    return found


def owners_of(case: Case) -> list[dict[str, Any]]:
    """The 责任单位 of the newest verdict: unit, side, angle."""
    return [] if case.verdict is None else list(case.verdict.owners)


def silent(case: Case, standards: Standards, limits: Iterable[Limit], now: datetime) -> list[Silent]:
    """The 责任单位 that have not reported, by the `limits` of the case; none of a case that owes nothing.

    Once the case has ended, they are as late as they were then.
    """
    if case.status not in (Status.OPEN, Status.CLOSED) or not owed_by_owners(case):
        return []
    due: dict[str, Limit] = {}
    for limit in limits:
        if limit.row.owes == OWNERS and limit.met_at is None and limit.state != LimitState.WAIVED:
            due.setdefault(limit.owes, limit)
    until, heard = ended_at(case) or now, heard_of(case, standards)
    found = []
    for owner in owners_of(case):
        if owner["unit"] not in heard:
            owed = due.get(owner["unit"])
            late = None if owed is None else max(0, -whole_minutes(owed.due - until))
            found.append(Silent(owner, None if owed is None else owed.due, late))
    return found


def angles_missing(case: Case, standards: Standards) -> list[dict[str, str]]:
    """The angles (`unit`, `angle`) from which nobody has reported yet."""
    units, owners = units_of(standards), owners_of(case)
    known = [owner["unit"] for owner in owners]
    covered = {part for report in case.chain.told for part in report.angle.split(SEVERAL)}
    told = {units.meant(report.unit, known) for report in case.chain.told if not report.angle}
    told |= {units.meant(one.facts.source.unit or "", known) for one in (case, *case.absorbed)}
    return [
        {"unit": owner["unit"], "angle": part}
        for owner in owners
        if owner["unit"] not in told
        for part in owner["angle"].split(SEVERAL)
        if part not in covered
    ]


def other_verdict(
    case: Case, measures: Mapping[str, Quantity], standards: Standards, now: datetime
) -> Verdict | None:
    """The verdict with these figures for those of the case, where it is another one in decision, grade or offices."""
    facts = case.facts
    changed = {
        name: quantity
        for name, quantity in measures.items()
        if name not in facts.measures or not quantity.same_range(facts.measures[name])
    }
    if case.verdict is None or not changed:
        return None
    before = classify(facts, standards, now)
    verdict = classify(facts.with_changes(measures=facts.measures | changed), standards, now)
    return verdict if essence(verdict) != essence(before) else None


def other_verdicts(
    case: Case, rows: Iterable[SideBySide], standards: Standards, now: datetime
) -> list[tuple[str, Verdict]]:
    """What the case would be by the figures of each source, where that is another verdict; not by what was settled."""
    by_unit: dict[str, dict[str, Quantity]] = {}
    for row in rows:
        for one in row.figures:
            if one.unit != OWN and (row.agreed is None or one.at > row.agreed.at):
                by_unit.setdefault(one.unit, {})[row.measure] = one.quantity
    found = [(unit, other_verdict(case, measures, standards, now)) for unit, measures in by_unit.items()]
    return [(unit, verdict) for unit, verdict in found if verdict is not None]


def essence(verdict: Verdict) -> tuple[object, ...]:
    """What of a verdict makes somebody act: the decision, the grade, the offices."""
    grade = None if verdict.grade is None else (verdict.grade.low, verdict.grade.high)
    return verdict.decision, grade, {(o.tier, o.line, o.decision) for o in verdict.report_to}


SEVERAL = "、"
"""Stands between the angles of one unit."""


def apart(one: Quantity, other: Quantity) -> bool:
    """No value fits both."""
    return one.low > other.top or other.low > one.top


def _told_at(case: Case) -> datetime:
    """Since when the case's own figures are as they are."""
    told = (EntryKind.RECEIVED, EntryKind.FACTS, EntryKind.LEAD)
    moments = [one.at for one in case.entries if one.kind in told and one.id not in case.voided]
    return max(moments, default=case.opened_at)
