"""案卷: what an incident looks like now, with everything that was done about it.

Nothing here is stored: the ledger knows only entries, and `fold` computes a case from them each time.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jinji_report.model.entry import Entry
from jinji_report.model.facts import Facts, as_text
from jinji_report.model.verdict import Verdict
from jinji_report.vocabulary import EntryKind, Line, Stage, Status, Tier

if TYPE_CHECKING:
    from jinji_report.model.chain import Chain, Lead

NOT_REPORTED = "不报"
NOT_JUDGED = "未研判"
SECRET_TITLE = "涉密事件"


class Made:
    """A report that was written: what it said, on which facts it rests, and since which it tells changes."""

    __slots__ = (
        "at",
        "correction",
        "facts",
        "id",
        "number",
        "recorded",
        "request",
        "since",
        "stage",
        "text",
        "title",
        "verdict",
    )

    def __init__(self, entry: Entry, facts: Facts, verdict: Verdict | None) -> None:
        data = entry.data
        self.id = entry.id
        self.at = entry.at
        self.recorded = entry.recorded
        self.stage = Stage(data["stage"])
        self.number = _whole(data.get("number", 0))
        self.title = as_text(data.get("title", ""))
        self.text = as_text(data.get("text", ""))
        # The place in `Case.made` of the report that the reader had before; None for a whole report.
        self.since = None if data.get("since") is None else _whole(data["since"])
        self.correction = data.get("correction") is True
        # Which request from above a 批示反馈 answers, by its entry; "" for every other report.
        self.request = as_text(data.get("request", ""))
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


class Way:
    """The channel that a 涉密事件 goes by, and the offices that get it, each by tier, line and name."""

    __slots__ = ("channel", "to")

    def __init__(self, told: Mapping[str, Any]) -> None:
        """Raises KeyError, TypeError, ValueError for what has not the shape."""
        self.channel = as_text(told["channel"])
        self.to = [(Tier(one["tier"]), Line(one["line"]), as_text(one["office"])) for one in told["to"]]

    def __str__(self) -> str:
        names = "、".join(name for _, _, name in self.to)
        return f"涉密：{self.channel}{f' → {names}' if names else ''}"


class Contradiction:
    """An entry that cannot be as it says, beside those before it; `text` is a Chinese clause."""

    __slots__ = ("entry", "text")

    def __init__(self, entry: Entry, text: str) -> None:
        self.entry = entry
        self.text = text

    def __repr__(self) -> str:
        return f"<Contradiction {self.entry.seq} {self.text}>"


class Case:
    """One incident with everything that was done about it.

    `facts` and `verdict` are the newest. `demanded` maps (tier, line) to when it was first asked for
    by later news, or None if the first verdict did; `charged` does so for the 责任单位, each by its name.
    `sent` and `acks` are their entries.
    `entries` are all of them; `voided` maps the id of each that was taken back to the entry that did so.
    `chain` is what was told, asked and answered along the chain of duty.
    `merged_into` is the case that this one was found to be, `merged` those that were found to be this
    one, and `absorbed` what those brought in.
    """

    __slots__ = (
        "_chain",
        "absorbed",
        "acks",
        "charged",
        "closed_at",
        "contradictions",
        "decision",
        "demanded",
        "entries",
        "facts",
        "made",
        "merged",
        "merged_into",
        "number",
        "opened_at",
        "recorded",
        "reopened_at",
        "sent",
        "status",
        "verdict",
        "voided",
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
        self.charged: dict[str, datetime | None] = {}
        self.made: list[Made] = []
        self.sent: list[Entry] = []
        self.acks: list[Entry] = []
        self.decision: OfficerDecision | None = None
        self.entries: list[Entry] = []
        self.voided: dict[str, Entry] = {}
        self.merged_into: str | None = None
        self.merged: list[str] = []
        self.absorbed: list[Case] = []
        self.contradictions: list[Contradiction] = []
        self._chain: Chain | None = None

    @property
    def chain(self) -> "Chain":
        """What was told, asked and answered along the chain of duty."""
        if self._chain is None:
            from jinji_report.model.chain import Chain

            self._chain = Chain()
        return self._chain

    @property
    def linked(self) -> bool:
        """Something was entered of the chain of duty."""
        return self._chain is not None

    @property
    def asked(self) -> bool:
        """The office above asked for something that is not done with."""
        return self._chain is not None and any(one.ended_at is None for one in self._chain.requests)

    @property
    def rumour(self) -> "Lead | None":
        """The 线索 that this case still is, or was closed as; None for an incident."""
        lead = None if self._chain is None else self._chain.lead
        return lead if lead is not None and lead.promoted_at is None else None

    @property
    def title(self) -> str:
        """What to call it in a list: the core of its newest report's title, else place and category.

        A case that was taken back is still called what it was called.
        """
        titles = [self.facts.title, *(made.title for made in reversed(self.made))]
        if self.status == Status.VOID:
            titles += _titles_of(reversed(self.entries))
        if any(titles):
            return next(title for title in titles if title)
        place = self.facts.place.text if self.facts.place is not None else ""
        return f"{place}{self.facts.category or '事件'}"

    @property
    def without_incident(self) -> bool:
        """It was opened by a 上级要求 that is about no incident (抽查), and nobody has told of one since."""
        opened = bool(self.entries) and self.entries[0].kind == EntryKind.REQUEST
        return opened and self.facts.occurred is None and self.facts.category is None

    @property
    def secret(self) -> "Way | None":
        """How a 涉密事件 goes up, of which nothing else is told here; None for any other case."""
        told = self.entries[0].data.get("secret") if self.entries else None
        try:
            return None if told is None else Way(told)
        except (KeyError, TypeError, ValueError):
            return None

    def last_sent_report(self) -> int | None:
        """The place in `made` of the newest report that any office was sent; those of merged cases are none of `made`.

        A 批示反馈 is none: it tells what was done, and not how the incident stands.
        """
        own = [entry.data for entry in self.sent if entry.case == self.number]
        pairs = ((data.get("stage"), data.get("number", 0)) for data in own)
        told = {
            (stage, number)
            for stage, number in pairs
            if isinstance(stage, str) and isinstance(number, int) and stage != Stage.FEEDBACK
        }
        newest_first = reversed(range(len(self.made)))
        return next(
            (i for i in newest_first if (self.made[i].stage.value, self.made[i].number) in told), None
        )


def effective_decision(case: Case) -> str:
    """The officer's own decision where one still stands, else the verdict's, or 未研判 where there is none.

    Nothing of a case that was taken back.
    """
    if case.status == Status.VOID:
        return ""
    if case.decision is not None and not case.decision.lapsed:
        return case.decision.decision
    return NOT_JUDGED if case.verdict is None else case.verdict.decision.value


def _titles_of(entries: Iterable[Entry]) -> Iterator[str]:
    """What these entries called the case."""
    for entry in entries:
        told = entry.data.get("incident")
        title = told.get("title") if isinstance(told, dict) else entry.data.get("title")
        if isinstance(title, str) and title:
            yield title


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"not a whole number: {value!r}")
    if value < 0:
        raise ValueError(f"less than none: {value}")
    return value
