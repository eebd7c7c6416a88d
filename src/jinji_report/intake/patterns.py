"""A pattern is compiled where it is first used: a start pays for what its one note asks, not for all that is known."""

import re
from typing import Any, cast


class _Pattern:
    """What stands for a pattern until it is used; from then on its methods are those of the compiled one."""

    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        """Reached only by a method that was not used yet."""
        method = getattr(re.compile(self._source), name)
        setattr(self, name, method)
        return method


def pattern(source: str) -> "re.Pattern[str]":
    """`re.compile(source)`, put off until a method of it is called."""
    return cast("re.Pattern[str]", _Pattern(source))
