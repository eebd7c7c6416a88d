"""jinji merge: one case turns out to be another."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, At, By, CaseName, NoInput, Now, Reason, StandardsName, Yes
from jinji_report.cli.screen import Block
from jinji_report.desk import merge as desk
from jinji_report.desk.merge import Merged


def merge(
    case: CaseName,
    into: Annotated[
        str,
        typer.Argument(metavar="并入案卷", help="并入哪一件（在办的）；写法同案卷。", show_default=False),
    ],
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """并案：两件案卷原是一件事，前一件并入后一件；已报送和回执都算在后一件上。

    要素和研判仍是后一件自己的，说法不同的会提示。须写 --reason；并错了用 jinji undo。
    """
    opened = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    agree = edge.agreeing(_words, yes=yes, no_input=no_input, as_json=as_json, blocks=_blocks)
    done = desk.merge(opened.store, case, into, opened.rules, opened.stamp, agree)
    edge.say_notices(opened.store)
    from jinji_report.cli import screen, views

    if as_json:
        screen.show_json(done.to_json())
        return
    screen.show(
        [
            *([] if agree is not None else _blocks(done)),
            screen.Line(f"已登记{_words(done)}", "good"),
            *views.limit_table([one for one in done.limits if one.ours], opened.time.now),
        ]
    )


def _words(done: Merged) -> str:
    """`并案 20260305-01 并入 20260305-02`."""
    return f"并案 {done.case.number} 并入 {done.into.number}"


def _blocks(done: Merged) -> list[Block]:
    from jinji_report.cli.changes import step_blocks

    return step_blocks(done.case.number, done.changes, done.notes)
