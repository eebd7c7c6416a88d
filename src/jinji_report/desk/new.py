"""接报: a call becomes a case with its verdict and its first report, in one batch of entries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jinji_report.desk.alike import Likeness, alike
from jinji_report.desk.answer import Finding, Judged
from jinji_report.desk.cases import commit, day_of_call, next_number, read_cases
from jinji_report.desk.classify import findings
from jinji_report.desk.look_over import look_over_new
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.desk.understand import Understood
from jinji_report.judgement.classify import classify
from jinji_report.judgement.limits import first_limits
from jinji_report.judgement.obligations import limits_of
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.entry import NewEntry
from jinji_report.model.facts import Facts
from jinji_report.model.fold import fold_case
from jinji_report.reports.check.remark import Remark
from jinji_report.reports.document import Header, Report, first_report
from jinji_report.reports.render import render
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind


class Incoming:
    """One incident to be entered: its words, its facts, and the reading behind them, if there was one.

    `found`: what is to be told of the call as a whole.
    """

    __slots__ = ("facts", "found", "note", "understood")

    def __init__(
        self,
        note: str,
        facts: Facts,
        understood: Understood | None = None,
        found: Sequence[Finding] = (),
    ) -> None:
        self.found = tuple(found)
        self.note = note
        self.facts = facts
        self.understood = understood


class Opened:
    """A case just opened: its number, what was judged, its first report, the cases that it resembles.

    `check` is what there is to remark about the report before it goes out.
    """

    __slots__ = ("alike", "check", "judged", "number", "report")

    def __init__(
        self,
        number: str,
        judged: Judged,
        report: Report,
        alike: Sequence[Likeness],
        check: Sequence[Remark],
    ) -> None:
        self.check = tuple(check)
        self.number = number
        self.judged = judged
        self.report = report
        self.alike = tuple(alike)

    def to_json(self) -> dict[str, Any]:
        return self.judged.to_json(
            case=self.number,
            report=report_json(self.report),
            resembles=next((one.case.number for one in self.alike if one.open), None),
            alike=[
                {
                    "case": one.case.number,
                    "status": one.case.status.value,
                    "reasons": list(one.reasons),
                    "sure": one.sure,
                }
                for one in self.alike
            ],
            check=[remark.to_json() for remark in self.check],
        )


def report_json(report: Report) -> dict[str, Any]:
    return {
        "stage": report.stage.value,
        "number": report.number,
        "title": report.title,
        "text": render(report, "text"),
    }


def received(facts: Facts, at: datetime) -> Facts:
    """`facts` with the moment of the call."""
    return facts.with_changes(moments=facts.moments | {"received": at})


def resembling(
    store: Store, note: str, facts: Facts, at: datetime, standards: Standards
) -> tuple[Likeness, ...]:
    """The cases that this call may be about, likeliest first."""
    return alike(facts, at, read_cases(store), standards, note)


def open_cases(
    store: Store, calls: Sequence[Incoming], standards: Standards, header: Header, stamp: Stamp
) -> tuple[Opened, ...]:
    """Enter the incidents of a call, a case each, in one batch. Raises SecretNote, and what the store raises."""
    refuse_secrets(*(call.note for call in calls))
    ready = [judge(call, stamp.at, standards, header, stamp) for call in calls]

    def decide(cases: Cases) -> tuple[list[NewEntry], tuple[Opened, ...]]:
        entries: list[NewEntry] = []
        opened: list[Opened] = []
        numbers = set(cases.beginning(day_of_call(stamp.at)))
        for call, (judged, report) in zip(calls, ready, strict=True):
            number = next_number(numbers, stamp.at)
            numbers.add(number)
            first = first_entries(number, call.note, judged, report, stamp)
            entries += first
            case = fold_case(number, [entry.placed(0, "") for entry in first])
            judged = judged.with_limits(limits_of(case, standards, stamp.recorded))
            resembled = alike(judged.facts, stamp.at, cases, standards, call.note)
            check = look_over_new(first, standards)
            opened.append(Opened(number, judged, report, resembled, check))
        return entries, tuple(opened)

    return commit(store, decide)


def first_entries(number: str, note: str, judged: Judged, report: Report, stamp: Stamp) -> list[NewEntry]:
    """接报, 研判, 成文: what makes an incident of a call."""
    return [
        stamp.entry(number, EntryKind.RECEIVED, {"note": note, "incident": judged.facts.to_json()}),
        stamp.entry(number, EntryKind.VERDICT, {"verdict": judged.verdict.to_json()}),
        stamp.entry(number, EntryKind.REPORT, {**report_json(report), "since": None}),
    ]


def judge(
    call: Incoming, at: datetime, standards: Standards, header: Header, stamp: Stamp
) -> tuple[Judged, Report]:
    """The call as it is judged now, and its first report; `at` is when the desk was told."""
    facts = received(call.facts, at)
    verdict = classify(facts, standards, stamp.recorded)
    report = first_report(facts, verdict, standards, header, stamp.recorded)
    facts = facts.with_changes(title=report.title)
    judged = Judged(
        facts,
        verdict,
        first_limits(facts, verdict, standards, stamp.recorded),
        stamp.recorded,
        [*call.found, *findings(facts, standards, call.understood)],
        call.understood,
    )
    return judged, report
