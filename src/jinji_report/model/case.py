"""案卷: what an incident looks like now, folded from its entries.

Nothing here is stored: the ledger knows only entries, and a case is computed from them each time.
The fold is total: kinds and fields that it does not know are passed over and stay in the ledger.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from jinji_report.model.entry import Entry
from jinji_report.model.facts import Facts, as_text
from jinji_report.model.verdict import Verdict
from jinji_report.vocabulary import GRADES, Decision, EntryKind, Line, Stage, Status, Tier

NOT_REPORTED = "不报"


class Made:
    """A report that was written: what it said, on which facts it rests, and since which it tells changes."""

    __slots__ = (
        "at",
        "correction",
        "facts",
        "number",
        "recorded",
        "since",
        "stage",
        "text",
        "title",
        "verdict",
    )

    def __init__(self, entry: Entry, facts: Facts, verdict: Verdict | None) -> None:
        data = entry.data
        self.at = entry.at
        self.recorded = entry.recorded
        self.stage = Stage(data["stage"])
        self.number = _whole(data.get("number", 0))
        self.title = as_text(data.get("title", ""))
        self.text = as_text(data.get("text", ""))
        # The place in `Case.made` of the report that the reader had before; None for a whole report.
        self.since = None if data.get("since") is None else _whole(data["since"])
        self.correction = data.get("correction") is True
        self.facts = facts
        self.verdict = verdict


class OfficerDecision:
    """决定: what the officer decided against or with the verdict, and why (应报, 不报).

    `lapsed`: graver news came after it, or news that brings in another office; it was decided on other
    facts, and the verdict counts again until somebody decides anew.
    """

    __slots__ = ("at", "by", "decision", "lapsed", "reason")

    def __init__(self, at: datetime, by: str, decision: str, reason: str) -> None:
        self.at = at
        self.by = by
        self.decision = decision
        self.reason = reason
        self.lapsed = False


class Case:
    """One incident with everything that was done about it.

    `facts` and `verdict` are the newest. `demanded` maps (tier, line) to when it was first asked for
    by later news, or None if the first verdict did. `sent` and `acks` are their entries.
    """

    __slots__ = (
        "acks",
        "closed_at",
        "decision",
        "demanded",
        "entries",
        "facts",
        "made",
        "number",
        "opened_at",
        "recorded",
        "reopened_at",
        "sent",
        "status",
        "verdict",
    )

    def __init__(self, number: str, first: Entry) -> None:
        self.number = number
        self.opened_at = first.at
        self.recorded = first.recorded
        self.status = Status.OPEN
        self.closed_at: datetime | None = None
        self.reopened_at: datetime | None = None
        self.facts = Facts()
        self.verdict: Verdict | None = None
        self.demanded: dict[tuple[Tier, Line], datetime | None] = {}
        self.made: list[Made] = []
        self.sent: list[Entry] = []
        self.acks: list[Entry] = []
        self.decision: OfficerDecision | None = None
        self.entries: list[Entry] = []

    @property
    def title(self) -> str:
        """What to call it in a list: the core of its newest report's title, else place and category."""
        titles = (self.facts.title, *(made.title for made in reversed(self.made)))
        if any(titles):
            return next(title for title in titles if title)
        place = self.facts.place.text if self.facts.place is not None else ""
        return f"{place}{self.facts.category or '事件'}"

    def last_sent_report(self) -> int | None:
        """The place in `made` of the newest report that any office was sent."""
        told = [(entry.data.get("stage"), entry.data.get("number", 0)) for entry in self.sent]
        found = [i for i, made in enumerate(self.made) if (made.stage.value, made.number) in told]
        return found[-1] if found else None


def fold(entries: Iterable[Entry]) -> dict[str, Case]:
    """The cases of a ledger, in the order in which they were opened."""
    cases: dict[str, Case] = {}
    for entry in entries:
        case = cases.get(entry.case)
        if case is None:
            case = cases[entry.case] = Case(entry.case, entry)
        take(case, entry)
    return cases


def take(case: Case, entry: Entry) -> None:
    """One entry more. An entry that has not the shape of its kind is kept and changes nothing."""
    case.entries.append(entry)
    change = _CHANGES.get(entry.kind)
    if change is not None:
        try:
            change(case, entry)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            return


def _told(case: Case, entry: Entry) -> None:
    case.facts = Facts.from_json(entry.data["incident"])


def _judged(case: Case, entry: Entry) -> None:
    verdict = Verdict.from_json(entry.data["verdict"])
    first = case.verdict is None
    # Something that was true from the start (a first verdict, a corrected reading) earns no later clock.
    since = None if first or entry.data.get("correction") else entry.at
    own = case.decision
    if own is not None and not own.lapsed and _graver(verdict, case.verdict):
        own.lapsed = True
        if own.decision == NOT_REPORTED:  # what nobody had to send until now has its clock from the news
            case.demanded = dict.fromkeys(case.demanded, entry.at)
    for office in verdict.report_to:
        case.demanded.setdefault((office.tier, office.line), since)
    case.verdict = verdict


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
    case.made.append(Made(entry, case.facts, case.verdict))


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
    case.status = Status.OPEN
    case.closed_at = None
    case.reopened_at = entry.at


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"not a whole number: {value!r}")
    return value


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
}
