"""What every refusal has: one sentence, its remedy, a documented code, nothing on stdout and nothing written."""

import re
from pathlib import Path

from jinji_report.errors import EXIT_CODES

from .conftest import Outcome

# What Typer, Python and the system say when nobody translates them.
ENGLISH = re.compile(
    r"Traceback|Error\b|Usage|Invalid|[Nn]o such|Missing|not a valid|in the range|unexpected|Did you mean|codec"
    r"|directory|denied|requires an|does not take|程序出错"
)


def refused(outcome: Outcome, code: int = 3) -> None:
    assert outcome.code == code, outcome
    assert code in dict(EXIT_CODES)
    assert outcome.out == "", outcome
    problem, remedy = outcome.err.rstrip("\n").split("\n")
    assert problem.endswith(("。", "……")), problem
    assert len(problem) < 400
    assert remedy.startswith("  "), remedy
    assert not ENGLISH.search(outcome.err), outcome
    assert not any(c < " " and c != "\n" for c in outcome.err)


def written(home: Path) -> dict[str, bytes]:
    """Every file under the data folder with its bytes, but for locks, which hold none, and the index, which is derived."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and path.suffix != ".lock" and ".index" not in path.name
    }
