"""jinji rules: the standards as a product. One file a command; the app is put together here."""

from importlib import import_module

import typer

# name → (function in the module of that name, example)
COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("check", "jinji rules check county"),
    "test": ("test", "jinji rules test county"),
    "show": ("show", "jinji rules show county --category 火灾"),
    "explain": ("explain", "jinji rules explain work-safety.deaths.serious"),
    "chart": ("chart", "jinji rules chart county --format mermaid > 报送流程.mmd"),
    "diff": ("diff", "jinji rules diff county ningxia --replay"),
    "new": ("new", "jinji rules new standards.toml --extends county"),
    "schema": ("schema", "jinji rules schema --output jinji-pack.schema.json"),
    "coverage": ("coverage", "jinji rules coverage national"),
}

app = typer.Typer(help="报送标准：看、查、试、改。", no_args_is_help=True, add_completion=False)


@app.callback()
def rules() -> None:
    """报送标准。"""


for _name, (_function, _example) in COMMANDS.items():
    _module = import_module(f"jinji_report.cli.commands.rules.{_name}")
    app.command(_name, epilog=f"示例：{_example}")(getattr(_module, _function))
