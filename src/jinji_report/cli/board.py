"""The board as it is read: what is overdue and due, what waits for a receipt or for others, what is still watched."""

from jinji_report.cli.countdown import due_rows
from jinji_report.cli.screen import Block, Heading, Line
from jinji_report.moments import on_screen
from jinji_report.oversight.board import PAGE, Board

MOST_AWAITED = 8
MOST_WATCHED = 5


def blocks(board: Board) -> list[Block]:
    """The parts of the board that have something in them, most urgent first."""
    now, page = board.now, board.page or 1
    pressed = [row for row in board.receipts.rows if row.overdue] if page == 1 else []
    rows = sorted([*board.due.rows, *pressed], key=lambda row: row.due)
    shown: list[Block] = [Line(f"{on_screen(now)}　{'　'.join(_counts(board))}", "strong")]
    overdue = [row for row in rows if row.overdue]
    others = [row for row in rows if not row.overdue]
    if overdue:
        shown += [Heading("已超时"), due_rows(overdue, now)]
    if others:
        shown += [Heading("待办"), due_rows(others, now)]
    if not rows and board.due.total:
        shown.append(Line(f"共 {board.due.total} 项，没有第 {page} 页。"))
    elif not rows:
        shown.append(Line("没有待报的时限。", "good"))
    if board.due.total > page * PAGE:
        more = board.due.total - page * PAGE
        shown.append(Line(f"还有 {more} 项：jinji board --page {page + 1}", "dim"))
    waiting = [row for row in board.receipts.rows if not row.overdue]
    if waiting:
        shown += [Heading("待回执"), due_rows(waiting, now)]
        shown += _rest(board.receipts.total, len(board.receipts.rows))
    if board.awaited.rows:
        first = board.awaited.rows[:MOST_AWAITED]
        shown += [Heading("等其他单位"), due_rows(first, now, of_others=True)]
        shown += _rest(board.awaited.total, len(first))
    if board.watched:
        shown.append(Heading("结案后观察"))
        for one in board.watched[:MOST_WATCHED]:
            until = on_screen(one.until, beside=now)
            shown.append(Line(f"{one.case}　{one.title}　伤亡变化观察至 {until}", "dim", indent=2))
        shown += _rest(len(board.watched), min(MOST_WATCHED, len(board.watched)))
    return shown


def _counts(board: Board) -> list[str]:
    counts = [
        f"超时 {board.overdue}",
        f"将到期 {board.due_soon}",
        f"待回执 {board.receipts.total}",
        f"在办案卷 {board.open_cases}",
    ]
    if board.others:
        counts.append(f"其他单位时限 {board.others}")
    if board.watched:
        counts.append(f"结案后仍在伤亡观察期 {len(board.watched)} 件")
    return counts


def _rest(total: int, shown: int) -> list[Block]:
    return [Line(f"还有 {total - shown} 项：jinji board --json", "dim", indent=2)] if total > shown else []
