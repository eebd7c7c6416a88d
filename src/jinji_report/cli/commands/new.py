"""jinji new: 接报, from the call to the first report."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import (
    AsJson,
    At,
    By,
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


def new(
    note: NoteText = None,
    file: NoteFile = None,
    sets: Sets = None,
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
    from jinji_report.cli import screen, views
    from jinji_report.desk.classify import doubts_of
    from jinji_report.desk.new import open_case
    from jinji_report.desk.stamp import refuse_secrets
    from jinji_report.desk.understand import check_note, understand

    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    time, config, rules, stamp, store = desk.time, desk.config, desk.rules, desk.stamp, desk.store
    head = edge.header(config, rules)
    asking = screen.interactive(no_input=no_input, as_json=as_json)
    text = edge.note_text(note, file)
    changed = list(sets or ())
    draft = None
    if resume:
        from jinji_report.cli.draft import newest_draft

        if text is not None:
            raise Usage("--resume 不能和来电内容一起用。", remedy="去掉其中一个。")
        kept = newest_draft(config.home)
        text, changed, draft = kept.note, [*kept.sets, *changed], kept.path
    if asking and (text is None or not yes):
        from jinji_report.cli.dialogue import take_call

        made = take_call(store, text, changed, rules, head, stamp, config.home, draft=draft, mending=not yes)
        edge.say_notices(store)
        screen.show(made)
        return
    if text is None:
        raise Usage("没有来电内容。", remedy='例如 jinji new "来电内容"，或 --file 文件，或 - 从标准输入读。')
    refuse_secrets(text)
    understood = understand(check_note(text), stamp.at, rules, changed)
    opened = open_case(store, text, understood.facts, rules, head, stamp, doubts_of(understood))
    edge.say_notices(store)
    twin = opened.resembles
    if twin is not None:
        screen.say(
            f"注意：与在办案卷 {twin.number}（{twin.title}）像是同一件事；如是，请用 jinji followup {twin.number}。"
        )
    if draft is not None:
        draft.unlink(missing_ok=True)
    if as_json:
        screen.show_json(opened.to_json())
        return
    screen.show(
        [
            *views.understood(opened.judged.facts, rules, time.now, opened.judged.doubts),
            *views.verdict(opened.judged, rules),
            *views.opened(opened, time.now),
        ]
    )
