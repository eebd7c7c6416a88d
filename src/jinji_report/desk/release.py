"""对外发布: what went to the public, and through which unit; the standards know the one outlet (R15)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from jinji_report.desk.cases import commit, find_case, require_standing, require_words
from jinji_report.desk.departing import Departing, entering
from jinji_report.desk.named import named
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.errors import Usage
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.entry import NewEntry
from jinji_report.moments import iso
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind


class WentOut:
    """What was released through which unit; `outlet`: the one that the standards name, "" for none."""

    __slots__ = ("at", "case", "departing", "outlet", "text", "unit")

    def __init__(self, case: str, unit: str, text: str, at: str, outlet: str, departing: Departing) -> None:
        self.case = case
        self.unit = unit
        self.text = text
        self.at = at
        self.outlet = outlet
        self.departing = departing

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "jinji/1",
            "case": self.case,
            "step": EntryKind.RELEASED.value,
            "unit": self.unit,
            "text": self.text,
            "at": self.at,
            "outlet": self.outlet or None,
            **self.departing.to_json(),
        }


def outlet_of(standards: Standards, day: date) -> str:
    """The one unit through which anything went to the public that day, "" where the standards name none."""
    rows = standards.on(day).releases
    return rows[0].unit if rows else ""


def release(
    store: Store,
    name: str,
    unit: str,
    text: str,
    standards: Standards,
    stamp: Stamp,
    agree: Callable[[WentOut], bool] | None = None,
) -> WentOut:
    """Enter what went to the public. Another unit than the outlet, or too early, is recorded as a departure.

    Raises Usage without a unit or a text, UnknownCase, CaseState (also for a 涉密事件), SecretNote.
    """
    unit, text = named(unit, "单位名称"), text.strip()
    refuse_secrets(unit, text)
    outlet = outlet_of(standards, stamp.at.date())
    if not unit:
        say = f"对外发布只经过{outlet}。" if outlet else "标准里没有写对外发布的出口。"
        raise Usage(f"要写明经哪个单位发布；{say}", remedy=f"加上 --unit {outlet or '单位'}。")
    if not text:
        raise Usage("要写明发布了什么。", remedy='加上 --text "发布的内容"。')

    def decide(cases: Cases) -> tuple[list[NewEntry], WentOut]:
        case = find_case(cases, name)
        require_standing(case, "登记对外发布")
        require_words(case)
        data: dict[str, Any] = {"unit": unit, "text": text}
        departing = entering(
            case, [stamp.entry(case.number, EntryKind.RELEASED, data)], standards, stamp.recorded
        )
        if departing.rules:
            data["out_of_order"] = list(departing.rules)
        entry = stamp.entry(case.number, EntryKind.RELEASED, data)
        return [entry], WentOut(case.number, unit, text, iso(stamp.at), outlet, departing)

    return commit(store, decide, agree)
