"""Rows of ladders and of reach for the tests of those checks, and what the checks say of them."""

from tests.standards.check.base import CHECK_BASE

from jinji_report.standards.check import ladders, reach
from jinji_report.standards.findings import Subject
from jinji_report.standards.load import read_chain

WHY = ('clause = "某办法第三条"', 'confidence = "confirmed"')
CITY = '{ tier = "市", line = "党委" }'
CITY_GOVERNMENT = '{ tier = "市", line = "政府" }'


def table(kind, *lines):
    return "\n".join(["", f"[[{kind}]]", *lines, ""])


def rung(id, grade, *bounds, of="deaths", **more):
    """A rung of a ladder: `rung("x", "较大", "at_least = 3", "below = 10", of=["deaths", "injured"])`."""
    measure = f'measure = "{of}"' if isinstance(of, str) else f"measure = {of!r}".replace("'", '"')
    keys = [
        f'{name} = "{value}"' if name == "category" else f"{name} = {value}" for name, value in more.items()
    ]
    return table("grade", f'id = "{id}"', f'grade = "{grade}"', measure, *bounds, *keys, *WHY)


def when(kind, id, condition, *lines, grade=None, to=(CITY,)):
    """A row with a whole condition."""
    own = {
        "grade": [f'grade = "{grade}"'],
        "report": [f"to = [{', '.join(to)}]", 'text = "某情况"'],
        "skip": [f"to = [{', '.join(to)}]", 'text = "某情况"'],
        "factor": [f'name = "{id}"', 'effect = "lifts"'],
        "limit": ['text = "首报"', 'form = "电话"', 'starts = "occurred"', "within = 60"],
        "owner": ['unit = "教育"', 'side = "行业"', 'angle = "学生情况"'],
        "consultation": ['units = [{ unit = "教育", questions = ["学生几人？"] }]'],
    }[kind]
    condition = [f"when = {condition}"] if condition else []
    return table(kind, f'id = "{id}"', *own, *condition, *lines, *WHY)


def findings(folder, more, overlay=None):
    """What both checks find in the base with `more`, over which an `overlay` may lie."""
    path = folder / "base.toml"
    path.write_text(CHECK_BASE + more, encoding="utf-8", newline="")
    if overlay is not None:
        path = folder / "overlay.toml"
        head = 'id = "overlay"\ntitle = "本地标准"\nextends = ["base"]\ninherit = ["report", "limit"]\n'
        path.write_text(head + overlay, encoding="utf-8", newline="")
    subject = Subject(read_chain(path))
    return [*ladders.find(subject), *reach.find(subject)]


def said(folder, more, overlay=None):
    """The codes and rows of those findings."""
    return {(finding.code, finding.row) for finding in findings(folder, more, overlay)}
