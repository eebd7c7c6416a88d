"""jinji drill: a night played from a file, through the same commands, on a ledger that is thrown away."""

import io
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jinji_report.cli.options import AsJson
from jinji_report.errors import EXIT_NO

if TYPE_CHECKING:
    from jinji_report.cli.screen import Block
    from jinji_report.desk.drill.play import Played, Ran

app = typer.Typer(no_args_is_help=True, help="演练：照脚本走一遍，时限、环节、次序逐分钟核对。")


@app.command(epilog="示例：jinji drill play examples/scenarios/mine-late.toml")
def play(
    file: Annotated[
        Path, typer.Argument(metavar="脚本", help="演练脚本（TOML），样例见 examples/scenarios。")
    ],
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只说不符的。")] = False,
    as_json: AsJson = False,
) -> None:
    """照脚本演练：每一步都走真实的命令，另用一个临时的演练台账，演完即弃；有不符的退出码 1。"""
    from jinji_report.cli import screen
    from jinji_report.desk.drill.play import play as played
    from jinji_report.desk.drill.scenario import read_scenario

    scenario = read_scenario(file)
    steps: list[Played] = []
    with (
        tempfile.TemporaryDirectory(prefix="jinji-drill-") as folder,
        _apart(Path(folder), scenario.standards),
    ):
        for step in played(scenario, _run):
            steps.append(step)
            if not (as_json or (quiet and step.holds)):
                screen.show(_blocks(step, first=len(steps) == 1, title=scenario.title))
    checks = [check for step in steps for check in step.checks]
    wrong = [check for check in checks if not check.holds]
    if as_json:
        screen.show_json(
            {
                "schema": "jinji/1",
                "title": scenario.title,
                "checks": len(checks),
                "wrong": len(wrong),
                "steps": [step.to_json() for step in steps],
            }
        )
    else:
        words = f"{scenario.title}：{len(steps)} 步，核对 {len(checks)} 项"
        told = f"{words}，{len(wrong)} 项不符" if wrong else f"{words}，全部相符"
        screen.show([screen.Line(told, "overdue" if wrong else "good")])
    if wrong:
        raise typer.Exit(EXIT_NO)


def _blocks(step: "Played", *, first: bool, title: str) -> "list[Block]":
    from jinji_report.cli import screen
    from jinji_report.moments import on_screen

    blocks: list[Block] = [screen.Heading(title)] if first else []
    blocks.append(screen.Line(f"{on_screen(step.at)}　{step.tell}".rstrip("　"), "strong"))
    if step.line:
        blocks.append(screen.Line(step.line, "dim", indent=2, hang=2))
    for check in step.checks:
        if check.holds:
            blocks.append(screen.Line(f"符　{check.text}", "good", indent=2, hang=4))
        else:
            blocks.append(screen.Line(f"不符　{check.text}；实际 {check.found}", "overdue", indent=2, hang=6))
    return blocks


@contextmanager
def _apart(folder: Path, standards: str) -> Iterator[None]:
    """While every command finds a ledger of its own in `folder`, goes by these standards, and by no settings of the office."""
    names = ("HOME", "CONFIG", "NOW", "DRILL", "STANDARDS", "UNIT", "SIGNER", "CONTACT", "PHONE", "BY")
    before = {f"JINJI_{name}": os.environ.pop(f"JINJI_{name}", None) for name in names}
    os.environ |= {"JINJI_HOME": str(folder / "data"), "JINJI_BY": "演练值班员", "JINJI_STANDARDS": standards}
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _run(words: Sequence[str], now: datetime, stdin: str) -> "Ran":
    """One command line, as `main` runs it, with its answer caught."""
    from jinji_report.cli.main import main
    from jinji_report.desk.drill.play import Ran

    streams = sys.stdin, sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    sys.stdout, sys.stderr = out, err
    os.environ["JINJI_NOW"] = now.isoformat(timespec="minutes")
    try:
        code = main(["--drill", *words])
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
        os.environ.pop("JINJI_NOW", None)
    told = [stream.buffer.getvalue().decode("utf-8", "replace") for stream in (out, err)]
    return Ran(code, *told)
