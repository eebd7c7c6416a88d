"""told and agree beside other desks, on leads and on what must not be held in words."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from tests.factory import NOW, incident

from jinji_report.desk.agree import settle, typed
from jinji_report.desk.cases import read_cases
from jinji_report.desk.stamp import Stamp
from jinji_report.desk.told import OTHER, OWNER, Told, tell
from jinji_report.errors import CaseState, Usage
from jinji_report.judgement.classify import classify
from jinji_report.ledger.memory import Memory
from jinji_report.ledger.seal import Seal
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.quantity import Quantity, at_least, between, exactly, unknown
from jinji_report.reports.document import Header
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind

A = "20260320-01"
HEADER = Header(unit="某县委办公室", signer="", contact="", phone="", drill=False)
HIDDEN = {"channel": "机要", "to": [{"tier": "市", "line": "党委", "office": "市委办公室"}]}


def draft(kind: EntryKind, data: dict[str, Any], minute: int = 0) -> NewEntry:
    at = NOW + timedelta(minutes=minute)
    return NewEntry(case=A, kind=kind.value, at=at, recorded=at, by="王五", data=data)


def report(unit: str, deaths: int, minute: int, measure: str = "deaths") -> NewEntry:
    measures = {measure: exactly(deaths, f"{deaths}人").to_json()}
    return draft(EntryKind.UNIT_REPORT, {"unit": unit, "form": "电话", "measures": measures}, minute)


def opened(standards: Standards, store: Store, *more: NewEntry, **counts: Any) -> None:
    facts = incident(**counts)
    first = [
        draft(EntryKind.RECEIVED, {"note": "来电", "incident": facts.to_json()}),
        draft(EntryKind.VERDICT, {"verdict": classify(facts, standards, NOW).to_json()}),
    ]
    store.append([*first, *more], store.head().head)


def stamp(minute: int = 5, reason: str = "核对") -> Stamp:
    return Stamp(recorded=NOW + timedelta(minutes=minute), by="李四", reason=reason)


def told(store: Store, standards: Standards, unit: str, note: str = "", sets: Sequence[str] = ()) -> Told:
    return tell(store, A, unit, note, sets, standards, stamp())


def case_of(store: Store) -> Case:
    case = read_cases(store).get(A)
    assert case is not None
    return case


class Busy(Memory):
    """A store in which another desk is quicker, once."""

    def __init__(self, *theirs: NewEntry) -> None:
        super().__init__()
        self.theirs = theirs

    def append(self, entries: Sequence[NewEntry], expected_head: str) -> Seal:
        if any(entry.by == "李四" for entry in entries) and self.theirs:
            theirs, self.theirs = self.theirs, ()
            super().append(theirs, self.head().head)
        return super().append(entries, expected_head)


def test_what_another_desk_entered_meanwhile_stands_beside_it(standards: Standards) -> None:
    store = Busy(report("城关镇", 3, 1))
    opened(standards, store, deaths=2)
    answer = told(store, standards, "消防", sets=["死亡=2"])
    assert [one.unit for one in answer.rows[0].figures] == ["本案卷", "城关镇", "消防救援"]
    assert answer.rows[0].open


def test_the_figure_that_is_agreed_is_that_which_the_unit_told_last(standards: Standards) -> None:
    store = Busy(report("城关镇", 4, 2))
    opened(standards, store, report("城关镇", 3, 1), deaths=2)
    done = settle(store, A, "城关镇政府", (), "", standards, HEADER, stamp())
    assert done.figures["deaths"].quantity.low == 4
    assert case_of(store).facts.measures["deaths"].low == 4


def test_what_was_taken_over_is_known_from_when_any_unit_told_it_first(standards: Standards) -> None:
    store = Memory()
    opened(standards, store, report("城关镇", 3, 1), report("消防救援", 3, 3), deaths=0, injured=0)
    settle(store, A, "消防", (), "", standards, HEADER, stamp())
    since = {at for at in case_of(store).demanded.values() if at is not None}
    assert since == {NOW + timedelta(minutes=1)}


def test_each_office_is_known_from_when_those_figures_were_told_that_bring_it_in(
    standards: Standards,
) -> None:
    store = Memory()
    first, then = report("城关镇", 1, 1, "slightly_injured"), report("消防救援", 3, 3)
    opened(standards, store, first, then, deaths=0, injured=0)
    settle(store, A, "", ["死亡=3", "轻伤=1"], "", standards, HEADER, stamp())
    assert {at for at in case_of(store).demanded.values() if at} == {NOW + timedelta(minutes=3)}


def test_what_is_told_after_the_agreement_happened_makes_nothing_known_later(standards: Standards) -> None:
    store = Memory()
    opened(standards, store, report("城关镇", 3, 8), deaths=0, injured=0)
    earlier = Stamp(
        recorded=NOW + timedelta(minutes=10), at=NOW + timedelta(minutes=5), by="李四", reason="核对"
    )
    settle(store, A, "城关镇", (), "", standards, HEADER, earlier)
    assert {at for at in case_of(store).demanded.values() if at} == {NOW + timedelta(minutes=5)}


def test_a_figure_of_the_case_itself_is_the_cases_own_whoever_told_it_too(standards: Standards) -> None:
    store = Memory()
    opened(standards, store, report("城关镇", 2, 1), deaths=2)
    done = settle(store, A, "", ["死亡=2"], "", standards, HEADER, stamp())
    assert done.figures["deaths"].unit == "本案卷"
    assert [entry.kind for entry in store.since(3)] == [EntryKind.AGREED]


def test_the_owner_by_any_of_its_names_is_the_owner_and_others_are_not(standards: Standards) -> None:
    store = Memory()
    opened(standards, store, deaths=2)
    assert (told(store, standards, "县消防救援大队").unit, told(store, standards, "县供电公司").part) == (
        "消防救援",
        OTHER,
    )
    assert told(store, standards, "城关镇人民政府").part == OWNER


def test_a_report_about_a_lead_is_kept_and_nothing_is_agreed_of_it(standards: Standards) -> None:
    store = Memory()
    lead = draft(EntryKind.LEAD, {"note": "网传失火", "incident": incident().to_json()})
    store.append([lead], store.head().head)
    assert told(store, standards, "消防救援", "没有这回事").part == OTHER
    with pytest.raises(CaseState, match="还是线索"):
        settle(store, A, "", ["死亡=0"], "", standards, HEADER, stamp())


def test_of_a_secret_case_only_that_somebody_reported_is_kept(standards: Standards) -> None:
    store = Memory()
    hidden = draft(EntryKind.RECEIVED, {"secret": HIDDEN, "incident": incident(place=None).to_json()})
    store.append([hidden], store.head().head)
    assert told(store, standards, "公安").measures == {}
    for note, sets in (("2人死亡", ()), ("", ("死亡=2",))):
        with pytest.raises(CaseState, match="涉密"):
            told(store, standards, "公安", note, sets)
    with pytest.raises(CaseState, match="涉密"):
        settle(store, A, "", ["死亡=2"], "", standards, HEADER, stamp())


def test_nothing_can_be_agreed_where_no_figure_is_known(standards: Standards) -> None:
    store = Memory()
    opened(standards, store)
    with pytest.raises(Usage, match="还没有数字可定"):
        settle(store, A, "", (), "", standards, HEADER, stamp())


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (exactly(3), "3"),
        (between(3, 5), "3-5"),
        (at_least(5), "至少5"),
        (unknown("不详"), "不详"),
        (Quantity(11, 19, "十余人"), "11-19"),
    ],
)
def test_a_figure_is_written_as_set_takes_it(quantity: Quantity, words: str) -> None:
    from jinji_report.intake.values import parse_quantity

    assert typed(quantity) == words
    assert parse_quantity(words).same_range(quantity)
