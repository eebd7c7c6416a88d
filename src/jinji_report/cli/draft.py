"""What was typed and not entered: kept privately beside the ledger until it is taken up again.

Whatever was left has a file of its own, so that the next one, of this desk or another, cannot overwrite
it. A note that bears a secrecy mark is not kept.
"""

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from jinji_report.errors import UnusableInput
from jinji_report.files import cause_of, clear_leftovers, write_private
from jinji_report.intake.secrecy import secrecy_mark


class Draft:
    """A call that was left at the prompt, and its file."""

    __slots__ = ("note", "path", "sets")

    def __init__(self, path: Path, note: str, sets: Sequence[str]) -> None:
        self.path = path
        self.note = note
        self.sets = tuple(sets)


def keep_draft(home: Path, note: str, sets: Sequence[str], path: Path | None = None) -> str:
    """Keep the call, and say how to go on."""
    if not note.strip() or any(secrecy_mark(text) is not None for text in (note, *_values(sets))):
        return "没有留下草稿。"
    clear_leftovers(home, "draft")
    path = path or home / _own_name("draft", ".json")
    try:
        write_private(path, json.dumps({"note": note, "sets": list(sets)}))
    except OSError as error:
        return f"草稿没能保存（{cause_of(error)}）。"
    return "草稿已保存，接着办：jinji new --resume"


def keep_note(home: Path, note: str, command: str, path: Path | None = None) -> str:
    """Keep the note of a follow-up as a text file, and say how to go on with `command`."""
    if not note.strip() or secrecy_mark(note) is not None:
        return f"重新运行 {command}。"
    clear_leftovers(home, "followup-draft")
    path = path or home / _own_name("followup-draft", ".txt")
    try:
        write_private(path, note)
    except OSError as error:
        return f"草稿没能保存（{cause_of(error)}）。"
    named = f'"{path}"' if " " in str(path) else str(path)
    return f"草稿已保存，接着办：{command} --file {named}"


def drafts(home: Path) -> list[Path]:
    """The drafts that wait, newest last."""
    return sorted(home.glob("draft*.json"), key=lambda path: (path.stat().st_mtime, path.name))


def newest_draft(home: Path) -> Draft:
    """Raises UnusableInput where there is none, or it cannot be read."""
    waiting = drafts(home)
    if not waiting:
        raise UnusableInput("没有留下的草稿。", remedy='直接 jinji new "来电内容"。')
    path = waiting[-1]
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        note, sets = data["note"], data["sets"]
        if isinstance(note, str) and isinstance(sets, list):
            return Draft(path, note, [str(pair) for pair in sets])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise UnusableInput(f"草稿 {path} 读不出来。", remedy="把它移走，重新接报。")


def kept_note(home: Path, file: str | None) -> Path | None:
    """The file of a note, where it was `keep_note` that made it: it goes once the follow-up is entered."""
    path = Path(file or "")
    ours = path.match("followup-draft-*.txt") and path.resolve().parent == home.resolve()
    return path if ours else None


def _own_name(beginning: str, ending: str) -> str:
    return f"{beginning}-{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}{ending}"


def _values(sets: Sequence[str]) -> list[str]:
    return [pair.partition("=")[2] for pair in sets]
