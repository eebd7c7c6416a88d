"""时限: who owes what, to which office, in which form, by when, and how it stands now.

Limits are never stored: they follow from what must be reported, the standards, and the entries
(reports sent, receipts). The clock runs from the moment that the row names, never from when
something was typed in; where that moment is unknown it runs from the earliest moment known, and
the limit says so (`starts_from`). A limit is kept up to and including its minute (R16: 内 is ≤).
"""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import Any

from jinji_report.jsontext import json_text
from jinji_report.judgement.bounds import Bounds, bounds, day_of
from jinji_report.judgement.duties import Duty, Step, steps_of
from jinji_report.model.facts import Facts
from jinji_report.model.verdict import OfficeDecision, Verdict
from jinji_report.moments import iso, whole_minutes
from jinji_report.standards.conditions import outcomes
from jinji_report.standards.rows import Address, LimitRow, Standards, applies
from jinji_report.vocabulary import ClockStart, Decision, Form, LimitState, Precision, Stage

STARTS_LABELS: dict[str, str] = {
    "occurred": "事发",
    "alarm": "接警",
    "discovered": "发现",
    "received": "接报",
    "sent": "上次报送",
}

_FROM_MOMENTS: tuple[str, ...] = ("alarm", "discovered", "received")

_OPEN, _DUE_SOON, _OVERDUE, _MET, _MET_LATE, _WAIVED = LimitState  # looking one up costs more than using it


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

    __slots__ = ("office", "since")

    def __init__(self, office: OfficeDecision, since: datetime | None = None) -> None:
        self.office = office
        self.since = since


class Clock:
    """From when to when a limit runs, and how it stands where nothing meets it: `state`, `minutes_left`.

    `stands_in`: it runs from another moment (`starts_from`) than the standard names, because that one is
    unknown. `vague`: it runs from the earliest moment of a day or a part of one, since no clock time was told.
    """

    __slots__ = ("_text", "due", "minutes_left", "stands_in", "starts", "starts_from", "state", "vague")

    def __init__(
        self,
        starts: datetime,
        starts_from: str,
        due: datetime,
        stands_in: bool,
        vague: bool,
        state: LimitState,
        minutes_left: int,
    ) -> None:
        self.starts = starts
        self.starts_from = starts_from
        self.due = due
        self.stands_in = stands_in
        self.vague = vague
        self.state = state
        self.minutes_left = minutes_left
        self._text = ""

    @property
    def text(self) -> str:
        """Its fields in the JSON of a limit that nothing met."""
        if not self._text:
            self._text = (
                f', "starts": "{iso(self.starts)}", "from": "{self.starts_from}", "due": "{iso(self.due)}", '
                f'"state": "{self.state}", "minutes_left": {self.minutes_left}, '
            )
        return self._text


class Limit:
    """One obligation with its clock, which it may share with others.

    `duty` says what is owed, by whom and to which office. `receipt`: None, `waiting`, `confirmed`. `ended`: the
    case ended before it was met; it is waived if it was not due by then, else missed.
    """

    __slots__ = ("clock", "duty", "ended", "met_at", "receipt", "state")

    def __init__(self, duty: Duty, clock: Clock, ended: bool) -> None:
        self.duty = duty
        self.clock = clock
        self.ended = ended
        self.state = clock.state
        self.met_at: datetime | None = None
        self.receipt: str | None = None

    @property
    def starts(self) -> datetime:
        return self.clock.starts

    @property
    def starts_from(self) -> str:
        return self.clock.starts_from

    @property
    def due(self) -> datetime:
        return self.clock.due

    @property
    def stands_in(self) -> bool:
        return self.clock.stands_in

    @property
    def vague(self) -> bool:
        return self.clock.vague

    @property
    def minutes_left(self) -> int:
        return self.clock.minutes_left

    @property
    def row(self) -> LimitRow:
        return self.duty.row

    @property
    def id(self) -> str:
        return self.duty.row.id

    @property
    def owes(self) -> str:
        return self.duty.owes

    @property
    def ours(self) -> bool:
        """This desk owes it."""
        return self.duty.ours

    @property
    def to(self) -> Address:
        return self.duty.to

    @property
    def office(self) -> str:
        return self.duty.office

    @property
    def decision(self) -> Decision:
        return self.duty.decision

    @property
    def label(self) -> str:
        """Two to four characters for a table."""
        return self.duty.label

    @property
    def form(self) -> Form:
        return self.duty.row.form

    @property
    def met_by(self) -> tuple[Form, ...]:
        """The forms in which a report meets it."""
        return self.duty.row.met_by

    @property
    def repeats(self) -> bool:
        """The next one starts when this is met."""
        return self.duty.row.repeats

    @property
    def wanted_start(self) -> str:
        """The moment that the standard names."""
        return self.duty.row.starts

    @property
    def text(self) -> str:
        return self.duty.row.text

    @property
    def clause(self) -> str:
        return self.duty.row.clause

    @property
    def running(self) -> bool:
        """Somebody still has to do something about it."""
        return not self.ended and self.state in (_OPEN, _DUE_SOON, _OVERDUE)

    @property
    def missed(self) -> bool:
        """It was overdue when the case ended, and so it stays in the record."""
        return self.ended and self.state == _OVERDUE

    def to_json(self) -> dict[str, Any]:
        told = {
            **self.duty.before,
            "starts": iso(self.starts),
            "from": self.starts_from,
            "due": iso(self.due),
            "state": self.state,
            "minutes_left": self.minutes_left,
            **self.duty.after,
        }
        told["ended"] = self.ended
        told["met_at"] = None if self.met_at is None else iso(self.met_at)
        told["receipt"] = self.receipt
        return told

    def to_text(self) -> str:
        """`to_json` as JSON text."""
        if self.ended or self.met_at is not None or self.receipt is not None:
            return json_text(self.to_json())
        before, after = self.duty.text
        return f"{before}{self.clock.text}{after}"


