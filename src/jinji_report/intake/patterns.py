"""A pattern is compiled where it is first used: a start pays for what its one note asks, not for all that is known."""

import re
from typing import Any, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


class _Compiled:
    """A pattern that was used: its methods are those of the compiled one."""

    __slots__ = ("_source", *_METHODS)


class _Pattern(_Compiled):
    """What stands for a pattern until it is used. From then on it is a `_Compiled`, which is quicker to ask."""

    __slots__ = ()

    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        """Reached only by the first method that is used."""
        compiled = re.compile(self._source)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        object.__setattr__(self, "__class__", _Compiled)
        return getattr(self, name)


def pattern(source: str) -> "re.Pattern[str]":
    """`re.compile(source)`, put off until a method of it is called."""
    return cast("re.Pattern[str]", _Pattern(source))
