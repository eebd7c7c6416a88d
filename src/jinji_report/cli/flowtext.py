"""The reporting flow drawn with characters: lanes up the lines, and trees for what hangs on them.

It is drawn for 80 columns whether it is read at a terminal, in a pipe or on paper, and only with
signs that GBK carries. A sign of a box stands at the head of a line, so that a console which gives
it two columns moves the whole drawing and tears nothing.
"""

from collections.abc import Sequence
from typing import Any

from jinji_report.cli.screen import Block, Heading, Line, cells, clean, fold
from jinji_report.desk.rules.chart import Chart
from jinji_report.standards.flow import Level, Station, by_unit
from jinji_report.vocabulary import Line as ReportLine
from jinji_report.vocabulary import Side

WIDTH = 80
LABEL = 9  # cells of the tiers' column
DESK_MARK = "★"

Node = tuple[str, Sequence[Any]]  # what it says, and what hangs on it


def flow_blocks(chart: Chart) -> list[Block]:
    """The whole chart."""
    flow = chart.flow
    blocks: list[Block] = [Line(line, "strong") for line in fold(clean(chart.title), WIDTH)]
    if any(level.minutes is not None for level in flow.levels):
        blocks.append(Line(f"{DESK_MARK} 本单位；左边是这一级可用的分钟，累计从{chart.starts}算起。", "dim"))
    else:
        blocks.append(Line(f"{DESK_MARK} 本单位", "dim"))
    blocks.append(Line())
    blocks += [Line(line, style, whole=True) for line, style in _lanes(chart)]
    minutes = flow.desk_until
    until = f"（本级终点：{chart.starts}后{minutes}分钟）" if minutes is not None else ""
    for heading, nodes in (
        (f"本单位报给谁、凭什么{until}", _duties(chart)),
        ("本单位的时限", _limits(chart)),
        ("越级直报", _skips(chart)),
        ("各单位自己的报告", _debts(chart)),
        ("责任单位", _owners(chart)),
        ("报送次序", _orders(chart)),
        ("对外发布", [(f"{row.unit}：{row.text}", []) for row in flow.releases]),
        ("呼叫顺序（叫不到的跳过，叫下一个）", _calls(chart)),
    ):
        if nodes:
            blocks += [Heading(heading), *(Line(line, whole=True) for line in tree(nodes))]
    return blocks


# ── lanes ─────────────────────────────────────────────────────────────────────


def _lanes(chart: Chart) -> list[tuple[str, str]]:
    """The tiers from below to above, a column a line, with arrows where one passes on to the next."""
    flow = chart.flow
    lines = [line for line in ReportLine if any(_station(level, line) for level in flow.levels)]
    width = (WIDTH - LABEL) // len(lines)
    place = {
        (station.address.tier, station.address.line): i
        for i, level in enumerate(flow.levels)
        for station in level.offices
    }
    edges = [
        (
            above.address.line,
            place[below.address.tier, below.address.line],
            place[above.address.tier, above.address.line],
        )
        for below, above in flow.lanes
    ]
    drawn = [(_row("", list(map(str, lines)), width), "dim")]
    for i, level in enumerate(flow.levels):
        columns = []
        for line in lines:
            station = _station(level, line)
            passing = any(edge == line and low < i < high for edge, low, high in edges)
            columns.append(_station_lines(station, width - 1) if station else ["│" if passing else ""])
        for n in range(max(map(len, columns))):
            parts = [column[n] if n < len(column) else "" for column in columns]
            drawn.append((_row(f"{level.tier}" if n == 0 else "", parts, width), "strong" if n == 0 else ""))
        going = [line for line in lines if any(edge == line and low <= i < high for edge, low, high in edges)]
        if not going and i + 1 < len(flow.levels):
            drawn.append(("", ""))
        if going:
            ending = [line for line in lines if (line, i + 1) in {(edge, high) for edge, _, high in edges}]
            said = [f" {level.minutes}分钟", f" 累计{level.until}"] if level.minutes is not None else ["", ""]
            shafts = ["│" if line in going else "" for line in lines]
            heads = ["↓" if line in ending else "│" if line in going else "" for line in lines]
            drawn += [(_row(said[0], shafts, width), ""), (_row(said[1], heads, width), "")]
    return drawn


