"""jinji rules explain: one name of the standards, or one code of the check, in words."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, Now, OnDay, StandardsName

if TYPE_CHECKING:
    from jinji_report.desk.rules.explain import Explanation
    from jinji_report.standards.findings import Code
    from jinji_report.standards.rows import Standards

MOST_USERS = 12  # on screen; --json has all


def explain(
    name: Annotated[
        str,
        typer.Argument(
            metavar="名称",
            help="条款的 id，因素、类别、标签、时段、数量的名称，或检查代码（如 J103）。",
            show_default=False,
        ),
    ],
    on: OnDay = None,
    as_json: AsJson = False,
    now: Now = None,
    standards_name: StandardsName = None,
) -> None:
    """把一条标准说清楚：说什么、凭什么、从哪天起、谁用到它，刚好达到和刚好达不到的事件各是什么样。"""
    from jinji_report.cli import screen
    from jinji_report.desk.rules.book import open_book
    from jinji_report.desk.rules.explain import code_of
    from jinji_report.desk.rules.explain import explain as explanations

    time = edge.clock(now)
    day = (edge.moment(on, "--on") if on else time.now).date()
    code = code_of(name.strip())
    if code is not None:  # the same whatever the standards
        screen.show_json(_code_json(code)) if as_json else screen.show(_code_blocks(code))
        return
    config = edge.settings(standards_name)
    book = open_book(config["standards"], config.cache)
    found = explanations(book, name, day)
    if as_json:
        screen.show_json(
            {
                "schema": "jinji/1",
                "name": name,
                "standards": {
                    "id": book.standards.id,
                    "digest": book.standards.digest,
                    "on": day.isoformat(),
                },
                "found": [one.to_json(book.standards) for one in found],
            }
        )
        return
    blocks: list[Any] = []
    for one in found:
        blocks += _row_blocks(one, book.standards, day.isoformat())
    screen.show(blocks)


def _row_blocks(one: "Explanation", standards: "Standards", day: str) -> list[Any]:
    from jinji_report.cli.screen import Heading, Line
    from jinji_report.standards.examples import incident_words

    blocks: list[Any] = [Heading(f"{one.kind_label}　{one.key}")]
    if not one.holds_today:
        blocks.append(Line(f"{day} 不在有效期内；下面的例子按 {one.judged_on} 有效的标准核对。", "due_soon"))
    if one.sentence:
        blocks.append(Line(one.sentence, "strong", indent=2))
    blocks += [_labelled(label, text) for label, text in one.cells if text]
    if one.conditional:
        blocks += _condition_blocks(one)
    blocks += [_labelled(label, text) for label, text in one.source]
    if one.ways and any(way.misses for way in one.ways):
        blocks.append(Heading("最近的例子（逐个按标准核对过）"))
        for way in one.ways:
            words = incident_words(way.incident, standards, with_day=bool(way.windows))
            blocks.append(Line(f"达到　　{words}", indent=2, hang=8))
            for miss in way.misses:
                words = incident_words(miss.incident, standards, with_day=bool(way.windows))
                blocks.append(Line(f"达不到　{words}　← {miss.change}", "dim", indent=2, hang=8))
    elif one.conditional and not one.ways:
        blocks.append(
            Line("没有找到能达到这一条的事件；运行 jinji rules check 看是不是条件互相矛盾。", "due_soon")
        )
    if one.users:
        blocks.append(Heading(f"用到它的　{len(one.users)}条"))
        for kind, key, text in one.users[:MOST_USERS]:
            label = _kinds()[kind]
            blocks.append(Line(f"{label}　{key}" + (f"　{text}" if text else ""), indent=2, hang=4))
        if len(one.users) > MOST_USERS:
            blocks.append(Line(f"另有{len(one.users) - MOST_USERS}条，--json 全部列出。", "dim", indent=2))
    blocks.append(Heading(f"原文　{'、'.join(place.short for place in one.places)}"))
    blocks += [Line(line, indent=2, hang=4) for line in one.lines]
    return blocks


def _condition_blocks(one: "Explanation") -> list[Any]:
    from jinji_report.cli.screen import Line

    if not one.condition:
        return [_labelled("条件", "一律，没有别的条件")]
    if len(one.condition) == 1:
        return [_labelled("条件", one.condition[0][1])]
    _, first = one.condition[0]
    lines = [_labelled("条件", f"{first}：")]
    last = len(one.condition) - 1
    for place, (depth, text) in enumerate(one.condition[1:], start=1):
        opens = place < last and one.condition[place + 1][0] > depth
        lines.append(Line(f"· {text}{'：' if opens else ''}", indent=4 + 2 * depth, hang=2))
    return lines


def _labelled(label: str, text: str) -> Any:
    from jinji_report.cli.screen import Line, cells

    return Line(f"{label}　{text}", indent=2, hang=cells(label) + 2)


def _kinds() -> dict[str, str]:
    from jinji_report.standards.telling import KINDS

    return KINDS


def _code_blocks(code: "Code") -> list[Any]:
    from jinji_report.cli.screen import Heading, Line

    def example(text: str) -> list[Any]:
        return [Line(line, indent=2, whole=True) for line in text.strip("\n").split("\n")]

    return [
        Heading(f"{code.code}　{code.name}（{code.severity}）"),
        _labelled("是什么", code.what),
        _labelled("为什么要改", code.why),
        Heading("会报的写法"),
        *example(code.bad),
        Heading("改好的写法"),
        *example(code.good),
    ]


def _code_json(code: "Code") -> dict[str, Any]:
    return {
        "schema": "jinji/1",
        "name": code.code,
        "code": {
            "code": code.code,
            "severity": code.severity,
            "name": code.name,
            "what": code.what,
            "why": code.why,
            "bad": code.bad,
            "good": code.good,
        },
    }
