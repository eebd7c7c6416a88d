"""jinji rules diff: what two standards say differently, and what they would judge otherwise."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, Now, Since, Until
from jinji_report.errors import EXIT_NO, Usage

if TYPE_CHECKING:
    from jinji_report.desk.rules.diff import Compared, Replayed


def diff(
    before: Annotated[str, typer.Argument(metavar="旧标准", help="标准名或文件。", show_default=False)],
    after: Annotated[str, typer.Argument(metavar="新标准", help="标准名或文件。", show_default=False)],
    replay: Annotated[
        bool, typer.Option("--replay", help="用两份标准各判一遍台账里的案卷和标准里的用例，列出改判的。")
    ] = False,
    since: Since = None,
    until: Until = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="有差别时退出码为 1。")] = False,
    as_json: AsJson = False,
    now: Now = None,
) -> None:
    """两份标准差在哪里：按影响大小列出新增、删除、修改和改名的条款；什么也不写入。

    --replay 再列出哪些案卷和用例会改判，从什么到什么，因为哪一条；--since、--until 只看那段时间接报的案卷。
    """
    from jinji_report.cli import screen
    from jinji_report.desk.rules.diff import compared, replayed

    if (since or until) and not replay:
        raise Usage("--since 和 --until 只用于重判台账。", remedy="加上 --replay。")
    time = edge.clock(now)
    config = edge.settings()
    start = edge.span_moment(since, time.now, "--since") if since else None
    end = edge.span_moment(until, time.now, "--until", end=True) if until else None
    both = compared(before, after)
    again = None
    if replay:
        store = edge.store(config)
        again = replayed(both, store, time.now, since=start, until=end)
        edge.say_notices(store)
    if as_json:
        told = None if again is None else again.to_json()
        screen.show_json({"schema": "jinji/1", **both.to_json(), "replay": told})
    else:
        screen.show([*_changes(both), *([] if again is None else _rejudged(again))])
    if exit_code and (both.changes or (again is not None and again.rejudged)):
        raise typer.Exit(EXIT_NO)


def _changes(both: "Compared") -> list[Any]:
    from jinji_report.cli.screen import Heading, Line
    from jinji_report.standards.compare import WEIGHTS, table_name

    if not both.changes:
        return [Line("没有差别。")]
    packs = [side.joined.pack for side in (both.before, both.after)]
    blocks: list[Any] = [Line(" → ".join(f"{pack.title}（{pack.id}）" for pack in packs), "strong", hang=2)]
    for weight, name in enumerate(WEIGHTS):
        changes = [change for change in both.changes if change.weight == weight]
        if changes:
            blocks.append(Heading(f"{name}：{len(changes)} 处"))
        for change in changes:
            named = "" if change.new_key else change.key if change.table != change.key else ""
            blocks.append(Line(f"{change.how} {table_name(change.table)} {named}".rstrip(), hang=2))
            blocks += [Line(words, "dim", indent=2, hang=2) for words in change.words]
    counts: dict[str, int] = {}
    for change in both.changes:
        counts[change.how] = counts.get(change.how, 0) + 1
    told = "，".join(f"{how} {count}" for how, count in counts.items())
    return [*blocks, Line(), Line(f"共 {len(both.changes)} 处：{told}。")]


def _rejudged(again: "Replayed") -> list[Any]:
    from jinji_report.cli.screen import Heading, Line, Table

    blocks: list[Any] = [
        Heading("重判"),
        Line(
            f"台账 {again.ledger} 件中 {again.count(of_ledger=True)} 件改判；"
            f"用例 {again.cases} 个中 {again.count(of_ledger=False)} 个改判。"
        ),
    ]
    if again.untold:
        blocks.append(
            Line(
                f"另有 {len(again.untold)} 个用例，其中一份标准看不懂，没有判：{'、'.join(again.untold[:5])}"
                f"{' 等' if len(again.untold) > 5 else ''}。",
                hang=2,
            )
        )
    rows: list[tuple[str, ...]] = []
    for one in again.rejudged:
        for place, difference in enumerate(one.differences):
            first = place == 0
            name = (
                one.incident.name
                if one.incident.origin == "用例"
                else f"{one.incident.name} {one.incident.title}"
            )
            rows.append(
                (
                    one.incident.origin if first else "",
                    name if first else "",
                    difference.item,
                    f"{difference.before} → {difference.after}",
                    "、".join(one.because) if first else "",
                )
            )
    if rows:
        blocks.append(Table(("", "案卷/用例", "项目", "从 → 到", "因为"), rows))
    return blocks
