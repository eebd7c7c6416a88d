"""jinji classify: 研判 without the ledger."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.incoming import batch_lines, note_text
from jinji_report.cli.options import (
    Apart,
    AsJson,
    EncodingName,
    ExplainReading,
    NoteFile,
    NoteText,
    Now,
    Sets,
    StandardsName,
)
from jinji_report.errors import EXIT_REPORT, EXIT_UNSURE, EXIT_UNUSABLE, Usage
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import DECISIONS, Decision

if TYPE_CHECKING:
    from jinji_report.cli.screen import Block
    from jinji_report.desk.answer import Judged
    from jinji_report.desk.parts import Part


def classify(
    note: NoteText = None,
    file: NoteFile = None,
    encoding: EncodingName = None,
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
    apart: Apart = False,
    explain_reading: ExplainReading = False,
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
        _only_a_batch(note is not None or file is not None or bool(sets), explain_reading)
        if _batch(jsonl, encoding, rules, time, day, apart=apart):
            raise typer.Exit(EXIT_UNUSABLE)
        return
    from jinji_report.desk.classify import judge_sets
    from jinji_report.desk.parts import judge_call

    text = note_text(note, file, encoding)
    parts: tuple[Part, ...] = ()
    if text is None:
        _only_facts(sets or (), explain_reading or apart)
        judged = judge_sets(sets or (), rules, time.now, on=day)
    else:
        judged, parts = judge_call(text, sets or (), rules, time.now, on=day)
    if parts and apart:
        from jinji_report.desk.enter import one_each

        one_each(parts, sets or (), None)
    _show(judged, parts, rules, time, apart=apart, explain_reading=explain_reading, as_json=as_json)
    decision = _gravest([part.judged for part in parts] if apart and parts else [judged])
    if exit_code and decision != Decision.KEEP:
        raise typer.Exit(EXIT_REPORT if decision == Decision.REPORT else EXIT_UNSURE)


def _only_a_batch(noted: bool, explain_reading: bool) -> None:
    """Raises Usage for what a batch cannot be asked."""
    if noted:
        raise Usage("--jsonl 不能和来电内容、--file、--set 一起用。", remedy="成批研判时内容写在每一行里。")
    if explain_reading:
        raise Usage("--jsonl 不能和 --explain-reading 一起用。", remedy="每行的 JSON 里已有 span 和 unused。")


def _only_facts(sets: Sequence[str], of_a_note: bool) -> None:
    """Raises Usage where there is neither note nor facts, or what only a note has is asked for."""
    if not sets:
        raise Usage(
            "没有来电内容。",
            remedy='例如 jinji classify "昨晚11点半，东街一服装店起火，2人死亡"，或用 --set deaths=3。',
        )
    if of_a_note:
        raise Usage("没有来电内容，--explain-reading 和 --apart 用不上。", remedy="去掉它，或写上来电内容。")


def _show(
    judged: "Judged",
    parts: "Sequence[Part]",
    rules: Standards,
    time: edge.Clock,
    *,
    apart: bool,
    explain_reading: bool,
    as_json: bool,
) -> None:
    """The answer: of the call as one incident, or with `apart` of each of its parts."""
    from jinji_report.cli import screen

    if as_json:
        from jinji_report.desk.parts import parts_json

        answer = judged.to_json(id=None)
        screen.show_json({**answer, "parts": parts_json(parts, whole=apart)} if parts else answer)
        return
    if not parts:
        screen.show(_verdict(judged, rules, explain_reading=explain_reading))
        return
    from jinji_report.cli import several  # few calls are several

    if apart:
        blocks: list[Block] = []
        for number, part in enumerate(parts, 1):
            blocks += several.headed(number, len(parts), part.text)
            blocks += _verdict(part.judged, rules, explain_reading=explain_reading)
        screen.show(blocks)
        return
    screen.show(_verdict(judged, rules, explain_reading=explain_reading))
    screen.say(several.noticed(parts, time.now))
    screen.say("分开研判：在命令后加 --apart。")


def _verdict(judged: "Judged", rules: Standards, *, explain_reading: bool) -> "list[Block]":
    """What was read and what it comes to."""
    from jinji_report.cli import views

    return [
        *views.reading(judged, rules, explained=explain_reading),
        *views.verdict(judged, rules),
        *views.limit_table(judged.limits, judged.now),
    ]


def _gravest(answers: "list[Judged]") -> Decision:
    return max((judged.verdict.decision for judged in answers), key=DECISIONS.index)


def _no_constant(word: str) -> None:
    """NaN and Infinity are no JSON, though Python reads them. Raises ValueError."""
    raise ValueError(word)


def _day(said: str) -> date:
    """The day of `--on`. Raises Usage."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Usage(f"--on 的日期看不懂：{said}。", remedy="写成 --on 2012-06-01。") from None


def _batch(
    path: str, encoding: str | None, rules: Standards, time: edge.Clock, on: date | None, *, apart: bool
) -> int:
    """Answer every line in order; how many could not be read."""
    import json
    import sys

    from jinji_report.cli.screen import answer_line
    from jinji_report.desk.batch import Answer, answered
    from jinji_report.errors import UnusableInput

    failed = 0
    for line in batch_lines(path, encoding):
        if isinstance(line, UnusableInput):
            answer = Answer(refused=line)
        else:
            try:
                record = json.loads(line, parse_constant=_no_constant)
            except (ValueError, RecursionError):
                wrong = UnusableInput("这一行不是 JSON。", remedy="每行写一个 JSON 对象，UTF-8 编码。")
                answer = Answer(refused=wrong)
            else:
                answer = answered(record, rules, time.now, on=on, apart=apart)
        failed += answer.judged is None
        sys.stdout.write(answer_line(answer))
        sys.stdout.flush()
    return failed
