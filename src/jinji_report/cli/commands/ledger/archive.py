"""jinji ledger archive: years that are over, sealed in a file of their own."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.commands.ledger.options import DryRun
from jinji_report.cli.options import AsJson, By, NoInput, Now, Yes
from jinji_report.desk.ledger.archive import Archived


def archive(
    through: Annotated[
        int | None,
        typer.Option("--through", metavar="年份", help="归档到这一年年底，默认前年。", show_default=False),
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    by: By = None,
) -> None:
    """归档：把已过年份的条目原样移进 archive 文件夹里的封存文件；照样能查、能校验。"""
    from jinji_report.cli import screen
    from jinji_report.desk.ledger.archive import archive as seal

    journal, stamp = edge.stamped(now=now, by=by)
    agree = edge.agreeing(_words, yes=yes, no_input=no_input, as_json=as_json, ask="归档？")
    done = seal(journal, through, stamp, agree, dry_run=dry_run)
    edge.say_notices(journal)
    if as_json:
        screen.show_json(done.to_json())
    elif done.done:
        screen.show([screen.Line(f"已归档{_words(done)}", "good")])
    else:
        screen.show([screen.Line(f"要归档{_words(done)}（只是预演，没有写入）")])


def _words(done: Archived) -> str:
    """`2024 年及以前的 1200 条 → …/archive/ledger-2024.jsonl`."""
    return f" {done.through} 年及以前的 {done.cut.entries} 条 → {done.cut.sealed}"