def demands(verdict: Verdict) -> tuple[Demand, ...]:
    """The demands of a first verdict: their clocks run from the incident's own moments."""
    return tuple([Demand(office) for office in verdict.report_to])


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
    told: Bounds | None = None
    run = _Run(facts, wanted, now, in_force.due_soon, sent, acks, ended, resumed)
    for step in steps_of(facts, day, [demand.office for demand in wanted], in_force):
        if step.row.owes and not of_others:
            continue
        if step.condition is not True:
            told = told or bounds(facts, in_force)
            if not outcomes(step.condition, told.ranges, in_force).sure:
                continue
        run.take(step)
    run.found.sort(key=_IN_ORDER)
    return tuple(run.found)


_IN_ORDER = attrgetter("clock.due", "duty.rank")


def casualty_window_end(
    category: str | None, occurred: datetime | None, standards: Standards
) -> datetime | None:
    """Until when a changed number of casualties changes the grade; None where no window applies.

    Source: 生产安全事故报告和调查处理条例 第十三条 (30 days; road and fire 7).
    """
    if occurred is None:
        return None
    days = [row.days for row in standards.on(occurred.date()).watches if applies(row.categories, category)]
    return occurred + timedelta(days=min(days)) if days else None


def longest_watch(standards: Standards) -> timedelta:
    """The longest of those windows, of whatever day: nothing that was closed earlier is still in one."""
    return timedelta(days=max((row.days for row in standards.watches), default=0))


