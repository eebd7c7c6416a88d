"""A report on the plain fire, looked over: a test names the one thing that is wrong with it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from jinji_report.desk.understand import understand
from jinji_report.judgement.classify import classify
from jinji_report.model.facts import Facts, Occurred, Place, Source
from jinji_report.moments import parse_moment
from jinji_report.quantity import Quantity, exactly
from jinji_report.reports.check.paper import Earlier, Paper, own_words
from jinji_report.reports.check.remark import Remark
from jinji_report.reports.check.run import check
from jinji_report.reports.document import Header, first_report, follow_up
from jinji_report.reports.render import render
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Stage

NOW = parse_moment("2026-03-05T00:10")
HEADER = Header(contact="李某", phone="0000-1234500")


def fire(**changes: Any) -> Facts:
    """A shop fire that is wholly told; `deaths=3` and the like set counts, other names fields."""
    counts: dict[str, Any] = {"deaths": 2, "injured": 3}
    fields: dict[str, Any] = {
        "category": "火灾",
        "category_said": "起火",
        "course": "城关镇东街一服装店起火",
        "occurred": Occurred(parse_moment("2026-03-04T23:30"), said="昨晚11点半"),
        "place": Place("城关镇东街一服装店"),
        "moments": {"received": parse_moment("2026-03-04T23:52")},
        "source": Source("县消防救援大队", "王某", None, "电话"),
        "actions": "消防救援大队出动4车20人到场扑救",
        "leaders": "副县长张某到场指挥",
        "cause": "电气线路故障",
        "progress": "明火已扑灭",
    }
    for name, value in changes.items():
        (fields if name in fields else counts)[name] = value
    measures = {
        name: value if isinstance(value, Quantity) else exactly(value, f"{value}人")
        for name, value in counts.items()
        if value is not None
    }
    return Facts(measures=measures, **fields)


class Looked:
    """The remarks about one report, by code."""

    def __init__(self, remarks: tuple[Remark, ...], text: str) -> None:
        self.remarks = remarks
        self.text = text

    @property
    def codes(self) -> set[str]:
        return {remark.code for remark in self.remarks}

    def __getitem__(self, code: str) -> Remark:
        return next(remark for remark in self.remarks if remark.code == code)

    def words(self, code: str) -> str:
        """The words of the text that the remark points at."""
        span = self[code].span
        return "" if span is None else self.text[slice(*span)]

    def __repr__(self) -> str:
        return f"{self.remarks}\n{self.text}"


def looked(
    standards: Standards,
    facts: Facts,
    *,
    before: Facts | None = None,
    stage: Stage = Stage.FIRST,
    correction: bool = False,
    edit: Callable[[str], str] | None = None,
    now: datetime = NOW,
    kept_back: str | None = None,
) -> Looked:
    """The report on `facts` (after one on `before`), as it was made or as `edit` makes of it."""
    verdict = classify(facts, standards, now)
    if stage == Stage.FIRST:
        report = first_report(facts, verdict, standards, HEADER, now)
    else:
        base = before or facts
        report = follow_up(
            facts,
            base,
            verdict,
            classify(base, standards, now),
            standards,
            HEADER,
            now,
            number=1 if stage == Stage.FOLLOW_UP else 0,
            stage=stage,
            correction=correction,
        )
    made = render(report, "text")
    text = edit(made) if edit is not None else made
    told = None if edit is None else understand(own_words(text), now, standards).facts
    paper = Paper(
        text,
        stage,
        facts,
        verdict,
        standards,
        now,
        case="01",
        correction=correction,
        earlier=None if before is None else Earlier("首报", before),
        told=told,
        kept_back=kept_back,
    )
    return Looked(check(paper), text)
