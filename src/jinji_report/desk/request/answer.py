"""办理: what was done about a 上级要求, step by step until it is done with.

A 核报 or 抽查 is met by an answer in each form that the standards ask for; a 批示 is passed on, carried out,
fed back, and 办结, and its feedback is written as a report of its own (批示反馈).
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from jinji_report.desk.cases import commit, find_case, require_standing, require_words
from jinji_report.desk.named import named
from jinji_report.desk.new import report_json
from jinji_report.desk.request.told import request_json
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.errors import CaseState, UnusableInput, Usage
from jinji_report.judgement.claims import MEETS, open_requests, requested
from jinji_report.judgement.classify import classify
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import limits_of
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.chain import Answer, Request
from jinji_report.model.entry import NewEntry
from jinji_report.model.fold import take
from jinji_report.moments import on_screen
from jinji_report.reports.document import Header, Report
from jinji_report.reports.feedback import feedback
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import AnswerStep, EntryKind, Form, RequestKind, Stage, Status


class Answered:
    """One step about a request: its case, the request after it, the limits left, and the 批示反馈 that it made."""

    __slots__ = ("case", "limits", "report", "request", "still_open", "taken")

    def __init__(
        self,
        case: Case,
        request: Request,
        taken: Answer,
        limits: Sequence[Limit],
        report: Report | None,
        *,
        still_open: bool,
    ) -> None:
        self.case = case
        self.request = request
        self.taken = taken
        self.limits = tuple(limits)
        self.report = report
        self.still_open = still_open

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "jinji/1",
            "case": self.case.number,
            "step": EntryKind.ANSWER.value,
            "status": self.case.status.value,
            "request": request_json(self.request, still_open=self.still_open),
            "report": None if self.report is None else report_json(self.report),
            "limits": [limit.to_json() for limit in self.limits],
        }


def answer(
    store: Store,
    name: str,
    which: str | None,
    step: AnswerStep | None,
    standards: Standards,
    header: Header,
    stamp: Stamp,
    *,
    form: Form | None = None,
    unit: str = "",
    person: str = "",
    text: str = "",
    agree: Callable[[Answered], bool] | None = None,
) -> Answered:
    """Enter what was done about the request `which` (Q1) of the case, or about the only one that is open.

    Without a `step`, a 核报 or 抽查 was answered. Raises Usage for what the step lacks, UnknownCase,
    UnusableInput for a request that there is not, CaseState for one that was done with, a step before the
    request, or one that was entered already, SecretNote.
    """
    unit, person, text = named(unit, "单位名称"), named(person, "姓名"), text.strip()
    refuse_secrets(unit, person, text, which or "")

    def decide(cases: Cases) -> tuple[list[NewEntry], Answered]:
        case = find_case(cases, name)
        require_standing(case, "登记办理")
        if text:
            require_words(case)
        request = meant(case, which, standards, stamp)
        taken = step or _usual(request)
        way = form or _way(case, request, taken, standards, stamp)
        told = {
            "request": request.id,
            "name": request.name.rpartition(":")[2],
            "step": taken.value,
            "form": None if way is None else way.value,
            "unit": unit,
            "person": person,
            "text": text,
        }
        entry = stamp.entry(request.case, EntryKind.ANSWER, told)  # that of a merged case stays with it
        one = Answer(entry.placed(0, ""))
        _refuse(case, request, one, stamp)
        take(case, entry.placed(0, ""))
        entries = [entry]
        report = None
        if (
            one.step == AnswerStep.FED_BACK
            and request.kind == RequestKind.INSTRUCTION
            and case.secret is None
        ):
            report = _written(case, request, standards, header, stamp)
            made = {**report_json(report), "since": None, "request": request.id}
            entries.append(stamp.entry(case.number, EntryKind.REPORT, made))
        still_open = open_requests(case, standards, stamp.recorded)
        if case.without_incident and case.status == Status.OPEN and not still_open:
            entries.append(stamp.entry(case.number, EntryKind.CLOSED, {"missing": []}))
        for further in entries[1:]:
            take(case, further.placed(0, ""))
        limits = limits_of(case, standards, stamp.recorded)
        done = Answered(case, request, one, limits, report, still_open=request in still_open)
        return entries, done

    return commit(store, decide, agree)


def meant(case: Case, which: str | None, standards: Standards, stamp: Stamp) -> Request:
    """The request that the officer names (`Q1`, `q1`, `1`), or the only one that is open.

    Raises UnusableInput, and Usage where none is named and several are open.
    """
    known = case.chain.requests
    if not known:
        raise UnusableInput(
            f"案卷 {case.number} 没有上级要求，不会有办理。",
            remedy=f"先登记：jinji request {case.number} --kind 核报 --from 单位 --text 原话。",
        )
    if which is not None:
        name = which.strip().upper().replace("：", ":")
        for request in known:
            if request.name.upper() in (name, f"Q{name}"):
                return request
        names = "、".join(f"{one.name}（{one.kind}）" for one in known)
        raise UnusableInput(f"案卷 {case.number} 没有要求 {which.strip()}。", remedy=f"现有：{names}。")
    still_open = open_requests(case, standards, stamp.recorded)
    if len(still_open) == 1:
        return still_open[0]
    if not still_open and len(known) == 1:
        return known[0]
    if not still_open:
        raise Usage(
            f"案卷 {case.number} 的上级要求都已答复或办结。",
            remedy=f"要补登的写明是哪一项，如 jinji answer {case.number} {known[-1].name}。",
        )
    names = "、".join(f"{one.name}（{one.kind}，{one.office}）" for one in still_open)
    raise Usage(
        f"案卷 {case.number} 有 {len(still_open)} 项要求在办，要写明办的是哪一项。", remedy=f"可写：{names}。"
    )


def _usual(request: Request) -> AnswerStep:
    """What is meant where no step is named. Raises Usage for a 批示, which has several."""
    if request.kind != RequestKind.INSTRUCTION:
        return AnswerStep.ANSWERED
    raise Usage(
        f"{request.name} 是批示，要写明办到哪一步。",
        remedy="加上 --step 转办、--step 落实、--step 反馈 或 --step 办结。",
    )


def _way(case: Case, request: Request, step: AnswerStep, standards: Standards, stamp: Stamp) -> Form | None:
    """The form of what meets the limits: that of the one due first. Raises Usage where none is owed."""
    if step not in MEETS[request.kind]:
        return None
    owed = [one for one in requested(case, standards, stamp.recorded, request) if one.running]
    if owed:
        return min(owed, key=lambda one: one.due).form
    raise Usage(f"要写明以什么方式{step}。", remedy="加上 --form 电话、--form 书面 或 --form 信息。")


def _refuse(case: Case, request: Request, one: Answer, stamp: Stamp) -> None:
    """Raises what speaks against this step."""
    label = f"{request.name} {request.kind}"
    if one.at < request.at:
        raise CaseState(
            f"{one.step}时间 {on_screen(one.at)} 早于要求时间 {on_screen(request.at)}。",
            remedy="核对 --at；要求的时间登记错了，先用 jinji undo 撤销再登。",
        )
    if request.ended_at is not None:
        raise CaseState(
            f"{label}已于 {on_screen(request.ended_at)} 办结，不能再{one.step}。",
            remedy=f"办结登错了，用 jinji undo {case.number} --reason 原因 撤销。",
        )
    twice = next((past for past in request.answers if _same(past, one)), None)
    if twice is not None:
        raise CaseState(
            f"{label}已于 {on_screen(twice.at)} {_words(twice)}，同样的话不重复登记。",
            remedy="有新的内容，用 --text 写明；登错了，用 jinji undo 撤销。",
        )
    if request.kind == RequestKind.INSTRUCTION and one.step == AnswerStep.ANSWERED:
        raise Usage(f"{label}不用答复，办了要反馈。", remedy="改用 --step 反馈。")
    lacking = next(_lacking(case, request, one, stamp), None)
    if lacking is not None:
        raise Usage(lacking[0], remedy=lacking[1])
    if one.step == AnswerStep.ENDED and any(past.at > one.at for past in request.answers):
        latest = max(request.answers, key=lambda past: past.at)
        raise CaseState(
            f"办结时间 {on_screen(one.at)} 早于{latest.step}时间 {on_screen(latest.at)}。",
            remedy="核对 --at。",
        )


def _lacking(case: Case, request: Request, one: Answer, stamp: Stamp) -> Iterator[tuple[str, str]]:
    """What the step needs and was not told, each with its remedy."""
    label = f"{request.name} {request.kind}"
    carried_out = any(past.step == AnswerStep.CARRIED_OUT for past in request.answers)
    held = case.secret is not None  # its words are not held here
    if one.step == AnswerStep.PASSED_ON and not one.unit:
        yield f"{label}转办要写明转给谁。", "加上 --unit 单位。"
    if one.step == AnswerStep.CARRIED_OUT and not one.text and not held:
        yield f"{label}的落实要写明办了什么。", '加上 --text "办了什么"，谁办的用 --unit。'
    if (
        request.kind == RequestKind.INSTRUCTION
        and one.step == AnswerStep.FED_BACK
        and not (one.text or carried_out or held)
    ):
        yield f"{label}还没有登记落实，反馈要写明结果。", '加上 --text "落实结果"，或先 --step 落实。'
    if one.step == AnswerStep.ENDED and not stamp.reason.strip():
        meeting = MEETS[request.kind]
        if not any(past.step in meeting for past in request.answers):
            step = meeting[0]
            yield (
                f"{label}还没有{step}，这样办结要写明原因。",
                f'先登记 --step {step}；上级收回的，加上 --reason "原因"。',
            )


def _same(past: Answer, one: Answer) -> bool:
    return (past.step, past.form, past.unit, past.text) == (one.step, one.form, one.unit, one.text)


def _words(one: Answer) -> str:
    """`电话答复`, `转办县公安局`."""
    return f"{one.form or ''}{one.step}{one.unit}"


def _written(case: Case, request: Request, standards: Standards, header: Header, stamp: Stamp) -> Report:
    """The 批示反馈 of the case as it stands, with the step that was just taken."""
    number = 1 + max((made.number for made in case.made if made.stage == Stage.FEEDBACK), default=0)
    return feedback(
        case.facts,
        case.verdict or classify(case.facts, standards, stamp.recorded),
        request,
        standards,
        header,
        stamp.recorded,
        number=number,
        told_at=stamp.at,
    )
