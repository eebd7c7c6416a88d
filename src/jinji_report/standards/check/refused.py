"""What the schema refuses in a file, as findings with their lines.

A refused file cannot be joined with others, so that these are all that is found until it is mended.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from jinji_report.standards.check.sources import EMPTY_CLAUSE
from jinji_report.standards.check.where import LABELS
from jinji_report.standards.faults import Refusal
from jinji_report.standards.findings import Code, Finding
from jinji_report.standards.layout import Layout, Place

UNKNOWN_KEY = Code(
    "J001",
    "错误",
    "不认识的键",
    what="写了标准文件里没有的键或表。",
    why="多半是键名差了一个字母；程序不猜，也不当作没看见，否则数字写了等于没写。",
    bad="""
[[tag]]
name = "校车"
word = ["校车"]
""",
    good="""
[[tag]]
name = "校车"
words = ["校车"]
""",
)
MISSING_KEY = Code(
    "J002",
    "错误",
    "缺少必写的键",
    what="一条里少了必须写的内容。",
    why="少了它，这一条的意思不完整，不能用来研判。",
    bad="""
[[tag]]
words = ["校车"]
""",
    good="""
[[tag]]
name = "校车"
words = ["校车"]
""",
)
WRONG_TYPE = Code(
    "J003",
    "错误",
    "值的类型不对",
    what='数字写成了文字（"10"）、真假（true），或者该写列表、表的地方写了别的。',
    why='程序不替你换算："10" 和 10、true 和 1 在标准里不能含糊。',
    bad="""
[[report]]
id = "r.ten"
to = [{ tier = "市", line = "党委" }]
text = "死亡10人以上"
when = { measure = "deaths", at_least = "10" }
clause = "某办法第六条"
confidence = "confirmed"
""",
    good="""
[[report]]
id = "r.ten"
to = [{ tier = "市", line = "党委" }]
text = "死亡10人以上"
when = { measure = "deaths", at_least = 10 }
clause = "某办法第六条"
confidence = "confirmed"
""",
)
OUT_OF_RANGE = Code(
    "J004",
    "错误",
    "值不在允许的范围内",
    what="数字是负数、不是有限的数、太大或太小，日期不存在，或者词不在规定的几个之内。",
    why="等级、层级、报送线是固定的词，差一个字就对不上；负数和不存在的日期没有意义。",
    bad="""
[[watch]]
id = "w.fire"
days = 0
category = "火灾"
clause = "某条例第十三条"
confidence = "confirmed"
""",
    good="""
[[watch]]
id = "w.fire"
days = 7
category = "火灾"
clause = "某条例第十三条"
confidence = "confirmed"
""",
)
CONTRADICTION = Code(
    "J005",
    "错误",
    "一条里前后矛盾",
    what="单看每个键都对，放在一起讲不通：上限不大于下限、停用早于生效、一个条件写了两项。",
    why="讲不通的条款没法执行，只能停下来改。",
    bad="""
[[grade]]
id = "fire.deaths.larger"
grade = "较大"
category = "火灾"
measure = "deaths"
at_least = 10
below = 3
clause = "某条例第三条"
confidence = "confirmed"
""",
    good="""
