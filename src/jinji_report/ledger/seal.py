"""The hash chain: each line carries the SHA-256 of the line before it.

Hashes are taken of the raw bytes of a line without its newline, as 64 hex digits. The head is
the hash of the last line and vouches for everything before it; who reads, writes or compares
lines is left to the stores.
"""

from hashlib import sha256

GENESIS = "0" * 64


class Seal:
    """How far the log goes (`seq` of the last entry, 0 for none) and the `head` that vouches for it."""

    __slots__ = ("head", "seq")

    def __init__(self, seq: int, head: str) -> None:
        self.seq = seq
        self.head = head

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Seal):
            return NotImplemented
        return self.seq == other.seq and self.head == other.head

    def __hash__(self) -> int:
        return hash((self.seq, self.head))

    def __repr__(self) -> str:
        return f"Seal({self.seq}, {self.head!r})"


EMPTY = Seal(0, GENESIS)


def digest(line: bytes) -> str:
    """The hash of a raw line without its newline."""
    return sha256(line).hexdigest()
