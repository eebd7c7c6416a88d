"""What a case still owes: its demands, what was sent and confirmed, and the limits that follow."""

from datetime import datetime

from jinji_report.judgement.bounds import day_of
from jinji_report.judgement.claims import claims
from jinji_report.judgement.hops import Way, way_of
from jinji_report.judgement.limits import Ack, Demand, Limit, Sent, casualty_window_end, in_order, limits
from jinji_report.model.case import NOT_REPORTED, Case
from jinji_report.model.entry import Entry
from jinji_report.model.verdict import OfficeDecision
from jinji_report.standards.rows import Address, Standards
from jinji_report.vocabulary import TIERS, Decision, Form, Line, Stage, Status, Tier


def limits_of(
    case: Case, standards: Standards, now: datetime, *, of_others: bool = True
) -> tuple[Limit, ...]:
    """Every limit of the case as it stands at `now`, earliest due first.

    A case that was taken back owes nothing, and a lead not yet but for what the office above asks about it; what
    is owed about one that was merged is owed by the other.
    """
    if case.status in (Status.VOID, Status.MERGED):
        return ()
    ended = ended_at(case)
    if case.rumour is not None:
        return tuple(sorted(claims(case, standards, now, ended, of_others=False), key=in_order))
    of_the_way = limits(
        case.facts,
        demands_of(case, standards),
        standards,
        now,
        sent=[sent for sent in sent_of(case) if sent.stage != Stage.FEEDBACK],
        acks=acks_of(case),
        ended=ended,
        resumed=case.reopened_at,
        of_others=of_others,
    )
    brought = claims(case, standards, now, ended, of_others=of_others)
    return tuple(sorted([*of_the_way, *brought], key=in_order)) if brought else of_the_way


def way_up(case: Case, standards: Standards, now: datetime) -> Way | None:
    """The hops of the case as they stand at `now`; see `hops.way_of`."""
    told = case.facts.occurred
    in_force = standards.on(day_of(case.facts, now))
    if case.status in (Status.VOID, Status.MERGED) or case.rumour is not None or told is None:
        return None
    return way_of(case.facts, in_force, now, sent=sent_of(case), acks=acks_of(case))


def ended_at(case: Case) -> datetime | None:
    """When the duty to report ended: the case was closed, or the officer decided not to report."""
    if case.status == Status.CLOSED:
        return case.closed_at
    own = case.decision
    if own is not None and own.decision == NOT_REPORTED and not own.lapsed:
        return own.at
    return None


def demands_of(case: Case, standards: Standards) -> tuple[Demand, ...]:
    """The offices of the newest verdict; an officer's 应报 makes the next level's offices owed."""
    offices = [] if case.verdict is None else list(case.verdict.report_to)
    if case.decision is not None and case.decision.decision == Decision.REPORT:
        offices = _reported(offices, next_offices(standards), standards)
    return tuple(Demand(office, case.demanded.get((office.tier, office.line))) for office in offices)


def next_offices(standards: Standards) -> list[Address]:
    """The offices one tier above the desk that some reporting row names."""
    above = TIERS[min(len(TIERS) - 1, TIERS.index(standards.desk.tier) + 1)]
    named = dict.fromkeys(address for row in standards.reports for address in row.to)
    return [address for address in named if address.tier == above]


def sent_of(case: Case) -> tuple[Sent, ...]:
    """The reports that went out, without those whose entry has not the shape."""
    found = (_sent(entry) for entry in case.sent)
    return tuple(sent for sent in found if sent is not None)


def acks_of(case: Case) -> tuple[Ack, ...]:
    found = (_ack(entry) for entry in case.acks)
    return tuple(ack for ack in found if ack is not None)


def window_end(case: Case, standards: Standards) -> datetime | None:
    told = case.facts.occurred
    return casualty_window_end(case.facts.category, None if told is None else told.at, standards)


def _reported(
    offices: list[OfficeDecision], wanted: list[Address], standards: Standards
) -> list[OfficeDecision]:
    kept = [o for o in offices if Address(o.tier, o.line) not in wanted]
    forced = [OfficeDecision(a.tier, a.line, standards.office_name(a), Decision.REPORT) for a in wanted]
    return sorted([*forced, *kept], key=lambda office: TIERS.index(office.tier))


def _sent(entry: Entry) -> Sent | None:
    try:
        data = entry.data
        number = data.get("number", 0)
        if not isinstance(number, int):
            return None
        return Sent(
            _address(data["to"]),
            Form(data["form"]),
            entry.at,
            stage=Stage(data["stage"]),
            number=number,
            channel=data.get("channel", ""),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _ack(entry: Entry) -> Ack | None:
    try:
        form = entry.data.get("form")
        return Ack(
            _address(entry.data["to"]),
            None if form is None else Form(form),
            entry.at,
            person=entry.data.get("person", ""),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _address(data: dict[str, str]) -> Address:
    return Address(Tier(data["tier"]), Line(data["line"]))
