"""Where a command meets the world: the clock, the settings, the standards, the store.

One run reads the clock once (`clock`) and hands it down.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinji_report.desk.stamp import Stamp, checked_clock
from jinji_report.errors import UnusableInput, UnusableSettings, Usage
from jinji_report.files import cause_of
from jinji_report.ledger.journal import Journal
from jinji_report.moments import BEIJING, parse_moment
from jinji_report.settings import Settings, data_folder, read_settings
from jinji_report.standards.load import load
from jinji_report.standards.rows import Standards

if TYPE_CHECKING:
    from jinji_report.cli.screen import Block
    from jinji_report.reports.document import Header
    from jinji_report.standards.rows import Contact


class Clock:
    """The run's `now`, and the machine's own clock where `--now` or JINJI_NOW set another (else None)."""

    __slots__ = ("machine", "now")

    def __init__(self, now: datetime, machine: datetime | None) -> None:
        self.now = now
        self.machine = machine


def clock(now: str | None) -> Clock:
    """Raises Usage for a moment that cannot be read, UnusableInput for one that no clock shows."""
    machine = datetime.now(BEIJING).replace(microsecond=0)
    if not now:
        return Clock(machine, None)
    return Clock(checked_clock(moment(now, "--now"), "--now"), machine)


def moment(text: str, option: str) -> datetime:
    """An ISO moment of an option. Raises Usage."""
    try:
        return parse_moment(text)
    except (ValueError, OverflowError):
        raise Usage(f"{option} 的时间看不懂：{text}。", remedy=f"写成 {option} 2026-03-05T09:30。") from None


def at_moment(text: str, now: datetime) -> datetime:
    """A moment of `--at`: ISO, or the clock alone (`09:30`), which means the nearest to `now`. Raises Usage."""
    clock, _, minute = text.strip().replace("：", ":").partition(":")
    if not (clock.isdecimal() and minute.isdecimal() and len(clock) <= 2 and len(minute) == 2):
        return moment(text, "--at")
    if int(clock) > 23 or int(minute) > 59:
        raise Usage(f"--at 的时间看不懂：{text}。", remedy="写成 --at 09:30 或 --at 2026-03-05T09:30。")
    today = now.replace(hour=int(clock), minute=int(minute), second=0)
    return min((today + timedelta(days=days) for days in (-1, 0, 1)), key=lambda one: abs(one - now))


def span_moment(text: str, now: datetime, option: str, *, end: bool = False) -> datetime:
    """A moment of `--since` or `--until`: ISO, or as one says it (昨天, 3月1日). A day alone is its first or last minute."""
    from jinji_report.intake.values import parse_when

    try:
        if len(text) == 10 and end:
            return parse_moment(f"{text}T23:59:59")
        return parse_moment(text)
    except (ValueError, OverflowError):
        pass
    try:
        said = parse_when(text, now)
    except ValueError:
        raise Usage(
            f"{option} 的时间看不懂：{text}。", remedy=f"写成 {option} 2026-03-01 或 {option} 昨天。"
        ) from None
    return said.until if end and said.until is not None else said.at


def settings(standards: str | None = None) -> Settings:
    return read_settings(os.environ, {"standards": standards})


def settings_for(pack: str | None, standards: str | None) -> Settings:
    """The settings of a command that takes its pack as an argument or as --standards. Raises Usage for both."""
    if pack is not None and standards is not None:
        raise Usage("标准写了两处（参数和 --standards）。", remedy="只留一处。")
    return settings(pack or standards)


def standards_of(config: Settings) -> Standards:
    return load(config["standards"], config.cache)


def office_folder() -> Path:
    """Where the office's own contacts lie: its data folder, in a drill too."""
    return data_folder(os.environ)


def contacts_beside(config: Settings) -> "tuple[Contact, ...]":
    """The office's own contacts, for a command that only shows numbers: a broken file is told, and no hindrance."""
    from jinji_report.cli.screen import say
    from jinji_report.desk.contacts.file import read_contacts

    try:
        return read_contacts(office_folder(), config.cache)
    except UnusableSettings as error:
        say(f"※ {error.problem}")
        return ()


