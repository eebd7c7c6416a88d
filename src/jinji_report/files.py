"""Small private files, written whole or not at all, and why the system refuses one."""

import errno
import os
import re
import stat
import time
from contextlib import suppress
from pathlib import Path

_UNFINISHED = re.compile(r"\.(?:\d+|[0-9a-f]{12})\.tmp\Z")
_GIVEN_UP_AFTER = 3600.0  # seconds in which nothing was written to it


def clear_leftovers(folder: Path, beginning: str) -> None:
    """Delete the unfinished files that killed runs left of names with this `beginning`.

    Only plain files of this user that nobody has written to for an hour: another run may be at work.
    """
    with suppress(OSError):
        for name in os.listdir(folder):
            if name.startswith(beginning) and _UNFINISHED.search(name):
                with suppress(OSError):
                    path = folder / name
                    if _is_given_up(path.lstat()):
                        path.unlink()


def _is_given_up(status: os.stat_result) -> bool:
    ours = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
    return ours and stat.S_ISREG(status.st_mode) and time.time() - status.st_mtime > _GIVEN_UP_AFTER


def write_private(path: Path, text: str) -> None:
    """Write `text` (UTF-8) beside `path` and move it into place; the file is 0600, and 0700 every folder that
    had to be made. Raises OSError."""
    missing = [folder for folder in path.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
    clear_leftovers(path.parent, path.name)
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(fd, "wb") as file:
            file.write(text.encode("utf-8"))
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


_CAUSES = {
    errno.ENOENT: "没有这个文件",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "磁盘读写出错",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过了允许的大小",
    errno.EROFS: "磁盘是只读的",
    errno.EINTR: "被系统打断",
    errno.EMFILE: "打开的文件太多",
    errno.ENOLCK: "系统的文件锁不够用",
}


def cause_of(error: OSError) -> str:
    """What the system refused, in Chinese where it is one of the usual things."""
    return _CAUSES.get(error.errno or 0) or error.strerror or str(error)


def toml_fault(error: Exception) -> str:
    """Where a TOML file goes wrong, in Chinese; what the parser says of it stays behind the place."""
    words = str(error)
    place = re.search(r"at line (\d+), column (\d+)", words)
    what = next((chinese for english, chinese in _TOML if english in words), "写法不对")
    return (
        f"第 {place[1]} 行第 {place[2]} 列{what}"
        if place
        else f"文件末尾{what}"
        if "end of document" in words
        else what
    )


_TOML = (
    ("Cannot overwrite", "有重复的键"),
    ("Cannot declare", "有重复的表"),
    ("Cannot mutate", "有重复的键"),
    ("Duplicate", "有重复的键"),
    ("Unclosed array", "列表没有写完"),
    ("Unterminated string", "引号没有成对"),
    ("Expected newline", "一行里多了内容"),
    ("Invalid date", "日期或时间不对（没有这一天或这一刻）"),
    ("Invalid value", "值写得不对（文字要加引号）"),
    ("Expected '=' after a key", "键后面缺少等号"),
    ("Illegal character", "有不允许的字符"),
    ("Invalid statement", "写法不对"),
    ("integer string conversion", "有一个数太长"),
    ("recursion", "括号套得太深"),
)
