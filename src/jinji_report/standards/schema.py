"""What a standards file may hold: one frozen pydantic model a table, unknown keys refused.

Only `load` uses this, when a pack changed; every other run reads the compiled rows. The models
say what a pack is allowed to say, so their descriptions are the reference for its writer.
"""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from jinji_report.vocabulary import (
    Confidence,
    Decision,
    Effect,
    EntryKind,
    Form,
    Grade,
    Line,
    RequestKind,
    Side,
    Stage,
    Tier,
)

Text = Annotated[str, Field(min_length=1, max_length=400)]
Words = tuple[Text, ...]
Bound = Annotated[int | float, Field(ge=0, allow_inf_nan=False)]


def _of_these_times(day: date) -> date:
    """The day, if it is one that a standard can have; beyond, there is no day before or after to reckon with."""
    if not 1900 <= day.year <= 9000:
        raise PydanticCustomError("day_out_of_range", "应在 1900 年到 9000 年之间；不限起止的不写")
    return day


def _last_day(day: date) -> date | None:
    """The last day there is means no end."""
    return None if day == date.max else _of_these_times(day)


Day = Annotated[date, AfterValidator(_of_these_times)]
LastDay = Annotated[date, AfterValidator(_last_day)]
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

    any: tuple["Condition", ...] | None = Field(default=None, description="任一：其中一个条件成立即可")
    all: tuple["Condition", ...] | None = Field(default=None, description="全部：其中的条件都要成立")
    not_: "Condition | None" = Field(default=None, alias="not", description="不是：里面的条件不成立")
    measure: Names | None = Field(default=None, description="数量：哪一项数量，写几项则按合计；要配一个界限")
    at_least: Bound | None = Field(default=None, description="以上（含本数）：达到这个数")
    more_than: Bound | None = Field(default=None, description="超过（不含本数）：大于这个数")
    at_most: Bound | None = Field(default=None, description="以下（含本数）：不大于这个数")
    below: Bound | None = Field(default=None, description="不足（不含本数）：小于这个数")
    grade_at_least: Grade | None = Field(default=None, description="等级以上：定级达到这一档或更重")
    category: Names | None = Field(default=None, description="类别：类别、大类（如 事故灾难）或类别组的名称")
    tag: Names | None = Field(default=None, description="标签：有其中任何一个标签")
    factor: Names | None = Field(default=None, description="敏感因素：触及其中任何一个")
    factor_effect: Effect | None = Field(
        default=None,
        description="因素的作用：触及任何一个有此作用的敏感因素；lifts 提为应报，asks 须追问，shown 只提示",
    )
    window: Names | None = Field(default=None, description="时段：发生在其中任何一个敏感时段")

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
    id: Text = Field(description="条款编号：本表内不得重复；上级文件已有的编号即替换那一条")
    clause: Text = Field(description="出处：文件与条款")
    confidence: Confidence = Field(
        description="可信度：confirmed 已核实原文，weak 来源较弱，recalled 凭记忆、未见原文，brief 本办法自定、无公开文件"
    )
    effective_from: Day | None = Field(
        default=None, description="施行日：从这一天起有效（含当日）；不写为一直有效"
    )
    effective_to: LastDay | None = Field(
        default=None, description="失效日：到这一天为止有效（含当日）；不写为至今有效"
    )

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.effective_from and self.effective_to and self.effective_to < self.effective_from:
            raise ValueError("effective_to 早于 effective_from")
        return self


class MeasureTable(Table):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] = Field(
        description="数量编号：小写字母、数字和下划线，如 deaths"
    )
    label: Text = Field(description="名称：如 死亡")
    unit: Text = Field(description="单位：如 人、万元")
    ask: Text = Field(description="问法：不知道时怎么追问")
    presume: Literal["always", "when_casualties_told", "never"] = Field(
        default="never",
        description="推定：没说到时能否推定没有；always 总可以，when_casualties_told 说了别的伤亡就可以，never 不可以",
    )
    presume_for: tuple[Text, ...] = Field(
        default=(), description="推定的类别：在这些类别里，没提到就推定没有"
    )
    part_of: str | None = Field(default=None, description="属于：它是哪一项数量的一部分，不会超过那一项")
    near: Bound = Field(default=0, description="差多少算接近：离界限这么近就提示")
    words: Words = Field(default=(), description="用词：来电里引出这项数量的名词")
    casualty: bool = Field(default=False, description="是否伤亡：说到它就算说到了伤亡")
    whole: bool = Field(
        default=True, description="取整数：人、间、户只取整数；金额、面积、震级、时长写 false"
    )
    asked_for: tuple[Text, ...] = Field(
        default=(), description="追问的类别：可以推定时，只在这些类别里追问；空为都问"
    )


