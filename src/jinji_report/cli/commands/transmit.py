"""jinji sent and jinji ack: what went out, and who confirmed it."""

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
    Now,
    Reason,
    StandardsName,
    Yes,
)
from jinji_report.desk.transmit import Transmitted, Unfit, acknowledge, send
from jinji_report.vocabulary import Form, Stage

To = Annotated[
    list[str] | None,
    typer.Option(
        "--to",
        metavar="对象",
        help="报给谁，可多次：市委办公室、市党委，或 市（两条线都报）。",
        show_default=False,
    ),
]
FormOption = Annotated[
    Form | None,
    typer.Option("--form", help="方式：电话、书面、信息。默认是最先到期的那一种。", show_default=False),
]


def sent(
    case: CaseName,
    to: To = None,
    form: FormOption = None,
    stage: Annotated[
        Stage | None, typer.Option("--stage", help="报的是哪一报，默认最新一报。", show_default=False)
    ] = None,
    number: Annotated[
        int | None, typer.Option("--number", help="续报第几号。", show_default=False, min=1)
    ] = None,
    channel: Annotated[
        str, typer.Option("--channel", help="渠道，如 值班电话、传真、系统。", show_default=False)
    ] = "",
    person: Annotated[str, typer.Option("--person", help="对方接报人。", show_default=False)] = "",
    ref: Annotated[str, typer.Option("--ref", help="文号或传真号。", show_default=False)] = "",
    file: Annotated[
        str | None,
        typer.Option(
            "--file",
            "-f",
            metavar="文件",
            help="报出的是改过的文稿：按它检查，并存入台账；- 为标准输入。",
            show_default=False,
        ),
    ] = None,
    encoding: EncodingName = None,
    force: Annotated[
        bool, typer.Option("--force", help="检查出须改的、没有依据越级的也照此登记，台账记下。")
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
    """报送：登记已报给谁、什么方式、几点几分；不写 --to 即所有还欠的对象。

    书面的先检查，有须改的不登记（退出码 1），坐在终端前则问一声；--force 照此登记。电话和信息只提示，不拦。
    次序、双线、签发不合标准的，登记前说明、记入台账，不拦；越级而标准没有依据的要 --force 和 --reason。
    """
    from jinji_report.cli import conduct
    from jinji_report.cli.remarks import tell

    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    agree = edge.agreeing(_words, yes=yes, no_input=no_input, as_json=as_json)

    def agree_to_all(done: Transmitted) -> bool:
        """What departs from the standards and what must be mended is told first, and Enter then leaves the latter."""
        assert agree is not None
        conduct.tell(done.departing.told)
        tell(done.overridden)
        if force or not done.overridden:
            return agree(done)
        from jinji_report.cli.prompts import confirm

        return confirm(f"{_words(done)}。有 {len(done.overridden)} 处须改，仍要登记？", default=False)

    try:
        done = send(
            desk.store,
            case,
            to or (),
            form,
            desk.rules,
            desk.stamp,
            channel=channel,
            person=person,
            reference=ref,
            stage=stage,
            number=number,
            edited=note_text(None, file, encoding),
            force=force,
            agree=None if agree is None else agree_to_all,
        )
    except Unfit as error:
        tell(error.remarks)
        raise
    if not as_json and (agree is None or not done.overridden):
        tell([remark for remark in done.check if remark.must])
    _show(done, desk, as_json, told=agree is not None)


def ack(
    case: CaseName,
    office: Annotated[
        list[str] | None,
        typer.Option(
            "--from", metavar="对象", help="谁确认的，可多次；默认所有待回执的对象。", show_default=False
        ),
    ] = None,
    form: FormOption = None,
    person: Annotated[str, typer.Option("--person", help="对方确认人。", show_default=False)] = "",
    ref: Annotated[str, typer.Option("--ref", help="回执号。", show_default=False)] = "",
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """回执：登记对方已收到，谁确认、几点几分。"""
    desk = edge.opening(now=now, standards=standards, at=at, by=by, reason=reason)
    done = acknowledge(
        desk.store,
        case,
        office or (),
        form,
        desk.rules,
        desk.stamp,
        person=person,
        reference=ref,
        agree=edge.agreeing(_words, yes=yes, no_input=no_input, as_json=as_json),
    )
    _show(done, desk, as_json)


def _words(done: Transmitted) -> str:
    """`报送 20260305-01　市委办公室、市政府办公室　首报，电话`."""
    what = "，".join(part for part in (done.report, done.form) if part)
    return f"{done.step} {done.case.number}　{'、'.join(done.offices)}　{what}".rstrip("　")


def _show(done: Transmitted, desk: edge.Opening, as_json: bool, *, told: bool = False) -> None:
    """`told`: the departures were shown already, before it was entered."""
    from jinji_report.cli import conduct, screen, views
    from jinji_report.moments import on_screen, parse_moment

    edge.say_notices(desk.store)
    if as_json:
        screen.show_json(done.to_json())
        return
    now = desk.time.now
    at = on_screen(parse_moment(done.at), beside=now)
    screen.show(
        [
            screen.Line(f"已登记{_words(done)}　{at}", "good"),
            *([] if told else conduct.blocks(done.departing.told)),
            *views.limit_table(done.limits, now),
        ]
    )
