"""Is this call about an incident that is already on the desk? (R11: several report the same one.)"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from jinji_report.judgement.owners import township
from jinji_report.model.case import Case
from jinji_report.model.facts import Facts
from jinji_report.vocabulary import OTHER_CATEGORY, Status

NEAR_IN_TIME = timedelta(hours=6)
NEAR_IN_CALLS = timedelta(hours=24)  # where one of the two does not say when it happened
SHARED_PLACE = 3  # characters in a row


def alike(facts: Facts, received: datetime, cases: Iterable[Case]) -> Case | None:
    """The newest open case of the same kind, near in time and place; None where there is none."""
    found = None
    for case in cases:
        if (
            case.status != Status.OPEN
            or not facts.place
            or not _same_kind(case.facts.category, facts.category)
        ):
            continue
        other = case.facts
        told = facts.occurred is not None and other.occurred is not None
        apart = abs(_moment(other, case.opened_at) - _moment(facts, received))
        near = apart <= (NEAR_IN_TIME if told else NEAR_IN_CALLS)
        if near and other.place is not None and _share(other.place.text, facts.place.text):
            found = case
    return found


def _moment(facts: Facts, received: datetime) -> datetime:
    return facts.occurred.at if facts.occurred is not None else received


def _same_kind(one: str | None, other: str | None) -> bool:
    unknown = (None, OTHER_CATEGORY)
    return one == other or one in unknown or other in unknown


def _share(one: str, other: str) -> bool:
    """The places have words in common; a shared township alone is none if both tell more."""
    towns = township(one), township(other)
    if towns[0] is not None and towns[0] == towns[1]:
        details = one.partition(towns[0])[2], other.partition(towns[0])[2]
        if not all(details):
            return True
        one, other = details
    shorter, longer = sorted((one, other), key=len)
    size = min(SHARED_PLACE, len(shorter))
    return size > 1 and any(shorter[i : i + size] in longer for i in range(len(shorter) - size + 1))
