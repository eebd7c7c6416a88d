"""The manual says what the program says: its made parts come out of the program, its examples run."""

import re
import shlex
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jinji_report.cli.app import COMMANDS, GROUPS, make_app
from jinji_report.errors import EXIT_CODES
from jinji_report.exchange.rows import CASE_COLUMNS, ENTRY_COLUMNS
from jinji_report.reports.check.run import codes as check_codes
from jinji_report.settings import KNOWN
from jinji_report.standards.check import codes
from jinji_report.standards.load import rules_folder, shipped_packs

from ..cli.conftest import Jinji, cache_folder, home, jinji

__all__ = ["cache_folder", "home", "jinji"]

ROOT = Path(__file__).parents[2]
MANUALS = ("README.md", "README.zh-CN.md")
NOTE = "昨晚11点半，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"

SEVERAL_VALUES = "凌晨2点35分，G30高速城关镇段两辆货车相撞，当场死亡2人，送医途中死亡1人，水黑得像墨"
CALL = "凌晨2点35分，G30高速城关镇段两辆货车相撞，2人死亡，1人重伤，3人轻伤"


def table(*rows: tuple[str, ...]) -> str:
    head, *body = rows
    lines = [head, tuple("---" for _ in head), *body]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def first_line(command: Callable[..., None]) -> str:
    return (command.__doc__ or "").strip().splitlines()[0]


HEADS = {
    "README.md": {
        "commands": ("command", "what it does"),
        "exit-codes": ("code", "meaning"),
        "columns": ("column", "what it holds"),
        "settings": ("key", "variable", "default", "meaning"),
        "codes": ("code", "severity", "finding"),
        "check-codes": ("code", "severity", "finding", "what it looks for"),
        "packs": ("pack", "title", "reports", "grades", "limits", "cases"),
    },
    "README.zh-CN.md": {
        "commands": ("命令", "做什么"),
        "exit-codes": ("退出码", "意思"),
        "columns": ("列", "内容"),
        "settings": ("键", "环境变量", "默认", "意思"),
        "codes": ("代码", "严重性", "发现"),
        "check-codes": ("代码", "轻重", "发现", "查什么"),
        "packs": ("标准", "标题", "报送条款", "等级", "时限", "用例"),
    },
}


def headline(command: Any) -> str:
    """The first paragraph of a command's help."""
    return " ".join((command.help or "").split("\n\n")[0].split())


def pack_row(name: str) -> tuple[str, ...]:
    """What a pack's own file holds."""
    path = rules_folder() / f"{name}.toml"
    own = tomllib.loads(path.read_text(encoding="utf-8"))
    beside = tomllib.loads(path.with_name(f"{name}.cases.toml").read_text(encoding="utf-8"))
    counts = [str(len(own.get(table, ()))) for table in ("report", "grade", "limit")]
    return (f"`{name}`", own["title"], *counts, str(len(own.get("case", ())) + len(beside["case"])))


def made(jinji: Jinji, manual: str) -> dict[str, str]:
    """Every made part of the manual."""
    heads = HEADS[manual]
    import typer.main

    group = typer.main.get_command(make_app())
    commands: list[tuple[str, ...]] = [heads["commands"]]
    for name in COMMANDS:
        commands.append((f"`jinji {name}`", headline(group.commands[name])))  # type: ignore[attr-defined]
    for name in GROUPS:
        for sub, command in group.commands[name].commands.items():  # type: ignore[attr-defined]
            commands.append((f"`jinji {name} {sub}`", headline(command)))
    screen = jinji("classify", CALL, "--now", "2026-03-05T02:41")
    assert screen.code == 0
    explained = jinji("classify", SEVERAL_VALUES, "--explain-reading", "--now", "2026-03-05T02:41")
    assert explained.code == 0
    return {
        "explained": f"```text\n$ jinji classify --explain-reading '{SEVERAL_VALUES}'\n"
        f"{explained.out.split('【研判】')[0].rstrip()}\n```",
        "screen": f"```text\n$ jinji classify '{CALL}'      # 2026-03-05 02:41\n{screen.out}```",
        "commands": table(*commands),
        "exit-codes": table(heads["exit-codes"], *((f"`{code}`", text) for code, text in EXIT_CODES)),
        "columns": "A row a case:\n\n"
        + table(heads["columns"], *((f"`{k}`", v) for k, v in CASE_COLUMNS.items()))
        + "\n\nA row an entry (`--entries`):\n\n"
        + table(heads["columns"], *((f"`{k}`", v) for k, v in ENTRY_COLUMNS.items())),
        "settings": table(
            heads["settings"],
            *(
                (f"`{k}`", f"`JINJI_{k.upper()}`", f"`{d}`" if d else "", text)
                for k, (d, text) in KNOWN.items()
            ),
        ),
        "codes": table(heads["codes"], *((c.code, c.severity, c.name) for _, c in sorted(codes().items()))),
        "check-codes": table(
            heads["check-codes"],
            *((c.code, c.severity, c.name, c.what) for _, c in sorted(check_codes().items())),
        ),
        "packs": table(heads["packs"], *map(pack_row, shipped_packs())),
    }


