"""A report laid out: as a paper (`text`), to be read aloud (`phone`), for a chat (`message`), as `markdown`.

The words are those of the report; only their arrangement differs. A drill's is marked as one. In Markdown every word of the
report is text, whatever signs a note holds.
"""

import re
from collections.abc import Callable, Iterable

from jinji_report.reports.document import Report
from jinji_report.reports.drill import marked
from jinji_report.reports.formats import FORMATS
from jinji_report.reports.wording import chinese_number
from jinji_report.vocabulary import Stage

BLANK = "＿＿＿＿＿＿"  # to be filled in by hand
_INDENT = "\u3000\u3000"


def render(report: Report, format: str) -> str:
    """The report in one of `FORMATS`, without a line end after its last line.

    Raises ValueError for any other format.
    """
    layout = _LAYOUTS.get(format)
    if layout is None:
        raise ValueError(f"{format!r} is none of {FORMATS}")
    text = layout(report)
    if not report.drill:
        return text
    return marked(text, between={"message": "", "markdown": "\n\n"}.get(format, "\n"))


def _text(report: Report) -> str:
    """Title, header, paragraphs (a paragraph is one line, as a word processor wants it), signature."""
    numbered = report.stage in (Stage.FINAL, Stage.FEEDBACK)
    lines = [report.title, "", *_rows(report.header), ""]
    for place, section in enumerate(report.sections, start=1):
        if numbered:
            lines.append(f"{_INDENT}{chinese_number(place)}、{section.heading}")
        lines.append(_INDENT + "".join(section.sentences))
    if report.signature:
        lines += ["", *_rows(report.signature)]
    return "\n".join(lines)


def _phone(report: Report) -> str:
    return "\n".join([*report.spoken, "", "【核对】", *report.read_back])


def _markdown(report: Report) -> str:
    lines = [f"# {_escaped(report.title)}", "", *(_bullet(row) for row in _rows(report.header))]
    for section in report.sections:
        lines += ["", f"## {_escaped(section.heading)}", "", *map(_bullet, section.sentences)]
    if report.signature:
        lines += ["", "## 签发", "", *(_bullet(row) for row in _rows(report.signature))]
    return "\n".join(lines)


_LAYOUTS: dict[str, Callable[[Report], str]] = {
    "text": _text,
    "phone": _phone,
    "message": lambda report: report.message,
    "markdown": _markdown,
}


def _rows(rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{label}：{value or BLANK}" for label, value in rows]


def _bullet(words: str) -> str:
    return f"- {_escaped(words)}"


def _escaped(words: str) -> str:
    """`words` as Markdown text: signs with a meaning anywhere, those that have one at the start, bare links."""
    escaped = re.sub(r"[\\`*_{}\[\]<>|~&@$]|:(?=//)|(?<=www)\.", r"\\\g<0>", words, flags=re.IGNORECASE)
    return re.sub(r"^(\d*)([-#+=.)!])", r"\1\\\2", escaped)
