"""What a step does to cases, as the desk reads it before it agrees: item, before, after."""

from collections.abc import Iterable, Sequence

from jinji_report.cli.screen import Block, Line, Table
from jinji_report.desk.difference import Difference


def _change_table(changes: Sequence[Difference], *, first: str) -> list[Block]:
    """The items that change; where other cases than `first` do too, under their numbers."""
    if not changes:
        return [Line("所办的事没有因此变样。", "dim")]
    several = any(change.case != first for change in changes)
    before = ["", *(change.case for change in changes)]
    return [
        Table(
            ("项目", "之前", "之后"),
            [(change.label, change.before or "—", change.after or "—") for change in changes],
            over=[
                f"案卷 {change.case}" if several and change.case != before[place] else ""
                for place, change in enumerate(changes)
            ],
            indent=2,
        )
    ]


def step_blocks(case: str, changes: Sequence[Difference], notes: Iterable[str]) -> list[Block]:
    """What a step on `case` changes, and what the officer should know of it."""
    return [*_change_table(changes, first=case), *_note_lines(notes)]


def _note_lines(notes: Iterable[str]) -> list[Block]:
    return [Line(f"※ {note}", "due_soon", hang=3) for note in notes]
