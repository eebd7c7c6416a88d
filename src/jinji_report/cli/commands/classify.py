"""jinji classify: 研判 without the ledger."""

from datetime import date
from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, NoteFile, NoteText, Now, Sets, StandardsName
from jinji_report.errors import EXIT_REPORT, EXIT_UNSURE, EXIT_UNUSABLE, Usage
from jinji_report.files import cause_of
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Decision


def classify(
    note: NoteText = None,
    file: NoteFile = None,
    sets: Sets = None,
    jsonl: Annotated[
        str | None,
        typer.Option(
            "--jsonl",
            metavar="文件",
            help="成批研判：每行一个 JSON（id、text 或 facts、now），- 为标准输入。",
            show_default=False,
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="日期",
            help="按这一天有效的标准判，不按事发那一天，如 2012-06-01。",
            show_default=False,
        ),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="以退出码表示结论：应报 10，待核 11。")
    ] = False,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
) -> None:
    """研判：读来电内容，按标准判断该不该报、报给谁、多久之内；不入台账。"""
    time = edge.clock(now)
    day = None if on is None else _day(on)
    config = edge.settings(standards)
    rules = edge.standards_of(config)
    if jsonl is not None:
        if note is not None or file is not None or sets:
            raise Usage(
                "--jsonl 不能和来电内容、--file、--set 一起用。", remedy="成批研判时内容写在每一行里。"
            )
        if _batch(jsonl, rules, time, day):
            raise typer.Exit(EXIT_UNUSABLE)
        return
    from jinji_report.cli import screen, views
    from jinji_report.desk.classify import judge_note, judge_sets

    text = edge.note_text(note, file)
    if text is None and not sets:
        raise Usage(
            "没有来电内容。",
            remedy='例如 jinji classify "昨晚11点半，东街一服装店起火，2人死亡"，或用 --set deaths=3。',
        )
    if text is None:
        judged = judge_sets(sets or (), rules, time.now, on=day)
    else:
        judged, _ = judge_note(text, sets or (), rules, time.now, on=day)
    if as_json:
        screen.show_json(judged.to_json(id=None))
    else:
        screen.show(
            [
                *views.understood(judged.facts, rules, time.now, judged.doubts),
                *views.verdict(judged, rules),
                *views.limit_table(judged.limits, time.now),
            ]
        )
    if exit_code and judged.verdict.decision != Decision.KEEP:
        raise typer.Exit(EXIT_REPORT if judged.verdict.decision == Decision.REPORT else EXIT_UNSURE)


def _no_constant(word: str) -> None:
    """NaN and Infinity are no JSON, though Python reads them. Raises ValueError."""
    raise ValueError(word)


def _day(said: str) -> date:
    """The day of `--on`. Raises Usage."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Usage(f"--on 的日期看不懂：{said}。", remedy="写成 --on 2012-06-01。") from None


def _batch(path: str, rules: Standards, time: edge.Clock, on: date | None) -> int:
    """Answer every line in order; how many could not be read."""
    import json
    import sys

    from jinji_report.cli.screen import json_line
    from jinji_report.desk.classify import judge_line
    from jinji_report.errors import UnusableInput

    try:
        lines = sys.stdin.buffer if path == "-" else open(path, "rb")  # noqa: SIM115
    except OSError as error:
        raise UnusableInput(
            f"文件 {path} 读不出来（{cause_of(error)}）。", remedy="检查路径和权限。"
        ) from error
    failed = 0
    with lines:
        for raw in lines:
            if not raw.strip():
                continue
            try:
                record = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant)
            except (UnicodeDecodeError, ValueError, RecursionError):
                record = None
            if record is None:
                answer = {
                    "id": None,
                    "error": {"problem": "这一行不是 JSON。", "remedy": "每行写一个 JSON 对象，UTF-8 编码。"},
                }
            else:
                answer = judge_line(record, rules, time.now, on=on)
            failed += "error" in answer
            sys.stdout.write(json_line(answer))
            sys.stdout.flush()
    return failed
