"""A paper of a drill says so at its head and its end, and no other does (R35)."""

from collections.abc import Iterator

from jinji_report.reports.check.paper import Paper
from jinji_report.reports.check.remark import MUST, Code, Remark
from jinji_report.reports.drill import END, HEAD

UNMARKED = Code("B801", MUST, "演练文稿没有标明", f"演练的文稿没有以{HEAD}开头、以{END}结尾。")
MARKED = Code("B802", MUST, "正式报告标着演练", f"不是演练，文稿却标着{HEAD}。")
CODES = (UNMARKED, MARKED)


def find(paper: Paper) -> Iterator[Remark]:
    if paper.drill and not paper.marked:
        yield Remark(UNMARKED, "演练文稿没有标明是演练。", f"开头写{HEAD}，结尾写{END}。")
    elif not paper.drill and paper.marked:
        yield Remark(
            MARKED,
            "正式报告标着演练。",
            f"删去{HEAD}和{END}；若确是演练，在演练台账里办（加 --drill）。",
        )
