"""What a standards file may hold: one frozen pydantic model a table, unknown keys refused.

Only `load` uses this, when a pack changed; every other run reads the compiled rows. The models
say what a pack is allowed to say, so their descriptions are the reference for its writer.
"""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from jinji_report.vocabulary import (
    Confidence,
    Decision,
    Effect,
    Form,
    Grade,
    Line,
    Side,
    Stage,
    Tier,
)

Text = Annotated[str, Field(min_length=1, max_length=400)]
Words = tuple[Text, ...]
Bound = Annotated[int | float, Field(ge=0, allow_inf_nan=False)]
Names = Text | Annotated[tuple[Text, ...], Field(min_length=1)]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
HourMinute = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
FactValue = Text | int | float | Annotated[tuple[int | float | Text, ...], Field(min_length=1)]
GradeOrNone = Grade | Literal["无"]

# Names that a wording template may hold in braces; each is filled with plain text.
SLOTS = frozenset(
    {
        "place",
        "category",
        "noun",
        "casualties",
        "stage",
        "unit",
        "locality",
        "time",
        "event",
        "number",
        "source",
    }
)


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Condition(Table):
    """条件. Exactly one of its heads; a measure takes exactly one bound."""

    any: tuple["Condition", ...] | None = None
    all: tuple["Condition", ...] | None = None
    not_: "Condition | None" = Field(default=None, alias="not")
    measure: Names | None = None
    at_least: Bound | None = None
    more_than: Bound | None = None
    at_most: Bound | None = None
    below: Bound | None = None
    grade_at_least: Grade | None = None
    category: Names | None = None
    tag: Names | None = None
    factor: Names | None = None
    factor_effect: Effect | None = None
    window: Names | None = None

    @model_validator(mode="after")
    def _one_head(self) -> Self:
        heads = (
            self.any,
            self.all,
            self.not_,
            self.measure,
            self.grade_at_least,
            self.category,
            self.tag,
            self.factor,
            self.factor_effect,
            self.window,
        )
        if sum(head is not None for head in heads) != 1:
            raise ValueError(
                "一个条件只能写一项（any、all、not、measure、grade_at_least、category、tag、factor、"
                "factor_effect、window 之一）"
            )
        bounds = sum(b is not None for b in (self.at_least, self.more_than, self.at_most, self.below))
        if bounds != (1 if self.measure is not None else 0):
            raise ValueError("measure 要配且只配一个界限（at_least、more_than、at_most、below 之一）")
        return self


class Dated(Table):
    id: Text
    clause: Text = Field(description="出处：文件与条款")
    confidence: Confidence
    effective_from: date | None = None
    effective_to: date | None = None

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.effective_from and self.effective_to and self.effective_to < self.effective_from:
            raise ValueError("effective_to 早于 effective_from")
        return self


class MeasureTable(Table):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Text
    unit: Text
    ask: Text
    presume: Literal["always", "when_casualties_told", "never"] = "never"
    presume_for: tuple[Text, ...] = Field(default=(), description="在这些类别里，没提到就推定没有")
    part_of: str | None = None
    near: Bound = 0
    words: Words = ()
    casualty: bool = False
    whole: bool = Field(default=True, description="只取整数（人、间、户）；金额、面积、震级、时长写 false")
    asked_for: tuple[Text, ...] = Field(default=(), description="可以推定时，只在这些类别里追问；空为都问")


class CategoryTable(Table):
    name: Text
    kind: Literal["自然灾害", "事故灾难", "公共卫生", "社会安全", "内部事项", "其他"]
    noun: str = ""
    strong: Words = ()
    words: Words = ()
    weak: Words = ()
    excludes: Words = ()


class GroupTable(Table):
    name: Text
    categories: Annotated[tuple[Text, ...], Field(min_length=1)]


class TagTable(Table):
    name: Text
    role: Literal["scene", "victim", "any"] | None = Field(default=None, description="不写即 any")
    words: Words = ()
    excludes: Words = ()


class WindowTable(Table):
    name: Text
    spans: tuple[tuple[date, date], ...] = ()
    yearly: tuple[tuple[MonthDay, MonthDay], ...] = ()

    @model_validator(mode="after")
    def _spans_in_order(self) -> Self:
        if any(last < first for first, last in self.spans):
            raise ValueError("spans 里有一段的末日早于首日")
        return self


class FactorTable(Dated):
    name: Text
    effect: Effect
    when: Condition
    ask: str = ""
    outlook: tuple[Text, ...] = ()


