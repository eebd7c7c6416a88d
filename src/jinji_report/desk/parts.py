"""The incidents of one call, each understood and judged by itself."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from jinji_report.desk.answer import Finding, Judged
from jinji_report.desk.classify import judge
from jinji_report.desk.understand import Understood, check_note, understand
from jinji_report.intake.apart import Piece, apart
from jinji_report.standards.rows import Standards


class Part:
    """One incident of a call: where it stands in the note, and what was judged of it."""

    __slots__ = ("judged", "piece")

    def __init__(self, piece: Piece, judged: Judged) -> None:
        self.piece = piece
        self.judged = judged

    @property
    def text(self) -> str:
        return self.piece.text

    def to_json(self, *, whole: bool = False) -> dict[str, Any]:
        """What it is in short; `whole` with its incident and verdict, whose spans count from the part's own text."""
        facts = self.judged.facts
        answer = {
            "span": [self.piece.start, self.piece.end],
            "text": self.text,
            "category": facts.category,
            "place": None if facts.place is None else facts.place.text,
            "occurred": None if facts.occurred is None else facts.occurred.to_json(),
            "decision": self.judged.verdict.decision.value,
        }
        if whole:
            answer |= {key: value for key, value in self.judged.to_json().items() if key != "schema"}
        return answer


def parts_of(text: str, standards: Standards, now: datetime, *, on: date | None = None) -> tuple[Part, ...]:
    """The incidents that the note tells, where they are several; none where it is one."""
    return tuple(
        Part(
            piece,
            judge(piece.reading.facts, standards, now, Understood(piece.reading.facts, piece.reading), on=on),
        )
        for piece in apart(text, now, standards)
    )


def judge_call(
    text: str, sets: Iterable[str], standards: Standards, now: datetime, *, on: date | None = None
) -> tuple[Judged, tuple[Part, ...]]:
    """The note judged as one incident, and its parts; where it tells several, that is found. Raises UnusableInput."""
    parts = parts_of(check_note(text), standards, now, on=on)
    told = understand(text, now, standards, sets)
    more = taken_as_one(parts, standards)
    return judge(told.facts, standards, now, told, on=on, more=more), parts


def taken_as_one(parts: Sequence[Part], standards: Standards) -> list[Finding]:
    """That the figures of several incidents stand together where the call is taken as one."""
    if not parts:
        return []
    told = "；".join(f"第{number}件{_figures(part, standards)}" for number, part in enumerate(parts, 1))
    text = f"这里的数字是{len(parts)}件事合在一起的：{told}，请分开研判、分开录入。"
    return [Finding("note", text, (parts[1].piece.start, parts[1].piece.end))]


def _figures(part: Part, standards: Standards) -> str:
    """`火灾死亡1人`: the kind of a part, with the casualties that are its own."""
    facts = part.judged.facts
    told = [
        f"{row.label}{quantity.low if quantity.exact else quantity.said}{row.unit if quantity.exact else ''}"
        for row, quantity in ((standards.measures.get(name), found) for name, found in facts.measures.items())
        if row is not None and row.casualty and quantity.top > 0
    ]
    return f"{facts.category or '类别不详'}{'、'.join(told)}"


def parts_json(parts: Sequence[Part], *, whole: bool = False) -> list[dict[str, Any]]:
    return [part.to_json(whole=whole) for part in parts]
