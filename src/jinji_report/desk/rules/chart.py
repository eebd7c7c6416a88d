"""The reporting flow of a pack, ready to be drawn: with its words, as JSON, as Mermaid."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from jinji_report.desk.rules.book import Book
from jinji_report.standards.flow import Flow, Level, Station, by_unit, flow
from jinji_report.standards.rows import Address, LimitRow
from jinji_report.standards.telling import STARTS, Teller
from jinji_report.vocabulary import Line, Side, Tier


class Chart:
    """A flow with the words that go with it. `starts`: the moment from which the hops are counted."""

    def __init__(self, book: Book, day: date, category: str | None = None) -> None:
        self.book = book
        self.day = day
        self.category = category
        self.flow: Flow = flow(book.standards.on(day), category)
        self._teller = Teller(book.subject, day)
        starts = next((row.starts for row in self.flow.limits if row.until_hop), "occurred")
        self.starts = STARTS[starts]

    @property
    def title(self) -> str:
        standards = self.book.standards
        narrowed = f"　{self.category}" if self.category else ""
        return f"{standards.title}（{standards.id}）　报送流程　{self.day}{narrowed}"

    def limit_words(self, row: LimitRow) -> str:
        """`接报后2小时`."""
        cells = dict(self._teller.cells("limit", row.id, self.book.rows("limit")[row.id]))
        return cells["多久"]

    def office_names(self, addresses: Iterable[Address]) -> str:
        return "、".join(self.flow.standards.office_name(address) for address in addresses)

    def level_words(self, level: Level) -> str:
        """`15分钟，累计25分钟`; empty for a tier without minutes."""
        if level.minutes is None:
            return ""
        return f"{level.minutes}分钟，累计{level.until}分钟"

    def to_json(self) -> dict[str, Any]:
        flow, standards = self.flow, self.book.standards

        def station(one: Station) -> dict[str, Any]:
            return {**_address(one.address), "name": one.name, "phone": one.phone, "desk": one.desk}

        return {
            "schema": "jinji/1",
            "id": standards.id,
            "title": standards.title,
            "digest": standards.digest,
            "on": self.day.isoformat(),
            "category": self.category,
            "desk": {**_address(flow.desk), "name": standards.desk.unit},
            "desk_until": flow.desk_until,
            "levels": [
                {
                    "tier": level.tier.value,
                    "minutes": level.minutes,
                    "until": level.until,
                    "offices": [station(one) for one in level.offices],
                }
                for level in flow.levels
            ],
            "lanes": [
                {"from": _address(below.address), "to": _address(above.address)}
                for below, above in flow.lanes
            ],
            "duties": [
                {
                    "to": [_address(one.address) for one in duty.offices],
                    "rules": [{"id": key, "text": text} for key, text in duty.rules],
                }
                for duty in flow.duties
            ],
            "limits": [self._limit_json(row) for row in flow.limits],
            "debts": [{"unit": debt.unit, **self._limit_json(debt.row)} for debt in flow.debts],
            "owners": {
                side.value: [{"unit": unit, "angles": angles} for unit, angles in by_unit(rows).items()]
                for side, rows in flow.owners.items()
            },
            "orders": [
                {
                    "id": row.id,
                    "text": row.text,
                    "steps": [{"who": step.who, "what": step.what} for step in row.steps],
                }
                for row in flow.orders
            ],
            "skips": [
                {"id": row.id, "to": [_address(one) for one in row.to], "text": row.text}
                for row in flow.skips
            ],
            "releases": [{"id": row.id, "unit": row.unit, "text": row.text} for row in flow.releases],
            "calls": [
                {
                    "call": row.call,
                    "unit": row.unit,
                    "role": row.role,
                    "person": row.person,
                    "phone": row.phone,
                    "hours": row.hours,
                }
                for row in flow.calls
            ],
        }

    def _limit_json(self, row: LimitRow) -> dict[str, Any]:
        return {
            "id": row.id,
            "text": row.text,
            "form": row.form.value,
            "to": [_address(one) for one in row.to],
            "within": row.within,
            "until_hop": row.until_hop,
            "words": self.limit_words(row),
        }


def _address(address: Address) -> dict[str, str]:
    return {"tier": address.tier.value, "line": address.line.value}


# ── Mermaid ───────────────────────────────────────────────────────────────────

_TIER_IDS = {
    Tier.TOWNSHIP: "township",
    Tier.COUNTY: "county",
    Tier.CITY: "city",
    Tier.PROVINCE: "province",
    Tier.CENTRE: "centre",
}
_LINE_IDS = {Line.PARTY: "party", Line.GOVERNMENT: "government", Line.INDUSTRY: "industry"}
# In a quoted label these would end it, open a tag, an entity, or Markdown.
_ESCAPED = str.maketrans(
    {
        '"': "#quot;",
        "#": "#35;",
        "<": "#lt;",
        ">": "#gt;",
        "&": "#amp;",
        "`": "#96;",
        "[": "#91;",
        "]": "#93;",
        "{": "#123;",
        "}": "#125;",
        "\\": "#92;",
        "\n": " ",
    }
)


def mermaid(chart: Chart) -> str:
    """The flow as a Mermaid flowchart: solid what must go, dashed what may go past a level."""
    flow = chart.flow
    lines = ["flowchart TD", f"  %% {_comment(chart.title)}"]
    for level in reversed(flow.levels):  # what is drawn first stands highest
        heading = f"{level.tier}级" + (f"（{chart.level_words(level)}）" if level.minutes is not None else "")
        lines.append(f"  subgraph tier_{_TIER_IDS[level.tier]}[{_label(heading)}]")
        for station in level.offices:
            lines.append(f"    {_node(station.address)}[{_label(station.name, station.phone)}]")
        lines.append("  end")
    hop_of = {level.tier: chart.level_words(level) for level in flow.levels}
    for below, above in flow.lanes:
        said = hop_of[below.address.tier]
        arrow = f"-->|{_label(said)}|" if said else "-->"
        lines.append(f"  {_node(below.address)} {arrow} {_node(above.address)}")
    desk = _node(flow.desk)
    for number, duty in enumerate(flow.duties, start=1):
        rules = f"rules{number}"
        heads = (f"{duty.tier}级要报的", *(f"· {text}" for _, text in duty.rules))
        lines.append(f"  {rules}[/{_label(*heads)}/]")
        lines.append(f"  {desk} --- {rules}")
        lines += [f"  {rules} --> {_node(station.address)}" for station in duty.offices if not station.desk]
    lines += _limits_of(chart)
    lines += _debts_of(chart)
    for row in flow.skips:
        lines += [
            f"  {desk} -.->|{_label('越级直报', row.text)}| {_node(address)}"
            for address in row.to
            if address != flow.desk
        ]
    lines += _sides_of(chart)
    lines += _steps_of(chart)
    lines += [f"  class {desk} desk", "  classDef desk stroke-width:4px"]
    return "\n".join(lines)


def _limits_of(chart: Chart) -> list[str]:
    if not chart.flow.limits:
        return []
    said = [f"· {row.text}（{chart.limit_words(row)}）" for row in chart.flow.limits]
    return [
        f"  limits[/{_label('本单位的时限', *said)}/]",
        f"  {_node(chart.flow.desk)} --- limits",
    ]


def _debts_of(chart: Chart) -> list[str]:
    units: dict[str, str] = {}
    named = {station.name: _node(station.address) for level in chart.flow.levels for station in level.offices}
    lines: list[str] = []
    for debt in chart.flow.debts:
        if debt.unit not in units:
            units[debt.unit] = named.get(debt.unit) or f"unit{len(units) + 1}"
            if debt.unit not in named:
                lines.append(f"  {units[debt.unit]}([{_label(debt.unit)}])")
        said = _label(debt.row.text, f"{debt.row.form}，{chart.limit_words(debt.row)}")
        lines += [f"  {units[debt.unit]} -->|{said}| {_node(address)}" for address in debt.row.to]
    return list(dict.fromkeys(lines))  # one duty of several documents


def _sides_of(chart: Chart) -> list[str]:
    lines: list[str] = []
    for side, name in ((Side.INDUSTRY, "industry"), (Side.LOCALITY, "locality")):
        units = by_unit(chart.flow.owners[side])
        if units:
            said = [f"· {unit}：{'、'.join(angles)}" for unit, angles in units.items()]
            lines.append(f"  owners_{name}[/{_label(f'{side}责任单位', *said)}/]")
            lines.append(f"  owners_{name} --> {_node(chart.flow.desk)}")
    return lines


def _steps_of(chart: Chart) -> list[str]:
    """What is not up the lines: the order of steps, the outlet to the public, the call tree."""
    lines: list[str] = []
    for number, row in enumerate(chart.flow.orders, start=1):
        lines.append(f"  subgraph order{number}[{_label(f'报送次序：{row.text}')}]")
        for place, step in enumerate(row.steps, start=1):
            lines.append(f"    order{number}_{place}[{_label(f'{place}. {step.who}', step.what)}]")
        names = [f"order{number}_{place}" for place in range(1, len(row.steps) + 1)]
        lines += [f"    {' --> '.join(names)}", "  end"]
    for number, release in enumerate(chart.flow.releases, start=1):
        lines.append(f"  release{number}[[{_label(f'对外发布：{release.unit}', release.text)}]]")
        lines.append(f"  {_node(chart.flow.desk)} --> release{number}")
    for number, (hours, tree) in enumerate(chart.flow.call_trees, start=1):
        title = f"呼叫顺序（{hours}；叫不到的跳过）" if hours else "呼叫顺序（叫不到的跳过）"
        lines.append(f"  subgraph calls{number}[{_label(title)}]")
        for place, call in enumerate(tree, start=1):
            who = " ".join(part for part in (call.unit, call.role, call.person) if part)
            lines.append(f"    call{number}_{place}[{_label(f'{call.call}. {who}', call.phone)}]")
        names = [f"call{number}_{place}" for place in range(1, len(tree) + 1)]
        lines += [f"    {' --> '.join(names)}"] * (len(names) > 1) + ["  end"]
    return lines


def _node(address: Address) -> str:
    return f"{_TIER_IDS[address.tier]}_{_LINE_IDS[address.line]}"


def _label(*lines: str) -> str:
    """A quoted label of one or more lines."""
    return '"' + "<br/>".join(line.translate(_ESCAPED) for line in lines if line) + '"'


def _comment(text: str) -> str:
    return text.replace("\n", " ").replace("{", "（").replace("}", "）")
