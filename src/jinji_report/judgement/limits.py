"""时限: who owes what, to which office, in which form, by when, and how it stands now.

Limits are never stored: they follow from what must be reported, the standards, and the entries
(reports sent, receipts). The clock runs from the moment that the row names, never from when
something was typed in; where that moment is unknown it runs from the earliest moment known, and
the limit says so (`starts_from`). A limit is kept up to and including its minute (R16: 内 is ≤).
"""

from collections.abc import Hashable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import Any, overload

from jinji_report.jsontext import json_text
from jinji_report.judgement.bounds import day_of
from jinji_report.judgement.clocks import Clock, Moments, end_of
from jinji_report.judgement.duties import Duty, Step, steps_of
from jinji_report.judgement.timetable import Timetable, timetable_of
from jinji_report.model.facts import Facts
from jinji_report.model.verdict import OfficeDecision, Verdict
from jinji_report.moments import iso
from jinji_report.standards.rows import Address, LimitRow, Standards, applies
from jinji_report.vocabulary import ClockStart, Decision, Form, LimitState, Stage

STARTS_LABELS: dict[str, str] = {
    "occurred": "事发",
    "alarm": "接警",
    "discovered": "发现",
    "received": "接报",
    "sent": "上次报送",
    "requested": "要求",
    "ended": "处置结束",
    "acked": "上级收到",
}


_SENT, _ENDED, _ACKED = ClockStart.SENT, ClockStart.ENDED, ClockStart.ACKED
_OPEN, _DUE_SOON, _OVERDUE, _MET, _MET_LATE, _ = LimitState  # looking one up costs more than using it


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


class Limit:
    """One obligation with its clock, which it may share with others.

    `duty` says what is owed, by whom and to which office. `receipt`: None, `waiting`, `confirmed`; `sent_last`:
    when what waits for it went out last. `ended`: the case ended before it was met; it is waived if it was not due
    by then, else missed.
    """

    __slots__ = ("clock", "duty", "ended", "met_at", "receipt", "sent_last", "state")

    def __init__(self, duty: Duty, clock: Clock, ended: bool) -> None:
        self.duty = duty
        self.clock = clock
        self.ended = ended
        self.state = clock.state
        self.met_at: datetime | None = None
        self.receipt: str | None = None
        self.sent_last: datetime | None = None

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
    def receipt_due(self) -> datetime | None:
        """When a report whose receipt is still awaited is due again; None where none is, or nobody says when."""
        within = self.duty.row.receipt_within
        if self.receipt != "waiting" or within is None or self.sent_last is None:
            return None
        return self.sent_last + timedelta(minutes=within)

    def meet(self, at: datetime) -> None:
        """What was owed was done `at` that moment."""
        self.met_at, self.ended = at, False
        self.state = _MET if at <= self.due else _MET_LATE

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
        if self.receipt_due is not None:
            told["receipt_due"] = iso(self.receipt_due)
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
    moments = Moments(facts, now, in_force.due_soon, ended)
    steps = steps_of(facts, day, [demand.office for demand in wanted], in_force)
    if not of_others:
        steps = tuple([step for step in steps if not step.row.owes])
    if not sent and all([demand.since is None for demand in wanted]):
        timetable = timetable_of(steps, moments, in_force)
        pairs = timetable.in_order(timetable.clocks(moments))
        return tuple([Limit(duty, clock, ended is not None) for duty, clock in pairs])
    run = _Run(moments, wanted, sent, acks, ended=ended is not None, resumed=resumed)
    for step in steps:
        run.take(step)
    run.found.sort(key=in_order)
    return tuple(run.found)


def first_limits(
    facts: Facts, verdict: Verdict, standards: Standards, now: datetime, *, on: date | None = None
) -> "FirstLimits":
    """`limits` of a first verdict, of which nothing was reported yet."""
    day = day_of(facts, now)
    in_force = standards.on(on or day)
    moments = Moments(facts, now, in_force.due_soon, None)
    steps = steps_of(facts, day, verdict.report_to, in_force)
    return FirstLimits(timetable_of(steps, moments, in_force), moments)


class FirstLimits(Sequence[Limit]):
    """The limits of an incident of which nothing was reported yet, made when somebody looks at them."""

    __slots__ = ("_clocks", "_limits", "_timetable")

    def __init__(self, timetable: Timetable, moments: Moments) -> None:
        self._timetable = timetable
        self._clocks = timetable.clocks(moments)
        self._limits: list[Limit] | None = None

    def to_text(self) -> str:
        """The JSON text of all of them, as the members of a list."""
        return self._timetable.text(self._clocks)

    def _all(self) -> list[Limit]:
        if self._limits is None:
            pairs = self._timetable.in_order(self._clocks)
            self._limits = [Limit(duty, clock, False) for duty, clock in pairs]
        return self._limits

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, at: int) -> Limit: ...
    @overload
    def __getitem__(self, at: slice) -> list[Limit]: ...
    def __getitem__(self, at: int | slice) -> Limit | list[Limit]:
        return self._all()[at]

    def __iter__(self) -> Iterator[Limit]:
        return iter(self._all())


