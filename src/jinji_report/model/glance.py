"""一览: the few words about a case that a list shows and a search looks into, without its entries."""

from datetime import datetime

from jinji_report.model.case import Case, effective_decision
from jinji_report.vocabulary import Grade, Status


class Glance:
    """One line of a list.

    `decision` is the officer's own where one still stands, else the verdict's or 未研判, and "" where the
    case was taken back; `occurred` and `occurred_until` are the span in which it happened, None where nobody told.
    `backflows`: how many knew first, None where only the cases that were merged into it can tell.
    """

    __slots__ = (
        "backflows",
        "category",
        "closed_at",
        "decision",
        "grade_high",
        "grade_low",
        "number",
        "occurred",
        "occurred_until",
        "opened_at",
        "place",
        "reports",
        "status",
        "title",
    )

    def __init__(
        self,
        number: str,
        status: Status,
        title: str,
        category: str | None,
        decision: str,
        grade_low: Grade | None,
        grade_high: Grade | None,
        opened_at: datetime,
        closed_at: datetime | None,
        occurred: datetime | None,
        occurred_until: datetime | None,
        reports: int,
        place: str | None,
        backflows: int | None,
    ) -> None:
        self.number = number
        self.status = status
        self.title = title
        self.category = category
        self.decision = decision
        self.grade_low = grade_low
        self.grade_high = grade_high
        self.opened_at = opened_at
        self.closed_at = closed_at
        self.occurred = occurred
        self.occurred_until = occurred_until
        self.reports = reports
        self.place = place
        self.backflows = backflows


def glance(case: Case) -> Glance:
    """The line that a list has of the case."""
    facts, verdict = case.facts, case.verdict
    grade = None if verdict is None else verdict.grade
    told = facts.occurred
    return Glance(
        case.number,
        case.status,
        case.title,
        facts.category,
        effective_decision(case),
        None if grade is None else grade.low,
        None if grade is None else grade.high,
        case.opened_at,
        case.closed_at,
        None if told is None else told.at,
        None if told is None else told.until or told.at,
        len(case.made),
        None if facts.place is None else facts.place.text,
        _backflows(case),
    )


def _backflows(case: Case) -> int | None:
    if not (case.linked or case.merged):
        return 0
    from jinji_report.model.backflow import backflows_of  # few cases have any

    return None if case.merged and not case.absorbed else len(backflows_of(case))


def words_of(case: Case) -> str:
    """What a search looks into: number, title, place, category and the notes, a line each."""
    notes = [str(entry.data.get("note", "")) for entry in case.entries]
    place = case.facts.place.text if case.facts.place is not None else ""
    return "\n".join(filter(None, (case.number, case.title, place, case.facts.category, *notes)))
