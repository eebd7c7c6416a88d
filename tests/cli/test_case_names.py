"""The tail of a case's number (`-01`) is a case wherever a command takes one, and no option."""

import inspect
from importlib import import_module

import pytest

from jinji_report.cli.app import COMMANDS
from jinji_report.cli.main import _with_tail
from jinji_report.cli.options import CaseName


def places(name: str) -> list[int]:
    """Which of the words of the command name a case, counted from 1."""
    module, function, _ = COMMANDS[name]
    parameters = inspect.signature(
        getattr(import_module(f"jinji_report.cli.commands.{module}"), function), eval_str=True
    ).parameters.values()
    arguments = [one for one in parameters if "ArgumentInfo" in repr(one.annotation)]
    return [place for place, one in enumerate(arguments, 1) if one.annotation == CaseName]


TAKING = [name for name in COMMANDS if places(name)]


def test_the_commands_of_the_day_are_among_them() -> None:
    assert {"followup", "sent", "ack", "told", "show", "merge", "at"} <= set(TAKING)


@pytest.mark.parametrize("name", TAKING)
def test_the_tail_is_taken_for_the_case(name: str) -> None:
    for place in places(name):
        line = [name, *["x"] * (place - 1), "-01"]
        assert _with_tail(line) == [*line[:-1], "01"]
