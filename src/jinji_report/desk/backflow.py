"""倒灌: it is entered that somebody knew of the incident before this desk had reported it (R27)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from jinji_report.desk.cases import commit, find_case, require_incident, require_standing, require_words
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.errors import CaseState, Usage
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.backflow import KnewBefore, backflows_of
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.model.fold import take
from jinji_report.moments import on_screen
from jinji_report.vocabulary import EntryKind, KnewFirst


class KnownFirst:
    """Who knew first, as it was entered, and all of the case by then."""

    __slots__ = ("case", "every", "one")

    def __init__(self, case: Case, one: KnewBefore, every: list[KnewBefore]) -> None:
        self.case = case
        self.one = one
        self.every = tuple(every)

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "jinji/1",
            "case": self.case.number,
            "step": EntryKind.BACKFLOW.value,
            **self.one.to_json(),
            "backflows": [one.to_json() for one in self.every],
        }


def enter_backflow(
    store: Store,
    name: str,
    who: KnewFirst,
    text: str,
    stamp: Stamp,
    agree: Callable[[KnownFirst], bool] | None = None,
) -> KnownFirst:
    """Enter that `who` knew of it at the stamp's moment, and where that is seen (`text`).

    Raises Usage without a text, UnknownCase, SecretNote, CaseState where it was entered already, before it
    happened, or where this desk had reported it by then.
    """
    refuse_secrets(text)
    if not text.strip():
        raise Usage("倒灌要写明从哪里看出来。", remedy='加上 --text "2时10分微博已有现场视频"。')

    def decide(cases: Cases) -> tuple[list[NewEntry], KnownFirst]:
        case = find_case(cases, name)
        require_standing(case, "登记倒灌")
        require_incident(case, "登记倒灌")
        require_words(case)
        _refuse_twice(case, who)
        _refuse_moment(case, stamp.at)
        entry = stamp.entry(case.number, EntryKind.BACKFLOW, {"who": who.value, "text": text.strip()})
        take(case, entry.placed(0, ""))
        every = backflows_of(case)
        return [entry], KnownFirst(case, next(one for one in every if one.who == who), every)

    return commit(store, decide, agree)


def _refuse_twice(case: Case, who: KnewFirst) -> None:
    """Raises CaseState where it was entered that they knew first."""
    known = next((one for one in case.chain.backflows if one.who == who), None)
    if known is not None:
        raise CaseState(
            f"案卷 {case.number} 已登记过{who}先知（{on_screen(known.at)}），不重复计。",
            remedy=f"登记错了：jinji undo {case.number} --reason 原因。",
        )


def _refuse_moment(case: Case, at: datetime) -> None:
    """Raises CaseState for a moment before it happened, or when this desk had reported it."""
    told = case.facts.occurred
    if told is not None and at < told.at:
        raise CaseState(
            f"得知的时间 {on_screen(at)} 早于事发时间 {on_screen(told.at)}。", remedy="核对 --at。"
        )
    first = min((entry.at for entry in case.sent), default=None)
    if first is not None and first <= at:
        raise CaseState(
            f"本单位 {on_screen(first)} 已报出，{on_screen(at)} 才有的不算倒灌。",
            remedy="--at 写对方得知的时间；早于现在 10 分钟的加 --reason。",
        )
