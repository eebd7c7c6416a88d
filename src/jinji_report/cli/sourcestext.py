"""What the screens say of many heads: figures side by side, who is silent, what a unit's figures would make of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from jinji_report.cli.screen import Block, Heading, Line, Table
from jinji_report.cli.views import amount, grade_words
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.sources import (
    SideBySide,
    Silent,
    agreed_figures,
    angles_missing,
    other_verdicts,
    side_by_side,
    silent,
)
from jinji_report.model.case import Case
from jinji_report.model.verdict import Verdict
from jinji_report.moments import on_screen, spoken_span, whole_minutes
from jinji_report.quantity import Quantity
from jinji_report.reports.phrases import measure_of
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Decision, LimitState, Status

if TYPE_CHECKING:
    from jinji_report.desk.agree import Settled
    from jinji_report.desk.told import Told


class Sourced(Protocol):
    """A figure and whose it is."""

    unit: str
    quantity: Quantity


def figures(measures: Mapping[str, Quantity], standards: Standards) -> str:
    """`死亡3人、受伤5人`."""
    return "、".join(_figure(name, quantity, standards) for name, quantity in measures.items())


def agreed(measures: Mapping[str, Sourced], standards: Standards) -> str:
    """`死亡3人（卫生健康）；受伤5人（没有单位报过）`."""
    by_unit: dict[str, list[str]] = {}
    for name, one in measures.items():
        by_unit.setdefault(one.unit, []).append(_figure(name, one.quantity, standards))
    return "；".join(f"{'、'.join(told)}（{unit or '没有单位报过'}）" for unit, told in by_unit.items())


def beside(rows: Sequence[SideBySide], standards: Standards, now: datetime) -> list[Block]:
    """Every measure as each source has it."""
    if not rows:
        return []
    cells: list[tuple[str, str, str, str]] = []
    styles: list[str] = []
    for row in rows:
        measure = measure_of(row.measure, standards)
        for place, one in enumerate(row.figures):
            sign = ""
            if place == 0 and row.open:
                sign = "！不一致"
            elif place == 0 and row.agreed is not None:
                sign = f"口径 {amount(row.agreed.quantity, measure.unit)}"
            cells.append(
                (
                    measure.label if place == 0 else "",
                    amount(one.quantity, measure.unit),
                    one.unit,
                    f"{on_screen(one.at, beside=now)}{f'　{sign}' if sign else ''}",
                )
            )
            styles.append("due_soon" if row.open else "")
    return [Heading("各方数字"), Table(("项目", "数字", "单位", "时间"), cells, styles)]


def quiet(
    silent: Sequence[Silent],
    missing: Sequence[Mapping[str, str]],
    now: datetime,
    phones: Mapping[str, str] | None = None,
) -> list[Block]:
    """Who has not reported, how late he is and at which number to ask him; the angles that are missing of the others."""
    blocks: list[Block] = []
    if silent:
        heads = ["单位", "角度", "职责", "情况"]
        rows = [[one.unit, one.side, one.angle, _late(one, now)] for one in silent]
        if phones:
            heads.append("电话")
            for one, row in zip(silent, rows, strict=True):
                row.append(phones.get(one.unit, ""))
        styles = ["overdue" if one.minutes_late else "" for one in silent]
        blocks += [Heading("还没报的责任单位"), Table(heads, rows, styles)]
    names = {one.unit for one in silent}
    left = [one for one in missing if one["unit"] not in names]
    if left:
        words = "；".join(f"{one['unit']}：{one['angle']}" for one in left)
        blocks.append(Line(f"报过但还缺的角度：{words}", "due_soon", hang=4))
    return blocks


def lateness(owed: Iterable[Limit]) -> list[Block]:
    """That the unit's own report came late, by its limit."""
    for limit in owed:
        if limit.state == LimitState.MET_LATE and limit.met_at is not None:
            minutes = -whole_minutes(limit.due - limit.met_at)
            words = f"迟报{spoken_span(minutes)}（{on_screen(limit.due, beside=limit.met_at)} 截止）"
            return [Line(f"{limit.owes}{words}", "overdue")]
    return []


