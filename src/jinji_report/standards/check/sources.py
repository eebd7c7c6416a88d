"""Sources: numbers that nobody has seen in print, clauses that say nothing, days that no row covers."""

import re
from collections.abc import Hashable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from jinji_report.standards.check.where import LABELS
from jinji_report.standards.conditions import THRESHOLDS, listed
from jinji_report.standards.findings import Code, Finding, Subject

_GRADE = """
[[grade]]
id = "{id}"
grade = "重大"
category = "火灾"
measure = "deaths"
at_least = 10
clause = "{clause}"
confidence = "{confidence}"
{days}
"""


def _grade(id: str, *days: str, clause: str = "某办法第三条", confidence: str = "confirmed") -> str:
    """An example row of the codes below."""
    return _GRADE.format(id=id, clause=clause, confidence=confidence, days="\n".join(days))


RECALLED = Code(
    "J701",
    "警告",
    "凭通行做法写的数额或规定",
    what='条款的 confidence 是 "recalled"：凭通行做法写的，没有见过原文。',
    why="数额差一档，报送就差一级；查起来拿不出文件。",
    bad=_grade("fire.deaths", confidence="recalled"),
    good=_grade("fire.deaths"),
)
BRIEF = Code(
    "J702",
    "警告",
    "没有公开文件可对照的数额或规定",
    what='条款的 confidence 是 "brief"：只见于需求或口头交代，没有公开文件可对照。',
    why="本地文件下来以后数字可能不同，照旧的报会错。",
    bad=_grade("fire.deaths", confidence="brief"),
    good=_grade("fire.deaths"),
)
EMPTY_CLAUSE = Code(
    "J703",
    "错误",
    "没有出处",
    what="条款没有写 clause，或者只写了“待补”“同上”、条号而没有文件名。",
    why="研判理由要附依据，上级问起来答不出是哪个文件哪一条。",
    bad=_grade("fire.deaths", clause="待补"),
    good=_grade("fire.deaths", clause="生产安全事故报告和调查处理条例第三条"),
)
HOLE = Code(
    "J704",
    "错误",
    "新旧条款之间有空档",
    what="旧条款停用以后，隔了几天新条款才开始。",
    why="空档里发生的事没有标准可依，会判成不够等级、不必报。",
    bad=_grade("fire.old", "effective_to = 2014-04-30") + _grade("fire.new", "effective_from = 2014-06-01"),
    good=_grade("fire.old", "effective_to = 2014-04-30") + _grade("fire.new", "effective_from = 2014-05-01"),
)
OVERLAP = Code(
    "J705",
    "警告",
    "新旧条款有几天同时有效",
    what="新条款已经开始，旧条款还没有停用（停用日当天仍有效）。",
    why="重叠的日子里两条都算数，按严的一条走，案件会判得比新文件重。",
    bad=_grade("fire.old", "effective_to = 2014-06-01") + _grade("fire.new", "effective_from = 2014-06-01"),
    good=_grade("fire.old", "effective_to = 2014-05-31") + _grade("fire.new", "effective_from = 2014-06-01"),
)
WINDOW_ENDS = Code(
    "J706",
    "警告",
    "敏感时段的日期没有跟上",
    what="时段没有写日期，或者别的时段已经写到明年，这一个还停在前一年。",
    why="到了那几天，程序不知道是敏感时段，该提级的不会提级。",
    bad="""
[[window]]
name = "春节"
spans = [[2026-02-15, 2026-02-23]]

[[window]]
name = "国庆"
spans = [[2026-10-01, 2026-10-07], [2027-10-01, 2027-10-07]]
""",
    good="""
[[window]]
name = "春节"
spans = [[2026-02-15, 2026-02-23], [2027-02-05, 2027-02-12]]

[[window]]
name = "国庆"
spans = [[2026-10-01, 2026-10-07], [2027-10-01, 2027-10-07]]
""",
)
NO_SUCH_DAY = Code(
    "J707",
    "错误",
    "没有这一天",
    what="时段的月日在日历上没有，如 02-30。",
    why="多半是写错了一位，时段会早停或晚停几天。",
    bad="""
[[window]]
name = "防火期"
yearly = [["10-01", "02-30"]]
""",
    good="""
[[window]]
name = "防火期"
yearly = [["10-01", "02-28"]]
""",
)
CODES = (RECALLED, BRIEF, EMPTY_CLAUSE, HOLE, OVERLAP, WINDOW_ENDS, NO_SUCH_DAY)

DATED = (
    "factor",
    "grade",
    "report",
    "consultation",
    "owner",
    "hop",
    "limit",
    "watch",
    "skip",
    "order",
    "release",
    "hours",
)

