"""Which rows of the standards surely hold for an incident, outside a verdict."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from jinji_report.judgement.bounds import bounds, day_of
from jinji_report.model.facts import Facts
from jinji_report.standards.conditions import Known, outcomes, reduce
from jinji_report.standards.rows import Standards, applies

Row = TypeVar("Row", bound=Any)


def rows_holding(rows: Iterable[Row], facts: Facts, now: datetime, standards: Standards) -> list[Row]:
    """Those that apply to the category and whose `when`, if they have one, holds over every filling."""
    told = bounds(facts, standards)
    known = Known(category=facts.category, tags=facts.tags, on=day_of(facts, now), ranges=told.ranges)
    return [
        row
        for row in rows
        if applies(getattr(row, "categories", ()), facts.category)
        and outcomes(reduce(getattr(row, "when", None) or {}, known, standards), told.ranges, standards).sure
    ]
