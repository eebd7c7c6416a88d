"""What a row of the standards says: every value of it under a label, in words.

The cells are made from the rows as their files write them, so that 生产安全事故 stays one word and
not the list of its leaves. Tables take the short words (死亡 ≥ 3人), explanations the spoken ones
(死亡3人以上，含3人).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from jinji_report.moments import spoken_span
from jinji_report.quantity import tidy
from jinji_report.standards.conditions import listed
from jinji_report.standards.explain import condition_words, when_of
from jinji_report.standards.findings import Subject
from jinji_report.standards.join import Row
from jinji_report.standards.rows import Address
from jinji_report.vocabulary import TIERS, Line, Tier

Cells = list[tuple[str, str]]

# table → what the desk calls one of its rows, in the order in which they are shown
KINDS: dict[str, str] = {
    "report": "报送条款",
    "grade": "等级",
    "factor": "敏感因素",
    "consultation": "会商",
    "owner": "责任单位",
    "limit": "时限",
    "hop": "环节",
    "skip": "越级直报",
    "order": "报送次序",
    "release": "对外发布",
    "hours": "工作时间",
    "watch": "观察期",
    "office": "报送对象",
    "contact": "呼叫顺序",
    "window": "敏感时段",
    "measure": "数量",
    "group": "类别组",
    "category": "类别",
    "tag": "标签",
    "place": "已知地点",
    "language": "报告用语",
}
CONFIDENCE = {"confirmed": "已核实", "weak": "来源较弱", "recalled": "凭记忆", "brief": "本办法自定"}
CONFIDENCE_IN_FULL = {
    "confirmed": "已核实：见过条文",
    "weak": "来源较弱：只见过转引或地方文本，使用前请与原文核对",
    "recalled": "凭记忆：按通行做法写的，没有见到原文，使用前请核对",
    "brief": "本办法自定：没有公开文件可对照",
}
EFFECTS = {
    "lifts": "提级：成立即触及敏感因素，不够数额也可能要报",
    "asks": "追问：成立就要问清，答案可能改变研判的，研判先为待核",
    "shown": "提示：只写明，不影响研判",
}
STARTS = {
    "occurred": "事发",
    "discovered": "发现",
    "alarm": "报警",
    "received": "接报",
    "requested": "上级提出要求",
    "ended": "事件结束",
    "sent": "上一次报出",
    "acked": "上级收到",
}
ROLES = {"scene": "在现场或旁边", "victim": "受害的人", "any": "不限"}
PRESUMED = {
    "always": "没说或还在统计，先推定没有",
    "when_casualties_told": "说了别的伤亡而没提它，推定没有",
    "never": "不推定，要问",
}


class Teller:
    """What rows say, for one set of standards on a day. `spoken` chooses the longer words."""

    def __init__(self, subject: Subject, day: date, *, spoken: bool = False) -> None:
        self.subject = subject
        self.day = day
        self.spoken = spoken
        self.standards = subject.standards.on(day)

    def cells(self, kind: str, key: str, data: Row) -> Cells:
        """Every value of a row under its label, the same labels for every row of a kind; empty values are ""."""
        return _TOLD[kind](self, key, data)

    def condition(self, kind: str, data: Row) -> str:
        return condition_words(when_of(kind, data), self.subject.standards, spoken=self.spoken)

    def office(self, address: Mapping[str, str]) -> str:
        return self.standards.office_name(Address(Tier(address["tier"]), Line(address["line"])))

    def offices(self, addresses: Sequence[Mapping[str, str]]) -> str:
        return "、".join(self.office(address) for address in addresses)

    def label(self, measure: str) -> str:
        return self.subject.standards.measures[measure].label

    def limit(self, key: str) -> str:
        """What another limit is called in a sentence."""
        return str(self.subject.written("limit")[key]["label"] or key)

    def hop_end(self, tier: str) -> int:
        """Minutes from the start to the end of the tier's hop."""
        last = TIERS.index(Tier(tier))
        return sum(hop.minutes for hop in self.standards.hops if TIERS.index(hop.tier) <= last)


def sentence(teller: Teller, kind: str, data: Row) -> str:
    """What a row says, as one sentence; empty for what is no rule. `teller` speaks the long words."""
    if kind not in _SENTENCES:
        return ""
    when = when_of(kind, data)
    compound = not {"any", "all"}.isdisjoint(when)
    subject = _names(data.get("category")) or ("" if when else "任何事件")
    condition = "符合下面的条件" if compound else teller.condition(kind, data) if when else ""
    lead = "，".join(part for part in (subject, condition) if part)
    return (
        f"{lead}的，{_SENTENCES[kind](teller, data)}。"
        if condition
        else f"{lead}，{_SENTENCES[kind](teller, data)}。"
    )


