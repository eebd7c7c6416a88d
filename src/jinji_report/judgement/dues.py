"""应办: what is still to be done about a case, of all its limits, and for which `now` that is so."""

from datetime import datetime

from jinji_report.judgement.clocks import steady
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import limits_of
from jinji_report.model.case import Case
from jinji_report.model.due import Due, Part, Reckoned
from jinji_report.standards.rows import Standards


def dues_of(case: Case, standards: Standards, now: datetime) -> Reckoned:
    """What somebody still has to do about the case at `now`, earliest due first."""
    dues = []
    for limit in limits_of(case, standards, now):
        part = _part(limit)
        if part is not None:
            told = limit.to_json()
            told["minutes_left"] = None
            if limit.running:
                told["state"] = None
            dues.append(Due(part, limit.due, told))
    return Reckoned(dues, *steady(case.facts, now))


def _part(limit: Limit) -> Part | None:
    if limit.receipt == "waiting":
        return Part.RECEIPT
    if limit.running:
        return Part.OURS if limit.ours else Part.OTHERS
    return None
