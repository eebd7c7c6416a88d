"""A unit, a person, a channel as it is typed: one line, and no longer than a column of a screen can bear."""

from jinji_report.errors import Usage

LONGEST_NAME = 40  # characters


def named(text: str, what: str) -> str:
    """`text` on one line. Raises Usage where it is no name but a story; `what` it names is said then."""
    line = " ".join(text.split())
    if len(line) > LONGEST_NAME:
        raise Usage(f"{what}太长（{len(line)} 个字）。", remedy=f"只写名称，不超过 {LONGEST_NAME} 个字。")
    return line
