"""时限: who owes what, to which office, in which form, by when, and how it stands now.

Limits are never stored: they follow from what must be reported, the standards, and the entries
(reports sent, receipts). The clock runs from the moment that the row names, never from when
something was typed in; where that moment is unknown it runs from the earliest moment known, and
the limit says so (`starts_from`). A limit is kept up to and including its minute (R16: 内 is ≤).
"""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from jinji_report.judgement.bounds import Bounds, bounds, day_of
from jinji_report.judgement.windows import MOST_KEPT, windows_on
from jinji_report.model.facts import Facts
from jinji_report.model.verdict import OfficeDecision, Verdict
from jinji_report.moments import iso, whole_minutes
from jinji_report.standards.conditions import Formula, Known, outcomes, reduce
from jinji_report.standards.rows import Address, LimitRow, Standards, applies
from jinji_report.vocabulary import TIERS, ClockStart, Decision, Form, LimitState, Precision, Stage, Tier

STARTS_LABELS: dict[str, str] = {
    "occurred": "事发",
    "alarm": "接警",
    "discovered": "发现",
    "received": "接报",
    "sent": "上次报送",
}

# These clocks start with an entry of their own (a request from above, the end of the response).
_NOT_BY_ITSELF = (ClockStart.REQUESTED, ClockStart.ENDED)


_FROM_MOMENTS: tuple[str, ...] = ("alarm", "discovered", "received")


class Sent:
    """A report that went out to one office."""

    __slots__ = ("at", "channel", "form", "number", "stage", "to")

    def __init__(
        self, to: Address, form: Form, at: datetime, *, stage: Stage, number: int = 0, channel: str = ""
    ) -> None:
        self.to = to
        self.form = form
        self.at = at
        self.stage = stage
        self.number = number
        self.channel = channel


class Ack:
    """A receipt for what had been sent to one office in one form (None: in any) by then."""

    __slots__ = ("at", "form", "person", "to")

    def __init__(self, to: Address, form: Form | None, at: datetime, *, person: str = "") -> None:
        self.to = to
        self.form = form
        self.at = at
        self.person = person


class Demand:
    """An office that must, or may have to, be told; `since` is set where later news made it so."""

    __slots__ = ("address", "office", "since")

    def __init__(self, office: OfficeDecision, since: datetime | None = None) -> None:
        self.address = Address(office.tier, office.line)
        self.office = office
        self.since = since


class Limit:
    """One obligation with its clock.

    `ours`: this desk owes it. `receipt`: None, `waiting`, `confirmed`. `stands_in`: the clock runs from
    another moment (`starts_from`) than the standard names (`wanted_start`), because that one is unknown.
    `vague`: it runs from the earliest moment of a day or a part of one, since no clock time was told.
    `ended`: the case ended before it was met; it is waived if it was not due by then, else missed.
    """

    __slots__ = (
        "decision",
        "due",
        "ended",
        "met_at",
        "minutes_left",
        "office",
        "ours",
        "owes",
        "receipt",
        "row",
        "stands_in",
        "starts",
        "starts_from",
        "state",
        "to",
        "vague",
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
        starts: datetime,
        starts_from: str,
        due: datetime,
        stands_in: bool = False,
    ) -> None:
        self.row = row
        self.owes = owes
        self.ours = ours
        self.to = to
        self.office = office
        self.decision = decision
        self.starts = starts
        self.starts_from = starts_from
        self.due = due
        self.stands_in = stands_in
        self.met_at: datetime | None = None
        self.ended = False
        self.vague = False
        self.receipt: str | None = None
        self.state = LimitState.OPEN
        self.minutes_left = 0

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def label(self) -> str:
        """Two to four characters for a table."""
        return self.row.label or self.row.form.value

    @property
    def form(self) -> Form:
        return self.row.form

    @property
    def met_by(self) -> tuple[Form, ...]:
        """The forms in which a report meets it."""
        return self.row.met_by

    @property
    def repeats(self) -> bool:
        """The next one starts when this is met."""
        return self.row.repeats

    @property
    def wanted_start(self) -> str:
        """The moment that the standard names."""
        return self.row.starts

    @property
    def text(self) -> str:
        return self.row.text

    @property
    def clause(self) -> str:
        return self.row.clause

    @property
    def running(self) -> bool:
        """Somebody still has to do something about it."""
        return not self.ended and self.state in (LimitState.OPEN, LimitState.DUE_SOON, LimitState.OVERDUE)

    @property
    def missed(self) -> bool:
        """It was overdue when the case ended, and so it stays in the record."""
        return self.ended and self.state == LimitState.OVERDUE

    def to_json(self) -> dict[str, Any]:
        row = self.row
        return {
            "id": row.id,
            "owes": self.owes,
            "to": {"tier": self.to.tier, "line": self.to.line, "office": self.office},
            "form": row.form,
            "label": self.label,
            "starts": iso(self.starts),
            "from": self.starts_from,
            "due": iso(self.due),
            "state": self.state,
            "minutes_left": self.minutes_left,
            "decision": self.decision,
            "ours": self.ours,
            "ended": self.ended,
            "met_at": None if self.met_at is None else iso(self.met_at),
            "receipt": self.receipt,
            "text": row.text,
            "clause": row.clause,
        }


