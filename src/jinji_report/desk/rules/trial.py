"""试标准: the cases of a pack tried, what they cover, and those to be proposed.

The cases are those of the pack's own file and of the sidecar beside it. What they are to cover are the
rows of the pack's own file, or all that are in force over its bases.
"""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinji_report.errors import UnusableInput
from jinji_report.files import cause_of, toml_fault
from jinji_report.proving.cases import Judge, Tried
from jinji_report.proving.coverage import Coverage, Missing
from jinji_report.proving.situation import Mark, Proved, State, rows_of
from jinji_report.proving.written import as_toml, file_head, proposals
from jinji_report.standards.layout import Layout
from jinji_report.standards.load import cases_beside, digest_of, find_pack, read_chain, refuse_faults
from jinji_report.standards.rows import Standards
from jinji_report.standards.witness import QUIET

if TYPE_CHECKING:
    from jinji_report.standards.join import Joined
    from jinji_report.standards.schema import CaseTable


class Written:
    """A case as it stands in a file; `default_on` is the day of those in the file that name none."""

    __slots__ = ("case", "default_on", "file", "line")

    def __init__(self, case: "CaseTable", default_on: date | None, file: str, line: int) -> None:
        self.case = case
        self.default_on = default_on
        self.file = file
        self.line = line


class TriedPack:
    """A pack to be tried: its standards, its cases, and the rows that these are to cover."""

    __slots__ = ("cases", "joined", "rows", "sidecar", "sidecar_on", "standards")

    def __init__(self, path: Path, *, every_row: bool) -> None:
        """Raises UnusableStandards."""
        self.joined: Joined = read_chain(path)
        rows = self.joined.finish(digest_of(self.joined))
        refuse_faults(self.joined)
        self.standards = Standards(rows)
        self.sidecar: Path | None = None
        self.sidecar_on: date | None = None
        own = self.joined.files[self.joined.root]
        self.cases = _cases(self.joined.pack.case, None, own.path, own.layout)
        beside = cases_beside(path)
        if beside is not None:
            self.sidecar, text, file = beside
            self.sidecar_on = file.on
            self.cases += _cases(file.case, file.on, str(self.sidecar), Layout(text))
        self.rows = [
            row
            for row in rows_of(self.standards)
            if every_row or self.joined.origin(row.kind, row.id).file == self.joined.root
        ]

    def where(self, row: Proved) -> tuple[str, int]:
        """The file and the line of a row."""
        origin = self.joined.origin(row.kind, row.id)
        return origin.file, self.joined.files[origin.file].layout.line(origin.place)


class Trial:
    """What came of it: each case with its place, and the coverage."""

    __slots__ = ("cases", "coverage", "subject")

    def __init__(
        self, subject: TriedPack, cases: Sequence[tuple[Written, Tried]], coverage: Coverage
    ) -> None:
        self.subject = subject
        self.cases = cases
        self.coverage = coverage

    @property
    def failed(self) -> list[tuple[Written, Tried]]:
        return [(written, tried) for written, tried in self.cases if not tried.passed]

    def to_json(self, *, full: bool) -> dict[str, Any]:
        """The answer; `full` adds what was seen of every row."""
        standards, coverage = self.subject.standards, self.coverage
        failed = self.failed
        answer: dict[str, Any] = {
            "schema": "jinji/1",
            "id": standards.id,
            "digest": digest_of(self.subject.joined),
            "cases": {
                "total": len(self.cases),
                "passed": len(self.cases) - len(failed),
                "failed": len(failed),
            },
            "failures": [
                {
                    "name": tried.name,
                    "file": written.file,
                    "line": written.line,
                    "problems": list(tried.problems),
                    "gaps": [gap.to_json() for gap in tried.gaps],
                }
                for written, tried in failed
            ],
            "coverage": {
                "rows": len(coverage.rows),
                "rows_done": coverage.rows_done,
                "bounds": coverage.bounds,
                "bounds_done": coverage.bounds_done,
                "missing": [self._missing(one) for one in coverage.missing],
            },
        }
        if full:
            answer["coverage"]["seen"] = [
                {
                    **self._place(seen.row),
                    "states": [state for state in State if state in seen.states],
                    "bounds": [
                        {
                            "bound": bound.words(standards),
                            "tried": [mark for mark in Mark if mark in marks],
                        }
                        for bound, marks in seen.marks
                    ],
                }
                for seen in coverage.rows
            ]
        return answer

    def _missing(self, one: Missing) -> dict[str, Any]:
        return {
            **self._place(one.row),
            "states": one.states,
            "bounds": [
                {"bound": bound.words(self.subject.standards), "untried": marks} for bound, marks in one.marks
            ],
        }

    def _place(self, row: Proved) -> dict[str, Any]:
        file, line = self.subject.where(row)
        return {"table": row.kind, "row": row.id, "file": file, "line": line}


