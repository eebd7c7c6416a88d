"""What was worked out and is kept for the next incident."""

from collections.abc import Hashable
from typing import TypeVar

Made = TypeVar("Made")

MOST = 4096  # kinds of incident; a year of a province has some hundreds


class Kept(dict[Hashable, Made]):
    """A memory that never grows beyond `most`: when it is full it begins anew."""

    __slots__ = ("most",)

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self.most = most

    def put(self, key: Hashable, made: Made) -> Made:
        """`made` itself, kept under `key` from now on."""
        if len(self) >= self.most:
            self.clear()
        self[key] = made
        return made
