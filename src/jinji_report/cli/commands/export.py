"""jinji export: the ledger for shell scripts."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import Now, Since, StandardsName, Until
from jinji_report.errors import Usage
from jinji_report.vocabulary import Status

if TYPE_CHECKING:
    from jinji_report.ledger.store import Store

Thing = TypeVar("Thing")


class ExportFormat(StrEnum):
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"


def export(
    form: Annotated[ExportFormat, typer.Option("--format", help="格式。")] = ExportFormat.JSONL,
    entries: Annotated[
        bool, typer.Option("--entries", help="每个台账条目一行（默认每件案卷一行）。")
    ] = False,
    since: Since = None,
    until: Until = None,
    status: Annotated[
        Status | None,
        typer.Option("--status", help="只要这一种：在办、线索、已结、已并、已撤。", show_default=False),
    ] = None,
    excel: Annotated[bool, typer.Option("--excel", help="CSV 带 BOM，Excel 双击即可打开。")] = False,
    columns: Annotated[bool, typer.Option("--columns", help="列出各列和含义。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="同 --format json。")] = False,
    now: Now = None,
    standards: StandardsName = None,
) -> None:
    """导出：台账给脚本和表格用，UTF-8 写到标准输出。"""
    from jinji_report.desk.cases import read_cases
    from jinji_report.desk.history import Span, told
    from jinji_report.exchange.rows import CASE_COLUMNS, ENTRY_COLUMNS, case_rows, entry_rows
    from jinji_report.ledger.cases import Wanted

    if as_json:
        form = ExportFormat.JSON
    names = ENTRY_COLUMNS if entries else CASE_COLUMNS
    if columns:
        sys.stdout.write("".join(f"{name}\t{text}\n" for name, text in names.items()))
        return
    if excel and form != ExportFormat.CSV:
        raise Usage("--excel 只用于 CSV。", remedy="加上 --format csv。")
    time = edge.clock(now)
    config = edge.settings(standards)
    start = edge.span_moment(since, time.now, "--since") if since else None
    end = edge.span_moment(until, time.now, "--until", end=True) if until else None
    store = edge.store(config)
    with edge.telling(store, "导出台账"):
        if sys.stdout.isatty():
            store.tell = None  # it has no place between rows on a screen
        if entries:
            of_status = None
            if status is not None:
                of_status = {one.number for one in read_cases(store).glances(Wanted(status=status))}
            rows = entry_rows(
                (entry, voided)
                for entry, voided in _counted(told(store, None, Span(), None).rows, lambda row: 1, store)
                if (start is None or entry.at >= start)
                and (end is None or entry.at <= end)
                and (of_status is None or entry.case in of_status)
            )
        else:
            chosen = read_cases(store).wanted(Wanted(status=status, since=start, until=end))
            counted = _counted(chosen, lambda case: len(case.entries), store)
            rows = case_rows(counted, edge.standards_of(config), time.now)
        # Always UTF-8 and \n, whatever the console's code page: a file is made of this.
        out = sys.stdout.buffer
        for piece in _pieces(form, list(names), rows, excel=excel):
            out.write(piece.encode("utf-8", "replace"))
        out.flush()
    edge.say_notices(store)


def _counted(things: Iterable[Thing], entries_of: Callable[[Thing], int], store: "Store") -> Iterator[Thing]:
    """The same things, while it is told how many of the store's entries they are by then."""
    total, done = store.head().seq, 0
    for thing in things:
        if store.tell is not None:
            done += entries_of(thing)
            store.tell(done, total)
        yield thing


def _json(row: dict[str, Any]) -> str:
    """The row; escaped where half a surrogate pair would not go into UTF-8."""
    text = json.dumps(row, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(row, ensure_ascii=True)
    return text


def _pieces(
    form: ExportFormat, names: list[str], rows: Iterable[dict[str, Any]], *, excel: bool
) -> Iterable[str]:
    if form == ExportFormat.CSV:
        from jinji_report.exchange.csvfile import csv_lines

        if excel:
            yield "\ufeff"
        yield from csv_lines(names, rows)
    elif form == ExportFormat.JSONL:
        for row in rows:
            yield _json(row) + "\n"
    else:
        yield "["
        for place, row in enumerate(rows):
            yield (",\n " if place else "\n ") + _json(row)
        yield "\n]\n"
