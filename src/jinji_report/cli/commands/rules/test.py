"""jinji rules test: the cases of a pack tried, what they cover, and proposals for what they lack."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, Now, PackName, StandardsName
from jinji_report.errors import EXIT_NO, Usage

if TYPE_CHECKING:
    from jinji_report.desk.rules.trial import Trial, Written
    from jinji_report.proving.cases import Tried
    from jinji_report.proving.coverage import Missing, RowCoverage

MOST_MISSING = 20  # rows on screen; --coverage and --json have all


def test(
    pack: PackName = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="列出每一条试到了什么，不只列还没试到的。")
    ] = False,
    every_row: Annotated[
        bool, typer.Option("--all", help="连 extends 带来的条款一起算，不只算本文件写的。")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="还有没试到的也算不通过（退出码 1）。")] = False,
    generate: Annotated[
        bool, typer.Option("--generate", help="不试，推出还缺的用例：每个界限的少一、恰好、多一、不详。")
    ] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            metavar="文件",
            help="推出的用例加到这个文件末尾，没有就新建；默认打印出来。",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
    now: Now = None,
    standards_name: StandardsName = None,
) -> None:
    """试标准：跑标准文件里和旁边 .cases.toml 里的用例，列出对不上的，再看哪些条款和界限还没试到。"""
    from jinji_report.cli import screen
    from jinji_report.desk.rules.trial import run_cases, subject_of

    if output is not None and not generate:
        raise Usage("--output 只和 --generate 一起用。", remedy="加上 --generate，或去掉 --output。")
    if generate and (coverage or strict):
        raise Usage(
            "--generate 只推用例，不跑用例。", remedy="去掉 --coverage 和 --strict，推出以后再跑一次。"
        )
    time = edge.clock(now)
    config = edge.settings_for(pack, standards_name)
    subject = subject_of(config["standards"], every_row=every_row)
    if generate:
        _generate(subject, output, as_json=as_json)
        return
    trial = run_cases(subject, time.now)
    if as_json:
        screen.show_json(trial.to_json(full=coverage))
    else:
        screen.show(_blocks(trial, full=coverage))
    if trial.failed or (strict and trial.coverage.missing):
        raise typer.Exit(EXIT_NO)


# pytest would take a function of this name for a test of its own.
test.__test__ = False  # type: ignore[attr-defined]


def _generate(subject: Any, output: str | None, *, as_json: bool) -> None:
    from jinji_report.cli import screen
    from jinji_report.desk.rules.trial import add_to, propose

    into = None if output is None else Path(output).expanduser()
    proposed = propose(subject, into)
    if into is not None and proposed.count:
        add_to(into, proposed.text)
    if as_json:
        answer = {"schema": "jinji/1", "id": subject.standards.id, "proposed": proposed.count}
        screen.show_json(answer | ({"toml": proposed.text} if into is None else {"file": str(into)}))
        return
    if not proposed.count:
        screen.say("没有要补的用例：能推出的都已经有了。")
    elif into is None:
        screen.show([screen.Line(proposed.text.rstrip("\n"), whole=True)])
        screen.say(f"推出 {proposed.count} 条用例；加 --output 文件 可直接写进用例文件。")
    else:
        screen.say(f"已把 {proposed.count} 条用例加到 {into}。")


def _blocks(trial: "Trial", *, full: bool) -> list[Any]:
    from jinji_report.cli.screen import Heading, Line, Table

    standards, coverage, failed = trial.subject.standards, trial.coverage, trial.failed
    blocks: list[Any] = [Line(f"{standards.title}（{standards.id}）", "strong")]
    if failed:
        blocks.append(Heading(f"没有通过的用例　{len(failed)}条"))
        for written, tried in failed:
            blocks += _failure(written, tried)
        blocks.append(Line())
        blocks.append(Line("标准对就改用例（推出来的可以删掉再推），用例对就改标准。", "dim"))
    if trial.cases:
        words = f"用例 {len(trial.cases)} 条：通过 {len(trial.cases) - len(failed)} 条"
        words += f"，没有通过 {len(failed)} 条" if failed else ""
        blocks.append(Line(words, "overdue" if failed else "good"))
    else:
        blocks.append(Line("还没有用例。运行 jinji rules test --generate 可推出一批。", "due_soon"))
    blocks += [
        Line(f"条款 {len(coverage.rows)} 条：成立、不成立、未定都试过 {coverage.rows_done} 条"),
        Line(f"界限 {coverage.bounds} 个：少一、恰好、多一、不详都试过 {coverage.bounds_done} 个"),
    ]
    if full:
        rows = [_seen(seen, trial) for seen in coverage.rows]
        missing = {id(one.row) for one in coverage.missing}
        styles = ["due_soon" if id(seen.row) in missing else "" for seen in coverage.rows]
        blocks += [Heading("每一条试到了什么"), Table(("条款", "试到", "位置"), rows, styles)]
    if coverage.missing:
        blocks.append(Heading("还没有试到的"))
        listed = coverage.missing if full else coverage.missing[:MOST_MISSING]
        rows = [_lacking(one, trial) for one in listed]
        blocks.append(Table(("条款", "还差", "位置"), rows))
        if len(listed) < len(coverage.missing):
            blocks.append(
                Line(f"另有 {len(coverage.missing) - len(listed)} 条，--coverage 全部列出。", "dim")
            )
    return blocks


def _failure(written: "Written", tried: "Tried") -> list[Any]:
    from jinji_report.cli.screen import Line, Table

    blocks: list[Any] = [Line(f"{tried.name}　{_place(written.file, written.line)}", "strong", hang=2)]
    blocks += [Line(problem, "overdue", indent=2, hang=2) for problem in tried.problems]
    if tried.gaps:
        rows = [(gap.item, gap.expected, gap.got) for gap in tried.gaps]
        blocks.append(Table(("项目", "期望", "得到"), rows, indent=2))
    return blocks


def _seen(seen: "RowCoverage", trial: "Trial") -> tuple[str, str, str]:
    from jinji_report.proving.situation import Mark, State

    words = ["、".join(state for state in State if state in seen.states) or "没有试过"]
    for bound, marks in seen.marks:
        points = "、".join(mark for mark in Mark if mark in marks) or "没有试过"
        words.append(f"{bound.words(trial.subject.standards)}：{points}")
    return seen.row.id, "；".join(words), _place(*trial.subject.where(seen.row))


def _lacking(one: "Missing", trial: "Trial") -> tuple[str, str, str]:
    """What is wanting of a row; a bound that no case came near stands there by itself."""
    standards = trial.subject.standards
    untouched = [bound.words(standards) for bound, marks in one.marks if bound.wanted == set(marks)]
    words = ["、".join(one.states)] if one.states else []
    words += [f"界限 {'、'.join(untouched)}"] if untouched else []
    words += [
        f"{bound.words(standards)} {'、'.join(marks)}"
        for bound, marks in one.marks
        if bound.wanted != set(marks)
    ]
    return one.row.id, "；".join(words), _place(*trial.subject.where(one.row))


def _place(file: str, line: int) -> str:
    """`rules/county.toml:12`, from the folder of this run where the file lies below it."""
    path = Path(file)
    here = Path.cwd()
    return f"{path.relative_to(here) if path.is_relative_to(here) else path}:{line}"
