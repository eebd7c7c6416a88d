"""jinji contacts import: a list of contacts from a spreadsheet."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, EncodingName, NoInput, Yes
from jinji_report.desk.contacts.imported import Imported
from jinji_report.errors import Usage


def load(
    file: Annotated[
        str,
        typer.Argument(
            metavar="文件", help="CSV（UTF-8 或 GBK）或 .xlsx；- 为标准输入。", show_default=False
        ),
    ],
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", metavar="名称", help="Excel 的哪张表，默认第一张。", show_default=False),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="整个换成这一份；不写则同名的改，其余的留。")
    ] = False,
    encoding: EncodingName = None,
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> None:
    """导入通讯录：表头有“单位”“电话”，可有职务、姓名、时段、叫应次序、是否直报点；有一行不对就一行也不导入。"""
    from jinji_report.cli import screen
    from jinji_report.cli.incoming import file_bytes
    from jinji_report.desk.contacts.imported import import_contacts
    from jinji_report.desk.contacts.table import is_workbook, lines_of_csv, lines_of_workbook, rows_of
    from jinji_report.intake.encodings import decoded

    config = edge.settings()
    if config.drill:
        raise Usage("演练不改通讯录。", remedy="去掉 --drill 和 JINJI_DRILL 再导入。")
    raw = file_bytes(file)
    if is_workbook(raw):
        lines = lines_of_workbook(raw, sheet)
    else:
        if sheet is not None:
            raise Usage("--sheet 只用于 Excel 文件。", remedy="去掉 --sheet。")
        text = decoded(raw, "这个文件", encoding)
        if text.notice:
            screen.say(f"注意：{text.notice}")
        lines = lines_of_csv(text.text)
    done = import_contacts(
        edge.office_folder(),
        config.cache,
        rows_of(lines),
        replace=replace,
        agree=edge.agreeing(_words, yes=yes, no_input=no_input, as_json=as_json, ask="导入？"),
    )
    if as_json:
        screen.show_json(done.to_json())
        return
    blocks: list[screen.Block] = [screen.Line(f"已导入{_words(done)}", "good")]
    if done.ignored:
        blocks.append(screen.Line(f"没有用到的列：{'、'.join(done.ignored)}", "dim"))
    screen.show([*blocks, screen.Line("查谁还没有电话：jinji contacts check", "dim")])


def _words(done: Imported) -> str:
    """`通讯录：新增 12，修改 1，不变 3，共 16 → …/contacts.toml`."""
    dropped = f"，去掉 {len(done.dropped)}" if done.dropped else ""
    return (
        f"通讯录：新增 {len(done.added)}，修改 {len(done.changed)}，不变 {done.same}{dropped}，"
        f"共 {done.total} → {done.path}"
    )
