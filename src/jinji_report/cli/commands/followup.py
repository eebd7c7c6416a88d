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
    from jinji_report.desk.cases import find_case, read_cases, require_open, require_words
    from jinji_report.desk.followup import follow

    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    time, config, rules, stamp, store = desk.time, desk.config, desk.rules, desk.stamp, desk.store
    head = edge.header(config, rules)
    asking = screen.interactive(no_input=no_input, as_json=as_json)
    text = note_text(note, file, encoding)
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
        )
        edge.say_notices(store)
        screen.show(made)
        return
    followed = follow(store, case, text or "", changed, rules, head, stamp, final=final, correct=correct)
    edge.say_notices(store)
    if as_json:
        screen.show_json(followed.to_json())
        return
    for doubt in followed.judged.doubts:
        screen.say(f"※ {doubt}")
    screen.show(views.followed(followed, rules, time.now))
