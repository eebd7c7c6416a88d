"""jinji told and jinji agree: what each unit reported, and the one wording that goes up."""

from typing import TYPE_CHECKING, Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.incoming import note_text
from jinji_report.cli.options import (
    AsJson,
    At,
    By,
    CaseName,
    EncodingName,
    NoInput,
    NoteFile,
    NoteText,
    Now,
    Reason,
    Sets,
    StandardsName,
    Yes,
)
from jinji_report.vocabulary import Form

if TYPE_CHECKING:
    from jinji_report.cli.screen import Block
    from jinji_report.desk.agree import Settled
    from jinji_report.desk.told import Told


def told(
    case: CaseName,
    note: NoteText = None,
    unit: Annotated[
        str,
        typer.Option(
            "--unit", metavar="单位", help="哪个单位报的，如 公安、县卫健局、城关镇。", show_default=False
        ),
    ] = "",
    file: NoteFile = None,
    encoding: EncodingName = None,
    sets: Sets = None,
    angle: Annotated[
        str,
        typer.Option(
            "--angle", metavar="角度", help="从什么角度报的，默认是它作为责任单位的角度。", show_default=False
        ),
    ] = "",
    form: Annotated[Form, typer.Option("--form", help="方式：电话、书面、信息。")] = Form.PHONE,
    person: Annotated[
        str, typer.Option("--person", metavar="姓名", help="对方报告人。", show_default=False)
    ] = "",
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """单位报告：登记哪个部门、乡镇几点报了什么数；各方数字并列，谁还没报、迟了几分钟。

    案卷的要素不改：数字对不上时用 jinji agree 统一口径，或用 jinji followup 续报。
    """
    from jinji_report.cli import screen, sourcestext
    from jinji_report.desk.contacts.book import phones_of
    from jinji_report.desk.told import tell

    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    text = note_text(note, file, encoding) or ""
    own = edge.contacts_beside(desk.config)
    asking = screen.interactive(no_input=no_input, as_json=as_json)
    if not unit and asking:
        from jinji_report.cli.prompts import ask

        unit = ask("哪个单位报的？ ")
    done = tell(
        desk.store,
        case,
        unit,
        text,
        sets or (),
        desk.rules,
        desk.stamp,
        angle=angle,
        form=form,
        person=person,
        own=own,
        agree=edge.agreeing(
            lambda told: _told_words(told, desk), yes=yes, no_input=no_input, as_json=as_json
        ),
    )
    edge.say_notices(desk.store)
    if as_json:
        screen.show_json(done.to_json())
        return
    for remark in sourcestext.remarks(done):
        screen.say(remark)
    now_ = desk.time.now
    blocks: list[Block] = [screen.Line(f"已登记{_told_words(done, desk)}", "good")]
    blocks += sourcestext.lateness(done.owed)
    blocks += sourcestext.would_be(done.unit, done.would_be, done.case)
    blocks += sourcestext.beside(done.rows, desk.rules, now_)
    phones = phones_of([one.unit for one in done.silent], desk.rules, own)
    blocks += sourcestext.quiet(done.silent, done.missing, now_, phones)
    blocks += sourcestext.next_steps(done, desk.rules)
    screen.show(blocks)


def agree(
    case: CaseName,
    source: Annotated[
        str,
        typer.Option(
            "--from", metavar="单位", help="用哪个单位的数字；本案卷 就是现有的数字。", show_default=False
        ),
    ] = "",
    sets: Sets = None,
    text: Annotated[
        str,
        typer.Option(
            "--text", metavar="文字", help="统一的说法，一字不改往上报的那几句。", show_default=False
        ),
    ] = "",
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """统一口径：定下往上报的一个说法、一组数字，写明理由；数字变了就重新研判。

    不写 --from、--set、--text 就是照案卷现有的数字定。没有单位报过的数要加 --yes。
    """
    from jinji_report.cli import screen, sourcestext, views
    from jinji_report.desk.agree import settle

    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    done = settle(
        desk.store,
        case,
        source,
        sets or (),
        text,
        desk.rules,
        edge.header(desk.config, desk.rules),
        desk.stamp,
        sure=yes,
        agree=edge.agreeing(
            lambda settled: _agreed_words(settled, desk),
            yes=yes,
            no_input=no_input,
            as_json=as_json,
            blocks=sourcestext.doubts,
        ),
    )
    edge.say_notices(desk.store)
    if as_json:
        screen.show_json(done.to_json())
        return
    for finding in done.findings:
        screen.say(f"※ {finding.text}")
    blocks: list[Block] = [screen.Line(f"已登记{_agreed_words(done, desk)}", "good")]
    blocks += sourcestext.settled(done, desk.rules)
    blocks += views.limit_table([limit for limit in done.limits if limit.ours], desk.time.now)
    screen.show(blocks)


def _told_words(done: "Told", desk: edge.Opening) -> str:
    """`单位报告 20260305-01　卫生健康（责任单位，电话）　死亡3人`."""
    from jinji_report.cli.sourcestext import figures

    told = figures(done.measures, desk.rules)
    called = "" if done.said == done.unit else f"{done.said}即"
    words = f"单位报告 {done.case.number}　{called}{done.unit}（{done.part}，{done.form}）"
    return f"{words}　{told}" if told else words


def _agreed_words(done: "Settled", desk: edge.Opening) -> str:
    """`统一口径 20260305-01　死亡3人（卫生健康）`."""
    from jinji_report.cli.sourcestext import agreed

    words = f"统一口径 {done.case.number}　{agreed(done.figures, desk.rules)}"
    return f"{words}　{done.text}" if done.text else words
