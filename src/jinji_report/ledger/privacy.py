"""Who can read the ledger: its folder is for one user alone (0700), its files too (0600).

Where the system keeps no such rights (Windows has lists of its own, which a new folder under the
user's data inherits) nothing is checked.
"""

import os
import stat
import sys
from collections.abc import Collection
from pathlib import Path

from jinji_report.errors import JinjiError

_OTHERS = 0o007  # a group is somebody's own choice; a new folder has none


class StoreExposed(JinjiError):
    """Other users of this machine can get at the ledger's folder."""

    def __init__(self, folder: Path, mode: int) -> None:
        super().__init__(
            f"台账文件夹 {folder} 别的用户也能进（权限 {mode:03o}），为防泄密没有读写。",
            remedy=f"运行 chmod 700 '{folder}' 后再试；确要多人共用的，请换成各自的账号和文件夹。",
        )


def refuse_exposed(folder: Path, names: Collection[str]) -> str:
    """Raises StoreExposed where others can read or enter the folder and something lies in it.

    `names` is what lies in it. An empty folder of one's own is made private, and the answer says so.
    """
    if sys.platform == "win32":
        return ""
    status = folder.stat()
    mode = stat.S_IMODE(status.st_mode)
    if not mode & _OTHERS:
        return ""
    if names or status.st_uid != os.geteuid():
        raise StoreExposed(folder, mode)
    folder.chmod(0o700)
    return f"台账文件夹 {folder} 原来别的用户也能进，已改为仅本人可用。"
