"""jinji lead promote: a lead becomes an incident, with its first report and its limits."""

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


def promote(
    case: CaseName,
    note: NoteText = None,
    file: NoteFile = None,
    encoding: EncodingName = None,
    sets: Sets = None,
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """转为事件：接报、研判、成文首报，得知的时间照线索；来电内容写核实到的，与线索不同的以它为准。"""
    from jinji_report.cli import screen, several, views
    from jinji_report.desk.lead.promote import Promoted
    from jinji_report.desk.lead.promote import promote as enter

    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    text = note_text(note, file, encoding) or ""
    rules, time = desk.rules, desk.time

    def before(made: Promoted) -> list[screen.Block]:
        judged = made.opened.judged
        return [*views.reading(judged, rules), *views.verdict(judged, rules)]

    agree = edge.agreeing(
        lambda made: f"线索 {made.opened.number} 转为事件　{made.opened.judged.facts.title}",
        yes=yes,
        no_input=no_input,
        as_json=as_json,
        blocks=before,
        ask="录入台账并成文首报？",
    )
    head = edge.header(desk.config, rules)
    made = enter(desk.store, case, text, sets or (), rules, head, desk.stamp, agree)
    edge.say_notices(desk.store)
    opened = made.opened
    for likeness in opened.alike:
        screen.say(several.resembles(likeness, opened.number, auto=False))
    if as_json:
        screen.show_json(made.to_json())
        return
    screen.show([*([] if agree is not None else before(made)), *views.opened(opened, time.now)])