class LeadTable(Table):
    over: Text = Field(description="先于：排在哪一类前面")
    words: Words = Field(default=(), description="条件词：来电里有其中一个词才这样排；不写即总是")
    unless: Words = Field(default=(), description="除外词：来电里有其中一个词就不这样排")


class CategoryTable(Table):
    name: Text = Field(description="类别名称：如 道路交通事故；上级文件已有的名称即补充用词")
    kind: Literal["自然灾害", "事故灾难", "公共卫生", "社会安全", "内部事项", "其他"] = Field(
        description="大类：自然灾害、事故灾难、公共卫生、社会安全、内部事项或其他"
    )
    noun: str = Field(default="", description="标题用语：标题里怎么称呼；不写即类别名称")
    strong: Words = Field(
        default=(),
        description="强触发词：出现即基本可以判定；“甲+乙”同一句都有，“甲…乙”乙紧跟在甲后面，“甲|乙”任一，“#标签”该标签的任一词",
    )
    words: Words = Field(default=(), description="触发词：常见说法")
    weak: Words = Field(default=(), description="弱触发词：只能佐证")
    excludes: Words = Field(default=(), description="排除词：这些词里的触发词不算（消防车里的“车”）")
    leads: tuple[LeadTable, ...] = Field(
        default=(), description="先于的类别：来电里两类的话都有时，本类排在哪些类别前面"
    )
    background: bool | None = Field(default=None, description="背景类别：来电里有别的类别时靠后排；不写即否")
    brings: tuple[Text, ...] = Field(
        default=(),
        description="带出的类别：本类一发生就跟着来的类别、大类或组，来电里没有另说时间就还是同一件事；写了本类，几处同时遭受也是一件事",
    )
    aftermath: bool | None = Field(
        default=None,
        description="余波类别：多半由别的事引起（家属聚集、舆情），过了几个小时、在别处也还是那一件事；不写即否",
    )


class GroupTable(Table):
    name: Text = Field(description="组名：在条款的 category 里可以当类别用")
    categories: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="所含类别：类别、大类或别的组"
    )


class TagTable(Table):
    name: Text = Field(description="标签名称：如 校园、学生；上级文件已有的名称即补充用词")
    role: Literal["scene", "victim", "any"] | None = Field(
        default=None, description="角色：scene 现场有的，victim 受害的人，any 都算；不写即 any"
    )
    words: Words = Field(default=(), description="触发词：来电里出现即有此标签")
    excludes: Words = Field(default=(), description="排除词：这些词里的触发词不算")
    cleared_by: tuple[Text, ...] = Field(
        default=(), description="解除：来电里后来说了这些数量是0（被困的已救出），就不再有此标签"
    )


class WindowTable(Table):
    name: Text = Field(description="时段名称：如 国庆假期")
    spans: tuple[tuple[Day, Day], ...] = Field(default=(), description="起止日期：[[起, 止], …]，两头都算")
    yearly: tuple[tuple[MonthDay, MonthDay], ...] = Field(
        default=(), description="每年起止：月-日 到 月-日（如 06-01），两头都算，可以跨年"
    )

    @model_validator(mode="after")
    def _spans_in_order(self) -> Self:
        if any(last < first for first, last in self.spans):
            raise ValueError("spans 里有一段的末日早于首日")
        return self


class FactorTable(Dated):
    name: Text = Field(description="因素名称：如 学校和学生；不同条款可以同名")
    effect: Effect = Field(description="作用：lifts 提为应报，asks 须追问、暂为待核，shown 只提示")
    when: Condition = Field(description="条件：何时触及")
    ask: str = Field(default="", description="问法：须追问时问什么")
    outlook: tuple[Text, ...] = Field(
        default=(), description="可能转为死亡的：这些人若死亡会改变结论，才保持待核"
    )


