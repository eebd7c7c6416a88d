"""The fold: what a case is, computed from its entries each time.

It is total: kinds and fields that it does not know are passed over and stay in the ledger, and
an entry that contradicts what the case is by then (a report on a closed case) is kept as a finding.
An entry that a later one takes back (撤销) changes nothing; taken back itself, that one counts no more.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from jinji_report.model.case import NOT_REPORTED, Case, Contradiction, Made, OfficerDecision
from jinji_report.model.chain import LINKS
from jinji_report.model.entry import Entry
from jinji_report.model.facts import Facts, as_text
from jinji_report.model.verdict import Verdict
from jinji_report.moments import parse_moment
from jinji_report.vocabulary import GRADES, Decision, EntryKind, Line, Side, Status, Tier


def fold(entries: Iterable[Entry]) -> dict[str, Case]:
    """The cases of a ledger, in the order in which they were opened."""
    told: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.case:  # an entry of the ledger itself (归档, 修复) is of no case
            told.setdefault(entry.case, []).append(entry)
    cases = {number: fold_case(number, own) for number, own in told.items()}
    for case in cases.values():
        gather(case, cases.get)
    return cases


def fold_case(number: str, entries: Sequence[Entry]) -> Case:
    """The case of these entries, which are its own and in the order of the ledger; there is at least one.

    What other cases brought in is not in it yet; see `absorb`.
    """
    case = Case(number, entries[0])
    case.voided = taken_back(entries)
    for entry in entries:
        if entry.id in case.voided:
            case.entries.append(entry)
        else:
            take(case, entry)
    # A case of which nothing is left that opened it is none, whatever else was done about it.
    opening = [entry for entry in entries if entry.kind in _OPENING] or entries[:1]
    if case.voided and all(entry.id in case.voided for entry in opening):
        case.status = Status.VOID
    return case


def taken_back(entries: Sequence[Entry]) -> dict[str, Entry]:
    """The ids of the entries that count no more, each with the 撤销 that took it back.

    Only what stands before a 撤销 can be taken back by it; one that was taken back itself takes nothing back.
    """
    if not any(entry.kind == EntryKind.UNDONE for entry in entries):
        return {}
    places = {entry.id: place for place, entry in enumerate(entries)}
    voided: dict[str, Entry] = {}
    for place in range(len(entries) - 1, -1, -1):
        entry = entries[place]
        if entry.kind == EntryKind.UNDONE and entry.id not in voided:
            named = entry.data.get("voids")
            for name in named if isinstance(named, list) else ():
                if isinstance(name, str) and places.get(name, place) < place:
                    voided.setdefault(name, entry)
    return voided


def undoing(undone: Sequence[Entry]) -> dict[tuple[str, str], Entry]:
    """What the 撤销 of a whole ledger take back: (case, id) → the one that does so; `undone` are all of them.

    Whether an entry stands before that one, and so is really taken back, is for the caller to see.
    """
    by_case: dict[str, list[Entry]] = {}
    for entry in undone:
        by_case.setdefault(entry.case, []).append(entry)
    found: dict[tuple[str, str], Entry] = {}
    for case, own in by_case.items():
        voided = taken_back(own)
        for entry in reversed(own):
            named = entry.data.get("voids")
            if entry.id not in voided and isinstance(named, list):
                for name in named:
                    if isinstance(name, str):
                        found.setdefault((case, name), entry)
    return found


def take(case: Case, entry: Entry) -> None:
    """One entry more. One that has not the shape of its kind is kept, changes nothing, and is told."""
    case.entries.append(entry)
    change = _CHANGES.get(entry.kind)
    if change is None:
        return
    against = _against(case, entry)
    if against:
        case.contradictions.append(Contradiction(entry, against))
    try:
        change(case, entry)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        case.contradictions.append(Contradiction(entry, f"{entry.kind}的内容读不出来，未采用"))


def gather(case: Case, find: Callable[[str], Case | None]) -> None:
    """Absorb the cases that were merged into this one, and those that had been merged into them.

    `find` gives a case by its number, or None; it is asked only where something was merged.
    """
    seen = {case.number}
    waiting = [(case, number) for number in case.merged]
    for into, number in waiting:
        other = None if number in seen else find(number)
        if other is not None and other.merged_into == into.number:
            seen.add(number)
            absorb(case, other)
            waiting += [(other, further) for further in other.merged]


def absorb(case: Case, other: Case) -> None:
    """Count what went out about `other`, which was found to be the same incident, as gone out about `case`.

    Facts and verdict stay those of `case`; a clock that ran for either runs from the earlier moment.
    What `other` has itself absorbed is left out; see `gather`.
    """
    case.absorbed.append(other)
    case.sent = sorted([*case.sent, *_own(other, other.sent)], key=lambda entry: entry.at)
    case.acks = sorted([*case.acks, *_own(other, other.acks)], key=lambda entry: entry.at)
    case.chain.absorb(other.chain, other.number)
    case.contradictions = [
        one for one in case.contradictions if one.text != _NEVER_SENT or not _was_sent(case, one.entry)
    ]
    first, its = case.facts.moments.get("received"), other.facts.moments.get("received")
    if its is not None and (first is None or its < first):
        case.facts = case.facts.with_changes(moments=case.facts.moments | {"received": its})


def _own(case: Case, entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.case == case.number]


def _against(case: Case, entry: Entry) -> str:
    """What speaks against the entry, as the case is before it; nothing in an ordinary ledger."""
    kind = entry.kind
    if entry.at - entry.recorded > _SKEW:
        return f"{kind}的发生时间晚于登记时间"
    if kind == EntryKind.RECEIVED:
        return "同一案卷又有一次接报" if len(case.entries) > 1 and case.rumour is None else ""
    if kind == EntryKind.LEAD:
        return "同一案卷又有线索" if len(case.entries) > 1 else ""
    if case.status == Status.LEAD and kind in _OF_AN_INCIDENT:
        return f"线索没有转为事件就有{kind}"
    if kind == EntryKind.REOPENED:
        return "" if case.status == Status.CLOSED else "没有结案就重开"
    if case.status == Status.MERGED and kind != EntryKind.ANSWER:
        return f"并入{case.merged_into}后又有{kind}"
    if case.status == Status.CLOSED and kind not in _AFTER_THE_END:
        return f"结案后又有{kind}"
    if kind == EntryKind.ANSWER:
        asked = [one.at for one in case.chain.requests if one.id == entry.data.get("request")]
        if not asked:
            return "没有这项要求就有办理"
        return "办理的时间早于要求" if entry.at < asked[0] else ""
    return _NEVER_SENT if kind == EntryKind.ACK and not _was_sent(case, entry) else ""


def _was_sent(case: Case, ack: Entry) -> bool:
    """Something had gone out by then to the office that confirms."""
    to = ack.data.get("to")
    return any(one.data.get("to") == to and one.at <= ack.at for one in case.sent)


def _told(case: Case, entry: Entry) -> None:
    case.facts = Facts.from_json(entry.data["incident"])
    if case.status == Status.LEAD and entry.kind == EntryKind.RECEIVED and case.chain.lead is not None:
        case.chain.lead.promoted_at = entry.at
        case.status = Status.OPEN


def _linked(case: Case, entry: Entry) -> None:
    case.chain.take(entry)
    if len(case.entries) == 1 and "title" in entry.data:  # a 抽查 of the desk, which is about no incident
        case.facts = Facts(title=as_text(entry.data["title"]))


def _rumoured(case: Case, entry: Entry) -> None:
    if len(case.entries) > 1:
        return  # what is a case already owes what it owes
    case.chain.take(entry)
    case.facts = Facts.from_json(entry.data["incident"])
    case.status = Status.LEAD


def _judged(case: Case, entry: Entry) -> None:
    verdict = Verdict.from_json(entry.data["verdict"])
    first = case.verdict is None
    # Something that was true from the start (a first verdict, a corrected reading) earns no later clock.
    since = None if first or entry.data.get("correction") else entry.at
    known = {} if since is None else _known_before(entry)
    own = case.decision
    if own is not None and not own.lapsed and _graver(verdict, case.verdict):
        own.lapsed = True
        if own.decision == NOT_REPORTED:  # what nobody had to send until now has its clock from the news
            case.demanded = {place: known.get(place, entry.at) for place in case.demanded}
    for office in verdict.report_to:
        place = office.tier, office.line
        case.demanded.setdefault(place, known.get(place, since))
    if verdict.decision != Decision.KEEP:
        _charge(case, verdict, min(known.values(), default=since))
    case.verdict = verdict


def _charge(case: Case, verdict: Verdict, since: datetime | None) -> None:
    """Each 责任单位 owes its report from when it was first charged; a township that was named since, as the 属地 was."""
    places = [] if case.verdict is None else [_unit(one) for one in case.verdict.owners if _is_local(one)]
    known = next((name for name in places if name in case.charged), None)
    for owner in verdict.owners:
        own = case.charged[known] if known is not None and _is_local(owner) else since
        case.charged.setdefault(_unit(owner), own)


def _unit(owner: Mapping[str, Any]) -> str:
    return as_text(owner.get("unit", ""))


def _is_local(owner: Mapping[str, Any]) -> bool:
    return owner.get("side") == Side.LOCALITY


def _known_before(entry: Entry) -> dict[tuple[Tier, Line], datetime]:
    """When this desk first knew what makes an office owed, where that is before the entry (统一口径)."""
    told = entry.data.get("known") or ()
    return {(Tier(one["tier"]), Line(one["line"])): parse_moment(one["at"]) for one in told}


def _graver(verdict: Verdict, before: Verdict | None) -> bool:
    """The grade rose, or an office must be told that needed not, or not surely."""
    if before is None:
        return False
    grades = [
        -1 if v.grade is None or v.grade.low is None else GRADES.index(v.grade.low) for v in (before, verdict)
    ]
    must = [
        {(o.tier, o.line) for o in v.report_to if o.decision == Decision.REPORT} for v in (before, verdict)
    ]
    return grades[1] > grades[0] or not must[1] <= must[0]


def _written(case: Case, entry: Entry) -> None:
    made = Made(entry, case.facts, case.verdict)
    base = entry.data.get("base")
    if made.since is not None and isinstance(base, str):
        made.since = _place_of(case, base, made.since)
    case.made.append(made)


def _place_of(case: Case, base: str, place: int) -> int | None:
    """Where the report of that id stands now that others may have been taken back; the newest where it was itself."""
    if place < len(case.made) and case.made[place].id == base:
        return place
    newest = len(case.made) - 1 if case.made else None
    return next((place for place, made in enumerate(case.made) if made.id == base), newest)


def _sent(case: Case, entry: Entry) -> None:
    case.sent.append(entry)


def _acked(case: Case, entry: Entry) -> None:
    case.acks.append(entry)


def _decided(case: Case, entry: Entry) -> None:
    case.decision = OfficerDecision(
        entry.at, entry.by, as_text(entry.data["decision"]), as_text(entry.data.get("reason", ""))
    )


def _closed(case: Case, entry: Entry) -> None:
    case.status = Status.CLOSED
    case.closed_at = entry.at


def _reopened(case: Case, entry: Entry) -> None:
    case.status = Status.OPEN if case.rumour is None else Status.LEAD
    case.closed_at = None
    case.reopened_at = entry.at


def _merged(case: Case, entry: Entry) -> None:
    if "into" in entry.data:
        case.merged_into = as_text(entry.data["into"])
        case.status = Status.MERGED
    else:
        case.merged.append(as_text(entry.data["from"]))


_CHANGES = {
    EntryKind.RECEIVED.value: _told,
    EntryKind.FACTS.value: _told,
    EntryKind.VERDICT.value: _judged,
    EntryKind.REPORT.value: _written,
    EntryKind.SENT.value: _sent,
    EntryKind.ACK.value: _acked,
    EntryKind.DECISION.value: _decided,
    EntryKind.CLOSED.value: _closed,
    EntryKind.REOPENED.value: _reopened,
    EntryKind.MERGED.value: _merged,
    EntryKind.LEAD.value: _rumoured,
    **dict.fromkeys(LINKS, _linked),
}

_OPENING = (EntryKind.RECEIVED, EntryKind.LEAD)

_OF_AN_INCIDENT = (EntryKind.FACTS, EntryKind.SENT, EntryKind.ACK, EntryKind.DECISION)

# What may still come about a closed case: receipts, what others did or knew, and that it was another one.
_AFTER_THE_END = (
    EntryKind.ACK,
    EntryKind.MERGED,
    EntryKind.REQUEST,
    EntryKind.ANSWER,
    EntryKind.UNIT_REPORT,
    EntryKind.RELEASED,
    EntryKind.BACKFLOW,
)
_NEVER_SENT = "没有报送就有回执"
_SKEW = timedelta(minutes=1)
