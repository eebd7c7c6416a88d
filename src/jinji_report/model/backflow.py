"""倒灌 (R27): who knew of an incident before this desk had reported it, as its entries show."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from jinji_report.model.case import Case
from jinji_report.moments import iso
from jinji_report.vocabulary import KnewFirst, RequestKind, SourceKind, Tier

_BY_LEAD = {SourceKind.WEB.value: KnewFirst.WEB, SourceKind.MEDIA.value: KnewFirst.MEDIA}
_SHOWS_KNOWLEDGE = (RequestKind.VERIFICATION, RequestKind.INSTRUCTION)  # a 抽查 need not know of anything


class KnewBefore:
    """`who` knew of it at `at`, before this desk had reported it there; `text` says where that is seen.

    `entered`: an officer entered it, else it follows from the other entries.
    """

    __slots__ = ("at", "entered", "text", "who")

    def __init__(self, who: KnewFirst, at: datetime, text: str, *, entered: bool) -> None:
        self.who = who
        self.at = at
        self.text = text
        self.entered = entered

    def to_json(self) -> dict[str, Any]:
        return {"who": self.who.value, "at": iso(self.at), "text": self.text, "entered": self.entered}


def backflows_of(case: Case) -> list[KnewBefore]:
    """Each that knew first, once, in the order of the moments: as it was entered, else as the entries show it."""
    if case.rumour is not None or not (case.linked or case.absorbed):
        return []
    found: dict[KnewFirst, KnewBefore] = {}
    entered = [KnewBefore(one.who, one.at, one.text, entered=True) for one in case.chain.backflows]
    for one in (*entered, *sorted(_seen(case), key=lambda seen: seen.at)):
        found.setdefault(one.who, one)
    return sorted(found.values(), key=lambda one: one.at)


def _seen(case: Case) -> Iterator[KnewBefore]:
    """What shows that somebody knew: a request from an office that had been sent nothing, a lead of the web or the media."""
    sent = list(_sent(case))
    for request in case.chain.requests:
        told = any(tier == request.tier and at <= request.at for tier, at in sent)
        if request.kind in _SHOWS_KNOWLEDGE and not told:
            text = f"{request.office}来{request.kind}时本单位还没有报过"
            yield KnewBefore(KnewFirst.ABOVE, request.at, text, entered=False)
    for one in (case, *case.absorbed):
        lead = one.chain.lead
        who = None if lead is None or lead.kind is None else _BY_LEAD.get(lead.kind)
        if lead is not None and who is not None and not any(at <= lead.at for _, at in sent):
            text = f"先见于{lead.channel or lead.kind}，由线索得知"
            yield KnewBefore(who, lead.at, text, entered=False)


def _sent(case: Case) -> Iterator[tuple[Tier, datetime]]:
    """To which tier something went, and when; an entry that has not the shape is passed over."""
    for entry in case.sent:
        try:
            yield Tier(entry.data["to"]["tier"]), entry.at
        except (KeyError, TypeError, ValueError):
            continue
