"""The rows in force as tables for reading."""

from collections.abc import Mapping, Sequence
from typing import Any

from jinji_report.standards.rows import Dated, Standards, applies

Section = tuple[str, tuple[str, ...], list[tuple[str, ...]]]

_BOUNDS = {"at_least": "≥", "more_than": ">", "at_most": "≤", "below": "<"}
_CONFIDENCE = {"confirmed": "已核实", "weak": "来源较弱", "recalled": "凭记忆", "brief": "本办法自定"}


def standards_sections(standards: Standards, category: str | None = None) -> list[Section]:
    """(name, heads, rows) for every kind of row; with `category`, only rows that apply to it."""

    def chosen(rows: Sequence[Any]) -> list[Any]:
        return [row for row in rows if category is None or applies(row.categories, category)]

    return [
        (
            "报送条款",
            ("条款", "报给", "条件", "出处"),
            [
                (
                    row.id,
                    "、".join(standards.office_name(a) for a in row.to),
                    f"{row.text}：{condition_words(row.when, standards)}",
                    _source(row),
                )
                for row in chosen(standards.reports)
            ],
        ),
        (
            "等级",
            ("条款", "等级", "条件", "出处"),
            [
                (row.id, row.grade.value, condition_words(row.when, standards), _source(row))
                for row in chosen(standards.grades)
            ],
        ),
        (
            "敏感因素",
            ("因素", "作用", "条件", "出处"),
            [
                (row.name, row.effect.value, condition_words(row.when, standards), _source(row))
                for row in standards.factors
            ],
        ),
        (
            "会商",
            ("条款", "单位", "条件", "出处"),
            [
                (
                    row.id,
                    "、".join(unit for unit, _ in row.units),
                    condition_words(row.when, standards),
                    _source(row),
                )
                for row in standards.consultations
            ],
        ),
        (
            "责任单位",
            ("单位", "角度", "职责", "出处"),
            [(row.unit, row.side.value, row.angle, _source(row)) for row in chosen(standards.owners)],
        ),
        (
            "时限",
            ("条款", "方式", "时限", "出处"),
            [(row.id, row.form.value, row.text, _source(row)) for row in chosen(standards.limits)],
        ),
        (
            "环节",
            ("层级", "分钟", "出处"),
            [(row.tier.value, str(row.minutes), _source(row)) for row in standards.hops],
        ),
    ]


def condition_words(tree: Mapping[str, Any], standards: Standards) -> str:
    """A condition as an officer would say it."""
    if not tree:
        return "一律"
    for branch, joint in (("any", " 或 "), ("all", " 且 ")):
        if branch in tree:
            return joint.join(_inner(part, branch, standards) for part in tree[branch])
    if "not" in tree:
        return f"不是（{condition_words(tree['not'], standards)}）"
    if "measure" in tree:
        names = [tree["measure"]] if isinstance(tree["measure"], str) else tree["measure"]
        rows = [standards.measures[name] for name in names]
        op = next(op for op in _BOUNDS if op in tree)
        return f"{'+'.join(row.label for row in rows)} {_BOUNDS[op]} {tree[op]}{rows[0].unit}"
    if "grade_at_least" in tree:
        return f"{tree['grade_at_least']}及以上"
    if "factor_effect" in tree:
        return (
            "有提级的敏感因素" if tree["factor_effect"] == "lifts" else f"有{tree['factor_effect']}的敏感因素"
        )
    head, value = next(iter(tree.items()))
    names = [value] if isinstance(value, str) else value
    return f"{_HEADS[head]}{'、'.join(names)}"


_HEADS = {"category": "类别为", "tag": "有标签", "factor": "有敏感因素", "window": "在"}


def _inner(part: Mapping[str, Any], branch: str, standards: Standards) -> str:
    words = condition_words(part, standards)
    mixed = ("all" if branch == "any" else "any") in part
    return f"（{words}）" if mixed else words


def _source(row: Dated) -> str:
    return f"{row.clause}〔{_CONFIDENCE[row.confidence]}〕"
