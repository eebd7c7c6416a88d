"""What a check of the standards finds: one class for a finding, one for what a code means."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any, Literal

from jinji_report.standards.join import Joined, Origin, Row
from jinji_report.standards.layout import Place
from jinji_report.standards.rows import Standards

Severity = Literal["错误", "警告"]


class Code:
    """A kind of finding. `bad` and `good` are TOML that does and does not bring it, in an otherwise whole pack.

    `what` says what it is in a sentence, `why` what goes wrong at the desk if it stays.
    """

    __slots__ = ("bad", "code", "good", "name", "severity", "what", "why")

    def __init__(
        self, code: str, severity: Severity, name: str, *, what: str, why: str, bad: str, good: str
    ) -> None:
        self.code = code
        self.severity: Severity = severity
        self.name = name
        self.what = what
        self.why = why
        self.bad = bad
        self.good = good


class Finding:
    """One finding: its code, the row it is about, where that stands, what is wrong, what to do.

    `allowed` is the reason with which the file accepts it, None where it does not.
    """

    __slots__ = ("allowed", "code", "excerpt", "file", "line", "remedy", "row", "severity", "text")

    def __init__(
        self,
        code: Code,
        *,
        file: str,
        line: int,
        excerpt: str,
        row: str,
        text: str,
        remedy: str,
    ) -> None:
        self.code = code.code
        self.severity = code.severity
        self.file = file
        self.line = line
        self.excerpt = excerpt
        self.row = row
        self.text = text
        self.remedy = remedy
        self.allowed: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.file,
            "line": self.line,
            "row": self.row,
            "excerpt": self.excerpt,
            "problem": self.text,
            "remedy": self.remedy,
            "allowed": self.allowed,
        }


class Subject:
    """What the checks look at: the chain as it was written (`joined`), and the standards that come of it.

    `rows` is the compiled data behind `standards`: table (`grades`, `reports` …) → rows with their
    categories spelled out. `joined.rows` has them as written, with `below`.
    """

    __slots__ = ("joined", "rows", "standards")

    def __init__(self, joined: Joined) -> None:
        self.joined = joined
        self.rows: Mapping[str, Any] = joined.finish("")
        desk = self.rows["desk"] or {"unit": "", "tier": "县", "line": "党委", "locality": ""}
        self.standards = Standards({**self.rows, "desk": desk})

    def written(self, kind: str) -> Mapping[str, Row]:
        """The rows of a table as their files say them, by key."""
        return self.joined.rows[kind]

    def finding(self, code: Code, kind: str, key: str, text: str, remedy: str, *, at: Place = ()) -> Finding:
        """A finding about the row `key` of the table `kind`, or about the key `at` in it."""
        origin = self.joined.origin(kind, key)
        return self.found_at(code, Origin(origin.file, (*origin.place, *at)), key, text, remedy)

    def found_at(
        self, code: Code, origin: Origin, row: str, text: str, remedy: str, *, line: int | None = None
    ) -> Finding:
        """A finding about a place of a file, or about the `line` in it."""
        layout = self.joined.files[origin.file].layout
        line = line or layout.line(origin.place)
        return Finding(
            code,
            file=origin.file,
            line=line,
            excerpt=layout.excerpt(line),
            row=row,
            text=text,
            remedy=remedy,
        )


def with_allowances(findings: list[Finding], joined: Joined) -> list[Finding]:
    """`findings` in file order; those that their own file accepts bear its reason."""
    for finding in findings:
        for allow in joined.files[finding.file].pack.allow:
            rows = allow.rows or ("*",)
            if allow.code == finding.code and any(fnmatchcase(finding.row, row) for row in rows):
                finding.allowed = allow.reason
    order = list(joined.files)
    return sorted(findings, key=lambda f: (order.index(f.file), f.line, f.code, f.row))
