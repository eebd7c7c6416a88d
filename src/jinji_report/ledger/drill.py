"""The ledger of a drill (演练): where it lies, and what keeps it and the real one apart.

It lies in the folder `drill` of the office's data folder and nowhere else, each of its lines says
what it is, and neither kind of ledger takes the other's lines or reads them as its own.
"""

from pathlib import Path

from jinji_report.errors import JinjiError

DRILL_FOLDER = "drill"


class WrongLedger(JinjiError):
    """A drill's ledger was about to be used as the real one, or the real one as a drill's."""

    def __init__(self, path: Path, *, drill: bool) -> None:
        what, where = ("演练台账", "正式台账") if drill else ("正式台账", "演练台账")
        super().__init__(
            f"{path} 里是{where}的条目，不能当{what}用，没有读写。",
            remedy="演练和正式台账各在各的文件夹：放错的文件请移回去，看演练的加 --drill。",
        )


class DrillAstray(JinjiError):
    """The folder of a drill's ledger is a link: it may lead to the real one."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"演练文件夹 {folder} 是一个链接，可能通到正式台账，没有读写。",
            remedy="演练台账要有自己的文件夹：请移走这个链接，再运行一次本命令。",
        )


def refuse_astray(folder: Path) -> None:
    """Raises DrillAstray where the folder leads elsewhere, ValueError where it is none of a drill."""
    if folder.name != DRILL_FOLDER:
        raise ValueError(f"the ledger of a drill lies in a folder {DRILL_FOLDER!r}, not in {folder}")
    if folder.is_symlink():
        raise DrillAstray(folder)
