"""The entries of a case or of the ledger as lines: what was done when, by whom, and whether it still counts."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from jinji_report.cli.countdown import grade_json_words
from jinji_report.cli.screen import Block, Line, Table, in_drill
from jinji_report.model.backflow import backflows_of
from jinji_report.model.case import Case, Way
from jinji_report.model.entry import Entry
from jinji_report.moments import on_screen
from jinji_report.reports.wording import report_name
from jinji_report.vocabulary import EntryKind, Stage, Status

TAKEN_BACK, SET_CLOCK, DRILL = "×", "*", "演"
_LEGEND = {
    TAKEN_BACK: "× 已撤销，不再算数",
    SET_CLOCK: "* 登记时用了设定时钟（--now 或 JINJI_NOW）",
    DRILL: "演 演练条目",
}
MOST_OF_A_LINE = 40

Row = tuple[Entry, Entry | None]
"""An entry, and the 撤销 that took it back."""


def of_case(case: Case, now: datetime) -> list[Block]:
    """The timeline of a case, with that of the cases that were merged into it."""
    rows: list[Row] = [(entry, case.voided.get(entry.id)) for entry in case.entries]
    for other in case.absorbed:
        rows += [(entry, other.voided.get(entry.id)) for entry in other.entries]
    rows.sort(key=lambda row: row[0].seq)
    return [
        Table(
            ("发生", "登记", "条目", "记录人", "内容"),
            [
                (
                    on_screen(entry.at, beside=now),
                    "同时" if entry.at == entry.recorded else on_screen(entry.recorded, beside=now),
                    _kind(entry, voided),
                    entry.by,
                    ("" if entry.case == case.number else f"〔{entry.case}〕") + entry_words(entry),
                )
                for entry, voided in rows
            ],
            ["dim" if voided is not None else "" for _, voided in rows],
        ),
        *legend(rows),
    ]


def of_ledger(rows: Iterable[Row], now: datetime, *, cases: bool) -> list[Block]:
    """Entries by their number; with `cases` each run of one case stands under its number."""
    listed = list(rows)
    before = ["", *(entry.case for entry, _ in listed)]
    return [
        Table(
            ("序号", "登记", "发生", "条目", "记录人", "内容"),
            [
                (
                    str(entry.seq),
                    on_screen(entry.recorded, beside=now),
                    "同时" if entry.at == entry.recorded else on_screen(entry.at, beside=now),
                    _kind(entry, voided),
                    entry.by,
                    _shortened(entry_words(entry), MOST_OF_A_LINE),
                )
                for entry, voided in listed
            ],
            ["dim" if voided is not None else "" for _, voided in listed],
            [
                (entry.case or "（台账自身）") if cases and (not place or entry.case != before[place]) else ""
                for place, (entry, _) in enumerate(listed)
            ],
            indent=2 if cases else 0,
        ),
        *legend(listed),
    ]


def legend(rows: Iterable[Row]) -> list[Block]:
    """What the marks mean that these entries bear; in a drill all are of it, and the answer says so."""
    used = {mark for row in rows for mark in _marks(*row)}
    return [Line(words, "dim") for mark, words in _LEGEND.items() if mark in used]


def standing(case: Case) -> list[Block]:
    """That the case is no longer one of its own, and how that is taken back; nothing of an ordinary case."""
    if case.merged_into is not None:
        return [
            Line(
                f"已并入 {case.merged_into}，报送和时限都在那里办：jinji show {case.merged_into}；"
                f"并错了：jinji undo {case.number} --reason 原因",
                "due_soon",
            )
        ]
    if case.status == Status.VOID:
        return [
            Line(f"接报已撤销，不计时限；撤错了：jinji undo {case.number} --redo --reason 原因", "due_soon")
        ]
    return []


def backflows(case: Case, now: datetime) -> list[Block]:
    """Who knew of the incident before this desk had reported it."""
    known = [
        f"{one.who}（{on_screen(one.at, beside=now)}{f'，{one.text}' if one.text else ''}）"
        for one in backflows_of(case)
    ]
    return [Line(f"倒灌 {len(known)} 次：{'；'.join(known)}", "due_soon", hang=4)] if known else []


def contradictions(case: Case) -> list[Block]:
    """The entries that do not fit the others."""
    return [Line(f"※ 第 {one.entry.seq} 条：{one.text}", "due_soon", hang=3) for one in case.contradictions]


def entry_words(entry: Entry) -> str:
    """What one entry says, in a few words for the timeline; an unknown kind shows its keys."""
    data = entry.data
    words = _WORDS.get(entry.kind)
    try:
        text = words(data) if words is not None else "、".join(data)
    except (KeyError, TypeError, ValueError, AttributeError):
        text = "（条目不合格式）"
    reason = data.get("reason")
    return f"{text}（{reason}）" if reason and entry.kind != EntryKind.DECISION else text


def _kind(entry: Entry, voided: Entry | None) -> str:
    return entry.kind + "".join(_marks(entry, voided))


def _marks(entry: Entry, voided: Entry | None) -> list[str]:
    told = {
        TAKEN_BACK: voided is not None,
        SET_CLOCK: entry.machine is not None,
        DRILL: entry.drill and not in_drill(),
    }
    return [mark for mark, holds in told.items() if holds]


def _shortened(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def _verdict_words(data: Mapping[str, Any]) -> str:
    verdict = data["verdict"]
    offices = "、".join(o["office"] for o in verdict["report_to"])
    return f"{verdict['decision']}　{grade_json_words(verdict['grade'])}" + (
        f"　{offices}" if offices else ""
    )


def _told_words(data: Mapping[str, Any]) -> str:
    if data.get("secret"):
        return str(Way(data["secret"]))
    note = data.get("note") or ""
    sets = "，".join(data.get("sets") or ())
    return "；".join(part for part in (_shortened(note), sets) if part) or "无新情况"


def _overridden_words(data: Mapping[str, Any]) -> str:
    """What the officer sent a report with that the check would have stopped."""
    codes = data.get("overridden")
    return f"（带须改{'、'.join(map(str, codes))}）" if isinstance(codes, list) and codes else ""


def _order_words(data: Mapping[str, Any]) -> str:
    """The rules of the standards that it departed from."""
    rules = data.get("out_of_order")
    return f"（不合{'、'.join(map(str, rules))}）" if isinstance(rules, list) and rules else ""


def _sent_words(data: Mapping[str, Any]) -> str:
    name = report_name(Stage(data["stage"]), data.get("number", 0))
    more = "　".join(data[key] for key in ("channel", "person", "reference") if data.get(key))
    sent = f"{name} → {data['to']['office']}（{data['form']}）{_overridden_words(data)}{_order_words(data)}"
    return sent + (f"　{more}" if more else "")


def _unit_report_words(data: Mapping[str, Any]) -> str:
    """`卫生健康（电话）　伤亡救治：收治40人，2人死亡；死亡=2　李医生`."""
    said = f"，{data['said']}" if data.get("said") else ""
    told = "；".join(
        part for part in (_shortened(data.get("text") or ""), "，".join(data.get("sets") or ())) if part
    )
    angle = data.get("angle") or ""
    words = "：".join(part for part in (angle, told) if part)
    person = data.get("person") or ""
    return "　".join(part for part in (f"{data['unit']}（{data['form']}{said}）", words, person) if part)


def _agreed_words(data: Mapping[str, Any]) -> str:
    """`死亡=2、受伤=38　截至9时45分……`."""
    return "　".join(
        part for part in ("、".join(data.get("sets") or ()), _shortened(data.get("text") or "")) if part
    )


def _consulted_words(data: Mapping[str, Any]) -> str:
    who = "　".join(part for part in (data["unit"], data.get("person")) if part)
    told = data.get("opinion")
    return f"{who}：{told}" if told else _shortened(f"问{who}：{'；'.join(data.get('questions') or ())}")


def _closed_words(data: Mapping[str, Any]) -> str:
    if data.get("lead"):
        return f"线索{data['lead']}"
    return f"还缺：{'、'.join(data['missing'])}" if data.get("missing") else ""


def _request_words(data: Mapping[str, Any]) -> str:
    who = " ".join(part for part in (data["from"]["office"], data.get("person")) if part)
    said = f"：“{_shortened(data['text'])}”" if data.get("text") else ""
    return f"{data.get('name', '')} {data['request']}　{who}{said}".strip()


def _answer_words(data: Mapping[str, Any]) -> str:
    who = " ".join(part for part in (data.get("unit"), data.get("person")) if part)
    what = f"{data.get('form') or ''}{data['step']}"
    said = _shortened(data.get("text") or "")
    return "　".join(part for part in (data.get("name"), what, who, said) if part)


_WORDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    EntryKind.RECEIVED: _told_words,
    EntryKind.FACTS: _told_words,
    EntryKind.VERDICT: _verdict_words,
    EntryKind.REPORT: lambda data: (
        f"{report_name(Stage(data['stage']), data.get('number', 0))}《{data['title']}》"
        f"{'　无新情况' if data.get('no_change') is True else ''}"
    ),
    EntryKind.SENT: _sent_words,
    EntryKind.ACK: lambda data: "　".join(
        part
        for part in (data["to"]["office"], data.get("form"), data.get("person"), data.get("reference"))
        if part
    ),
    EntryKind.DECISION: lambda data: f"{data['decision']}：{data.get('reason', '')}",
    EntryKind.REQUEST: _request_words,
    EntryKind.ANSWER: _answer_words,
    EntryKind.CLOSED: _closed_words,
    EntryKind.REOPENED: lambda data: "",
    EntryKind.UNDONE: lambda data: str(data.get("told") or f"{len(data['voids'])} 条"),
    EntryKind.MERGED: lambda data: f"并入 {data['into']}" if "into" in data else f"{data['from']} 并入本案卷",
    EntryKind.SIGNED: lambda data: data["person"] + (f"（{data['role']}）" if data.get("role") else ""),
    EntryKind.RELEASED: lambda data: (
        f"{data['unit']}：{_shortened(data.get('text', ''))}{_order_words(data)}"
    ),
    EntryKind.CALLED: lambda data: "　".join(
        part
        for part in (
            "叫通" if data["reached"] else "叫不通",
            data["unit"],
            data.get("role"),
            data.get("person"),
            data.get("phone"),
        )
        if part
    ),
    EntryKind.UNIT_REPORT: _unit_report_words,
    EntryKind.AGREED: _agreed_words,
    EntryKind.LEAD: lambda data: "　".join(
        part for part in (data.get("channel"), _shortened(data.get("note") or "")) if part
    ),
    EntryKind.VERIFIED: lambda data: "　".join(
        part for part in (data["state"], data.get("unit"), data.get("person"), data.get("text")) if part
    ),
    EntryKind.CONSULTED: _consulted_words,
    EntryKind.BACKFLOW: lambda data: "　".join(
        part for part in (f"{data['who']}先知", data.get("text")) if part
    ),
    EntryKind.SEALED: lambda data: f"第 {data['seq']} 条为止，已移到 {data['file']}",
    EntryKind.REPAIRED: lambda data: (
        f"留下 {data['kept']} 条，略去 {data['left_out']} 行，原文件存为 "
        + "、".join(filter(None, (data["file"], *(one["file"] for one in data.get("sealed", ())))))
    ),
}