[[grade]]
id = "fire.deaths.larger"
grade = "较大"
category = "火灾"
measure = "deaths"
at_least = 3
below = 10
clause = "某条例第三条"
confidence = "confirmed"
""",
)
CODES = (UNKNOWN_KEY, MISSING_KEY, WRONG_TYPE, OUT_OF_RANGE, CONTRADICTION)

_REMEDIES = {
    WRONG_TYPE.code: "数字不加引号，文字加引号，几个值用 [ ] 列出。",
    OUT_OF_RANGE.code: "改成允许的值。",
    CONTRADICTION.code: "对照文件，留下对的那一个。",
}
_OWN_REMEDIES = {
    "finite_number": "写一个有限的数；没有上限的，不写上限。",
    "greater_than": "这里要写大于 0 的数。",
    "greater_than_equal": "数字不能小于规定的最小值；看看是不是多了负号，或者写成了 nan。",
    "less_than_equal": "看看是不是多写了几个 0，或者单位写错了。",
    "too_short": "至少写一个。",
    "string_too_short": "写上内容，或者删去这一行。",
    "string_too_long": "一条最多 400 字，拆成几条或者写短些。",
    "day_out_of_range": "看看年份是不是写错了；一直有效的不写起止日。",
    "date_parsing": "看看这个月有没有这一天；日期不加引号，写成 2026-03-05。",
    "date_type": "日期不加引号，写成 2026-03-05。",
    "bool_type": "写 true 或 false，不加引号。",
    "model_type": "写成 { … }，或者用 [[…]] 另起一条。",
    "model_attributes_type": "写成 { … }，或者用 [[…]] 另起一条。",
    "tuple_type": '写成列表，如 ["……", "……"]。',
    "json_invalid": "把条件拆成几条，少套几层 not、any、all。",
}
_PATTERNS = {
    "daily": '钟点写成 "08:00"、"17:00"，从 00:00 到 23:59。',
    "yearly": '月日写成 "06-01"，从 01-01 到 12-31。',
    "code": '代码写成 J 加三位数字，如 "J701"。',
    "id": "只用小写字母、数字和连字符（数量用下划线），以字母开头。",
}
_TOO_DEEP = "括号套得太深，读不下去"


def findings_of(path: str, text: str, refusals: Sequence[Refusal]) -> list[Finding]:
    """What the schema refuses in the file `path` with the content `text`, in file order, each place once."""
    import tomllib

    document = tomllib.loads(text)
    layout = Layout(text)
    together: dict[tuple[str, Place], list[Refusal]] = {}
    for refusal in refusals:
        place = _written(refusal.place, document, missing=refusal.kind == "missing")
        together.setdefault((_code(refusal.kind, place).code, place), []).append(refusal)
    # A value that may be of several kinds is refused by each of them: the narrowest said is enough.
    places: dict[Place, tuple[Code, list[Refusal]]] = {}
    for (_, place), said in together.items():
        code = _code(said[0].kind, place)
        if place not in places or code is OUT_OF_RANGE:
            places[place] = (code, said)
    # A list whose members are refused is also said to be empty.
    found = [
        _finding(path, layout, document, place, code, said)
        for place, (code, said) in places.items()
        if said[0].kind != "too_short" or not any(other[: len(place)] == place != other for other in places)
    ]
    return sorted(found, key=lambda finding: (finding.line, finding.code, finding.row))


def _code(kind: str, place: Place) -> Code:
    if kind == "extra_forbidden":
        return UNKNOWN_KEY
    if kind == "missing":
        return EMPTY_CLAUSE if place[-1:] == ("clause",) else MISSING_KEY
    if kind in ("value_error", "json_invalid"):
        return CONTRADICTION
    return WRONG_TYPE if kind.endswith("_type") or kind == "int_from_float" else OUT_OF_RANGE


def _written(place: Place, document: Mapping[str, Any], *, missing: bool) -> Place:
    """`place` as far as the file goes: what pydantic adds about the kind it tried is no key."""
    steps: list[str | int] = []
    here: Any = document
    for step in place:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            if missing:
                steps.append(step)
            break
        steps.append(step)
    return tuple(steps)


def _finding(
    path: str, layout: Layout, document: Mapping[str, Any], place: Place, code: Code, said: Sequence[Refusal]
) -> Finding:
    listed = len(place) == 1 and isinstance(document.get(str(place[0])), list)
    line = layout.line((*place, 0) if listed else place)
    row, where = _row(document, place)
    key = next((str(step) for step in reversed(place) if isinstance(step, str)), "")
    if code is UNKNOWN_KEY:
        text, remedy = f"{where} 里有不认识的{'表' if listed else '键'} {key}。", _known_keys(place, key)
    elif code in (MISSING_KEY, EMPTY_CLAUSE):
        text = f"{where} 没有写 {key}{'（出处）' if key == 'clause' else ''}。"
        remedy = (
            "补上 clause：文件名称、文号和第几条。"
            if code is EMPTY_CLAUSE
            else f"补上 {key}{_described(place)}。"
        )
    elif code is CONTRADICTION:
        deep = said[0].kind == "json_invalid"
        text = f"{where}：{_TOO_DEEP if deep else said[0].text}。"
        remedy = _OWN_REMEDIES["json_invalid"] if deep else _REMEDIES[code.code]
    else:
        allowed, value = _choices_of(place), _value(document, place)
        said_of = _sentence(said) if not allowed or code is WRONG_TYPE else "只能是规定的几个词之一"
        text = f"{where} 的 {key} 写成了 {value}，{said_of}。"
        remedy = _OWN_REMEDIES.get(said[0].kind) or _REMEDIES[code.code]
        if said[0].kind == "string_pattern_mismatch":
            said_of, remedy = "写法不对", _PATTERNS.get(key, remedy)
        if value == "nan":
            said_of = "不是一个数"
        if allowed and code is OUT_OF_RANGE:
            remedy = f"可以写：{'、'.join(allowed)}。"
    return Finding(
        code, file=path, line=line, excerpt=layout.excerpt(line), row=row, text=text, remedy=remedy
    )


def _sentence(said: Sequence[Refusal]) -> str:
    texts = list(dict.fromkeys(refusal.text for refusal in said))
    if "应是数字" in texts:  # whole numbers are numbers
        texts = [text for text in texts if text != "应是整数"]
    return "，或".join(texts)


def _value(document: Mapping[str, Any], place: Place) -> str:
    """What the file says there, shortened, as TOML would write it."""
    here: Any = document
    for step in place:
        here = here[step]
    if isinstance(here, bool):
        return "true" if here else "false"
    words = f'"{here}"' if isinstance(here, str) else str(here)
    return words if len(words) <= 40 else f"{words[:39]}…"


def _row(document: Mapping[str, Any], place: Place) -> tuple[str, str]:
    """The row's id or name, and how a clerk is told of it."""
    if not place:
        return "", "这个文件"
    table = str(place[0])
    if len(place) < 2 or not isinstance(place[1], int):
        known = isinstance(document.get(table), Mapping) and len(place) > 1
        return (table, f"[{table}]") if known else ("", "这个文件")
    here = document[table][place[1]]
    names = here if isinstance(here, Mapping) else {}
    name = names.get("id") or names.get("name") or names.get("code")
    if name is None and "tier" in names:
        name = f"{names.get('tier')}{names.get('line', '')}"
    label = LABELS.get(table, f"[[{table}]]")
    return (str(name), f"{label} {name}") if name else ("", f"第 {place[1] + 1} 个 [[{table}]]")