_SENTENCES: dict[str, Callable[[Teller, Row], str]] = {
    "report": lambda teller, data: f"要报{teller.offices(data['to'])}",
    "grade": lambda teller, data: f"定为{data['grade']}",
    "factor": lambda teller, data: {
        "lifts": f"触及敏感因素“{data['name']}”，提级",
        "asks": f"有敏感因素“{data['name']}”，要追问",
        "shown": f"写明“{data['name']}”，不影响研判",
    }[data["effect"]],
    "consultation": lambda teller, data: f"会商{_names([unit['unit'] for unit in data['units']])}",
    "owner": lambda teller, data: f"{data['unit']}（{data['side']}）要报{data['angle']}",
    "limit": lambda teller, data: (
        f"{data['owes'] or '本单位'}以{data['form']}报到{teller.offices(data['to']) or '应报的各对象'}：{_within(teller, data)}"
    ),
    "skip": lambda teller, data: f"可以越级直报{teller.offices(data['to'])}，按级的报送照常",
}


def in_force(data: Row, day: date) -> bool:
    """The row holds on that day; both of its days belong to the span."""
    return (data.get("effective_from") or "") <= day.isoformat() <= (data.get("effective_to") or "9999")


def days_words(data: Row) -> str:
    """Since when and until when a row holds."""
    since, until = data.get("effective_from"), data.get("effective_to")
    if since and until:
        return f"{since} 至 {until}"
    return f"{since} 起" if since else f"至 {until} 止" if until else "没有写起止日，一直有效"


def spans_around(data: Row, day: date) -> str:
    """The spans of a window nearest to the day: the one before, the one that holds, the one after."""
    spans = sorted(tuple(span) for span in data["spans"])
    today = day.isoformat()
    held = [span for span in spans if span[0] <= today <= span[1]]
    before = [span for span in spans if span[1] < today][-1:]
    after = [span for span in spans if span[0] > today][:1]
    parts = [f"{a} 至 {b}" + ("（这一天在内）" if (a, b) in held else "") for a, b in before + held + after]
    for first, last in data["yearly"]:
        month_day = today[5:]
        inside = first <= month_day <= last if first <= last else month_day >= first or month_day <= last
        parts.append(f"每年 {first} 至 {last}" + ("（这一天在内）" if inside else ""))
    return "；".join(parts) or "没有写日期"


def _source(data: Row) -> str:
    return f"{data['clause']}〔{CONFIDENCE[data['confidence']]}〕"


def _names(value: Any, otherwise: str = "") -> str:
    return "、".join(listed(value)) if value else otherwise


def _dated(cells: Cells, data: Row) -> Cells:
    days = days_words(data) if data["effective_from"] or data["effective_to"] else ""
    return [*cells, ("有效期", days), ("出处", _source(data))]


def _report(teller: Teller, key: str, data: Row) -> Cells:
    return _dated(
        [
            ("条款", key),
            ("报给", teller.offices(data["to"])),
            ("条件", f"{data['text']}：{teller.condition('report', data)}"),
            ("类别", _names(data["category"], "全部")),
        ],
        data,
    )


def _grade(teller: Teller, key: str, data: Row) -> Cells:
    below = ""
    if data["below"] is not None:
        unit = teller.subject.standards.measures[listed(data["measure"])[0]].unit
        below = f"< {tidy(data['below'])}{unit}（只用来核对）"
    return _dated(
        [
            ("条款", key),
            ("等级", data["grade"]),
            ("条件", teller.condition("grade", data)),
            ("上沿", below),
            ("类别", _names(data["category"], "全部")),
        ],
        data,
    )


def _factor(teller: Teller, key: str, data: Row) -> Cells:
    return _dated(
        [
            ("因素", data["name"]),
            ("条款", key),
            (
                "作用",
                EFFECTS[data["effect"]].partition("：")[0] if not teller.spoken else EFFECTS[data["effect"]],
            ),
            ("条件", teller.condition("factor", data)),
            ("追问", data["ask"]),
            ("可能转为死亡的", _names([teller.label(name) for name in data["outlook"]])),
        ],
        data,
    )


