"""The parts that several screens show: what was understood, the verdict, the limits."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jinji_report.cli.countdown import done, merged, running
from jinji_report.cli.screen import Block, Heading, Line, Table, urgency
from jinji_report.desk.answer import Judged
from jinji_report.judgement.limits import STARTS_LABELS, Limit
from jinji_report.judgement.obligations import window_end
from jinji_report.model.case import NOT_JUDGED, Case, effective_decision
from jinji_report.model.facts import Facts, Occurred, Source
from jinji_report.model.verdict import NO_GRADE, GradeRange, Verdict
from jinji_report.moments import iso, on_screen
from jinji_report.quantity import Quantity
from jinji_report.reports.wording import report_name
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import (
    Basis,
    Decision,
    LimitState,
    Precision,
    Status,
)

if TYPE_CHECKING:
    from jinji_report.desk.followup import Followed
    from jinji_report.desk.new import Opened

EFFECT_LABELS = {"lifts": "提级", "asks": "需核", "shown": "提示"}
BASIS_LABELS = {Basis.OCCURRED: "", Basis.ALARM: "（接警时间）", Basis.DISCOVERED: "（发现时间）"}
MOST_QUESTIONS = 8
MOST_WORDS = 3  # of a kind that it may be too


def understood(facts: Facts, standards: Standards, now: datetime) -> list[Block]:
    """What was read, each value with the words behind it."""
    rows = [("类别", facts.category or "不详", facts.category_said)]
    occurred = facts.occurred
    rows.append(
        ("时间", "不详", "") if occurred is None else ("时间", spoken_time(occurred, now), occurred.said)
    )
    rows.append(("地点", facts.place.text if facts.place else "不详", ""))
    for name, measure in standards.measures.items():
        if name in facts.measures:
            quantity = facts.measures[name]
            rows.append((measure.label, amount(quantity, measure.unit), quantity.said))
    if "deaths" not in facts.measures:
        rows.append((standards.measures["deaths"].label, "未提到", ""))
    for label, text in (("原因", facts.cause), ("措施", facts.actions), ("领导", facts.leaders)):
        if text:
            rows.append((label, text, ""))
    source = spoken_source(facts.source)
    if source:
        rows.append(("来源", source, ""))
    if facts.tags:
        rows.append(("标签", "、".join(facts.tags), "、".join(dict.fromkeys(facts.tags.values()))))
    return [Heading("读到的要素"), Table(("项目", "读到", "原话"), rows)]


def reading(judged: Judged, standards: Standards, *, explained: bool = False) -> list[Block]:
    """What was read, what is unsure of it and what was left over; `explained` marks it in the note itself."""
    if explained and judged.understood is not None:
        from jinji_report.cli.explained import explained as marked
        from jinji_report.cli.screen import coloured

        return marked(judged, judged.understood, standards, coloured=coloured())
    return [*understood(judged.facts, standards, judged.now), *noticed(judged)]


def noticed(judged: Judged, *, all_kinds: bool = False) -> list[Block]:
    """What was unsure, what else it may be (`all_kinds`: every one), and the words that no value used."""
    blocks: list[Block] = [Line(f"※ {doubt}", "due_soon", hang=3) for doubt in judged.doubts]
    if judged.understood is None:
        return blocks
    from jinji_report.intake.reading import TELLING, tied

    reading, facts = judged.understood.reading, judged.facts
    if all_kinds or facts.category is None or tied(reading.candidates):
        others = [
            f"{name}（{'、'.join(word.replace('+', '…').replace('#', '') for word in words[:MOST_WORDS])}）"
            for name, weight, words in reading.candidates
            if name != facts.category and (all_kinds or facts.category is None or weight >= TELLING)
        ]
        if others:
            blocks.append(Line(f"其他可能：{'、'.join(others)}", hang=10))
    raw = reading.note.raw
    unused = [raw[start:end] for start, end in judged.understood.shown.unused]
    if unused:
        blocks.append(Line(f"未用到：{'；'.join(unused)}".replace("\n", " "), "dim", hang=8))
    return blocks


def spoken_source(source: Source) -> str:
    """Who told it, in one line."""
    return " ".join(part for part in (source.unit, source.person, source.phone, source.kind) if part)


def verdict(judged: Judged, standards: Standards) -> list[Block]:
    """The decision with everything behind it."""
    v = judged.verdict
    style = {"应报": "overdue", "待核": "due_soon"}.get(v.decision, "good")
    blocks: list[Block] = [
        Heading("研判"),
        Line(f"{v.decision}　{grade_words(v.grade)}　（{v.standards['id']}，{v.standards['on']}）", style),
    ]
    blocks += verdict_details(v, standards)
    return blocks


def verdict_details(v: Verdict, standards: Standards) -> list[Block]:
    """Everything of the verdict below its first line."""
    blocks: list[Block] = []

    def add(label: str, text: str, style: str = "") -> None:
        blocks.append(Line(f"{label}：{text}", style, indent=2, hang=6))

    for decision, label in ((Decision.REPORT, "报给"), (Decision.UNSURE, "待核")):
        offices = [office.office for office in v.report_to if office.decision == decision]
        if offices:
            add(label, "、".join(offices))
    if v.decision == Decision.KEEP:
        blocks.append(Line("没有达到任何报送标准，记录备查。", indent=2))
    clauses: dict[str, dict[str, None]] = {}
    for reason in v.reasons:
        clauses.setdefault(reason["text"], {})[reason["clause"]] = None
    for text, named in clauses.items():
        add("理由", f"{text}〔{_articles(list(named))}〕")
    for miss in v.near_misses:
        add("临界", miss["text"], "due_soon")
    for factor in v.factors:
        said = f"（{factor['said']}）" if factor["said"] else ""
        add("敏感", f"{factor['factor']}{said}，{EFFECT_LABELS[factor['effect']]}")
    for consult in v.consult:
        add("会商", f"{consult['unit']}——{'；'.join(consult['questions'])}")
    if v.owners:
        add("责任", "、".join(f"{owner['unit']}（{owner['side']}：{owner['angle']}）" for owner in v.owners))
    if v.presumed:
        labels = "、".join(
            standards.measures[name].label for name in v.presumed if name in standards.measures
        )
        add("推定", f"{labels}未提到，暂按没有", "dim")
    if v.questions:
        blocks.append(Heading("还要问"))
        for place, question in enumerate(v.questions[:MOST_QUESTIONS], 1):
            blocks.append(
                Line(f"{place}. {question['ask']}（可定：{question['decides']}）", indent=2, hang=3)
            )
        if len(v.questions) > MOST_QUESTIONS:
            blocks.append(
                Line(f"另有 {len(v.questions) - MOST_QUESTIONS} 问，见 jinji why。", "dim", indent=2)
            )
    return blocks


def _articles(clauses: Sequence[str]) -> str:
    """`某办法第五条、第六条`: the document once, where all are articles of the same."""
    first = clauses[0].rpartition("第")[0]
    if len(clauses) > 1 and first and all(clause.rpartition("第")[0] == first for clause in clauses):
        return first + "、".join(clause[len(first) :] for clause in clauses)
    return "；".join(clauses)


def opened(made: "Opened", now: datetime) -> list[Block]:
    """A case just opened: its first report, this desk's limits, and what to type next."""
    from jinji_report.cli import remarks
    from jinji_report.reports.render import render

    number, judged = made.number, made.judged
    blocks: list[Block] = [
        Heading(f"首报　案卷 {number}　{judged.verdict.decision}　{grade_words(judged.verdict.grade)}"),
        Line(render(made.report, "text")),
        *remarks.lines(made.check),
        *limit_table(judged.limits, now),
        Heading("下一步"),
    ]
    if not any(limit.ours for limit in judged.limits):
        return [*blocks, Line(f'有新情况：jinji followup {number} "…"', indent=2)]
    return [
        *blocks,
        Line(f"照念电话稿：jinji report {number} --format phone", indent=2),
        Line(f"报出后登记：jinji sent {number} --form 电话", indent=2),
        Line(f"对方确认后：jinji ack {number}", indent=2),
    ]


