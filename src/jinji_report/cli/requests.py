"""上级要求 on the screen: who asked for what in which words, and how far it is."""

from datetime import datetime

from jinji_report.cli.screen import Block, Heading, Line
from jinji_report.judgement.claims import MEETS, open_requests
from jinji_report.model.case import Case
from jinji_report.model.chain import Request
from jinji_report.moments import on_screen
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import RequestKind


def of_case(case: Case, standards: Standards, now: datetime) -> list[Block]:
    """The requests of a case, those that are still open standing out; nothing where there are none."""
    if not case.chain.requests:
        return []
    still_open = open_requests(case, standards, now)
    blocks: list[Block] = [Heading("上级要求")]
    for one in case.chain.requests:
        state = how_far(one, still_open=one in still_open)
        words = f"{line_of(one)}　{on_screen(one.at, beside=now)}　{state}"
        blocks.append(Line(words, "due_soon" if one in still_open else "", indent=2, hang=4))
        if one.text:
            blocks.append(Line(f"“{one.text}”", indent=4))
    return blocks


def line_of(request: Request) -> str:
    """`Q1 批示　市委办公室 张副市长`."""
    who = " ".join(part for part in (request.office, request.person) if part)
    return f"{request.name} {request.kind}　{who}"


def how_far(request: Request, *, still_open: bool) -> str:
    """`未办：已转办`, `未答复`, `已电话答复，未完`, `已办结`."""
    if request.ended_at is not None:
        return "已办结"
    meeting = [one for one in request.answers if one.step in MEETS[request.kind]]
    if request.kind == RequestKind.INSTRUCTION:
        steps = "、".join(dict.fromkeys(one.step for one in request.answers))
        return f"未办结（已{steps}）" if steps else "未办结"
    if not meeting:
        return "未答复"
    forms = "、".join(dict.fromkeys(one.form for one in meeting if one.form is not None))
    return f"已{forms}答复{'，还有没答的' if still_open else ''}"
