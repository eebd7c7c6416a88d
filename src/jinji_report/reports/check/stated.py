"""The counts that a text states in the form of reports: 2人死亡, 死亡2人, 死亡由2人增至3人.

A report tells how it came to its figures too (埋了两人，一人自己上来的); only what stands in this form
is a figure of the report, so that a course in the note's own words contradicts nothing.
"""

import re
from collections.abc import Iterator, Mapping

from jinji_report.intake.values import parse_quantity
from jinji_report.quantity import Quantity
from jinji_report.reports.check.remark import Span

_NUMERAL = r"(?:约|近|至少|超过)?[0-9零一二两三四五六七八九十百千]+[余多]?"
_WORDS = {
    "deaths": "死亡|遇难|身亡|丧生|罹难",
    "injured": "受伤",
    "seriously_injured": "重伤",
    "slightly_injured": "轻伤",
    "missing": "失联|失踪",
    "trapped": "被困",
    "poisoned": "中毒",
    "evacuated": "疏散转移",
}
_FORMS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(
        rf"(?:{words})(?:人数)?由[^，。；]{{1,12}}?(?:至|为)(?P<now>{_NUMERAL})人"
        rf"|(?<![0-9.第数几])(?P<before>{_NUMERAL})名?人(?:员)?(?:{words})"
        rf"|(?:{words})(?P<after>{_NUMERAL})人"
    )
    for name, words in _WORDS.items()
}


class Stated:
    """A count and where it stands in the text."""

    __slots__ = ("quantity", "span")

    def __init__(self, quantity: Quantity, span: Span) -> None:
        self.quantity = quantity
        self.span = span


def stated(text: str) -> dict[str, list[Stated]]:
    """Every count that `text` states, by measure; only measures that it states."""
    found = {name: list(_of(pattern, text)) for name, pattern in _FORMS.items()}
    return {name: counts for name, counts in found.items() if counts}


def _of(pattern: re.Pattern[str], text: str) -> Iterator[Stated]:
    for match in pattern.finditer(text):
        numeral = match["now"] or match["before"] or match["after"]
        try:
            quantity = parse_quantity(f"{numeral}人")
        except ValueError:
            continue
        yield Stated(quantity, match.span())
