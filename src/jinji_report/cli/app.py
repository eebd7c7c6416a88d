"""The Typer app: every command under its name, with an example that works at the end of its help.

A run needs one command, so only that one is imported and built; the whole app is made for help
and for names that it does not know.
"""

from importlib import import_module
from typing import Annotated, Any

import typer

from jinji_report import __version__

NOTE = "昨晚11点半，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"

# name → (module of cli.commands, function, example)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "new": ("new", "new", f'jinji new "{NOTE}"'),
    "classify": ("classify", "classify", f'jinji classify "{NOTE}"'),
    "followup": ("followup", "followup", 'jinji followup latest "又有1人抢救无效死亡，累计死亡3人"'),
    "backflow": ("backflow", "backflow", "jinji backflow latest --who 互联网 --text 微博已有现场视频"),
    "sent": ("transmit", "sent", "jinji sent latest --form 电话 --to 市"),
    "ack": ("transmit", "ack", "jinji ack latest --from 市委办公室 --person 李值班"),
    "board": ("overview", "board", "jinji board"),
    "next": ("overview", "next_", "jinji next"),
    "list": ("overview", "list_", "jinji list --status 在办"),
    "show": ("look", "show", "jinji show latest"),
    "why": ("look", "why", "jinji why latest"),
    "report": ("look", "report", "jinji report latest --format phone"),
    "told": ("told", "told", 'jinji told latest "2人死亡，3人重伤" --unit 县卫健局'),
    "agree": ("told", "agree", 'jinji agree latest --set 死亡=2 --reason "现场与医院核对一致"'),
    "consult": ("consult", "consult", 'jinji consult latest --unit 应急管理局 --ask "会不会复燃、爆炸？"'),
    "decide": ("settle", "decide", 'jinji decide latest 应报 --reason "带班领导意见：有扩大可能"'),
    "request": (
        "request",
        "request",
        'jinji request latest --kind 核报 --from 市委办公室 --text "请核实伤亡人数"',
    ),
    "answer": ("request", "answer", 'jinji answer latest --form 电话 --text "死亡2人，受伤2人，已核实"'),
    "sign": ("sign", "sign", "jinji sign latest --person 李台长 --role 值班台领导"),
    "call": ("call", "call", "jinji call latest --standards broadcaster"),
    "release": ("release", "release", 'jinji release latest --unit 县委宣传部 --text "火已扑灭，无次生灾害"'),
    "close": ("settle", "close", "jinji close latest"),
    "reopen": ("settle", "reopen", 'jinji reopen latest --reason "又有人员死亡"'),
    "merge": ("merge", "merge", 'jinji merge 02 01 --reason "同一起火灾，两人来电"'),
    "undo": ("undo", "undo", 'jinji undo latest --reason "录错了案卷"'),
    "log": ("log", "log", "jinji log latest"),
    "at": ("at", "at", 'jinji at "2026-03-05 09:30" latest'),
    "export": ("export", "export", "jinji export --format csv --excel > 台账.csv"),
    "init": ("init", "init", "jinji init --unit 城北区委办公室"),
    "config": ("config", "config", "jinji config standards"),
    "doctor": ("doctor", "doctor", "jinji doctor"),
}

# name → module of cli.commands that holds the group as `app`
GROUPS: dict[str, str] = {
    "lead": "lead",
    "contacts": "contacts",
    "drill": "drill",
    "rules": "rules",
    "ledger": "ledger",
}


def root(
    version: Annotated[bool, typer.Option("--version", help="版本。")] = False,
    drill: Annotated[
        bool,
        typer.Option(
            "--drill",
            help="演练：用演练自己的台账，答复都标【演练】；写在命令的哪里都行，也可设 JINJI_DRILL=1。",
        ),
    ] = False,
) -> None:
    """紧急信息报送：接报、研判、首报、续报、时限、台账。"""
    if version:
        typer.echo(f"jinji {__version__}")
        raise typer.Exit


def make_app(markup: Any = None, only: str | None = None) -> typer.Typer:
    """The app, with `only` the command of that name, or whole where there is none such.

    `markup` is Typer's rich_markup_mode, None for plain help.
    """
    app = typer.Typer(
        name="jinji",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=markup,
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(root)
    whole = only not in COMMANDS and only not in GROUPS
    for name, (module, function, example) in COMMANDS.items():
        if whole or name == only:
            app.command(name, epilog=f"示例：{example}")(getattr(_module(module), function))
    for name, module in GROUPS.items():
        if whole or name == only:
            app.add_typer(_module(module).app, name=name)
    return app


def _module(name: str) -> Any:
    return import_module(f"jinji_report.cli.commands.{name}")
