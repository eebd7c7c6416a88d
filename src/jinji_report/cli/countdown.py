"""What is due, as rows of the screen: the board's, and the list of cases.

Nothing here knows how limits are worked out, so that what only looks at them loads little.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from jinji_report.cli.screen import Table, urgency
from jinji_report.model.case import NOT_JUDGED, SECRET_TITLE
from jinji_report.model.due import NEVER, Row
from jinji_report.model.verdict import NO_GRADE, GradeRange
from jinji_report.moments import on_screen, spoken_span
from jinji_report.vocabulary import LIMIT_STATE_LABELS, Decision, LimitState, Status


def due_rows(rows: Sequence[Row], now: datetime, *, of_others: bool = False) -> Table:
    """Rows of the board, each run of one case under its number and title; those `of_others` say who has to act."""
    shown = merged(
        [
            (
                (row.case, row.title, row.due, _state_of(row)),
                "overdue" if row.overdue else urgency(row.state),
                row.owes if of_others else row.label,
                row.label if of_others else row.office,
            )
            for row in rows
        ]
    )
    cases = ["", *(key[0] for key, _, _, _ in shown)]
    return Table(
        ("情况", "截止", "单位", "该做的") if of_others else ("情况", "截止", "方式", "报给"),
        [
            (state, "—" if due == NEVER else on_screen(due, beside=now), what, whom)
            for (_, _, due, state), _, what, whom in shown
        ],
        [style for _, style, _, _ in shown],
        [
            f"{number}　{title}" if number != before else ""
            for before, ((number, title, _, _), _, _, _) in zip(cases, shown, strict=False)
        ],
        indent=2,
    )


def case_table(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Cases as `list` shows them."""
    return Table(
        ("案卷", "状态", "研判", "等级", "最近时限", "事件"),
        [
            (
                row["case"],
                row["status"],
                row["decision"] or "—",
                _row_grade(row),
                "—" if row["minutes_left"] is None else left(row["minutes_left"]),
                row["title"],
            )
            for row in rows
        ],
        [
            "dim"
            if row["status"] not in (Status.OPEN, Status.LEAD)
            else "overdue"
            if (row["minutes_left"] or 0) < 0
            else ""
            for row in rows
        ],
    )


Shown = tuple[Any, str, str, str]


def merged(rows: Sequence[Shown]) -> list[Shown]:
    """Rows of (key, style, what, office) without the repeats: the offices of one, then what goes to the same."""
    by_office: dict[tuple[Any, str, str], dict[str, None]] = {}
    for key, style, what, office in rows:
        by_office.setdefault((key, style, what), {})[office] = None
    by_what: dict[tuple[Any, str, str], dict[str, None]] = {}
    for (key, style, what), offices in by_office.items():
        by_what.setdefault((key, style, "、".join(offices)), {})[what] = None
    return [(key, style, _listed(whats), offices) for (key, style, offices), whats in by_what.items()]


def _listed(words: Iterable[str]) -> str:
    """`电话首报、书面首报` → `电话、书面首报`."""
    found = list(words)
    end = found[0][2:]
    if len(found) > 1 and end and all(word[2:] == end for word in found):
        return "、".join(word[:2] for word in found) + end
    return "、".join(found)


def _state_of(row: Row) -> str:
    if row.minutes_left is None:
        return done(row.state, row.told["receipt"])
    if row.told["state"] is None:
        return running(row.state, row.minutes_left, row.told["decision"])
    return f"{'！回执' if row.overdue else '回执'}{left(row.minutes_left)}"


def head(row: Row) -> str:
    """How the one thing stands that is shown in a line: `剩12分钟`, `回执超3分钟`."""
    words = "" if row.minutes_left is None else left(row.minutes_left)
    return words if row.told["receipt"] is None else f"回执{words}"


def running(state: LimitState, minutes_left: int, decision: str) -> str:
    """How a limit stands that runs: `剩12分钟`, `！超2小时05分（待核）`."""
    urgent = "！" if state in (LimitState.OVERDUE, LimitState.DUE_SOON) else ""
    return urgent + left(minutes_left) + ("（待核）" if decision == Decision.UNSURE else "")


def done(state: LimitState, receipt: str | None, *, missed: bool = False) -> str:
    """How a limit stands that runs no more: `已按时，待回执`."""
    words = "未报，已超时" if missed else LIMIT_STATE_LABELS[state]
    if receipt == "waiting":
        words += "，待回执"
    elif receipt == "confirmed":
        words += "，已回执"
    return words


def left(minutes: int) -> str:
    """`剩12分钟`, `超2小时05分`."""
    return f"剩{spoken_span(minutes)}" if minutes >= 0 else f"超{spoken_span(-minutes)}"


def _row_grade(row: Mapping[str, Any]) -> str:
    if not row["decision"]:
        return "—"
    if row["title"] == SECRET_TITLE:
        return "涉密"
    return "—" if row["decision"] == NOT_JUDGED else grade_json_words(row["grade"])


def grade_json_words(grade: Mapping[str, Any] | None) -> str:
    """The grade of a verdict as the ledger has it."""
    return NO_GRADE if grade is None else str(GradeRange.from_json(grade))
