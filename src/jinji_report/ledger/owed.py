"""What is owed about the cases, as it is asked of a ledger: by which rules, which of it, and the answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from jinji_report.model.case import Case
from jinji_report.model.due import Due, Part, Reckoned, Row, Section
from jinji_report.model.glance import Glance
from jinji_report.vocabulary import Status

Parts = Mapping[Part, slice]
"""The parts that are asked for, each with those of its rows that are."""


class Reckoning:
    """How the dues of a case are worked out at `now` (`of`), and how little time is `soon`.

    `rules` names what they are worked out by: under the same name the same entries give the same dues.
    """

    __slots__ = ("now", "of", "rules", "soon")

    def __init__(self, rules: str, now: datetime, soon: timedelta, of: Callable[[Case], Reckoned]) -> None:
        self.rules = rules
        self.now = now
        self.soon = soon
        self.of = of


class Owed:
    """How many cases are open, and what is due about them: a section of each part that was asked for."""

    __slots__ = ("open_cases", "sections")

    def __init__(self, open_cases: int, sections: Mapping[Part, Section]) -> None:
        self.open_cases = open_cases
        self.sections = sections


class Listed:
    """The lines of cases, each with when the next thing is due that this desk owes; `total` is how many there are."""

    __slots__ = ("rows", "total")

    def __init__(self, total: int, rows: Sequence[tuple[Glance, datetime | None]]) -> None:
        self.total = total
        self.rows = rows


def owed_by(cases: Iterable[Case], reckoning: Reckoning, parts: Parts) -> Owed:
    """What is owed about these cases, which are all that may owe anything, each reckoned now."""
    open_cases = 0
    found: dict[Part, list[tuple[str, str, Due]]] = {part: [] for part in parts}
    for case in cases:
        open_cases += case.status == Status.OPEN
        for due in reckoning.of(case).dues:
            if due.part in found:
                found[due.part].append((case.number, case.title, due))
    sections = {}
    for part, dues in found.items():
        dues.sort(key=lambda one: one[2].due)
        sections[part] = _section(dues, reckoning, parts[part])
    return Owed(open_cases, sections)


def _section(dues: list[tuple[str, str, Due]], reckoning: Reckoning, wanted: slice) -> Section:
    now, soon = reckoning.now, reckoning.soon
    return Section(
        len(dues),
        sum(due.due < now for *_, due in dues),
        sum(now <= due.due <= now + soon for *_, due in dues),
        [Row(number, title, due.due, due.told, now, soon) for number, title, due in dues[wanted]],
    )


def listed_by(
    glances: Iterable[Glance], owing: Iterable[Case], reckoning: Reckoning, newest: int | None
) -> Listed:
    """The last of these lines as a list; what is due about their cases is reckoned now."""
    lines = list(glances)
    shown = lines if newest is None else lines[-newest:]
    numbers = {one.number for one in shown}
    moments = {case.number: _next_due(case, reckoning) for case in owing if case.number in numbers}
    return Listed(len(lines), [(one, moments.get(one.number)) for one in shown])


def _next_due(case: Case, reckoning: Reckoning) -> datetime | None:
    return min((due.due for due in reckoning.of(case).dues if due.part == Part.OURS), default=None)
