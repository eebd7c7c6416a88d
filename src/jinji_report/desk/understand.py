"""What the desk makes of a note: the reading, and the officer's own corrections on top."""

import re
from collections.abc import Iterable
from datetime import datetime

from jinji_report.desk.given import apply_sets
from jinji_report.desk.stamp import refuse_secrets
from jinji_report.errors import UnusableInput
from jinji_report.intake.mojibake import restored
from jinji_report.intake.read import read
from jinji_report.intake.reading import Reading
from jinji_report.intake.shown import Shown, shown
from jinji_report.model.facts import Facts
from jinji_report.standards.rows import Standards

MAX_NOTE = 20_000  # characters; a note from the desk is a few hundred
_NO_TEXT = re.compile("[\ufffd\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]")


def check_note(text: str) -> str:
    """The note, if it can be read as one. Raises UnusableInput."""
    if not any(c.isalnum() for c in text):
        raise UnusableInput(
            "来电内容是空的，没有一个字。",
            remedy="把来电内容写在命令后面，或用 --file 文件、- 从标准输入读。",
        )
    if len(text) > MAX_NOTE:
        raise UnusableInput(
            f"来电内容有 {len(text)} 个字，超过 {MAX_NOTE} 字。", remedy="一次只录一件事，摘要后再录。"
        )
    odd = len(_NO_TEXT.findall(text))
    if "\x00" in text or odd * 10 > len(text):
        raise UnusableInput(
            "来电内容不是文字（像是二进制或编码不对）。", remedy="请以 UTF-8 或 GBK 的纯文本重试。"
        )
    was = restored(text)
    if was is not None:
        refuse_secrets(was)
        raise UnusableInput(
            "来电内容是乱码，先前按错的编码打开过。",
            remedy=f"原文像是“{was[:30]}……”，请从原处重新复制，或用 --file 读原来的文件。",
        )
    return text


def understand(text: str, now: datetime, standards: Standards, sets: Iterable[str] = ()) -> "Understood":
    """The note as facts, with the officer's `sets` (`deaths=3`, `地点=…`) over what was read."""
    reading = read(text, now, standards)
    return Understood(apply_sets(reading.facts, sets, standards, now), reading)


class Understood:
    """Facts, and the reading they came from."""

    __slots__ = ("_shown", "facts", "reading")

    def __init__(self, facts: Facts, reading: Reading) -> None:
        self.facts = facts
        self.reading = reading
        self._shown: Shown | None = None

    @property
    def shown(self) -> Shown:
        """Where the values of the reading stand in the note, and what no value used."""
        if self._shown is None:
            self._shown = shown(self.reading)
        return self._shown