def subject_of(name: str, *, every_row: bool = False) -> TriedPack:
    """The pack `name` with its cases. Raises UnusableStandards."""
    return TriedPack(find_pack(name).resolve(), every_row=every_row)


def run_cases(subject: TriedPack, now: datetime) -> Trial:
    """Every case of the pack tried at `now`, and what they cover."""
    judge = Judge(subject.standards, rows_of(subject.standards), now)
    cases = [(written, judge.try_case(written.case, written.default_on)) for written in subject.cases]
    situations = [tried.situation for _, tried in cases if tried.situation is not None]
    return Trial(subject, cases, Coverage(subject.rows, situations, subject.standards))


class Proposed:
    """Cases to add: how many, and their TOML."""

    __slots__ = ("count", "text")

    def __init__(self, count: int, text: str) -> None:
        self.count = count
        self.text = text


def propose(subject: TriedPack, into: Path | None = None) -> Proposed:
    """The cases that the pack lacks, for the screen or to be added to the file `into`.

    Raises UnusableInput for a file that cannot be read.
    """
    taken = {written.case.name for written in subject.cases}
    on, head = subject.sidecar_on, ""
    if into is not None and into.resolve() != subject.sidecar:
        found = _file_of_cases(into)
        on, head = (QUIET, file_head()) if found is None else (found[0], "")
        taken |= set() if found is None else found[1]
    blocks = [as_toml(proposal, on) for proposal in proposals(subject.rows, subject.standards, taken)]
    text = "\n".join([head, *blocks] if head else blocks)
    return Proposed(len(blocks), text if blocks else "")


def add_to(path: Path, text: str) -> None:
    """Add `text` to the end of a file of cases, which is made where there is none. Raises UnusableInput."""
    try:
        before = path.read_bytes() if path.exists() else b""
        gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(gap + text.encode("utf-8"))
    except OSError as error:
        raise UnusableInput(f"{path} 写不进去（{cause_of(error)}）。", remedy="检查路径和权限。") from error


def _cases(cases: Sequence["CaseTable"], on: date | None, file: str, layout: Layout) -> list[Written]:
    return [Written(case, on, file, layout.line(("case", index))) for index, case in enumerate(cases)]


def _file_of_cases(path: Path) -> tuple[date | None, set[str]] | None:
    """The day and the names of the cases in a file; None where there is no file. Raises UnusableInput."""
    import tomllib

    remedy = "写一个新文件名，或先改好这个文件。"
    try:
        document = tomllib.loads(path.read_bytes().decode("utf-8-sig")) if path.exists() else None
    except OSError as error:
        raise UnusableInput(f"{path} 读不出来（{cause_of(error)}）。", remedy=remedy) from error
    except UnicodeDecodeError as error:
        raise UnusableInput(f"{path} 不是 UTF-8 编码。", remedy=remedy) from error
    except (ValueError, RecursionError) as error:
        raise UnusableInput(f"{path} 不是有效的 TOML：{toml_fault(error)}。", remedy=remedy) from error
    if document is None:
        return None
    cases = document.get("case", [])
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        raise UnusableInput(f"{path} 里的 case 不是 [[case]] 表。", remedy=remedy)
    on = document.get("on")
    return on if isinstance(on, date) else None, {str(case.get("name", "")) for case in cases}
