"""报送规矩: where what was done departs from the standards' order, lines and outlets.

A departure is shown with its rule, never prevents a report, and is worked out from the entries each time:
both lines at once (R22), inside before outside (R23), past the next level only where allowed (R24), signed
where that is wanted (R25), one wording and one outlet (R15).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from jinji_report.judgement.bounds import day_of
from jinji_report.judgement.holding import rows_holding
from jinji_report.judgement.limits import Sent
from jinji_report.judgement.obligations import demands_of, ended_at, sent_of
from jinji_report.judgement.sources import AgreedFigure, agreed_figures
from jinji_report.judgement.units import forms
from jinji_report.model.case import Case
from jinji_report.model.entry import Entry
from jinji_report.moments import iso, on_screen, whole_minutes
from jinji_report.quantity import Quantity
from jinji_report.standards.rows import Address, Order, OrderStep, Skip, Standards, applies
from jinji_report.vocabulary import TIERS, EntryKind, Stage, Status


class Departure:
    """One rule that was not kept, `clause` being where it stands.

    `since`: from when on; `minutes`: how long it stood so, or stands until now; `standing`: it still does.
    `pending`: what belongs to it at the same time is still to follow, and not a minute has gone by.
    """

    __slots__ = ("clause", "minutes", "pending", "rule", "since", "standing", "what")

    def __init__(
        self,
        rule: str,
        what: str,
        clause: str,
        since: datetime,
        minutes: int = 0,
        *,
        standing: bool = False,
        pending: bool = False,
    ) -> None:
        self.rule = rule
        self.what = what
        self.clause = clause
        self.since = since
        self.minutes = max(0, minutes)
        self.standing = standing
        self.pending = pending

    @property
    def text(self) -> str:
        """What it is, and while it stands for how long."""
        return f"{self.what}，已{self.minutes}分钟" if self.standing and self.minutes else self.what

    @property
    def key(self) -> tuple[str, str]:
        """The same for the same departure at another moment."""
        return self.rule, self.what

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
    """Every departure of the case as it stands at `now`, those that still stand first.

    What was not mended by the end of the case counts its minutes until then.
    """
    if case.status in (Status.VOID, Status.MERGED, Status.LEAD):
        return []
    now = min(now, ended_at(case) or now)
    in_force = standards.on(day_of(case.facts, case.opened_at))
    sent = sent_of(case)
    found = [
        *_of_orders(case, sent, in_force, now),
        *_past_a_level(case, sent, in_force, now),
        *_unsigned(case, sent, in_force, now),
        *_besides_the_outlet(case, in_force),
        *_off_the_wording(case, in_force, now),
    ]
    return sorted(found, key=lambda one: (not one.standing, one.since))


def wants_signature(case: Case, standards: Standards) -> tuple[str, str] | None:
    """The rule by which somebody has to sign before the first report goes out, with its clause (R25); None without."""
    in_force = standards.on(day_of(case.facts, case.opened_at))
    for row in in_force.orders:
        if applies(row.categories, case.facts.category) and _signs(row):
            return row.id, row.clause
    return ("wording.signature", "") if in_force.wording.get("signature") else None


def unallowed_skips(
    case: Case, to: Iterable[Address], standards: Standards, now: datetime
) -> tuple[Address, ...]:
    """Those of `to` that lie past the next level and that no row lets this desk report to directly (R24)."""
    in_force = standards.on(day_of(case.facts, case.opened_at))
    allowed = _may_skip_to(case, in_force, now)
    return tuple(one for one in to if _is_past(one, case, in_force) and one not in allowed)


def _of_orders(case: Case, sent: Sequence[Sent], standards: Standards, now: datetime) -> Iterator[Departure]:
    for row in standards.orders:
        if applies(row.categories, case.facts.category):
            yield from _not_together(row, case, sent, standards, now)
            yield from _out_of_order(row, [_done(step, case, sent) for step in row.steps], now)


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


def _not_together(
    row: Order, case: Case, sent: Sequence[Sent], standards: Standards, now: datetime
) -> Iterator[Departure]:
    """Of steps that belong together, some without the others, or later than they (双线并行, R22).

    Each report is looked at by itself: a 续报 goes out on both lines too.
    """
    for steps in _groups(row):
        if any(step.done_by != EntryKind.SENT for step in steps):
            yield from _parted(row, steps, [_done(step, case, sent) for step in steps], "", now)
            continue
        steps = _asked_for(steps, case, standards)
        for stage, number in dict.fromkeys((one.stage, one.number) for one in sent):
            of_it = [one for one in sent if (one.stage, one.number) == (stage, number)]
            name = "" if stage == Stage.FIRST else f"{stage}{number or ''}："
            yield from _parted(row, steps, [_done(step, case, of_it) for step in steps], name, now)


def _groups(row: Order) -> Iterator[list[OrderStep]]:
    """The runs of steps that are to be taken at the same time."""
    group: list[OrderStep] = []
    for step in row.steps:
        if step.together and group:
            group.append(step)
        else:
            if len(group) > 1:
                yield group
            group = [step]
    if len(group) > 1:
        yield group


def _asked_for(steps: Sequence[OrderStep], case: Case, standards: Standards) -> list[OrderStep]:
    """The steps towards offices that must be told: where the standards name one line alone, the other is none.

    Where they ask for neither of them, each that a reporting row names at all.
    """
    demanded = _demanded(case, standards)
    if not any(step.to in demanded for step in steps):
        demanded = {to for row in standards.reports for to in row.to}
    return [step for step in steps if step.to is None or step.to in demanded]


def _demanded(case: Case, standards: Standards) -> set[Address]:
    """The offices that the verdict, the officer or the way of a 涉密事件 names."""
    found = {Address(one.office.tier, one.office.line) for one in demands_of(case, standards)}
    if case.secret is not None:
        found |= {Address(tier, line) for tier, line, _ in case.secret.to}
    return found


def _parted(
    row: Order, steps: Sequence[OrderStep], done: Sequence[datetime | None], name: str, now: datetime
) -> Iterator[Departure]:
    first = min((at for at in done if at is not None), default=None)
    if first is None:
        return
    before = next(step for step, at in zip(steps, done, strict=True) if at == first)
    for step, at in zip(steps, done, strict=True):
        minutes = whole_minutes((at or now) - first)
        if at is None:
            what = f"{name}{_plainly(before)}已办，{_plainly(step)}还没有办"
            yield Departure(row.id, what, row.clause, first, minutes, standing=True, pending=minutes <= 0)
        elif minutes:
            yield Departure(row.id, f"{name}{_plainly(step)}晚了{minutes}分钟", row.clause, first, minutes)


def _plainly(step: OrderStep) -> str:
    """What is done, without the word that it is to be done at the same time."""
    return step.what.removeprefix("同时")


def _out_of_order(row: Order, done: Sequence[datetime | None], now: datetime) -> Iterator[Departure]:
    """A step that was taken before one that comes first."""
    for place, step in enumerate(row.steps):
        at = done[place]
        if at is None or step.together:
            continue
        for before, earlier in zip(done[:place], row.steps, strict=False):
            if earlier.done_by is None or earlier.together or (before is not None and before <= at):
                continue
            still = before is None
            what = f"{step.who}{step.what}，先于{earlier.who}{earlier.what}{'（还没有办）' if still else ''}"
            yield Departure(row.id, what, row.clause, at, whole_minutes((before or now) - at), standing=still)


def _past_a_level(
    case: Case, sent: Sequence[Sent], standards: Standards, now: datetime
) -> Iterator[Departure]:
    """A report that went past the next level: whether the standards allow it, and whether that level got its own."""
    past = [one for one in sent if _is_past(one.to, case, standards)]
    if not past:
        return
    allowed = _may_skip_to(case, standards, now)
    for one in past:
        if one.to not in allowed:
            office = standards.office_name(one.to)
            what = f"{on_screen(one.at, beside=case.opened_at)}越级报{office}，标准里没有依据"
            yield Departure("skip", what, "", one.at)
    usual = TIERS[TIERS.index(standards.desk.tier) + 1]
    if not any(one.to.tier == usual for one in sent):
        first = min(past, key=lambda one: one.at)
        row = allowed.get(first.to)
        rule, clause = ("skip", "") if row is None else (row.id, row.clause)
        minutes = whole_minutes(now - first.at)
        yield Departure(
            rule, f"越级报了，{usual}级照样要报，还没有报", clause, first.at, minutes, standing=True
        )


def _is_past(to: Address, case: Case, standards: Standards) -> bool:
    """`to` lies past the next level, and is none that the standards have this desk report to without it."""
    next_tier = TIERS.index(standards.desk.tier) + 1
    if TIERS.index(to.tier) <= next_tier:
        return False
    if case.secret is not None and any(to == (tier, line) for tier, line, _ in case.secret.to):
        return False
    demanded = _demanded(case, standards)
    return to not in demanded or Address(TIERS[next_tier], to.line) in demanded


def _may_skip_to(case: Case, standards: Standards, now: datetime) -> dict[Address, Skip]:
    """The offices that may be told directly as things are, each with the row that says so."""
    rows: list[Skip] = rows_holding(standards.skips, case.facts, now, standards)
    return {to: row for row in reversed(rows) for to in row.to}


def _signs(row: Order) -> bool:
    return any(step.done_by == EntryKind.SIGNED for step in row.steps)


def _unsigned(case: Case, sent: Sequence[Sent], standards: Standards, now: datetime) -> Iterator[Departure]:
    """A report that went out before anybody signed, where the standards want that and no order says it already."""
    in_order = any(_signs(row) for row in standards.orders if applies(row.categories, case.facts.category))
    if not standards.wording.get("signature") or in_order or not sent:
        return
    first = min(one.at for one in sent)
    signed = min((one.at for one in case.chain.signed), default=None)
    if signed is None or signed > first:
        minutes = whole_minutes((signed or now) - first)
        what = "没有签发就报出" + ("" if signed is None else f"，{minutes}分钟后补签")
        yield Departure("wording.signature", what, "", first, minutes, standing=signed is None)


def _besides_the_outlet(case: Case, standards: Standards) -> Iterator[Departure]:
    """Something that went to the public through another unit than the one outlet."""
    for one in case.chain.released:
        for row in standards.on(one.at.date()).releases[:1]:
            if forms(one.unit).isdisjoint(forms(row.unit)):
                text = f"{one.unit}对外发布，没有经过{row.unit}"
                yield Departure(row.id, text, row.clause, one.at)


def _off_the_wording(case: Case, standards: Standards, now: datetime) -> Iterator[Departure]:
    """A figure of the case that is no longer the agreed one, since the news that changed it."""
    for measure, agreed in agreed_figures(case).items():
        told = case.facts.measures.get(measure)
        if told is None or told.same_range(agreed.quantity):
            continue
        row = standards.measures.get(measure)
        label = measure if row is None else row.label
        text = f"{label}与{on_screen(agreed.at, beside=now)}的统一口径不一致"
        since = _departed_at(case, measure, agreed)
        yield Departure("agreed", text, "", since, whole_minutes(now - since), standing=True)


def _departed_at(case: Case, measure: str, agreed: AgreedFigure) -> datetime:
    """When the facts of the case first told another figure than the agreed one, and have since."""
    since = None
    for entry in case.entries:
        if entry.kind != EntryKind.FACTS or entry.id in case.voided:
            continue
        told = _told(entry, measure)
        if told is not None and told.same_range(agreed.quantity):
            since = None
        elif since is None:
            since = entry.at
    return since or agreed.at


def _told(entry: Entry, measure: str) -> Quantity | None:
    try:
        return Quantity.from_json(entry.data["incident"]["measures"][measure])
    except (KeyError, TypeError, ValueError):
        return None
