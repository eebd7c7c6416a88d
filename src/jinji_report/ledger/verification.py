"""What a check of the ledger finds: the outcome, and what is to be said of single lines."""

from collections import Counter
from collections.abc import Iterable, Sequence

from jinji_report.ledger.seal import Seal

MOST_OF_A_KIND = 1000  # findings that are kept one by one; a ledger of noise must not fill the memory


class Finding:
    """What is to be said of one line. Only some findings are breaks.

    `line` counts in its file, `number` in the whole log, both from 1; `file` is the name of the sealed
    file that the line is in, empty for the one that is written to.

    Breaks: `unreadable`, `chain`, `order`, `batch`, `drill`, `missing`, `stray`.
    Notices: `torn`, `backwards`, `set_clock`, `sealed`, `unfinished`, `foreign`, `fold`, `rebound`.
    """

    __slots__ = ("code", "file", "is_break", "line", "number", "problem")

    def __init__(
        self, line: int, code: str, problem: str, *, is_break: bool, file: str = "", number: int | None = None
    ) -> None:
        self.line = line
        self.code = code
        self.problem = problem
        self.is_break = is_break
        self.file = file
        self.number = line if number is None else number

    @property
    def where(self) -> str:
        """`第 7 行`, with the file's name where it is a sealed one."""
        return f"{self.file} 第 {self.line} 行" if self.file else f"第 {self.line} 行"

    def __repr__(self) -> str:
        return f"<Finding {self.where} {self.code}>"


class Verification:
    """The outcome of a check.

    `entries` counts the whole lines, `set_clock` those entered while the clock was set by hand,
    and `head` is the seal of the last of them. `expect_found` is None where no hash was asked for.
    `counts` has how many findings there are of each code; `findings` holds at most MOST_OF_A_KIND of one.
    `files` has the name and the first number of each file that was read, oldest first.
    """

    __slots__ = ("counts", "entries", "expect_found", "files", "findings", "head", "set_clock")

    def __init__(
        self,
        *,
        entries: int,
        head: Seal,
        findings: tuple[Finding, ...],
        set_clock: int,
        expect_found: bool | None,
        counts: Counter[str],
        files: tuple[tuple[str, int], ...],
    ) -> None:
        self.entries = entries
        self.head = head
        self.findings = findings
        self.set_clock = set_clock
        self.expect_found = expect_found
        self.counts = counts
        self.files = files

    @property
    def breaks(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_break)

    @property
    def holds(self) -> bool:
        """No break, and the expected hash, where one was given, stands in the chain."""
        return not self.breaks and self.expect_found is not False

    def about(self, number: int, code: str, problem: str) -> Finding:
        """A notice about the line of this number in the log, of a ledger that holds."""
        file, line = place_of(number, self.files)
        return Finding(line, code, problem, is_break=False, file=file, number=number)

    def with_findings(self, findings: Iterable[Finding]) -> "Verification":
        """The same outcome with more to say."""
        told = list(self.findings)
        counts = Counter(self.counts)
        for finding in findings:
            counts[finding.code] += 1
            if counts[finding.code] <= MOST_OF_A_KIND:
                told.append(finding)
        return Verification(
            entries=self.entries,
            head=self.head,
            findings=tuple(told),
            set_clock=self.set_clock,
            expect_found=self.expect_found,
            counts=counts,
            files=self.files,
        )


def place_of(number: int, files: Sequence[tuple[str, int]]) -> tuple[str, int]:
    """In which of the files the line of this number is, and its number there."""
    file, first = next((named for named in reversed(files) if named[1] <= number), files[0])
    return file, number - first + 1
