"""Clocks: limits that nobody can keep, that never start, that never show.

The hops share out the time from the incident to the office that must get it; a limit that gives less
than they add up to cannot be kept by levels that each use their share.
"""

from collections.abc import Iterator
from typing import Any

from jinji_report.standards.findings import Code, Finding, Subject
from jinji_report.standards.rows import LimitRow
from jinji_report.vocabulary import TIERS, ClockStart, Tier

_HOPS = """
[[hop]]
id = "hop.township"
tier = "乡镇"
minutes = 20
clause = "某办法第八条"
confidence = "confirmed"

[[hop]]
id = "hop.county"
tier = "县"
minutes = 20
clause = "某办法第八条"
confidence = "confirmed"
"""


def _limit(id: str, *lines: str) -> str:
    """An example limit of the codes below."""
    return "\n".join(
        [
            "",
            "[[limit]]",
            f'id = "{id}"',
            *lines,
            'clause = "某办法第九条"',
            'confidence = "confirmed"',
            "",
        ]
    )


_PHONE = ('text = "电话首报"', 'form = "电话"')
_WRITTEN = ('text = "书面首报"', 'form = "书面"')

TOO_SHORT = Code(
    "J601",
    "错误",
    "时限谁也赶不上",
    what="时限在下级环节用完自己的分钟之前就到了，事情还没报到该报的这一级。",
    why="下级都按时，本级一接到就已经超时，考核里会记成迟报。",
    bad=_HOPS + _limit("first", *_PHONE, 'starts = "occurred"', "within = 15"),
    good=_HOPS + _limit("first", *_PHONE, 'starts = "occurred"', "within = 40"),
)
OVER_THE_WHOLE = Code(
    "J602",
    "错误",
    "各环节加起来超过总时限",
    what="从事发到收到，各级环节的分钟加起来比时限的总分钟多。",
    why="每一级都按自己的环节办，加起来还是迟了，又说不出是谁迟的。",
    bad=_HOPS + _limit("first", *_PHONE, 'starts = "occurred"', "within = 30"),
    good=_HOPS + _limit("first", *_PHONE, 'starts = "occurred"', "within = 40"),
)
AFTER = Code(
    "J603",
    "错误",
    "时限的先后接不上",
    what="after 指向自己、绕成一圈，指向写在后面的时限，或者指向报给别的单位的时限。",
    why="这样的 after 不起作用：时限不会从前一次报送起算，而是从事发起算，要求比文件严得多。",
    bad=_limit("written", *_WRITTEN, 'starts = "occurred"', "within = 30", 'after = "written"'),
    good=_limit("phone", *_PHONE, 'starts = "occurred"', "within = 30")
    + _limit("written", *_WRITTEN, 'starts = "occurred"', "within = 30", 'after = "phone"'),
)
TO_NOBODY = Code(
    "J604",
    "警告",
    "时限要报的单位，没有报送条款会报到",
    what="本文件的时限写了 to，但没有一条报送条款（或越级直报条款）会报到那里。",
    why="不必报的单位不算时限，这条时限永远不会出现在看板上。",
    bad="""
[[office]]
tier = "省"
line = "党委"
name = "省委办公厅"
"""
    + _limit(
        "province", *_WRITTEN, 'to = [{ tier = "省", line = "党委" }]', 'starts = "occurred"', "within = 60"
    ),
    good=_limit(
        "city", *_WRITTEN, 'to = [{ tier = "市", line = "党委" }]', 'starts = "occurred"', "within = 60"
    ),
)
REPEATS = Code(
    "J605",
    "错误",
    "定期续报没有从上次报送起算",
    what='时限写了 repeats = true，starts 却不是 "sent"。',
    why="报了也不会往下数下一次，这条时限会一直显示超时。",
    bad=_limit(
        "followup",
        'text = "每2小时续报"',
        'form = "信息"',
        'starts = "occurred"',
        "within = 120",
        "repeats = true",
    ),
    good=_limit(
        "followup",
        'text = "每2小时续报"',
        'form = "信息"',
        'starts = "sent"',
        "within = 120",
        "repeats = true",
    ),
)
OTHERS_WITHOUT_MINUTES = Code(
    "J606",
    "错误",
    "别的单位的时限没有写分钟",
    what="时限写了 owes（由别的单位报）或没有写报给谁，却没有 within 或 to。",
    why="别的单位的时限只按 within 分钟、对着 to 里的单位算；缺一样，这条就不会出现，也催不了。",
    bad=_limit(
        "unit",
        *_PHONE,
        'owes = "事故单位"',
        'to = [{ tier = "市", line = "党委" }]',
        'starts = "discovered"',
        'daily = ["08:00"]',
    ),
    good=_limit(
        "unit",
        *_PHONE,
        'owes = "事故单位"',
        'to = [{ tier = "市", line = "党委" }]',
        'starts = "discovered"',
        "within = 60",
    ),
)
WITHOUT_HOPS = Code(
    "J607",
    "错误",
    "时限到环节终点为止，却没有环节",
    what="时限写了 until_hop = true，但没有 [[hop]]，或者没有本级的环节。",
    why="没有环节就没有终点：这条时限要么不会出现，要么一接到就到点。",
    bad=_limit("first", *_PHONE, 'starts = "occurred"', "until_hop = true"),
    good=_HOPS + _limit("first", *_PHONE, 'starts = "occurred"', "until_hop = true"),
)
MET_BY_OTHERS = Code(
    "J608",
    "警告",
    "按要求的方式报了却不算",
    what="时限的 met_by 里没有它自己要求的方式 form。",
    why="要求打电话，打了电话却不算报过，看板上会一直催。",
    bad=_limit("first", *_PHONE, 'met_by = ["书面"]', 'starts = "occurred"', "within = 60"),
    good=_limit("first", *_PHONE, 'met_by = ["电话", "书面"]', 'starts = "occurred"', "within = 60"),
)
CODES = (
    TOO_SHORT,
    OVER_THE_WHOLE,
    AFTER,
    TO_NOBODY,
    REPEATS,
    OTHERS_WITHOUT_MINUTES,
    WITHOUT_HOPS,
    MET_BY_OTHERS,
)

