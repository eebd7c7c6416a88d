"""The reporting flow (R3): who reports to whom, by when, on which conditions, for one desk on one day.

Offices stand on tiers and lines; `lanes` lead up each line, `duties` are what the desk itself owes,
`debts` what other units owe. Nothing is here that the standards do not say: an office that no
rule, limit or hop reaches is left out. How it looks is not known here.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from jinji_report.standards.explain import could_hold
from jinji_report.standards.rows import (
    Address,
    Contact,
    LimitRow,
    Order,
    Owner,
    Release,
    Skip,
    Standards,
    applies,
)
from jinji_report.vocabulary import TIERS, Line, Side, Tier

_ALWAYS = "任何时间"
_PERIODS = ("工作时间", "非工作时间")


class Level:
    """A tier with its offices; `minutes` is its hop, `until` the end of it from the start; None without hops."""

    __slots__ = ("minutes", "offices", "tier", "until")

    def __init__(self, tier: Tier, offices: list["Station"], minutes: int | None, until: int | None) -> None:
        self.tier = tier
        self.offices = offices
        self.minutes = minutes
        self.until = until


class Station:
    """An office of the flow. `desk`: it is the desk itself."""

    __slots__ = ("address", "desk", "name", "phone")

    def __init__(self, address: Address, name: str, phone: str, *, desk: bool) -> None:
        self.address = address
        self.name = name
        self.phone = phone
        self.desk = desk


class Duty:
    """What the desk owes offices of one tier: the rules (id, text) on which they must get an incident."""

    __slots__ = ("offices", "rules", "tier")

    def __init__(self, tier: Tier, offices: list[Station], rules: list[tuple[str, str]]) -> None:
        self.tier = tier
        self.offices = offices
        self.rules = rules


class Debt:
    """What a unit other than the desk owes: to which offices, in words, and the row."""

    __slots__ = ("row", "to", "unit")

    def __init__(self, unit: str, to: list[str], row: LimitRow) -> None:
        self.unit = unit
        self.to = to
        self.row = row


class Flow:
    """The whole flow of a desk."""

    def __init__(self, standards: Standards, category: str | None) -> None:
        self.standards = standards
        self.category = category
        self._skips = [row for row in standards.skips if self._matters(row)]
        self._limits = [row for row in standards.limits if self._matters(row)]
        self._reached = self._reached_offices()
        self.levels = self._levels()
        self.lanes = self._lanes()
        self.duties = self._duties()
        self.limits = [row for row in self._limits if not row.owes]
        self.debts = [
            Debt(row.owes, [standards.office_name(address) for address in row.to], row)
            for row in self._limits
            if row.owes
        ]
        self.skips: list[Skip] = self._skips
        self.owners: dict[Side, list[Owner]] = {
            side: [row for row in standards.owners if row.side == side and self._matters(row)]
            for side in Side
        }
        self.orders: list[Order] = [row for row in standards.orders if self._matters(row)]
        self.releases: tuple[Release, ...] = standards.releases
        self.calls: list[Contact] = sorted(
            (row for row in standards.contacts if row.call is not None), key=lambda row: row.call or 0
        )

    @property
    def desk(self) -> Address:
        return Address(self.standards.desk.tier, self.standards.desk.line)

    def _matters(self, row: Any) -> bool:
        """The row can matter to the category that is looked at."""
        if self.category is None:
            return True
        when = getattr(row, "when", {})
        return applies(row.categories, self.category) and could_hold(when, self.category) is not False

    def _reached_offices(self) -> set[Address]:
        """Everybody who must get something by a rule or a limit, and the desk."""
        reports = [row for row in self.standards.reports if self._matters(row)]
        rows: Sequence[Any] = [*reports, *self._limits, *self._skips]
        return {address for row in rows for address in row.to} | {self.desk}

    def _passes(self, tier: Tier) -> bool:
        """The tier has minutes of its own: what comes to it goes on upward."""
        return any(hop.tier == tier for hop in self.standards.hops)

    def _levels(self) -> list[Level]:
        standards = self.standards
        levels = []
        passed = 0
        for tier in TIERS:
            hop = next((hop for hop in standards.hops if hop.tier == tier), None)
            passed += hop.minutes if hop is not None else 0
            offices = []
            for line in Line:
                address = Address(tier, line)
                office = standards.offices.get((tier, line))
                if address not in self._reached and not (office is not None and self._passes(tier)):
                    continue
                desk = address == self.desk
                name = standards.desk.unit if desk else standards.office_name(address)
                phone = office.phone if office is not None else ""
                offices.append(Station(address, name, phone, desk=desk))
            if offices:
                minutes = (hop.minutes, passed) if hop is not None else (None, None)
                levels.append(Level(tier, offices, *minutes))
        return levels

    def _lanes(self) -> list[tuple[Station, Station]]:
        """On each line, from an office to the next one above it, where the desk or a tier with minutes passes on."""
        lanes = []
        for line in Line:
            stations = [s for level in self.levels for s in level.offices if s.address.line == line]
            for below, above in pairwise(stations):
                passes = self._passes(below.address.tier) or below.desk
                if passes or any(self._owes_upward(row, below, above) for row in self._limits):
                    lanes.append((below, above))
        return lanes

    @staticmethod
    def _owes_upward(row: LimitRow, below: Station, above: Station) -> bool:
        return row.owes == below.name and above.address in row.to

    def _duties(self) -> list[Duty]:
        """Offices of a tier that must get the same, together."""
        duties: list[Duty] = []
        for level in self.levels:
            alike: dict[tuple[tuple[str, str], ...], list[Station]] = {}
            for station in level.offices:
                rules = tuple(
                    (row.id, row.text)
                    for row in self.standards.reports
                    if station.address in row.to and self._matters(row)
                )
                if rules:
                    alike.setdefault(rules, []).append(station)
            duties += [Duty(level.tier, offices, list(rules)) for rules, offices in alike.items()]
        return duties

    @property
    def call_trees(self) -> list[tuple[str, list[Contact]]]:
        """Who is called one after the other, at each time of day that has an order of its own.

        One order without a name where everybody in it may be called at any time.
        """
        if all(row.hours == _ALWAYS for row in self.calls):
            return [("", self.calls)] if self.calls else []
        trees = [(hours, [row for row in self.calls if row.hours in (hours, _ALWAYS)]) for hours in _PERIODS]
        return [(hours, tree) for hours, tree in trees if tree]

    @property
    def desk_until(self) -> int | None:
        """Minutes from the start by which a report has to be through the desk; None without hops."""
        hops = self.standards.hops
        if not hops:
            return None
        last = TIERS.index(self.standards.desk.tier)
        return sum(hop.minutes for hop in hops if TIERS.index(hop.tier) <= last)


def flow(standards: Standards, category: str | None = None) -> Flow:
    """The flow of `standards` (of one day); with `category`, what can matter to an incident of it."""
    return Flow(standards, category)


def by_unit(owners: Iterable[Owner]) -> dict[str, list[str]]:
    """Owners' angles by unit, each once."""
    found: dict[str, list[str]] = {}
    for row in owners:
        angles = found.setdefault(row.unit, [])
        if row.angle not in angles:
            angles.append(row.angle)
    return found