def _consultation(teller: Teller, key: str, data: Row) -> Cells:
    return _dated(
        [
            ("条款", key),
            ("单位", _names([unit["unit"] for unit in data["units"]])),
            ("条件", teller.condition("consultation", data)),
            ("要问的", "；".join(f"{unit['unit']}：{' '.join(unit['questions'])}" for unit in data["units"])),
            (
                "答复前",
                ("研判待核" if data["holds_open"] else "照常研判")
                + (f"；最多等{spoken_span(data['answer_within'])}" if data["answer_within"] else ""),
            ),
        ],
        data,
    )


def _owner(teller: Teller, key: str, data: Row) -> Cells:
    return _dated(
        [
            ("单位", data["unit"]),
            ("角度", data["side"]),
            ("职责", data["angle"]),
            ("别名", _names(data["aliases"])),
            ("类别", _names(data["category"], "全部")),
            ("条件", teller.condition("owner", data)),
            ("条款", key),
        ],
        data,
    )


def _limit(teller: Teller, key: str, data: Row) -> Cells:
    return _dated(
        [
            ("条款", key),
            ("方式", data["form"]),
            ("时限", data["text"]),
            ("短名", data["label"]),
            ("谁报", data["owes"] or "本单位"),
            ("报给", teller.offices(data["to"]) or "应报的各对象"),
            (
                "怎样算报到",
                _names(data["met_by"] or [data["form"]]) + _receipt_words(data),
            ),
            ("多久", _within(teller, data)),
            ("类别", _names(data["category"], "全部")),
            ("条件", teller.condition("limit", data)),
        ],
        data,
    )


def _receipt_words(data: Row) -> str:
    if not data["receipt"]:
        return ""
    within = data["receipt_within"]
    return "，要有回执" + (f"（{spoken_span(within)}没有就再催）" if within else "")


def _within(teller: Teller, data: Row) -> str:
    start = STARTS[data["starts"]] + (f"（{data['request']}）" if data["request"] else "")
    first = f"{teller.limit(data['after'])}报出" if data["after"] else start
    parts = [f"{first}后{spoken_span(data['within'])}"] if data["within"] else []
    if data["until_hop"]:
        parts.append(_hop_end_words(teller, start))
    if data["daily"]:
        parts.append(f"每天{_names(data['daily'])}")
    return "，且不晚于".join(parts) + ("；一次接一次，到结案为止" if data["repeats"] else "")


def _hop_end_words(teller: Teller, start: str) -> str:
    if not teller.standards.hops:
        return "本级环节终点"
    return f"本级环节终点，即{start}后{teller.hop_end(teller.standards.desk.tier)}分钟"


def _hop(teller: Teller, key: str, data: Row) -> Cells:
    return _dated(
        [
            ("层级", key),
            ("分钟", str(data["minutes"])),
            ("累计", f"{teller.hop_end(data['tier'])}分钟"),
            ("条款", data["id"]),
        ],
        data,
    )


def _skip(teller: Teller, key: str, data: Row) -> Cells:
    return _dated(
        [
            ("条款", key),
            ("可直报", teller.offices(data["to"])),
            ("条件", f"{data['text']}：{teller.condition('skip', data)}"),
            ("类别", _names(data["category"], "全部")),
        ],
        data,
    )


def _order(teller: Teller, key: str, data: Row) -> Cells:
    steps = " → ".join(f"{step['who']}：{step['what']}" for step in data["steps"])
    cells = [
        ("条款", key),
        ("说明", data["text"]),
        ("次序", steps),
        ("类别", _names(data["category"], "全部")),
    ]
    return _dated(cells, data)


def _release(teller: Teller, key: str, data: Row) -> Cells:
    return _dated([("条款", key), ("单位", data["unit"]), ("说明", data["text"])], data)


def _hours(teller: Teller, key: str, data: Row) -> Cells:
    cells = [
        ("条款", key),
        ("星期", "、".join(data["weekdays"])),
        ("钟点", "、".join(f"{start}—{end}" for start, end in data["spans"])),
        ("放假", "、".join(data["holidays"]) or "不放"),
    ]
    if data["worked"]:
        cells.append(("调休上班", "、".join(data["worked"])))
    return _dated(cells, data)


def _watch(teller: Teller, key: str, data: Row) -> Cells:
    cells = [
        ("条款", key),
        ("天数", f"事发后{data['days']}天内伤亡变化，重新定级"),
        ("类别", _names(data["category"], "全部")),
    ]
    return _dated(cells, data)


def _office(teller: Teller, key: str, data: Row) -> Cells:
    return [("层级", data["tier"]), ("报送线", data["line"]), ("名称", data["name"]), ("电话", data["phone"])]


