"""The clocks of an incident of which nothing was reported yet: each runs from one of the moments told.

Which row runs from which moment, or from the end of which other clock, is the same for all incidents of a kind, and
so is all that their limits say beside the clocks. That is worked out once for each kind and kept with the standards
(`timetable_of`); what is left for each incident is to set the clocks.
"""

from collections.abc import Hashable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from jinji_report.judgement.clocks import Clock, Moments, end_of
from jinji_report.judgement.duties import Duty, Step
from jinji_report.standards.kept import Kept
from jinji_report.standards.rows import Address, Standards
from jinji_report.vocabulary import ClockStart

_SENT, _ENDED, _ACKED = ClockStart.SENT, ClockStart.ENDED, ClockStart.ACKED
_MOST_LAYOUTS = 64  # of a few clocks, that can fall due in few orders


class _Course:
    """How one clock is set: from the moment `base`, or from the end of the clock with the number `behind`.

    `way`: how long after `base` it ends at the latest. `span`: how long after `base` it ends, where that is always
    the same.
    """

    __slots__ = ("base", "behind", "span", "stands_in", "starts_from", "step", "way")

    def __init__(
        self,
        step: Step,
        base: str,
        way: timedelta | None,
        behind: int | None,
        starts_from: str,
        stands_in: bool,
    ) -> None:
        self.step = step
        self.base = base
        self.way = way
        self.behind = behind
        self.starts_from = starts_from
        self.stands_in = stands_in
        spans = [span for span in (step.within, way) if span is not None]
        self.span = min(spans) if behind is None and not step.daily else None


class Timetable:
    """The duties of a kind of incident, each with the clock that it runs by; many share theirs."""

    __slots__ = ("_courses", "_duties", "_layouts")

    def __init__(self, steps: Sequence[Step], known: Sequence[str], earliest: str) -> None:
        """`known`: the moments from which a clock can run, of which `earliest` stands in for any other."""
        self._courses: list[_Course] = []
        self._duties: list[tuple[Duty, int]] = []
        self._layouts: dict[tuple[int, ...], tuple[list[str], list[int]]] = {}
        numbers: dict[Hashable, int] = {}
        for step in steps:
            row = step.row
            if row.starts == _ACKED or (row.starts == _SENT and not row.owes):
                continue  # it runs from what was sent, or from its receipt
            if row.starts == _ENDED and row.starts not in known:
                continue  # nobody has told the end
            base: str = row.starts if row.starts in known else earliest
            firsts: dict[Address, int] = {}
            for duty, number in () if step.after is None else self._duties:
                if duty.row.id == step.after:
                    firsts.setdefault(duty.to, number)
            for _, duty in step.duties:
                if step.within is None and duty.way is None and not step.daily:
                    continue  # it never runs out
                behind = firsts.get(duty.to)
                key = base, base == row.starts, duty.way, behind, step.within, step.daily
                if key not in numbers:
                    numbers[key] = len(self._courses)
                    first = None if behind is None else self._courses[behind]
                    starts_from, stands_in = (
                        (base, base != row.starts) if first is None else (first.starts_from, first.stands_in)
                    )
                    self._courses.append(_Course(step, base, duty.way, behind, starts_from, stands_in))
                self._duties.append((duty, numbers[key]))

    def clocks(self, moments: Moments) -> list[Clock]:
        """The clocks of one incident."""
        clocks: list[Clock] = []
        known = moments.known
        for course in self._courses:
            starts = known[course.base]
            if course.span is not None:
                due = starts + course.span
            else:
                latest = None if course.way is None else starts + course.way
                starts = starts if course.behind is None else clocks[course.behind].due
                ends = end_of(course.step.within, course.step.daily, starts, latest)
                assert ends is not None  # one that never runs out has no course
                due = ends
            clocks.append(moments.clock(starts, course.starts_from, due, course.stands_in))
        return clocks

    def in_order(self, clocks: Sequence[Clock]) -> Iterator[tuple[Duty, Clock]]:
        """The duties with their clocks, in the order in which they fall due."""
        for duty, number in self._sorted([clock.due for clock in clocks]):
            yield duty, clocks[number]

    def text(self, clocks: Sequence[Clock]) -> str:
        """The JSON of the limits, in their order, as the members of a list."""
        if not clocks:
            return ""
        dues = [clock.due for clock in clocks]
        # Equal moments have equal numbers, so that this tells all that decides of the order.
        order = tuple(map(sorted(dues).index, dues))
        layout = self._layouts.get(order)
        if layout is None:
            if len(self._layouts) >= _MOST_LAYOUTS:
                self._layouts.clear()
            layout = self._layouts[order] = self._layout(order)
        parts, numbers = layout
        texts = [clock.text for clock in clocks]
        filled = parts.copy()
        filled[1::2] = [texts[number] for number in numbers]
        return "".join(filled)

    def _sorted(self, dues: Sequence[Any]) -> list[tuple[Duty, int]]:
        """The duties with the numbers of their clocks, in the order in which these fall due."""
        return sorted(self._duties, key=lambda one: (dues[one[1]], one[0].rank))

    def _layout(self, order: Sequence[int]) -> tuple[list[str], list[int]]:
        """The text of the limits, every other member a gap for a clock, and the numbers of the clocks that fill them."""
        duties = self._sorted(order)
        parts = [""]
        for duty, _ in duties:
            before, after = duty.text
            parts[-1] += (", " if parts[1:] else "") + before
            parts += "", after
        return parts, [number for _, number in duties]


def timetable_of(steps: tuple[Step, ...], moments: Moments, standards: Standards) -> Timetable:
    """The timetable of the rows that run, for an incident with just these moments."""
    known = tuple(moments.known)
    earliest = moments.earliest
    kept: Kept[Timetable] = standards.kept_as("timetables")
    key = steps, known, earliest
    found = kept.get(key)
    if found is None:
        found = kept.put(key, Timetable(steps, known, earliest))
    return found