def demands(verdict: Verdict) -> tuple[Demand, ...]:
    """The demands of a first verdict: their clocks run from the incident's own moments."""
    return tuple(Demand(office) for office in verdict.report_to)


def limits(
    facts: Facts,
    wanted: Sequence[Demand],
    standards: Standards,
    now: datetime,
    *,
    sent: Sequence[Sent] = (),
    acks: Sequence[Ack] = (),
    ended: datetime | None = None,
    resumed: datetime | None = None,
    of_others: bool = True,
    on: date | None = None,
) -> tuple[Limit, ...]:
    """Every limit that `wanted` brings, in the order of their due moments.

    Without `of_others`, those that the law puts on other units are left out. The standards are those
    of the day it happened, or of the day `on`; sensitive times are those of the day it happened.

    `ended`: the case was closed, or the officer decided not to report; what was not due by then is
    waived, what was stays overdue. `resumed`: when a closed case was opened again; a cadence starts anew.
    Rows that name another unit (`owes`) hold for it whatever this desk sends.
    """
    day = day_of(facts, now)
    in_force = standards.on(on or day)
    ways = [(demand, _hop_of(demand.address, in_force)) for demand in wanted]
    told: Bounds | None = None
    clocks = _clocks(facts)
    found: list[Limit] = []
    for row, condition in _rows_of(facts, day, in_force):
        asked = [way for way in ways if not row.to or way[0].address in row.to]
        if not (of_others if row.owes else asked):
            continue
        if condition is not True:
            told = told or bounds(facts, in_force)
            if not outcomes(condition, told.ranges, in_force).sure:
                continue
        if row.owes:
            found += _of_others(row, clocks, in_force, wanted, now)
            continue
        for demand, hop in asked:
            found += _of_chain(row, demand, hop, wanted, clocks, in_force, sent, found, now, resumed)
    vague = _vague_start(facts)
    for limit in found:
        limit.vague = limit.starts == vague
        _settle(limit, in_force.due_soon, sent, acks, ended, now)
    return tuple(sorted(found, key=lambda limit: (limit.due, TIERS.index(limit.to.tier), limit.row.id)))


def casualty_window_end(facts: Facts, standards: Standards) -> datetime | None:
    """Until when a changed number of casualties changes the grade; None where no window applies.

    Source: 生产安全事故报告和调查处理条例 第十三条 (30 days; road and fire 7).
    """
    if facts.occurred is None:
        return None
    days = [
        row.days
        for row in standards.on(facts.occurred.at.date()).watches
        if applies(row.categories, facts.category)
    ]
    return facts.occurred.at + timedelta(days=min(days)) if days else None


