"""What an entry that is about to be made departs from: told before it is entered, and recorded with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jinji_report.judgement.conduct import Departure, departures_of
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.model.fold import take
from jinji_report.standards.rows import Standards


class Departing:
    """`told`: the departures that the entry brings and those that still stand; `rules`: of which it brings some."""

    __slots__ = ("rules", "told")

    def __init__(self, told: Sequence[Departure], rules: Sequence[str]) -> None:
        self.told = tuple(told)
        self.rules = tuple(rules)

    def to_json(self) -> dict[str, Any]:
        return {"departures": [one.to_json() for one in self.told], "out_of_order": list(self.rules)}


def entering(case: Case, entries: Sequence[NewEntry], standards: Standards, now: datetime) -> Departing:
    """Take the entries into the case, and say what they change of its departures."""
    before = {one.key for one in departures_of(case, standards, now)}
    for entry in entries:
        take(case, entry.placed(0, ""))
    after = departures_of(case, standards, now)
    brought = [one for one in after if one.key not in before]
    return Departing(
        [one for one in after if one.standing or one in brought],
        list(dict.fromkeys(one.rule for one in brought if not one.pending)),
    )