_NOTHING = re.compile(
    r"(待补充?.*|待定|待查|待核实?|待确认|待完善|同上|同前|略|无|暂无|暂缺|不详|未知|空|todo.*|tbd.*|fixme.*|x+|none|null|na|test|"
    r"出处|条款|文件|clause)",
    re.IGNORECASE,
)
_ONLY_A_NUMBER = re.compile(r"[第〇零一二三四五六七八九十百两\d条款项章节]+")
_DAY = timedelta(days=1)


def find(subject: Subject) -> Iterator[Finding]:
    for kind in DATED:
        for key, row in subject.written(kind).items():
            yield from _sourced(subject, kind, key, row)
        yield from _days(subject, kind)
    yield from _windows(subject)


# ------------------------------------------------------------------ confidence, clause


def _sourced(subject: Subject, kind: str, key: str, row: Mapping[str, Any]) -> Iterator[Finding]:
    what = _says(subject, kind, row)
    if row["confidence"] in ("recalled", "brief"):
        code = RECALLED if row["confidence"] == "recalled" else BRIEF
        how = "凭通行做法写的，没有见过原文" if code is RECALLED else "没有公开文件可对照"
        yield subject.finding(
            code,
            kind,
            key,
            f"{LABELS[kind]} {key}（{what}）{how}。",
            '找到文件后改正数字和 clause，把 confidence 改成 "confirmed"；'
            f'暂时只能这样的，用 [[allow]]（code = "{code.code}"）说明理由。',
            at=("confidence",),
        )
    if nothing_said(row["clause"]):
        yield subject.finding(
            EMPTY_CLAUSE,
            kind,
            key,
            f"{LABELS[kind]} {key}（{what}）的出处只写了“{row['clause']}”，看不出是哪个文件。",
            "在 clause 里写明文件名称、文号和第几条。",
            at=("clause",),
        )


def nothing_said(clause: str) -> bool:
    """A clause that names no document."""
    words = re.sub(r"[\W_]+", "", clause)
    return not words or bool(_NOTHING.fullmatch(words)) or bool(_ONLY_A_NUMBER.fullmatch(words))


def _says(subject: Subject, kind: str, row: Mapping[str, Any]) -> str:
    """What a row is about, in a few words with its figures."""
    if kind == "grade" and row["measure"] is not None:
        op, sign = ("at_least", "≥") if row["at_least"] is not None else ("more_than", ">")
        labels = [
            measure["label"] if (measure := subject.written("measure").get(name)) else name
            for name in listed(row["measure"])
        ]
        return f"{row['grade']}：{'+'.join(labels)} {sign} {row[op]}"
    if kind == "hop":
        return f"{row['tier']} {row['minutes']} 分钟"
    if kind == "watch":
        return f"{row['days']} 天"
    if kind == "consultation":
        return "、".join(unit["unit"] for unit in row["units"])
    return str(row.get("text") or row.get("name") or row.get("grade") or row.get("unit"))


# ------------------------------------------------------------------ days


def _days(subject: Subject, kind: str) -> Iterator[Finding]:
    """Holes and overlaps between rows that say the same thing at different times.

    Rungs of one ladder with the same hole make one finding.
    """
    alike: dict[Hashable, list[str]] = {}
    rows = subject.written(kind)
    for key, row in rows.items():
        alike.setdefault(_subject_of(kind, row), []).append(key)
    holes: dict[tuple[date, date, Hashable], list[tuple[str, str]]] = {}
    for about, keys in alike.items():
        ladder = about[1:] if kind == "grade" and isinstance(about, tuple) else about
        for key, following, first, last in _holes(rows, keys):
            holes.setdefault((first, last, ladder), []).append((key, following))
        yield from _overlaps(subject, kind, rows, keys)
    for (first, last, _), pairs in holes.items():
        key, following = pairs[0]
        more = f"（同一处空档还有 {len(pairs) - 1} 对）" if len(pairs) > 1 else ""
        days = f"{first} 这一天" if first == last else f"{first} 到 {last} 这 {(last - first).days + 1} 天"
        yield subject.finding(
            HOLE,
            kind,
            following,
            f"{key} 用到 {first - _DAY}，接着的 {following} 从 {last + _DAY} 开始，{days}没有条款{more}。",
            f"按文件改正：{following} 的 effective_from 写 {first}，或者 {key} 的 effective_to 写 {last}。",
            at=("effective_from",),
        )


