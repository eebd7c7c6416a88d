"""How an officer names a case, and how one is written to."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from jinji_report.errors import CaseState, GivenUp, HeadMoved, UnknownCase
from jinji_report.ledger.cases import Cases, cases_of
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.vocabulary import Status

Answer = TypeVar("Answer")

TRIES = 50


def read_cases(store: Store) -> Cases:
    """The cases as they are now. Raises what the store raises."""
    return cases_of(store)


def find_case(cases: Cases, name: str) -> Case:
    """The case of a full number, of the tail of one (`-01`, `01`), or `latest`.

    A tail that several numbers share means the one that is open; if none is open, the newest.
    Raises UnknownCase, also where several of them are open.
    """
    if not cases:
        raise UnknownCase("台账里还没有案卷。", remedy='用 jinji new "来电内容" 接报。')
    case = cases.newest() if name == "latest" else cases.get(name)
    if case is not None:
        return case
    tail = name if name.startswith("-") else f"-{name}"
    still_open, newest = cases.ending(tail) if len(tail) > 1 else ([], None)
    if len(still_open) > 1:
        numbers = "、".join(still_open[-5:])
        raise UnknownCase(f"尾号 {name} 对应多件在办案卷：{numbers}。", remedy="请写全编号。")
    meant = still_open[0] if still_open else newest
    case = None if meant is None else cases.get(meant)
    if case is None:
        raise UnknownCase(
            f"没有编号为“{name}”的案卷。", remedy="用 jinji list 查编号；可写全号、尾号（如 -01）或 latest。"
        )
    return case


def require_open(case: Case, step: str) -> None:
    """Raises CaseState where the case is closed, merged, taken back, or a 线索 still."""
    require_incident(case, step)
    if case.status == Status.CLOSED:
        raise CaseState(
            f"案卷 {case.number} 已结案，不能{step}。",
            remedy=f"先运行 jinji reopen {case.number} --reason 原因。",
        )
    require_standing(case, step)


def require_incident(case: Case, step: str) -> None:
    """Raises CaseState where the case is a 线索 that nobody made an incident of: what to do with it instead."""
    lead = case.rumour
    if lead is None or case.status in (Status.MERGED, Status.VOID):
        return
    if case.status == Status.CLOSED:
        raise CaseState(
            f"案卷 {case.number} 是已了结的线索（{lead.state}），不能{step}。",
            remedy=f"又有新说法：jinji reopen {case.number} --reason 原因，再核实。",
        )
    raise CaseState(
        f"案卷 {case.number} 还是线索（{lead.state}），没有转为事件，不能{step}。",
        remedy=f'属实的转为事件：jinji lead promote {case.number} "核实到的情况"；'
        f"不实的了结：jinji lead dismiss {case.number} --reason 怎样答复的。",
    )


def require_standing(case: Case, step: str) -> None:
    """Raises CaseState where the case was merged into another one, or taken back."""
    if case.status == Status.MERGED:
        raise CaseState(
            f"案卷 {case.number} 已并入 {case.merged_into}，不能{step}。",
            remedy=f"请对 {case.merged_into} 办理；并错了用 jinji undo {case.number} --reason 原因。",
        )
    if case.status == Status.VOID:
        raise CaseState(
            f"案卷 {case.number} 的接报已撤销，不能{step}。",
            remedy=f"撤错了用 jinji undo {case.number} --redo --reason 原因。",
        )


def require_words(case: Case) -> None:
    """Raises CaseState where the words of the case must not be held here (涉密)."""
    if case.secret is not None:
        raise CaseState(
            f"案卷 {case.number} 是涉密事件，本系统只登记时间、地点和渠道，不录内容。",
            remedy=f"内容走{case.secret.channel}；报出后登记：jinji sent {case.number}。",
        )


def commit(
    store: Store,
    decide: Callable[[Cases], tuple[Sequence[NewEntry], Answer]],
    agree: Callable[[Answer], bool] | None = None,
) -> Answer:
    """Read the cases, let `decide` make entries and an answer, and append; again where another desk came first.

    `agree` is shown the answer before anything is written. Raises GivenUp where it says no, and
    HeadMoved if others keep coming first.
    """
    for _ in range(TRIES):
        head = store.head()
        entries, answer = decide(read_cases(store))
        if not entries:
            return answer
        if agree is not None and not agree(answer):
            raise GivenUp("没有登记。", remedy="核对后再运行一次本命令。")
        try:
            store.append(entries, head.head)
        except HeadMoved:
            continue
        return answer
    raise HeadMoved


def day_of_call(received: datetime) -> str:
    """`20260305-`: how the numbers of the cases begin that came that day."""
    return f"{received:%Y%m%d}-"


def next_number(numbers: Iterable[str], received: datetime) -> str:
    """`20260305-01`: the day of the call and how many came that day."""
    day = day_of_call(received)
    used = [
        int(number[len(day) :])
        for number in numbers
        if number.startswith(day) and number[len(day) :].isdecimal()
    ]
    return f"{day}{max(used, default=0) + 1:02d}"