class GradeTable(Dated):
    """定级阶梯的一档: a bound on one measure (or a sum), or a whole condition `when`."""

    grade: Grade = Field(description="等级：一般、较大、重大或特别重大")
    category: Names | None = Field(default=None, description="类别：只用于这些类别、大类或组；不写为全部")
    measure: Names | None = Field(default=None, description="数量：哪一项，写几项则按合计；要配一个下限")
    at_least: Bound | None = Field(default=None, description="以上（含本数）：达到这个数")
    more_than: Bound | None = Field(default=None, description="超过（不含本数）：大于这个数")
    below: Bound | None = Field(
        default=None, description="不足（不含本数）：这一档的上界，只用于检查空档，不参与判断"
    )
    when: Condition | None = Field(default=None, description="条件：代替 measure 和下限")

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
    tier: Tier = Field(description="层级：乡镇、县、市、省或中央")
    line: Line = Field(description="报送线：党委、政府或行业")


class ReportTable(Dated):
    to: Annotated[tuple[AddressTable, ...], Field(min_length=1)] = Field(
        description="报给：层级和报送线，可以几个"
    )
    text: Text = Field(description="一句话：这条报送标准说什么")
    category: Names | None = Field(default=None, description="类别：只用于这些类别、大类或组；不写为全部")
    when: Condition | None = Field(default=None, description="条件：何时必须报；不写为一律报")


class OfficeTable(Table):
    tier: Tier = Field(description="层级：乡镇、县、市、省或中央")
    line: Line = Field(description="报送线：党委、政府或行业")
    name: Text = Field(description="名称：如 市委办公室")
    phone: str = Field(default="", description="值班电话")


class UnitQuestions(Table):
    unit: Text = Field(description="会商单位：问谁")
    questions: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(description="问题：问什么")


class ConsultationTable(Dated):
    when: Condition = Field(description="条件：何时要会商")
    answer_within: Annotated[int, Field(gt=0, le=1_000_000)] | None = Field(
        default=None, description="等意见：问了以后最多等多少分钟，过了就先报简要情况；不写为不计时"
    )
    holds_open: bool = Field(default=True, description="未会商时待核：没有意见前不定为备查")
    units: Annotated[tuple[UnitQuestions, ...], Field(min_length=1)] = Field(description="单位和问题")


class OwnerTable(Dated):
    unit: Text = Field(description="单位：责任单位名称")
    side: Side = Field(description="角度：行业或属地")
    angle: Text = Field(description="职责：从什么角度报")
    aliases: Words = Field(default=(), description="别名：这个单位还叫什么，如 交警；写在它的哪一条上都行")
    category: Names | None = Field(default=None, description="类别：只用于这些类别、大类或组；不写为全部")
    when: Condition | None = Field(default=None, description="条件：何时由它负责；不写为一律")


class HopTable(Dated):
    tier: Tier = Field(description="层级：哪一级的环节")
    minutes: Annotated[int, Field(ge=1, le=100_000)] = Field(
        description="分钟：这一级可用多少分钟，至少1分钟"
    )