def limits_text(limits: Sequence[Limit]) -> str:
    """The JSON text of the limits, as the members of a list."""
    if isinstance(limits, FirstLimits):
        return limits.to_text()
    return ", ".join([limit.to_text() for limit in limits])


in_order = attrgetter("clock.due", "duty.rank")
"""The key by which limits stand: the one that is due first leads."""


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
    """The limits of one case as its rows are taken one by one (`found`)."""

    __slots__ = ("_acks", "_ended", "_moments", "_news", "_resumed", "_sent", "_wanted", "found")

    def __init__(
        self,
        moments: Moments,
        wanted: Sequence[Demand],
        sent: Sequence[Sent],
        acks: Sequence[Ack],
        *,
        ended: bool,
        resumed: datetime | None,
    ) -> None:
        self._moments = moments
        self._wanted = wanted
        self._sent = sent
        self._acks = acks
        self._ended = ended
        self._resumed = resumed
        self._news = max([demand.since for demand in wanted if demand.since is not None], default=None)
        self.found: list[Limit] = []

    def take(self, step: Step) -> None:
        """Add the limits of a row that holds."""
        row = step.row
        if row.starts == _ENDED and not self._moments.knows(row.starts):
            return
        firsts = {} if step.after is None else self._firsts(step.after)
        if row.starts == _SENT and not row.owes:
            for place, duty in step.duties if self._sent else ():
                self._cadence(step, duty, self._wanted[place].since, firsts.get(duty.to))
            return
        if row.starts == _ACKED:
            for _, duty in step.duties:
                self._confirmed(step, duty)
            return
        start = self._moments.start(row.starts)
        news = self._news is not None and not row.owes
        clocks: dict[Hashable, Clock | None] = {}  # the offices of one tier share theirs
        for place, duty in step.duties:
            since = self._wanted[place].since if news else None
            first = firsts.get(duty.to) if firsts else None
            met = None if first is None else self._met(first)
            key = duty.to.tier, since, first and first.clock, met
            if key in clocks:
                clock = clocks[key]
            elif since is None:
                clock = clocks[key] = self._clock(step, *start, duty.way, first, met)
            else:
                raised = duty.raised if row.until_hop else None
                clock = clocks[key] = self._clock(step, since, "received", raised, first, met, news=True)
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

    def _confirmed(self, step: Step, duty: Duty) -> None:
        """A limit that runs from when the office above had something, as its first receipt says; none before that."""
        got = min((ack.at for ack in self._acks if ack.to == duty.to), default=None)
        clock = None if got is None else self._clock(step, got, _ACKED, duty.way, None, None)
        if clock is not None:
            self._add(duty, clock)

    def _late_steps(self, step: Step, duty: Duty, times: Sequence[datetime]) -> None:
        """The steps of a cadence that came later than the standard wants; those in time leave no trace."""
        resumed = self._resumed
        for last, following in pairwise(times):
            due = end_of(step.within, step.daily, last)
            if due is None or following <= due or (resumed is not None and last < resumed <= following):
                continue
            late = Limit(duty, self._moments.clock(last, "sent", due, False), False)
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
        due = end_of(step.within, step.daily, starts, latest)
        return None if due is None else self._moments.clock(starts, starts_from, due, stands_in)

    def _add(self, duty: Duty, clock: Clock) -> None:
        """A limit with its clock, met by what was sent or running."""
        limit = Limit(duty, clock, self._ended)
        self.found.append(limit)
        if self._sent and duty.ours and not duty.row.repeats:
            self._meet(limit)

    def _meet(self, limit: Limit) -> None:
        """Set by which report the limit was met, if by any, and whether that was confirmed."""
        met, row, to = self._met(limit), limit.duty.row, limit.duty.to
        if met is None:
            return
        limit.meet(met)
        if row.receipt:
            confirmed = any(
                a.to == to and (a.form is None or a.form in row.met_by) and a.at >= met for a in self._acks
            )
            limit.receipt = "confirmed" if confirmed else "waiting"
            limit.sent_last = max(s.at for s in self._sent if s.to == to and s.form in row.met_by)

    def _met(self, limit: Limit) -> datetime | None:
        """When the first report went out that meets the limit."""
        if not self._sent:
            return None
        to, forms = limit.duty.to, limit.duty.row.met_by
        return min((s.at for s in self._sent if s.to == to and s.form in forms), default=None)
