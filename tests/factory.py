"""A plain incident, so that a test names only what it is about: `incident(deaths=10, category="火灾")`."""

from datetime import datetime
from typing import Any

from jinji_report.model.facts import Facts, Occurred, Place
from jinji_report.moments import BEIJING
from jinji_report.quantity import Quantity, at_least, between, exactly
from jinji_report.vocabulary import Basis

NOW = datetime(2026, 3, 20, 9, 30, tzinfo=BEIJING)
HAPPENED = datetime(2026, 3, 20, 9, 0, tzinfo=BEIJING)


def clock(text: str, day: str = "2026-03-20") -> datetime:
    """`clock("09:25")`: that minute of the day of the plain incident."""
    return datetime.fromisoformat(f"{day}T{text}").replace(tzinfo=BEIJING)


def quantity(value: Any) -> Quantity:
    """3 → 3..3; (3, 9) → 3..9; (3, None) → 3 and open; a Quantity is itself."""
    if isinstance(value, Quantity):
        return value
    if isinstance(value, tuple):
        low, high = value
        return at_least(low) if high is None else between(low, high)
    return exactly(value)


def incident(
    *,
    category: str | None = "火灾",
    occurred: datetime | None = HAPPENED,
    basis: Basis = Basis.OCCURRED,
    place: str | None = "城关镇东街",
    tags: tuple[str, ...] | dict[str, str] = (),
    moments: dict[str, datetime] | None = None,
    **counts: Any,
) -> Facts:
    """A fire in 城关镇 half an hour before `NOW`, about which nothing else is told than `counts`."""
    return Facts(
        category=category,
        occurred=None if occurred is None else Occurred(occurred, basis=basis),
        moments=moments,
        place=None if place is None else Place(place),
        measures={name: quantity(value) for name, value in counts.items()},
        tags=tags if isinstance(tags, dict) else {tag: tag for tag in tags},
    )
