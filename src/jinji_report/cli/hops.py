"""环节 on the screen: each hop's share of the hour as a bar, and under it what the hop really took."""

from datetime import datetime, timedelta

from jinji_report.cli.screen import Block, Heading, Line, Table
from jinji_report.judgement.hops import Hop, Way
from jinji_report.judgement.limits import STARTS_LABELS
from jinji_report.moments import on_screen, whole_minutes

WIDTH = 36
PLANNED, REAL, OPEN, NOTHING = "=", "#", "-", "."


def hops(way: Way | None, now: datetime) -> list[Block]:
    """The way up; nothing where the standards share no hour, or nobody told when it happened."""
    if way is None:
        return []
    whole = whole_minutes(way.ends - way.starts)
    left = "全程已走完" if _done(way) else _left(way, now)
    start = f"{STARTS_LABELS[way.starts_from]} {on_screen(way.starts, beside=now)}"
    end = on_screen(way.ends, beside=now)
    scale = _Scale(way, now)
    rows: list[tuple[str, ...]] = []
    styles: list[str] = []
    for place, hop in enumerate(way.hops):
        planned_from = way.starts if place == 0 else way.hops[place - 1].planned
        name = f"{hop.tier}{'（本级）' if hop.ours else ''}"
        rows.append((name, f"应 {hop.minutes} 分", scale.bar(planned_from, hop.planned, PLANNED)))
        rows.append(("", _real_words(hop, now), _real_bar(hop, now, scale)))
        late = hop.passed is not None and hop.passed > hop.planned
        over = hop.left is not None and hop.began is not None and now > hop.ends
        styles += ["", "overdue" if over else "due_soon" if late else "dim"]
    blocks: list[Block] = [
        Heading(f"环节：{start} 起 {whole} 分钟，到 {end}；{left}"),
        Table(("环节", "分钟", f"{PLANNED} 应有　{REAL} 实际　{OPEN} 还剩"), rows, styles),
    ]
    if way.reshared and not _done(way):
        blocks.append(Line("有环节用多了，剩下的分钟已按各级份额重新分。", "due_soon"))
    return blocks


class _Scale:
    """Where a moment stands on the bars: from when it happened to the later of the end and now."""

    def __init__(self, way: Way, now: datetime) -> None:
        ends = [way.ends, *(hop.passed for hop in way.hops if hop.passed is not None)]
        if not _done(way):
            ends.append(
                min(now, way.ends + (way.ends - way.starts))
            )  # days later the bars would shrink to dots
        self.starts = way.starts
        self.span = max(ends) - way.starts or timedelta(minutes=1)

    def at(self, moment: datetime) -> int:
        return max(0, min(WIDTH, round((moment - self.starts) / self.span * WIDTH)))

    def bar(self, since: datetime, until: datetime, sign: str) -> str:
        begin, end = self.at(since), self.at(until)
        return NOTHING * begin + sign * max(end - begin, 1 if until > since and begin < WIDTH else 0)


def _real_bar(hop: Hop, now: datetime, scale: _Scale) -> str:
    if hop.began is None:
        return "" if hop.left is None else scale.bar(hop.ends - hop.left, hop.ends, OPEN)
    if hop.passed is not None:
        return scale.bar(hop.began, hop.passed, REAL)
    bar = scale.bar(hop.began, max(now, hop.began), REAL)
    return bar + OPEN * max(0, scale.at(hop.ends) - len(bar))


def _real_words(hop: Hop, now: datetime) -> str:
    if hop.passed is not None:
        used = hop.used
        if used is None:
            return "已过"
        over = f"，晚 {whole_minutes(hop.passed - hop.planned)} 分" if hop.passed > hop.planned else ""
        return f"用 {used} 分{over}"
    if hop.left is None:
        return ""
    if hop.began is not None and now > hop.ends:
        return f"超时 {whole_minutes(now - hop.ends)} 分"
    return f"剩 {whole_minutes(hop.left)} 分，到 {on_screen(hop.ends, beside=now)}"


def _left(way: Way, now: datetime) -> str:
    if now > way.ends:
        return f"已超时 {whole_minutes(now - way.ends)} 分"
    return f"还剩 {whole_minutes(way.left)} 分"


def _done(way: Way) -> bool:
    return all(hop.left is None for hop in way.hops)
