"""The schema of a standards file as JSON Schema (draft-07), for editors and validators of TOML.

It is made from the pydantic models: what it allows and what it says in Chinese stands there. It
holds no reference, so that every editor can show it; conditions, which may hold conditions, are
written out for `DEPTH` levels and are any table below that, where the program alone looks on.
What JSON Schema cannot say (days in order, a band with a number in it, names that must exist) is
left to `jinji rules check`.
"""

import json
from collections.abc import Mapping
from typing import Any

Node = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
PACK_FILE = "jinji-pack.schema.json"
CASES_FILE = "jinji-cases.schema.json"
DEPTH = 4
DESCRIBED = 3  # of these levels; below them the descriptions would be most of the file
WIDTH = 110  # of the file's lines

_HEADS = (
    "any",
    "all",
    "not",
    "measure",
    "grade_at_least",
    "category",
    "tag",
    "factor",
    "factor_effect",
    "window",
)
_STARTS_BY_ITSELF = ("occurred", "discovered", "alarm", "received", "ended", "sent", "acked")


def pack_schema() -> Node:
    """The schema of a standards file."""
    from jinji_report.standards.schema import Pack

    schema = _drawn(Pack.model_json_schema(by_alias=True))
    return {"$schema": DRAFT, "title": "紧急信息报送标准", "description": "jinji 的标准文件", **schema}


def cases_schema() -> Node:
    """The schema of a file of cases that lies beside a pack."""
    from jinji_report.standards.schema import CaseFile

    schema = _drawn(CaseFile.model_json_schema(by_alias=True))
    text = "标准文件旁边的用例（名称.cases.toml）"
    return {"$schema": DRAFT, "title": "紧急信息报送标准的用例", "description": text, **schema}


def written(schema: Mapping[str, Any]) -> str:
    """The text of a schema file: what fits into a line stands in one."""
    return _laid_out(schema, 0, 0) + "\n"


def labels() -> dict[tuple[str, str], str]:
    """(table, key) → the key's short Chinese name; a table's own stands under ("", table)."""
    found: dict[tuple[str, str], str] = {}
    for table, node in pack_schema()["properties"].items():
        found["", table] = node["title"]
        for key, inner in node.get("items", node).get("properties", {}).items():
            found[table, key] = inner["title"]
    return found


def _drawn(schema: Node) -> Node:
    """pydantic's schema of a model with every reference put in its place."""
    definitions = schema.pop("$defs", {})
    return _table({**schema, "title": "Pack"}, definitions, DEPTH)


def _table(model: Node, definitions: Node, depth: int, *, described: bool = True) -> Node:
    """A model as a table: its keys in order, the required ones, and what its validator says."""
    name = model["title"]
    # What is denied is a plain condition as a rule: it gets one level less.
    keys = {
        key: _key(node, definitions, depth - (key == "not"), described=described)
        for key, node in model["properties"].items()
    }
    if name == "Wording":
        template = {"type": "string", "minLength": 1, "maxLength": 400, "pattern": _template()}
        for key in ("opening", "follow"):
            keys[key] |= template
        stages = keys["title"].pop("propertyNames")["enum"]
        keys["title"] |= {
            "properties": {stage: {"title": f"{stage}的标题", **template} for stage in stages},
            "additionalProperties": False,
        }
    if name == "CaseTable":
        keys["facts"]["properties"] = {
            "occurred": {
                "title": "发生时间",
                "description": "发生时间：如 2026-03-05T01:20 或 昨晚11点半",
                **_MOMENT,
            }
        }
        keys["now"] = {**{word: keys["now"][word] for word in ("title", "description")}, **_MOMENT}
    table: Node = {"type": "object", "properties": keys, "additionalProperties": False}
    if model.get("required"):
        table["required"] = model["required"]
    return table | TWINS.get(name, {})


def _key(node: Node, definitions: Node, depth: int, *, described: bool) -> Node:
    """One key: its title and description, then what it may hold."""
    text = node.get("description", "")
    said = {"title": text.partition("：")[0], "description": text} if described and text else {}
    default = node.get("default")
    kept = {"default": default} if default not in (None, [], {}, "") and described else {}
    return {**said, **_value(node, definitions, depth), **kept}


