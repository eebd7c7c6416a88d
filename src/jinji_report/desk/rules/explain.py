"""What a name of the standards stands for: the row in words, its lines, who rests on it, and its nearest incidents."""

import difflib
from collections.abc import Sequence
from datetime import date
from typing import Any

from jinji_report.desk.rules.book import Book, Where
from jinji_report.errors import UnusableInput
from jinji_report.standards.check import codes
from jinji_report.standards.examples import Way, incident_json, incident_words, ways
from jinji_report.standards.explain import (
    COMPILED,
    bearing,
    compiled_of,
    known_names,
    outline,
    used_by,
    when_of,
)
from jinji_report.standards.findings import Code
from jinji_report.standards.join import Row
from jinji_report.standards.rows import Standards
from jinji_report.standards.telling import (
    CONFIDENCE_IN_FULL,
    KINDS,
    Cells,
    Teller,
    days_words,
    in_force,
    sentence,
)
from jinji_report.standards.witness import Witness

_ALL = tuple(KINDS)
_WITH_EXAMPLES = ("report", "grade", "factor", "consultation", "owner", "limit", "skip")
_IN_FULL = ("条款", "条件", "有效期", "出处")  # cells that an explanation says at length elsewhere


class Explanation:
    """One row explained.

    `sentence`: what it says (empty for what is no rule). `cells`: its values under labels. `condition`:
    (depth, requirement) lines, empty for 一律. `ways`: the nearest incidents, worked out under the
    standards of `judged_on`. `users`: rows that rest on it.
    """

    def __init__(
        self,
        kind: str,
        key: str,
        data: Row,
        *,
        sentence: str,
        cells: Cells,
        condition: Sequence[tuple[int, str]],
        holds_today: bool,
        judged_on: date,
        ways: Sequence[Way],
        places: Sequence[Where],
        lines: Sequence[str],
        users: Sequence[tuple[str, str, str]],
    ) -> None:
        self.kind = kind
        self.key = key
        self.data = data
        self.sentence = sentence
        self.cells = cells
        self.condition = condition
        self.holds_today = holds_today
        self.judged_on = judged_on
        self.ways = ways
        self.places = places
        self.lines = lines
        self.users = users

    @property
    def kind_label(self) -> str:
        return KINDS[self.kind]

    @property
    def conditional(self) -> bool:
        return self.kind in _WITH_EXAMPLES

    @property
    def source(self) -> Cells:
        """Clause, how well it is known, since when and until when."""
        if "clause" not in self.data:
            return []
        return [
            ("出处", self.data["clause"]),
            ("可信度", CONFIDENCE_IN_FULL[self.data["confidence"]]),
            ("有效期", days_words(self.data)),
        ]

    def to_json(self, standards: Standards) -> dict[str, Any]:
        def incident(one: Witness, way: Way, **more: Any) -> dict[str, Any]:
            words = incident_words(one, standards, with_day=bool(way.windows))
            return {"text": words, **incident_json(one), **more}

        return {
            "kind": self.kind,
            "kind_label": self.kind_label,
            "key": self.key,
            "sentence": self.sentence,
            "says": [{"label": label, "text": text} for label, text in self.cells if text],
            "condition": [{"depth": depth, "text": text} for depth, text in self.condition],
            "clause": self.data.get("clause"),
            "confidence": self.data.get("confidence"),
            "effective_from": self.data.get("effective_from"),
            "effective_to": self.data.get("effective_to"),
            "in_force": self.holds_today,
            "file": self.places[-1].file,
            "line": self.places[-1].line,
            "also": [{"file": place.file, "line": place.line} for place in self.places[:-1]],
            "lines": list(self.lines),
            "judged_on": self.judged_on.isoformat() if self.conditional else None,
            "examples": [
                {
                    "meets": incident(way.incident, way),
                    "fails": [incident(miss.incident, way, change=miss.change) for miss in way.misses],
                }
                for way in self.ways
            ],
            "used_by": [{"kind": kind, "key": key, "text": text} for kind, key, text in self.users],
        }


