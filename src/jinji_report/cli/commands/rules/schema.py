"""jinji rules schema: what a standards file may hold, for editors and validators of TOML."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import Output


def schema(
    cases: Annotated[bool, typer.Option("--cases", help="要用例文件（名称.cases.toml）的。")] = False,
    output: Output = None,
) -> None:
    """标准文件的 JSON Schema：编辑器据此提示键名和取值，并查出写错的地方。

    自己的标准文件放在别处时，在它旁边运行 jinji rules schema --output jinji-pack.schema.json，文件第一行写
    #:schema ./jinji-pack.schema.json；用例文件用 --cases，文件名 jinji-cases.schema.json。
    名称是否存在、档与档是否相接，由 jinji rules check 查。
    """
    from jinji_report.standards.describe import cases_schema, pack_schema, written

    text = written(cases_schema() if cases else pack_schema())
    edge.write_out(text, output)
