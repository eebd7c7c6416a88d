"""What the check of a report found, as the desk reads it: ※, the code, a sentence, what to do."""

from collections.abc import Iterable, Sequence

from jinji_report.cli import screen
from jinji_report.reports.check.remark import Remark


def lines(remarks: Iterable[Remark]) -> list[screen.Block]:
    """A paragraph a remark."""
    return [
        screen.Line(_words(remark), "overdue" if remark.must else "due_soon", hang=3) for remark in remarks
    ]


def blocks(remarks: Sequence[Remark], report: str) -> list[screen.Block]:
    """The answer of a check alone."""
    must = sum(remark.must for remark in remarks)
    if not remarks:
        return [screen.Line(f"{report}：没有发现问题。", "good")]
    parts = [f"须改 {must} 处"] if must else []
    parts += [f"留意 {len(remarks) - must} 处"] if len(remarks) > must else []
    return [screen.Heading(f"{report}　{'，'.join(parts)}"), *lines(remarks)]


def tell(remarks: Iterable[Remark]) -> None:
    """The remarks on stderr, where they are in no text's way."""
    for remark in remarks:
        screen.say(_words(remark))


def _words(remark: Remark) -> str:
    return f"※ {remark.severity} {remark.code} {remark.text}{remark.remedy}"
