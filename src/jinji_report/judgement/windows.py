"""敏感时段: which sensitive times hold on a day.

Kept with the standards, for judging and for the limits alike; a command that only counts down limits needs
nothing else of what is known of kinds of incident (`profile`).
"""

from datetime import date

from jinji_report.standards.kept import Kept
from jinji_report.standards.rows import Standards


def windows_on(on: date, standards: Standards) -> frozenset[str]:
    """The sensitive times that hold on a day."""
    kept: Kept[frozenset[str]] = standards.kept_as("windows")
    windows = kept.get(on)
    if windows is None:
        windows = kept.put(on, frozenset(name for name, row in standards.windows.items() if row.holds(on)))
    return windows
