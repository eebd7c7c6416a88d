"""Typer's own words in Chinese: its help pages and its refusals.

Only runs that show help or fail on their usage import this. What a word is called inside Typer is
held by tests; a word that a later Typer adds stays English until it is put here.
"""

from typing import Any

from typer import core

_WORDS = {
    "Options": "选项",
    "Arguments": "参数",
    "Commands": "命令",
    "required": "必填",
    "default: {default}": "默认：{default}",
    "env var: {var}": "环境变量：{var}",
    "(dynamic)": "（动态）",
}
_PIECES = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…"}
_KINDS: tuple[Any, ...] = (core.TyperCommand, core.TyperGroup)
_HELP_OPTION = core.TyperCommand.get_help_option


def chinese_help(*, fancy: bool) -> None:
    """Make the help pages of this process Chinese; `fancy` for those that rich draws."""

    def help_option(command: Any, context: Any) -> Any:
        option = _HELP_OPTION(command, context)
        if option is not None:
            option.help = "显示这段说明。"
        return option

    def usage(command: Any, context: Any, formatter: Any) -> None:
        pieces = (_PIECES.get(piece, piece) for piece in command.collect_usage_pieces(context))
        formatter.write_usage(context.command_path, " ".join(pieces), prefix="用法：")

    setattr(core, "_", lambda word: _WORDS.get(word, word))  # noqa: B010
    for kind in _KINDS:
        kind.get_help_option = help_option
        kind.format_usage = usage
    if fancy:
        from typer import rich_utils

        rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
        rich_utils.OPTIONS_PANEL_TITLE = "选项"
        rich_utils.COMMANDS_PANEL_TITLE = "命令"
        rich_utils.DEFAULT_STRING = "[默认: {}]"
        rich_utils.REQUIRED_LONG_STRING = "[必填]"
        rich_utils.ENVVAR_STRING = "[环境变量: {}]"


def usage_words(error: Exception) -> tuple[str, str]:
    """A usage error of Typer as a problem and a remedy."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "jinji"
    remedy = f"看用法：{path} --help"
    name = type(error).__name__
    message = str(getattr(error, "message", "") or error)
    option = getattr(error, "option_name", None)
    if name == "NoArgsIsHelpError":
        return message or "没有写命令。", remedy
    if name == "NoSuchOption":
        near = getattr(error, "possibilities", None)
        hint = f"，是不是 {'、'.join(near)}" if near else ""
        return f"没有 {option} 这个选项{hint}。", f"{remedy}；内容以 - 开头的，前面加 --。"
    if name == "MissingParameter":
        return f"缺少 {_named(error)}。", remedy
    if name == "BadOptionUsage":
        wants_none = "does not take" in message
        return f"选项 {option} 后面{'不能带值' if wants_none else '要有值'}。", remedy
    if name == "BadParameter":
        return f"{_named(error)} 的值不对。", _wanted(error) or remedy
    if message.startswith("No such command"):
        quoted = message.split("'")
        near = "、".join(quoted[3::2])
        return (
            f"没有“{quoted[1] if len(quoted) > 1 else ''}”这个命令{f'，是不是 {near}' if near else ''}。",
            remedy,
        )
    if message.startswith("Missing command"):
        return "没有写命令。", remedy
    if message.startswith("Got unexpected extra"):
        extra = message.partition("(")[2].partition("(")[2].rstrip(")")
        return f"多出了 {extra}，不知道是什么。", f"{remedy}；来电内容里有空格的，用引号括起来。"
    return f"命令用法不对（{message}）。", remedy


def _named(error: Exception) -> str:
    """The option or argument that the error is about, as its help calls it."""
    parameter = getattr(error, "param", None)
    names = getattr(parameter, "opts", None) or [""]
    if names[-1].startswith("-"):
        return str(names[-1])
    return str(getattr(parameter, "metavar", None) or names[-1])


def _wanted(error: Exception) -> str:
    """What the parameter takes; empty where that cannot be told."""
    kind = getattr(getattr(error, "param", None), "type", None)
    choices = getattr(kind, "choices", None)
    if choices:
        return f"可用：{'、'.join(str(getattr(choice, 'value', choice)) for choice in choices)}。"
    least = getattr(kind, "min", None)
    if least is not None:
        return f"写 {least} 或更大的整数。"
    return "写整数。" if "int" in str(getattr(kind, "name", "")) else ""
