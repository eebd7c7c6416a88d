"""The reading explained: the note with the stretches marked that values were read from, and the values in a list.

In colour a stretch has the style of its kind and the number of its value behind it; without, it
stands in brackets with what was made of it: `[3人死亡|死亡 3]`.
"""

from collections.abc import Sequence

from jinji_report.cli import views
from jinji_report.cli.screen import Block, Heading, Runs, Table
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
    blocks.append(Table(("序", "项目", "读到", "原话"), rows))
    return [*blocks, *views.noticed(judged, all_kinds=True)]


def read_values(judged: Judged, understood: Understood, standards: Standards) -> list[Value]:
    """Every value in the order of the note, then those that stand nowhere in it."""
    facts, told, now = judged.facts, stretches(judged.facts, understood), judged.now
    at, fields = facts.occurred, told.fields
    when = "不详" if at is None else views.spoken_time(at, now)
    where = "不详" if facts.place is None else facts.place.text
    found = [
        Value("类别", facts.category or "不详", "kind", fields.get("category", ())),
        Value("时间", when, "time", fields.get("occurred", ())),
        Value("地点", where, "place", fields.get("place", ())),
    ]
    for name, moment in facts.moments.items():
        if name in _MOMENTS:
            said = on_screen(moment, beside=now)
            found.append(Value(_MOMENTS[name], said, "time", told.moments.get(name, ())))
    for name, measure in standards.measures.items():
        if name in facts.measures:
            value = views.amount(facts.measures[name], measure.unit)
            found.append(Value(measure.label, value, "count", told.measures.get(name, ())))
    for name in facts.tags:
        found.append(Value("标签", name, "tag", told.tags.get(name, ())))
    source = views.spoken_source(facts.source)
    if source:
        found.append(Value("来源", source, "source", fields.get("source", ())))
    for name, label in _CLAUSES.items():
        if getattr(facts, name):
            found.append(Value(label, getattr(facts, name), "clause", fields.get(name, ())))
    found.sort(key=lambda value: (not value.places, value.places))
    return found


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
    _write(raw, 0, len(raw.rstrip()), _nested(values), values, "", runs, coloured=coloured)
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
