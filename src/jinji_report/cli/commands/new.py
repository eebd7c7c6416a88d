"""jinji new: 接报, from the call to the first report."""

from typing import TYPE_CHECKING, Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.incoming import note_text
from jinji_report.cli.options import (
    Apart,
    AsJson,
    At,
    By,
    EncodingName,
    ExplainReading,
    NoInput,
    NoteFile,
    NoteText,
    Now,
    Reason,
    Sets,
    StandardsName,
    Yes,
)
from jinji_report.errors import Usage

if TYPE_CHECKING:
    from jinji_report.desk.enter import Entered


def new(
    note: NoteText = None,
    file: NoteFile = None,
    encoding: EncodingName = None,
    sets: Sets = None,
    apart: Apart = False,
    attach: Annotated[
        str | None,
        typer.Option(
            "--attach",
            metavar="auto|never|案卷",
            help="像是已有案卷的续报时：auto 没有疑问就录为续报，never 一律另立新案，写案卷编号则续到那一件；"
            "不写，在终端上问，否则另立新案并说明。",
            show_default=False,
        ),
    ] = None,
    explain_reading: ExplainReading = False,
    resume: Annotated[bool, typer.Option("--resume", help="接着上次放弃时留下的草稿。")] = False,
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """接报：读来电内容，研判，录入台账，给出首报和时限。"""
    from jinji_report.cli import screen, several, views
    from jinji_report.desk.enter import cases_json, enter
    from jinji_report.desk.parts import parts_json

    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    time, config, rules, stamp, store = desk.time, desk.config, desk.rules, desk.stamp, desk.store
    head = edge.header(config, rules)
    asking = screen.interactive(no_input=no_input, as_json=as_json)
    text = note_text(note, file, encoding)
    changed = list(sets or ())
    draft = None
    if resume:
        from jinji_report.cli.draft import newest_draft

        if text is not None:
            raise Usage("--resume 不能和来电内容一起用。", remedy="去掉其中一个。")
        kept = newest_draft(config.home)
        text, changed, draft = kept.note, [*kept.sets, *changed], kept.path
    if asking and (text is None or not yes):
        from jinji_report.cli.dialogue import Ways, take_call

        ways = Ways(mending=not yes, apart=apart, attach=attach, explained=explain_reading)
        made = take_call(store, text, changed, rules, head, stamp, config.home, ways, draft=draft)
        edge.say_notices(store)
        screen.show(made)
        return
    if text is None:
        raise Usage("没有来电内容。", remedy='例如 jinji new "来电内容"，或 --file 文件，或 - 从标准输入读。')
    entered = enter(store, text, changed, rules, head, stamp, apart=apart, attach=attach)
    edge.say_notices(store)
    if draft is not None:
        draft.unlink(missing_ok=True)
    _say(entered, attach)
    if as_json:
        more = {"parts": parts_json(entered.parts)} if entered.parts else {}
        screen.show_json(cases_json(entered) if apart else {**entered.made[0].answer.to_json(), **more})
        return
    blocks: list[screen.Block] = []
    for number, one in enumerate(entered.made, 1):
        if len(entered.made) > 1:
            blocks += several.headed(number, len(entered.made), one.note)
        blocks += [
            *views.reading(one.judged, rules, explained=explain_reading),
            *several.outcome(one.answer, rules, time.now),
        ]
    screen.show(blocks)


def _say(entered: "Entered", attach: str | None) -> None:
    """What the officer should know besides: incidents in one case, a case that was known already."""
    from jinji_report.cli import screen, several

    for one in entered.made:
        if one.opened is None:
            screen.say(f"已录为 {one.number} 的续报{several.because(one.why)}。")
        elif attach != "never":
            for likeness in one.opened.alike:
                screen.say(several.resembles(likeness, one.number, auto=attach == "auto"))
    if entered.parts and len(entered.made) == 1:
        screen.say(several.entered_as_one(entered.parts, entered.made[0].number, entered.made[0].judged.now))
