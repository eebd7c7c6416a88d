"""Cases as TOML: a [[case]] table for each incident that is proposed, its facts and expectation a line each."""

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from jinji_report.proving.propose import Proposals, Sketch
from jinji_report.proving.situation import BoundOf, Mark, Proved, State
from jinji_report.quantity import Quantity
from jinji_report.standards.describe import CASES_FILE
from jinji_report.standards.rows import Standards
from jinji_report.standards.witness import QUIET

EXPECTED = {State.HOLDS: "because", State.FAILS: "not_because", State.OPEN: "unsure"}
_BARE = re.compile(r"[A-Za-z0-9_-]+")


class Proposal:
    """A case to propose: its name, its incident, and the answer that follows from the row."""

    __slots__ = ("expected", "name", "row", "sketch")

    def __init__(self, name: str, row: Proved, sketch: Sketch, expected: State) -> None:
        self.name = name
        self.row = row
        self.sketch = sketch
        self.expected = expected


def proposals(rows: Iterable[Proved], standards: Standards, taken: Container[str]) -> Iterator[Proposal]:
    """For each row its bounds at n−1, n, n+1 and unknown, and what these leave unseen of its states.

    A case whose name is `taken` is not proposed again.
    """
    finder = Proposals(standards)
    for row in rows:
        here: dict[str, Proposal] = {}
        for bound in row.bounds:
            for mark, sketch in finder.tries(row, bound).items():
                proposal = _of_bound(row, bound, mark, sketch, standards)
                proposal.name = _free(proposal.name, here)
                here[proposal.name] = proposal
        seen = {proposal.expected for proposal in here.values()}
        for state, sketch in finder.states(row, [state for state in State if state not in seen]).items():
            name = f"{row.id}：{state}"
            here[name] = Proposal(name, row, sketch, state)
        yield from (proposal for proposal in here.values() if proposal.name not in taken)


def as_toml(proposal: Proposal, default_on: date | None) -> str:
    """The proposal as a [[case]] table; its day stands there where it is not the file's (`default_on`)."""
    sketch = proposal.sketch
    facts: dict[str, Any] = {} if sketch.category is None else {"category": sketch.category}
    if sketch.tags:
        facts["tags"] = list(sketch.tags)
    facts |= {name: _value(quantity) for name, quantity in sketch.measures.items()}
    lines = ["[[case]]", f"name = {toml_value(proposal.name)}"]
    if sketch.on != default_on:
        lines.append(f"on = {sketch.on.isoformat()}")
    lines.append(f"facts = {toml_value(facts)}")
    lines.append(f"expect = {toml_value({EXPECTED[proposal.expected]: proposal.row.id})}")
    return "\n".join(lines) + "\n"


def file_head(on: date = QUIET) -> str:
    """What a new file of cases begins with."""
    return f"#:schema ./{CASES_FILE}\n# 没有写日期的用例，按这一天有效的标准判。\non = {on.isoformat()}\n"


def toml_value(value: Any) -> str:
    """A value on one line: text, number, list or inline table."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        pairs = (f"{_key(name)} = {toml_value(item)}" for name, item in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(toml_value(item) for item in value)}]"
    return repr(value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else toml_value(name)


def _value(quantity: Quantity) -> Any:
    if quantity.wholly_open:
        return "不详"
    if quantity.high is None:
        return [quantity.low, "以上"]
    return quantity.low if quantity.exact else [quantity.low, quantity.high]


def _of_bound(row: Proved, bound: BoundOf, mark: Mark, sketch: Sketch, standards: Standards) -> Proposal:
    names = bound.threshold.measures
    label = "和".join(standards.measures[name].label for name in names)
    unit = standards.measures[names[0]].unit
    if mark == Mark.UNKNOWN:
        told = next(sketch.measures[name] for name in names if not sketch.measures[name].exact)
        words = f"{label}不详" if told.high is None else f"{label}在{told.low}至{told.high}{unit}之间"
        return Proposal(f"{row.id}：{words}", row, sketch, State.OPEN)
    value = bound.points[mark]
    said = {Mark.BELOW: "差一点", Mark.AT: "恰好", Mark.ABOVE: "多一点"}[mark]
    expected = State.HOLDS if bound.meets(value) else State.FAILS
    return Proposal(f"{row.id}：{label}{value}{unit}，{said}", row, sketch, expected)


def _free(name: str, taken: Container[str]) -> str:
    """`name`, with a number behind it where a bound of the same row has it already."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}（{number}）"
    return free
