"""提醒 across runs: what was told is kept beside the ledger, so that each thing is told once, whoever watches."""

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from jinji_report.errors import StoreBusy
from jinji_report.files import write_private
from jinji_report.ledger.lock import Lock
from jinji_report.model.due import Row
from jinji_report.oversight.alarm import DUE_SOON, OVERDUE, alarms

FILE = "alarms.json"


def newly_urgent(home: Path, rows: Iterable[Row]) -> list[tuple[str, Row]]:
    """The rows to tell of now, which are then told for everybody who watches this ledger.

    Where that cannot be kept (no right to write, another desk at it), nothing is told this time.
    """
    file = home / FILE
    try:
        with Lock(file.with_name(f"{FILE}.lock"), 1.0):
            before = _told(file)
            found, after = alarms(rows, before)
            if after != before:
                write_private(file, json.dumps(after, ensure_ascii=False))
            return found
    except (OSError, StoreBusy):
        return []


def _told(file: Path) -> dict[str, str]:
    """What was told; nothing where the file is none of ours."""
    with suppress(OSError, ValueError, RecursionError):
        told = json.loads(file.read_bytes())
        if isinstance(told, dict):
            return {name: event for name, event in told.items() if event in (DUE_SOON, OVERDUE)}
    return {}
