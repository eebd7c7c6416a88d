"""The lock beside the ledger: one writer at a time, over all processes of the machine.

The system frees it when its holder dies, however that happens; the file itself stays and says
who holds it. What is done under the lock is left to the caller.
"""

import errno
import os
import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

from jinji_report.errors import StoreBusy
from jinji_report.moments import BEIJING, on_screen

WAIT_SECONDS = 5.0
_EAGER_SECONDS = 1.0
_SHORT_PAUSE, _LONG_PAUSE = 0.001, 0.01
_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    # A locked byte cannot be read by others on Windows, so it lies far behind the words.
    _LOCKED_BYTE = 1 << 30

    def _seize(fd: int) -> None:
        os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

    def _free(fd: int) -> None:
        os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _seize(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _free(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)


class Lock:
    """`with Lock(path):` waits up to `wait` seconds for the lock, then raises StoreBusy.

    Raises OSError where the lock file cannot be opened or the file system knows no locks.
    """

    def __init__(self, path: Path, wait: float = WAIT_SECONDS) -> None:
        self.path = path
        self.wait = wait
        self._fd = -1

    def __enter__(self) -> None:
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._wait_for(fd)
            os.ftruncate(fd, 0)
            os.lseek(fd, 0, os.SEEK_SET)
            os.write(fd, b"%d\n" % os.getpid())
        except BaseException:
            os.close(fd)
            raise
        self._fd = fd

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        fd, self._fd = self._fd, -1
        # What was done under the lock is done, whether or not the words go away and the file is let close.
        with suppress(OSError):
            os.ftruncate(fd, 0)
            _free(fd)
        with suppress(OSError):
            os.close(fd)

    def _wait_for(self, fd: int) -> None:
        began = time.monotonic()
        while True:
            try:
                _seize(fd)
                return
            except OSError as error:
                if error.errno not in _HELD:
                    raise
            waited = time.monotonic() - began
            if waited >= self.wait:
                raise self._busy(fd)
            # Who lets go may want it again at once. Others must look often enough to come in between;
            # when it takes longer than a turn of all of them would, the holder is stuck.
            time.sleep(_SHORT_PAUSE if waited < _EAGER_SECONDS else _LONG_PAUSE)

    def _busy(self, fd: int) -> StoreBusy:
        os.lseek(fd, 0, os.SEEK_SET)
        pid = os.read(fd, 32).decode("ascii", "replace").strip()
        if not pid.isdigit():
            return StoreBusy("台账正被另一个程序占用。", remedy="请稍候再运行一次本命令。")
        since = datetime.fromtimestamp(os.fstat(fd).st_mtime, BEIJING)
        return StoreBusy(
            f"台账正被另一个程序占用（进程 {pid}，自{on_screen(since)}起）。",
            remedy=f"请稍候再运行一次本命令；如一直被占用，请先结束进程 {pid}。",
        )