class _Run:
    """The clocks of one case: what is owed of each row, from when, by when, and how that stands (`found`)."""

    __slots__ = (
        "_acks",
        "_clocks",
        "_ended",
        "_news",
        "_now",
        "_resumed",
        "_sent",
        "_soon",
        "_vague",
        "_wanted",
        "found",
    )

    def __init__(
        self,
        facts: Facts,
        wanted: Sequence[Demand],
        now: datetime,
        due_soon: int,
        sent: Sequence[Sent],
        acks: Sequence[Ack],
        ended: datetime | None,
        resumed: datetime | None,
    ) -> None:
        self._clocks = _clocks(facts)
        self._vague = _vague_start(facts)
        self._wanted = wanted
        self._now = now
        self._soon = timedelta(minutes=due_soon)
        self._sent = sent
        self._acks = acks
        self._ended = ended
        self._resumed = resumed
        self._news = max([demand.since for demand in wanted if demand.since is not None], default=None)
        self.found: list[Limit] = []

    def take(self, step: Step) -> None:
        """Add the limits of a row that holds."""
        row = step.row
        firsts = {} if step.after is None else self._firsts(step.after)
        if row.starts == ClockStart.SENT and not row.owes:
            for place, duty in step.duties if self._sent else ():
                self._cadence(step, duty, self._wanted[place].since, firsts.get(duty.to))
            return
        start = _start(row.starts, self._clocks, self._now)
        clocks: dict[Hashable, Clock | None] = {}  # the offices of one tier share theirs
        for place, duty in step.duties:
            since = None if row.owes else self._wanted[place].since
            first = firsts.get(duty.to)
            met = None if first is None else self._met(first)
            key = duty.to.tier, since, first and first.clock, met
            if key in clocks:
                clock = clocks[key]
            else:
                if since is None:
                    clock = self._clock(step, *start, duty.way, first, met)
                else:
                    raised = duty.raised if row.until_hop else None
                    clock = self._clock(step, since, "received", raised, first, met, news=True)
                clocks[key] = clock
            if clock is not None:
                self._add(duty, clock)

    def _cadence(self, step: Step, duty: Duty, since: datetime | None, first: Limit | None) -> None:
        """The next report of a row that runs from the last one, after those that came late."""
        row, to, resumed = step.row, duty.to, self._resumed
        times = sorted(s.at for s in self._sent if s.to == to) if duty.ours else []
        if not times:
            return
        if row.repeats:
            self._late_steps(step, duty, times)
        if any(s.to == to and s.stage == Stage.FINAL for s in self._sent):
            return
        starts, starts_from = max(times[-1], resumed or times[-1]), "sent"
        way = duty.way if since is None else duty.raised if row.until_hop else None
        # News that brings in an office further up cannot wait for the cadence: it has to be through
        # this desk by the end of its hop.
        news = self._news is not None and self._news > starts and duty.raised is not None
        if self._news is not None and news:
            starts, starts_from, way = self._news, "received", duty.raised
        met = None if first is None else self._met(first)
        clock = self._clock(step, starts, starts_from, way, first, met, news=news)
        if clock is not None:
            self._add(duty, clock)

    def _late_steps(self, step: Step, duty: Duty, times: Sequence[datetime]) -> None:
        """The steps of a cadence that came later than the standard wants; those in time leave no trace."""
        resumed = self._resumed
        for last, following in pairwise(times):
            due = _end(step, last, None)
            if due is None or following <= due or (resumed is not None and last < resumed <= following):
                continue
            late = Limit(duty, self._stands(last, "sent", due, False), False)
            late.met_at, late.state = following, _MET_LATE
            self.found.append(late)

    def _firsts(self, ident: str) -> dict[Address, Limit]:
        """The limits of another row, whose meeting starts the clocks of this one, by their office."""
        firsts: dict[Address, Limit] = {}
        for limit in self.found:
            if limit.duty.row.id == ident:
                firsts.setdefault(limit.duty.to, limit)
        return firsts

    def _clock(
        self,
        step: Step,
        starts: datetime,
        starts_from: str,
        way: timedelta | None,
        first: Limit | None,
        met: datetime | None,
        *,
        news: bool = False,
    ) -> Clock | None:
        """The clock of a limit of the way up, if it ever runs out.

        `way`: how long after `starts` it has to be through, whatever else holds. `first`: the limit whose
        meeting, `met`, starts the row's own minutes.
        """
        latest = None if way is None else starts + way
        stands_in = not news and starts_from != step.row.starts
        if met is not None:
            starts, starts_from, stands_in = met, "sent", False
        elif first is not None:
            starts, starts_from, stands_in = first.due, first.starts_from, first.stands_in
        due = _end(step, starts, latest)
        return None if due is None else self._stands(starts, starts_from, due, stands_in)

    def _stands(self, starts: datetime, starts_from: str, due: datetime, stands_in: bool) -> Clock:
        """A clock as it stands where nothing has met it: ended, or running."""
        left, ended, state = due - self._now, self._ended, _OPEN
        if ended is not None and ended <= due:
            state = _WAIVED
        elif (self._now if ended is None else ended) > due:
            state = _OVERDUE
        elif left <= self._soon:
            state = _DUE_SOON
        vague = self._vague is not None and starts == self._vague
        return Clock(starts, starts_from, due, stands_in, vague, state, whole_minutes(left))

    def _add(self, duty: Duty, clock: Clock) -> None:
        """A limit with its clock, met by what was sent or running."""
        limit = Limit(duty, clock, self._ended is not None)
        self.found.append(limit)
        met = self._met(limit) if duty.ours and not duty.row.repeats else None
        if met is None:
            return
        limit.met_at, limit.ended = met, False
        limit.state = _MET if met <= clock.due else _MET_LATE
        if duty.row.receipt:
            confirmed = any(
                a.to == duty.to and (a.form is None or a.form in duty.row.met_by) and a.at >= met
                for a in self._acks
            )
            limit.receipt = "confirmed" if confirmed else "waiting"

    def _met(self, limit: Limit) -> datetime | None:
        """When the first report went out that meets the limit."""
        if not self._sent:
            return None
        to, forms = limit.duty.to, limit.duty.row.met_by
        return min((s.at for s in self._sent if s.to == to and s.form in forms), default=None)


def _end(step: Step, starts: datetime, latest: datetime | None) -> datetime | None:
    """When the first of the row's clocks runs out: its minutes, the next of its times of the day, `latest`."""
    due = latest
    if step.within is not None:
        own = starts + step.within
        if due is None or own < due:
            due = own
    for hour, minute in step.daily:
        clock = starts.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if clock <= starts:
            clock += timedelta(days=1)
        if due is None or clock < due:
            due = clock
    return due


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
