"""The table of the chain of duty in the manual: every requirement, by commands and tests that are there."""

import re
from pathlib import Path

from jinji_report.cli.app import COMMANDS, GROUPS

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (R\d+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = ROW.findall((ROOT / "README.md").read_text(encoding="utf-8"))


def test_every_requirement_of_the_chain_has_its_row_once() -> None:
    assert [number for number, *_ in ROWS] == [f"R{number}" for number in range(9, 30)]


def test_every_command_named_is_one() -> None:
    named = {name for _, commands, _ in ROWS for name in re.findall(r"`jinji (\w+)", commands)}
    assert named and named <= {*COMMANDS, *GROUPS}


def test_every_test_named_is_there() -> None:
    for number, _, proofs in ROWS:
        for file, test in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", proofs):
            assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), number
        assert "::" in proofs, number