_WHOLE = (ClockStart.OCCURRED, ClockStart.DISCOVERED, ClockStart.ALARM)
_BY_A_CALL_FROM_ABOVE = (ClockStart.REQUESTED, ClockStart.ENDED)


def find(subject: Subject) -> Iterator[Finding]:
    for row in subject.standards.limits:
        yield from _whole(subject, row)
        yield from _after(subject, row)
        yield from _reach(subject, row)
        yield from _shown(subject, row)


def _finding(subject: Subject, code: Code, row: LimitRow, text: str, remedy: str, at: str) -> Finding:
    return subject.finding(code, "limit", row.id, f"时限 {row.id}（{row.text}）{text}", remedy, at=(at,))


# ------------------------------------------------------------------ the hour and its hops


def _whole(subject: Subject, row: LimitRow) -> Iterator[Finding]:
    """The minutes of a limit of the way up against those of the hops below the office that gets it."""
    within = row.within
    if within is None or row.owes or row.after is not None or row.starts not in _WHOLE:
        return
    minutes = {
        TIERS.index(hop.tier): hop.minutes for hop in subject.standards.hops if hop.effective_to is None
    }
    to = row.to or tuple(address for report in subject.standards.reports for address in report.to)
    worst: tuple[int, int, int] | None = (
        None  # what the levels below the last one use, what all use, the last one
    )
    for height in sorted({TIERS.index(address.tier) for address in to}):
        last = max(0, height - 1)
        before = sum(m for tier, m in minutes.items() if tier < last)
        through = before + minutes.get(last, 0)
        if within < through and (worst is None or worst[0] < within <= before):
            worst = (before, through, last)
    if worst is None:
        return
    before, through, last = worst
    shares = "，".join(f"{TIERS[tier]} {minutes[tier]}" for tier in sorted(minutes) if tier <= last)
    receiver = _level(TIERS[last + 1])
    if within <= before:
        yield _finding(
            subject,
            TOO_SHORT,
            row,
            f"只给 {within} 分钟报到{receiver}，而环节里{_level(TIERS[last])}以下就用去 {before} 分钟（{shares}）。",
            f"放宽 within（至少 {through} 分钟），或者减少 [[hop]] 的分钟。",
            "within",
        )
    else:
        yield _finding(
            subject,
            OVER_THE_WHOLE,
            row,
            f"给 {within} 分钟报到{receiver}，各环节加起来要 {through} 分钟（{shares}），多出 {through - within} 分钟。",
            f"减少 [[hop]] 的分钟，使合计不超过 {within}，或者改正 within。",
            "within",
        )


def _level(tier: Tier) -> str:
    return tier.value if tier in (Tier.TOWNSHIP, Tier.CENTRE) else f"{tier.value}级"


