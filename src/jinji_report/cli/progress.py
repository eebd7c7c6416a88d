"""How far a long run has come, said on stderr at a terminal alone, once it takes long."""

import sys
import time

SAID_AFTER = 2.0  # seconds
_EVERY = 0.2


class Progress:
    """`with Progress("核对台账") as tell:` hands out `tell(done, total)`, to be called as often as one likes."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._next = time.monotonic() + SAID_AFTER
        self._said = ""

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, done: int, total: int) -> None:
        """Below 0, `done` says that another process is at it; at `total` the words go away."""
        now = time.monotonic()
        if now >= self._next and sys.stderr.isatty():
            self._next = now + _EVERY
            far = "等另一个程序做完" if done < 0 else f"{min(done * 100 // max(total, 1), 100)}%"
            self._said = f"{self.what}……{far}"
            sys.stderr.write(f"\r{self._said}\x1b[K")
            sys.stderr.flush()
        if done >= total:
            self.__exit__()

    def __exit__(self, *_: object) -> None:
        if self._said:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._said = ""
