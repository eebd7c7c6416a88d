"""Where each table and key of a standards file stands: line numbers, which the TOML parser does not keep.

The text is known to be valid TOML. It is read for its headers and for the keys at the start of a
line; what lies inside a multi-line string or list belongs to the key that opened it. A place that
cannot be found is that of its table, and at last that of the file.
"""

import re
from collections.abc import Sequence

Place = tuple[str | int, ...]  # ("grade", 3, "below"): a table, which of them (from 0), a key in it

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*(\]\]?)")
_KEY = re.compile(
    r"""\s*((?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*="""
)
_PART = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|([\w-]+)")
# What opens or closes something that may go on in the next line; a comment ends the line.
_TOKEN = re.compile(r'"""|\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#|[\[\]{}]|\\.')


class Layout:
    """The places of one file. `lines` are its lines; line numbers count from 1."""

    __slots__ = ("_starts", "lines")

    def __init__(self, text: str) -> None:
        self.lines = text.removesuffix("\n").split("\n")  # as TOML counts lines
        self._starts: dict[Place, int] = {}
        self._scan()

    def line(self, place: Sequence[str | int]) -> int:
        """The line where `place` begins, or else what holds it; 1 for what stands nowhere."""
        path = tuple(place)
        while path:
            if path in self._starts:
                return self._starts[path]
            path = path[:-1]
        return 1

    def excerpt(self, line: int) -> str:
        """The words of a line, without indentation."""
        return self.lines[line - 1].strip() if 0 < line <= len(self.lines) else ""

    def span(self, place: Sequence[str | int]) -> tuple[int, int]:
        """The first and the last line of a table, without blank lines and comments behind it."""
        first = self.line(place)
        following = [start for start in self._starts.values() if start > first]
        inside = [self._starts[p] for p in self._starts if p[: len(tuple(place))] == tuple(place)]
        last = max(inside, default=first)
        end = min((start for start in following if start > last), default=len(self.lines) + 1) - 1
        while end > last and (
            not self.lines[end - 1].strip() or self.lines[end - 1].lstrip().startswith("#")
        ):
            end -= 1
        return first, end

    def _scan(self) -> None:
        counts: dict[Place, int] = {}
        table: Place = ()
        open_string = ""
        depth = 0
        for number, line in enumerate(self.lines, start=1):
            if not open_string and depth == 0:
                header = _HEADER.match(line)
                if header is not None:
                    table = self._table(_parts(header[2]), counts, listed=header[1] == "[[")
                    self._starts.setdefault(table, number)
                    continue
                key = _KEY.match(line)
                if key is not None:
                    self._starts.setdefault((*table, *_parts(key[1])), number)
                    line = line[key.end() :]
            open_string, depth = _carried(line, open_string, depth)

    @staticmethod
    def _table(parts: Place, counts: dict[Place, int], *, listed: bool) -> Place:
        """The full place of a header: each list of tables on the way stands at its newest member."""
        path: Place = ()
        for position, part in enumerate(parts):
            path = (*path, part)
            last = position == len(parts) - 1
            if last and listed:
                counts[path] = counts.get(path, -1) + 1
            if path in counts:
                path = (*path, counts[path])
        return path


def _parts(dotted: str) -> Place:
    return tuple(double or single or bare for double, single, bare in _PART.findall(dotted))


def _carried(line: str, open_string: str, depth: int) -> tuple[str, int]:
    """What is still open at the end of a line: a multi-line string's quotes, and how many brackets."""
    at = 0
    while at < len(line):
        if open_string:
            end = line.find(open_string, at)
            while open_string == '"""' and end > 0 and line[end - 1] == "\\":
                end = line.find(open_string, end + 1)
            if end < 0:
                return open_string, depth
            at, open_string = end + 3, ""
            continue
        token = _TOKEN.search(line, at)
        if token is None or token[0] == "#":
            break
        at = token.end()
        if token[0] in ('"""', "'''"):
            open_string = token[0]
        elif token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth = max(0, depth - 1)
    return open_string, depth
