"""Tags: the signs in the note that the standards know, each with the word that brings it.

A tag of the scene is not brought by the hospital that people were taken to, and a word that is a
mere part of a name (化工 in 化工厂) stands behind one that is none.
"""

from collections.abc import Mapping, Sequence

from jinji_report.intake.lexicon import role
from jinji_report.intake.scan import Scan
from jinji_report.intake.triggers import Found, Told, Triggers
from jinji_report.quantity import Quantity

_CARE = role(("医院", "卫生院", "诊所", "急救中心", "ICU", "急诊", "住院部", "病房", "卫生室", "保健院"))
_TREATED = role(("抢救", "治疗", "救治", "就医", "就诊", "检查", "观察", "住院", "医治", "途中"))
_BROKE_OUT = role(("起火", "着火", "发生"))
_TO_A_DOCTOR = ("送", "转", "拉到", "拉去", "抬到", "前往", "赶往", "往", "分到", "住进", "就近")
_TAKEN_THERE = (
    "送",
    "送往",
    "送到",
    "送至",
    "转往",
    "赶往",
    "撤到",
    "转移到",
    "转移至",
    "疏散到",
    "安置到",
    "安置在",
    "疏散至",
)


def tags(
    words: Triggers, told: Told, scan: Scan, measures: Mapping[str, Quantity], said: Mapping[str, int]
) -> dict[str, tuple[int, int]]:
    """Tag → where its first word stands that is no mere part of a name, in the order in which they were told.

    `said`: where the words end that tell a measure. A tag is cleared by those of its measures that are none.
    """
    found: dict[str, tuple[int, int]] = {}
    for number, triggers in told.signs.items():
        row = words.rows[number]
        scene = row.role == "scene"
        best: tuple[bool, int, int] | None = None
        for trigger, hits in triggers:
            for start, end, _ in hits[:1] if trigger.chains else hits:
                if scene and taken_to(scan, start, end):
                    continue
                one = (not scene and told.in_a_name(end), start, end)
                if best is None or one < best:
                    best = one
                break
        if row.cleared_by and _cleared(row.cleared_by, triggers, measures, said):
            continue
        if best is not None:
            found[row.name] = best[1], best[2]
    return dict(sorted(found.items(), key=lambda item: item[1])) if len(found) > 1 else found


def _cleared(
    by: tuple[str, ...], found: Sequence[Found], measures: Mapping[str, Quantity], said: Mapping[str, int]
) -> bool:
    """Of the measures that were told none is left, and no word of the tag stands behind that (1人被困,已救出)."""
    told = [name for name in by if name in measures]
    if not told or any(measures[name].high != 0 for name in told):
        return False
    last = max(hit[0] for _, hits in found for hit in hits)
    return last < max(said.get(name, 0) for name in told)


def taken_to(scan: Scan, start: int, end: int) -> bool:
    """The word stands in a phrase about where people were taken (已送县医院, 在医院抢救): no scene."""
    text = scan.text
    clause = scan.clause(start)[0]
    lead = text[max(clause, start - 10) : start]
    if not scan.any(_CARE, start, end + 4):
        return lead.endswith(_TAKEN_THERE)
    if any(word in lead for word in _TO_A_DOCTOR):
        return True
    if scan.any(_TREATED, end, end + 8) and not scan.any(_BROKE_OUT, end, end + 8):
        return True
    return lead.endswith(("在", "到", "去", "进")) and scan.any(_TREATED, end, end + 14)