def _value(node: Node, definitions: Node, depth: int) -> Node:
    """What a value may be; TOML has no null, and a condition costs a level."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        target = definitions[name]
        if name == "Condition":
            if depth <= 0:
                return {"type": "object", "additionalProperties": True}
            return _table(target, definitions, depth - 1, described=depth > DEPTH - DESCRIBED)
        if "enum" in target:
            return {"type": "string", "enum": target["enum"]}
        return _table(target, definitions, depth)
    if "anyOf" in node:
        parts = [_value(part, definitions, depth) for part in node["anyOf"] if part.get("type") != "null"]
        return _either(parts, node)
    if "const" in node:
        return {"type": "string", "enum": [node["const"]]}
    kept = {name: value for name, value in node.items() if name in _KEPT}
    if "prefixItems" in node:  # pairs of the same kind
        kept["items"] = node["prefixItems"][0]
    if "items" in kept:
        kept["items"] = _value(kept["items"], definitions, depth)
    if "propertyNames" in kept:
        kept["propertyNames"] = _value(kept["propertyNames"], definitions, depth)
    extra = node.get("additionalProperties")
    if isinstance(extra, dict):
        kept["additionalProperties"] = _value(extra, definitions, depth)
    return kept


def _either(parts: list[Node], node: Node) -> Node:
    """One of several kinds of value; whole numbers are numbers, and words of one list belong together."""
    if any(part == {"type": "number"} for part in parts):
        parts = [part for part in parts if part != {"type": "integer"}]
    if len(parts) > 1 and all("enum" in part for part in parts):
        return {"type": "string", "enum": [word for part in parts for word in part["enum"]]}
    if len(parts) == 1:
        least = {"minimum": node["ge"]} if "ge" in node else {}
        return parts[0] | least
    return {"anyOf": parts}


def _template() -> str:
    """A wording template: braces hold a known name, or are doubled."""
    from jinji_report.standards.schema import SLOTS

    return r"^([^{}]|\{\{|\}\}|\{(" + "|".join(sorted(SLOTS)) + r")\})*$"


def _one_of(*keys: str) -> list[Node]:
    return [{"required": [key]} for key in keys]


_KEPT = (
    "type",
    "enum",
    "format",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "items",
    "propertyNames",
)

# A moment as a text, or as TOML's own days and times.
_MOMENT: Node = {
    "anyOf": [
        {"type": "string", "minLength": 1, "maxLength": 400},
        *({"type": "string", "format": name} for name in ("date", "date-time", "date-time-local")),
    ]
}

# What the models' validators say, as far as JSON Schema can say it; `Dated`, `WindowTable` compare days.
TWINS: Mapping[str, Node] = {
    "Condition": {
        "oneOf": _one_of(*_HEADS),
        "dependencies": {
            "measure": {"oneOf": _one_of("at_least", "more_than", "at_most", "below")},
            **{bound: ["measure"] for bound in ("at_least", "more_than", "at_most", "below")},
        },
    },
    "GradeTable": {
        "oneOf": _one_of("measure", "when"),
        "dependencies": {
            "measure": {"oneOf": _one_of("at_least", "more_than")},
            **{bound: ["measure"] for bound in ("at_least", "more_than")},
        },
    },
    "LimitTable": {
        "anyOf": [
            {"required": ["within"]},
            {"required": ["until_hop"], "properties": {"until_hop": {"enum": [True]}}},
            {"required": ["daily"], "properties": {"daily": {"minItems": 1}}},
        ],
        "oneOf": [
            {"required": ["request"], "properties": {"starts": {"enum": ["requested"]}}},
            {"not": {"required": ["request"]}, "properties": {"starts": {"enum": [*_STARTS_BY_ITSELF]}}},
        ],
        "dependencies": {
            "receipt_within": {"required": ["receipt"], "properties": {"receipt": {"enum": [True]}}}
        },
    },
    "Step": {
        "dependencies": {
            "to": {"required": ["done_by"], "properties": {"done_by": {"enum": ["报送"]}}},
        },
        "anyOf": [
            {"required": ["done_by"]},
            {"properties": {"together": {"enum": [False]}}},
        ],
    },
    "Expect": {"minProperties": 1},
    "CaseTable": {"oneOf": _one_of("facts", "note")},
}


def _laid_out(value: Any, indent: int, used: int) -> str:
    """`value` as JSON: in one line where that is short enough, else a line a member."""
    text = json.dumps(value, ensure_ascii=False)
    wide = sum(2 if char > "⺀" else 1 for char in text)
    if wide + indent + used <= WIDTH or not isinstance(value, dict | list) or not value:
        return text
    margin = " " * (indent + 1)
    if isinstance(value, list):
        members = [_laid_out(part, indent + 1, 1) for part in value]
    else:
        members = []
        for name, part in value.items():
            head = f"{json.dumps(name, ensure_ascii=False)}: "
            members.append(head + _laid_out(part, indent + 1, len(head) + 1))
    opens, closes = "[]" if isinstance(value, list) else "{}"
    return f"{opens}\n{margin}" + f",\n{margin}".join(members) + f"\n{' ' * indent}{closes}"
