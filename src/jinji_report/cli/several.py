"""What is said of a call that tells several incidents: what they are, and how they are entered apart."""

import shlex
from collections.abc import Sequence
from datetime import datetime

from jinji_report.cli import views
from jinji_report.cli.screen import Block, Heading, Line
from jinji_report.desk.alike import Likeness
from jinji_report.desk.followup import Followed
from jinji_report.desk.new import Opened
from jinji_report.desk.parts import Part
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Status


def noticed(parts: Sequence[Part], now: datetime) -> str:
    """The incidents of a call, a line each."""
    lines = [f"注意：来电像是说了{len(parts)}件事："]
    return "\n".join(
        [*lines, *(f"  {number}. {in_short(part, now)}" for number, part in enumerate(parts, 1))]
    )


def in_short(part: Part, now: datetime) -> str:
    """`火灾　城关镇东街服装店（3月5日 01:10）　应报`."""
    facts = part.judged.facts
    when = "" if facts.occurred is None else f"（{views.spoken_time(facts.occurred, now)}）"
    where = facts.place.text if facts.place is not None else "地点不详"
    return f"{facts.category or '类别不详'}　{where}{when}　{part.judged.verdict.decision}"


def headed(number: int, count: int, text: str) -> list[Block]:
    """The words of one of them, above what was made of it."""
    return [Heading(f"第{number}件，共{count}件"), Line(text)]


def entered_as_one(parts: Sequence[Part], number: str, now: datetime) -> str:
    """What to type where a call of several incidents became one case."""
    lines = [noticed(parts, now), f"已合成一件录入（{number}）。一件一案的做法：录入时加 --apart；现在补录："]
    lines += [f"  jinji new {shlex.quote(part.text)}" for part in parts[1:]]
    lines.append(f"  再更正第一件的数字：jinji followup {number} --correct --set 项目=值")
    return "\n".join(lines)


def because(reasons: Sequence[str]) -> str:
    """`（同为火灾；地点相同（东街））`, or nothing."""
    return f"（{'；'.join(reasons)}）" if reasons else ""


def resembles(likeness: Likeness, number: str, *, auto: bool) -> str:
    """A known case that the call seems to be about, beside which `number` was opened; `auto` did not attach it."""
    case, reasons = likeness.case, because(likeness.reasons)
    if case.status == Status.LEAD:
        return as_lead(likeness, number)
    if not likeness.open:
        return (
            f"注意：与已结案卷 {case.number}（{case.title}）像是同一件事{reasons}；"
            f"如是，先 jinji reopen {case.number} --reason 原因，再续报。"
        )
    why = "没有十足把握，没有自动续报，" if auto else ""
    return (
        f"注意：与在办案卷 {case.number}（{case.title}）像是同一件事{reasons}；{why}已另立 {number}。"
        f"如是：jinji merge {number} {case.number} --reason 同一件事，有新情况再 jinji followup {case.number} 续报；"
        f"下次录入时可加 --attach {case.number}（或 --attach auto）。"
    )


def as_lead(likeness: Likeness, number: str) -> str:
    """A lead that the incident seems to bear out, and how it is merged into the case, where there is one yet."""
    case, reasons = likeness.case, because(likeness.reasons)
    if not number:
        return f"注意：与线索 {case.number}（{case.title}）像是同一件事{reasons}；登记后可把它并进来。"
    return (
        f"注意：与线索 {case.number}（{case.title}）像是同一件事{reasons}；"
        f"如是，把线索并进来，得知的时间从线索算：jinji merge {case.number} {number} --reason 同一件事。"
    )


def outcome(answer: Opened | Followed, rules: Standards, now: datetime) -> list[Block]:
    """A new case with its verdict and first report, or the follow-up that was made."""
    if isinstance(answer, Followed):
        return views.followed(answer, rules, now)
    return [*views.verdict(answer.judged, rules), *views.opened(answer, now)]
