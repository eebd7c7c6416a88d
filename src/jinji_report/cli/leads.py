"""What the screens say of leads: how each stands, what it would be as an incident, what to do next."""

from collections.abc import Sequence
from datetime import datetime

from jinji_report.cli import several, views
from jinji_report.cli.screen import Block, Heading, Line, Table, say
from jinji_report.desk.lead.verify import HOLDS, Tip
from jinji_report.model.case import Case
from jinji_report.moments import on_screen
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind, LeadState, Status


def summed_up(tip: Tip, standards: Standards) -> list[Block]:
    """What was read of a new lead, and what would be owed if it were true."""
    judged = tip.judged
    if judged is None:
        return []
    verdict = judged.verdict
    offices = "、".join(office.office for office in verdict.report_to)
    words = [verdict.decision.value, views.grade_words(verdict.grade), offices]
    blocks = [*views.reading(judged, standards), Heading("若属实")]
    blocks.append(Line("　".join(word for word in words if word), "due_soon", indent=2))
    first = next((limit for limit in judged.limits if limit.ours), None)
    if first is not None:
        due = on_screen(first.due, beside=judged.now)
        blocks.append(
            Line(f"最早的时限 {due}（{first.label}），从事情发生时算，核实不停表。", indent=2, hang=2)
        )
    return blocks


def entered(tip: Tip) -> list[Block]:
    """That a lead was entered, and what to type next."""
    return [
        Line(f"已登记{step_words(tip)}，核实之前不报送、不计时限。", "good"),
        *next_step(tip),
    ]


def resembling(tip: Tip) -> None:
    """Say which cases the lead may be about."""
    for likeness in tip.alike:
        known = likeness.case
        say(
            f"注意：与{known.status}案卷 {known.number}（{known.title}）像是同一件事"
            f"{several.because(likeness.reasons)}；如是："
            f"jinji merge {tip.case.number} {known.number} --reason 同一件事。"
        )


def step_words(tip: Tip) -> str:
    """`核实 20260305-01　不实　城关派出所：是消防演练`."""
    lead = tip.lead
    if tip.step == EntryKind.LEAD:
        return f"线索 {tip.case.number}　{tip.case.title}{f'（{lead.channel}）' if lead.channel else ''}"
    step = "了结线索" if tip.step == EntryKind.CLOSED else tip.step.value
    found = f"　{lead.unit}：{lead.result}" if lead.result else f"　{lead.unit}" if lead.unit else ""
    return f"{step} {tip.case.number}　{lead.state}{found}"


def next_step(tip: Tip) -> list[Block]:
    """What is to be done with the lead now."""
    number, state = tip.case.number, tip.lead.state
    if tip.case.status == Status.CLOSED:
        words = [f"可答复：{tip.reply}"] if tip.reply else []
        return [Line(one, indent=2, hang=8) for one in words]
    blocks: list[Block] = [Heading("下一步")]
    if state in HOLDS:
        lines = [f'转为事件：jinji lead promote {number} "核实到的情况"']
    elif state == LeadState.FALSE:
        lines = [f"可答复：{tip.reply}", f"答复后了结：jinji lead dismiss {number} --reason 怎样答复的"]
    elif state == LeadState.UNVERIFIABLE:
        lines = [
            f"有新说法再核实：jinji lead verify {number} --state 核实中 --unit 单位",
            f"不再追的了结：jinji lead dismiss {number} --reason 原因",
        ]
    else:
        lines = [f"有结果后：jinji lead verify {number} --state 属实 --unit 单位 --text 核实到什么"]
    return [*blocks, *(Line(line, indent=2, hang=4) for line in lines)]


def listed(cases: Sequence[Case], now: datetime) -> Table:
    """Leads as `lead list` shows them."""
    return Table(
        ("案卷", "得知", "渠道", "核实", "线索"),
        [
            (
                case.number,
                "—" if lead is None else on_screen(lead.at, beside=now),
                "—" if lead is None else lead.channel or lead.kind or "—",
                standing(case),
                case.title,
            )
            for case in cases
            for lead in (case.chain.lead,)
        ],
        ["dim" if case.status != Status.LEAD else "" for case in cases],
    )


def standing(case: Case) -> str:
    """`核实中（城关派出所）`, `不实，已了结`, `属实，已转为事件`."""
    lead = case.chain.lead
    if lead is None:
        return ""
    words = lead.state.value
    if lead.promoted_at is not None:
        return f"{words}，已转为事件"
    if case.status == Status.CLOSED:
        return f"{words}，已了结"
    if case.status != Status.LEAD:
        return f"{words}，{case.status}"
    return f"{words}（{lead.unit}）" if lead.unit else words