def would_be(unit: str, verdict: Verdict | None, case: Case) -> list[Block]:
    """`按卫生健康的数字：应报　较大　市委办公室`, where that is another verdict than the case's."""
    if verdict is None:
        return []
    offices = "、".join(o.office for o in verdict.report_to if o.decision == Decision.REPORT)
    now = (
        ""
        if case.verdict is None
        else f"（案卷现为{case.verdict.decision}　{grade_words(case.verdict.grade)}）"
    )
    words = "　".join(part for part in (verdict.decision.value, grade_words(verdict.grade), offices) if part)
    return [Line(f"！按{unit}的数字：{words}{now}", "overdue", hang=2)]


def remarks(done: "Told") -> list[str]:
    """What is told beside the answer: a unit that owes this case nothing."""
    from jinji_report.desk.told import OWNER

    if done.part == OWNER:
        return []
    if done.case.verdict is None:
        return ["※ 案卷没有研判，责任单位未定，照登。"]
    return [f"※ {done.unit}不是本案卷的责任单位，不欠报告，照登。"]


def next_steps(done: "Told", standards: Standards) -> list[Block]:
    """What to type where figures are in conflict or would be graver."""
    number = done.case.number
    lines = []
    if any(row.open for row in done.rows):
        lines.append(f"核清后统一口径：jinji agree {number} --from 单位 --reason 理由")
    if done.would_be is not None and done.would_be.decision != Decision.KEEP:
        lines.append(f"数字属实就先续报，不等统一：jinji followup {number}{_sets(done, standards)}")
    return [Heading("下一步"), *(Line(line, indent=2) for line in lines)] if lines else []


def doubts(done: "Settled") -> list[Block]:
    """What to look at again before it is agreed."""
    return [Line(f"※ {finding.text}", "due_soon", hang=3) for finding in done.findings]


def of_case(
    case: Case,
    limits: Sequence[Limit],
    standards: Standards,
    now: datetime,
    phones: Callable[[Iterable[str]], Mapping[str, str]],
) -> list[Block]:
    """The figures side by side, the wording that was agreed, and who is silent (`phones` finds their numbers)."""
    blocks = heads(case, standards, now)
    for one in case.chain.agreed[-1:]:
        words = figures({name: f.quantity for name, f in agreed_figures(case).items()}, standards)
        blocks.append(Line(f"统一口径（{on_screen(one.at, beside=now)}）：{words}", hang=4))
        if one.text:
            blocks.append(Line(one.text, indent=2))
    still = silent(case, standards, limits, now)
    missing = angles_missing(case, standards) if case.chain.told else ()
    return [*blocks, *quiet(still, missing, now, phones([one.unit for one in still]) if still else None)]


def heads(case: Case, standards: Standards, now: datetime) -> list[Block]:
    """The figures side by side, and what the case would be by those of each source."""
    rows = side_by_side(case, standards)
    blocks = beside(rows, standards, now)
    for unit, verdict in other_verdicts(case, rows, standards, now) if case.status == Status.OPEN else ():
        blocks += would_be(unit, verdict, case)
    return blocks


def settled(done: "Settled", standards: Standards) -> list[Block]:
    """What the agreed figures made of the case, and how they go up."""
    blocks: list[Block] = [Line(f"{change.sentence}。", indent=2) for change in done.changes]
    before, after = done.before, done.after
    if done.regraded and before is not None and after is not None:
        words = [f"{one.decision}　{grade_words(one.grade)}" for one in (before, after)]
        blocks.append(Line(f"研判：{' → '.join(words)}", "due_soon"))
    if done.open:
        labels = "、".join(measure_of(row.measure, standards).label for row in done.open)
        blocks.append(Line(f"仍不一致：{labels}", "due_soon"))
    if done.command:
        blocks.append(Line(f"已成文的报告还不是这个口径，要续报：{done.command}", "due_soon", hang=2))
    else:
        blocks.append(Line("最新一报就是这个口径，不用再写。"))
    return blocks


def _sets(done: "Told", standards: Standards) -> str:
    from jinji_report.desk.agree import typed

    known = done.case.facts.measures
    return "".join(
        f" --set {measure_of(name, standards).label}={typed(quantity)}"
        for name, quantity in done.measures.items()
        if name not in known or not known[name].same_range(quantity)
    )


def _figure(name: str, quantity: Quantity, standards: Standards) -> str:
    measure = measure_of(name, standards)
    return f"{measure.label}{amount(quantity, measure.unit)}"


def _late(one: Silent, now: datetime) -> str:
    if one.due is None:
        return "没有报"
    due = on_screen(one.due, beside=now)
    if one.minutes_late:
        return f"！迟{spoken_span(one.minutes_late)}（{due} 截止）"
    return f"{due} 截止"
