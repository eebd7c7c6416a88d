"""jinji lead new: word of an incident that nobody vouches for yet."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.incoming import note_text
from jinji_report.cli.options import (
    AsJson,
    At,
    By,
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
from jinji_report.errors import GivenUp, Usage

if TYPE_CHECKING:
    from jinji_report.desk.lead.verify import Tip


def new(
    note: NoteText = None,
    channel: Annotated[
        str,
        typer.Option(
            "--channel", metavar="渠道", help="从哪里来，如 微博、群众反映、12345。", show_default=False
        ),
    ] = "",
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
    """登记线索：读出要素，说明若属实该怎么报；核实之前不报送、不计时限。"""
    from jinji_report.cli import screen
    from jinji_report.cli.leads import entered, resembling, summed_up
    from jinji_report.desk.lead.verify import enter_lead

    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    text = note_text(note, file, encoding)
    typed = False
    if text is None:
        if not screen.interactive(no_input=no_input, as_json=as_json):
            raise Usage("没有线索的内容。", remedy='例如 jinji lead new "网传……" --channel 微博。')
        text, typed = _asked(desk.config.home), True

    def words(tip: "Tip") -> str:
        return f"线索 {tip.case.number}　{tip.case.title}"

    agree = edge.agreeing(
        words,
        yes=yes,
        no_input=no_input,
        as_json=as_json,
        blocks=lambda tip: summed_up(tip, desk.rules),
    )
    head = edge.header(desk.config, desk.rules)
    try:
        tip = enter_lead(desk.store, text, sets or (), channel, desk.rules, head, desk.stamp, agree)
    except GivenUp:
        if not typed:
            raise
        raise _kept(desk.config.home, text) from None
    edge.say_notices(desk.store)
    resembling(tip)
    if as_json:
        screen.show_json(tip.to_json())
        return
    screen.show([*([] if agree is not None else summed_up(tip, desk.rules)), *entered(tip)])


def _asked(home: Path) -> str:
    """The words of the lead, typed or pasted. Raises GivenUp; they are then kept."""
    from jinji_report.cli import prompts

    lines: list[str] = []
    prompts.begin()
    try:
        prompts.ask_note(lines)
    except KeyboardInterrupt:
        raise _kept(home, "\n".join(lines)) from None
    return "\n".join(lines).strip()


def _kept(home: Path, text: str) -> GivenUp:
    """That the officer left, and how to go on with what was typed."""
    from jinji_report.cli.draft import keep_note

    return GivenUp("已放弃，没有录入台账。", remedy=keep_note(home, text, "jinji lead new"))