# ------------------------------------------------------------------ what the schema would take


def _known_keys(place: Place, key: str) -> str:
    """What was perhaps meant, or all that could stand there."""
    from difflib import get_close_matches

    known = [field.alias or name for name, field in _fields(place[:-1]).items()]
    close = get_close_matches(key, known, n=1, cutoff=0.75)
    if close:
        return f"是不是 {close[0]}？改正键名，或者删去这一行。"
    return f"删去这一行，或改成可用的键：{'、'.join(known)}。" if known else "删去这一行，或改正键名。"


def _described(place: Place) -> str:
    """The schema's words about a key."""
    field = _field(place)
    words = str(getattr(field, "description", None) or "")
    return f"（{words}）" if words else ""


def _choices_of(place: Place) -> list[str]:
    """The words that may stand at a key, where they are counted."""
    field = _field(place)
    return [] if field is None else list(dict.fromkeys(_choices(field.annotation)))


def _choices(annotation: Any) -> Iterable[str]:
    from enum import Enum

    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield from (str(member.value) for member in annotation)
    for inner in get_args(annotation):
        if isinstance(inner, str):
            yield inner
        else:
            yield from _choices(inner)


def _field(place: Place) -> Any:
    steps = [step for step in place if not isinstance(step, int)]
    fields = _fields(tuple(steps[:-1]))
    return next((f for name, f in fields.items() if steps and (f.alias or name) == steps[-1]), None)


def _fields(place: Place) -> Mapping[str, Any]:
    """The keys that the schema knows in the table at `place`."""
    from pydantic import BaseModel

    from jinji_report.standards.schema import CaseFile, Pack

    model: Any = Pack
    for step in place:
        if isinstance(step, int):
            continue
        field = next((f for name, f in model.model_fields.items() if (f.alias or name) == step), None)
        inner = None if field is None else _model_in(field.annotation, BaseModel)
        if inner is None:
            return CaseFile.model_fields if model is Pack and step == "on" else {}
        model = inner
    fields: Mapping[str, Any] = model.model_fields
    return fields


def _model_in(annotation: Any, base: type) -> Any:
    """The table that a key holds, one or a list of them."""
    if isinstance(annotation, type) and issubclass(annotation, base):
        return annotation
    for inner in get_args(annotation):
        found = _model_in(inner, base)
        if found is not None:
            return found
    return None
