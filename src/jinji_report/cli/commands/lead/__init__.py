"""jinji lead: word that is to be verified first. One file a command; the app is put together here."""

from importlib import import_module

import typer

# name → (module, function, example)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "new": ("new", "new", 'jinji lead new "网传城关镇东街一服装店起火，2人死亡" --channel 微博'),
    "list": ("list", "list_", "jinji lead list"),
    "verify": (
        "verify",
        "verify",
        'jinji lead verify latest --state 属实 --unit 城关派出所 --text "火已扑灭，2人死亡"',
    ),
    "promote": ("promote", "promote", 'jinji lead promote latest "火已扑灭，2人死亡，1人重伤"'),
    "dismiss": ("dismiss", "dismiss", 'jinji lead dismiss latest --reason "是消防演练，已答复网民"'),
}

app = typer.Typer(
    help="线索：网上等处来的说法，先核实，属实才转为事件。", no_args_is_help=True, add_completion=False
)


@app.callback()
def lead() -> None:
    """线索。"""


for _name, (_file, _function, _example) in COMMANDS.items():
    _module = import_module(f"jinji_report.cli.commands.lead.{_file}")
    app.command(_name, epilog=f"示例：{_example}")(getattr(_module, _function))
