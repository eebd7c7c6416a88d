"""Words that do not belong into a report: the standards hold the list, with the why and what to write instead."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from jinji_report.reports.check.paper import Paper
from jinji_report.reports.check.remark import LOOK, MUST, Code, Remark
from jinji_report.standards.rows import Language, Standards

FORBIDDEN = Code("B401", MUST, "用语不得入报", "标准里列为须改的用语：首报里猜原因、传言。")
UNFIT = Code("B402", LOOK, "用语不宜", "标准里列为留意的用语：渲染、评论、猜测、套话、口语、淡化。")
CODES = (FORBIDDEN, UNFIT)

_MOST_SHOWN = 3


class _Row:
    """A row of the list made ready: its words, longest first, and the phrases in which they are in order."""

    __slots__ = ("excluded", "row", "words")

    def __init__(self, row: Language) -> None:
        self.row = row
        self.words = _any_of(row.words)
        self.excluded = _any_of(row.excludes)


def find(paper: Paper) -> Iterator[Remark]:
    graded = (
        paper.verdict is not None and paper.verdict.grade is not None and paper.verdict.grade.low is not None
    )
    for ready in _rows(paper.standards):
        row = ready.row
        if (row.stages and paper.stage not in row.stages) or (
            row.reported and not (graded or paper.must_be_reported)
        ):
            continue
        hits = list(_hits(ready, paper))
        if not hits:
            continue
        words = list(dict.fromkeys(match[0] for match in hits))
        more = f"等{len(words)}处" if len(words) > _MOST_SHOWN else ""
        said = "".join(f"“{word}”" for word in words[:_MOST_SHOWN]) + more
        yield Remark(
            FORBIDDEN if row.must else UNFIT,
            f"{said}是{row.name}{f'，{row.why}' if row.why else ''}。",
            f"{row.suggest or '删去'}。",
            hits[0].span(),
            hits[0][0],
        )


def _hits(ready: _Row, paper: Paper) -> Iterator[re.Match[str]]:
    if ready.words is None:
        return
    fine = [] if ready.excluded is None else [match.span() for match in ready.excluded.finditer(paper.own)]
    for match in ready.words.finditer(paper.own):
        before = bisect_right(fine, match.start(), key=lambda span: span[0]) - 1
        if before >= 0 and match.end() <= fine[before][1]:
            continue
        if ready.row.beside or ready.row.unless:
            sentence = paper.own[slice(*paper.sentence(match.start()))]
            if ready.row.beside and not any(word in sentence for word in ready.row.beside):
                continue
            if any(word in sentence for word in ready.row.unless):
                continue
        yield match


def _rows(standards: Standards) -> list[_Row]:
    rows: list[_Row] | None = standards.kept.get("language")
    if rows is None:
        rows = standards.kept["language"] = [_Row(row) for row in standards.language]
    return rows


def _any_of(words: tuple[str, ...]) -> re.Pattern[str] | None:
    if not words:
        return None
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