def known_category(category: str | None, categories: Any) -> None:
    """Raises UnusableInput for a category that the standards do not have."""
    if category is not None and category not in categories:
        raise UnusableInput(f"没有“{category}”这个类别。", remedy=f"可用类别：{'、'.join(categories)}。")


def store(config: Settings) -> Journal:
    """The ledger of this run: the office's, or in a drill that of its drills. No command opens another."""
    journal = Journal(config.home, drill=config.drill)
    if sys.stderr.isatty():
        from jinji_report.cli.progress import Progress

        journal.tell = Progress("整理台账索引")
    return journal


@contextmanager
def telling(journal: Journal, doing: str) -> Iterator[None]:
    """While something takes long, it is said how far it is; afterwards the words go away."""
    from jinji_report.cli.progress import Progress

    before = journal.tell
    with Progress(doing) as journal.tell:
        yield
    journal.tell = before


class Opening:
    """What a command that writes starts from: the clock, the settings, the standards, the stamp, the store."""

    __slots__ = ("config", "rules", "stamp", "store", "time")

    def __init__(self, time: Clock, config: Settings, rules: Standards, stamp: Stamp, store: Journal) -> None:
        self.time = time
        self.config = config
        self.rules = rules
        self.stamp = stamp
        self.store = store


def opening(
    *, now: str | None, standards: str | None, at: str | None, by: str | None, reason: str
) -> Opening:
    """Read the clock, the settings and the standards once. Raises Usage, UnusableInput and what they raise."""
    time = clock(now)
    config = settings(standards)
    stamp = Stamp(
        recorded=time.now,
        by=config.by(by),
        at=at_moment(at, time.now) if at else None,
        reason=reason,
        machine=time.machine,
    )
    return Opening(time, config, standards_of(config), stamp, store(config))


def stamped(*, now: str | None, by: str | None) -> tuple[Journal, Stamp]:
    """The ledger, and what an entry about itself carries. Raises Usage, UnusableInput and what they raise."""
    time = clock(now)
    config = settings()
    return store(config), Stamp(recorded=time.now, by=config.by(by), machine=time.machine)


def agreeing(
    words: Callable[[Any], str],
    *,
    yes: bool,
    no_input: bool,
    as_json: bool,
    blocks: "Callable[[Any], list[Block]] | None" = None,
    ask: str = "登记？",
) -> Callable[[Any], bool] | None:
    """At a terminal, a last look before it is entered: `words` says what will be. Elsewhere None.

    `blocks` are shown above the question. Where another desk wrote meanwhile and it was decided anew,
    only what reads otherwise is asked again.
    """
    from jinji_report.cli.screen import interactive, plain_lines, say, show

    if yes or not interactive(no_input=no_input, as_json=as_json):
        return None
    from jinji_report.cli.prompts import confirm

    agreed: list[str] = []

    def agree(answer: Any) -> bool:
        seen = [] if blocks is None else blocks(answer)
        said = "\n".join([*plain_lines(seen), words(answer)])
        if said in agreed:
            return True
        if agreed:
            say("这期间另一台终端有新的登记，内容变了，请再看一遍。")
        if seen:
            show(seen)
        if not confirm(f"{words(answer)}。{ask}"):
            return False
        agreed.append(said)
        return True

    return agree


def write_out(text: str, output: str | None) -> None:
    """`text` to a file, or to stdout for none and `-`; always UTF-8, since a file is made of it. Raises UnusableInput."""
    raw = text.encode("utf-8")
    if output is None or output == "-":
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return
    try:
        Path(output).write_bytes(raw)
    except (OSError, ValueError) as error:
        why = cause_of(error) if isinstance(error, OSError) else "路径不对"
        raise UnusableInput(f"文件 {output} 写不了（{why}）。", remedy="检查路径和权限。") from error


def header(config: Settings, rules: Standards) -> "Header":
    """What stands at the head of a report: the settings, else the standards' own unit."""
    from jinji_report.reports.document import Header

    return Header(
        unit=config["unit"] or rules.desk.unit,
        signer=config["signer"],
        contact=config["contact"],
        phone=config["phone"],
        drill=config.drill,
    )


def say_notices(journal: Journal) -> None:
    """What the store found on its way (a torn line set aside), said on stderr."""
    from jinji_report.cli.screen import clean

    for notice in journal.notices:
        sys.stderr.write(f"{clean(notice)}\n")
