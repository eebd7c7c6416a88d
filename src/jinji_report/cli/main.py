"""The way in and the one way out: runs the app, and turns every failure into a sentence and an exit code.

`--drill` may stand anywhere on the line. It is taken off here and put where all that the run does
finds it, the programs that it starts too: in the environment, as JINJI_DRILL=1. A line that bears a
secrecy mark goes no further than here.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer

from jinji_report.cli.screen import clean, prepare_streams, say, silence_stdout
from jinji_report.errors import EXIT_DONE, EXIT_GIVEN_UP, EXIT_UNUSABLE, EXIT_USAGE, JinjiError
from jinji_report.settings import DRILL, is_drill

# Typer's own name for these is private; their public children lead to them.
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]
_ClickError: type[Exception] = _UsageError.__mro__[1]

MOST_OF_A_PROBLEM = 300  # characters

_ONE = frozenset((1,))
# command → which of its words, counted from 1, name cases
_CASE_COMMANDS = dict.fromkeys(
    (
        "followup",
        "sent",
        "ack",
        "told",
        "agree",
        "sign",
        "call",
        "release",
        "decide",
        "report",
        "why",
        "show",
        "close",
        "reopen",
        "undo",
        "log",
        "backflow",
        "consult",
    ),
    _ONE,
) | {"merge": frozenset((1, 2)), "at": frozenset((2,)), "lead": frozenset((2,))}
_FLAGS = frozenset(
    (
        "--json",
        "--yes",
        "-y",
        "--no-input",
        "--final",
        "--correct",
        "--no-change",
        "--check",
        "--force",
        "--redo",
        "--reached",
        "--unreachable",
    )
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code. Nothing but the answer goes to stdout."""
    prepare_streams()
    args, asked = _without_drill(sys.argv[1:] if argv is None else argv)
    with _drilling(asked):
        return _outcome(args)


def _outcome(args: list[str]) -> int:
    try:
        if is_drill(os.environ) and "--help" not in args:
            say("【演练】本次用演练台账，不入正式台账。")
        _refuse_secrets(args)
        code = _run(args)
        sys.stdout.flush()
        return code
    except JinjiError as error:
        _say(_cut(error.problem), error.remedy)
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort, EOFError):
        _say("已放弃。", "没有写入任何内容。")
        return EXIT_GIVEN_UP
    except BrokenPipeError:
        silence_stdout()
        return EXIT_DONE
    except SystemExit as stop:  # what Typer makes of a broken pipe
        if not isinstance(stop.__context__, BrokenPipeError):
            raise
        silence_stdout()
        return EXIT_DONE
    except _ClickError as error:
        from jinji_report.cli.chinese import usage_words

        _say(*usage_words(error))
        return EXIT_USAGE
    except OSError as error:
        silence_stdout()
        from jinji_report.files import cause_of

        _say(
            f"结果没能写出去（{cause_of(error)}）。",
            "换一个能写的地方再试；本次若是登记，用 jinji list 看是否已录入，不要重复录入。",
        )
        return EXIT_UNUSABLE
    except Exception as error:
        if os.environ.get("JINJI_TRACEBACK"):
            raise
        _say(
            f"程序出错（{type(error).__name__}：{error}），这是 jinji 的缺陷。",
            "已录入的台账不受影响；请记下所用命令反映，设 JINJI_TRACEBACK=1 可看详情。",
        )
        return EXIT_UNUSABLE


def _run(args: list[str]) -> int:
    from jinji_report.cli.app import GROUPS, make_app

    fancy = sys.stdout.isatty() and (sys.stdout.encoding or "").lower().startswith("utf")
    wants_help = not args or "--help" in args or (len(args) == 1 and args[0] in GROUPS)
    if wants_help:
        from jinji_report.cli.chinese import chinese_help

        chinese_help(fancy=fancy)
    app = make_app("rich" if fancy and wants_help else None, only=args[0] if args else None)
    answer = app(args=_with_tail(args), prog_name="jinji", standalone_mode=False)
    if answer == EXIT_GIVEN_UP:  # what Typer makes of Ctrl-C
        raise KeyboardInterrupt
    return answer if isinstance(answer, int) else EXIT_DONE


def _without_drill(argv: Sequence[str]) -> tuple[list[str], bool]:
    """The words of the line but for `--drill`, and whether it stood there; behind `--` all is text."""
    end = argv.index("--") if "--" in argv else len(argv)
    return [*(word for word in argv[:end] if word != "--drill"), *argv[end:]], "--drill" in argv[:end]


@contextmanager
def _drilling(asked: bool) -> Iterator[None]:
    """While the run is one of a drill, where it was asked to be."""
    if not asked:
        yield
        return
    before = os.environ.get(DRILL)
    os.environ[DRILL] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[DRILL]
        else:
            os.environ[DRILL] = before


def _refuse_secrets(args: list[str]) -> None:
    """Raises SecretNote where a word of the line bears a mark, or all of them do that were not put in quotes.

    What is searched for is no note: `list --find 机密`.
    """
    if not any("★" in word or "密" in word for word in args):
        return
    from jinji_report.desk.stamp import refuse_secrets

    kept = [word for place, word in enumerate(args) if place == 0 or args[place - 1] != "--find"]
    refuse_secrets(*kept, " ".join(kept))


def _with_tail(args: list[str]) -> list[str]:
    """`show -01` as `show 01`: the tail of a case's number is no option, wherever flags stand before it."""
    cases = _CASE_COMMANDS.get(args[0]) if args else None
    if cases is None:
        return args
    mended, words = list(args), 0
    for place, word in enumerate(args[1:], 1):
        tail = word.startswith("-") and word[1:].isdigit()
        if word in _FLAGS:
            continue
        words += 1
        if words > max(cases) or (word.startswith("-") and not tail):
            break
        if tail and words in cases:
            mended[place] = word[1:]
    return mended


def _cut(problem: str) -> str:
    """A sentence stays one, however long the value is that it quotes."""
    return problem if len(problem) <= MOST_OF_A_PROBLEM else f"{problem[:MOST_OF_A_PROBLEM]}……"


def _say(problem: str, remedy: str) -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()
    sys.stderr.write(f"{clean(problem)}\n  {clean(remedy)}\n")
