"""A small pack with a case or two, tried as `jinji rules test` tries it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from tests.standards.pack import row, small, written

from jinji_report.desk.rules.trial import Trial, run_cases, subject_of
from jinji_report.moments import BEIJING
from jinji_report.proving.cases import Tried

NOW = datetime(2026, 3, 20, 9, 30, tzinfo=BEIJING)

REST = (
    row("grade", "g.larger", 'grade = "较大"', 'category = "火灾"', 'measure = "deaths"', "at_least = 3"),
    row("grade", "g.ordinary", 'grade = "一般"', 'category = "火灾"', 'measure = "deaths"', "at_least = 1"),
    row(
        "factor",
        "f.pupils",
        'name = "学生受害"',
        'effect = "lifts"',
        'when = { all = [{ tag = "学生" }, { measure = "injured", at_least = 3 }] }',
    ),
    row("factor", "f.pupils-there", 'name = "有学生"', 'effect = "shown"', 'when = { tag = "学生" }'),
    row(
        "report",
        "r.factor",
        'to = [{ tier = "省", line = "党委" }, { tier = "省", line = "政府" }]',
        'text = "敏感"',
        'when = { factor_effect = "lifts" }',
    ),
    row(
        "report",
        "r.larger",
        'to = [{ tier = "省", line = "党委" }]',
        'text = "较大"',
        'when = { grade_at_least = "较大" }',
    ),
    row(
        "consultation",
        "c.fire",
        'when = { category = "火灾" }',
        "holds_open = false",
        'units = [{ unit = "消防救援", questions = ["灭了没有？"] }]',
    ),
    row("owner", "o.fire", 'unit = "消防救援"', 'side = "行业"', 'angle = "灭火"', 'category = "火灾"'),
    row(
        "limit",
        "l.first",
        'text = "首报"',
        'to = [{ tier = "市", line = "党委" }]',
        'form = "电话"',
        'starts = "occurred"',
        "within = 60",
    ),
    row("owner", "o.old", 'unit = "旧单位"', 'side = "行业"', 'angle = "旧"', "effective_to = 2020-01-01"),
    '[[office]]\ntier = "市"\nline = "党委"\nname = "市委办公室"\n',
    '[[office]]\ntier = "省"\nline = "党委"\nname = "省委办公厅"\n',
    '[[office]]\ntier = "省"\nline = "政府"\nname = "省政府办公厅"\n',
)

Try = Callable[..., Tried]


def trial_of(folder: Path, *more: str, cases: str = "", every_row: bool = False) -> Trial:
    """A pack of `small` and `more`, with `cases` beside it."""
    path = written(folder, "small", small(*more))
    (folder / "small.cases.toml").unlink(missing_ok=True)
    if cases:
        written(folder, "small.cases", cases)
    return run_cases(subject_of(str(path), every_row=every_row), NOW)


@pytest.fixture
def tried(tmp_path: Path) -> Try:
    """`tried('facts = {…}', 'expect = {…}')`: one case by the small pack and the `REST` of its rows."""

    def run(*lines: str) -> Tried:
        case = "\n".join(["[[case]]", 'name = "某事"', *lines])
        ((_, one),) = trial_of(tmp_path, *REST, cases=case).cases
        return one

    return run