def followed(made: "Followed", standards: Standards, now: datetime) -> list[Block]:
    """A follow-up just entered: its report, what it did to the grade, the verdict and the limits."""
    from jinji_report.cli import remarks
    from jinji_report.reports.render import render

    blocks: list[Block] = [
        Heading(f"{report_label(made.report)}　案卷 {made.number}"),
        Line(render(made.report, "text")),
        *remarks.lines(made.check),
    ]
    before, after = made.before, made.judged.verdict
    if before is not None and grade_words(before.grade) != grade_words(after.grade):
        blocks.append(Line(f"等级：{grade_words(before.grade)} → {grade_words(after.grade)}", "due_soon"))
    return [*blocks, *verdict(made.judged, standards), *limit_table(made.judged.limits, now)]


def nothing_new(made: "Followed", now: datetime) -> list[Block]:
    """A follow-up that says that there is no news, and what to type next."""
    from jinji_report.cli import remarks
    from jinji_report.reports.render import render

    return [
        Heading(f"{report_label(made.report)}　案卷 {made.number}"),
        Line(render(made.report, "text")),
        *remarks.lines(made.check),
        *limit_table([limit for limit in made.judged.limits if limit.ours and limit.running], now),
        Line(f"报出后登记：jinji sent {made.number} --form 电话", indent=2),
    ]