def _contact(teller: Teller, key: str, data: Row) -> Cells:
    return [
        ("顺序", f"第{data['call']}个" if data["call"] else "不在呼叫顺序里"),
        ("单位", data["unit"]),
        ("职务", data["role"]),
        ("姓名", data["person"]),
        ("电话", data["phone"]),
        ("何时", data["hours"]),
        ("条款", key),
    ]


def _window(teller: Teller, key: str, data: Row) -> Cells:
    return [
        ("时段", key),
        ("前后各段", spans_around(data, teller.day)),
        ("共写了", f"{len(data['spans']) + len(data['yearly'])}段"),
    ]


def _measure(teller: Teller, key: str, data: Row) -> Cells:
    return [
        ("数量", data["label"]),
        ("名", key),
        ("单位", data["unit"] + ("" if data["whole"] else "（可有小数）")),
        ("问法", data["ask"]),
        ("没说时", PRESUMED[data["presume"]]),
        ("没提到即推定没有的类别", _names(data["presume_for"])),
        ("只在这些类别追问", _names(data["asked_for"])),
        ("不超过", teller.label(data["part_of"]) if data["part_of"] else ""),
        ("差多少算接近", f"{tidy(data['near'])}{data['unit']}" if data["near"] else ""),
        ("算伤亡", "是" if data["casualty"] else ""),
        ("引出它的词", _names(data["words"])),
    ]


def _group(teller: Teller, key: str, data: Row) -> Cells:
    return [("类别组", key), ("包括", _names(data["categories"]))]


def _category(teller: Teller, key: str, data: Row) -> Cells:
    return [
        ("类别", key),
        ("大类", data["kind"]),
        ("标题里叫", data["noun"] or key),
        ("几乎单独能定的词", _names(data["strong"])),
        ("常见的词", _names(data["words"])),
        ("佐证的词", _names(data["weak"])),
        ("不算的短语", _names(data["excludes"])),
        ("先于", "；".join(lead(one) for one in data["leads"])),
        ("有别的类别时靠后", "是" if data["background"] else ""),
        ("带出来、不另算一件事的", _names(data["brings"])),
        ("别的事引起的", "是" if data["aftermath"] else ""),
    ]


def lead(one: Row) -> str:
    """A category that this one comes before, and when."""
    when = [f"有{_names(one['words'])}"] if one["words"] else []
    when += [f"没有{_names(one['unless'])}"] if one["unless"] else []
    return str(one["over"]) + (f"（来电里{'、'.join(when)}）" if when else "")


def _tag(teller: Teller, key: str, data: Row) -> Cells:
    return [
        ("标签", key),
        ("所指", ROLES[data["role"] or "any"]),
        ("词", _names(data["words"])),
        ("不算的短语", _names(data["excludes"])),
        ("这些数量说了是0就没有", "、".join(teller.label(measure) for measure in data["cleared_by"])),
    ]


def _place(teller: Teller, key: str, data: Row) -> Cells:
    return [
        ("地点", key),
        ("全称", data["full"] or ""),
        ("别名", _names(data["aliases"])),
        ("带来的标签", _names(data["tags"])),
        ("属地责任单位", data["owner"] or ""),
        ("重名", f"各{data['common']}都有，只说它时追问" if data["common"] else ""),
    ]


def _language(teller: Teller, key: str, data: Row) -> Cells:
    return [
        ("用语", key),
        ("轻重", data["severity"] or "留意"),
        ("词", _names(data["words"])),
        ("不算的短语", _names(data["excludes"])),
        ("同句有才算", _names(data["beside"])),
        ("同句有就不算", _names(data["unless"])),
        ("阶段", _names(data["stages"])),
        ("只查应报和定级的", "是" if data["reported"] else ""),
        ("为什么", data["why"]),
        ("改法", data["suggest"]),
    ]


_TOLD: dict[str, Callable[[Teller, str, Row], Cells]] = {
    "report": _report,
    "grade": _grade,
    "factor": _factor,
    "consultation": _consultation,
    "owner": _owner,
    "limit": _limit,
    "hop": _hop,
    "skip": _skip,
    "order": _order,
    "release": _release,
    "hours": _hours,
    "watch": _watch,
    "office": _office,
    "contact": _contact,
    "window": _window,
    "measure": _measure,
    "group": _group,
    "category": _category,
    "tag": _tag,
    "place": _place,
    "language": _language,
}
