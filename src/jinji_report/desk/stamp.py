"""When something happened, when it was entered, by whom: what every new entry carries."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from jinji_report.errors import SecretNote, UnusableInput, Usage
from jinji_report.model.entry import NewEntry
from jinji_report.moments import BEIJING, EARLIEST, on_screen
from jinji_report.vocabulary import EntryKind

BACK_DATED = timedelta(minutes=10)
CLOCK_SKEW = timedelta(minutes=1)
LATEST = datetime(2200, 1, 1, tzinfo=BEIJING)  # a clock beyond it is a slip of the keyboard


def checked_clock(now: datetime, said: str) -> datetime:
    """`now`, if a clock can show it; `said` is what set it. Raises UnusableInput."""
    if not EARLIEST <= now < LATEST:
        raise UnusableInput(f"{said} {on_screen(now)} 不像真实时间。", remedy="检查年份。")
    return now


def refuse_secrets(*texts: str) -> None:
    """Raises SecretNote where one of `texts` bears a secrecy mark: nothing of it may be written."""
    from jinji_report.intake.secrecy import secrecy_mark

    for text in texts:
        mark = secrecy_mark(text)
        if mark is not None:
            raise SecretNote(mark)


class Stamp:
    """`at` when it happened, `recorded` the run's clock, `machine` the real clock where `--now` set another."""

    __slots__ = ("at", "by", "machine", "reason", "recorded")

    def __init__(
        self,
        *,
        recorded: datetime,
        by: str,
        at: datetime | None = None,
        reason: str = "",
        machine: datetime | None = None,
    ) -> None:
        """Raises UnusableInput for a moment in the future, Usage for back-dating without a reason, SecretNote."""
        refuse_secrets(by, reason)
        self.at = at if at is not None else recorded
        self.recorded = recorded
        self.by = by
        self.reason = reason
        self.machine = machine
        if self.at > recorded + CLOCK_SKEW:
            raise UnusableInput(
                f"--at {on_screen(self.at)} 在现在（{on_screen(recorded)}）之后。",
                remedy="改成已经发生的时间。",
            )
        if self.at < EARLIEST:
            raise UnusableInput(f"--at {on_screen(self.at)} 不像真实时间。", remedy="检查年份。")
        if recorded - self.at > BACK_DATED and not reason.strip():
            raise Usage(
                f"--at 比现在早 {int((recorded - self.at).total_seconds() // 60)} 分钟，补登须说明原因。",
                remedy='加上 --reason "为什么现在才登记"。',
            )

    def entry(self, case: str, kind: EntryKind, data: Mapping[str, Any]) -> NewEntry:
        """A new entry; the reason for back-dating goes with it."""
        if self.reason and "reason" not in data:
            data = {**data, "reason": self.reason}
        return NewEntry(
            case=case,
            kind=kind.value,
            at=self.at,
            recorded=self.recorded,
            by=self.by,
            data=data,
            machine=self.machine,
        )
