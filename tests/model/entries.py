"""Entries of a ledger, made as plainly as a test needs them."""

from typing import Any

from tests.factory import clock, incident

from jinji_report.model.entry import Entry
from jinji_report.vocabulary import EntryKind

CITY = {"tier": "市", "line": "党委", "office": "市委办公室", "decision": "应报"}
PROVINCE = {"tier": "省", "line": "党委", "office": "省委办公厅", "decision": "应报"}


def entry(
    kind: str | EntryKind, data: Any, at: str = "09:10", case: str = "20260320-01", **more: Any
) -> Entry:
    moment = clock(at)
    fields = {"v": 1, "seq": 1, "id": "0", "by": "王五", "prev": "0" * 64} | more
    return Entry(
        case=case, kind=str(getattr(kind, "value", kind)), at=moment, recorded=moment, data=data, **fields
    )


def received(at: str = "09:10", case: str = "20260320-01", **counts: Any) -> Entry:
    return entry(EntryKind.RECEIVED, {"note": "来电", "incident": incident(**counts).to_json()}, at, case)


def verdict(*offices: dict[str, str], **more: Any) -> dict[str, Any]:
    lists = ("reasons", "near_misses", "questions", "factors", "consult", "owners", "presumed")
    standards = {"id": "county", "digest": "0" * 64, "on": "2026-03-20"}
    shape = {"decision": "应报", "grade": None, "report_to": list(offices), "standards": standards}
    return shape | {name: [] for name in lists} | more


def judged(*offices: dict[str, str], at: str = "09:10", **data: Any) -> Entry:
    return entry(EntryKind.VERDICT, {"verdict": verdict(*offices)} | data, at)


def made(stage: str = "首报", number: int = 0, at: str = "09:12", **data: Any) -> Entry:
    return entry(EntryKind.REPORT, {"stage": stage, "number": number, "title": "", "text": "正文"} | data, at)


def sent(stage: str = "首报", number: int = 0, at: str = "09:15", form: str = "电话", **data: Any) -> Entry:
    shape = {"to": CITY, "form": form, "stage": stage, "number": number}
    return entry(EntryKind.SENT, shape | data, at)
