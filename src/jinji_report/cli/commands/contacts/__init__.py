"""jinji contacts: whom the desk can call. One file a command; `jinji contacts WORD` looks it up."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

# name → (module, example); the function is called as its module is
COMMANDS: dict[str, tuple[str, str]] = {
    "find": ("find", "jinji contacts find 宣传部"),
    "import": ("load", "jinji contacts import 通讯录.xlsx"),
    "check": ("check", "jinji contacts check"),
}


class _LooksUp(TyperGroup):
    """What is no command of the group is what to look up; nothing at all lists everybody."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if "--help" not in args[:1] and not (args and args[0] in self.commands):
            args = ["find", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=_LooksUp, help="通讯录：查电话、导入、查谁没有电话。", add_completion=False)


@app.callback()
def contacts() -> None:
    """通讯录：jinji contacts 列出全部，jinji contacts 单位、姓名或号码 即查。"""


for _name, (_file, _example) in COMMANDS.items():
    _module = import_module(f"jinji_report.cli.commands.contacts.{_file}")
    app.command(_name, epilog=f"示例：{_example}")(getattr(_module, _file))
