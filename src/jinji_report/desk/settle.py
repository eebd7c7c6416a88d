"""决定, 结案, 重开: the officer's own word on a case."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinji_report.desk.cases import commit, find_case, require_open
from jinji_report.desk.stamp import Stamp
from jinji_report.errors import CaseState, Usage
from jinji_report.judgement.claims import open_requests
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import limits_of
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.model.fold import take
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import ClockStart, Decision, EntryKind, LimitState, Stage, Status

Agree = Callable[["Settled"], bool] | None


class Settled:
    """One step on a case: what was entered, what was still missing, and the limits afterwards."""

    __slots__ = ("case", "limits", "missing", "step", "told")

    def __init__(
        self, step: EntryKind, case: Case, told: str, missing: Sequence[str], limits: Sequence[Limit]
    ) -> None:
        self.step = step
        self.case = case
        self.told = told
        self.missing = tuple(missing)
        self.limits = tuple(limits)

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "jinji/1",
            "case": self.case.number,
            "step": self.step.value,
            "told": self.told,
            "status": self.case.status.value,
            "missing": list(self.missing),
            "limits": [limit.to_json() for limit in self.limits],
        }


def decide(
    store: Store, name: str, decision: str, standards: Standards, stamp: Stamp, agree: Agree = None
) -> Settled:
    """Enter the officer's own decision (应报 or 不报), which needs a reason. Raises Usage without one."""
    if not stamp.reason.strip():
        raise Usage("值班员自己的决定要写明理由。", remedy='加上 --reason "理由"。')

    def entries(case: Case) -> tuple[Mapping[str, Any], str, list[str]]:
        require_open(case, "作决定")
        said = "" if case.verdict is None else case.verdict.decision.value
        return {"decision": decision, "verdict": said}, f"{decision}（系统研判：{said}）", []

    return _step(store, name, EntryKind.DECISION, entries, standards, stamp, agree)


def close(store: Store, name: str, standards: Standards, stamp: Stamp, agree: Agree = None) -> Settled:
    """Close a case; always possible. What is missing (终报, what was never sent) is noted with it."""

    def entries(case: Case) -> tuple[Mapping[str, Any], str, list[str]]:
        if case.status == Status.CLOSED:
            raise CaseState(
                f"案卷 {case.number} 已经结案。", remedy="无须再结；如有新情况先用 jinji reopen。"
            )
        require_open(case, "结案")
        missing = missing_of(case, standards, stamp)
        return {"missing": missing}, "结案", missing

    return _step(store, name, EntryKind.CLOSED, entries, standards, stamp, agree)


def reopen(store: Store, name: str, standards: Standards, stamp: Stamp, agree: Agree = None) -> Settled:
    """Open a closed case again. Raises CaseState where it is open."""

    def entries(case: Case) -> tuple[Mapping[str, Any], str, list[str]]:
        if case.status == Status.OPEN:
            raise CaseState(f"案卷 {case.number} 在办，无须重开。", remedy="直接续报即可。")
        if case.status != Status.CLOSED:
            require_open(case, "重开")
        return {}, "重开", []

    return _step(store, name, EntryKind.REOPENED, entries, standards, stamp, agree)


def missing_of(case: Case, standards: Standards, stamp: Stamp) -> list[str]:
    """What a case that is being closed still lacks, each as a few words."""
    missing = [
        f"{one.name} {one.kind}（{one.office}）" for one in open_requests(case, standards, stamp.recorded)
    ]
    if case.without_incident:
        return missing
    if case.secret is not None:
        return missing if case.sent else [*missing, "报送登记"]
    if not any(made.stage == Stage.FINAL for made in case.made):
        missing.append("终报")
    elif case.sent and not any(entry.data.get("stage") == Stage.FINAL for entry in case.sent):
        missing.append("终报未报出")
    for limit in limits_of(case, standards, stamp.recorded):
        if limit.ours and limit.decision == Decision.REPORT and limit.wanted_start != ClockStart.REQUESTED:
            overdue = limit.state == LimitState.OVERDUE
            if overdue or (limit.running and not limit.repeats):
                missing.append(f"{limit.office}的{limit.label}{'（已超时）' if overdue else ''}")
            elif limit.receipt == "waiting":
                missing.append(f"{limit.office}的{limit.label}回执")
    return list(dict.fromkeys(missing))


def _step(
    store: Store,
    name: str,
    kind: EntryKind,
    make: Any,
    standards: Standards,
    stamp: Stamp,
    agree: Agree,
) -> Settled:
    def attempt(cases: Cases) -> tuple[list[NewEntry], Settled]:
        case = find_case(cases, name)
        data, told, missing = make(case)
        entry = stamp.entry(case.number, kind, data)
        take(case, entry.placed(0, ""))
        return [entry], Settled(kind, case, told, missing, limits_of(case, standards, stamp.recorded))

    return commit(store, attempt, agree)
