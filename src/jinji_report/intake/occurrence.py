"""Of the times told: when it happened, when it was discovered, when the alarm came."""

from datetime import datetime

from jinji_report.intake.reading import Draft
from jinji_report.intake.times import ALARM, DISCOVERED, Told, occurrence
from jinji_report.model.facts import Occurred
from jinji_report.moments import on_screen
from jinji_report.vocabulary import Basis, Precision


def occurred(draft: Draft, told: list[Told], now: datetime) -> Occurred | None:
    for one in told:
        if one.role not in ("occurred", ALARM, DISCOVERED):
            continue
        words = draft.note.quote(one.start, one.end)
        if one.future:
            draft.doubt("occurred", f"时间“{words}”晚于现在（{on_screen(now)}），请核实事发时间。")
        elif one.ancient:
            draft.doubt("occurred", f"时间“{words}”早于1949年，请核实事发时间。")
    chosen = occurrence(told)
    if chosen is None:
        return None
    said = draft.span("occurred", chosen.start, chosen.end)
    if chosen.guessed:
        draft.doubt(
            "occurred", f"“{said}”没有说明上午还是下午，按{on_screen(chosen.at, beside=now)}理解，请确认。"
        )
    basis = {ALARM: Basis.ALARM, DISCOVERED: Basis.DISCOVERED}.get(chosen.role, Basis.OCCURRED)
    return Occurred(chosen.at, chosen.precision, until=chosen.until, basis=basis, said=said)


def moments(draft: Draft, told: list[Told]) -> dict[str, datetime]:
    """`alarm` and `discovered`, where a clock was told for them."""
    moments: dict[str, datetime] = {}
    for one in told:
        if one.role not in (ALARM, DISCOVERED) or one.role in moments or one.future or one.ancient:
            continue
        if one.precision in (Precision.MINUTE, Precision.HOUR):
            moments[one.role] = one.at
            draft.span(one.role, one.start, one.end)
    return moments
