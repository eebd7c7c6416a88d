"""责任单位: industry and locality both owe a report (行业+属地, R9, R10)."""

import re
from collections.abc import Sequence
from typing import Any

from jinji_report.model.facts import Place
from jinji_report.standards.rows import Owner
from jinji_report.vocabulary import Side

# A township's name stands at the head of a place, behind a higher unit, or behind a road's name.
_TOWNSHIP = re.compile(
    r"(?:^|[省市县区旗州盟]|高速公路|高速|国道|省道|县道|公路)"
    r"(?P<unit>[^省市县区旗州盟\W\da-zA-Z_]{1,6}?(?:街道|镇|乡|苏木))"
)


def owners_in_words(rows: Sequence[Owner], here: str | None) -> list[dict[str, Any]]:
    """The units of `rows`, each once; the locality is the township `here` where the place names one."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        unit = here or row.unit if row.side is Side.LOCALITY else row.unit
        if unit in found:
            angle = found[unit]["angle"]
            if row.angle not in angle:
                found[unit]["angle"] = f"{angle}、{row.angle}"
        else:
            found[unit] = {"unit": unit, "side": row.side, "angle": row.angle}
    return list(found.values())


def locality(place: Place | None) -> str | None:
    """The unit that answers for the place: the one that the standards name for it, or its township."""
    if place is None:
        return None
    return place.owner or township(place.text)


def township(place: str) -> str | None:
    """The township that a place names (城关镇东街 → 城关镇), or None."""
    match = _TOWNSHIP.search(place)
    return match["unit"] if match else None
