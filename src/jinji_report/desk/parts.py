"""The incidents of one call, each understood and judged by itself."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from jinji_report.desk.answer import Judged
from jinji_report.desk.classify import judge
from jinji_report.desk.understand import Understood
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


def parts_json(parts: Sequence[Part], *, whole: bool = False) -> list[dict[str, Any]]:
    return [part.to_json(whole=whole) for part in parts]