def _holes(rows: Mapping[str, Mapping[str, Any]], keys: list[str]) -> Iterator[tuple[str, str, date, date]]:
    """(row that ended, its successor, first and last day without either)."""
    spans = [(key, _day(rows[key]["effective_from"]), _day(rows[key]["effective_to"])) for key in keys]
    for key, _, ended in spans:
        if ended is None or ended == date.max:
            continue
        after = ended + _DAY
        if any((a is None or a <= after) and (b is None or after <= b) for _, a, b in spans):
            continue
        later = [(begins, other) for other, begins, _ in spans if begins is not None and begins > after]
        if later:
            begins, other = min(later)
            yield key, other, after, begins - _DAY


def _overlaps(
    subject: Subject, kind: str, rows: Mapping[str, Mapping[str, Any]], keys: list[str]
) -> Iterator[Finding]:
    spans = {key: (_day(rows[key]["effective_from"]), _day(rows[key]["effective_to"])) for key in keys}
    beginning = [(begins, ends, key) for key, (begins, ends) in spans.items() if begins is not None]
    for key, (began, ended) in spans.items():
        if ended is None:
            continue
        for begins, ends, other in beginning:
            if other == key or (began is not None and begins <= began):
                continue
            if begins <= ended and (ends is None or ends > ended):
                days = (
                    f"{begins} 这一天"
                    if begins == ended
                    else f"{begins} 到 {ended} 这 {(ended - begins).days + 1} 天"
                )
                yield subject.finding(
                    OVERLAP,
                    kind,
                    other,
                    f"{other} 从 {begins} 开始，{key} 到 {ended} 才停用，{days}两条都有效。",
                    f"{key} 的 effective_to 改成 {begins - _DAY}；两个文件确实并行的，用 [[allow]] 说明"
                    f'（code = "{OVERLAP.code}"）。',
                    at=("effective_from",),
                )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _subject_of(kind: str, row: Mapping[str, Any]) -> Hashable:
    """What a row is about, whatever its numbers and days: a row that follows another has the same."""
    categories = tuple(sorted(listed(row.get("category") or ())))
    if kind == "grade":
        measures = tuple(sorted(listed(row["measure"] or ())))
        return row["grade"], categories, measures, _shape(row["when"] or {})
    to = tuple(sorted(f"{a['tier']}{a['line']}" for a in row.get("to") or ()))
    named = tuple(str(row.get(name)) for name in _SUBJECT.get(kind, ()))
    return (*named, categories, to, _shape(row.get("when") or {}))


_SUBJECT = {
    "factor": ("name", "effect"),
    "owner": ("unit", "side"),
    "hop": ("tier",),
    "limit": ("owes", "form", "starts", "request", "repeats", "after"),
    "consultation": ("units",),
    "order": ("steps",),
    "release": (),
    "hours": (),
}


def _shape(tree: Mapping[str, Any]) -> Hashable:
    """A condition without its figures."""
    if not tree:
        return ()
    for branch in ("any", "all"):
        if branch in tree:
            return branch, tuple(_shape(part) for part in tree[branch])
    if "not" in tree:
        return "not", _shape(tree["not"])
    if "measure" in tree:
        rising = "at_least" in tree or "more_than" in tree
        return "measure", tuple(sorted(listed(tree["measure"]))), rising
    head = next(name for name in tree if name not in THRESHOLDS)
    return head, tuple(sorted(listed(tree[head])))


# ------------------------------------------------------------------ windows


def _windows(subject: Subject) -> Iterator[Finding]:
    windows = subject.written("window")
    # New Year's days off may begin in the old year: a window has come as far as its last day.
    newest = max((first[:4] for row in windows.values() for first, _ in row["spans"]), default="")
    for name, row in windows.items():
        if not row["spans"] and not row["yearly"]:
            yield subject.finding(
                WINDOW_ENDS,
                "window",
                name,
                f"时段“{name}”没有写日期，永远不会到。",
                "用 spans 写起止日期，或用 yearly 写每年的月日。",
            )
        elif row["spans"] and not row["yearly"] and (last := max(d[:4] for _, d in row["spans"])) < newest:
            yield subject.finding(
                WINDOW_ENDS,
                "window",
                name,
                f"时段“{name}”只写到 {last} 年，别的时段已经写到 {newest} 年。",
                f"按放假安排补上 {int(last) + 1} 年以后的起止日期。",
                at=("spans",),
            )
        for day in dict.fromkeys(day for span in row["yearly"] for day in span):
            if not _exists(day):
                yield subject.finding(
                    NO_SUCH_DAY,
                    "window",
                    name,
                    f"时段“{name}”写了 {day}，日历上没有这一天。",
                    "改正月日；二月末写 02-29（平年没有这一天也不要紧）。",
                    at=("yearly",),
                )


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(f"2024-{day}")  # a leap year
    except ValueError:
        return False
    return True