def _rows_of(facts: Facts, day: date, standards: Standards) -> "Sequence[tuple[LimitRow, Formula | bool]]":
    """The rows that may run for this kind of incident on this day, each with what is left of its condition."""
    kept: dict[Hashable, list[tuple[LimitRow, Formula | bool]]] = standards.kept.setdefault("limits", {})
    key = facts.category, frozenset(facts.tags), windows_on(day, standards)
    rows = kept.get(key)
    if rows is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        known = Known(category=facts.category, tags=facts.tags, on=day, ranges={})
        reduced = [
            (row, reduce(row.when, known, standards))
            for row in standards.limits
            if row.starts not in _NOT_BY_ITSELF and applies(row.categories, facts.category)
        ]
        rows = kept[key] = [(row, condition) for row, condition in reduced if condition is not False]
    return rows


class _Hop:
    """The last hop of the way to an office: who owes there, and how long the way is.

    `minutes` from the start of the way, `raised` from this desk's hop on.
    """

    __slots__ = ("minutes", "ours", "owes", "raised")

    def __init__(self, to: Address, standards: Standards) -> None:
        below = TIERS[max(0, TIERS.index(to.tier) - 1)]
        self.ours = below == standards.desk.tier
        self.owes = standards.desk.unit if self.ours else standards.office_name(Address(below, to.line))
        self.minutes = _minutes_to(below, TIERS[0], standards)
        self.raised = _minutes_to(below, standards.desk.tier, standards)


def _minutes_to(tier: Tier, first: Tier, standards: Standards) -> int:
    """The minutes of all hops from `first` to `tier`."""
    span = range(TIERS.index(first), TIERS.index(tier) + 1)
    return sum(hop.minutes for hop in standards.hops if TIERS.index(hop.tier) in span)


def _hop_of(to: Address, standards: Standards) -> _Hop:
    kept: dict[Address, _Hop] = standards.kept.setdefault("hops", {})
    if to not in kept:
        kept[to] = _Hop(to, standards)
    return kept[to]


def _of_others(
    row: LimitRow,
    clocks: Mapping[str, datetime],
    standards: Standards,
    wanted: Sequence[Demand],
    now: datetime,
) -> list[Limit]:
    """A limit that the law puts on another unit. It runs only while the incident must be reported at all."""
    if row.within is None or not any(d.office.decision == Decision.REPORT for d in wanted):
        return []
    starts, starts_from = _start(row.starts, clocks, now)
    return [
        Limit(
            row,
            owes=row.owes,
            ours=False,
            to=to,
            office=standards.office_name(to),
            decision=Decision.REPORT,
            starts=starts,
            starts_from=starts_from,
            due=starts + timedelta(minutes=row.within),
            stands_in=starts_from != row.starts,
        )
        for to in row.to
    ]


def _of_chain(
    row: LimitRow,
    demand: Demand,
    hop: _Hop,
    wanted: Sequence[Demand],
    clocks: Mapping[str, datetime],
    standards: Standards,
    sent: Sequence[Sent],
    before: Sequence[Limit],
    now: datetime,
    resumed: datetime | None,
) -> list[Limit]:
    """A limit of the way up: owed by the office one tier below the addressee, on the same line."""
    to = demand.address
    raised = demand.since
    ends: list[datetime] = []
    late: list[Limit] = []
    if row.starts == ClockStart.SENT:
        times = sorted(s.at for s in sent if s.to == to) if sent and hop.ours else []
        if not times:
            return []
        final = any(s.to == to and s.stage == Stage.FINAL for s in sent)
        if row.repeats and (row.within is not None or row.daily):
            late = _late_steps(row, demand, hop.owes, times, resumed)
        if final:
            return late
        starts, starts_from = max(times[-1], resumed or times[-1]), "sent"
        # News that brings in an office further up cannot wait for the cadence: it has to be through
        # this desk by the end of its hop.
        news = max((d.since for d in wanted if d.since is not None), default=None)
        if news is not None and news > starts and standards.hops:
            starts, starts_from, raised = news, "received", news
            ends = [news + timedelta(minutes=hop.raised)]
    elif raised is not None:
        starts, starts_from = raised, "received"
    else:
        starts, starts_from = _start(row.starts, clocks, now)
    stands_in = raised is None and starts_from != row.starts
    if row.until_hop and standards.hops:
        ends.append(starts + timedelta(minutes=hop.minutes if raised is None else hop.raised))
    if row.after is not None:
        first = next((limit for limit in before if limit.row.id == row.after and limit.to == to), None)
        if first is not None:
            met = _first_sent(sent, first)
            starts, starts_from = (met, "sent") if met is not None else (first.due, first.starts_from)
            stands_in = first.stands_in and met is None
    ends += _ends_of(row, starts)
    if not ends:
        return []
    return [
        *late,
        Limit(
            row,
            owes=hop.owes,
            ours=hop.ours,
            to=to,
            office=demand.office.office,
            decision=demand.office.decision,
            starts=starts,
            starts_from=starts_from,
            due=min(ends),
            stands_in=stands_in,
        ),
    ]


