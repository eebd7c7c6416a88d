"""Limits that an entry of the case brings: 上级要求, 会商, and what each 责任单位 owes of its own.

They stand beside those of the way up (`limits`), are never stored either, and run by the rows in force on
the day of the request, or on the day of the incident.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from jinji_report.judgement.bounds import day_of
from jinji_report.judgement.clocks import Clock, Moments, end_of
from jinji_report.judgement.duties import Duty
from jinji_report.judgement.holding import rows_holding
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.units import units_of
from jinji_report.model.case import Case
from jinji_report.model.chain import Request
from jinji_report.standards.rows import OWNERS, Address, LimitRow, Standards
from jinji_report.vocabulary import (
    AnswerStep,
    ClockStart,
    Decision,
    Form,
    LimitState,
    RequestKind,
)

MEETS = {
    RequestKind.VERIFICATION: (AnswerStep.ANSWERED, AnswerStep.FED_BACK),
    RequestKind.SPOT_CHECK: (AnswerStep.ANSWERED, AnswerStep.FED_BACK),
    RequestKind.INSTRUCTION: (AnswerStep.FED_BACK,),
}
"""Which steps meet the limits of a request: a 批示 is met by what is fed back, not by passing it on.

办结 meets none: what was not due by then is waived, what was stays missed.
"""


def claims(
    case: Case, standards: Standards, now: datetime, ended: datetime | None, *, of_others: bool = True
) -> list[Limit]:
    """The limits that the entries of the case bring, in no order.

    `ended` waives what units owe, not what the office above asked for: that is owed until it is answered.
    """
    found = list(requested(case, standards, now))
    if of_others:
        in_force = standards.on(day_of(case.facts, now))
        moments = Moments(case.facts, now, in_force.due_soon, ended)
        found += _of_owners(case, in_force, now, moments, ended is not None)
        if case.linked and case.chain.consulted:
            found += _consulted(case, in_force, now, moments, ended is not None)
    return found


def open_requests(case: Case, standards: Standards, now: datetime) -> list[Request]:
    """The requests that somebody must still do something about.

    A 批示 is tracked until it is 办结 (R21); any other until it was answered in every form that is asked for.
    """
    return [
        request
        for request in case.chain.requests
        if request.ended_at is None
        and (
            request.kind == RequestKind.INSTRUCTION
            or not any(one.step in MEETS[request.kind] for one in request.answers)
            or any(limit.running for limit in requested(case, standards, now, request))
        )
    ]


def requested(
    case: Case, standards: Standards, now: datetime, only: Request | None = None
) -> Iterator[Limit]:
    """What the office above asked for, by each row of the limits for that kind of request (R20, R21)."""
    for request in case.chain.requests if only is None else (only,):
        in_force = standards.on(request.at.date())
        to = Address(request.tier, request.line)
        rows = [
            row
            for row in in_force.limits
            if row.starts == ClockStart.REQUESTED
            and row.request == request.kind
            and (not row.to or to in row.to)
        ]
        ended = request.ended_at
        moments = Moments(case.facts, now, in_force.due_soon, ended)
        for row in rows_holding(rows, case.facts, now, in_force):
            clock = _clock(moments, row, request.at, ClockStart.REQUESTED)
            if clock is None:
                continue
            duty = Duty(
                row,
                owes=row.owes or in_force.desk.unit,
                ours=not row.owes,
                to=to,
                office=request.office,
                decision=Decision.REPORT,
            )
            duty.label = f"{duty.label} {request.name}"
            duty.before |= {"label": duty.label, "request": request.name}
            limit = Limit(duty, clock, ended is not None)
            _meet(limit, _answers(request, row.met_by))
            yield limit


def _answers(request: Request, forms: tuple[Form, ...]) -> list[datetime]:
    """When it was answered in one of the forms."""
    steps = MEETS[request.kind]
    return [
        one.at for one in request.answers if one.step in steps and one.form in forms and one.at >= request.at
    ]


def owed_by_owners(case: Case) -> bool:
    """The incident is more than kept for reference, so each 责任单位 owes a report of its own."""
    return case.verdict is not None and case.verdict.decision != Decision.KEEP


def _of_owners(
    case: Case, in_force: Standards, now: datetime, moments: Moments, ended: bool
) -> Iterator[Limit]:
    """What each unit of industry and locality owes (R9), while the incident is more than kept for reference.

    Of a unit that only later news brought in, from the moment of that news.
    """
    if case.verdict is None or not owed_by_owners(case):
        return
    rows = [row for row in in_force.limits if row.owes == OWNERS and row.starts not in _BY_ENTRY]
    if not rows:
        return
    heard = heard_of(case, in_force)
    for row in rows_holding(rows, case.facts, now, in_force):
        starts, starts_from = moments.start(row.starts)
        clock = _clock(moments, row, starts, starts_from, stands_in=starts_from != row.starts)
        if clock is None:
            continue
        for owner in case.verdict.owners:
            unit, own = owner["unit"], clock
            since = case.charged.get(unit)
            if since is not None and since > starts:
                own = _clock(moments, row, since, ClockStart.RECEIVED) or clock
            yield from _owed(row, unit, heard.get(unit, ()), in_force, own, ended)


def heard_of(case: Case, in_force: Standards) -> dict[str, list[tuple[datetime, Form | None]]]:
    """Unit → when and in which form it reported, of the 责任单位; who called it in has reported it (None)."""
    called = [(one.facts.source.unit or "", one.opened_at, None) for one in (case, *case.absorbed)]
    told = [*called, *((report.unit, report.at, report.form) for report in case.chain.told)]
    known = [] if case.verdict is None else [owner["unit"] for owner in case.verdict.owners]
    units = units_of(in_force)
    heard: dict[str, list[tuple[datetime, Form | None]]] = {}
    for said, at, form in told:
        unit = units.meant(said, known) if said else None
        if unit is not None:
            heard.setdefault(unit, []).append((at, form))
    return heard


def _owed(
    row: LimitRow,
    unit: str,
    heard: Iterable[tuple[datetime, Form | None]],
    in_force: Standards,
    clock: Clock,
    ended: bool,
) -> Iterator[Limit]:
    """What one unit owes by one row, towards each of its addressees. What was waived is not told late any more."""
    told = [at for at, form in heard if form is None or form in row.met_by]
    for to in row.to:
        duty = Duty(
            row, owes=unit, ours=False, to=to, office=in_force.office_name(to), decision=Decision.REPORT
        )
        limit = Limit(duty, clock, ended)
        if limit.state != LimitState.WAIVED or any(at <= limit.due for at in told):
            _meet(limit, told)
        yield limit


def _consulted(
    case: Case, in_force: Standards, now: datetime, moments: Moments, ended: bool
) -> Iterator[Limit]:
    """How long an opinion that was asked for is waited for; the clocks of the way up run on meanwhile (R6)."""
    from jinji_report.judgement.consulting import rounds_of, row_of  # few cases have any

    desk = Address(in_force.desk.tier, in_force.desk.line)
    for one in rounds_of(case):
        row = row_of(one, case, in_force, now)
        if one.asked is None or row is None or row.answer_within is None:
            continue
        due = one.asked + timedelta(minutes=row.answer_within)
        duty = Duty(
            _opinion(row.id, row.clause, row.answer_within),
            owes=one.unit,
            ours=False,
            to=desk,
            office=in_force.office_name(desk),
            decision=Decision.REPORT,
        )
        limit = Limit(duty, moments.clock(one.asked, ClockStart.REQUESTED, due, False), ended)
        _meet(limit, [] if one.answered is None else [one.answered])
        yield limit


def _opinion(ident: str, clause: str, minutes: int) -> LimitRow:
    """The limit of a consultation, as a row of the limits would say it."""
    return LimitRow(
        {
            "id": ident,
            "clause": clause,
            "confidence": "brief",
            "effective_from": None,
            "effective_to": None,
            "text": f"会商：等意见最多{minutes}分钟，过了先报简要情况",
            "label": "会商意见",
            "owes": "",
            "to": [],
            "form": Form.PHONE.value,
            "met_by": [form.value for form in Form],
            "starts": ClockStart.REQUESTED.value,
            "within": minutes,
            "until_hop": False,
            "after": None,
            "receipt": False,
            "receipt_within": None,
            "repeats": False,
            "request": None,
            "daily": [],
            "categories": [],
            "when": None,
        }
    )


_BY_ENTRY = (ClockStart.REQUESTED, ClockStart.ENDED, ClockStart.SENT, ClockStart.ACKED)


def _clock(
    moments: Moments, row: LimitRow, starts: datetime, starts_from: str, *, stands_in: bool = False
) -> Clock | None:
    """The clock of a row that runs from there; None for one that never runs out."""
    within = None if row.within is None else timedelta(minutes=row.within)
    due = end_of(within, row.daily, starts)
    return None if due is None else moments.clock(starts, starts_from, due, stands_in)


def _meet(limit: Limit, moments: Iterable[datetime]) -> None:
    """Set when it was met, by the first of these moments."""
    met = min(moments, default=None)
    if met is not None:
        limit.meet(met)
