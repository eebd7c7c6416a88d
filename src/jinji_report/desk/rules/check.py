"""Checking a pack: everything that is wrong with it and with what it extends, whether or not it can be used."""

from pathlib import Path

from jinji_report.standards.check import check, refused
from jinji_report.standards.findings import Finding
from jinji_report.standards.load import RefusedPack, cases_beside, find_pack, read_chain


class Checked:
    """What a check found. `files` were looked at, bases first; `rows` counts what they hold.

    `whole` is False where a file was refused: what lies behind it could not be looked at yet.
    """

    __slots__ = ("files", "findings", "id", "path", "rows", "whole")

    def __init__(
        self, path: Path, id: str, files: list[str], rows: int, findings: list[Finding], *, whole: bool
    ) -> None:
        self.path = path
        self.id = id
        self.files = files
        self.rows = rows
        self.findings = findings
        self.whole = whole

    @property
    def open(self) -> list[Finding]:
        """What no file accepts with a reason."""
        return [finding for finding in self.findings if finding.allowed is None]

    @property
    def accepted(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.allowed is not None]


def check_pack(name: str) -> Checked:
    """Check the pack `name` (a shipped name or a path), and the file of cases beside it.

    Raises UnusableStandards for a file that is not there, or that is no TOML text.
    """
    path = find_pack(name).resolve()
    try:
        joined = read_chain(path)
    except RefusedPack as error:
        findings = refused.findings_of(error.path, error.text, error.refusals)
        return Checked(path, path.stem, [error.path], 0, findings, whole=False)
    findings = check(joined)
    files = list(joined.files)
    try:
        beside = cases_beside(path)
        if beside is not None:
            files.append(str(beside[0]))
    except RefusedPack as error:
        findings = [*findings, *refused.findings_of(error.path, error.text, error.refusals)]
        files.append(error.path)
    rows = sum(len(table) for table in joined.rows.values())
    return Checked(path, joined.pack.id, files, rows, findings, whole=True)