class LimitTable(Dated):
    text: Text = Field(description="一句话：如 首报：30分钟内电话报告")
    label: Annotated[str, Field(max_length=8)] = Field(
        default="", description="短名：用在表格里，如 电话首报、续报"
    )
    owes: str = Field(
        default="",
        description="由谁报：别的单位的名称；写 责任单位 即行业、属地的责任单位各欠一报；不写即本单位",
    )
    to: tuple[AddressTable, ...] = Field(default=(), description="报给：只用于这些对象；不写为所有应报的对象")
    form: Form = Field(description="方式：电话、书面或信息")
    met_by: tuple[Form, ...] = Field(default=(), description="何种方式算完成：不写即上面的方式")
    starts: Literal["occurred", "discovered", "alarm", "received", "requested", "ended", "sent", "acked"] = (
        Field(
            description="起算：occurred 事发，discovered 发现，alarm 接警，received 接报，requested 上级要求，"
            "ended 处置结束，sent 上次报送，acked 上级收到（回执）"
        )
    )
    request: RequestKind | None = Field(
        default=None, description="上级要求：从上级要求起算的，是核报、批示还是抽查"
    )
    daily: tuple[HourMinute, ...] = Field(
        default=(), description="每天钟点：每天到这些钟点为止，如 08:00、17:00；与 within 同写时取先到的"
    )
    within: Annotated[int, Field(gt=0, le=1_000_000)] | None = Field(
        default=None, description="分钟：多少分钟之内"
    )
    until_hop: bool = Field(default=False, description="不过本级环节终点：以各级环节的分钟相加为限")
    after: str | None = Field(default=None, description="接在哪条时限之后：那一条完成时起算")
    receipt: bool = Field(default=False, description="要回执：报出后等到回执才算完")
    receipt_within: Annotated[int, Field(gt=0, le=100_000)] | None = Field(
        default=None, description="等回执：报出后多少分钟没有回执，就重新列到最前面催；不写为只提示"
    )
    repeats: bool = Field(default=False, description="循环：报完一次，下一次开始计时")
    category: Names | None = Field(default=None, description="类别：只用于这些类别、大类或组；不写为全部")
    when: Condition | None = Field(default=None, description="条件：何时适用；不写为一律")

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if self.within is None and not self.until_hop and not self.daily:
            raise ValueError("时限要写 within（分钟）、daily（钟点）或 until_hop = true")
        if (self.starts == "requested") != (self.request is not None):
            raise ValueError('starts = "requested" 要配 request（核报、批示或抽查），别的起算点不写 request')
        if self.receipt_within is not None and not self.receipt:
            raise ValueError("receipt_within 要配 receipt = true")
        return self


class WatchTable(Dated):
    days: Annotated[int, Field(gt=0, le=3650)] = Field(description="天数：事发后多少天内，伤亡变化仍要改等级")
    category: Names | None = Field(default=None, description="类别：只用于这些类别、大类或组；不写为全部")


class SkipTable(Dated):
    """越级直报 (R24): in these conditions the desk may report straight to `to`; the usual level is still owed."""

    to: Annotated[tuple[AddressTable, ...], Field(min_length=1)] = Field(
        description="可越级报给：层级和报送线"
    )
    text: Text = Field(description="一句话：什么情况可以越级")
    category: Names | None = Field(default=None, description="类别：只用于这些类别、大类或组；不写为全部")
    when: Condition | None = Field(default=None, description="条件：何时可以越级；不写为一律")


class Step(Table):
    who: Text = Field(description="对象：报给谁")
    what: Text = Field(description="做什么：如 电话报告")
    done_by: Literal["单位报告", "统一口径", "签发", "会商", "报送", "对外发布"] | None = Field(
        default=None, description="以何为据：台账里有哪种条目就算做了；不写则台账看不出，不查这一步"
    )
    to: AddressTable | None = Field(
        default=None, description="报给：done_by 是报送时，报给谁才算；不写为任何一个"
    )
    together: bool = Field(
        default=False, description="同时：与上一步同时做（双线并行），只做了一步就计时提示"
    )

    @model_validator(mode="after")
    def _seen_in_the_ledger(self) -> Self:
        if self.to is not None and self.done_by != EntryKind.SENT.value:
            raise ValueError('to 只用于 done_by = "报送" 的步骤')
        if self.together and self.done_by is None:
            raise ValueError("together 的步骤要写 done_by")
        return self


class OrderTable(Dated):
    """报送次序 (R23): the steps in the order in which they must be taken."""

    text: Text = Field(description="一句话：按什么次序")
    steps: Annotated[tuple[Step, ...], Field(min_length=2)] = Field(description="先后：按次序写，至少两步")
    category: Names | None = Field(default=None, description="类别：只用于这些类别、大类或组；不写为全部")


class ReleaseTable(Dated):
    """对外发布 (R15): through whom alone anything goes to the public."""

    unit: Text = Field(description="单位：对外发布只经过它")
    text: Text = Field(description="一句话：怎么发布")


