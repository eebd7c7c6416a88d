"""jinji call: whom to call next, and who answered."""

from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, At, By, CaseName, NoInput, Now, Reason, StandardsName, Yes
from jinji_report.desk.call import Calling, look
from jinji_report.desk.call import call as enter
from jinji_report.errors import Usage
from jinji_report.model.chain import Called

if TYPE_CHECKING:
    from jinji_report.cli.screen import Block


def call(
    case: CaseName,
    who: Annotated[
        str,
        typer.Argument(metavar="谁", help="姓名、职务、电话或编号；不写即轮到的那一位。", show_default=False),
    ] = "",
    reached: Annotated[bool, typer.Option("--reached", help="登记：叫通了。")] = False,
    unreachable: Annotated[bool, typer.Option("--unreachable", help="登记：叫不通，轮到下一位。")] = False,
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """叫应：现在该叫谁（下班以后先叫非工作时间名单），叫不通的轮到下一位，叫通为止；加 --reached、--unreachable 登记。"""
    from jinji_report.cli import screen
    from jinji_report.desk.contacts.file import read_contacts

    if reached and unreachable:
        raise Usage("--reached 和 --unreachable 只能写一个。", remedy="叫通了写前一个，没叫通写后一个。")
    if who and not (reached or unreachable):
        raise Usage(f"要写明“{who}”叫通了没有。", remedy="加上 --reached 或 --unreachable。")
    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    own = read_contacts(edge.office_folder(), desk.config.cache)
    if reached or unreachable:
        agree = edge.agreeing(_words, yes=yes, no_input=no_input, as_json=as_json)
        done = enter(desk.store, case, who, reached, desk.rules, own, desk.stamp, agree)
    else:
        done = look(desk.store, case, desk.rules, own, desk.stamp)
    edge.say_notices(desk.store)
    if as_json:
        screen.show_json(done.to_json())
        return
    head = [screen.Line(f"已登记{_words(done)}", "good")] if done.entered is not None else []
    screen.show([*head, *_blocks(done, desk, f" --standards {quote(standards)}" if standards else "")])


def _words(done: Calling) -> str:
    """`叫应 20260305-01　叫不通：台领导 值班台领导`."""
    one = done.entered
    assert one is not None
    return f"叫应 {done.case}　{'叫通' if one.reached else '叫不通'}：{_who(one, done)}"


def _who(one: Called, done: Calling) -> str:
    """By the contact of the tree, whose role the call itself does not have."""
    from jinji_report.cli.contacts import name_of

    rung = next((rung for rung in done.tree.rungs if rung.contact.id == one.contact), None)
    if rung is not None:
        return name_of(rung.contact)
    return " ".join(part for part in (one.unit, one.person) if part)


def _blocks(done: Calling, desk: edge.Opening, under: str) -> "list[Block]":
    """`under` is what must be typed again for the standards whose tree this is."""
    from jinji_report.cli import screen
    from jinji_report.cli.contacts import name_of
    from jinji_report.judgement.calling import CallState
    from jinji_report.moments import on_screen

    tree, now = done.tree, desk.time.now
    blocks: list[screen.Block] = []
    if tree.answered is not None:
        at = on_screen(tree.answered.at, beside=now)
        blocks.append(screen.Line(f"已叫通：{_who(tree.answered, done)}　{at}", "good"))
    elif tree.next is not None:
        again = "名单已叫过一遍，从头再叫：" if tree.again else "现在叫："
        phone = tree.next.phone or "（没有电话）"
        blocks.append(screen.Line(f"{again}{name_of(tree.next)}　{phone}", "due_soon"))
        blocks.append(
            screen.Line(
                f"叫通了：jinji call {done.case} --reached{under}；"
                f"叫不通：jinji call {done.case} --unreachable{under}",
                "dim",
            )
        )
    if tree.rungs:
        blocks.append(screen.Heading(f"叫应名单（{tree.hours}）"))
        signs = {CallState.WAITING: "", CallState.UNREACHABLE: "！", CallState.REACHED: ""}
        blocks.append(
            screen.Table(
                ("次序", "谁", "电话", "情况"),
                [
                    (
                        str(rung.contact.call),
                        name_of(rung.contact),
                        rung.contact.phone or "—",
                        signs[rung.state]
                        + rung.state.value
                        + (
                            f"{rung.tries}次"
                            if rung.tries > 1 and rung.state == CallState.UNREACHABLE
                            else ""
                        )
                        + ("" if rung.at is None else f"　{on_screen(rung.at, beside=now)}"),
                    )
                    for rung in tree.rungs
                ],
            )
        )
    return blocks
