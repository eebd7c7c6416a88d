"""单位报告: what a 责任单位 or another unit reported, from its own angle, with its own figures (R9, R11).

The facts of the case stay as they are; what the unit's figures would make of it is said, so that somebody
asks, takes them over (统一口径) or reports them as news (续报).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from jinji_report.desk.cases import commit, find_case, require_standing, require_words
from jinji_report.desk.contacts.book import listed
from jinji_report.desk.followup import merged
from jinji_report.desk.given import FIELDS, apply_sets
from jinji_report.desk.named import named
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.desk.understand import check_note, understand
from jinji_report.errors import CaseState, UnusableInput, Usage
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import limits_of
from jinji_report.judgement.sources import (
    SideBySide,
    Silent,
    angles_missing,
    other_verdict,
    owners_of,
    side_by_side,
    silent,
)
from jinji_report.judgement.units import units_of
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.model.facts import Facts
from jinji_report.model.fold import take
from jinji_report.model.verdict import Verdict
from jinji_report.moments import iso, on_screen
from jinji_report.quantity import Quantity
from jinji_report.standards.rows import Contact, Standards
from jinji_report.vocabulary import EntryKind, Form

OWNER, CONTACT, OTHER = "责任单位", "联系单位", "其他单位"
"""What a unit is to a case."""


class Told:
    """What was entered of one unit's report, and what it means for the case.

    `would_be`: the verdict by the unit's figures, where it is another than that of the case, else None.
    `part`: what the unit is to the case (责任单位, 联系单位, 其他单位).
    """

    __slots__ = (
        "angle",
        "at",
        "case",
        "form",
        "limits",
        "measures",
        "missing",
        "part",
        "rows",
        "said",
        "silent",
        "unit",
        "would_be",
    )

    def __init__(
        self,
        case: Case,
        unit: str,
        said: str,
        part: str,
        angle: str,
        form: Form,
        at: datetime,
        measures: Mapping[str, Quantity],
        would_be: Verdict | None,
        limits: Sequence[Limit],
        rows: Sequence[SideBySide],
        quiet: Sequence[Silent],
        missing: Sequence[Mapping[str, str]],
    ) -> None:
        self.case = case
        self.unit = unit
        self.said = said
        self.part = part
        self.angle = angle
        self.form = form
        self.at = at
        self.measures = dict(measures)
        self.would_be = would_be
        self.limits = tuple(limits)
        self.rows = tuple(rows)
        self.silent = tuple(quiet)
        self.missing = tuple(missing)

    @property
    def owed(self) -> tuple[Limit, ...]:
        """The limits of this unit's own, as the report met them."""
        return tuple(limit for limit in self.limits if not limit.ours and limit.owes == self.unit)

    def to_json(self) -> dict[str, Any]:
        verdict = self.would_be
        return {
            "schema": "jinji/1",
            "case": self.case.number,
            "step": EntryKind.UNIT_REPORT.value,
            "unit": self.unit,
            "said": self.said,
            "part": self.part,
            "angle": self.angle,
            "form": self.form.value,
            "at": iso(self.at),
            "measures": {name: quantity.to_json() for name, quantity in self.measures.items()},
            "would_be": None
            if verdict is None
            else {
                "decision": verdict.decision,
                "grade": None if verdict.grade is None else verdict.grade.to_json(),
                "report_to": [office.to_json() for office in verdict.report_to],
            },
            "sources": [row.to_json() for row in self.rows],
            "conflicts": [row.measure for row in self.rows if row.open],
            "silent": [one.to_json() for one in self.silent],
            "angles_missing": [dict(one) for one in self.missing],
            "limits": [limit.to_json() for limit in self.limits],
        }


