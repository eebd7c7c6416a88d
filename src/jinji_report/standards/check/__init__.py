"""What is wrong with a pack: gaps, overlaps, names, words, clocks, sources. Pure; every finding is returned.

Each module holds one kind of defect: its codes (`CODES`), and `find`, which looks for them. Two stand
apart: what the schema refuses (`refused`) keeps a file from being joined at all, and allowances that
accept nothing (`allowances`) are known when all else is.
"""

from types import ModuleType

from jinji_report.standards.check import (
    allowances,
    clocks,
    ladders,
    names,
    people,
    places,
    reach,
    refused,
    sources,
    units,
    words,
)
from jinji_report.standards.findings import Code, Finding, Subject, with_allowances
from jinji_report.standards.join import Joined

_MODULES: tuple[ModuleType, ...] = (
    names,
    people,
    units,
    words,
    places,
    clocks,
    sources,
    ladders,
    reach,
)


def codes() -> dict[str, Code]:
    """Every code that a check can give, by its name (J101), in their order."""
    found = [code for module in (refused, *_MODULES, allowances) for code in module.CODES]
    return {code.code: code for code in sorted(found, key=lambda code: code.code)}


def check(joined: Joined) -> list[Finding]:
    """All findings about a chain of packs, in file order; those that a file accepts bear its reason."""
    subject = Subject(joined)
    found = [finding for module in _MODULES for finding in module.find(subject)]
    found += allowances.idle(joined, found)
    return with_allowances(found, joined)