# ------------------------------------------------------------------ one limit after another


def _after(subject: Subject, row: LimitRow) -> Iterator[Finding]:
    if row.after is None:
        return
    limits = {limit.id: limit for limit in subject.standards.limits}
    first = limits.get(row.after)
    if first is None:  # a name that does not exist is a finding of its own
        return
    if first is row:
        yield _finding(
            subject, AFTER, row, "的 after 指向自己。", "after 写前一次报送的时限的 id，或者去掉。", "after"
        )
        return
    chain = [row.id]
    following: LimitRow | None = first
    while following is not None and following.id not in chain:
        chain.append(following.id)
        following = limits.get(following.after) if following.after is not None else None
    if following is row:
        round_ = " → ".join([*chain, row.id])
        yield _finding(subject, AFTER, row, f"的 after 绕成一圈：{round_}。", "去掉其中一个 after。", "after")
        return
    order = list(limits)
    if order.index(first.id) > order.index(row.id):
        yield _finding(
            subject,
            AFTER,
            row,
            f"要接在 {first.id} 之后，{first.id} 却写在它后面。",
            f"把 {first.id} 移到 {row.id} 前面。",
            "after",
        )
    elif row.to and first.to and not set(row.to) & set(first.to):
        yield _finding(
            subject,
            AFTER,
            row,
            f"要接在 {first.id} 之后，但两条报给不同的单位，接不上。",
            "改成同一单位的时限，或者去掉 after，写明从什么时候起算。",
            "after",
        )


# ------------------------------------------------------------------ limits that never show


def _reach(subject: Subject, row: LimitRow) -> Iterator[Finding]:
    """Only the pack's own: of a base's limits for other levels many will not concern this desk."""
    own = subject.joined.origin("limit", row.id).file == subject.joined.root
    if row.owes or not row.to or not own or row.starts in _BY_A_CALL_FROM_ABOVE:
        return
    rows: list[Any] = [*subject.standards.reports, *subject.standards.skips]
    if not any(address in row.to for report in rows for address in report.to):
        said = "、".join(subject.standards.office_name(address) for address in row.to)
        yield _finding(
            subject,
            TO_NOBODY,
            row,
            f"要报{said}，但没有一条报送条款会报到那里。",
            "补上报送条款 [[report]]，或者改正 to；多余的时限删去。",
            "to",
        )


def _shown(subject: Subject, row: LimitRow) -> Iterator[Finding]:
    if row.repeats and row.starts != ClockStart.SENT:
        yield _finding(
            subject,
            REPEATS,
            row,
            f'是定期的（repeats = true），却从 "{row.starts}" 起算。',
            '把 starts 改成 "sent"；只报一次的，去掉 repeats。',
            "starts",
        )
    if row.owes and (row.within is None or not row.to):
        lacks = "within（分钟）" if row.within is None else "to（报给谁）"
        yield _finding(
            subject,
            OTHERS_WITHOUT_MINUTES,
            row,
            f"由{row.owes}报，没有写 {lacks}。",
            f"补上 {lacks}。",
            "owes",
        )
    if row.until_hop and not row.owes:
        yield from _until_hop(subject, row)
    if row.form not in row.met_by:
        said = "、".join(form.value for form in row.met_by)
        yield _finding(
            subject,
            MET_BY_OTHERS,
            row,
            f"要求{row.form.value}报，met_by 却只认{said}。",
            f'在 met_by 里加上 "{row.form.value}"，或者改正 form。',
            "met_by",
        )


def _until_hop(subject: Subject, row: LimitRow) -> Iterator[Finding]:
    desk = subject.standards.desk
    hops = subject.standards.hops
    if not hops:
        lost = "这条时限不会出现。" if row.within is None and not row.daily else "这一句不起作用。"
        yield _finding(
            subject,
            WITHOUT_HOPS,
            row,
            f"到本级环节终点为止，但没有一个 [[hop]]，{lost}",
            '补上各级的 [[hop]]（本文件的环节；要沿用上级文件的，写 inherit = ["limit"]），或者去掉 until_hop。',
            "until_hop",
        )
    elif not any(hop.tier == desk.tier for hop in hops):
        yield _finding(
            subject,
            WITHOUT_HOPS,
            row,
            f"到本级环节终点为止，但{_level(desk.tier)}没有环节，事情一到本级就到点。",
            f'补一个 [[hop]]，tier = "{desk.tier}"，写上本级可用的分钟。',
            "until_hop",
        )
