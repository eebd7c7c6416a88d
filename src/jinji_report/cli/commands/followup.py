"""jinji followup: 续报, 终报 and 更正."""

from typing import Annotated

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
from jinji_report.errors import Usage


def followup(
    case: CaseName,
    note: NoteText = None,
    file: NoteFile = None,
    encoding: EncodingName = None,
    sets: Sets = None,
    final: Annotated[bool, typer.Option("--final", help="终报：写全经过、结果和善后。")] = False,
    correct: Annotated[bool, typer.Option("--correct", help="更正：时间、地点、类别也以这次为准。")] = False,
    no_change: Annotated[
        bool, typer.Option("--no-change", help="没有新情况：不用写内容，成文一份“截至几时，无新情况”的续报。")
    ] = False,
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """续报：补充情况，重新定级，只说与上一报的变化。"""
    from jinji_report.cli import screen, views
    from jinji_report.cli.draft import kept_note
    from jinji_report.desk.cases import find_case, read_cases, require_open, require_words
    from jinji_report.desk.followup import follow

    if no_change:
        if note is not None or file is not None or sets or final or correct:
            raise Usage(
                "--no-change 不写内容，也不和 --set、--correct、--final 同用。",
                remedy="有新情况就去掉 --no-change。",
            )
        desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
        _say_nothing_new(desk, case, yes=yes, no_input=no_input, as_json=as_json)
        return
    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    time, config, rules, stamp, store = desk.time, desk.config, desk.rules, desk.stamp, desk.store
    head = edge.header(config, rules)
    asking = screen.interactive(no_input=no_input, as_json=as_json)
    text = note_text(note, file, encoding)
    draft = kept_note(config.home, file)
    changed = list(sets or ())
    untold = text is None and not changed and not final
    if untold and not asking:
        raise Usage(
            "没有新的情况。",
            remedy=f'例如 jinji followup {case} "又有1人抢救无效死亡"，或 --set 死亡=3，或 --final。',
        )
    if asking and (untold or not yes):
        from jinji_report.cli.dialogue import take_follow_up

        found = find_case(read_cases(store), case)
        require_open(found, "续报")
        require_words(found)
        flags = f"{' --final' if final else ''}{' --correct' if correct else ''}"
        made = take_follow_up(
            store,
            found,
            text if untold else text or "",
            changed,
            rules,
            head,
            stamp,
            config.home,
            final=final,
            correct=correct,
            command=f"jinji followup {found.number}{flags}",
            draft=draft,
        )
        if draft is not None:
            draft.unlink(missing_ok=True)
        edge.say_notices(store)
        screen.show(made)
        return
    followed = follow(store, case, text or "", changed, rules, head, stamp, final=final, correct=correct)
    if draft is not None:
        draft.unlink(missing_ok=True)
    edge.say_notices(store)
    if as_json:
        screen.show_json(followed.to_json())
        return
    for doubt in followed.judged.doubts:
        screen.say(f"※ {doubt}")
    screen.show(views.followed(followed, rules, time.now))


def _say_nothing_new(desk: edge.Opening, case: str, *, yes: bool, no_input: bool, as_json: bool) -> None:
    from jinji_report.cli import screen, views
    from jinji_report.desk.quiet import nothing_new

    agree = edge.agreeing(
        lambda made: f"{views.report_label(made.report)} {made.number}　无新情况",
        yes=yes,
        no_input=no_input,
        as_json=as_json,
        ask="成文？",
    )
    head = edge.header(desk.config, desk.rules)
    made = nothing_new(desk.store, case, desk.rules, head, desk.stamp, agree)
    edge.say_notices(desk.store)
    if as_json:
        screen.show_json(made.to_json())
    else:
        screen.show(views.nothing_new(made, desk.time.now))
