"""Facts that were given as such: the officer's own values (`--set deaths=3`), and the facts of a JSON line.

Each value is checked as it comes, and refused with what may be written instead. The reading of a note is
`understand`'s.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from jinji_report.desk.stamp import refuse_secrets
from jinji_report.errors import UnusableInput
from jinji_report.intake.values import parse_quantity, parse_when
from jinji_report.model.facts import MOMENTS, Facts, Occurred, Place, Source
from jinji_report.moments import EARLIEST, on_screen, parse_moment
from jinji_report.quantity import Quantity
from jinji_report.standards.rows import Standards

MOST_PEOPLE = 100_000_000
MOST = 1_000_000_000_000  # of any unit

# What an officer may type for a field besides the labels of the measures.
FIELDS: Mapping[str, str] = {
    "category": "category",
    "类别": "category",
    "occurred": "occurred",
    "时间": "occurred",
    "发生时间": "occurred",
    "place": "place",
    "地点": "place",
    "tags": "tags",
    "标签": "tags",
    "cause": "cause",
    "原因": "cause",
    "actions": "actions",
    "措施": "actions",
    "leaders": "leaders",
    "领导": "leaders",
    "course": "course",
    "经过": "course",
    "unit": "unit",
    "来源单位": "unit",
    "person": "person",
    "报告人": "person",
    "phone": "phone",
    "电话": "phone",
    "alarm": "alarm",
    "接警": "alarm",
    "discovered": "discovered",
    "发现": "discovered",
    "ended": "ended",
    "处置结束": "ended",
}
_MOMENTS = ("alarm", "discovered", "ended")  # besides the occurrence; when the desk was told is `--at`


def apply_sets(facts: Facts, sets: Iterable[str], standards: Standards, now: datetime) -> Facts:
    """`facts` with each `name=value` put in its place; an empty value takes it out. Raises UnusableInput, SecretNote."""
    for pair in sets:
        name, equals, value = pair.replace("＝", "=").partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not name:
            raise UnusableInput(f"看不懂“{pair}”。", remedy="写成 项目=值，例如 deaths=3 或 死亡=3。")
        refuse_secrets(value)
        facts = _set_one(facts, name, value, standards, now)
    return facts


def _set_one(facts: Facts, name: str, value: str, standards: Standards, now: datetime) -> Facts:
    measure = _measure_named(name, standards)
    if measure is not None:
        measures = dict(facts.measures)
        if value:
            try:
                measures[measure] = sane(measure, parse_quantity(value), standards)
            except ValueError as error:
                raise UnusableInput(
                    f"{name}：{error}", remedy=f"写成 {name}=3、{name}=十余 或 {name}=不详。"
                ) from None
        else:
            measures.pop(measure, None)
        return facts.with_changes(measures=measures)
    field = FIELDS.get(name)
    if field is None:
        labels = "、".join(m.label for m in list(standards.measures.values())[:8])
        raise UnusableInput(
            f"没有“{name}”这个项目。",
            remedy=f"可用：时间、地点、类别、标签、原因、措施、{labels} 等（也可用英文名）。",
        )
    if field == "category":
        if value and value not in standards.categories:
            raise UnusableInput(
                f"没有“{value}”这个类别。", remedy=f"可用类别：{'、'.join(standards.categories)}。"
            )
        return facts.with_changes(category=value or None, category_said=value)
    if field == "occurred":
        if not value:
            return facts.with_changes(occurred=None)
        try:
            return facts.with_changes(occurred=checked_time(parse_when(value, now), now))
        except ValueError as error:
            raise UnusableInput(
                str(error), remedy=f"写成 {name}=昨晚11点半 或 {name}=2026-03-05T01:20。"
            ) from None
    if field in _MOMENTS:
        return facts.with_changes(moments=_with_moment(facts, field, name, value, now))
    if field == "place":
        # The words of the note stay behind a mended place: the report does not say both.
        said = facts.place.said if facts.place is not None else ""
        return facts.with_changes(place=Place(value, said) if value else None)
    if field == "tags":
        names = [tag for tag in value.replace("，", ",").replace("、", ",").split(",") if tag]
        return facts.with_changes(tags={tag: facts.tags.get(tag, tag) for tag in names})
    if field in ("unit", "person", "phone"):
        source = {part: getattr(facts.source, part) for part in facts.source.__slots__}
        source[field] = value or None
        return facts.with_changes(source=type(facts.source)(**source))
    return facts.with_changes(**{field: value})


def _with_moment(facts: Facts, field: str, name: str, value: str, now: datetime) -> dict[str, datetime]:
    """The moments with this one in its place, or without it. Raises UnusableInput."""
    kept = {known: at for known, at in facts.moments.items() if known != field}
    if not value:
        return kept
    remedy = f"写成 {name}=14:20 或 {name}=2026-03-05T14:20。"
    try:
        at = checked_time(parse_when(value, now), now, name).at
    except ValueError as error:
        raise UnusableInput(str(error), remedy=remedy) from None
    if facts.occurred is not None and at < facts.occurred.at:
        raise UnusableInput(
            f"{name} {on_screen(at)} 早于事发 {on_screen(facts.occurred.at)}。", remedy=f"核对日期；{remedy}"
        )
    return {**kept, field: at}


def checked_time(occurred: Occurred, now: datetime, name: str = "发生时间") -> Occurred:
    """Raises UnusableInput for a moment that has not come yet or that nobody alive reports."""
    if occurred.at > now + timedelta(minutes=1):
        raise UnusableInput(
            f"{name} {on_screen(occurred.at)} 在现在（{on_screen(now)}）之后。",
            remedy="核对日期和上午、下午。",
        )
    if occurred.at < EARLIEST:
        raise UnusableInput(f"{name} {on_screen(occurred.at)} 不像真实时间。", remedy="核对年份。")
    return occurred


def sane(measure: str, quantity: Quantity, standards: Standards) -> Quantity:
    """Raises ValueError for a count that no incident has."""
    row = standards.measures[measure]
    people = row.unit == "人"
    for number in (quantity.low, quantity.high):
        if number is not None and number > (MOST_PEOPLE if people else MOST):
            raise ValueError(f"{'人数' if people else '数目'}大得不合理。")
        if number is not None and people and number != int(number):
            raise ValueError("人数应是整数。")
    return quantity


def facts_of(data: Mapping[str, Any], standards: Standards, now: datetime) -> Facts:
    """Structured facts of a batch line: measures as a number, [low, high] or {low, high, said}.

    Raises UnusableInput with the key that is wrong.
    """
    if not isinstance(data, Mapping):
        raise UnusableInput(
            "facts 不是对象。", remedy='写成 {"category": "火灾", "measures": {"deaths": 3}}。'
        )
    known = {"category", "occurred", "place", "measures", "tags", "title", "source", "moments"}
    odd = [key for key in data if key not in known]
    if odd:
        raise UnusableInput(f"facts 里有不认识的键 {odd[0]}。", remedy=f"可用：{'、'.join(sorted(known))}。")
    facts = Facts(title=_text(data.get("title"), "title"))
    category = data.get("category")
    if category is not None:
        facts = _set_one(facts, "category", _text(category, "category"), standards, now)
    place = data.get("place")
    if place is not None:
        text = place.get("text") if isinstance(place, Mapping) else place
        facts = facts.with_changes(place=Place(_text(text, "place")))
    tags = data.get("tags") or []
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise UnusableInput("tags 应是文字的列表。", remedy='写成 "tags": ["校园"]。')
    facts = facts.with_changes(tags={tag: tag for tag in tags})
    occurred = data.get("occurred")
    if occurred is not None:
        try:
            when = (
                Occurred.from_json(occurred)
                if isinstance(occurred, Mapping)
                else parse_when(_text(occurred, "occurred"), now)
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            raise UnusableInput("occurred 不是时间。", remedy='写成 "2026-03-05T01:20"。') from None
        if when.until is not None and when.until < when.at:
            raise UnusableInput("occurred 的 until 早于 at。", remedy="把两个时间对调，或去掉 until。")
        facts = facts.with_changes(occurred=checked_time(when, now))
    facts = facts.with_changes(moments=_moments(data.get("moments"), now), source=_source(data.get("source")))
    measures = data.get("measures") or {}
    if not isinstance(measures, Mapping):
        raise UnusableInput("measures 不是对象。", remedy='写成 {"deaths": 3}。')
    return facts.with_changes(
        measures={name: _structured(name, value, standards) for name, value in measures.items()}
    )


def _moments(data: Any, now: datetime) -> dict[str, datetime]:
    """When it was received, discovered, passed on and so forth. Raises UnusableInput."""
    try:
        moments = {name: parse_moment(at) for name, at in (data or {}).items()}
    except (TypeError, ValueError, AttributeError, OverflowError):
        raise UnusableInput(
            "moments 不是时间。", remedy='写成 "moments": {"received": "2026-03-05T01:30"}。'
        ) from None
    for name, moment in moments.items():
        if name not in MOMENTS:
            raise UnusableInput(f"moments 里有不认识的键 {name}。", remedy=f"可用：{'、'.join(MOMENTS)}。")
        checked_time(Occurred(moment), now)
    return moments


def _source(data: Any) -> Source:
    """Who told it; where an answer had read it (`span`) is no part of it. Raises UnusableInput."""
    parts = Source.__slots__
    if data is None:
        return Source()
    if isinstance(data, Mapping):
        data = {name: value for name, value in data.items() if name not in ("span", "spans")}
    if not isinstance(data, Mapping) or any(name not in parts for name in data):
        raise UnusableInput(
            "source 不对。",
            remedy=f'写成 "source": {{"unit": "交警大队"}}，可用：{"、".join(sorted(parts))}。',
        )
    return Source(**{name: _text(value, name) or None for name, value in data.items()})


def _structured(name: str, value: Any, standards: Standards) -> Quantity:
    if name not in standards.measures:
        raise UnusableInput(f"没有 {name} 这个数量。", remedy=f"可用：{'、'.join(standards.measures)}。")
    said = ""
    if isinstance(value, Mapping):
        said = _text(value.get("said"), name)
        value = [value.get("low"), value.get("high")]
    if not isinstance(value, list):
        value = [value, value]
    numbers = [v for v in value if v is not None]
    if (
        len(value) != 2
        or value[0] is None
        or any(isinstance(v, bool) or not isinstance(v, int | float) for v in numbers)
    ):
        raise UnusableInput(f"{name} 的值不对。", remedy="写一个数、[3, 9] 或 [3, null]。")
    try:
        return sane(name, Quantity(value[0], value[1], said or _spoken(value)), standards)
    except (ValueError, OverflowError):
        raise UnusableInput(
            f"{name} 的值不合理（负数、过大或上下颠倒）。", remedy="写一个数、[3, 9] 或 [3, null]。"
        ) from None


def _spoken(value: list[Any]) -> str:
    low, high = value
    if high is None:
        return "不详" if low == 0 else f"至少{low}"
    return f"{low}" if low == high else f"{low}至{high}"


def _text(value: Any, name: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnusableInput(f"{name} 应是文字。", remedy=f'写成 "{name}": "…"。')
    return value


def _measure_named(name: str, standards: Standards) -> str | None:
    if name in standards.measures:
        return name
    return next((m.id for m in standards.measures.values() if m.label == name), None)