def _late_steps(
    row: LimitRow,
    demand: Demand,
    owes: str,
    times: Sequence[datetime],
    resumed: datetime | None,
) -> list[Limit]:
    """The steps of a cadence that came later than the standard wants; those in time leave no trace."""
    steps = []
    for last, following in pairwise(times):
        due = min(_ends_of(row, last))
        if following > due and not (resumed is not None and last < resumed <= following):
            step = Limit(
                row,
                owes=owes,
                ours=True,
                to=demand.address,
                office=demand.office.office,
                decision=demand.office.decision,
                starts=last,
                starts_from="sent",
                due=due,
            )
            step.met_at = following
            steps.append(step)
    return steps


def _ends_of(row: LimitRow, starts: datetime) -> list[datetime]:
    """When the row's own clocks run out: its minutes, and the next of its times of the day."""
    ends = [] if row.within is None else [starts + timedelta(minutes=row.within)]
    for hour, minute in row.daily:
        clock = starts.replace(hour=hour, minute=minute, second=0, microsecond=0)
        ends.append(clock if clock > starts else clock + timedelta(days=1))
    return ends


def _clocks(facts: Facts) -> dict[str, datetime]:
    """The moments from which a clock can run: those told, and the occurrence by its basis."""
    moments = facts.moments
    known: dict[str, datetime] = {name: moments[name] for name in _FROM_MOMENTS if name in moments}
    if facts.occurred is not None:
        known[facts.occurred.basis] = facts.occurred.at
    return known


def _start(wanted: str, clocks: Mapping[str, datetime], now: datetime) -> tuple[datetime, str]:
    """The moment that the clock runs from, and which it is."""
    if wanted in clocks:
        return clocks[wanted], wanted
    if not clocks:
        return now, "received"
    name = min(clocks, key=lambda name: clocks[name])
    return clocks[name], name


def _vague_start(facts: Facts) -> datetime | None:
    """The earliest moment of an occurrence that was told without a clock time."""
    occurred = facts.occurred
    vague = occurred is not None and occurred.precision in (Precision.DAY, Precision.PART_OF_DAY)
    return occurred.at if occurred is not None and vague else None


def _settle(
    limit: Limit,
    due_soon: int,
    sent: Sequence[Sent],
    acks: Sequence[Ack],
    ended: datetime | None,
    now: datetime,
) -> None:
    """Set where the limit stands: met by what was sent, waived, or running."""
    limit.minutes_left = whole_minutes(limit.due - now)
    if limit.met_at is not None:  # a step of a cadence that was made late
        limit.state = LimitState.MET_LATE
        return
    if limit.ours and not limit.repeats:
        met = _first_sent(sent, limit)
        if met is not None:
            limit.met_at = met
            limit.state = LimitState.MET if met <= limit.due else LimitState.MET_LATE
            if limit.row.receipt:
                confirmed = any(
                    a.to == limit.to and (a.form is None or a.form in limit.met_by) and a.at >= met
                    for a in acks
                )
                limit.receipt = "confirmed" if confirmed else "waiting"
            return
    limit.ended = ended is not None
    if ended is not None and ended <= limit.due:
        limit.state = LimitState.WAIVED
    elif (now if ended is None else ended) > limit.due:
        limit.state = LimitState.OVERDUE
    elif limit.due - now <= timedelta(minutes=due_soon):
        limit.state = LimitState.DUE_SOON


def _first_sent(sent: Sequence[Sent], limit: Limit) -> datetime | None:
    """When the first report went out that meets the limit."""
    return min((s.at for s in sent if s.to == limit.to and s.form in limit.met_by), default=None)
