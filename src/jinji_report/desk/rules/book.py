"""A pack opened for looking: the standards, and where each row of them was written.

The chain of files is read again here, with its line numbers; judging never needs them.
"""

from pathlib import Path, PurePath

from jinji_report.standards.explain import rows_of
from jinji_report.standards.findings import Subject
from jinji_report.standards.join import Origin, Row
from jinji_report.standards.load import find_pack, load, read_chain
from jinji_report.standards.rows import Standards


class Where:
    """Lines `line` to `last` of a file; `short` is `county.toml:104`."""

    __slots__ = ("file", "last", "line", "short")

    def __init__(self, file: str, line: int, last: int, short: str) -> None:
        self.file = file
        self.line = line
        self.last = last
        self.short = short


class Book:
    """The standards of a pack (`standards`) with the rows as written (`subject`)."""

    def __init__(self, standards: Standards, subject: Subject) -> None:
        self.standards = standards
        self.subject = subject
        files = list(subject.joined.files)
        names = [PurePath(file).name for file in files]
        # Two files of the same name are told apart by their folders.
        self._names = {
            file: name if names.count(name) == 1 else file for file, name in zip(files, names, strict=True)
        }

    def rows(self, kind: str) -> dict[str, Row]:
        return dict(rows_of(kind, self.subject))

    def where(self, kind: str, key: str) -> Where:
        """Where the row stands that holds now."""
        return self._place(self.subject.joined.origin(kind, key))

    def everywhere(self, kind: str, key: str) -> list[Where]:
        """All places that a row was put together from (a category gets words from several files)."""
        origins = self.subject.joined.origins.get((kind, key), ())
        return [self._place(origin) for origin in origins] or [self.where(kind, key)]

    def lines(self, where: Where) -> list[str]:
        """The lines themselves."""
        return self.subject.joined.files[where.file].layout.lines[where.line - 1 : where.last]

    def _place(self, origin: Origin) -> Where:
        layout = self.subject.joined.files[origin.file].layout
        first, last = layout.span(origin.place)
        return Where(origin.file, first, last, f"{self._names[origin.file]}:{first}")


def open_book(name: str, cache: Path | None) -> Book:
    """The pack `name` (a shipped name or a path). Raises UnusableStandards."""
    standards = load(name, cache)  # refuses what does not hold together
    return Book(standards, Subject(read_chain(find_pack(name))))
