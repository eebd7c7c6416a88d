"""Asking at a terminal: a pasted note, one answer, yes or no.

Lines are edited with readline where there is one, which knows how wide a Chinese character is and
takes lines of any length; the terminal's own editing cuts a line at 4096 bytes, and that is said.
Ctrl-C, the end of input and a terminal that goes away leave the prompt as `KeyboardInterrupt`.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from jinji_report.cli.screen import say

TERMINAL_LINE = 4095  # bytes of a line that a terminal in its own editing mode lets through
YES = ("y", "yes", "是", "是的", "好", "好的", "对", "对的", "无误", "ok", "确认", "行", "可以")
NO = ("n", "no", "否", "不", "不是", "不要", "取消")


def ask(question: str) -> str:
    """One line of answer, trimmed. Raises KeyboardInterrupt."""
    return _line(question).strip()


def confirm(question: str, *, default: bool = True) -> bool:
    """Yes or no; Enter is `default`."""
    hint = "[Y/n]" if default else "[y/N]"
    while True:
        answer = ask(f"{question} {hint} ").lower()
        if not answer:
            return default
        if answer in YES:
            return True
        if answer in NO:
            return False
        say("请答 y 或 n。")


def ask_note(lines: list[str]) -> None:
    """A note typed or pasted over several lines, put into `lines` as they come.

    An empty line that nothing follows at once ends it. Raises KeyboardInterrupt.
    """
    say("粘贴或输入来电内容，空行结束（Ctrl-C 放弃）：")
    with _unedited():
        while True:
            try:
                line = _line("", end_is_leaving=not any(lines))
            except EOFError:
                return
            if line.strip() or any(lines):
                lines.append(line)
            if not line.strip() and any(lines) and not _more_waiting():
                return


def begin() -> None:
    """Make ready for asking: half a character is no reason to stop, and a closed window leaves like Ctrl-C."""
    import signal

    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")

    def leave(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("SIGHUP", "SIGTERM"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), leave)


def _line(question: str, *, end_is_leaving: bool = True) -> str:
    """One line without its newline. Raises KeyboardInterrupt, EOFError for the end where that is none."""
    try:
        if _edited():
            return input(question)
        sys.stdout.write(question)
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        if len(line.encode(sys.stdin.encoding or "utf-8", "replace").rstrip(b"\r\n")) >= TERMINAL_LINE:
            say("※ 这一行太长，终端可能截断了后面的内容：请核对；长文请存成文件，用 --file 文件 录入。")
        return line.rstrip("\r\n")
    except KeyboardInterrupt:
        with suppress(OSError):
            sys.stdout.write("\n")
        raise
    except EOFError:
        sys.stdout.write("\n")
        if end_is_leaving:
            raise KeyboardInterrupt from None
        raise
    except OSError:  # the terminal is gone
        raise KeyboardInterrupt from None


def _edited() -> bool:
    """Whether `input` edits the line: readline is there, and the terminal can move its cursor."""
    if os.environ.get("TERM", "dumb") in ("dumb", "") and sys.platform != "win32":
        return False
    if sys.platform == "win32":
        return True
    try:
        import readline
    except ImportError:
        return False
    # A tab in a pasted note is a tab, not a request to complete a file's name.
    readline.parse_and_bind(
        "bind ^I ed-insert" if "libedit" in (readline.__doc__ or "") else "tab: tab-insert"
    )
    return True


@contextmanager
def _unedited() -> Iterator[None]:
    """Between the lines of a paste the terminal does not cut what is already on its way.

    Its echo stays on: readline shows what is typed only where the terminal would.
    """
    if sys.platform == "win32" or not _edited():
        yield
        return
    import termios

    try:
        before = termios.tcgetattr(sys.stdin)
    except termios.error:
        yield
        return
    during = [*before]
    during[3] = before[3] & ~termios.ICANON
    termios.tcsetattr(sys.stdin, termios.TCSADRAIN, during)
    try:
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _more_waiting() -> bool:
    """Whether more of a paste is already there: an empty line inside it does not end the note."""
    if sys.platform == "win32":
        import msvcrt
        import time

        time.sleep(0.1)
        return bool(msvcrt.kbhit())
    import select

    return bool(select.select([sys.stdin], [], [], 0.1)[0])