class GradeTable(Dated):
    """定级阶梯的一档: a bound on one measure (or a sum), or a whole condition `when`."""

    grade: Grade
    category: Names | None = None
    measure: Names | None = None
    at_least: Bound | None = None
    more_than: Bound | None = None
    below: Bound | None = Field(default=None, description="只用于检查空档，不参与判断")
    when: Condition | None = None

    @model_validator(mode="after")
    def _bound_or_condition(self) -> Self:
        low = self.at_least if self.at_least is not None else self.more_than
        if low is not None and self.below is not None and self.below <= low:
            raise ValueError("below 不大于下限，这一档里没有数")
        bounds = (self.at_least is not None) + (self.more_than is not None)
        if (self.measure is not None) == (self.when is not None):
            raise ValueError("定级条款要么写 measure 和下限，要么写 when")
        if bounds != (1 if self.measure is not None else 0):
            raise ValueError("measure 要配且只配一个下限（at_least 或 more_than）")
        return self


class AddressTable(Table):
    tier: Tier
    line: Line


class ReportTable(Dated):
    to: Annotated[tuple[AddressTable, ...], Field(min_length=1)]
    text: Text = Field(description="这条报送标准的一句话")
    category: Names | None = None
    when: Condition | None = None


class OfficeTable(Table):
    tier: Tier
    line: Line
    name: Text
    phone: str = ""


class UnitQuestions(Table):
    unit: Text
    questions: Annotated[tuple[Text, ...], Field(min_length=1)]


class ConsultationTable(Dated):
    when: Condition
    holds_open: bool = True
    units: Annotated[tuple[UnitQuestions, ...], Field(min_length=1)]


class OwnerTable(Dated):
    unit: Text
    side: Side
    angle: Text
    category: Names | None = None
    when: Condition | None = None


class HopTable(Dated):
    tier: Tier
    minutes: Annotated[int, Field(ge=0, le=100_000)]


class LimitTable(Dated):
    text: Text
    label: Annotated[str, Field(max_length=8)] = Field(
        default="", description="表格里的短名，如 电话首报、续报"
    )
    owes: str = ""
    to: tuple[AddressTable, ...] = ()
    form: Form
    met_by: tuple[Form, ...] = ()
    starts: Literal["occurred", "discovered", "alarm", "received", "requested", "ended", "sent"]
    request: Literal["核报", "批示"] | None = Field(
        default=None, description="从上级要求起算的，是哪一种要求"
    )
    daily: tuple[HourMinute, ...] = Field(
        default=(), description="每天的钟点截止，如 08:00、17:00；与 within 同写时取先到的"
    )
    within: Annotated[int, Field(gt=0, le=1_000_000)] | None = None
    until_hop: bool = False
    after: str | None = None
    receipt: bool = False
    repeats: bool = False
    category: Names | None = None
    when: Condition | None = None

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if self.within is None and not self.until_hop and not self.daily:
            raise ValueError("时限要写 within（分钟）、daily（钟点）或 until_hop = true")
        if (self.starts == "requested") != (self.request is not None):
            raise ValueError('starts = "requested" 要配 request（核报或批示），别的起算点不写 request')
        return self


class WatchTable(Dated):
    days: Annotated[int, Field(gt=0, le=3650)]
    category: Names | None = None


class SkipTable(Dated):
    """越级直报 (R24): in these conditions the desk may report straight to `to`; the usual level is still owed."""

    to: Annotated[tuple[AddressTable, ...], Field(min_length=1)]
    text: Text
    category: Names | None = None
    when: Condition | None = None


class Step(Table):
    who: Text
    what: Text


class OrderTable(Dated):
    """报送次序 (R23): the steps in the order in which they must be taken."""

    text: Text
    steps: Annotated[tuple[Step, ...], Field(min_length=2)]
    category: Names | None = None


class ReleaseTable(Dated):
    """对外发布 (R15): through whom alone anything goes to the public."""

    unit: Text
    text: Text


class ContactTable(Table):
    """A person or a desk to call. `call` is its place in the call tree (R26); without it, it is only a number."""

    id: Text
    unit: Text
    role: str = ""
    person: str = ""
    phone: str = ""
    hours: Literal["任何时间", "工作时间", "非工作时间"] = "任何时间"
    call: Annotated[int, Field(ge=1, le=99)] | None = None


class PlaceTable(Table):
    """A place that the desk knows: its name and aliases bring its tags (县一中 → 校园)."""

    name: Text
    aliases: Words = ()
    tags: Words = ()


class Expect(Table):
    """What a case must give; at least one of these."""

    decision: Decision | None = None
    grade: GradeOrNone | Annotated[tuple[GradeOrNone, ...], Field(min_length=2, max_length=2)] | None = None
    because: Names | None = Field(default=None, description="这些条款必须在理由里")
    not_because: Names | None = Field(default=None, description="这些条款不得在理由里")
    report_to: Names | None = Field(default=None, description="这些对象必须应报：市、市党委 或名称")
    not_to: Names | None = Field(default=None, description="这些对象不得应报")
    asks: Names | None = Field(default=None, description="必须追问的数量")
    factors: Names | None = None
    not_factors: Names | None = None
    consult: Names | None = None
    owners: Names | None = None
    category: Text | None = None
    measures: dict[str, FactValue] | None = Field(default=None, description="从来电里读出的数量")
    limits: dict[str, int] | None = Field(default=None, description="时限 = 事发后多少分钟到期")

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if all(value is None for _, value in self):
            raise ValueError("expect 至少要写一项期望")
        return self


