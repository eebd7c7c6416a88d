"""应办: what is still to be done about a case, of all its limits, and for which `now` that is so."""

from datetime import datetime

from jinji_report.judgement.clocks import steady
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import limits_of
from jinji_report.model.case import Case
from jinji_report.model.due import NEVER, Due, Part, Reckoned
from jinji_report.standards.rows import Address, Standards


def dues_of(case: Case, standards: Standards, now: datetime) -> Reckoned:
    """What somebody still has to do about the case at `now`, earliest due first."""
    here = Address(standards.desk.tier, standards.desk.line)
    dues = []
    for limit in limits_of(case, standards, now):
        part = _part(limit, here)
        if part is not None:
            told = limit.to_json()
            told["minutes_left"] = None
            if limit.running:
                told["state"] = None
            dues.append(Due(part, _due(limit), told))
    dues.sort(key=lambda one: one.due)
    return Reckoned(dues, *steady(case.facts, now))


def _part(limit: Limit, here: Address) -> Part | None:
    if limit.receipt == "waiting":
        return Part.RECEIPT
    if limit.running:
        return Part.OURS if limit.ours else Part.AWAITED if limit.to == here else Part.OTHERS
    return None


def _due(limit: Limit) -> datetime:
    """By when it is to be done. A receipt of which the standards do not say so may be waited for without end."""
    if limit.receipt == "waiting":
        return limit.receipt_due or NEVER
    return limit.due
