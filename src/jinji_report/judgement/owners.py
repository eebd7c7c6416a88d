"""责任单位: industry and locality both owe a report (行业+属地, R9, R10)."""

import re
from collections.abc import Sequence
from typing import Any

from jinji_report.judgement.bounds import Bounds
from jinji_report.model.facts import Facts
from jinji_report.standards.conditions import Known, outcomes, reduce
from jinji_report.standards.rows import Standards, applies
from jinji_report.vocabulary import Side

# A township's name stands at the head of a place, behind a higher unit, or behind a road's name.
_TOWNSHIP = re.compile(
    r"(?:^|[省市县区旗州盟]|高速公路|高速|国道|省道|县道|公路)"
    r"(?P<unit>[^省市县区旗州盟\W\da-zA-Z_]{1,6}?(?:街道|镇|乡|苏木))"
)


def owners(
    facts: Facts, knowns: Sequence[Known], bounds: Bounds, standards: Standards
) -> list[dict[str, Any]]:
    """Each unit once, industry first; the locality is the township of the place where it names one."""
    found: dict[str, dict[str, Any]] = {}
    for row in sorted(standards.owners, key=lambda row: row.side == Side.LOCALITY):
        if not all(
            applies(row.categories, known.category)
            and outcomes(reduce(row.when, known, standards), bounds.ranges, standards).sure
            for known in knowns
        ):
            continue
        unit = row.unit
        if row.side == Side.LOCALITY:
            unit = township(facts.place.text if facts.place is not None else "") or unit
        if unit in found:
            angle = found[unit]["angle"]
            if row.angle not in angle:
                found[unit]["angle"] = f"{angle}、{row.angle}"
        else:
            found[unit] = {"unit": unit, "side": row.side, "angle": row.angle}
    return list(found.values())


def township(place: str) -> str | None:
    """The township that a place names (城关镇东街 → 城关镇), or None."""
    match = _TOWNSHIP.search(place)
    return match["unit"] if match else None
