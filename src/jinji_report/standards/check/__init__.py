"""What is wrong with a pack: gaps, overlaps, names, words, clocks, sources. Pure; every finding is returned.

Each module holds one kind of defect: its codes (`CODES`), and `find`, which looks for them.
"""

from types import ModuleType

from jinji_report.standards.findings import Code, Finding, Subject, with_allowances
from jinji_report.standards.join import Joined

_MODULES: tuple[ModuleType, ...] = ()


def codes() -> dict[str, Code]:
    """Every code that a check can give, by its name (J101)."""
    return {code.code: code for module in _MODULES for code in module.CODES}


def check(joined: Joined) -> list[Finding]:
    """All findings about a chain of packs, in file order; those that a file accepts bear its reason."""
    subject = Subject(joined)
    found = [finding for module in _MODULES for finding in module.find(subject)]
    return with_allowances(found, joined)
