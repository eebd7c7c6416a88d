"""What a limit is before its clock runs: which row, owed by whom, to which office.

It follows from the kind of incident and from the offices that must be told. So it is worked out once for
each kind and choice of offices, and kept with the standards; `limits` sets the clocks.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from jinji_report.jsontext import json_text
from jinji_report.judgement.bounds import bounds
from jinji_report.judgement.left import index_of
from jinji_report.judgement.signs import signs_of
from jinji_report.model.facts import Facts
from jinji_report.model.verdict import OfficeDecision
from jinji_report.standards.conditions import Formula, outcomes
from jinji_report.standards.kept import Kept
from jinji_report.standards.rows import OWNERS, Address, LimitRow, Standards, applies
from jinji_report.vocabulary import TIERS, ClockStart, Decision, Tier


class Duty:
    """One row of the limits towards one office.

    `ours`: this desk owes it. `way`: how long the way up to there is, from its start, where the row ends with
    the hop; `raised` from this desk's hop on. `rank`: its place among what is due at the same moment.
    """

    __slots__ = (
        "_text",
        "after",
        "before",
        "decision",
        "label",
        "office",
        "ours",
        "owes",
        "raised",
        "rank",
        "row",
        "to",
        "way",
    )

    def __init__(
        self,
        row: LimitRow,
        *,
        owes: str,
        ours: bool,
        to: Address,
        office: str,
        decision: Decision,
        way: timedelta | None = None,
        raised: timedelta | None = None,
    ) -> None:
        self.row = row
        self.owes = owes
        self.ours = ours
        self.to = to
        self.office = office
        self.decision = decision
        self.way = way
        self.raised = raised
        self.label = row.label or row.form.value
        self.rank = TIERS.index(to.tier), row.id
        # The fields of its JSON before and behind those of the clock.
        self.before: dict[str, Any] = {
            "id": row.id,
            "owes": owes,
            "to": {"tier": to.tier, "line": to.line, "office": office},
            "form": row.form,
            "label": self.label,
        }
        self.after: dict[str, Any] = {
            "decision": decision,
            "ours": ours,
            "ended": False,
            "met_at": None,
            "receipt": None,
            "text": row.text,
            "clause": row.clause,
        }
        self._text: tuple[str, str] | None = None

    @property
    def text(self) -> tuple[str, str]:
        """`before` and `after` as JSON text."""
        if self._text is None:
            self._text = json_text(self.before)[:-1], json_text(self.after)[1:]
        return self._text


class Step:
    """A row of the limits with its duties, each with the place of its office.

    `within`, `daily` and `after` as in the row; what other units owe runs by its minutes alone.
    """

    __slots__ = ("after", "daily", "duties", "row", "within")

    def __init__(self, row: LimitRow, duties: Sequence[tuple[int, Duty]]) -> None:
        self.row = row
        self.duties = duties
        self.within = None if row.within is None else timedelta(minutes=row.within)
        self.daily = () if row.owes else row.daily
        self.after = None if row.owes else row.after


class Agenda:
    """The rows that may run for one kind of incident and choice of offices.

    `steps`: each with what is left of its condition; `sure` are the rows alone, where nothing is left of any.
    """

    __slots__ = ("steps", "sure")

    def __init__(self, steps: "Sequence[tuple[Step, Formula | bool]]") -> None:
        self.steps = steps
        always = all(condition is True for _, condition in steps)
        self.sure = tuple([step for step, _ in steps]) if always else None


def steps_of(
    facts: Facts, day: date, offices: Sequence[OfficeDecision], standards: Standards
) -> tuple[Step, ...]:
    """The rows that surely run for this incident on this day, towards these `offices`, in the order of the standards."""
    agenda = _agenda(facts, day, offices, standards)
    if agenda.sure is not None:
        return agenda.sure
    told = bounds(facts, standards)
    kept: Kept[tuple[Step, ...]] = standards.kept_as("steps")
    steps = kept.get((agenda, told))
    if steps is None:
        steps = kept.put(
            (agenda, told),
            tuple(
                [step for step, condition in agenda.steps if outcomes(condition, told.ranges, standards).sure]
            ),
        )
    return steps


def _agenda(facts: Facts, day: date, offices: Sequence[OfficeDecision], standards: Standards) -> Agenda:
    kept: Kept[Agenda] = standards.kept_as("agendas")
    signs = signs_of(standards)
    held = signs.of_limits & signs.held(facts.tags, day, standards)
    key = (
        facts.category,
        held,
        tuple([(office.tier, office.line, office.office, office.decision) for office in offices]),
    )
    agenda = kept.get(key)
    if agenda is None:
        agenda = kept.put(key, Agenda(_steps(facts, day, held, offices, standards)))
    return agenda


def _steps(
    facts: Facts, day: date, held: frozenset[int], offices: Sequence[OfficeDecision], standards: Standards
) -> "list[tuple[Step, Formula | bool]]":
    """The rows whose condition can hold and that have an addressee, each with what is left of the condition."""
    index = index_of(standards)
    known = index.known(facts.category, facts.tags, day, held, standards)
    steps: list[tuple[Step, Formula | bool]] = []
    for row in standards.limits:
        by_claims = row.starts == ClockStart.REQUESTED or row.owes == OWNERS  # see `claims`
        if by_claims or not applies(row.categories, facts.category):
            continue
        duties = _of_others(row, offices, standards) if row.owes else _of_chain(row, offices, standards)
        condition = index.of_row(row, known, held, standards) if duties else False
        if condition is not False:
            steps.append((_step(row, tuple(duties), standards), condition))
    return steps


def _step(row: LimitRow, duties: tuple[tuple[int, Duty], ...], standards: Standards) -> Step:
    """The row with its duties, which many kinds of incident share."""
    kept: Kept[Step] = standards.kept_as("shared_steps")
    step = kept.get((row, duties))
    if step is None:
        step = kept.put((row, duties), Step(row, duties))
    return step


def _of_others(
    row: LimitRow, offices: Sequence[OfficeDecision], standards: Standards
) -> list[tuple[int, Duty]]:
    """What the law puts on another unit. It runs only while the incident must be reported at all."""
    if row.within is None or not any(office.decision == Decision.REPORT for office in offices):
        return []
    return [
        (-1, _kept(row, OfficeDecision(*to, standards.office_name(to), Decision.REPORT), standards))
        for to in row.to
    ]


def _of_chain(
    row: LimitRow, offices: Sequence[OfficeDecision], standards: Standards
) -> list[tuple[int, Duty]]:
    """What is owed on the way up, by the office one tier below the addressee, on the same line."""
    return [
        (place, _kept(row, office, standards))
        for place, office in enumerate(offices)
        if not row.to or (office.tier, office.line) in row.to
    ]


def _kept(row: LimitRow, office: OfficeDecision, standards: Standards) -> Duty:
    """The duty of a row towards an office, which many kinds of incident share."""
    kept: Kept[Duty] = standards.kept_as("duties")
    key = row, office.tier, office.line, office.office, office.decision
    duty = kept.get(key)
    if duty is None:
        duty = kept.put(key, _duty(row, office, standards))
    return duty


def _duty(row: LimitRow, office: OfficeDecision, standards: Standards) -> Duty:
    to = Address(office.tier, office.line)
    if row.owes:
        return Duty(row, owes=row.owes, ours=False, to=to, office=office.office, decision=office.decision)
    below = TIERS[max(0, TIERS.index(to.tier) - 1)]
    ours = below == standards.desk.tier
    return Duty(
        row,
        owes=standards.desk.unit if ours else standards.office_name(Address(below, to.line)),
        ours=ours,
        to=to,
        office=office.office,
        decision=office.decision,
        way=_way(below, TIERS[0], standards) if row.until_hop else None,
        raised=_way(below, standards.desk.tier, standards),
    )


def _way(tier: Tier, first: Tier, standards: Standards) -> timedelta | None:
    """The time of all hops from `first` to `tier`; None where the standards have no hops."""
    span = range(TIERS.index(first), TIERS.index(tier) + 1)
    hops = [hop.minutes for hop in standards.hops if TIERS.index(hop.tier) in span]
    return timedelta(minutes=sum(hops)) if standards.hops else None
