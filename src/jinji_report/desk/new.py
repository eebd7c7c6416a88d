"""接报: a call becomes a case with its verdict and its first report, in one batch of entries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jinji_report.desk.alike import alike
from jinji_report.desk.answer import Judged
from jinji_report.desk.cases import Cases, commit, next_number, read_cases
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.judgement.bounds import contradictions
from jinji_report.judgement.classify import classify
from jinji_report.judgement.limits import demands, limits
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.model.facts import Facts
from jinji_report.reports.document import Header, Report, first_report
from jinji_report.reports.render import render
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind


class Opened:
    """A case just opened: its number, what was judged, its first report, and the case it resembles."""

    __slots__ = ("judged", "number", "report", "resembles")

    def __init__(self, number: str, judged: Judged, report: Report, resembles: Case | None) -> None:
        self.number = number
        self.judged = judged
        self.report = report
        self.resembles = resembles

    def to_json(self) -> dict[str, Any]:
        return self.judged.to_json(
            case=self.number,
            report=report_json(self.report),
            resembles=None if self.resembles is None else self.resembles.number,
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


def resembling(store: Store, facts: Facts, at: datetime) -> Case | None:
    """The open case that this call seems to be about."""
    return alike(facts, at, read_cases(store).values())


def open_case(
    store: Store,
    note: str,
    facts: Facts,
    standards: Standards,
    header: Header,
    stamp: Stamp,
    doubts: Sequence[str] = (),
) -> Opened:
    """Enter the call. Raises SecretNote, and what the store raises."""
    refuse_secrets(note)
    facts = received(facts, stamp.at)
    verdict = classify(facts, standards, stamp.recorded)
    report = first_report(facts, verdict, standards, header, stamp.recorded)
    facts = facts.with_changes(title=report.title)
    told = dict.fromkeys((*doubts, *contradictions(facts, standards)))  # a dialogue has shown them already
    judged = Judged(
        facts,
        verdict,
        limits(facts, demands(verdict), standards, stamp.recorded),
        stamp.recorded,
        tuple(told),
    )

    def decide(cases: Cases) -> tuple[list[NewEntry], Opened]:
        number = next_number(cases, stamp.at)
        entries = [
            stamp.entry(number, EntryKind.RECEIVED, {"note": note, "incident": facts.to_json()}),
            stamp.entry(number, EntryKind.VERDICT, {"verdict": verdict.to_json()}),
            stamp.entry(number, EntryKind.REPORT, {**report_json(report), "since": None}),
        ]
        return entries, Opened(number, judged, report, alike(facts, stamp.at, cases.values()))

    return commit(store, decide)
