"""Where a ledger lies: its folder made and brought to disk, and what the system refuses there, as a sentence."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinji_report.errors import StoreUnwritable
from jinji_report.files import cause_of

_CAUSES = {
    errno.ENOSPC: ("磁盘已满", "请清理磁盘空间后再运行一次本命令。"),
    errno.EACCES: ("没有权限", "请检查台账文件夹及其中文件的权限，改正后再运行一次本命令。"),
    errno.EPERM: ("没有权限", "请检查台账文件夹及其中文件的权限，改正后再运行一次本命令。"),
    errno.EROFS: ("磁盘是只读的", "请把台账文件夹换到可写的磁盘上。"),
    errno.ENOTDIR: ("文件夹的位置上是一个文件", "请换一个台账文件夹，或移走同名文件。"),
    errno.EEXIST: ("文件夹的位置上是一个文件", "请换一个台账文件夹，或移走同名文件。"),
    errno.EISDIR: ("文件的位置上是一个文件夹", "请换一个台账文件夹，或移走同名文件夹。"),
    errno.EIO: ("磁盘读写出错", "请检查磁盘和连线，确认无误后再运行一次本命令。"),
}


def make_folder(folder: Path) -> None:
    """The folder and those above it, for this user alone, on disk. Raises OSError, StoreExposed."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    try:
        folder.mkdir(0o700)
    except FileExistsError:
        if not folder.is_dir():  # another desk may just have made it
            raise
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to disk, where the system has a way to."""
    if os.name != "posix":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network file systems know no such thing
            raise
    finally:
        os.close(fd)


@contextmanager
def failures_of(path: Path, what: str) -> Iterator[None]:
    """Say what the system refused, about which file, and what to do."""
    try:
        yield
    except OSError as error:
        cause, remedy = cause_and_remedy(error)
        raise StoreUnwritable(f"{error.filename or path} {what}：{cause}。", remedy=remedy) from error


def cause_and_remedy(error: OSError) -> tuple[str, str]:
    unknown = (cause_of(error), "请检查台账文件夹所在的磁盘，再运行一次本命令。")
    return _CAUSES.get(error.errno or 0, unknown)


def refuse_odd(path: Path, what: str) -> None:
    """Raises StoreUnwritable where `path` is a link, or a thing that is neither a file nor a folder.

    A link to a disk that is away would read as an empty ledger, and who comes to the file another way
    would lock another lock.
    """
    try:
        mode = path.lstat().st_mode
    except OSError:
        return
    if stat.S_ISLNK(mode):
        raise StoreUnwritable(
            f"{what} {path} 是一个链接（指向 {os.readlink(path)}），没有读写。",
            remedy="请用 JINJI_HOME 写明台账真正所在的文件夹；那里的磁盘没有接上的，先接上。",
        )
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise StoreUnwritable(
            f"{what} {path} 不是普通文件，没有读写。", remedy="请移走它，或换一个台账文件夹。"
        )