class HoursTable(Dated):
    """工作时间 (R26): when people are at their desks; at any other time the call tree of 非工作时间 holds."""

    weekdays: Annotated[
        tuple[
            Literal["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
            ...,
        ],
        Field(min_length=1),
    ] = Field(description="星期几上班")
    spans: Annotated[tuple[tuple[HourMinute, HourMinute], ...], Field(min_length=1)] = Field(
        description='钟点：[["08:00", "12:00"], …]，含起、不含止'
    )
    holidays: Words = Field(default=(), description="放假：这些敏感时段（[[window]] 的名称）里不上班")
    worked: tuple[Day, ...] = Field(default=(), description="调休上班：这些日子虽是周末或在放假里也上班")

    @model_validator(mode="after")
    def _spans_in_order(self) -> Self:
        if any(end <= start for start, end in self.spans):
            raise ValueError("spans 里有一段的止不晚于起")
        return self


class ContactTable(Table):
    """A person or a desk to call. `call` is its place in the call tree (R26); without it, it is only a number."""

    id: Text = Field(description="编号：本表内不得重复")
    unit: Text = Field(description="单位")
    role: str = Field(default="", description="职务")
    person: str = Field(default="", description="姓名")
    phone: str = Field(default="", description="电话")
    hours: Literal["任何时间", "工作时间", "非工作时间"] = Field(
        default="任何时间", description="时段：这个电话何时打得通"
    )
    call: Annotated[int, Field(ge=1, le=99)] | None = Field(
        default=None, description="叫应次序：1 最先；不写则不在叫应名单里"
    )
    direct: bool = Field(default=False, description="信息直报点：可以直接向本值班室报送的单位")


class PlaceTable(Table):
    """A place that the desk knows: its name and aliases bring its tags and the unit that answers for it (县一中 → 校园).

    `common`: every county, or every township, has one of this name; told alone it is asked back.
    """

    name: Text = Field(description="地名：如 示范县第一中学")
    full: Text | None = Field(default=None, description="报告里的全称；不写就用 name")
    aliases: Words = Field(default=(), description="别名：如 县一中")
    tags: Words = Field(default=(), description="带来的标签：如 校园")
    owner: Text | None = Field(default=None, description="属地责任单位：如 城关镇；不写就看来电里说到的乡镇")
    common: Literal["县", "乡镇"] | None = Field(
        default=None, description="各地重名：写 县（各县都有）或 乡镇（各乡镇都有），只说它时追问是哪里的"
    )


class LanguageTable(Table):
    """用语 (R37): words that do not belong into a report, why, and what to write instead.

    A name that a base pack has already gets more words; `excludes` are phrases in which they are in order.
    """

    name: Text = Field(description="名称：如 渲染；上级文件已有的名称即补充用词")
    words: Words = Field(default=(), description="用词：报告里不该有的词")
    excludes: Words = Field(default=(), description="排除词：这些词里的用词不算（伤势轻微里的“轻微”）")
    beside: Words = Field(default=(), description="同句才算：同一句里有其中一个词才算；不写即都算")
    unless: Words = Field(default=(), description="同句不算：同一句里有其中一个词就不算（高度重视后有批示）")
    stages: tuple[Stage, ...] = Field(default=(), description="阶段：只查这些阶段的报告；不写为全部")
    reported: bool | None = Field(
        default=None, description="只查要紧的：true 即只在研判为应报或够得上定级时查（轻报）；不写为都查"
    )
    severity: Literal["须改", "留意"] | None = Field(
        default=None, description="轻重：须改的拦下，留意的只提示；不写即留意"
    )
    why: str = Field(default="", description="为什么：一句话")
    suggest: str = Field(default="", description="改法：应该怎么写")


class Expect(Table):
    """What a case must give; at least one of these.

    A row holds, fails or is open by itself, over every filling of what was told: `because`, `not_because`
    and `unsure` ask for one of the three, whether or not the row is the one that the verdict names.
    """

    decision: Decision | None = Field(default=None, description="结论：应报、待核或备查")
    grade: GradeOrNone | Annotated[tuple[GradeOrNone, ...], Field(min_length=2, max_length=2)] | None = Field(
        default=None, description="等级：一档，或 [低, 高]；够不上定级写 无"
    )
    because: Names | None = Field(default=None, description="条款成立：这些条款（编号）必定成立")
    not_because: Names | None = Field(default=None, description="条款不成立：这些条款必定不成立")
    unsure: Names | None = Field(default=None, description="条款未定：这些条款成立不成立，要看还不知道的情况")
    report_to: Names | None = Field(
        default=None, description="须报：这些对象必须应报，写名称、市党委，或 市（这一级凡有报送条款的都报）"
    )
    not_to: Names | None = Field(
        default=None, description="不报：这些对象不得应报，写法同 report_to；写 市 即这一级一个也不报"
    )
    asks: Names | None = Field(default=None, description="须追问：必须追问的数量（编号或名称），或问话原文")
    factors: Names | None = Field(default=None, description="须触及：必须触及的敏感因素")
    not_factors: Names | None = Field(default=None, description="不触及：不得触及的敏感因素")
    consult: Names | None = Field(default=None, description="须会商：必须会商的单位")
    owners: Names | None = Field(default=None, description="责任单位：必须列出的单位")
    category: Text | None = Field(default=None, description="类别：从来电里判出的类别")
    measures: dict[str, FactValue] | None = Field(default=None, description="数量：从来电里读出的数量")
    limits: dict[str, int] | None = Field(
        default=None, description="时限：时限编号 = 事发（不知道时从接报）到最早到期的分钟数"
    )

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if all(value is None for _, value in self):
            raise ValueError("expect 至少要写一项期望")
        return self


class CaseTable(Table):
    """用例: facts or a note, the day, and what the standards must make of it.

    It is judged by the rows in force on `on`, else on the day it happened, else on the day of its
    file, else on the day of the run. `now` is when it was heard: not given, it is the moment it
    happened, and for a note noon of its day.
    """

    name: Text = Field(description="用例名称：一句话")
    facts: dict[str, FactValue] | None = Field(
        default=None,
        description=(
            "要素：category、place、occurred、tags 和各项数量（编号或名称）；"
            '数量写 3、[3, 9]、[3, "以上"]、"至少3"、"十余"、"不详"、"无"'
        ),
    )
    note: Annotated[str, Field(min_length=1, max_length=20_000)] | None = Field(
        default=None, description="来电内容：代替 facts"
    )
    on: date | None = Field(default=None, description="日期：按哪一天有效的标准判")
    now: Text | None = Field(default=None, description="接报时刻：如 2026-03-05T09:30")
    expect: Expect = Field(description="期望：标准必须给出什么，至少写一项")

    @model_validator(mode="after")
    def _one_incident(self) -> Self:
        if (self.facts is None) == (self.note is None):
            raise ValueError("用例要么写 facts，要么写 note")
        return self


class AllowTable(Table):
    """A finding of `rules check` that the office knows of and accepts, with its reason."""

    code: Annotated[str, Field(pattern=r"^J\d{3}$")] = Field(description="发现的编号：如 J103")
    rows: Words = Field(default=(), description="条款：条款的编号，可用 *；不写为本文件全部")
    reason: Text = Field(description="理由：为什么接受它")


class DeskTable(Table):
    unit: Text = Field(description="单位：本单位名称")
    tier: Tier = Field(description="层级：本单位在哪一级")
    line: Line = Field(description="报送线：本单位在哪条线")
    locality: Text = Field(description="所辖地方：如 示范县")


class Wording(Table):
    """How reports are worded. Templates hold names of `SLOTS` in braces."""

    title: dict[Stage, Text] = Field(default={}, description="标题模板：阶段 = 模板")
    opening: Text | None = Field(default=None, description="开头模板：如 {source}报告")
    unknown: Text | None = Field(default=None, description="不详：不知道时怎么写")
    checking: Text | None = Field(default=None, description="核实中：正在核实时怎么写")
    cause_unknown: Text | None = Field(default=None, description="原因不明：没说原因时怎么写")
    actions_unknown: Text | None = Field(default=None, description="措施不明：没说措施时怎么写")
    follow: Text | None = Field(default=None, description="结尾模板：后续情况续报")
    no_casualties: Text | None = Field(default=None, description="无伤亡：没有伤亡时怎么写")
    signature: bool | None = Field(default=None, description="签发：首报前是否须签发，授权直报则为 false")
    read_back: Words | None = Field(default=None, description="复述核对：电话报完须复述核对的项目")
    title_most: Annotated[int, Field(gt=0, le=200)] | None = Field(
        default=None, description="标题字数：最多多少字，超过即提示"
    )
    text_most: Annotated[int, Field(gt=0, le=20_000)] | None = Field(
        default=None, description="正文字数：首报、续报最多多少字，超过即提示"
    )
    gap_hours: Annotated[int, Field(gt=0, le=8760)] | None = Field(
        default=None, description="事发到接报：相隔超过多少小时即提示"
    )

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

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")] = Field(
        description="标准名：小写字母、数字和连字符"
    )
    title: Text = Field(description="标题：这份标准叫什么")
    extends: tuple[Text, ...] = Field(default=(), description="沿用：标准名或文件路径，后写的盖过先写的")
    inherit: tuple[Literal["report", "limit"], ...] = Field(
        default=(), description="沿用条款：报送条款、时限默认只用本文件的，要沿用上级文件的写在这里"
    )
    due_soon: Annotated[int, Field(gt=0, le=1440)] | None = Field(
        default=None, description="将到期提示：还剩多少分钟时提醒"
    )
    desk: DeskTable | None = Field(default=None, description="本单位")
    wording: Wording | None = Field(default=None, description="报告用语")
    measure: tuple[MeasureTable, ...] = Field(default=(), description="数量：伤亡、损失等")
    category: tuple[CategoryTable, ...] = Field(default=(), description="类别：名称和触发词")
    group: tuple[GroupTable, ...] = Field(default=(), description="类别组：几个类别合起来的名称")
    tag: tuple[TagTable, ...] = Field(default=(), description="标签：来电里的迹象")
    window: tuple[WindowTable, ...] = Field(default=(), description="敏感时段")
    factor: tuple[FactorTable, ...] = Field(default=(), description="敏感因素")
    grade: tuple[GradeTable, ...] = Field(default=(), description="定级条款")
    report: tuple[ReportTable, ...] = Field(default=(), description="报送条款：报给谁")
    office: tuple[OfficeTable, ...] = Field(default=(), description="报送对象：名称和电话")
    consultation: tuple[ConsultationTable, ...] = Field(default=(), description="会商")
    owner: tuple[OwnerTable, ...] = Field(default=(), description="责任单位")
    hop: tuple[HopTable, ...] = Field(default=(), description="环节：一小时怎么分到各级")
    limit: tuple[LimitTable, ...] = Field(default=(), description="时限")
    watch: tuple[WatchTable, ...] = Field(default=(), description="伤亡变化期")
    skip: tuple[SkipTable, ...] = Field(default=(), description="越级直报")
    order: tuple[OrderTable, ...] = Field(default=(), description="报送次序")
    release: tuple[ReleaseTable, ...] = Field(default=(), description="对外发布")
    hours: tuple[HoursTable, ...] = Field(default=(), description="工作时间：什么时候有人上班")
    contact: tuple[ContactTable, ...] = Field(default=(), description="联系人：叫应名单和电话")
    place: tuple[PlaceTable, ...] = Field(default=(), description="已知地点：地名带来标签")
    language: tuple[LanguageTable, ...] = Field(default=(), description="用语：报告里不该有的词")
    allow: tuple[AllowTable, ...] = Field(default=(), description="已知的检查发现：接受并写明理由")
    case: tuple[CaseTable, ...] = Field(default=(), description="用例：jinji rules test 照此检验")


class OwnContactTable(ContactTable):
    """A row of an office's own contacts.toml; without `id` it is called by its unit, role and person."""

    id: Text | None = Field(default=None, description="编号：不写即单位、职务、姓名")  # type: ignore[assignment]


class ContactFile(Table):
    """An office's own contacts (R12), beside its settings."""

    contact: tuple[OwnContactTable, ...] = Field(default=(), description="联系人：单位、职务、姓名、电话")


class CaseFile(Table):
    """Cases beside a pack (`county.cases.toml`); `on` is the day of those that name none."""

    on: date | None = Field(default=None, description="默认日期：没写日期的用例按哪一天的标准判")
    case: Annotated[tuple[CaseTable, ...], Field(min_length=1)] = Field(
        description="用例：jinji rules test 照此检验"
    )


def read_cases(document: str) -> CaseFile:
    """The cases of a JSON `document`. Raises pydantic.ValidationError."""
    return CaseFile.model_validate_json(document)


def read_contacts(document: str) -> ContactFile:
    """The contacts of a JSON `document`. Raises pydantic.ValidationError."""
    return ContactFile.model_validate_json(document)


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
