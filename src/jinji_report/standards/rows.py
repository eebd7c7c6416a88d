"""The standards as the rest of jinji sees them: plain slotted rows, joined over `extends`.

They are made from the compiled cache (plain JSON), so building them costs little at every
start; `schema` has already checked every value. Conditions are kept as the nested dictionaries
of the pack and are understood by `conditions` alone.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from jinji_report.standards.kept import Kept
from jinji_report.vocabulary import Confidence, Effect, Form, Grade, Line, Side, Stage, Tier

Tree = Mapping[str, Any]


class Dated:
    """A row that rests on a document: its `clause`, how well that is known, and its days in force."""

    __slots__ = ("clause", "confidence", "effective_from", "effective_to", "id")

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.id: str = data["id"]
        self.clause: str = data["clause"]
        self.confidence = Confidence(data["confidence"])
        self.effective_from = _day(data.get("effective_from"))
        self.effective_to = _day(data.get("effective_to"))

    def in_force(self, on: date) -> bool:
        """Both days belong to the span; a row without a day has always been, or still is, in force."""
        return (self.effective_from is None or self.effective_from <= on) and (
            self.effective_to is None or on <= self.effective_to
        )


class Measure:
    """A counted or measured quantity: `label`, `unit`, how it is asked, what may be presumed.

    `presume`: `always` (none where it is unsaid or still being counted), `when_casualties_told`
    (none where other casualties were told and this was not mentioned), `never`.
    `part_of`: the measure that it cannot exceed. `near`: how far below a bound is a near miss.
    `words`: the nouns that introduce it in a note, for measures that the reading does not know by itself.
    `casualty`: telling it counts as telling casualties. `whole`: it is counted in whole numbers.
    `asked_for`: categories in which it is asked although it may be presumed; empty means all.
    `presume_for`: categories in which nobody mentioning it is enough to presume none (a water cut
    kills nobody unsaid).
    """

    __slots__ = (
        "ask",
        "asked_for",
        "casualty",
        "id",
        "label",
        "near",
        "part_of",
        "presume",
        "presume_for",
        "unit",
        "whole",
        "words",
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.id: str = data["id"]
        self.label: str = data["label"]
        self.unit: str = data["unit"]
        self.ask: str = data["ask"]
        self.presume: str = data["presume"]
        self.presume_for: tuple[str, ...] = tuple(data["presume_for"])
        self.part_of: str | None = data["part_of"]
        self.near: float = data["near"]
        self.words: tuple[str, ...] = tuple(data["words"])
        self.casualty: bool = data["casualty"]
        self.whole: bool = data["whole"]
        self.asked_for: tuple[str, ...] = tuple(data["asked_for"])


class Lead:
    """A category that another comes before: where the note bears one of `words` (none: always) and none of `unless`."""

    __slots__ = ("over", "unless", "words")

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.over: str = data["over"]
        self.words: tuple[str, ...] = tuple(data["words"])
        self.unless: tuple[str, ...] = tuple(data["unless"])


class Category:
    """类别: `kind` is its class (自然灾害 …), `noun` how a title says it (默认为名称本身).

    The words that bring it, strongest first: `strong` settle it nearly alone (瓦斯突出), `words`
    are usual (起火), `weak` only support (浓烟). `excludes` are phrases inside which its words do
    not count (消防车, 火车 for 火). `leads`: the categories that it comes before in a note that speaks
    for both. `background`: it gives way to any other kind (网络舆情). `brings`: the categories that come
    with it at once, its own among them where it strikes in many places. `aftermath`: it comes of any
    other, also hours later (群体性事件).
    """

    __slots__ = (
        "aftermath",
        "background",
        "brings",
        "excludes",
        "kind",
        "leads",
        "name",
        "noun",
        "strong",
        "weak",
        "words",
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.name: str = data["name"]
        self.kind: str = data["kind"]
        self.noun: str = data["noun"] or data["name"]
        self.strong: tuple[str, ...] = tuple(data["strong"])
        self.words: tuple[str, ...] = tuple(data["words"])
        self.weak: tuple[str, ...] = tuple(data["weak"])
        self.excludes: tuple[str, ...] = tuple(data["excludes"])
        self.leads = tuple(Lead(lead) for lead in data["leads"])
        self.background: bool = data["background"]
        self.brings: tuple[str, ...] = tuple(data["brings"])
        self.aftermath: bool = data["aftermath"]


class Tag:
    """标签: a sign that words of the note bring (校园, 学生, 危险化学品 …).

    `role`: `scene` (where it happened or beside it), `victim` (who was hurt), `any`. A word inside
    a phrase about where people were taken (送县医院) never has the role of the scene. `cleared_by`:
    the measures of which nobody is left where the note says so behind the words (1人被困,已救出).
    """

    __slots__ = ("cleared_by", "excludes", "name", "role", "words")

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.name: str = data["name"]
        self.role: str = data["role"]
        self.cleared_by: tuple[str, ...] = tuple(data["cleared_by"])
        self.words: tuple[str, ...] = tuple(data["words"])
        self.excludes: tuple[str, ...] = tuple(data["excludes"])


class KnownPlace:
    """已知地点: how it is called (`name`, `aliases`), its name in reports, the tags it brings, the unit that answers for it.

    `common`: 县 or 乡镇, where each of them has a place of this name; None for a single place.
    """

    __slots__ = ("aliases", "common", "full", "name", "owner", "tags")

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.name: str = data["name"]
        self.full: str = data["full"] or data["name"]
        self.aliases: tuple[str, ...] = tuple(data["aliases"])
        self.tags: tuple[str, ...] = tuple(data["tags"])
        self.owner: str | None = data["owner"]
        self.common: str | None = data["common"]


class Window:
    """敏感时间: a named span of days, dated (`spans`) or every year (`yearly`, MM-DD, may cross New Year)."""

    __slots__ = ("name", "spans", "yearly")

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.name: str = data["name"]
        self.spans = tuple((date.fromisoformat(a), date.fromisoformat(b)) for a, b in data["spans"])
        self.yearly: tuple[tuple[str, str], ...] = tuple((a, b) for a, b in data["yearly"])

    def holds(self, on: date) -> bool:
        if any(first <= on <= last for first, last in self.spans):
            return True
        day = f"{on:%m-%d}"
        return any(
            first <= day <= last if first <= last else day >= first or day <= last
            for first, last in self.yearly
        )


class Factor(Dated):
    """敏感因素: holds where `when` holds; `ask` is its question.

    `outlook`: measures whose people may yet die; an asking factor keeps the decision open only if
    their deaths could change it. Without `outlook` it keeps it open by itself.
    """

    __slots__ = ("ask", "effect", "name", "outlook", "when")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.name: str = data["name"]
        self.effect = Effect(data["effect"])
        self.when: Tree = data["when"]
        self.ask: str = data["ask"]
        self.outlook: tuple[str, ...] = tuple(data["outlook"])


class GradeRow(Dated):
    """One rung: `grade` where `when` holds for an incident of one of `categories`."""

    __slots__ = ("categories", "grade", "when")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.grade = Grade(data["grade"])
        self.categories: tuple[str, ...] = tuple(data["categories"])
        self.when: Tree = data["when"]


class Address(NamedTuple):
    """报送对象 by tier and line."""

    tier: Tier
    line: Line


class ReportRow(Dated):
    """The offices `to` must get the incident where `when` holds; `text` says the rule in a few words."""

    __slots__ = ("categories", "text", "to", "when")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.to = _addresses(data["to"])
        self.categories: tuple[str, ...] = tuple(data["categories"])
        self.when: Tree = data["when"]
        self.text: str = data["text"]


class Office:
    """A named office at a tier and line, with its duty phone where known."""

    __slots__ = ("line", "name", "phone", "tier")

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.tier = Tier(data["tier"])
        self.line = Line(data["line"])
        self.name: str = data["name"]
        self.phone: str = data["phone"]


class Consultation(Dated):
    """会商: whom to consult and what to ask them, where `when` holds.

    `holds_open`: until an opinion is recorded the decision stays 待核 (R6). `answer_within`: minutes to wait
    for it, after which what is known goes up in brief.
    """

    __slots__ = ("answer_within", "holds_open", "units", "when")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.when: Tree = data["when"]
        self.holds_open: bool = data["holds_open"]
        self.answer_within: int | None = data["answer_within"]
        self.units: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
            (unit["unit"], tuple(unit["questions"])) for unit in data["units"]
        )


class Owner(Dated):
    """责任单位 for incidents of `categories` (and, where given, `when`): its side, its angle, its other names."""

    __slots__ = ("aliases", "angle", "categories", "side", "unit", "when")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.unit: str = data["unit"]
        self.side = Side(data["side"])
        self.angle: str = data["angle"]
        self.aliases: tuple[str, ...] = tuple(data["aliases"])
        self.categories: tuple[str, ...] = tuple(data["categories"])
        self.when: Tree = data["when"]


class Hop(Dated):
    """环节: the minutes that `tier` may use of the whole, in the order in which a report passes."""

    __slots__ = ("minutes", "tier")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.tier = Tier(data["tier"])
        self.minutes: int = data["minutes"]


OWNERS = "责任单位"
"""In `LimitRow.owes`: every unit that the incident's `Owner` rows name."""