class CaseTable(Table):
    """用例: facts or a note, the day, and what the standards must make of it."""

    name: Text
    facts: dict[str, FactValue] | None = Field(
        default=None, description="category、place、occurred、tags 和各项数量"
    )
    note: Annotated[str, Field(min_length=1, max_length=20_000)] | None = None
    on: date | None = Field(default=None, description="按哪一天有效的标准判")
    now: Text | None = Field(default=None, description="接报的时刻，如 2026-03-05T09:30")
    expect: Expect

    @model_validator(mode="after")
    def _one_incident(self) -> Self:
        if (self.facts is None) == (self.note is None):
            raise ValueError("用例要么写 facts，要么写 note")
        return self


class AllowTable(Table):
    """A finding of `rules check` that the office knows of and accepts, with its reason."""

    code: Annotated[str, Field(pattern=r"^J\d{3}$")]
    rows: Words = Field(default=(), description="条款的 id，可用 *；不写为本文件全部")
    reason: Text


class DeskTable(Table):
    unit: Text
    tier: Tier
    line: Line
    locality: Text


class Wording(Table):
    """How reports are worded. Templates hold names of `SLOTS` in braces."""

    title: dict[Stage, Text] = {}
    opening: Text | None = None
    unknown: Text | None = None
    checking: Text | None = None
    cause_unknown: Text | None = None
    actions_unknown: Text | None = None
    follow: Text | None = None
    no_casualties: Text | None = None
    signature: bool | None = Field(default=None, description="首报前是否须签发（授权直报则为 false）")
    read_back: Words | None = None

    @model_validator(mode="after")
    def _known_slots(self) -> Self:
        import string

        for template in (*self.title.values(), self.opening, self.follow):
            for _, slot, spec, conversion in string.Formatter().parse(template or ""):
                if slot is not None and (slot not in SLOTS or spec or conversion):
                    raise ValueError(f"模板里有不认识的 {{{slot}}}；可用：{'、'.join(sorted(SLOTS))}")
        return self


class Pack(Table):
    """A whole standards file."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Text
    extends: tuple[Text, ...] = ()
    inherit: tuple[Literal["report", "limit"], ...] = Field(
        default=(), description="报送条款、时限默认只用本文件的；要沿用上级文件的，写在这里"
    )
    due_soon: Annotated[int, Field(gt=0, le=1440)] | None = None
    desk: DeskTable | None = None
    wording: Wording | None = None
    measure: tuple[MeasureTable, ...] = ()
    category: tuple[CategoryTable, ...] = ()
    group: tuple[GroupTable, ...] = ()
    tag: tuple[TagTable, ...] = ()
    window: tuple[WindowTable, ...] = ()
    factor: tuple[FactorTable, ...] = ()
    grade: tuple[GradeTable, ...] = ()
    report: tuple[ReportTable, ...] = ()
    office: tuple[OfficeTable, ...] = ()
    consultation: tuple[ConsultationTable, ...] = ()
    owner: tuple[OwnerTable, ...] = ()
    hop: tuple[HopTable, ...] = ()
    limit: tuple[LimitTable, ...] = ()
    watch: tuple[WatchTable, ...] = ()
    skip: tuple[SkipTable, ...] = ()
    order: tuple[OrderTable, ...] = ()
    release: tuple[ReleaseTable, ...] = ()
    contact: tuple[ContactTable, ...] = ()
    place: tuple[PlaceTable, ...] = ()
    allow: tuple[AllowTable, ...] = ()
    case: tuple[CaseTable, ...] = ()


class CaseFile(Table):
    """Cases beside a pack (`county.cases.toml`); `on` is the day of those that name none."""

    on: date | None = None
    case: Annotated[tuple[CaseTable, ...], Field(min_length=1)]


def read_cases(document: str) -> CaseFile:
    """The cases of a JSON `document`. Raises pydantic.ValidationError."""
    return CaseFile.model_validate_json(document)


def read_pack(document: str) -> Pack:
    """The pack of a JSON `document` (TOML turned into JSON, days as ISO text).

    JSON mode is strict about types (no "10" for 10, no true for 1) and still turns text into the
    vocabulary. Raises pydantic.ValidationError.
    """
    return Pack.model_validate_json(document)


def plain(table: BaseModel) -> dict[str, Any]:
    """The table as JSON-able data with every key there, `not` under its own name."""
    dumped: dict[str, Any] = table.model_dump(mode="json", by_alias=True)
    return dumped
