"""A quantity is a range with its words.

`Quantity(low, high, said)` carries what the note said as the set of numbers it allows: three
dead is 3..3, 十余人 is 11..19, 至少5人 is 5 and open above (`high` is None), 伤亡不详 is 0 and open
above with its words. What a note leaves out is not a quantity at all. Counts, money (万元),
areas, magnitudes and minutes are all of this one type.
"""

import math
from collections.abc import Mapping
from typing import Any

Number = int | float

_FAR = 1 << 1000
"""An int below it has a float beside it."""


class Quantity:
    """A range `low`..`high` (both ends belong to it; `high` None is open) and the words `said`."""

    __slots__ = ("high", "low", "said")

    def __init__(self, low: Number, high: Number | None, said: str = "") -> None:
        if type(low) is int and type(high) is int and 0 <= low <= high < _FAR:  # as most counts are
            self.low: Number = low
            self.high: Number | None = high
            self.said = said
            return
        if not _finite(low) or low < 0:
            raise ValueError("low must be a finite number of at least 0")
        if high is not None and (not _finite(high) or high < low):
            raise ValueError("high must be None, or a finite number of at least low")
        self.low = tidy(low)
        self.high = None if high is None else tidy(high)
        self.said = said

    @property
    def exact(self) -> bool:
        """One number fits."""
        return self.low == self.high

    @property
    def wholly_open(self) -> bool:
        """Nothing is known but that it is unknown (伤亡不详)."""
        return self.low == 0 and self.high is None

    @property
    def top(self) -> float:
        """`high`, with infinity for an open end."""
        return math.inf if self.high is None else self.high

    def plus(self, other: "Quantity", said: str | None = None) -> "Quantity":
        """Both together; the words are joined unless `said` replaces them."""
        high = None if self.high is None or other.high is None else self.high + other.high
        words = said if said is not None else "、".join(w for w in (self.said, other.said) if w)
        return Quantity(self.low + other.low, high, words)

    def to_json(self) -> dict[str, Any]:
        return {"low": self.low, "high": self.high, "said": self.said}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Quantity":
        said = data.get("said", "")
        if isinstance(data["low"], bool) or not isinstance(said, str):
            raise TypeError("not a quantity")
        return cls(data["low"], data["high"], said)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        return (self.low, self.high, self.said) == (other.low, other.high, other.said)

    def __hash__(self) -> int:
        return hash((self.low, self.high, self.said))

    def same_range(self, other: "Quantity") -> bool:
        """The same numbers fit, whatever the words."""
        return self.low == other.low and self.high == other.high

    def __repr__(self) -> str:
        return f"Quantity({self.low}, {self.high}, {self.said!r})"


def tidy(number: Number) -> Number:
    """A whole float becomes the int that it is; binary dust of decimal arithmetic is rounded off."""
    if isinstance(number, float):
        number = round(number, 6)
        if number.is_integer():
            return int(number)
    return number


def exactly(n: Number, said: str = "") -> Quantity:
    """3人 → 3..3."""
    return Quantity(n, n, said)


def unknown(said: str) -> Quantity:
    """伤亡不详, 正在统计 → 0 and open."""
    return Quantity(0, None, said)


def at_least(n: Number, said: str = "") -> Quantity:
    """至少N, 上N, 超N, N以上 → N and open."""
    return Quantity(n, None, said)


def at_most(n: Number, said: str = "") -> Quantity:
    """不到N, 不足N → 0.9 N and below, like 近N, whose sense it has in speech."""
    return nearly(n, said)


def some_more(n: Number, said: str = "") -> Quantity:
    """N余, N多 → N+1 to the end of its unit: 十余 11..19, 30余 31..39, 4000余 4001..4999.

    A number without trailing zeros has itself as its smallest unit (5小时多): N..N+1.
    """
    unit = _unit(n)
    if unit <= 1:
        return Quantity(n, n + unit, said)
    return Quantity(n + 1, n + unit - 1, said)


def nearly(n: Number, said: str = "") -> Quantity:
    """近N, 接近N, 不到N → 0.9 N .. N−1 (a fraction: up to N)."""
    if isinstance(n, int) and n > 1:
        return Quantity(min(math.ceil(n * 9 / 10), n - 1), n - 1, said)
    return Quantity(n * 0.9, n, said)


def roughly(n: Number, said: str = "") -> Quantity:
    """约N, N左右 → N ± 10 %, counts rounded outward, so that an estimate is never a hard count."""
    if isinstance(n, int):
        return Quantity(n * 9 // 10, -(-n * 11 // 10), said)
    return Quantity(n * 0.9, n * 1.1, said)


def between(low: Number, high: Number, said: str = "") -> Quantity:
    """3至5人, 两三人, 三四十人."""
    return Quantity(low, high, said)


def _finite(number: Number) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:  # an int beyond all floats
        return False


def _unit(n: Number) -> Number:
    """The place value of the last digit that is not zero (30 → 10, 4000 → 1000, 25 → 1)."""
    if isinstance(n, float):
        return 1
    unit = 1
    while n and n % (unit * 10) == 0:
        unit *= 10
    return unit
