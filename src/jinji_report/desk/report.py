"""A report once more, in any format: from the facts on which it was written."""

from jinji_report.desk.cases import find_case, read_cases
from jinji_report.desk.transmit import chosen_report
from jinji_report.errors import CaseState
from jinji_report.judgement.classify import classify
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case, Made
from jinji_report.model.verdict import Verdict
from jinji_report.reports.document import Header, Report, first_report, follow_up
from jinji_report.reports.feedback import feedback
from jinji_report.reports.formats import Format
from jinji_report.reports.render import render
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Stage


def report_again(
    store: Store,
    name: str,
    stage: Stage | None,
    number: int | None,
    form: Format,
    standards: Standards,
    header: Header,
) -> tuple[Case, Made, str]:
    """The case, the report as it was written, and its text.

    The text format is the one that was entered, to the letter; the others are worded anew from the
    same facts. Of a 涉密事件 there is that text alone. Raises UnknownCase, CaseState where there is no such report.
    """
    case = find_case(read_cases(store), name)
    made: Made = chosen_report(case, stage, number)
    if form == Format.TEXT or case.secret is not None:
        return case, made, made.text
    verdict = made.verdict
    if verdict is None and made.stage != Stage.FEEDBACK:
        raise CaseState(f"案卷 {case.number} 还没有研判。", remedy="用 --format text 取原文。")
    verdict = verdict or classify(made.facts, standards, made.at)
    if made.stage == Stage.FEEDBACK:
        report = _feedback(case, made, verdict, standards, header)
    elif made.stage == Stage.FIRST:
        report = first_report(made.facts, verdict, standards, header, made.at)
    else:
        base = case.made[made.since] if made.since is not None and made.since < len(case.made) else made
        report = follow_up(
            made.facts,
            base.facts,
            verdict,
            base.verdict,
            standards,
            header,
            made.at,
            number=made.number,
            stage=made.stage,
            correction=made.correction,
        )
    return case, made, render(report, form.value)


def _feedback(case: Case, made: Made, verdict: Verdict, standards: Standards, header: Header) -> Report:
    """The 批示反馈 anew, with what had been done by then. Raises CaseState where its 批示 was taken back."""
    request = next((one for one in case.chain.requests if one.id == made.request), None)
    if request is None:
        raise CaseState(
            f"这份批示反馈所答的批示已不在案卷 {case.number}。", remedy="用 --format text 取原文。"
        )
    return feedback(
        made.facts,
        verdict,
        request,
        standards,
        header,
        made.recorded,
        number=made.number,
        told_at=made.at,
    )
