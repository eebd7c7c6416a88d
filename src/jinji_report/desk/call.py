"""叫应 (R26): whom to call next about a case, and what came of a call."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from jinji_report.desk.cases import commit, find_case, read_cases, require_open
from jinji_report.desk.contacts.book import call_tree, contact_json
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.errors import CaseState, UnusableInput, UnusableStandards
from jinji_report.judgement.calling import CallState, Rung, Tree, tree_at
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.chain import Called
from jinji_report.model.entry import NewEntry
from jinji_report.model.fold import take
from jinji_report.moments import iso
from jinji_report.standards.rows import Contact, Standards
from jinji_report.vocabulary import EntryKind


class Calling:
    """The tree of a case as it stands, and the call that was entered (None where one only looked)."""

    __slots__ = ("case", "entered", "tree")

    def __init__(self, case: str, tree: Tree, entered: Called | None = None) -> None:
        self.case = case
        self.tree = tree
        self.entered = entered

    def to_json(self) -> dict[str, Any]:
        tree = self.tree
        return {
            "schema": "jinji/1",
            "case": self.case,
            "step": None if self.entered is None else EntryKind.CALLED.value,
            "entered": None if self.entered is None else _called_json(self.entered),
            "hours": tree.hours,
            "next": None if tree.next is None else contact_json(tree.next),
            "again": tree.again,
            "answered": None if tree.answered is None else _called_json(tree.answered),
            "tree": [_rung_json(rung) for rung in tree.rungs],
        }


def look(store: Store, name: str, standards: Standards, own: Sequence[Contact], stamp: Stamp) -> Calling:
    """Whom to call now. Raises UnknownCase, UnusableStandards where there is no call tree."""
    case = find_case(read_cases(store), name)
    return Calling(case.number, _tree(case, standards, own, stamp))


def call(
    store: Store,
    name: str,
    who: str,
    reached: bool,
    standards: Standards,
    own: Sequence[Contact],
    stamp: Stamp,
    agree: Callable[[Calling], bool] | None = None,
) -> Calling:
    """Enter that somebody was called, and whether they answered; without `who` the one whose turn it is.

    Raises UnknownCase, CaseState (also where nobody is left to be called), UnusableInput for a name that cannot be
    told apart, UnusableStandards where there is no call tree, SecretNote.
    """
    refuse_secrets(who)

    def decide(cases: Cases) -> tuple[list[NewEntry], Calling]:
        case = find_case(cases, name)
        require_open(case, "登记叫应")
        contact = _whom(case, who.strip(), standards, own, stamp)
        entry = stamp.entry(
            case.number,
            EntryKind.CALLED,
            {
                "contact": contact.id,
                "unit": contact.unit,
                "role": contact.role,
                "person": contact.person,
                "phone": contact.phone,
                "reached": reached,
            },
        )
        placed = entry.placed(0, "")
        take(case, placed)
        tree = tree_at(stamp.recorded, call_tree(standards, own), case.chain.called, standards)
        return [entry], Calling(case.number, tree, Called(placed))

    return commit(store, decide, agree)


def _whom(case: Case, who: str, standards: Standards, own: Sequence[Contact], stamp: Stamp) -> Contact:
    """The contact that is meant: whose turn it was, or the one named so, in the tree before all others."""
    if not who:
        tree = _tree(case, standards, own, stamp)
        if tree.next is None:
            raise CaseState(
                f"案卷 {case.number} 已经叫通，不知道还要登记谁。",
                remedy=f"写明是谁：jinji call {case.number} 姓名或职务 --reached。",
            )
        return tree.next
    replaced = {contact.id for contact in own}
    others = [contact for contact in standards.contacts if contact.id not in replaced]
    in_tree = call_tree(standards, own)
    for pool in (
        [rung.contact for rung in _at_this_hour(case, in_tree, standards, stamp)],
        in_tree,
        [*own, *others],
    ):
        found = _matching(who, pool)
        if len(found) == 1:
            return found[0]
        if found:
            names = "、".join(contact.id for contact in found[:6])
            raise UnusableInput(f"“{who}”有 {len(found)} 个：{names}。", remedy="写编号（id）。")
    known = "、".join(dict.fromkeys(contact.person or contact.role or contact.unit for contact in in_tree))
    raise UnusableInput(
        f"通讯录里没有“{who}”。",
        remedy=f"叫应名单：{known}；查全部：jinji contacts。" if known else "查通讯录：jinji contacts。",
    )


def _matching(who: str, pool: Iterable[Contact]) -> list[Contact]:
    """Those that are called so whole: by id, person, role, phone, or unit."""
    found = list(pool)
    for name in ("id", "person", "role", "phone", "unit"):
        hits = [contact for contact in found if getattr(contact, name) == who]
        if hits:
            return hits
    return []


def _at_this_hour(
    case: Case, contacts: Sequence[Contact], standards: Standards, stamp: Stamp
) -> tuple[Rung, ...]:
    return tree_at(stamp.at, contacts, case.chain.called, standards).rungs


def _tree(case: Case, standards: Standards, own: Sequence[Contact], stamp: Stamp) -> Tree:
    """The tree at the moment of the call. Raises UnusableStandards where nobody is in it."""
    tree = tree_at(stamp.at, call_tree(standards, own), case.chain.called, standards)
    if not tree.rungs:
        raise UnusableStandards(
            f"{tree.hours}没有叫应名单。",
            remedy="在标准的 [[contact]] 里写 call（叫应次序），或用 jinji contacts import 导入带“叫应次序”的表。",
        )
    return tree


def _called_json(one: Called) -> dict[str, Any]:
    return {
        "contact": one.contact,
        "unit": one.unit,
        "person": one.person,
        "phone": one.phone,
        "reached": one.reached,
        "at": iso(one.at),
    }


def _rung_json(rung: Rung) -> dict[str, Any]:
    return {
        **contact_json(rung.contact),
        "state": CallState(rung.state).value,
        "tries": rung.tries,
        "last": None if rung.at is None else iso(rung.at),
    }
