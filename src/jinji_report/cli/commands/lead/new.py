"""jinji lead new: word of an incident that nobody vouches for yet."""

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
    from jinji_report.desk.lead import Tip


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
    from jinji_report.desk.lead import enter_lead

    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    text = note_text(note, file, encoding)
    if text is None:
        if not screen.interactive(no_input=no_input, as_json=as_json):
            raise Usage("没有线索的内容。", remedy='例如 jinji lead new "网传……" --channel 微博。')
        text = _asked()

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
    tip = enter_lead(desk.store, text, sets or (), channel, desk.rules, head, desk.stamp, agree)
    edge.say_notices(desk.store)
    resembling(tip)
    if as_json:
        screen.show_json(tip.to_json())
        return
    screen.show([*([] if agree is not None else summed_up(tip, desk.rules)), *entered(tip)])


def _asked() -> str:
    """The words of the lead, typed or pasted. Raises GivenUp."""
    from jinji_report.cli import prompts

    lines: list[str] = []
    prompts.begin()
    try:
        prompts.ask_note(lines)
    except KeyboardInterrupt:
        raise GivenUp("已放弃，没有录入台账。", remedy="再运行一次 jinji lead new。") from None
    return "\n".join(lines).strip()
