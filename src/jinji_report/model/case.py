"""案卷: what an incident looks like now, folded from its entries.

Nothing here is stored: the ledger knows only entries, and a case is computed from them each time.
The fold is total: kinds and fields that it does not know are passed over and stay in the ledger.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from jinji_report.model.entry import Entry
from jinji_report.model.facts import Facts
from jinji_report.vocabulary import EntryKind, Stage, Status


class Made:
    """A report that was written: what it said, on which facts it rests, and since which it tells changes."""

    __slots__ = ("at", "correction", "incident", "number", "since", "stage", "text", "title", "verdict")

    def __init__(
        self,
        at: datetime,
        data: Mapping[str, Any],
        incident: Mapping[str, Any],
        verdict: Mapping[str, Any] | None,
    ) -> None:
        self.at = at
        self.stage = Stage(data["stage"])
        self.number: int = data.get("number", 0)
        self.title: str = data.get("title", "")
        self.text: str = data.get("text", "")
        # The place in `Case.made` of the report that the reader had before; None for a whole report.
        self.since: int | None = data.get("since")
        self.correction: bool = data.get("correction", False)
        self.incident = incident
        self.verdict = verdict

    @property
    def facts(self) -> Facts:
        return Facts.from_json(self.incident)


class OfficerDecision:
    """决定: what the officer decided against or with the verdict, and why (应报, 不报)."""

    __slots__ = ("at", "by", "decision", "reason")

    def __init__(self, at: datetime, by: str, decision: str, reason: str) -> None:
        self.at = at
        self.by = by
        self.decision = decision
        self.reason = reason


class Case:
    """One incident with everything that was done about it.

    `incident` and `verdict` are the newest, in the shapes of design §5. `demanded` maps
    (tier, line) to when it was first asked for by later news, or None if the first verdict did.
    """

    __slots__ = (
        "acks",
        "closed_at",
        "decision",
        "demanded",
        "entries",
        "incident",
        "made",
        "number",
        "opened_at",
        "recorded",
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
        self.incident: Mapping[str, Any] = {}
        self.verdict: Mapping[str, Any] | None = None
        self.demanded: dict[tuple[str, str], datetime | None] = {}
        self.made: list[Made] = []
        self.sent: list[Entry] = []
        self.acks: list[Entry] = []
        self.decision: OfficerDecision | None = None
        self.entries: list[Entry] = []

    @property
    def facts(self) -> Facts:
        return Facts.from_json(self.incident)

    @property
    def title(self) -> str:
        """What to call it in a list: the title of its newest first report, else place and category."""
        for made in self.made:
            if made.title:
                return made.title
        place = (self.incident.get("place") or {}).get("text", "")
        return f"{place}{self.incident.get('category') or '事件'}"

    @property
    def last_change(self) -> datetime:
        return self.entries[-1].recorded

    def last_sent_report(self) -> int | None:
        """The place in `made` of the newest report that any office was sent."""
        keys = {(e.data.get("stage"), e.data.get("number", 0)) for e in self.sent}
        found = [i for i, made in enumerate(self.made) if (made.stage.value, made.number) in keys]
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
        except (KeyError, TypeError, ValueError, AttributeError):
            return


def _told(case: Case, entry: Entry) -> None:
    case.incident = entry.data["incident"]


def _judged(case: Case, entry: Entry) -> None:
    verdict = entry.data["verdict"]
    first = case.verdict is None
    # Something that was true from the start (a first verdict, a corrected reading) earns no later clock.
    since = None if first or entry.data.get("correction") else entry.at
    for office in verdict["report_to"]:
        case.demanded.setdefault((office["tier"], office["line"]), since)
    case.verdict = verdict


def _written(case: Case, entry: Entry) -> None:
    case.made.append(Made(entry.at, entry.data, case.incident, case.verdict))


def _sent(case: Case, entry: Entry) -> None:
    case.sent.append(entry)


def _acked(case: Case, entry: Entry) -> None:
    case.acks.append(entry)


def _decided(case: Case, entry: Entry) -> None:
    case.decision = OfficerDecision(
        entry.at, entry.by, entry.data["decision"], entry.data.get("reason", "")
    )


def _closed(case: Case, entry: Entry) -> None:
    case.status = Status.CLOSED
    case.closed_at = entry.at


def _reopened(case: Case, entry: Entry) -> None:
    case.status = Status.OPEN
    case.closed_at = None


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
