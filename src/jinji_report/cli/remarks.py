"""What the check of a report found, as the desk reads it: ※, the code, a sentence, what to do."""

from collections.abc import Iterable, Sequence

from jinji_report.cli import screen
from jinji_report.reports.check.remark import Remark


def lines(remarks: Iterable[Remark]) -> list[screen.Block]:
    """A paragraph a remark."""
    return [
        screen.Line(_words(remark), "overdue" if remark.must else "due_soon", hang=3) for remark in remarks
    ]


def blocks(remarks: Sequence[Remark], report: str, case: str) -> list[screen.Block]:
    """The answer of a check alone; below what there is to remark, how a text is mended."""
    must = sum(remark.must for remark in remarks)
    if not remarks:
        return [screen.Line(f"{report}：没有发现问题。", "good")]
    parts = [f"须改 {must} 处"] if must else []
    parts += [f"留意 {len(remarks) - must} 处"] if len(remarks) > must else []
    mending = f"改文稿：jinji report {case} > 文稿.txt，改好后 jinji sent {case} --form 书面 --file 文稿.txt"
    return [
        screen.Heading(f"{report}　{'，'.join(parts)}"),
        *lines(remarks),
        screen.Line(mending, "dim", hang=8),
    ]


def tell(remarks: Iterable[Remark]) -> None:
    """The remarks on stderr, where they are in no text's way."""
    for remark in remarks:
        screen.say(_words(remark))


def _words(remark: Remark) -> str:
    return f"※ {remark.severity} {remark.code} {remark.text}{remark.remedy}"
