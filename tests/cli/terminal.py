"""A run of `jinji` at a real terminal (a pty), typed at like an officer types."""

import os
import pty
import re
import select
import signal
import sys
import termios
import time
from collections.abc import Callable

ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>])")
PATIENCE = 20.0  # seconds; what is awaited comes in a fraction of one


class Terminal:
    """One run at a terminal of 80 columns; `until` reads on to what is expected."""

    def __init__(self, args: tuple[str, ...], more: dict[str, str]) -> None:
        environ = {
            **os.environ,
            "TERM": "xterm",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "NO_COLOR": "1",
            **more,
        }
        for name in ("COLUMNS", "LINES", "PYTHONIOENCODING"):
            environ.pop(name, None)
        environ |= more
        self.seen = ""
        self.place = 0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                termios.tcsetwinsize(0, (40, 80))
                os.execve(sys.executable, [sys.executable, "-m", "jinji_report", *args], environ)
            finally:
                os._exit(99)
        self.raw = b""
        self.code: int | None = None

    def until(self, words: str) -> str:
        """Everything up to `words`, from where the last reading ended."""
        end = time.monotonic() + PATIENCE
        while (found := self.seen.find(words, self.place)) < 0:
            assert time.monotonic() < end and self._read(0.2), (
                f"“{words}” never came:\n{self.seen[self.place :]}"
            )
        text = self.seen[self.place : found + len(words)]
        self.place = found + len(words)
        return text

    def type(self, text: str) -> None:
        os.write(self.fd, text.encode())

    def answer(self, prompt: str, text: str) -> str:
        """Wait for the prompt, then type a line; what stood before the prompt."""
        before = self.until(prompt)
        self.type(f"{text}\r")
        return before

    def quiet(self) -> None:
        """Until nothing has come for half a second: the program waits for the next line."""
        length = -1
        while length != len(self.raw):
            length = len(self.raw)
            self._read(0.5)

    def leave(self, key: str = "\x03", *, hang_up: bool = False) -> int:
        """Press Ctrl-C, and again where it came just as the prompt was being made; the exit code."""
        for _ in range(10):
            if hang_up:
                os.kill(self.pid, signal.SIGHUP)
            else:
                self.type(key)
            end = time.monotonic() + PATIENCE / 10
            while time.monotonic() < end:
                if not self._read(0.2):
                    return self.wait()
        raise AssertionError(f"it never ended:\n{self.seen[self.place :]}")

    def ends(self) -> int:
        """The exit code; everything that was printed is then in `seen`."""
        end = time.monotonic() + PATIENCE
        while self._read(0.2):
            assert time.monotonic() < end, f"it never ended:\n{self.seen[self.place :]}"
        return self.wait()

    def wait(self) -> int:
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.code

    def rest(self) -> str:
        return self.seen[self.place :]

    def close(self) -> None:
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            self.wait()
        os.close(self.fd)

    def _read(self, seconds: float) -> bool:
        """Read what has come; whether more may come."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            self.raw += (some := os.read(self.fd, 65536))
        except OSError:  # Linux: the other side is closed
            return False
        self.seen = (
            ESCAPES.sub("", self.raw.decode("utf-8", "ignore")).replace("\r\n", "\n").replace("\x07", "")
        )
        return bool(some)


Sit = Callable[..., Terminal]
