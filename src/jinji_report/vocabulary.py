"""The words of the trade: one English name in code, one Chinese word in data and on screen.

Packs, JSON, the ledger and the screen all carry the Chinese value, matched whole. Nothing here
knows a number, a department or a rule.
"""

from enum import StrEnum


class Decision(StrEnum):
    """研判结论: what the standards say must happen, weakest first in `DECISIONS`."""

    KEEP = "备查"
    UNSURE = "待核"
    REPORT = "应报"


DECISIONS: tuple[Decision, ...] = (Decision.KEEP, Decision.UNSURE, Decision.REPORT)


class Grade(StrEnum):
    """等级: how grave an incident is."""

    ORDINARY = "一般"
    LARGER = "较大"
    SERIOUS = "重大"
    EXTRAORDINARY = "特别重大"


GRADES: tuple[Grade, ...] = (Grade.ORDINARY, Grade.LARGER, Grade.SERIOUS, Grade.EXTRAORDINARY)


class Tier(StrEnum):
    """层级, lowest first in `TIERS`."""

    TOWNSHIP = "乡镇"
    COUNTY = "县"
    CITY = "市"
    PROVINCE = "省"
    CENTRE = "中央"


TIERS: tuple[Tier, ...] = (Tier.TOWNSHIP, Tier.COUNTY, Tier.CITY, Tier.PROVINCE, Tier.CENTRE)


class Line(StrEnum):
    """报送线: along which a report goes up."""

    PARTY = "党委"
    GOVERNMENT = "政府"
    INDUSTRY = "行业"


class Side(StrEnum):
    """责任单位 stand on two sides, and both owe a report (行业+属地)."""

    INDUSTRY = "行业"
    LOCALITY = "属地"


class Form(StrEnum):
    """In which form a report goes out."""

    PHONE = "电话"
    WRITTEN = "书面"
    MESSAGE = "信息"


class Stage(StrEnum):
    """报告阶段 (快、新、全、实)."""

    FIRST = "首报"
    FOLLOW_UP = "续报"
    FINAL = "终报"
    FEEDBACK = "批示反馈"


class Effect(StrEnum):
    """What a 敏感因素 does to the decision.

    `lifts` reports by itself; `asks` keeps the decision open where the answer could change it;
    `shown` is named and no more.
    """

    LIFTS = "lifts"
    ASKS = "asks"
    SHOWN = "shown"


class Precision(StrEnum):
    """How exactly a moment was told."""

    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    DAY = "day"


class Basis(StrEnum):
    """Which moment stands for the occurrence."""

    OCCURRED = "occurred"
    ALARM = "alarm"
    DISCOVERED = "discovered"


class ClockStart(StrEnum):
    """From which moment a limit runs."""

    OCCURRED = "occurred"
    DISCOVERED = "discovered"
    ALARM = "alarm"
    RECEIVED = "received"
    REQUESTED = "requested"
    ENDED = "ended"
    SENT = "sent"
    ACKED = "acked"


class LimitState(StrEnum):
    """Where a 时限 stands now."""

    OPEN = "open"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met_late"
    WAIVED = "waived"


LIMIT_STATE_LABELS: dict[LimitState, str] = {
    LimitState.OPEN: "未到期",
    LimitState.DUE_SOON: "将到期",
    LimitState.OVERDUE: "已超时",
    LimitState.MET: "已按时",
    LimitState.MET_LATE: "已报迟",
    LimitState.WAIVED: "不再要求",
}


class Confidence(StrEnum):
    """How well the source of a number is known."""

    CONFIRMED = "confirmed"
    WEAK = "weak"
    RECALLED = "recalled"
    BRIEF = "brief"


class EntryKind(StrEnum):
    """台账条目: the kinds of entry that this version writes. Others are kept as they are."""

    RECEIVED = "接报"
    FACTS = "要素"
    VERDICT = "研判"
    REPORT = "成文"
    SENT = "报送"
    ACK = "回执"
    DECISION = "决定"
    CLOSED = "结案"
    REOPENED = "重开"
    UNDONE = "撤销"
    MERGED = "并案"
    UNIT_REPORT = "单位报告"
    AGREED = "统一口径"
    REQUEST = "上级要求"
    ANSWER = "办理"
    CONSULTED = "会商"
    CALLED = "叫应"
    SIGNED = "签发"
    RELEASED = "对外发布"
    BACKFLOW = "倒灌"
    LEAD = "线索"
    VERIFIED = "核实"
    SEALED = "归档"
    REPAIRED = "修复"


class Status(StrEnum):
    """Where a 案卷 stands."""

    OPEN = "在办"
    CLOSED = "已结"
    MERGED = "已并"
    VOID = "已撤"
    LEAD = "线索"


class RequestKind(StrEnum):
    """上级要求: what the office above asks for (R20, R21, R31)."""

    VERIFICATION = "核报"
    INSTRUCTION = "批示"
    SPOT_CHECK = "抽查"


class AnswerStep(StrEnum):
    """办理: what was done about a request; an answer or a feedback meets its limits, the last one ends it."""

    READ_BACK = "复述"
    PASSED_ON = "转办"
    CARRIED_OUT = "落实"
    ANSWERED = "答复"
    FED_BACK = "反馈"
    ENDED = "办结"


class LeadState(StrEnum):
    """How far a 线索 has been verified (R13)."""

    NEW = "待核实"
    VERIFYING = "核实中"
    TRUE = "属实"
    PARTLY = "部分属实"
    FALSE = "不实"
    UNVERIFIABLE = "无法核实"


class KnewFirst(StrEnum):
    """倒灌: who knew of it before this desk did (R27)."""

    ABOVE = "上级"
    WEB = "互联网"
    MEDIA = "媒体"


class SourceKind(StrEnum):
    """信息来源."""

    PHONE = "电话"
    CHAT = "群消息"
    HOTLINE = "报警"
    MEDIA = "媒体"
    WEB = "网络"
    WRITTEN = "书面"
    SITE = "现场"


# The fifth class holds what is no public emergency but still owed upward (a broadcaster's
# 安全播出事故); packs fill it.
CLASSES: tuple[str, ...] = ("自然灾害", "事故灾难", "公共卫生", "社会安全", "内部事项", "其他")

OTHER_CATEGORY = "其他"
