"""jinji ledger: the log itself. One file a command; the app is put together here."""

from importlib import import_module

import typer

# name → example; the function is called as its module is
COMMANDS: dict[str, str] = {
    "verify": "jinji ledger verify --expect $(jinji ledger head)",
    "head": "jinji ledger head >> 交接班链头.txt",
    "repair": "jinji ledger repair --dry-run",
    "reindex": "jinji ledger reindex",
    "backup": "jinji ledger backup 台账备份.jsonl",
    "archive": "jinji ledger archive --through 2024 --dry-run",
}

app = typer.Typer(
    help="台账：校验、链头、修复、索引、备份、归档。", no_args_is_help=True, add_completion=False
)


@app.callback()
def ledger() -> None:
    """台账。"""


for _name, _example in COMMANDS.items():
    _module = import_module(f"jinji_report.cli.commands.ledger.{_name}")
    app.command(_name, epilog=f"示例：{_example}")(getattr(_module, _name))
