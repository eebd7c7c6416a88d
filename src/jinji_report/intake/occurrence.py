"""Of the times told: when it happened, and the other moments that a clock was told for."""

from datetime import datetime, timedelta

from jinji_report.intake.reading import Draft
from jinji_report.intake.times import (
    ALARM,
    COMING,
    DISCOVERED,
    OCCURRED,
    REPORTED,
    SAID_AS_MOMENTS,
    SETTING,
    SINCE,
    Told,
)
from jinji_report.model.facts import Occurred
from jinji_report.moments import on_screen
from jinji_report.vocabulary import Basis, Precision

_STANDS_FOR = (OCCURRED, SETTING, SINCE, DISCOVERED, ALARM, REPORTED)
"""What can be taken for the occurrence, the best first."""
_BASIS = {ALARM: Basis.ALARM, REPORTED: Basis.ALARM, DISCOVERED: Basis.DISCOVERED}
_A_MINUTE = timedelta(minutes=1)
_HOURS_AGO = timedelta(hours=2)
"""So far back lies at most what was 刚才."""


def occurred(draft: Draft, told: list[Told], now: datetime) -> Occurred | None:
    """When it happened, with doubts about what was told and cannot be, or can be otherwise."""
    for one in told:
        if not one.usable and one.role in _STANDS_FOR:
            _not_usable(draft, one, now)
    chosen = occurrence(told)
    if chosen is None:
        ahead = next((one for one in told if one.role is COMING), None)
        if ahead is not None:
            _not_usable(draft, ahead, now)
        return None
    said = draft.span("occurred", chosen.start, chosen.end)
    if chosen.guessed:
        when = on_screen(chosen.at, beside=now)
        draft.doubt("occurred", f"“{said}”没有说明上午还是下午，按{when}理解，请确认。")
    elif chosen.wrapped:
        when = on_screen(chosen.at)
        draft.doubt("occurred", f"“{said}”还没有到，按已经过去的{when}理解，请确认。")
    basis = _BASIS.get(chosen.role, Basis.OCCURRED)
    return Occurred(chosen.at, chosen.precision, until=chosen.until, basis=basis, said=said)


def _not_usable(draft: Draft, one: Told, now: datetime) -> None:
    words = draft.note.quote(one.start, one.end)
    if one.impossible:
        draft.doubt("occurred", f"没有“{words}”这个时间，请核实事发时间。")
    elif one.future:
        draft.doubt("occurred", f"时间“{words}”晚于现在（{on_screen(now)}），请核实事发时间。")
    else:
        draft.doubt("occurred", f"时间“{words}”早于1949年，请核实事发时间。")


def occurrence(found: list[Told]) -> Told | None:
    """The time of the occurrence: the first told as such, made exact by a later one that lies inside it.

    Discovery, then the alarm, stand in where nothing better was told.
    """
    if len(found) == 1:
        (only,) = found
        return only if only.role in _STANDS_FOR and only.usable else None
    for role in _STANDS_FOR:
        same = [told for told in found if told.role is role and told.usable]
        if role is OCCURRED and not any(told.sure for told in same):
            same = [told for told in found if told.role in (OCCURRED, SETTING) and told.usable]
            first = next((told for told in found if told.role is DISCOVERED and told.usable), None)
            if first is not None and all(first.start < told.start and first.at < told.at for told in same):
                return first  # 10日17时检出苯超标,今晨最高200微克; 11号查出1例,昨天又6例
        if same:
            return same[0] if len(same) == 1 else _best(same)
    return None


def _best(same: list[Told]) -> Told:
    first = next((told for told in same if told.beijing), None)
    if first is None and not same[0].clock and not same[0].sure:
        first = next((told for told in same if told.sure and told.clock and told.at < same[0].at), None)
    if first is None:
        first = next((told for told in same if told.stated), same[0])
    if first.part_only:
        # 午餐后 in a title, 昨天 in the text: the day that was told goes first
        first = next((told for told in same if not told.part_only), first)
    if first.until is not None and first.precision is Precision.HOUR:
        exact = next(
            (one for one in same if one.until is None and first.at - _HOURS_AGO <= one.at < first.until), None
        )
        first = exact or first  # 刚才晃得厉害,6:38
    if not first.clock and first.until is not None:
        for later in same:
            inside = later.start > first.start and first.at <= later.at <= first.until + _A_MINUTE
            if later.clock and inside:
                return later
    return first


def moments(draft: Draft, told: list[Told]) -> dict[str, datetime]:
    """The moments besides the occurrence that a clock was told for, by their role; the first of each."""
    moments: dict[str, datetime] = {}
    for one in told:
        if one.role in SAID_AS_MOMENTS and one.role not in moments and one.clock and one.usable:
            moments[one.role] = one.at
            draft.span(one.role, one.start, one.end)
    return moments
