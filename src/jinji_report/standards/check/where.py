"""Findings that point at a word: the line of a row's table on which a name or a trigger word stands."""

from typing import Any

from jinji_report.standards.findings import Code, Finding, Subject
from jinji_report.standards.join import Origin, PackFile
from jinji_report.standards.layout import Place

# What a clerk calls the tables of a pack.
LABELS = {
    "measure": "数量",
    "category": "类别",
    "group": "类别组",
    "tag": "标签",
    "window": "时段",
    "factor": "敏感因素",
    "grade": "定级条款",
    "report": "报送条款",
    "office": "报送对象",
    "consultation": "会商条款",
    "owner": "责任单位",
    "hop": "环节",
    "limit": "时限",
    "watch": "伤亡变化期限",
    "skip": "越级直报条款",
    "order": "报送次序",
    "release": "发布条款",
    "hours": "工作时间",
    "contact": "联系人",
    "place": "地点",
    "language": "用语",
}


def pointed(
    subject: Subject, code: Code, origin: Origin, row: str, word: str, text: str, remedy: str
) -> Finding:
    """A finding about the first line of the table at `origin` that bears `word` in quotes; else about its head."""
    line = line_of_word(subject.joined.files[origin.file], origin.place, word)
    return subject.found_at(code, origin, row, text, remedy, line=line)


def line_of_word(file: PackFile, place: Place, word: str) -> int:
    first, last = file.layout.span(place)
    for number in range(first, last + 1):
        line = file.layout.lines[number - 1]
        if f'"{word}"' in line or f"'{word}'" in line:
            return number
    return file.layout.line(place)


def table_at(subject: Subject, origin: Origin) -> Any:
    """The table that a file has at `origin` (`("grade", 3)`), as the schema made it; None for another place."""
    if len(origin.place) < 2 or not isinstance(origin.place[1], int):
        return None
    return getattr(subject.joined.files[origin.file].pack, str(origin.place[0]))[origin.place[1]]
