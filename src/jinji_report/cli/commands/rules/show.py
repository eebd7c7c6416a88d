"""jinji rules show: the standards in force, as the desk would read them."""

import shutil
import sys
from typing import TYPE_CHECKING, Any

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, Now, OfCategory, OnDay, PackName, StandardsName

if TYPE_CHECKING:
    from jinji_report.desk.rules.show import Section

INDENT = 2
BETWEEN = "　　"  # two values on one line


def show(
    pack: PackName = None,
    category: OfCategory = None,
    on: OnDay = None,
    as_json: AsJson = False,
    now: Now = None,
    standards_name: StandardsName = None,
) -> None:
    """某一天有效的标准：条款、等级、因素、单位、时限、词语和设置，每一条写明出自哪个文件哪一行。"""
    from jinji_report.cli import screen
    from jinji_report.desk.rules.book import open_book
    from jinji_report.desk.rules.show import shown

    time = edge.clock(now)
    day = (edge.moment(on, "--on") if on else time.now).date()
    config = edge.settings_for(pack, standards_name)
    book = open_book(config["standards"], config.cache)
    standards = book.standards
    edge.known_category(category, standards.categories)
    answer = shown(book, day, category)
    if as_json:
        screen.show_json(
            {
                "schema": "jinji/1",
                "id": standards.id,
                "title": standards.title,
                "digest": standards.digest,
                "on": day.isoformat(),
                "category": category,
                "files": list(book.subject.joined.files),
                "sections": [section.to_json() for section in answer.sections],
                "left_out": {
                    "ended": answer.ended,
                    "ended_last": answer.ended_last,
                    "ahead": answer.ahead,
                    "ahead_first": answer.ahead_first,
                },
            }
        )
        return
    blocks: list[Any] = [
        screen.Line(f"{standards.title}（{standards.id}）　{day} 有效　{standards.digest[:12]}", "strong")
    ]
    if left_out := answer.left_out(day):
        blocks.append(screen.Line(left_out, "dim"))
    for section in answer.sections:
        blocks += _blocks(section)
    screen.show(blocks)


def _blocks(section: "Section") -> list[Any]:
    """A table; at a terminal that is too narrow for it, a paragraph a row with its values below."""
    from jinji_report.cli import screen

    filled = [i for i in range(len(section.heads)) if any(row[i] for row in section.rows)]
    heads = [section.heads[i] for i in filled]
    rows = [[row[i] for i in filled] for row in section.rows]
    table = screen.Table(heads, rows)
    heading = screen.Heading(f"{section.name}　{len(rows)}条")
    if not sys.stdout.isatty():
        return [screen.Heading(section.name), table]
    width = shutil.get_terminal_size().columns
    if max(map(screen.cells, screen.plain_lines([table]))) <= width:
        return [heading, table]
    blocks: list[Any] = [heading]
    for row in rows:
        blocks.append(screen.Line(f"{row[0]}　{row[-1]}", "strong", hang=2))
        blocks += _values(list(zip(heads, row, strict=True))[1:-1], width - INDENT)
    return blocks


def _values(values: list[tuple[str, str]], width: int) -> list[Any]:
    """The values of a row under its first: short ones side by side, a long one on its own lines."""
    from jinji_report.cli import screen

    blocks: list[Any] = []
    line = ""
    for head, cell in values:
        said = f"{head}　{cell}"
        if not cell:
            continue
        if line and screen.cells(f"{line}{BETWEEN}{said}") <= width:
            line = f"{line}{BETWEEN}{said}"
            continue
        if line:
            blocks.append(screen.Line(line, indent=INDENT))
        line = ""
        if screen.cells(said) <= width:
            line = said
        else:
            blocks.append(screen.Line(said, indent=INDENT, hang=screen.cells(head) + 2))
    return [*blocks, screen.Line(line, indent=INDENT)] if line else blocks
