"""jinji new: 接报, from the call to the first report."""

from collections.abc import Sequence
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
from jinji_report.errors import SECRET_LINE, Usage

if TYPE_CHECKING:
    from jinji_report.desk.enter import Entered
    from jinji_report.desk.new import Opened
    from jinji_report.settings import Settings


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
    secret: Annotated[
        bool,
        typer.Option(
            "--secret",
            help="涉密事件：不收内容，只登记 --set 时间=…、--set 地点=…、走哪个渠道（--channel）、报给谁（--to）。",
        ),
    ] = False,
    channel: Annotated[
        str,
        typer.Option(
            "--channel", metavar="渠道", help="与 --secret 同用：走的渠道，如 机要交通。", show_default=False
        ),
    ] = "",
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="对象", help="与 --secret 同用：报给谁，可多次。", show_default=False),
    ] = None,
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

    if not secret and (channel or to):
        raise Usage(
            "--channel 和 --to 在接报时只与 --secret 同用。", remedy="报出后用 jinji sent 登记渠道和对象。"
        )
    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    if secret:
        if note is not None or file is not None or resume or apart or attach or explain_reading:
            raise Usage(
                "涉密事件不收来电内容，没有写入任何文件。", remedy=f"只写时间、地点和渠道：{SECRET_LINE}。"
            )
        _register(desk, sets or (), channel, to or (), as_json=as_json)
        return
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
        made = take_call(
            store,
            text,
            changed,
            rules,
            head,
            stamp,
            config.home,
            ways,
            draft=draft,
            entered=lambda opened: _tell(config, opened),
        )
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
    for one in entered.made:
        if one.opened is not None:
            _tell(config, one.opened)
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


def _tell(config: "Settings", opened: "Opened") -> None:
    """Run the office's own program for a case that was just opened."""
    if not config.hooks.get("on_new"):
        return
    from jinji_report.cli import screen
    from jinji_report.cli.hooks import run_hook

    judged = opened.judged
    told = {
        "case": opened.number,
        "title": opened.report.title,
        "verdict": judged.verdict.to_json(),
        "limits": [limit.to_json() for limit in judged.limits],
    }
    failed = run_hook(config.hooks, "on_new", told)
    if failed:
        screen.say(failed)


def _register(
    desk: edge.Opening, sets: Sequence[str], channel: str, to: Sequence[str], *, as_json: bool
) -> None:
    """A 涉密事件: time, place and channel, and nothing of what happened."""
    from jinji_report.cli import screen, views
    from jinji_report.desk.secret import register

    done = register(desk.store, sets, channel, to, desk.rules, desk.stamp, drill=desk.config.drill)
    edge.say_notices(desk.store)
    if as_json:
        screen.show_json(done.to_json())
        return
    told = done.facts.occurred
    when = "不详" if told is None else views.spoken_time(told, desk.time.now)
    screen.show(
        [
            screen.Heading(f"涉密事件　案卷 {done.number}"),
            screen.Line(f"时间：{when}"),
            screen.Line(f"地点：{done.facts.place.text if done.facts.place else '不详'}"),
            screen.Line(done.text),
            screen.Heading("下一步"),
            screen.Line(
                f"报出后登记：jinji sent {done.number}{'' if done.offices else ' --to 市'}", indent=2
            ),
        ]
    )


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
