"""The chain of duty in a case: what units reported, what the office above asked for, who was consulted or called.

Each is one entry of the case, read into a plain object; what follows from them (limits, conflicts, a broken
order) is worked out by `judgement`. An entry that has not the shape of its kind raises, and the fold tells it.
"""

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from typing import Any

from jinji_report.model.entry import Entry
from jinji_report.model.facts import as_text
from jinji_report.moments import iso
from jinji_report.quantity import Quantity
from jinji_report.vocabulary import (
    AnswerStep,
    EntryKind,
    Form,
    KnewFirst,
    LeadState,
    Line,
    RequestKind,
    Tier,
)


class Link:
    """What every entry of the chain has: its own `id`, whose case it is, `at` when it happened, and who entered it."""

    __slots__ = ("at", "by", "case", "id")

    def __init__(self, entry: Entry) -> None:
        self.id = entry.id
        self.case = entry.case
        self.at = entry.at
        self.by = entry.by


class UnitReport(Link):
    """单位报告 (R9, R11): what a unit other than this desk reported, `at` when, from its own angle.

    `measures` are its own figures; they change nothing of the case until 统一口径 takes them.
    """

    __slots__ = ("angle", "form", "measures", "person", "recorded", "text", "unit")

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry)
        data = entry.data
        self.recorded = entry.recorded
        self.unit = as_text(data["unit"])
        self.angle = as_text(data.get("angle", ""))
        self.form = Form(data["form"])
        self.person = as_text(data.get("person", ""))
        self.text = as_text(data.get("text", ""))
        self.measures = _measures(data)

    def to_json(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "angle": self.angle,
            "form": self.form.value,
            "person": self.person,
            "text": self.text,
            "at": iso(self.at),
            "by": self.by,
            "measures": {name: one.to_json() for name, one in self.measures.items()},
        }


class Agreed(Link):
    """统一口径 (R15): the one wording that goes up, `sources`: measure → the unit whose figure it is."""

    __slots__ = ("measures", "reason", "sources", "text")

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry)
        data = entry.data
        self.reason = as_text(data.get("reason", ""))
        self.text = as_text(data.get("text", ""))
        self.measures = _measures(data)
        self.sources: dict[str, str] = {
            as_text(name): as_text(unit) for name, unit in (data.get("sources") or {}).items()
        }

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "reason": self.reason,
            "at": iso(self.at),
            "by": self.by,
            "measures": {
                name: {"unit": self.sources.get(name), **one.to_json()} for name, one in self.measures.items()
            },
        }


class Answer(Link):
    """办理: one step of dealing with a request."""

    __slots__ = ("form", "person", "step", "text", "unit")

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry)
        data = entry.data
        self.step = AnswerStep(data["step"])
        self.form = None if data.get("form") is None else Form(data["form"])
        self.unit = as_text(data.get("unit", ""))
        self.person = as_text(data.get("person", ""))
        self.text = as_text(data.get("text", ""))


class Request(Link):
    """上级要求 (R20, R21): what the office above asked for, `at` when it asked, and what was done about it.

    `name` is what the officer calls it (`Q1`), as the entry has it, else counted. `ended_at`: when it was done with.
    """

    __slots__ = ("answers", "kind", "line", "name", "office", "person", "text", "tier")

    def __init__(self, entry: Entry, name: str) -> None:
        super().__init__(entry)
        data = entry.data
        to = data["from"]
        self.name = name
        self.kind = RequestKind(data["request"])
        self.tier = Tier(to["tier"])
        self.line = Line(to["line"])
        self.office = as_text(to["office"])
        self.person = as_text(data.get("person", ""))
        self.text = as_text(data.get("text", ""))
        self.answers: list[Answer] = []

    @property
    def ended_at(self) -> datetime | None:
        return next((one.at for one in self.answers if one.step == AnswerStep.ENDED), None)


class Consulted(Link):
    """会商 (R6): a unit was asked (`opinion` is ""), or told its opinion."""

    __slots__ = ("opinion", "person", "questions", "unit")

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry)
        data = entry.data
        self.unit = as_text(data["unit"])
        self.person = as_text(data.get("person", ""))
        self.questions = tuple(map(as_text, data.get("questions") or ()))
        self.opinion = as_text(data.get("opinion", ""))


class Called(Link):
    """叫应 (R26): somebody was called, and answered or not. `contact`: the row of the standards, "" for none."""

    __slots__ = ("contact", "person", "phone", "reached", "unit")

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry)
        data = entry.data
        self.contact = as_text(data.get("contact", ""))
        self.unit = as_text(data["unit"])
        self.person = as_text(data.get("person", ""))
        self.phone = as_text(data.get("phone", ""))
        if not isinstance(data["reached"], bool):
            raise TypeError("reached is neither yes nor no")
        self.reached: bool = data["reached"]


class Signed(Link):
    """签发 (R25): who consented that a report goes out."""

    __slots__ = ("person", "role")

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry)
        self.person = as_text(entry.data["person"])
        self.role = as_text(entry.data.get("role", ""))


