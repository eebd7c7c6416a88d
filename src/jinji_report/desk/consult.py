"""会商: units are asked what lay people cannot judge, their opinion is kept, and then the officer decides (R6).

The clocks of the way up run on meanwhile; an opinion is waited for as long as the standards say.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinji_report.desk.cases import commit, find_case, read_cases, require_open, require_words
from jinji_report.desk.named import named
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.errors import CaseState, Usage
from jinji_report.judgement.consulting import Round, awaited, decision_waits, rounds_of
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import limits_of
from jinji_report.judgement.units import units_of
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.model.fold import take
from jinji_report.moments import iso, on_screen
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind

Asked = Mapping[str, Sequence[str]]
"""Unit → what it is asked."""


class Consulting:
    """One step of a consultation: who was asked what, or who told its opinion, and what is owed afterwards.

    `waiting`: the opinions that are waited for. `undecided`: it is for the officer to decide now.
    """

    __slots__ = ("asked", "case", "limits", "opinion", "undecided", "unit", "waiting")

    def __init__(
        self,
        case: Case,
        limits: Sequence[Limit],
        *,
        asked: Asked | None = None,
        unit: str = "",
        opinion: str = "",
        undecided: bool,
    ) -> None:
        self.case = case
        self.limits = tuple(limits)
        self.asked = dict(asked or {})
        self.unit = unit
        self.opinion = opinion
        self.undecided = undecided
        self.waiting = tuple(awaited(case))

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "jinji/1",
            "case": self.case.number,
            "step": EntryKind.CONSULTED.value,
            "asked": [{"unit": unit, "questions": list(asks)} for unit, asks in self.asked.items()],
            "unit": self.unit or None,
            "opinion": self.opinion or None,
            "consulted": [round_json(one) for one in rounds_of(self.case)],
            "undecided": self.undecided,
            "limits": [limit.to_json() for limit in self.limits],
        }


Agree = Callable[[Consulting], bool] | None


def round_json(one: Round) -> dict[str, Any]:
    """One asking, as `show --json` has it too."""
    return {
        "unit": one.unit,
        "person": one.person,
        "asked": None if one.asked is None else iso(one.asked),
        "questions": list(one.questions),
        "answered": None if one.answered is None else iso(one.answered),
        "opinion": one.opinion,
    }


def ask(
    store: Store,
    name: str,
    units: Sequence[str],
    questions: Sequence[str],
    standards: Standards,
    stamp: Stamp,
    *,
    person: str = "",
    agree: Agree = None,
) -> Consulting:
    """Enter that units were asked: those named, else those of the verdict that were not asked yet.

    What is asked is what the verdict asks them, and `questions`. Raises Usage where nobody or nothing is to be
    asked, UnknownCase, CaseState, SecretNote.
    """
    person = named(person, "姓名")
    refuse_secrets(*units, *questions, person)

    def decide(cases: Cases) -> tuple[list[NewEntry], Consulting]:
        case = _consultable(cases, name)
        asked = _asked(case, units, questions, standards)
        entries = [
            stamp.entry(
                case.number,
                EntryKind.CONSULTED,
                {"unit": unit, "person": person, "questions": list(asks), "opinion": ""},
            )
            for unit, asks in asked.items()
        ]
        return entries, _after(case, entries, standards, stamp, asked=asked)

    return commit(store, decide, agree)


def tell_opinion(
    store: Store,
    name: str,
    unit: str,
    opinion: str,
    standards: Standards,
    stamp: Stamp,
    *,
    person: str = "",
    agree: Agree = None,
) -> Consulting:
    """Enter what a unit said; without `unit`, the one that is waited for.

    Raises Usage where that is not one, UnknownCase, CaseState for an opinion before it was asked, SecretNote.
    """
    person = named(person, "姓名")
    refuse_secrets(unit, opinion, person)

    def decide(cases: Cases) -> tuple[list[NewEntry], Consulting]:
        case = _consultable(cases, name)
        waiting = awaited(case)
        known = [one.unit for one in waiting] + [row["unit"] for row in _consult_of(case)]
        if unit.strip():
            who = _meant(unit, known, standards)
        elif len(waiting) == 1:
            who = waiting[0].unit
        else:
            raise Usage("要写明是哪个单位的意见。", remedy=f"加上 --unit {'、'.join(known[:3]) or '单位'}。")
        asked = next((one.asked for one in waiting if one.unit == who), None)
        if asked is not None and stamp.at < asked:
            raise CaseState(
                f"{who}的意见 {on_screen(stamp.at)} 早于会商 {on_screen(asked)}。", remedy="核对 --at。"
            )
        data = {"unit": who, "person": person, "questions": [], "opinion": opinion.strip()}
        entries = [stamp.entry(case.number, EntryKind.CONSULTED, data)]
        return entries, _after(case, entries, standards, stamp, unit=who, opinion=opinion.strip())

    return commit(store, decide, agree)


def waits_for(store: Store, name: str, units: Sequence[str], standards: Standards) -> str | None:
    """The unit that is waited for, if it is the one of `units`, or nobody is named and nobody else is to be asked."""
    case = find_case(read_cases(store), name)
    waiting = [one.unit for one in awaited(case)]
    if len(units) == 1:
        return units_of(standards).meant(units[0], waiting)
    unasked = [row for row in _consult_of(case) if not _was_asked(case, row["unit"])]
    return waiting[0] if not units and not unasked and len(waiting) == 1 else None


def _consultable(cases: Cases, name: str) -> Case:
    case = find_case(cases, name)
    require_open(case, "会商")
    require_words(case)
    return case


def _consult_of(case: Case) -> Sequence[Mapping[str, Any]]:
    return [] if case.verdict is None else case.verdict.consult


def _was_asked(case: Case, unit: str) -> bool:
    return any(one.unit == unit for one in case.chain.consulted)


def _asked(case: Case, units: Sequence[str], questions: Sequence[str], standards: Standards) -> Asked:
    """Unit → what to ask it. Raises Usage, CaseState."""
    wanted = {row["unit"]: tuple(row["questions"]) for row in _consult_of(case)}
    own = tuple(words.strip() for words in questions if words.strip())
    if not units:
        if not wanted:
            raise Usage(
                f"案卷 {case.number} 的研判没有要求会商，要写明问谁。",
                remedy='例如 --unit 应急管理局 --ask "会不会再爆炸？"。',
            )
        left = [unit for unit in wanted if not _was_asked(case, unit)]
        if not left:
            raise CaseState(
                f"案卷 {case.number} 要会商的都问过了：{'、'.join(wanted)}。",
                remedy=f"有了意见：jinji consult {case.number} --unit 单位 --opinion 意见；要再问，用 --unit 写明问谁。",
            )
        return {unit: (*wanted[unit], *own) for unit in left}
    found: dict[str, tuple[str, ...]] = {}
    for said in units:
        unit = _meant(said, wanted, standards)
        asks = tuple(dict.fromkeys((*wanted.get(unit, ()), *own)))
        if not asks:
            raise Usage(f"要写明问{unit}什么。", remedy='加上 --ask "会不会再爆炸？"，可多次。')
        found[unit] = asks
    return found


def _meant(said: str, known: Sequence[str] | Mapping[str, Any], standards: Standards) -> str:
    """The unit of `known` that is called so, or the name as it was said. Raises Usage for none."""
    name = named(said, "单位名称")
    if not name:
        raise Usage("单位的名称是空的。", remedy="写明问谁，如 --unit 应急管理局。")
    return units_of(standards).meant(name, known) or name


def _after(
    case: Case, entries: Sequence[NewEntry], standards: Standards, stamp: Stamp, **more: Any
) -> Consulting:
    for entry in entries:
        take(case, entry.placed(0, ""))
    undecided = decision_waits(case, standards, stamp.recorded)
    return Consulting(case, limits_of(case, standards, stamp.recorded), undecided=undecided, **more)
