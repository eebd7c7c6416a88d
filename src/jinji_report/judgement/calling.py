"""叫应 (R26): whom to call now about a case: the tree that holds at this hour, without those already called in vain."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from jinji_report.model.chain import Called
from jinji_report.standards.rows import Contact, Standards


class CallState(StrEnum):
    """Where one contact of the tree stands."""

    WAITING = "待叫"
    UNREACHABLE = "叫不通"
    REACHED = "叫通"


ANY_TIME, AT_WORK, OFF_WORK = "任何时间", "工作时间", "非工作时间"


class Rung:
    """One contact of the tree: its state, how often it was called in vain, and when it was called last."""

    __slots__ = ("at", "contact", "state", "tries")

    def __init__(self, contact: Contact, called: Sequence[Called]) -> None:
        own = [one for one in called if is_about(one, contact)]
        self.contact = contact
        self.tries = sum(not one.reached for one in own)
        self.at = max((one.at for one in own), default=None)
        self.state = CallState.WAITING
        if own:
            self.state = CallState.REACHED if any(one.reached for one in own) else CallState.UNREACHABLE


class Tree:
    """The tree that holds at this hour, in the order of calling.

    `hours`: 工作时间 or 非工作时间. `answered`: the first call of the case that was answered, which ends it.
    `next`: whom to call now, None once somebody answered; when all were called in vain, it begins anew (`again`).
    """

    __slots__ = ("again", "answered", "hours", "next", "rungs")

    def __init__(self, hours: str, rungs: Sequence[Rung], answered: Called | None) -> None:
        self.hours = hours
        self.rungs = tuple(rungs)
        self.answered = answered
        fewest = min((rung.tries for rung in rungs), default=0)
        open_rungs = [] if answered is not None else [rung for rung in rungs if rung.tries == fewest]
        self.next = open_rungs[0].contact if open_rungs else None
        self.again = bool(open_rungs) and fewest > 0


def tree_at(
    now: datetime, contacts: Iterable[Contact], called: Sequence[Called], standards: Standards
) -> Tree:
    """The call tree as it stands at `now`, after the calls of the case."""
    hours = AT_WORK if at_work(now, standards) else OFF_WORK
    own = [one for one in contacts if one.call is not None and one.hours in (ANY_TIME, hours)]
    own.sort(key=lambda one: one.call or 0)
    answered = min((one for one in called if one.reached), key=lambda one: one.at, default=None)
    return Tree(hours, [Rung(contact, called) for contact in own], answered)


def at_work(now: datetime, standards: Standards) -> bool:
    """It is a time at which people are at their desks; standards that say nothing of hours know of none."""
    day, clock = now.date(), f"{now:%H:%M}"
    for row in standards.on(day).hours:
        free = any(standards.windows[name].holds(day) for name in row.holidays)
        works = day in row.worked or (day.weekday() in row.weekdays and not free)
        if works and any(start <= clock < end for start, end in row.spans):
            return True
    return False


def is_about(call: Called, contact: Contact) -> bool:
    """The call went to this contact, or to the same phone of the same unit under another place in the tree."""
    if call.contact == contact.id:
        return True
    return bool(contact.phone) and (call.phone, call.unit) == (contact.phone, contact.unit)