class LimitRow(Dated):
    """时限: who owes a report to whom, in which form, by when.

    `label`: two to four characters for a table (电话首报, 续报); empty means the form.
    `owes`: a unit's name, or `OWNERS` for each of the incident's 责任单位 (R9); empty means the desk itself.
    `to`: offices it applies to; empty means every
    office that must be reported to. `starts`: which moment the clock runs from. `within`: minutes, or
    None where the end of the desk's hop is the limit. `until_hop`: never past the end of the hop.
    `after`: the id of the limit whose meeting starts this one's clock. `met_by`: forms that meet it.
    `receipt`: a sent report stays open until its receipt. `repeats`: the next one starts when this is met.
    `receipt_within`: minutes after which a report without its receipt is due again.
    `daily`: clock times of the day (hour, minute) at which it is due at the latest. `request`: the kind of
    request from above (核报, 批示) from which it runs, where `starts` is `requested`.
    """

    __slots__ = (
        "after",
        "categories",
        "daily",
        "form",
        "label",
        "met_by",
        "owes",
        "receipt",
        "receipt_within",
        "repeats",
        "request",
        "starts",
        "text",
        "to",
        "until_hop",
        "when",
        "within",
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.text: str = data["text"]
        self.label: str = data["label"]
        self.owes: str = data["owes"]
        self.to = _addresses(data["to"])
        self.form = Form(data["form"])
        self.met_by = tuple(Form(form) for form in data["met_by"])
        self.starts: str = data["starts"]
        self.within: int | None = data["within"]
        self.until_hop: bool = data["until_hop"]
        self.after: str | None = data["after"]
        self.receipt: bool = data["receipt"]
        self.receipt_within: int | None = data["receipt_within"]
        self.repeats: bool = data["repeats"]
        self.request: str | None = data["request"]
        self.daily: tuple[tuple[int, int], ...] = tuple(
            (int(clock[:2]), int(clock[3:])) for clock in data["daily"]
        )
        self.categories: tuple[str, ...] = tuple(data["categories"])
        self.when: Tree = data["when"]


class Watch(Dated):
    """How many days after occurrence a changed number of casualties still changes the grade."""

    __slots__ = ("categories", "days")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.days: int = data["days"]
        self.categories: tuple[str, ...] = tuple(data["categories"])


class Skip(Dated):
    """越级直报 (R24): where `when` holds the desk may report straight to `to`; the usual level is still owed."""

    __slots__ = ("categories", "text", "to", "when")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.to = _addresses(data["to"])
        self.text: str = data["text"]
        self.categories: tuple[str, ...] = tuple(data["categories"])
        self.when: Tree = data["when"]


class OrderStep:
    """A step of a 报送次序: `who` does `what`.

    `done_by`: the kind of entry by which the ledger shows it done, None where it does not show there; `to`: for a
    报送, to which office. `together`: at the same time as the step before it (双线并行, R22).
    """

    __slots__ = ("done_by", "to", "together", "what", "who")

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.who: str = data["who"]
        self.what: str = data["what"]
        self.done_by: str | None = data["done_by"]
        self.to = None if data["to"] is None else _addresses([data["to"]])[0]
        self.together: bool = data["together"]


class Order(Dated):
    """报送次序 (R23): the steps in the order in which they must be taken."""

    __slots__ = ("categories", "steps", "text")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.text: str = data["text"]
        self.steps = tuple(OrderStep(step) for step in data["steps"])
        self.categories: tuple[str, ...] = tuple(data["categories"])


class Release(Dated):
    """对外发布 (R15): the one `unit` through which anything goes to the public."""

    __slots__ = ("text", "unit")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.unit: str = data["unit"]
        self.text: str = data["text"]


WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


class Hours(Dated):
    """工作时间: on which `weekdays` (0 is Monday), from when to when (the end no longer), not in which `holidays`.

    `worked`: days that are worked although they are none of these (调休).
    """

    __slots__ = ("holidays", "spans", "weekdays", "worked")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.weekdays = frozenset(WEEKDAYS.index(name) for name in data["weekdays"])
        self.spans: tuple[tuple[str, str], ...] = tuple((start, end) for start, end in data["spans"])
        self.holidays: tuple[str, ...] = tuple(data["holidays"])
        self.worked = frozenset(map(date.fromisoformat, data["worked"]))


class Contact:
    """Whom to call: `call` is the place in the call tree (R26), None outside it; `hours` when it holds.

    `direct`: a 信息直报点, which may report straight to this desk (R12).
    """

    __slots__ = ("call", "direct", "hours", "id", "person", "phone", "role", "unit")

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.id: str = data["id"]
        self.unit: str = data["unit"]
        self.role: str = data["role"]
        self.person: str = data["person"]
        self.phone: str = data["phone"]
        self.hours: str = data["hours"]
        self.call: int | None = data["call"]
        self.direct: bool = data["direct"]


class Language:
    """用语: words that do not belong into a report (`LanguageTable` says what each field holds)."""

    __slots__ = (
        "beside",
        "excludes",
        "must",
        "name",
        "reported",
        "stages",
        "suggest",
        "unless",
        "why",
        "words",
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.name: str = data["name"]
        self.words: tuple[str, ...] = tuple(data["words"])
        self.excludes: tuple[str, ...] = tuple(data["excludes"])
        self.beside: tuple[str, ...] = tuple(data["beside"])
        self.unless: tuple[str, ...] = tuple(data["unless"])
        self.stages = tuple(map(Stage, data["stages"]))
        self.reported = bool(data["reported"])
        self.must = data["severity"] == "须改"
        self.why: str = data["why"]
        self.suggest: str = data["suggest"]


class Desk:
    """Whose standards these are: the desk's unit, its tier and line, and the place it answers for."""

    __slots__ = ("line", "locality", "tier", "unit")

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.unit: str = data["unit"]
        self.tier = Tier(data["tier"])
        self.line = Line(data["line"])
        self.locality: str = data["locality"]


class Standards:
    """The standards of one pack, joined over `extends`, before a day is chosen (`on`).

    `digest` is the SHA-256 of all source files and names them for good; `wording` maps the names
    of `schema.Wording` to templates and phrases; `due_soon` is in minutes. `changes` are the days on
    which rows come into force or have just ended: between two of them one picture holds. `kept` is
    where judging keeps what it worked out of these rows alone; `lasting`, what is so on every day.

    Rows are made when they are first asked for: what is due needs neither ladders nor trigger words.
    """

    __slots__ = (
        "_data",
        "_day",
        "_days",
        "_rest",
        "_whole",
        "categories",
        "changes",
        "consultations",
        "contacts",
        "desk",
        "digest",
        "due_soon",
        "factors",
        "grades",
        "hops",
        "hours",
        "id",
        "kept",
        "language",
        "lasting",
        "limits",
        "measures",
        "offices",
        "orders",
        "owners",
        "places",
        "releases",
        "reports",
        "skips",
        "tags",
        "title",
        "watches",
        "windows",
        "wording",
    )

    id: str
    title: str
    digest: str
    due_soon: int
    desk: Desk
    wording: dict[str, Any]
    measures: dict[str, Measure]
    categories: dict[str, Category]
    tags: tuple[Tag, ...]
    places: tuple[KnownPlace, ...]
    windows: dict[str, Window]
    factors: tuple[Factor, ...]
    grades: tuple[GradeRow, ...]
    reports: tuple[ReportRow, ...]
    offices: dict[tuple[Tier, Line], Office]
    consultations: tuple[Consultation, ...]
    owners: tuple[Owner, ...]
    hops: tuple[Hop, ...]
    limits: tuple[LimitRow, ...]
    watches: tuple[Watch, ...]
    skips: tuple[Skip, ...]
    orders: tuple[Order, ...]
    releases: tuple[Release, ...]
    hours: tuple[Hours, ...]
    contacts: tuple[Contact, ...]
    language: tuple[Language, ...]

    def __init__(self, data: Mapping[str, Any], rest: Callable[[], Mapping[str, Any]] | None = None) -> None:
        """`data` holds the compiled tables; those that it lacks come from `rest`, which is asked at most once."""
        self.id = data["id"]
        self.title = data["title"]
        self.digest = data["digest"]
        self.due_soon = data["due_soon"]
        self.desk = Desk(data["desk"])
        self.wording = data["wording"]
        self.changes: tuple[date, ...] = tuple(map(date.fromisoformat, data["changes"]))
        self.kept: dict[Any, Any] = {}
        self.lasting: dict[Any, Any] = {}
        self._data = dict(data)
        self._rest = rest
        self._day: date | None = None
        self._whole: Standards | None = None
        self._days: dict[int, Standards] = {}

    def __getattr__(self, name: str) -> Any:
        """A kind of rows that nobody asked for yet."""
        make = _MAKERS.get(name)
        if make is None:
            raise AttributeError(name)
        if self._whole is not None:
            value = getattr(self._whole, name)
            if isinstance(value, tuple) and value and isinstance(value[0], Dated):
                value = tuple(row for row in value if row.in_force(self._day))
        else:
            if name not in self._data and self._rest is not None:
                self._data |= self._rest()
            value = make(self._data[name])
        setattr(self, name, value)
        return value

    def kept_as(self, name: str) -> Kept[Any]:
        """What was worked out of the rows in force on the day, under the `name` of what it is."""
        found: Kept[Any] | None = self.kept.get(name)
        if found is None:
            found = self.kept[name] = Kept()
        return found

    def office_name(self, address: Address) -> str:
        """The office's name; where the pack names none, tier and line in words."""
        office = self.offices.get((address.tier, address.line))
        return f"{address.tier}级{address.line}" if office is None else office.name

    @property
    def whole(self) -> "Standards":
        """The standards with all their rows, those that are not in force on the day too."""
        return self if self._whole is None else self._whole

    def on(self, day: date) -> "Standards":
        """The same standards with only the rows in force on `day`."""
        if self._whole is not None:
            return self if day == self._day else self._whole.on(day)
        span = bisect_right(self.changes, day)
        if span not in self._days:
            chosen = object.__new__(Standards)
            for name in ("id", "title", "digest", "due_soon", "desk", "wording", "changes", "lasting"):
                setattr(chosen, name, getattr(self, name))
            chosen._day, chosen._whole, chosen.kept = day, self, {}
            self._days[span] = chosen
        return self._days[span]


_MAKERS: dict[str, Callable[[Any], Any]] = {
    "measures": lambda rows: {row["id"]: Measure(row) for row in rows},
    "categories": lambda rows: {row["name"]: Category(row) for row in rows},
    "tags": lambda rows: tuple(Tag(row) for row in rows),
    "places": lambda rows: tuple(KnownPlace(row) for row in rows),
    "windows": lambda rows: {row["name"]: Window(row) for row in rows},
    "factors": lambda rows: tuple(Factor(row) for row in rows),
    "grades": lambda rows: tuple(GradeRow(row) for row in rows),
    "reports": lambda rows: tuple(ReportRow(row) for row in rows),
    "offices": lambda rows: {(office.tier, office.line): office for office in map(Office, rows)},
    "consultations": lambda rows: tuple(Consultation(row) for row in rows),
    "owners": lambda rows: tuple(Owner(row) for row in rows),
    "hops": lambda rows: tuple(Hop(row) for row in rows),
    "limits": lambda rows: tuple(LimitRow(row) for row in rows),
    "watches": lambda rows: tuple(Watch(row) for row in rows),
    "skips": lambda rows: tuple(Skip(row) for row in rows),
    "orders": lambda rows: tuple(Order(row) for row in rows),
    "releases": lambda rows: tuple(Release(row) for row in rows),
    "hours": lambda rows: tuple(Hours(row) for row in rows),
    "contacts": lambda rows: tuple(Contact(row) for row in rows),
    "language": lambda rows: tuple(Language(row) for row in rows),
}


def applies(categories: Sequence[str], category: str | None) -> bool:
    """A row without categories applies to all; the compiled lists hold leaf names only."""
    return not categories or category in categories


def _addresses(data: Sequence[Mapping[str, str]]) -> tuple[Address, ...]:
    return tuple(Address(Tier(a["tier"]), Line(a["line"])) for a in data)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