def code_of(name: str) -> Code | None:
    """The code of a check by its name, in either case (j103)."""
    return codes().get(name.upper())


def explain(book: Book, name: str, day: date) -> list[Explanation]:
    """Every row that answers to `name`. Raises UnusableInput with the closest names where there is none."""
    wanted = name.strip()
    found = bearing(wanted, _ALL, book.subject)
    if not found:
        raise _unknown(wanted, book)
    return [explain_row(book, kind, key, day) for kind, key in found]


def explain_row(book: Book, kind: str, key: str, day: date) -> Explanation:
    """The row `key` of a table, as on `day`; one that does not hold then is judged on the nearest day of its own."""
    data = book.rows(kind)[key]
    judged_on = _day_in_force(data, day)
    teller = Teller(book.subject, day, spoken=True)
    places = book.everywhere(kind, key)
    return Explanation(
        kind,
        key,
        data,
        sentence=sentence(teller, kind, data),
        cells=_cells(teller, kind, key, data),
        condition=outline(when_of(kind, data), book.standards) if when_of(kind, data) else (),
        holds_today=in_force(data, day),
        judged_on=judged_on,
        ways=ways(condition_of(book, kind, key), book.standards.on(judged_on), judged_on)
        if kind in _WITH_EXAMPLES
        else (),
        places=places,
        lines=[line for place in places for line in book.lines(place)],
        users=[(user, name, _in_short(book, user, name)) for user, name in used_by(kind, key, book.subject)],
    )


def condition_of(book: Book, kind: str, key: str) -> Row:
    """The whole condition of a row, its categories included, as judging sees it."""
    row = compiled_of(kind, book.subject)[key]
    when: Row = row.get("when") or {}
    categories = row.get("categories")
    if not categories:
        return when
    return {"all": [{"category": categories}, when]} if when else {"category": categories}


def _cells(teller: Teller, kind: str, key: str, data: Row) -> Cells:
    """The row's values; what is said at length elsewhere is left out, and a row's own sentence comes first."""
    cells = [(label, text) for label, text in teller.cells(kind, key, data) if label not in _IN_FULL]
    if kind in ("report", "skip"):
        cells.insert(0, ("这一条", data["text"]))
    return cells


def _day_in_force(data: Row, day: date) -> date:
    if in_force(data, day):
        return day
    until: str = data.get("effective_to") or "9999"
    return date.fromisoformat(until if until < day.isoformat() else data["effective_from"])


def _in_short(book: Book, kind: str, key: str) -> str:
    """A row that uses another, in a few words."""
    data = book.rows(kind)[key]
    if kind == "grade":
        return str(data["grade"])
    if kind == "factor":
        return str(data["name"])
    if kind == "consultation":
        return "、".join(unit["unit"] for unit in data["units"])
    if kind == "owner":
        return f"{data['unit']}（{data['side']}）"
    if kind == "measure":
        return f"{data['label']}（其中的一部分）"
    return str(data.get("text") or "") if kind in COMPILED else ""


def _unknown(name: str, book: Book) -> UnusableInput:
    known = [*known_names(_ALL, book.subject), *codes()]
    # A trigger word is no name, but what it brings has one.
    bringing = [r.name for r in book.standards.categories.values() if name in (*r.strong, *r.words)]
    bringing += [tag.name for tag in book.standards.tags if name in tag.words]
    near = bringing or difflib.get_close_matches(name, known, n=5, cutoff=0.5)
    if not near:  # Chinese names are short: one that holds the other is near enough
        near = [one for one in known if name and (name in one or one in name)][:5]
    hint = f"是不是：{'、'.join(near)}；" if near else ""
    return UnusableInput(
        f"{book.standards.id} 里没有叫“{name}”的条款、因素、类别、标签、时段、数量或检查代码。",
        remedy=f"{hint}全部名称用 jinji rules show {book.standards.id} 查看。",
    )