def tell(
    store: Store,
    name: str,
    said: str,
    note: str,
    sets: Sequence[str],
    standards: Standards,
    stamp: Stamp,
    *,
    angle: str = "",
    form: Form = Form.PHONE,
    person: str = "",
    own: Sequence[Contact] = (),
    agree: Callable[[Told], bool] | None = None,
) -> Told:
    """Enter what the unit called `said` reported. Without a note it has reported, and no more is known of it.

    `own` are the office's own contacts, whose units are known by their names too.
    Raises UnknownCase, CaseState (merged, taken back, told before it happened, words of a 涉密事件), Usage
    for a name that is none, SecretNote, UnusableInput.
    """
    said, angle, person = (
        named(text, what) for text, what in ((said, "单位名称"), (angle, "角度"), (person, "姓名"))
    )
    if not said:
        raise Usage("没有写是哪个单位报的。", remedy=f'例如 jinji told {name} "死亡3人" --unit 卫生健康。')
    refuse_secrets(note, said, angle, person)
    if note.strip():
        check_note(note)

    def decide(cases: Cases) -> tuple[list[NewEntry], Told]:
        case = find_case(cases, name)
        require_standing(case, "登记单位报告")
        if note.strip() or sets or angle:
            require_words(case)
        facts = case.facts
        if facts.occurred is not None and stamp.at < facts.occurred.at:
            raise CaseState(
                f"{said}报告的时间 {on_screen(stamp.at)} 早于事发时间 {on_screen(facts.occurred.at)}。",
                remedy="核对 --at；如事发时间有误，先用 jinji followup --correct 更正。",
            )
        unit, part = resolved(said, case, standards, own)
        measures = figures_of(case, unit, note, sets, standards, stamp.at)
        own_angle = next((one["angle"] for one in owners_of(case) if one["unit"] == unit), "")
        entry = stamp.entry(
            case.number,
            EntryKind.UNIT_REPORT,
            {
                "unit": unit,
                **({"said": said} if said != unit else {}),
                "angle": angle or own_angle,
                "form": form.value,
                "person": person,
                "text": note.strip(),
                "sets": list(sets),
                "measures": {measure: quantity.to_json() for measure, quantity in measures.items()},
            },
        )
        take(case, entry.placed(0, ""))
        limits = limits_of(case, standards, stamp.recorded)
        return [entry], Told(
            case,
            unit,
            said,
            part,
            angle or own_angle,
            form,
            stamp.at,
            measures,
            other_verdict(case, measures, standards, stamp.recorded),
            limits,
            side_by_side(case, standards),
            silent(case, standards, limits, stamp.recorded),
            angles_missing(case, standards),
        )

    return commit(store, decide, agree)


def resolved(said: str, case: Case, standards: Standards, own: Sequence[Contact] = ()) -> tuple[str, str]:
    """The unit that is called `said`, and what it is to the case; a name that nobody knows is taken as it is."""
    units = units_of(standards)
    owner = units.meant(said, [one["unit"] for one in owners_of(case)])
    if owner is not None:
        return owner, OWNER
    contact = units.meant(said, [row.contact.unit for row in listed(standards, own)])
    if contact is not None:
        return contact, CONTACT
    return units.meant(said, [report.unit for report in case.chain.told]) or said, OTHER


def figures_of(
    case: Case, unit: str, note: str, sets: Sequence[str], standards: Standards, at: datetime
) -> dict[str, Quantity]:
    """The figures that the unit tells: what its note says over what it told before, and `sets` over both.

    又死亡1人 is counted on top of the unit's own figure, else of the case's. Raises UnusableInput.
    """
    before = case.facts.with_changes(measures=dict(case.facts.measures))
    for report in case.chain.told:
        if report.unit == unit:
            before = before.with_changes(measures=before.measures | report.measures)
    after = before
    told: dict[str, Quantity] = {}
    if note.strip():
        reading = understand(note, at, standards).reading
        after = merged(before, reading, note, correct=False)
        named = {*reading.facts.measures, *reading.increments}
        told = {
            measure: quantity
            for measure, quantity in after.measures.items()
            if measure in named or quantity != before.measures.get(measure)
        }
    told |= given_figures(sets, standards, at)
    return {name: told[name] for name in [*standards.measures, *told] if name in told}


def given_figures(sets: Sequence[str], standards: Standards, at: datetime) -> dict[str, Quantity]:
    """The figures of `--set`. Raises UnusableInput for anything else that can be set, or no figure."""
    for pair in sets:
        name, _, value = pair.replace("＝", "=").partition("=")
        if name.strip() in FIELDS or not value.strip():
            raise UnusableInput(
                f"这里的 --set 只收数字，“{pair}”不是。",
                remedy="例如 --set 死亡=3；时间、地点等有变化用 jinji followup 续报。",
            )
    return dict(apply_sets(Facts(), sets, standards, at).measures)
