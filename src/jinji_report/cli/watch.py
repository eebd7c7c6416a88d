"""jinji board --watch: the board in one place, drawn anew when something came, fell due or was resized.

Every half second it looks whether that is so, which costs next to nothing; only then are the cases asked. The clock is
read each time anew, so that a machine that slept, or whose clock was set, shows what is so now.
"""

import os
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from jinji_report.cli import edge, screen
from jinji_report.cli.board import blocks
from jinji_report.cli.hooks import run_hook
from jinji_report.desk.alarm import newly_urgent
from jinji_report.desk.overview import board_now, urgent_rows
from jinji_report.errors import JinjiError, Usage
from jinji_report.ledger.journal import Journal
from jinji_report.oversight.board import Board
from jinji_report.settings import Settings
from jinji_report.standards.rows import Standards

LOOK_EVERY = 0.5  # seconds


def watch_board(page: int, now: str | None, standards: str | None, *, as_json: bool) -> None:
    """Show the board until the officer leaves (Ctrl-C). `as_json`: a line each time that it changed. Raises Usage."""
    if not as_json and not sys.stdout.isatty():
        raise Usage("--watch 要在终端里用。", remedy="脚本用 jinji board --watch --json，变了就出一行。")
    watch = Watch(page, now, standards)
    try:
        if as_json:
            for found in watch.changes():
                screen.show_json(found.to_json() if isinstance(found, Board) else _told(found))
                sys.stdout.flush()
        else:
            _show(watch)
    except KeyboardInterrupt:
        return


class Watch:
    """The board each time that it changed. `said`: what there is to tell beside it."""

    def __init__(self, page: int, now: str | None, standards: str | None) -> None:
        self._page = page
        self._standards = standards
        start = edge.clock(now)
        # A clock that was set (--now) goes on from there.
        self._offset = timedelta() if start.machine is None else start.now - start.machine
        self.config = edge.settings(standards)
        self.rules = edge.standards_of(self.config)
        self.said: list[str] = []
        self.urgent = False

    def changes(self) -> Iterator[Board | JinjiError]:
        """The board, and then again whenever it is another; what went wrong while it was asked for, once."""
        seen: object = None
        turn: datetime | None = None
        while True:
            now = self._now()
            looks = self._looks(now)
            if looks != seen or (turn is not None and now > turn):
                seen = looks
                try:
                    found = self._board(now)
                    turn = _next_turn(found, self.rules, now)
                except JinjiError as error:
                    turn = None
                    yield error
                else:
                    yield found
            time.sleep(LOOK_EVERY)

    def _board(self, now: datetime) -> Board:
        self.config = edge.settings(self._standards)
        self.rules = edge.standards_of(self.config)
        store = Journal(self.config.home, drill=self.config.drill)
        found = board_now(store, self.rules, now, page=self._page, all_others=False)
        urgent = []
        if found.open_cases:
            urgent = newly_urgent(self.config.home, urgent_rows(store, self.rules, found))
        self.said = [*store.notices]
        for event, row in urgent:
            failed = run_hook(self.config.hooks, event, row.to_json())
            if failed and failed not in self.said:
                self.said.append(failed)
        self.urgent = bool(urgent)
        return found

    def _looks(self, now: datetime) -> Any:
        """Whatever, being otherwise, makes the board another."""
        return (
            now.replace(second=0),
            _state_of(self.config),
            os.get_terminal_size() if sys.stdout.isatty() else None,
        )

    def _now(self) -> datetime:
        return edge.clock(None).now + self._offset


def _state_of(config: Settings) -> Any:
    try:
        status = Journal(config.home, drill=config.drill).path.stat()
    except (OSError, JinjiError):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def _next_turn(board: Board, rules: Standards, now: datetime) -> datetime | None:
    """When the first thing on the board becomes due soon, or overdue, by time alone."""
    soon = timedelta(minutes=rules.due_soon)
    turns = [
        turn
        for row in (*board.due.rows, *board.receipts.rows)
        for turn in (row.due - soon, row.due)
        if turn > now
    ]
    return min(turns, default=None)


def _show(watch: Watch) -> None:
    from rich.console import Console
    from rich.live import Live

    console = Console(highlight=False, markup=False, emoji=False)
    with Live(console=console, screen=True, auto_refresh=False) as live:
        for found in watch.changes():
            if isinstance(found, Board):
                shown = [*blocks(found), *(screen.Line(said, "due_soon") for said in watch.said)]
                if watch.urgent:
                    console.control(_bell())
            else:
                shown = [screen.Line(found.problem, "overdue"), screen.Line(found.remedy, indent=2)]
            foot = screen.Line("变了就刷新；Ctrl-C 离开", "dim")
            live.update(
                screen.as_rich([*shown, screen.Line(), foot], console.width, console.height), refresh=True
            )


def _bell() -> Any:
    from rich.control import Control

    return Control.bell()


def _told(error: JinjiError) -> dict[str, Any]:
    return {"schema": "jinji/1", "error": {"problem": error.problem, "remedy": error.remedy}}