def limit_table(limits: Sequence[Limit], now: datetime, *, of_others: bool = False) -> list[Block]:
    """This desk's own limits; those of other units as a table too, or as a count."""
    ours = [limit for limit in limits if limit.ours]
    others = [limit for limit in limits if not limit.ours]
    blocks: list[Block] = []
    if ours:
        blocks += [Heading("本单位时限"), _limits(ours, now, "方式", lambda limit: limit.label)]
        stand_in = next((limit for limit in ours if limit.stands_in and limit.running), None)
        if stand_in is not None:
            wanted = STARTS_LABELS.get(stand_in.wanted_start, stand_in.wanted_start)
            actual = STARTS_LABELS.get(stand_in.starts_from, stand_in.starts_from)
            if wanted != actual:
                blocks.append(Line(f"※ {wanted}时间不详，从已知最早的{actual}时间起算。", "dim"))
        vague = next((limit for limit in ours if limit.vague and limit.running), None)
        if vague is not None:
            start = on_screen(vague.starts, beside=now)
            blocks.append(Line(f"※ 发生时间没有说到几点，按最早可能的 {start} 起算；请问清几点几分。", "dim"))
    if others and of_others:
        blocks += [Heading("其他单位时限"), _limits(others, now, "单位", lambda limit: limit.owes)]
    elif others:
        late = sum(limit.state == LimitState.OVERDUE for limit in others)
        words = f"（已过 {late} 项）" if late else ""
        blocks.append(Line(f"其他单位时限 {len(others)} 项{words}，见 jinji why", "dim"))
    return blocks


def _limits(limits: Sequence[Limit], now: datetime, head: str, who: Callable[[Limit], str]) -> Table:
    rows = merged(
        [((limit.due, _state_of(limit)), urgency(limit.state), who(limit), limit.office) for limit in limits]
    )
    return Table(
        ("截止", "情况", head, "报给"),
        [(on_screen(due, beside=now), state, label, offices) for (due, state), _, label, offices in rows],
        [style for _, style, _, _ in rows],
    )


def _state_of(limit: Limit) -> str:
    if limit.running:
        return running(limit.state, limit.minutes_left, limit.decision)
    return done(limit.state, limit.receipt, missed=limit.missed)


def spoken_time(occurred: Occurred, now: datetime) -> str:
    """When it happened, as exactly as it was told."""
    at = occurred.at
    if occurred.precision == Precision.DAY:
        text = on_screen(at, beside=now).split(" ")[0]
    elif occurred.precision == Precision.PART_OF_DAY and occurred.until is not None:
        text = f"{on_screen(at, beside=now)} 至 {occurred.until:%H:%M}"
    elif occurred.precision == Precision.HOUR:
        text = f"{on_screen(at, beside=now)} 左右"
    else:
        text = on_screen(at, beside=now)
    return text + BASIS_LABELS[occurred.basis]


def amount(quantity: Quantity, unit: str) -> str:
    """`3人`, `11至19人`, `至少5人`, `不详`."""
    if quantity.wholly_open:
        return "不详"
    low = round(quantity.low, 2)
    high = None if quantity.high is None else round(quantity.high, 2)
    if high is None:
        return f"至少{low}{unit}"
    return f"{low}{unit}" if low == high else f"{low}至{high}{unit}"


def grade_words(grade: GradeRange | None) -> str:
    return NO_GRADE if grade is None else str(grade)


def report_label(report: Any) -> str:
    """`首报`, `续报二`, of anything with a stage and a number."""
    return report_name(report.stage, report.number)


def officer_json(case: Case) -> dict[str, Any] | None:
    """The officer's own decision as JSON."""
    own = case.decision
    if own is None:
        return None
    return {"decision": own.decision, "reason": own.reason, "by": own.by, "at": iso(own.at)}


def case_head(case: Case, standards: Standards, now: datetime) -> list[Block]:
    """Which case it is and where it stands, in two lines."""
    words = [case.status.value]
    if case.status != Status.VOID:
        words += standing_words(case)
    end = window_end(case, standards)
    if case.status in (Status.OPEN, Status.CLOSED) and case.rumour is None and end is not None and end > now:
        words.append(f"伤亡变化观察至 {on_screen(end, beside=now)}")
    return [Line(f"案卷 {case.number}　{case.title}", "strong"), Line("　".join(words))]


def standing_words(case: Case) -> list[str]:
    """`应报`, `较大`; of what was not judged there is no grade: `涉密`, `未研判`."""
    if case.verdict is not None:
        return [effective_decision(case), grade_words(case.verdict.grade)]
    if case.rumour is not None:
        return [case.rumour.state.value]
    words = ["涉密"] if case.secret is not None else []
    return [*words, *dict.fromkeys((effective_decision(case), NOT_JUDGED))]