class Released(Link):
    """对外发布 (R15): what went to the public, and through which unit."""

    __slots__ = ("text", "unit")

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry)
        self.unit = as_text(entry.data["unit"])
        self.text = as_text(entry.data.get("text", ""))


class Backflow(Link):
    """倒灌 (R27): who knew of it before this desk had reported it, since when, and where that was seen."""

    __slots__ = ("text", "who")

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry)
        self.who = KnewFirst(entry.data["who"])
        self.text = as_text(entry.data.get("text", ""))


class Lead:
    """线索 (R13): word of an incident that nobody has vouched for yet, and how far it was verified.

    `kind` is the 信息来源 that it came by, where that is told; `unit` who verified it, `result` what they found.
    `promoted_at`: when it became an incident, by a 接报 in the same case.
    """

    __slots__ = ("at", "channel", "kind", "note", "promoted_at", "result", "state", "unit")

    def __init__(self, entry: Entry) -> None:
        source = entry.data["incident"].get("source") or {}
        self.at = entry.at
        self.note = as_text(entry.data.get("note", ""))
        self.channel = as_text(entry.data.get("channel", ""))
        self.kind = None if source.get("kind") is None else as_text(source["kind"])
        self.state = LeadState.NEW
        self.unit = ""
        self.result = ""
        self.promoted_at: datetime | None = None

    def verify(self, entry: Entry) -> None:
        self.state = LeadState(entry.data["state"])
        self.unit = as_text(entry.data.get("unit", ""))
        self.result = as_text(entry.data.get("text", ""))

    def to_json(self) -> dict[str, Any]:
        return {
            "channel": self.channel,
            "known": iso(self.at),
            "state": self.state.value,
            "unit": self.unit,
            "result": self.result,
            "promoted": None if self.promoted_at is None else iso(self.promoted_at),
        }


class Chain:
    """What the entries of a case say of the chain of duty, each kind in the order of the ledger."""

    __slots__ = (
        "agreed",
        "backflows",
        "called",
        "consulted",
        "lead",
        "released",
        "requests",
        "signed",
        "told",
    )

    def __init__(self) -> None:
        self.told: list[UnitReport] = []
        self.agreed: list[Agreed] = []
        self.requests: list[Request] = []
        self.consulted: list[Consulted] = []
        self.called: list[Called] = []
        self.signed: list[Signed] = []
        self.released: list[Released] = []
        self.backflows: list[Backflow] = []
        self.lead: Lead | None = None

    def take(self, entry: Entry) -> None:
        """Take in an entry of one of `LINKS`, or the 线索 that opens a case.

        Raises KeyError, TypeError, ValueError, AttributeError for one that has not the shape of its kind.
        """
        kind = entry.kind
        if kind == EntryKind.ANSWER:
            self.request(as_text(entry.data["request"])).answers.append(Answer(entry))
        elif kind == EntryKind.REQUEST:
            name = as_text(entry.data.get("name", f"Q{len(self.requests) + 1}"))
            self.requests.append(Request(entry, name))
        elif kind == EntryKind.LEAD:
            self.lead = Lead(entry)
        elif kind == EntryKind.VERIFIED:
            if self.lead is None:
                raise ValueError("there is no lead to verify")
            self.lead.verify(entry)
        else:
            name, make = _LISTS[kind]
            getattr(self, name).append(make(entry))

    def absorb(self, other: "Chain", number: str) -> None:
        """Take in what the case `number` brought of its own, which was found to be the same incident.

        Its requests are called by it (`20260305-02:Q1`); what is taken is a copy, since that case stays what it is.
        """
        for name in ("told", "consulted", "called", "released", "backflows"):
            brought = [one for one in getattr(other, name) if one.case == number]
            setattr(self, name, sorted([*getattr(self, name), *brought], key=lambda one: one.at))
        for request in other.requests:
            if request.case == number:
                taken = copy(request)
                taken.name = f"{number}:{request.name}"
                self.requests.append(taken)

    def request(self, ident: str) -> Request:
        """The request of that entry. Raises KeyError."""
        for request in self.requests:
            if request.id == ident:
                return request
        raise KeyError(ident)


_LISTS: dict[str, tuple[str, Any]] = {
    EntryKind.UNIT_REPORT.value: ("told", UnitReport),
    EntryKind.AGREED.value: ("agreed", Agreed),
    EntryKind.CONSULTED.value: ("consulted", Consulted),
    EntryKind.CALLED.value: ("called", Called),
    EntryKind.SIGNED.value: ("signed", Signed),
    EntryKind.RELEASED.value: ("released", Released),
    EntryKind.BACKFLOW.value: ("backflows", Backflow),
}


LINKS = (*_LISTS, EntryKind.REQUEST.value, EntryKind.ANSWER.value, EntryKind.VERIFIED.value)
"""The kinds of entry that `Chain.take` takes, besides the 线索 that opens a case."""


def _measures(data: Mapping[str, Any]) -> dict[str, Quantity]:
    return {as_text(name): Quantity.from_json(one) for name, one in (data.get("measures") or {}).items()}
