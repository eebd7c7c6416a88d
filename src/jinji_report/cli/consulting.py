"""What the screens say of a consultation: who was asked what, who is waited for, what to do when nobody answers."""

from collections.abc import Sequence
from datetime import datetime

from jinji_report.cli.screen import Block, Heading, Line
from jinji_report.desk.consult import Consulting
from jinji_report.judgement.consulting import Round, awaited, decision_waits
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import ended_at
from jinji_report.model.case import Case
from jinji_report.moments import on_screen, spoken_span, whole_minutes
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Status


def words(done: Consulting) -> str:
    """`会商 20260305-01　问应急管理、生态环境`, `会商 20260305-01　应急管理：不会再爆`."""
    if done.opinion:
        return f"会商 {done.case.number}　{done.unit}：{done.opinion}"
    return f"会商 {done.case.number}　问{'、'.join(done.asked)}"


def questions(done: Consulting) -> list[Block]:
    """What is asked of whom."""
    blocks: list[Block] = [Heading("问什么")] if done.asked else []
    for unit, asks in done.asked.items():
        blocks.append(Line(unit, "strong", indent=2))
        blocks += [Line(f"{place}. {ask}", indent=4, hang=3) for place, ask in enumerate(asks, 1)]
    return blocks


def next_step(done: Consulting, now: datetime) -> list[Block]:
    """Who is waited for, and how to go on."""
    number = done.case.number
    blocks: list[Block] = [Line("时限照走，不等会商。", "due_soon")]
    blocks += waiting(done.case, done.limits, now)
    if done.waiting:
        blocks.append(Line(f"有了意见：jinji consult {number} --unit 单位 --opinion 意见", indent=2))
    if done.opinion and not done.undecided:
        blocks.append(Line(f"要自己决定：{deciding(number)}", indent=2))
    return [*blocks, *(_undecided(number) if done.undecided else [])]


def standing(case: Case, limits: Sequence[Limit], standards: Standards, now: datetime) -> list[Block]:
    """Where the consultation of a case stands; nothing where nobody was asked."""
    if not case.chain.consulted or case.status != Status.OPEN or ended_at(case) is not None:
        return []
    undecided = decision_waits(case, standards, now)
    return [*waiting(case, limits, now), *(_undecided(case.number) if undecided else [])]


def waiting(case: Case, limits: Sequence[Limit], now: datetime) -> list[Block]:
    """The opinions that are waited for; where one is overdue and nothing went up yet, how to report without it."""
    blocks: list[Block] = []
    late: list[str] = []
    for one in awaited(case):
        limit = _limit_of(one, limits)
        if limit is not None and limit.minutes_left < 0:
            late.append(one.unit)
            blocks.append(
                Line(f"！{one.unit}超{spoken_span(-limit.minutes_left)}没有回意见", "overdue", hang=2)
            )
        elif limit is not None:
            due = on_screen(limit.due, beside=now)
            blocks.append(
                Line(f"等{one.unit}的意见到 {due}，剩{spoken_span(limit.minutes_left)}", "due_soon")
            )
        elif one.asked is not None:
            blocks.append(Line(f"等{one.unit}的意见，已{spoken_span(whole_minutes(now - one.asked))}"))
    if late and not case.sent:
        number = case.number
        blocks.append(
            Line(
                f"先报简要情况：jinji report {number} --format phone，"
                f"报出后 jinji sent {number} --form 电话；意见到了再续报。",
                "overdue",
                hang=2,
            )
        )
    return blocks


def deciding(number: str) -> str:
    """How an officer decides."""
    return f"jinji decide {number} 应报 --reason 理由（或 不报）"


def _undecided(number: str) -> list[Block]:
    return [Line(f"会商意见已有，请决定：{deciding(number)}", "due_soon", hang=2)]


def _limit_of(one: Round, limits: Sequence[Limit]) -> Limit | None:
    """The limit of the opinion that is waited for."""
    found = (limit for limit in limits if limit.owes == one.unit and limit.label == "会商意见")
    return next((limit for limit in found if limit.running and limit.starts == one.asked), None)
