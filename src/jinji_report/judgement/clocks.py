"""The clock of a limit: from when it runs, by when it is due, and how that stands now.

It runs from the moment that the standard names; where that is unknown, from the earliest moment known, and says
so (`stands_in`). A limit is kept up to and including its minute (R16: 内 is ≤).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from jinji_report.model.due import state_at
from jinji_report.model.facts import Facts
from jinji_report.moments import iso, whole_minutes
from jinji_report.vocabulary import LimitState, Precision

_FROM_MOMENTS: tuple[str, ...] = ("alarm", "discovered", "received", "ended")
_VAGUE = (Precision.DAY, Precision.PART_OF_DAY)
_, _, _OVERDUE, _, _, _WAIVED = LimitState  # looking one up costs more than using it


class Clock:
    """From when to when a limit runs, and how it stands where nothing meets it: `state`, `minutes_left`.

    `stands_in`: it runs from another moment (`starts_from`) than the standard names, because that one is
    unknown. `vague`: it runs from the earliest moment of a day or a part of one, since no clock time was told.
    """

    __slots__ = ("_text", "due", "minutes_left", "stands_in", "starts", "starts_from", "state", "vague")

    def __init__(
        self,
        starts: datetime,
        starts_from: str,
        due: datetime,
        stands_in: bool,
        vague: bool,
        state: LimitState,
        minutes_left: int,
    ) -> None:
        self.starts = starts
        self.starts_from = starts_from
        self.due = due
        self.stands_in = stands_in
        self.vague = vague
        self.state = state
        self.minutes_left = minutes_left
        self._text = ""

    @property
    def text(self) -> str:
        """Its fields in the JSON of a limit that nothing met."""
        if not self._text:
            self._text = (
                f', "starts": "{iso(self.starts)}", "from": "{self.starts_from}", "due": "{iso(self.due)}", '
                f'"state": "{self.state}", "minutes_left": {self.minutes_left}, '
            )
        return self._text


class Moments:
    """What sets the clocks of one case: the moments told, `now`, how soon is soon, and when the case `ended`.

    `known`: the moments from which a clock can run, `now` where none was told; `earliest`: the name of the first.
    """

    __slots__ = ("_ended", "_now", "_soon", "_vague", "earliest", "known")

    def __init__(self, facts: Facts, now: datetime, due_soon: int, ended: datetime | None) -> None:
        self.known = _known(facts) or {"received": now}
        self.earliest = min(self.known, key=self.known.__getitem__)
        self._vague = _vague_start(facts)
        self._now = now
        self._soon = timedelta(minutes=due_soon)
        self._ended = ended

    def knows(self, wanted: str) -> bool:
        """That moment was told."""
        return wanted in self.known

    def start(self, wanted: str) -> tuple[datetime, str]:
        """The moment that the clock runs from, and which it is."""
        name = wanted if wanted in self.known else self.earliest
        return self.known[name], name

    def clock(self, starts: datetime, starts_from: str, due: datetime, stands_in: bool) -> Clock:
        """A clock as it stands where nothing has met it: ended, or running."""
        left, ended = due - self._now, self._ended
        state = state_at(left, self._soon)
        if ended is not None:
            state = _WAIVED if ended <= due else _OVERDUE
        vague = self._vague is not None and starts == self._vague
        return Clock(starts, starts_from, due, stands_in, vague, state, whole_minutes(left))


def end_of(
    within: timedelta | None,
    daily: Sequence[tuple[int, int]],
    starts: datetime,
    latest: datetime | None = None,
) -> datetime | None:
    """When the first of a row's clocks runs out: its own time, the next of its times of the day, `latest`."""
    due = latest
    if within is not None:
        own = starts + within
        if due is None or own < due:
            due = own
    for hour, minute in daily:
        clock = starts.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if clock <= starts:
            clock += timedelta(days=1)
        if due is None or clock < due:
            due = clock
    return due


def steady(facts: Facts, now: datetime) -> tuple[datetime | None, datetime | None]:
    """The first and the last `now` for which the same limits run as at this one; None where there is none such.

    How much is left of them is another matter. Where nobody told when it happened, `now` comes in twice:
    the standards are those of the earliest day known, which may be today, and with no moment known at all
    the clocks run from now.
    """
    if facts.occurred is not None:
        return None, None
    earliest = min(facts.moments.values(), default=now)
    if earliest > now or not _known(facts):
        return now, now
    return earliest, None


def _known(facts: Facts) -> dict[str, datetime]:
    """The moments from which a clock can run: those told, and the occurrence by its basis."""
    moments = facts.moments
    known: dict[str, datetime] = {name: moments[name] for name in _FROM_MOMENTS if name in moments}
    if facts.occurred is not None:
        known[facts.occurred.basis] = facts.occurred.at
    return known


def _vague_start(facts: Facts) -> datetime | None:
    """The earliest moment of an occurrence that was told without a clock time."""
    occurred = facts.occurred
    return occurred.at if occurred is not None and occurred.precision in _VAGUE else None
