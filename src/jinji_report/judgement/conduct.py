"""报送规矩: where what was done departs from the standards' order, lines and outlets.

A departure is shown with its rule, never prevents a report, and is worked out from the entries each time:
both lines at once (R22), inside before outside (R23), past the next level only where allowed (R24), signed
where that is wanted (R25), one wording and one outlet (R15).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from jinji_report.judgement.holding import rows_holding
from jinji_report.judgement.limits import Sent
from jinji_report.judgement.obligations import sent_of
from jinji_report.model.case import Case
from jinji_report.moments import iso, on_screen, whole_minutes
from jinji_report.standards.rows import Order, OrderStep, Standards, applies
from jinji_report.vocabulary import TIERS, EntryKind, KnewFirst


class Departure:
    """One rule that was not kept.

    `since`: from when on; `minutes`: how long it stood so, or stands until now; `standing`: it still does.
    """

    __slots__ = ("clause", "minutes", "rule", "since", "standing", "text")

    def __init__(
        self, rule: str, text: str, clause: str, since: datetime, minutes: int, *, standing: bool
    ) -> None:
        self.rule = rule
        self.text = text
        self.clause = clause
        self.since = since
        self.minutes = minutes
        self.standing = standing

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "text": self.text,
            "clause": self.clause,
            "since": iso(self.since),
            "minutes": self.minutes,
            "standing": self.standing,
        }


def departures_of(case: Case, standards: Standards, now: datetime) -> list[Departure]:
    """Every departure of the case as it stands at `now`, those that still stand first."""
    occurred = case.facts.occurred
    in_force = standards.on((case.opened_at if occurred is None else occurred.at).date())
    sent = sent_of(case)
    found = [
        *_of_orders(case, sent, in_force, now),
        *_past_a_level(case, sent, in_force, now),
        *_unsigned(case, sent, in_force, now),
        *_besides_the_outlet(case, in_force),
        *_off_the_wording(case, in_force, now),
    ]
    return sorted(found, key=lambda one: (not one.standing, one.since))


def _of_orders(case: Case, sent: Sequence[Sent], standards: Standards, now: datetime) -> Iterator[Departure]:
    for row in standards.orders:
        if applies(row.categories, case.facts.category):
            done = [_done(step, case, sent) for step in row.steps]
            yield from _both_lines(row, done, now)
            yield from _out_of_order(row, done, now)


def _done(step: OrderStep, case: Case, sent: Sequence[Sent]) -> datetime | None:
    """When the step was done first, as far as the ledger shows it."""
    chain = case.chain
    if step.done_by == EntryKind.UNIT_REPORT:
        return case.opened_at  # the call is the first of them
    if step.done_by == EntryKind.SENT:
        moments = [one.at for one in sent if step.to is None or one.to == step.to]
    else:
        entries: dict[str | None, Iterable[Any]] = {
            EntryKind.AGREED: chain.agreed,
            EntryKind.SIGNED: chain.signed,
            EntryKind.CONSULTED: [one for one in chain.consulted if one.opinion],
            EntryKind.RELEASED: chain.released,
        }
        moments = [one.at for one in entries.get(step.done_by, ())]
    return min(moments, default=None)


def _both_lines(row: Order, done: Sequence[datetime | None], now: datetime) -> Iterator[Departure]:
    """Of two steps that belong together, one without the other, or later than it."""
    for place, step in enumerate(row.steps):
        if not step.together or place == 0:
            continue
        pair = [(done[place - 1], row.steps[place - 1]), (done[place], step)]
        moments = [at for at, _ in pair if at is not None]
        if not moments:
            continue
        first, last = min(moments), max(moments) if len(moments) > 1 else now
        minutes = whole_minutes(last - first)
        if len(moments) == 1:
            lacking = next(step for at, step in pair if at is None)
            there = next(step for at, step in pair if at is not None)
            text = f"{there.what}已办，{lacking.what}没有办，已{minutes}分钟"
            yield Departure(row.id, text, row.clause, first, minutes, standing=True)
        elif minutes:
            late = max(pair, key=lambda one: one[0] or now)[1]
            text = f"{late.what}晚了{minutes}分钟"
            yield Departure(row.id, text, row.clause, first, minutes, standing=False)


def _out_of_order(row: Order, done: Sequence[datetime | None], now: datetime) -> Iterator[Departure]:
    """A step that was taken before one that comes first."""
    for place, step in enumerate(row.steps):
        at = done[place]
        if at is None or step.together:
            continue
        for before, earlier in zip(done[:place], row.steps, strict=False):
            if earlier.done_by is None or earlier.together or (before is not None and before <= at):
                continue
            minutes = whole_minutes((before or now) - at)
            still = before is None
            text = f"{step.who}{step.what}，先于{earlier.who}{earlier.what}" + (
                "（至今未办）" if still else ""
            )
            yield Departure(row.id, text, row.clause, at, minutes, standing=still)


def _past_a_level(
    case: Case, sent: Sequence[Sent], standards: Standards, now: datetime
) -> Iterator[Departure]:
    """A report that went past the next level: whether the standards allow it, and whether that level got its own."""
    next_tier = TIERS.index(standards.desk.tier) + 1
    past = [one for one in sent if TIERS.index(one.to.tier) > next_tier]
    if not past:
        return
    allowed = {to for row in rows_holding(standards.skips, case.facts, now, standards) for to in row.to}
    for one in past:
        if one.to not in allowed:
            office = standards.office_name(one.to)
            text = f"{on_screen(one.at, beside=now)}越级报{office}，标准里没有依据"
            yield Departure("skip", text, "", one.at, 0, standing=False)
    first = min(one.at for one in past)
    usual = min((one.at for one in sent if TIERS.index(one.to.tier) == next_tier), default=None)
    if usual is None:
        minutes = whole_minutes(now - first)
        tier = TIERS[next_tier]
        text = f"越级报了，{tier}级还没有报，已{minutes}分钟"
        yield Departure("skip.usual", text, "", first, minutes, standing=True)


def _unsigned(case: Case, sent: Sequence[Sent], standards: Standards, now: datetime) -> Iterator[Departure]:
    """A report that went out before anybody signed, where the standards want that."""
    in_order = any(step.done_by == EntryKind.SIGNED for row in standards.orders for step in row.steps)
    if not standards.wording.get("signature") or in_order or not sent:
        return
    first = min(one.at for one in sent)
    signed = min((one.at for one in case.chain.signed), default=None)
    if signed is None or signed > first:
        minutes = whole_minutes((signed or now) - first)
        text = "没有签发就报出" + ("" if signed is None else "，后补签发")
        yield Departure("wording.signature", text, "", first, minutes, standing=signed is None)


def _besides_the_outlet(case: Case, standards: Standards) -> Iterator[Departure]:
    """Something that went to the public through another unit than the one outlet."""
    for row in standards.releases[:1]:
        for one in case.chain.released:
            if one.unit != row.unit:
                text = f"{one.unit}对外发布，没有经过{row.unit}"
                yield Departure(row.id, text, row.clause, one.at, 0, standing=False)


def _off_the_wording(case: Case, standards: Standards, now: datetime) -> Iterator[Departure]:
    """A figure of the case that is no longer the agreed one."""
    if not case.chain.agreed:
        return
    agreed = case.chain.agreed[-1]
    for measure, quantity in agreed.measures.items():
        now_told = case.facts.measures.get(measure)
        if now_told is not None and (now_told.low, now_told.high) != (quantity.low, quantity.high):
            row = standards.measures.get(measure)
            text = (
                f"{measure if row is None else row.label}与{on_screen(agreed.at, beside=now)}的统一口径不一致"
            )
            minutes = whole_minutes(now - agreed.at)
            yield Departure("agreed", text, "", agreed.at, minutes, standing=True)


class KnewBefore:
    """倒灌 (R27): `who` knew of it at `at`, before this desk had reported it there; `text` says where that is seen."""

    __slots__ = ("at", "text", "who")

    def __init__(self, who: KnewFirst, at: datetime, text: str) -> None:
        self.who = who
        self.at = at
        self.text = text

    def to_json(self) -> dict[str, Any]:
        return {"who": self.who, "at": iso(self.at), "text": self.text}


def backflows_of(case: Case) -> list[KnewBefore]:
    """Who knew first: as it was entered, and a request from above that came before anything had been sent there."""
    found = [KnewBefore(one.who, one.at, one.text) for one in case.chain.backflows]
    if any(one.who == KnewFirst.ABOVE for one in found):
        return found
    sent = sent_of(case)
    for request in case.chain.requests:
        told = any(one.to.tier == request.tier and one.at <= request.at for one in sent)
        if not told:
            text = f"{request.office}来{request.kind}时本单位还没有报过"
            found.append(KnewBefore(KnewFirst.ABOVE, request.at, text))
            break
    return found
