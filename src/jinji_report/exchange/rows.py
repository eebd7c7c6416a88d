"""The ledger as rows: one a case or one an entry, with columns that stay.

A column is never renamed or moved; new ones come at the end. Numbers that are ranges have a
`_low` and a `_high`; an empty cell is unknown or open, never zero.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from jinji_report.judgement.claims import open_requests
from jinji_report.judgement.conduct import departures_of
from jinji_report.judgement.obligations import limits_of
from jinji_report.judgement.sources import conflicts, silent
from jinji_report.model.backflow import backflows_of
from jinji_report.model.case import Case, effective_decision
from jinji_report.model.entry import Entry
from jinji_report.moments import iso
from jinji_report.reports.phrases import measure_of
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Decision, EntryKind, Form, LimitState, Stage

# column → what it holds; the README's table and `export --columns` come from here.
CASE_COLUMNS: dict[str, str] = {
    "case": "案卷编号",
    "status": "在办、线索（没有转为事件）、已结、已并（并入别的案卷）、已撤（接报已撤销）",
    "title": "标题",
    "category": "类别",
    "decision": "结论：应报、待核、备查，没有研判的（涉密事件）未研判；值班员另有决定的，以决定为准",
    "verdict": "系统研判",
    "officer_decision": "值班员决定：应报、不报",
    "officer_reason": "决定的理由",
    "grade_low": "等级下限",
    "grade_high": "等级上限",
    "occurred": "发生时间（最早）",
    "occurred_until": "发生时间（最晚），精确到分的为空",
    "occurred_precision": "minute、hour、part_of_day、day",
    "received": "接报时间",
    "place": "地点",
    "deaths_low": "死亡（至少）",
    "deaths_high": "死亡（至多）",
    "injured_low": "受伤（至少）",
    "injured_high": "受伤（至多）",
    "seriously_injured_low": "重伤（至少）",
    "seriously_injured_high": "重伤（至多）",
    "missing_low": "失踪（至少）",
    "missing_high": "失踪（至多）",
    "direct_loss_wan_low": "直接经济损失（万元，至少）",
    "direct_loss_wan_high": "直接经济损失（万元，至多）",
    "tags": "标签，以 | 分开",
    "factors": "敏感因素，以 | 分开",
    "report_to": "应报对象，以 | 分开",
    "first_phone_sent": "首次电话或信息报出时间",
    "first_written_sent": "首次书面报出时间",
    "reports": "已成文报告数",
    "follow_ups": "续报数",
    "final_report": "终报成文时间",
    "met_late": "报迟的时限数（本单位）",
    "overdue": "现已超时的时限数（本单位）",
    "next_due": "下一个截止时间（本单位）",
    "closed": "结案时间",
    "standards": "标准",
    "standards_digest": "标准的 SHA-256",
    "recorded_by": "接报登记人",
    "entries": "台账条目数",
    "missed": "终结时仍未报、已超时的时限数（本单位）",
    "merged_into": "并入的案卷（只有已并的有）",
    "drill": "演练的为 true，正式的为空",
    "departures": "不合报送规矩的条款（次序、双线、越级、签发、口径、出口），以 | 分开",
    "conflicts": "各方数字还不一致的项目，以 | 分开",
    "silent": "还没报的责任单位，以 | 分开",
    "backflows": "倒灌：谁先知道（上级、互联网、媒体），以 | 分开",
    "lead": "由线索来的：核实结果（待核实、核实中、属实、部分属实、不实、无法核实）",
    "lead_channel": "线索的渠道",
    "lead_promoted": "线索转为事件的时间",
    "requests": "上级要求数（核报、批示、抽查）",
    "open_requests": "还没有答复或办结的上级要求，以 | 分开",
}

ENTRY_COLUMNS: dict[str, str] = {
    "seq": "序号",
    "case": "案卷编号",
    "kind": f"条目：{'、'.join(EntryKind)}",
    "at": "发生时间",
    "recorded": "登记时间",
    "by": "登记人",
    "machine": "机器时钟（只在用 --now 设定时钟时有）",
    "data": "内容（JSON）",
    "id": "条目标识",
    "prev": "上一行的 SHA-256",
    "voided_by": "撤销它的那一条的序号（没有撤销的为空）",
    "drill": "演练的为 true，正式的为空",
}


def case_rows(cases: Iterable[Case], standards: Standards, now: datetime) -> Iterator[dict[str, Any]]:
    """One row a case, keys in the order of CASE_COLUMNS."""
    for case in cases:
        yield _case_row(case, standards, now)


def entry_rows(rows: Iterable[tuple[Entry, Entry | None]]) -> Iterator[dict[str, Any]]:
    """One row an entry, each with the 撤销 that took it back; fields that this version does not know come last."""
    for entry, voided in rows:
        record = {**entry.to_json(), "voided_by": None if voided is None else voided.seq}
        yield {name: record.get(name) for name in ENTRY_COLUMNS} | {
            name: value for name, value in record.items() if name not in ENTRY_COLUMNS
        }


def _case_row(case: Case, standards: Standards, now: datetime) -> dict[str, Any]:
    facts, verdict = case.facts, case.verdict
    occurred = facts.occurred
    grade = None if verdict is None else verdict.grade
    own, lead = case.decision, case.chain.lead
    every = limits_of(case, standards, now)
    limits = [limit for limit in every if limit.ours]
    running = [limit for limit in limits if limit.running]
    finals = [made for made in case.made if made.stage == Stage.FINAL]
    row: dict[str, Any] = {
        "case": case.number,
        "status": case.status.value,
        "title": case.title,
        "category": facts.category,
        "decision": effective_decision(case),
        "verdict": None if verdict is None else verdict.decision,
        "officer_decision": None if own is None else own.decision,
        "officer_reason": None if own is None else own.reason,
        "grade_low": None if grade is None else grade.low,
        "grade_high": None if grade is None else grade.high,
        "occurred": None if occurred is None else iso(occurred.at),
        "occurred_until": None if occurred is None or occurred.until is None else iso(occurred.until),
        "occurred_precision": None if occurred is None else occurred.precision,
        "received": iso(facts.moments["received"]) if "received" in facts.moments else None,
        "place": None if facts.place is None else facts.place.text,
    }
    for measure in ("deaths", "injured", "seriously_injured", "missing", "direct_loss_wan"):
        told = facts.measures.get(measure)
        row[f"{measure}_low"] = None if told is None else told.low
        row[f"{measure}_high"] = None if told is None else told.high
    offices = () if verdict is None else verdict.report_to
    row |= {
        "tags": "|".join(facts.tags),
        "factors": "" if verdict is None else "|".join(str(f.get("factor", "")) for f in verdict.factors),
        "report_to": "|".join(o.office for o in offices if o.decision == Decision.REPORT),
        "first_phone_sent": _first_sent(case, (Form.PHONE, Form.MESSAGE)),
        "first_written_sent": _first_sent(case, (Form.WRITTEN,)),
        "reports": len(case.made),
        "follow_ups": sum(made.stage == Stage.FOLLOW_UP for made in case.made),
        "final_report": iso(finals[-1].at) if finals else None,
        "met_late": sum(limit.state == LimitState.MET_LATE for limit in limits),
        "overdue": sum(limit.state == LimitState.OVERDUE and limit.running for limit in limits),
        "next_due": iso(running[0].due) if running else None,
        "closed": None if case.closed_at is None else iso(case.closed_at),
        "standards": None if verdict is None else verdict.standards["id"],
        "standards_digest": None if verdict is None else verdict.standards["digest"],
        "recorded_by": case.entries[0].by,
        "entries": len(case.entries),
        "missed": sum(limit.missed for limit in limits),
        "merged_into": case.merged_into,
        "drill": True if case.entries[0].drill else None,
        "departures": "|".join(dict.fromkeys(one.rule for one in departures_of(case, standards, now))),
        "conflicts": "|".join(measure_of(row.measure, standards).label for row in conflicts(case, standards)),
        "silent": "|".join(one.unit for one in silent(case, standards, every, now)),
        "backflows": "|".join(one.who for one in backflows_of(case)),
        "lead": None if lead is None else lead.state,
        "lead_channel": None if lead is None else lead.channel,
        "lead_promoted": None if lead is None or lead.promoted_at is None else iso(lead.promoted_at),
        "requests": len(case.chain.requests),
        "open_requests": "|".join(
            f"{one.name} {one.kind} {one.office}" for one in open_requests(case, standards, now)
        ),
    }
    return row


def _first_sent(case: Case, forms: Sequence[Form]) -> str | None:
    moments = [entry.at for entry in case.sent if entry.data.get("form") in forms]
    return iso(min(moments)) if moments else None
