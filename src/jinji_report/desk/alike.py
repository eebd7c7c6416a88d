"""Is this call about an incident that is already on the desk? (R11: several report the same one.)

A case of another kind, another township, or another time is none. What is left is ranked, with the
reasons for the officer to judge; only what leaves no doubt may be attached without asking.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from jinji_report.desk.same_place import Nearness, elsewhere, nearness
from jinji_report.intake.sequel import speaks_of_known
from jinji_report.ledger.cases import Cases
from jinji_report.model.case import Case
from jinji_report.model.facts import Facts, Occurred
from jinji_report.moments import spoken_span
from jinji_report.quantity import Quantity
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import OTHER_CATEGORY, Status

NEAR_IN_TIME = timedelta(hours=6)
NEAR_IN_CALLS = timedelta(hours=24)  # where one of the two does not say when it happened
NEAR_IN_SEQUELS = timedelta(hours=72)  # where the call says that it is a follow-up
SAME_MOMENT = timedelta(minutes=30)  # two callers' clocks
CLOSED_SINCE = timedelta(days=7)
MOST = 3

_NUMBER = re.compile(r"(?<!\d)\d{8}-\d{2,3}(?!\d)")
_WEIGHTS = {Nearness.SAME: 4, Nearness.NEAR: 2, Nearness.TOWN: 1}
_CLEARLY = 2  # weight by which the first must lead the second to be beyond doubt


class Likeness:
    """A case that a call seems to be about: the reasons, their weight, and whether they leave no doubt."""

    __slots__ = ("case", "reasons", "sure", "weight")

    def __init__(self, case: Case, reasons: Sequence[str], weight: int, *, sure: bool) -> None:
        self.case = case
        self.reasons = tuple(reasons)
        self.weight = weight
        self.sure = sure

    @property
    def open(self) -> bool:
        return self.case.status == Status.OPEN


def alike(
    facts: Facts, received: datetime, cases: Cases, standards: Standards, note: str = ""
) -> tuple[Likeness, ...]:
    """The cases and leads that this call may be about, likeliest first, the open ones before the others."""
    numbers, back = set(_NUMBER.findall(note)), speaks_of_known(note)
    found = []
    told = facts.occurred
    start, end = (received, received) if told is None else (told.at, told.until or told.at)
    span = NEAR_IN_SEQUELS
    for glimpse in cases.near(facts.category, start - span, end + span, received - span, numbers):
        just_closed = glimpse.status == Status.CLOSED and (
            received - (glimpse.closed_at or glimpse.opened_at) <= CLOSED_SINCE
        )
        if glimpse.status not in (Status.OPEN, Status.LEAD) and not just_closed:
            continue
        # The places are asked first: a case is folded only where they do not rule it out.
        named = glimpse.number in numbers
        where, words = _where(facts, glimpse.place, named=named)
        if where is Nearness.APART or (where is None and not (named or back)):
            continue
        case = cases.get(glimpse.number)
        if case is not None and case.secret is None:
            one = _likeness(facts, received, case, standards, where, words, named=named, back=back)
            if one is not None:
                found.append(one)
    found.sort(key=lambda one: (one.open, one.weight, one.case.opened_at), reverse=True)
    return tuple(found[:MOST])


def beyond_doubt(found: Sequence[Likeness]) -> Case | None:
    """The open case that the call is surely about, where no other comes near it."""
    waiting = [one for one in found if one.open]
    if not waiting or not waiting[0].sure:
        return None
    if len(waiting) > 1 and waiting[0].weight - waiting[1].weight < _CLEARLY:
        return None
    return waiting[0].case


def _likeness(
    facts: Facts,
    received: datetime,
    case: Case,
    standards: Standards,
    where: Nearness | None,
    words: str,
    *,
    named: bool,
    back: str,
) -> Likeness | None:
    """`where` and `words`: how near the places are, and what both have, as `_where` tells."""
    known = case.facts
    kinds = {facts.category, known.category} - {None, OTHER_CATEGORY}
    if len(kinds) > 1:
        return None
    reasons = ["来电写明了编号"] if named else []
    weight = 10 if named else 0
    same_kind = facts.category == known.category and bool(kinds)
    if same_kind:
        reasons.append(f"同为{facts.category}")
        weight += 1
    if where is not None:
        reasons.append(
            {Nearness.SAME: "地点相同", Nearness.NEAR: "地点相近"}.get(where, "同在一地") + f"（{words}）"
        )
        weight += _WEIGHTS[where]
    one, other = facts.occurred, known.occurred
    told = one is not None and other is not None
    apart = abs(received - case.opened_at) if one is None or other is None else _apart(one, other)
    # A follow-up tells the hour of its own news; it is never about what happened before the case.
    if apart > (NEAR_IN_SEQUELS if back or named else NEAR_IN_TIME if told else NEAR_IN_CALLS):
        return None
    minutes = int(apart.total_seconds() // 60)
    if told:
        reasons.append("发生时间相同" if minutes == 0 else f"发生时间相差{spoken_span(minutes)}")
        weight += 3 if apart <= SAME_MOMENT else 2 if apart <= timedelta(hours=2) else 1
    else:
        reasons.append(f"{spoken_span(minutes)}前接报" if minutes else "刚刚接报")
        weight += 1
    if back and not named:
        reasons.append(f"来电说“{back[-8:]}”")
        weight += 3
    if facts.source.unit is not None and facts.source.unit == known.source.unit:
        reasons.append(f"同由{facts.source.unit}报来")
        weight += 1
    more, fits = _figures(facts, known, standards)
    reasons += more
    weight += len(more) if fits else -1
    placed = where is Nearness.SAME or (where is None and bool(back))
    timed = bool(back) or (told and apart <= SAME_MOMENT)
    return Likeness(
        case,
        reasons,
        weight,
        sure=case.status == Status.OPEN and fits and (named or (same_kind and placed and timed)),
    )


def _where(facts: Facts, known: str | None, *, named: bool) -> tuple[Nearness | None, str]:
    """How near the places are, and the words that both have.

    None where one of them is not told, or where the note names the case itself.
    """
    if facts.place is None or known is None or (named and not elsewhere(facts.place.text, known)):
        return None, ""
    return nearness(facts.place.text, known)


def _figures(facts: Facts, known: Facts, standards: Standards) -> tuple[list[str], bool]:
    """What the figures say: those that are the same or grew, and whether none of the dead is gone."""
    reasons, fits = [], True
    for name, measure in standards.measures.items():
        before, now = known.measures.get(name), facts.measures.get(name)
        if before is None or now is None or not measure.casualty or not before.low:
            continue
        if now.low == before.low:
            reasons.append(f"{measure.label}同为{_count(now)}")
        elif now.low > before.low:
            reasons.append(f"{measure.label}由{_count(before)}到{_count(now)}")
        elif name == "deaths" and now.exact and now.low:
            fits = False
    return reasons[:2], fits


def _count(quantity: Quantity) -> str:
    return f"{quantity.low}" if quantity.exact else f"{quantity.low}以上"


def _apart(one: Occurred, other: Occurred) -> timedelta:
    """The time between the two; none where the spans in which they lie overlap."""
    return max(timedelta(), one.at - (other.until or other.at), other.at - (one.until or one.at))
