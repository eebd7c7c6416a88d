"""jinji at: what was known of a case at a moment."""

from typing import Annotated

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, CaseName, Now, StandardsName


def at(
    when: Annotated[
        str,
        typer.Argument(
            metavar="时间", help='到什么时候为止，如 "2026-03-05 09:30" 或 昨天。', show_default=False
        ),
    ],
    case: CaseName,
    as_json: AsJson = False,
    now: Now = None,
    standards: StandardsName = None,
) -> None:
    """当时所知：只凭那时已登记的条目看一件案卷，其后的登记和撤销都不算。

    那时还没有这件案卷的，退出码为 1。
    """
    from jinji_report.cli import requests, screen, timeline, views
    from jinji_report.desk.cases import read_cases
    from jinji_report.desk.history import case_json, known_at
    from jinji_report.judgement.obligations import limits_of
    from jinji_report.moments import iso, on_screen
    from jinji_report.vocabulary import Status

    time = edge.clock(now)
    moment = edge.span_moment(when, time.now, "jinji at", end=True)
    if edge.span_moment(when, time.now, "jinji at") <= time.now:
        moment = min(moment, time.now)  # the day that is meant is not over yet
    config = edge.settings(standards)
    rules = edge.standards_of(config)
    store = edge.store(config)
    found = known_at(read_cases(store), case, moment, time.now)
    edge.say_notices(store)
    if as_json:
        screen.show_json({**case_json(found, rules, moment), "known_at": iso(moment)})
        return
    blocks: list[screen.Block] = [
        screen.Line(f"{on_screen(moment)} 时所知（其后的登记不算）", "due_soon"),
        *views.case_head(found, rules, moment),
        *timeline.standing(found),
        *timeline.contradictions(found),
    ]
    if found.status != Status.VOID:
        blocks += views.understood(found.facts, rules, moment)
    if found.verdict is not None:
        blocks += [screen.Heading("研判"), *views.verdict_details(found.verdict, rules)]
    blocks += requests.of_case(found, rules, moment)
    blocks += [screen.Heading("当时已登记"), *timeline.of_case(found, moment)]
    blocks += views.limit_table(limits_of(found, rules, moment), moment)
    screen.show(blocks)
