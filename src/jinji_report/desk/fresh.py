"""New private files: each whole, all of them or none, and never over one that stands already.

A file is written beside its place and then linked to its name, which the system refuses where the
name is taken; of two processes at once, one gets it.
"""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from jinji_report.errors import UnusableInput
from jinji_report.files import cause_of, clear_leftovers

_CAUSES = {
    errno.EROFS: "磁盘是只读的",
    errno.EEXIST: "文件夹的位置上是一个文件",
    errno.EINVAL: "名称里有系统不允许的字符",
    errno.EDQUOT: "磁盘配额已满",
}
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


class Taken(UnusableInput):
    """A file stands where a new one was to be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} 已经存在，没有改动它。",
            remedy="要改，直接用编辑器改它；要重来，先把它移走或换个文件名。",
        )
        self.path = path


def refuse_taken(path: Path) -> None:
    """Raises Taken where anything bears that name, a link to nowhere too."""
    if os.path.lexists(path):
        raise Taken(path)


def refuse_unwritable(path: Path) -> None:
    """Try the folder of `path`, before anybody is asked anything; what is made for the trial goes again."""
    with _made(path, _beside(path)) as made:
        made.undo()


def write_new(texts: Sequence[tuple[Path, str]]) -> None:
    """Write every text (UTF-8, private), making folders (0700) as needed. Raises Taken and UnusableInput.

    Whatever goes wrong, Ctrl-C too, what was made goes again. The last file is the one that counts.
    """
    for path, _ in texts:
        refuse_taken(path)
        clear_leftovers(path.parent, f".{path.name[:100]}")
    done: list[_Made] = []
    try:
        for path, text in texts:
            with _made(path, _beside(path), text) as made:
                done.append(made)
        for made in done:
            made.place()
    except BaseException:
        for made in reversed(done):
            made.undo()
        raise
    for made in done:
        made.tidy()


def _beside(path: Path) -> Path:
    """A name that nobody else takes, not even what a killed run left."""
    return path.with_name(f".{path.name[:100]}.{os.urandom(6).hex()}.tmp")


class _Made:
    """A file that was written beside its place, and the folders that were made for it."""

    def __init__(self, path: Path, beside: Path) -> None:
        self.path = path
        self.beside = beside
        self.folders: list[Path] = []
        self.placed = False

    def write(self, text: str) -> None:
        folder = self.beside.parent
        missing = [f for f in (folder, *folder.parents) if not f.exists()]
        for f in reversed(missing):
            with suppress(FileExistsError):
                f.mkdir(mode=0o700)
                self.folders.append(f)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        fd = os.open(self.beside, flags, 0o600)
        with os.fdopen(fd, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())

    def place(self) -> None:
        with _refusals(self.path):
            try:
                os.link(self.beside, self.path)
                self.placed = True
            except FileExistsError:
                raise Taken(self.path) from None
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                self._place_without_links()

    def _place_without_links(self) -> None:
        """A disk without hard links (FAT): the name is taken first, empty, and then filled at once."""
        try:
            os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            raise Taken(self.path) from None
        self.placed = True
        os.replace(self.beside, self.path)

    def undo(self) -> None:
        if self.placed:
            with suppress(OSError):
                self.path.unlink()
        self.tidy()
        for folder in reversed(self.folders):
            with suppress(OSError):
                folder.rmdir()

    def tidy(self) -> None:
        with suppress(OSError):
            self.beside.unlink()


@contextmanager
def _made(path: Path, beside: Path, text: str = "") -> Iterator[_Made]:
    made = _Made(path, beside)
    try:
        with _refusals(path):
            made.write(text)
        yield made
    except BaseException:
        made.undo()
        raise


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """What the system refuses, as a sentence."""
    try:
        yield
    except (OSError, ValueError) as error:
        why = _CAUSES.get(error.errno or 0) or cause_of(error) if isinstance(error, OSError) else "名称不能用"
        raise UnusableInput(
            f"{path} 写不进去（{why}），没有写入任何内容。",
            remedy="检查文件夹、权限和磁盘，改正后再运行一次。",
        ) from error