def _station(level: Level, line: ReportLine) -> Station | None:
    return next((station for station in level.offices if station.address.line == line), None)


def _station_lines(station: Station, width: int) -> list[str]:
    name = clean(station.name) + (DESK_MARK if station.desk else "")
    return [*fold(name, width), *([clean(station.phone)] if station.phone else [])]


def _row(label: str, parts: Sequence[str], width: int) -> str:
    return (
        label + " " * (LABEL - cells(label)) + "".join(p + " " * (width - cells(p)) for p in parts)
    ).rstrip()


# ── trees ─────────────────────────────────────────────────────────────────────


def tree(nodes: Sequence[Node], margin: str = "") -> list[str]:
    """Nodes with what hangs on them, each folded so that no line is wider than the drawing."""
    lines = []
    for place, (text, children) in enumerate(nodes):
        last = place == len(nodes) - 1
        below = margin + ("   " if last else "│  ")
        # Boxes are counted as two cells, as a Chinese console shows them.
        room = WIDTH - cells(below) - below.count("│") - 2
        first, *rest = fold(clean(text), room)
        lines.append(f"{margin}{'└─' if last else '├─'} {first}")
        hanging = below + ("│  " if children else "")
        lines += [f"{hanging}{line}" for line in rest]
        lines += tree(children, below)
    return lines


def _duties(chart: Chart) -> list[Node]:
    return [
        (
            f"{duty.tier}　{'、'.join(station.name for station in duty.offices)}",
            [(text, []) for text in dict.fromkeys(text for _, text in duty.rules)],
        )
        for duty in chart.flow.duties
    ]


def _limits(chart: Chart) -> list[Node]:
    return [
        (
            row.text,
            [
                (
                    f"{row.label or row.form} → {chart.office_names(row.to) or '应报的各对象'}："
                    f"{chart.limit_words(row)}",
                    [],
                )
            ],
        )
        for row in chart.flow.limits
    ]


def _skips(chart: Chart) -> list[Node]:
    unit = chart.book.standards.desk.unit
    return [(f"{unit} ┄┄→ {chart.office_names(row.to)}", [(row.text, [])]) for row in chart.flow.skips]


def _debts(chart: Chart) -> list[Node]:
    units: dict[str, list[Node]] = {}
    for debt in chart.flow.debts:
        to = "、".join(debt.to) or "应报的各对象"
        said = f"→ {to}：{debt.row.text}（{debt.row.form}，{chart.limit_words(debt.row)}）"
        said_before = units.setdefault(debt.unit, [])
        if (said, []) not in said_before:  # one duty of several documents
            said_before.append((said, []))
    return list(units.items())


def _owners(chart: Chart) -> list[Node]:
    return [
        (
            side.value,
            [(f"{unit}：{'、'.join(angles)}", []) for unit, angles in by_unit(rows).items()],
        )
        for side, rows in ((side, chart.flow.owners[side]) for side in Side)
        if rows
    ]


def _orders(chart: Chart) -> list[Node]:
    return [
        (
            row.text,
            [(f"{place}. {step.who}：{step.what}", []) for place, step in enumerate(row.steps, start=1)],
        )
        for row in chart.flow.orders
    ]


def _calls(chart: Chart) -> list[Node]:
    trees: list[Node] = [
        (
            hours,
            [
                (f"{c.call}. " + "　".join(part for part in (c.unit, c.role, c.person, c.phone) if part), [])
                for c in tree
            ],
        )
        for hours, tree in chart.flow.call_trees
    ]
    return [node for hours, nodes in trees for node in ([(hours, nodes)] if hours else nodes)]