@pytest.mark.parametrize("manual", MANUALS)
def test_the_made_parts_of_the_manual_are_what_the_program_says(
    manual: str, jinji: Jinji, request: pytest.FixtureRequest
) -> None:
    path = ROOT / manual
    text = path.read_text(encoding="utf-8")
    parts = made(jinji, manual)
    assert re.search(r"<!-- made: ", text)
    fresh = re.sub(
        r"(<!-- made: ([a-z-]+) -->\n).*?(<!-- end -->)",
        lambda m: f"{m[1]}{parts[m[2]]}\n{m[3]}",
        text,
        flags=re.DOTALL,
    )
    if request.config.getoption("--update-golden"):
        path.write_bytes(fresh.encode())
        return
    assert fresh == text


def test_the_first_block_of_the_readme_is_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```sh\n(.*?)```", text, re.DOTALL)
    assert block is not None
    commands = [line for line in block[1].splitlines() if line and not line.startswith("#")]
    assert len(commands) == 2
    assert commands[0].startswith("python3 -m venv .venv && ")
    assert commands[1].endswith("-m pytest")


def test_the_night_in_the_readme_can_be_typed_as_it_stands(jinji: Jinji) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = text.split("## A night, step by step")[1].split("```sh\n")[1].split("```")[0]
    lines = [shlex.split(line, comments=True) for line in block.splitlines() if line.strip()]
    assert lines[0][1] == "new"
    for minute, line in enumerate(lines):
        args = [*line[1:], NOTE, "--yes"] if line[1] == "new" else line[1:]
        outcome = jinji(*args, "--now", f"2026-03-04T23:{35 + minute}")
        assert outcome.code == 0, (line, outcome)


def test_every_jinji_command_in_the_manuals_is_one_that_exists() -> None:
    for manual in MANUALS:
        text = (ROOT / manual).read_text(encoding="utf-8")
        for name in re.findall(r"(?:^|`|&& |\$ )jinji ([a-z]+)(?=[ `\n])", text, re.MULTILINE):
            assert name in COMMANDS or name in GROUPS, (manual, name)


def test_every_help_ends_with_an_example_that_works(jinji: Jinji, monkeypatch: pytest.MonkeyPatch) -> None:
    assert jinji("new", "--yes", NOTE, "--now", "2026-03-04T23:36").code == 0
    for name in COMMANDS:
        outcome = jinji(name, "--help")
        assert outcome.code == 0
        last = outcome.out.strip().splitlines()
        text = outcome.out[outcome.out.rindex("示例：") + 3 :]
        example = shlex.split(" ".join(text.split()).split(" > ")[0])
        assert last and example[0] == "jinji" and example[1] == name, text
        if name == "new":
            example += ["--yes"]
        if name in ("ack", "reopen"):
            before = (
                ["sent", "latest", "--to", "市", "--form", "电话"] if name == "ack" else ["close", "latest"]
            )
            jinji(*before, "--now", "2026-03-04T23:37")
        # `at` asks for a moment of the morning after.
        monkeypatch.setenv("JINJI_NOW", "2026-03-05T09:31" if name == "at" else "2026-03-04T23:38")
        run = jinji(*example[1:])
        monkeypatch.delenv("JINJI_NOW")
        # A desk that was just set up has offices without a phone, and doctor says so.
        expected = {"next": (0, 20, 21), "doctor": (0, 1)}.get(name, (0,))
        assert run.code in expected, (example, run)
