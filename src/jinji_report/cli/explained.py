"""The reading explained: the note with the stretches marked that values were read from, and the values in a list.

In colour a stretch has the style of its kind and the number of its value behind it; without, it
stands in brackets with what was made of it: `[3人死亡|死亡 3]`.
"""

from collections.abc import Sequence
from datetime import datetime

from jinji_report.cli import views
from jinji_report.cli.screen import Block, Heading, Line, Runs, Table
from jinji_report.desk.answer import Judged, stretches
from jinji_report.desk.understand import Understood
from jinji_report.intake.shown import Stretches
from jinji_report.moments import on_screen
from jinji_report.standards.rows import Standards

_MOMENTS = {
    "alarm": "接警时间",
    "discovered": "发现时间",
    "reported": "上报时间",
    "arrived": "到场时间",
    "rescued": "救出时间",
    "extinguished": "扑灭时间",
    "died": "死亡时间",
}
_CLAUSES = {"cause": "原因", "actions": "措施", "leaders": "领导"}


class Value:
    """A value that was read: what it is called, what was made of it, its style, and where it stands."""

    __slots__ = ("label", "places", "style", "value")

    def __init__(self, label: str, value: str, style: str, places: Stretches) -> None:
        self.label = label
        self.value = value
        self.style = style
        self.places = places


def explained(judged: Judged, understood: Understood, standards: Standards, *, coloured: bool) -> list[Block]:
    """The marked note, the numbered values, and what was left unused or unsure."""
    raw = understood.reading.note.raw
    values = read_values(judged, understood, standards)
    runs = marked(raw, values, coloured=coloured)
    rows = [
        (
            str(number),
            value.label,
            value.value,
            "、".join(raw[start:end] for start, end in value.places),
        )
        for number, value in enumerate(values, 1)
    ]
    blocks: list[Block] = [Heading("来电原文"), Runs(runs), Heading("读到的要素")]
    blocks.append(Table(("序", "项目", "读到", "原话"), rows) if rows else Line("没有读到要素。", indent=2))
    return [*blocks, *views.noticed(judged, all_kinds=True)]


def read_values(judged: Judged, understood: Understood, standards: Standards) -> list[Value]:
    """Every value that stands somewhere in the note, in the order of the note."""
    facts, told, now = judged.facts, stretches(judged.facts, understood), judged.now
    found: list[Value] = []
    if "category" in told.fields:
        found.append(Value("类别", facts.category or "", "kind", told.fields["category"]))
    if facts.occurred is not None and "occurred" in told.fields:
        found.append(Value("时间", views.spoken_time(facts.occurred, now), "time", told.fields["occurred"]))
    for name, places in told.moments.items():
        found.append(Value(_MOMENTS[name], _moment(facts.moments[name], now), "time", places))
    if facts.place is not None and "place" in told.fields:
        found.append(Value("地点", facts.place.text, "place", told.fields["place"]))
    for name, places in told.measures.items():
        measure = standards.measures[name]
        value = views.amount(facts.measures[name], measure.unit)
        found.append(Value(measure.label, value, "count", places))
    for name, places in told.tags.items():
        found.append(Value("标签", name, "tag", places))
    if "source" in told.fields:
        found.append(Value("来源", views.spoken_source(facts.source), "source", told.fields["source"]))
    for name, label in _CLAUSES.items():
        if name in told.fields:
            found.append(Value(label, getattr(facts, name), "clause", told.fields[name]))
    found.sort(key=lambda value: value.places)
    return found


def _moment(moment: datetime, now: datetime) -> str:
    return on_screen(moment, beside=now)


class _Mark:
    """A stretch of the note and the values that were read from it, with the marks inside."""

    __slots__ = ("end", "inside", "start", "values")

    def __init__(self, start: int, end: int, number: int) -> None:
        self.start = start
        self.end = end
        self.values = [number]
        self.inside: list[_Mark] = []


def marked(raw: str, values: Sequence[Value], *, coloured: bool) -> list[tuple[str, str]]:
    """`raw` in runs of (text, style)."""
    runs: list[tuple[str, str]] = []
    _write(raw, 0, len(raw), _nested(values), values, "", runs, coloured=coloured)
    return runs


def _nested(values: Sequence[Value]) -> list[_Mark]:
    """The stretches as trees: equal ones are one mark, and of two that cross the first grows over the second."""
    places = sorted(
        ((start, end, number) for number, value in enumerate(values) for start, end in value.places),
        key=lambda one: (one[0], -one[1], one[2]),
    )
    top: list[_Mark] = []
    around: list[_Mark] = []
    for start, end, number in places:
        while around and around[-1].end <= start:
            around.pop()
        if around and (start, end) == (around[-1].start, around[-1].end):
            around[-1].values.append(number)
            continue
        if around and end > around[-1].end:
            for mark in around:
                mark.end = max(mark.end, end)
            around[-1].values.append(number)
            continue
        mark = _Mark(start, end, number)
        (around[-1].inside if around else top).append(mark)
        around.append(mark)
    return top


def _write(
    raw: str,
    start: int,
    end: int,
    marks: Sequence[_Mark],
    values: Sequence[Value],
    style: str,
    runs: list[tuple[str, str]],
    *,
    coloured: bool,
) -> None:
    for mark in marks:
        runs.append((raw[start : mark.start], style))
        own = values[mark.values[0]].style
        if not coloured:
            runs.append(("[", ""))
        _write(raw, mark.start, mark.end, mark.inside, values, own, runs, coloured=coloured)
        if coloured:
            runs.append((f"[{','.join(str(number + 1) for number in mark.values)}]", "dim"))
        else:
            runs.append((f"|{'；'.join(_words(values[number]) for number in mark.values)}]", ""))
        start = mark.end
    runs.append((raw[start:end], style))


def _words(value: Value) -> str:
    """`死亡 3人`; of what is the note's own words the label alone."""
    if value.style in ("place", "source", "clause"):
        return value.label
    return f"{value.label} {value.value.removesuffix('人')}"
