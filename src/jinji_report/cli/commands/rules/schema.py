"""jinji rules schema: what a standards file may hold, for editors and validators of TOML."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from jinji_report.errors import UnusableInput
from jinji_report.files import cause_of


def schema(
    cases: Annotated[bool, typer.Option("--cases", help="要用例文件（名称.cases.toml）的。")] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="文件", help="写到文件，默认写到标准输出。", show_default=False
        ),
    ] = None,
) -> None:
    """标准文件的 JSON Schema：编辑器据此提示键名和取值，并查出写错的地方。

    自己的标准文件放在别处时，在它旁边运行 jinji rules schema --output jinji-pack.schema.json，文件第一行写
    #:schema ./jinji-pack.schema.json；用例文件用 --cases，文件名 jinji-cases.schema.json。
    名称是否存在、档与档是否相接，由 jinji rules check 查。
    """
    from jinji_report.standards.describe import cases_schema, pack_schema, written

    text = written(cases_schema() if cases else pack_schema()).encode("utf-8")
    if output is None or output == "-":
        sys.stdout.buffer.write(text)  # always UTF-8: a file is made of this
        sys.stdout.buffer.flush()
        return
    try:
        Path(output).write_bytes(text)
    except (OSError, ValueError) as error:
        why = cause_of(error) if isinstance(error, OSError) else "路径不对"
        raise UnusableInput(f"文件 {output} 写不了（{why}）。", remedy="检查路径和权限。") from error
