"""What the schema refuses in a file, in Chinese, with the place of each."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jinji_report.standards.layout import Place

if TYPE_CHECKING:
    from pydantic import ValidationError


class Refusal:
    """One thing that the schema refuses: where, what kind (pydantic's name), and a sentence."""

    __slots__ = ("kind", "place", "text", "where")

    def __init__(self, kind: str, place: Place, where: str, text: str) -> None:
        self.kind = kind
        self.place = place
        self.where = where
        self.text = text


def refusals(error: "ValidationError", document: Mapping[str, Any]) -> list[Refusal]:
    """Everything that the schema refuses, an unknown key first: it explains the others."""
    problems = error.errors(include_url=False, include_context=False)
    problems.sort(key=lambda problem: problem["type"] != "extra_forbidden")
    return [
        Refusal(p["type"], tuple(p["loc"]), _where(p["loc"], document), _sentence(p["type"], p["msg"]))
        for p in problems
    ]


def _where(steps: tuple[int | str, ...], document: Mapping[str, Any]) -> str:
    words: list[str] = []
    here: Any = document
    for step in steps:
        if isinstance(step, str) and not isinstance(here, Mapping):
            continue  # which of several kinds a value was tried as: pydantic's word, not the file's
        here = _step_into(here, step)
        if isinstance(step, int):
            name = here.get("id") or here.get("name") if isinstance(here, Mapping) else None
            words.append(f"第 {step + 1} 个" + (f"（{name}）" if name else ""))
        else:
            words.append(str(step))
    return " ".join(words) or "文件"


def _sentence(kind: str, message: str) -> str:
    return _SENTENCES.get(kind) or message.removeprefix("Value error, ")


def _step_into(here: Any, step: int | str) -> Any:
    try:
        return here[step]
    except (KeyError, IndexError, TypeError):
        return here


_NUMBER, _TEXT, _LIST, _TABLE = "应是数字", "应是文字（加引号）", "应是列表 […]", "应是表 {…} 或 [[…]]"
_SENTENCES = {
    "extra_forbidden": "不认识的键",
    "json_invalid": "括号套得太深",
    "missing": "缺少这个键",
    "enum": "取值不在允许的范围内",
    "literal_error": "取值不在允许的范围内",
    "int_type": "应是整数",
    "int_from_float": "应是整数",
    "float_type": _NUMBER,
    "finite_number": "应是有限的数",
    "greater_than": "太小",
    "greater_than_equal": "不能小于 0",
    "less_than_equal": "太大",
    "string_type": _TEXT,
    "string_too_short": "不能为空",
    "string_too_long": "太长",
    "string_pattern_mismatch": "写法不对（小写字母、数字和连字符；月日写 06-01）",
    "bool_type": "应是 true 或 false",
    "tuple_type": _LIST,
    "list_type": _LIST,
    "too_short": "不能是空列表",
    "too_long": "写多了",
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "date_type": "应是日期，如 2026-03-05",
    "date_parsing": "应是日期，如 2026-03-05",
    "date_from_datetime_parsing": "应是日期，如 2026-03-05",
    "date_from_datetime_inexact": "应是日期，不带时间",
}
