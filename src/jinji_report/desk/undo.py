"""撤销: what one command entered is taken back, or what one took back counts again.

Nothing is removed: one more entry names those that count no more, on each case that they are of. What
was entered together is taken back together. A report that went out stays out, and that is said.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from jinji_report.desk.cases import commit, find_case
from jinji_report.desk.difference import Difference
from jinji_report.desk.foresee import Foreseen, foresee
from jinji_report.desk.stamp import Stamp
from jinji_report.errors import CaseState, UnknownCase, UnusableInput, Usage
from jinji_report.judgement.claims import MEETS
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import limits_of
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.entry import Entry, NewEntry
from jinji_report.moments import on_screen
from jinji_report.reports.wording import report_name
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind, Stage, Status

LOOKED_BACK = 64  # entries that are read first where the newest of a case is wanted


class TakenBack:
    """What was taken back, or with `redo` counts again, and what the cases are after it.

    `entries` are those that the new one names, `notes` what the officer should know of it.
    """

    __slots__ = ("case", "changes", "entries", "limits", "notes", "redo")

    def __init__(
        self,
        case: Case,
        entries: Sequence[Entry],
        changes: Sequence[Difference],
        notes: Sequence[str],
        limits: Sequence[Limit],
        *,
        redo: bool,
    ) -> None:
        self.case = case
        self.entries = tuple(entries)
        self.changes = tuple(changes)
        self.notes = tuple(notes)
        self.limits = tuple(limits)
        self.redo = redo

    @property
    def numbers(self) -> tuple[str, ...]:
        """The cases whose entries they are, the one that was asked for first."""
        return tuple(dict.fromkeys([self.case.number, *(entry.case for entry in self.entries)]))

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "jinji/1",
            "case": self.case.number,
            "step": EntryKind.UNDONE.value,
            "redo": self.redo,
            "status": self.case.status.value,
            "cases": list(self.numbers),
            "voids": [
                {"seq": entry.seq, "id": entry.id, "case": entry.case, "kind": entry.kind}
                for entry in self.entries
            ],
            "changes": [change.to_json() for change in self.changes],
            "notes": list(self.notes),
            "limits": [limit.to_json() for limit in self.limits],
        }


def undo(
    store: Store,
    name: str | None,
    standards: Standards,
    stamp: Stamp,
    *,
    seq: int | None = None,
    redo: bool = False,
    agree: Callable[[TakenBack], bool] | None = None,
) -> TakenBack:
    """Take back what was entered last about the case and still counts, or what the entry `seq` is part of.

    Without a name, the case is that of the newest entry. With `redo` the newest 撤销 is taken back. Raises
    Usage, UnknownCase, UnusableInput for an entry that is none, CaseState where there is nothing to take
    back, or where another desk wrote meanwhile and nobody is asked whether that is meant.
    """
    if not stamp.reason.strip():
        raise Usage("撤销要写明原因。", remedy='加上 --reason "原因"。')
    if redo and seq is not None:
        raise Usage(
            "--redo 和 --entry 只能写一个。", remedy="要恢复某一次撤销，用 --entry 写那条撤销的序号。"
        )

    meant: list[str] = []

    def decide(cases: Cases) -> tuple[list[NewEntry], TakenBack]:
        if seq is not None:
            named = entry_of(store, seq)
            case = _case_of(named, cases, name)
        else:
            case = find_case(cases, name or _newest_case(store))
            named = _newest(case, redo=redo)
        taken, left = _taken(store, cases, named)
        if agree is None and meant and meant != [entry.id for entry in taken]:
            raise CaseState(
                f"案卷 {case.number} 这期间有另一台终端的登记（第 {named.seq} 条 {named.kind}），没有撤销。",
                remedy=f"用 jinji log {case.number} 看过再撤；用 --entry 写明撤哪一条。",
            )
        meant[:] = [entry.id for entry in taken]
        own = {
            number: [e for e in taken if e.case == number] for number in dict.fromkeys(e.case for e in taken)
        }
        new = [
            stamp.entry(
                number, EntryKind.UNDONE, {"voids": [one.id for one in some], "told": entry_list(some)}
            )
            for number, some in own.items()
        ]
        seen = foresee(cases, new)
        _refuse_a_void_in_between(seen)
        notes = [*_beside(named, taken, left, asked=seq is not None), *seen.findings()]
        for number, some in own.items():
            before = seen.before[number]
            notes += _went_out(before, some) + _overtaken(before, some) + _still_agreed(before, some)
        after = seen.after[case.number]
        return new, TakenBack(
            after,
            taken,
            seen.changes(standards, stamp.recorded),
            notes,
            limits_of(after, standards, stamp.recorded),
            redo=all(entry.kind == EntryKind.UNDONE for entry in taken),
        )

    return commit(store, decide, agree)


def entry_of(store: Store, seq: int) -> Entry:
    """The entry of that number. Raises UnusableInput."""
    entry = next(store.since(seq - 1), None)
    if entry is None:
        last = store.head().seq
        raise UnusableInput(f"没有第 {seq} 条，台账到第 {last} 条为止。", remedy="用 jinji log 查序号。")
    if entry.seq != seq:
        raise UnusableInput(
            f"第 {seq} 条不在这里（已归档到别处）。", remedy="先把归档文件放回 archive 文件夹。"
        )
    return entry


def _case_of(named: Entry, cases: Cases, name: str | None) -> Case:
    """The case of the entry, which is the one that was named, if one was."""
    if not named.case:
        raise UnusableInput(
            f"第 {named.seq} 条是台账自身的记录（{named.kind}），不能撤销。",
            remedy="只有案卷的条目可以撤销，用 jinji log 查序号。",
        )
    case = find_case(cases, named.case if name is None else name)
    if case.number != named.case:
        raise UnusableInput(
            f"第 {named.seq} 条属于案卷 {named.case}，不是 {case.number}。",
            remedy=f"运行 jinji undo {named.case} --entry {named.seq} --reason 原因，或用 jinji log 查序号。",
        )
    by = case.voided.get(named.id)
    if by is not None:
        raise CaseState(
            f"第 {named.seq} 条已被第 {by.seq} 条撤销，不再算数。",
            remedy=f"要恢复它：jinji undo {case.number} --entry {by.seq} --reason 原因。",
        )
    return case


def _newest_case(store: Store) -> str:
    """The case of the newest entry that is of one. Raises UnknownCase."""
    head, back = store.head().seq, LOOKED_BACK
    while True:
        start = max(0, head - back)
        last = ""
        for entry in store.since(start):
            last = entry.case or last
        if last:
            return last
        if start == 0:
            raise UnknownCase("台账里还没有案卷。", remedy='用 jinji new "来电内容" 接报。')
        back *= 8


def _newest(case: Case, *, redo: bool) -> Entry:
    """The newest entry that counts: one that is no 撤销, or for `redo` one that took something back.

    A 撤销 that took back another one is passed over: who calls back step after step goes on to the one before.
    """
    undone = {entry.id for entry in case.entries if entry.kind == EntryKind.UNDONE}
    for entry in reversed(case.entries):
        names = entry.data.get("voids")
        again = isinstance(names, list) and any(isinstance(name, str) and name in undone for name in names)
        if entry.id not in case.voided and (entry.kind == EntryKind.UNDONE) == redo and not (redo and again):
            return entry
    if redo:
        raise CaseState(
            f"案卷 {case.number} 没有可恢复的撤销。", remedy=f"用 jinji log {case.number} 看它的条目。"
        )
    raise CaseState(
        f"案卷 {case.number} 没有可撤销的了。",
        remedy=f"要恢复最近一次撤销：jinji undo {case.number} --redo --reason 原因。",
    )


def _taken(store: Store, cases: Cases, named: Entry) -> tuple[list[Entry], list[Entry]]:
    """What is taken back with the entry, and what was entered with it and is left as it is.

    Several incidents of one call are entered together and yet stand alone: the others stay.
    """
    taken: list[Entry] = []
    left: list[Entry] = []
    batch = list(_batch(store, named))
    opened = {entry.case for entry in batch if entry.kind == EntryKind.RECEIVED} - {named.case}
    for entry in batch:
        case = cases.get(entry.case) if entry.case else None
        if case is None or entry.id in case.voided:
            continue
        (left if entry.case in opened else taken).append(entry)
    return taken, left


def _batch(store: Store, entry: Entry) -> Iterator[Entry]:
    """The entries that one command wrote together."""
    if entry.batch is None:
        return iter((entry,))
    place, count = entry.batch
    return islice(store.since(entry.seq - place), count)


def _refuse_a_void_in_between(seen: Foreseen) -> None:
    """Raises CaseState where a case would be taken back that others were merged into, or that was merged itself."""
    for number, case in seen.after.items():
        partner = case.merged_into or next((other.number for other in case.absorbed), None)
        if case.status == Status.VOID and partner is not None:
            merged, into = (number, partner) if case.merged_into else (partner, number)
            raise CaseState(
                f"案卷 {merged} 已并入 {into}，不能撤销 {number} 的接报。",
                remedy=f"先撤并案：jinji undo {merged} --reason 原因。",
            )


def _beside(named: Entry, taken: Sequence[Entry], left: Sequence[Entry], *, asked: bool) -> list[str]:
    notes = []
    if asked and len(taken) > 1:
        notes.append(f"第 {named.seq} 条是和别的条目一次登记的，一并撤销：{entry_list(taken)}。")
    for number in dict.fromkeys(entry.case for entry in left):
        notes.append(f"同一次来电登记的案卷 {number} 不动；要撤另用 jinji undo {number} --reason 原因。")
    return notes


def _went_out(case: Case, taken: Sequence[Entry]) -> list[str]:
    """What cannot be taken back in the world: reports that are entered as sent."""
    ids = {entry.id for entry in taken}
    written = {_report_of(entry) for entry in taken if entry.kind == EntryKind.REPORT}
    out = [s for s in case.sent if s.case == case.number and (s.id in ids or _report_of(s) in written)]
    told = [_sent_words(entry) for entry in out]
    told += [
        f"{one.step}于{on_screen(one.at)}报{request.office}"
        for request in case.chain.requests
        for one in request.answers
        if one.id in ids and one.step in MEETS[request.kind]
    ]
    return [f"已报出的话收不回，请另行更正：{'；'.join(dict.fromkeys(told))}。"] if told else []


def _report_of(entry: Entry) -> tuple[Any, Any]:
    return entry.data.get("stage"), entry.data.get("number", 0)


def _sent_words(entry: Entry) -> str:
    stage, number = _report_of(entry)
    to = entry.data.get("to")
    office = to.get("office", "") if isinstance(to, dict) else ""
    known = [one.value for one in Stage]
    name = report_name(Stage(stage), number) if stage in known and isinstance(number, int) else "报告"
    return f"{name}于{on_screen(entry.at)}报{office}"


def _overtaken(case: Case, taken: Sequence[Entry]) -> list[str]:
    """Facts that are taken back although later ones were told on top of them."""
    ids = {entry.id for entry in taken}
    facts = [entry for entry in case.entries if entry.kind in (EntryKind.RECEIVED, EntryKind.FACTS)]
    gone = [entry.seq for entry in facts if entry.id in ids]
    later = [e.seq for e in facts if e.id not in ids and e.id not in case.voided and gone and e.seq > gone[0]]
    if not later:
        return []
    return [
        f"{case.number} 第 {later[-1]} 条是其后登记的要素，仍然算数；里面若带着所撤的内容，"
        f"请更正：jinji followup {case.number} --correct …。"
    ]


def _still_agreed(case: Case, taken: Sequence[Entry]) -> list[str]:
    """Figures of a unit whose report is taken back, and that 统一口径 took over."""
    ids = {entry.id for entry in taken}
    gone = {report.unit for report in case.chain.told if report.id in ids}
    gone -= {report.unit for report in case.chain.told if report.id not in ids}
    kept = [one for one in case.chain.agreed if one.id not in ids and gone & set(one.sources.values())]
    if not kept:
        return []
    (agreed,) = [entry for entry in case.entries if entry.id == kept[-1].id]
    units = "、".join(sorted(gone & set(kept[-1].sources.values())))
    return [
        f"第 {agreed.seq} 条统一口径用的是{units}的数字，仍然算数；要一起撤："
        f"jinji undo {case.number} --entry {agreed.seq} --reason 原因。"
    ]


def entry_list(entries: Sequence[Entry]) -> str:
    """`要素、研判、成文（第 4 至 6 条）`."""
    kinds = "、".join(dict.fromkeys(entry.kind for entry in entries))
    first, last = entries[0].seq, entries[-1].seq
    if last - first + 1 != len(entries):
        return f"{kinds}（第 {'、'.join(str(entry.seq) for entry in entries)} 条）"
    return f"{kinds}（第 {first}{f' 至 {last}' if last > first else ''} 条）"
