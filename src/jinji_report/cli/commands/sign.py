"""jinji sign: who consented that a report goes out."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, At, By, CaseName, NoInput, Now, Reason, StandardsName, Yes
from jinji_report.desk.sign import SignedOff
from jinji_report.desk.sign import sign as enter


def sign(
    case: CaseName,
    person: Annotated[str, typer.Option("--person", help="谁签发的。", show_default=False)] = "",
    role: Annotated[str, typer.Option("--role", help="职务，如 值班台领导。", show_default=False)] = "",
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """签发：登记谁同意报出；标准不要求签发的不必等，也可照记。"""
    from jinji_report.cli import conduct, screen
    from jinji_report.cli.prompts import ask
    from jinji_report.moments import on_screen, parse_moment

    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    if not person.strip() and screen.interactive(no_input=no_input, as_json=as_json):
        person = ask("谁签发的？")
    agree = edge.agreeing(_words, yes=yes, no_input=no_input, as_json=as_json)
    done = enter(desk.store, case, person, role, desk.rules, desk.stamp, agree)
    edge.say_notices(desk.store)
    if as_json:
        screen.show_json(done.to_json())
        return
    moment = on_screen(parse_moment(done.at), beside=desk.time.now)
    screen.show(
        [
            screen.Line(f"已登记{_words(done)}　{moment}", "good"),
            screen.Line(_wanted(done), "dim"),
            *conduct.blocks(done.departing.told),
        ]
    )


def _words(done: SignedOff) -> str:
    """`签发 20260305-01　李台长（值班台领导）`."""
    return f"签发 {done.case}　{done.person}{f'（{done.role}）' if done.role else ''}"


def _wanted(done: SignedOff) -> str:
    if done.wanted is None:
        return "标准不要求签发（授权直报），首报不必等；这一条照记。"
    rule, clause = done.wanted
    return f"标准要求签发：{clause or rule}。"
