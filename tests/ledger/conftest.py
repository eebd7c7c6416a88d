"""A plain folder, a plain journal and a plain draft; a test names only what it is about."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from jinji_report.ledger.journal import Journal
from jinji_report.ledger.seal import Seal
from jinji_report.model.entry import NewEntry
from jinji_report.moments import BEIJING

SOURCE = Path(__file__).resolve().parents[2] / "src"
NINE = datetime(2026, 3, 5, 9, 0, tzinfo=BEIJING)

Draft = Callable[..., NewEntry]
Fill = Callable[..., Seal]


@pytest.fixture
def draft() -> Draft:
    def make(said: str = "高速公路两车相撞", **changes: Any) -> NewEntry:
        fields: dict[str, Any] = {
            "case": "c1",
            "kind": "接报",
            "at": NINE,
            "recorded": NINE,
            "by": "值班员",
            "data": {"said": said},
        }
        return NewEntry(**(fields | changes))

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "台账"


@pytest.fixture
def journal(folder: Path) -> Journal:
    return Journal(folder)


@pytest.fixture
def fill(journal: Journal, draft: Draft) -> Fill:
    """Append batches of the sizes given, `fill(1, 3)`: a single entry, then three together."""

    def append(*sizes: int) -> Seal:
        for size in sizes:
            batch: Sequence[NewEntry] = [draft(f"第{number}条") for number in range(size)]
            journal.append(batch, journal.head().head)
        return journal.head()

    return append


@pytest.fixture
def start() -> Callable[..., "subprocess.Popen[str]"]:
    """Start another desk: a Python process that runs `program` with the arguments given."""

    def begin(program: str, *arguments: object) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", program, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    return begin
