"""A call entered without a talk: each of its incidents as a new case, or as the follow-up to a known one."""

from collections.abc import Sequence
from typing import Any

from jinji_report.desk.alike import beyond_doubt
from jinji_report.desk.answer import Judged
from jinji_report.desk.cases import find_case, read_cases, require_open, require_words
from jinji_report.desk.followup import Followed, follow
from jinji_report.desk.new import Incoming, Opened, open_cases, resembling
from jinji_report.desk.parts import Part, parts_of, taken_as_one
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.desk.understand import check_note, understand
from jinji_report.errors import Usage
from jinji_report.ledger.store import Store
from jinji_report.reports.document import Header
from jinji_report.standards.rows import Standards

AUTO, NEVER = "auto", "never"


class Made:
    """What became of one incident: `opened` or `followed`, and `why` it was attached."""

    __slots__ = ("followed", "note", "opened", "why")

    def __init__(
        self,
        note: str,
        opened: Opened | None = None,
        followed: Followed | None = None,
        why: Sequence[str] = (),
    ) -> None:
        self.note = note
        self.opened = opened
        self.followed = followed
        self.why = tuple(why)

    @property
    def answer(self) -> Opened | Followed:
        answer = self.opened or self.followed
        assert answer is not None
        return answer

    @property
    def number(self) -> str:
        return self.answer.number

    @property
    def judged(self) -> Judged:
        return self.answer.judged


class Entered:
    """What was made of a call; `parts`: the incidents that it seems to tell, where they are several."""

    __slots__ = ("made", "parts")

    def __init__(self, made: Sequence[Made], parts: Sequence[Part]) -> None:
        self.made = tuple(made)
        self.parts = tuple(parts)


class Target:
    """The case that an incident is to be entered to, and the reasons."""

    __slots__ = ("number", "why")

    def __init__(self, number: str, why: Sequence[str] = ()) -> None:
        self.number = number
        self.why = tuple(why)


def enter(
    store: Store,
    text: str,
    sets: Sequence[str],
    standards: Standards,
    header: Header,
    stamp: Stamp,
    *,
    apart: bool = False,
    attach: str | None = None,
) -> Entered:
    """Enter the call: as one incident, or with `apart` as many as it tells.

    `attach`: `auto` makes a follow-up of what is beyond doubt about an open case, a case's name of
    what it says; else every incident is a new case. Raises Usage, UnknownCase, CaseState, SecretNote,
    UnusableInput, and what the store raises.
    """
    refuse_secrets(text)
    check_note(text)
    parts = parts_of(text, standards, stamp.at)
    calls: list[Incoming]
    if apart and parts:
        one_each(parts, sets, attach)
        calls = [Incoming(part.text, part.judged.facts, part.judged.understood) for part in parts]
    else:
        understood = understand(text, stamp.at, standards, sets)
        calls = [Incoming(text, understood.facts, understood, taken_as_one(parts, standards))]
    targets = [target_of(store, call, attach, stamp, standards) for call in calls]
    fresh = [call for call, target in zip(calls, targets, strict=True) if target is None]
    opened = iter(open_cases(store, fresh, standards, header, stamp) if fresh else ())
    made = [
        Made(call.note, opened=next(opened))
        if target is None
        else Made(
            call.note,
            followed=follow(store, target.number, call.note, sets, standards, header, stamp),
            why=target.why,
        )
        for call, target in zip(calls, targets, strict=True)
    ]
    return Entered(made, parts)


def one_each(parts: Sequence[Part], sets: Sequence[str], attach: str | None) -> None:
    """Raises Usage where `--set` or `--attach CASE` would not know which of several incidents it is for."""
    if len(parts) < 2:
        return
    for given, option in ((sets, "--set"), (attach not in (None, AUTO, NEVER), "--attach 案卷")):
        if given:
            raise Usage(
                f"来电说了{len(parts)}件事，{option} 不知道用在哪一件上。",
                remedy="去掉 --apart，或一件一件分开录。",
            )


def target_of(
    store: Store, call: Incoming, attach: str | None, stamp: Stamp, standards: Standards
) -> Target | None:
    """The case that `attach` sends the call to. Raises UnknownCase, CaseState."""
    if attach in (None, NEVER):
        return None
    if attach == AUTO:
        found = resembling(store, call.note, call.facts, stamp.at, standards)
        case = beyond_doubt(found)
        return None if case is None else Target(case.number, found[0].reasons)
    case = find_case(read_cases(store), attach or "")
    require_open(case, "续报")
    require_words(case)
    return Target(case.number)


def cases_json(entered: Entered) -> dict[str, Any]:
    """The answer of `--apart`: a case each, in the order of the note."""
    answers = [one.answer.to_json() for one in entered.made]
    return {"schema": answers[0]["schema"], "cases": answers}
