"""上级要求 as JSON: what was asked, what was done about it, and whether it is done with."""

from datetime import datetime
from typing import Any

from jinji_report.judgement.claims import open_requests
from jinji_report.model.case import Case
from jinji_report.model.chain import Request
from jinji_report.moments import iso
from jinji_report.standards.rows import Standards


def request_json(request: Request, *, still_open: bool) -> dict[str, Any]:
    return {
        "name": request.name,
        "kind": request.kind.value,
        "from": {"tier": request.tier.value, "line": request.line.value, "office": request.office},
        "person": request.person,
        "at": iso(request.at),
        "text": request.text,
        "answers": [
            {
                "step": one.step.value,
                "at": iso(one.at),
                "form": None if one.form is None else one.form.value,
                "unit": one.unit,
                "person": one.person,
                "text": one.text,
                "by": one.by,
            }
            for one in request.answers
        ],
        "ended_at": None if request.ended_at is None else iso(request.ended_at),
        "open": still_open,
    }


def requests_json(case: Case, standards: Standards, now: datetime) -> list[dict[str, Any]]:
    """Every request of the case, with what was done about it."""
    still_open = open_requests(case, standards, now)
    return [request_json(one, still_open=one in still_open) for one in case.chain.requests]
