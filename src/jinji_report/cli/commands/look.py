"""jinji report, why, show: one case, read only."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.incoming import note_text
from jinji_report.cli.options import AsJson, CaseName, EncodingName, Now, StandardsName
from jinji_report.errors import EXIT_NO, Usage
from jinji_report.reports.formats import Format
from jinji_report.vocabulary import Stage, Status


def report(
    case: CaseName,
    stage: Annotated[
        Stage | None, typer.Option("--stage", help="哪一报，默认最新一报。", show_default=False)
    ] = None,
    number: Annotated[
        int | None, typer.Option("--number", help="续报第几号，默认最新。", show_default=False, min=1)
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="格式。")] = Format.TEXT,
    check: Annotated[
        bool, typer.Option("--check", help="只检查：缺什么、哪里不对、怎么改；有须改的退出码 1。")
    ] = False,
    file: Annotated[
        str | None,
        typer.Option(
            "--file",
            "-f",
            metavar="文件",
            help="与 --check 同用：检查改过的文稿；- 为标准输入。",
            show_default=False,
        ),
    ] = None,
    encoding: EncodingName = None,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
) -> None:
    """报告：再取一遍报告的文字；可作正文、电话稿、短信或 Markdown。发出前的检查写在标准错误上。"""
    from jinji_report.cli import screen
    from jinji_report.cli.remarks import blocks, tell
    from jinji_report.desk.look_over import look_over
    from jinji_report.desk.report import report_again
    from jinji_report.reports.wording import report_name

    if file is not None and not check:
        raise Usage(
            "--file 要和 --check 同用。", remedy=f"例如 jinji report {case} --check --file 文稿.txt。"
        )
    if check and form != Format.TEXT:
        raise Usage("--check 检查的是正文。", remedy="去掉 --format。")
    edge.clock(now)
    config = edge.settings(standards)
    rules = edge.standards_of(config)
    store = edge.store(config)
    edited = note_text(None, file, encoding)
    found, made, text = report_again(store, case, stage, number, form, rules, edge.header(config, rules))
    remarks = look_over(found, made, rules, edited)
    edge.say_notices(store)
    if as_json:
        screen.show_json(
            {
                "schema": "jinji/1",
                "case": found.number,
                "report": {
                    "stage": made.stage.value,
                    "number": made.number,
                    "title": made.title,
                    "format": form.value,
                    "text": text if edited is None else edited,
                },
                "check": [remark.to_json() for remark in remarks],
            }
        )
    elif check:
        screen.show(blocks(remarks, report_name(made.stage, made.number), found.number))
    else:
        screen.show([screen.Line(text, whole=True)])
        tell(remarks)
    if check and any(remark.must for remark in remarks):
        raise typer.Exit(EXIT_NO)


def why(case: CaseName, as_json: AsJson = False, now: Now = None, standards: StandardsName = None) -> None:
    """研判依据：为什么这样定，凭哪一条、哪个数、哪几个字，还差什么。"""
    from jinji_report.cli import consulting, requests, screen, sourcestext, timeline, views
    from jinji_report.desk.cases import find_case, read_cases
    from jinji_report.desk.request.told import requests_json
    from jinji_report.judgement.consulting import decision_waits
    from jinji_report.judgement.obligations import limits_of
    from jinji_report.judgement.sources import side_by_side, silent
    from jinji_report.moments import on_screen

    time = edge.clock(now)
    config = edge.settings(standards)
    rules = edge.standards_of(config)
    store = edge.store(config)
    found = find_case(read_cases(store), case)
    edge.say_notices(store)
    limits = limits_of(found, rules, time.now)
    if as_json:
        screen.show_json(
            {
                "schema": "jinji/1",
                "case": found.number,
                "status": found.status.value,
                "merged_into": found.merged_into,
                "incident": found.facts.to_json(),
                "verdict": None if found.verdict is None else found.verdict.to_json(),
                "decision": views.officer_json(found),
                "undecided": decision_waits(found, rules, time.now),
                "requests": requests_json(found, rules, time.now),
                "sources": [row.to_json() for row in side_by_side(found, rules)],
                "silent": [one.to_json() for one in silent(found, rules, limits, time.now)],
                "limits": [limit.to_json() for limit in limits],
            }
        )
        return
    blocks: list[screen.Block] = [screen.Line(f"案卷 {found.number}　{found.title}", "strong")]
    blocks += timeline.standing(found)
    if found.status != Status.VOID:
        blocks += views.understood(found.facts, rules, time.now)
    if found.verdict is not None:
        verdict = found.verdict
        blocks.append(screen.Heading("研判"))
        blocks.append(screen.Line(f"{verdict.decision}　{views.grade_words(verdict.grade)}", "strong"))
        blocks.append(
            screen.Line(
                f"依据：{verdict.standards['id']}，{verdict.standards['on']} 有效，{verdict.standards['digest'][:12]}",
                "dim",
                indent=2,
            )
        )
        blocks += views.verdict_details(verdict, rules)
    elif found.status != Status.VOID:
        blocks += [
            screen.Heading("研判" if found.rumour is None else "线索"),
            screen.Line("　".join(views.standing_words(found)), "strong"),
        ]
    if found.decision is not None:
        blocks.append(
            screen.Line(
                f"值班决定：{found.decision.decision}（{found.decision.by}，"
                f"{on_screen(found.decision.at, beside=time.now)}）：{found.decision.reason}",
                "due_soon",
            )
        )
    blocks += consulting.standing(found, limits, rules, time.now)
    blocks += sourcestext.heads(found, rules, time.now)
    blocks += requests.of_case(found, rules, time.now)
    blocks += views.limit_table(limits, time.now, of_others=True)
    screen.show(blocks)


def show(case: CaseName, as_json: AsJson = False, now: Now = None, standards: StandardsName = None) -> None:
    """案卷：一件事的时间线，几时发生、几时登记，到分。"""
    from jinji_report.cli import conduct, consulting, requests, screen, sourcestext, timeline, views
    from jinji_report.cli.hops import hops
    from jinji_report.desk.cases import find_case, read_cases
    from jinji_report.desk.contacts.book import phones_of
    from jinji_report.desk.history import case_json
    from jinji_report.judgement.conduct import departures_of
    from jinji_report.judgement.obligations import limits_of, way_up

    time = edge.clock(now)
    config = edge.settings(standards)
    rules = edge.standards_of(config)
    store = edge.store(config)
    found = find_case(read_cases(store), case)
    edge.say_notices(store)
    if as_json:
        screen.show_json(case_json(found, rules, time.now))
        return
    limits = limits_of(found, rules, time.now)
    screen.show(
        [
            *views.case_head(found, rules, time.now),
            *timeline.standing(found),
            *consulting.standing(found, limits, rules, time.now),
            *timeline.backflows(found, time.now),
            *timeline.contradictions(found),
            *conduct.blocks(departures_of(found, rules, time.now)),
            *requests.of_case(found, rules, time.now),
            screen.Heading("时间线"),
            *timeline.of_case(found, time.now),
            *hops(way_up(found, rules, time.now), time.now),
            *sourcestext.of_case(
                found,
                limits,
                rules,
                time.now,
                lambda names: phones_of(names, rules, edge.contacts_beside(config)),
            ),
            *views.limit_table(limits, time.now, of_others=True),
        ]
    )
