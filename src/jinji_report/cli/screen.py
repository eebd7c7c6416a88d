"""What the desk reads: blocks of text, shown by rich at a terminal and as plain lines in a pipe.

What a drill answers says so first, in words or as `"drill": true`. A pipe gets no colour, no
wrapping and no sign that GBK cannot carry; importing rich would cost half the start there. Text
from outside is shown as it is and is never markup; control characters are taken out before it
reaches a screen.
"""

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from jinji_report.errors import UnusableSettings
from jinji_report.jsontext import json_text
from jinji_report.settings import is_drill
from jinji_report.vocabulary import LimitState

if TYPE_CHECKING:
    from jinji_report.desk.batch import Answer

# Sign and style of what is urgent; the sign stands there without colour too.
STYLES = {
    "overdue": "bold red",
    "due_soon": "bold yellow",
    "good": "green",
    "dim": "dim",
    "strong": "bold",
    "head": "bold cyan",
    "kind": "bold magenta",
    "time": "cyan",
    "place": "green",
    "count": "bold red",
    "tag": "blue",
    "source": "italic",
    "clause": "underline",
    "": "",
}
DRILL_LINE = "【演练】"
_COMMAND = re.compile(r"\bjinji (?:--drill )?(?=[a-z])")
GAP = "  "
WIDEST_SURE = 24  # cells of a column that is never folded
NARROWEST = 12  # cells that a folded column keeps


class Heading:
    """A line that opens a part of the screen."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class Line:
    """One line or paragraph; `indent` in columns, `style` a key of STYLES.

    At a terminal it is folded, and goes on `hang` columns further in. `whole` keeps it in one
    piece, so that it can be marked and copied without line breaks.
    """

    __slots__ = ("hang", "indent", "style", "text", "whole")

    def __init__(
        self, text: str = "", style: str = "", indent: int = 0, *, hang: int = 0, whole: bool = False
    ) -> None:
        self.text = text
        self.style = style
        self.indent = indent
        self.hang = hang
        self.whole = whole


class Table:
    """Rows of cells under heads; `styles` one a row, `over` the line that stands above a row, or nothing."""

    __slots__ = ("heads", "indent", "over", "rows", "styles")

    def __init__(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        styles: Sequence[str] = (),
        over: Sequence[str] = (),
        indent: int = 0,
    ) -> None:
        self.heads = heads
        self.rows = rows
        self.styles = styles or [""] * len(rows)
        self.over = over or [""] * len(rows)
        self.indent = indent


class Runs:
    """A text in runs of (text, style), as one paragraph; its own line breaks stay."""

    __slots__ = ("runs",)

    def __init__(self, runs: Sequence[tuple[str, str]]) -> None:
        self.runs = runs


Block = Heading | Line | Table | Runs
Styled = str | tuple[tuple[int, int, str], ...]
"""The style of a whole line, or the styles of its stretches."""


def show(blocks: Iterable[Block], *, bare: bool = False) -> None:
    """Print the blocks on stdout. `bare`: one value for a script, and nothing else."""
    if in_drill() and not bare:
        blocks = list(blocks)
        if not (blocks and isinstance(blocks[0], Line) and blocks[0].text.startswith(DRILL_LINE)):
            blocks = [Line(DRILL_LINE, "strong"), *blocks]
    if sys.stdout.isatty():
        _show_rich(blocks)
        return
    sys.stdout.write("".join(f"{line}\n" for line in plain_lines(blocks)))


def show_json(data: dict[str, Any]) -> None:
    """Print one JSON object on a line."""
    sys.stdout.write(json_line(data))


def json_line(data: dict[str, Any]) -> str:
    """`data` as a JSON line; escaped where the code page, or half a surrogate pair, would not carry it whole.

    A drill's says so.
    """
    if in_drill():
        data = {**({"schema": data["schema"]} if "schema" in data else {}), "drill": True, **data}
    if _is_utf8() and _whole(text := json_text(data)):
        return text + "\n"
    return json.dumps(data, ensure_ascii=True) + "\n"


def answer_line(answer: "Answer") -> str:
    """One answer of a batch as `json_line` writes it."""
    if not in_drill() and _is_utf8() and _whole(text := answer.to_text()):
        return text + "\n"
    return json_line(answer.to_json())


def _whole(text: str) -> bool:
    """`text` bears no half of a surrogate pair."""
    try:
        text.encode("utf-16-le")  # quicker to find that out than UTF-8
    except UnicodeEncodeError:
        return False
    return True


def say(text: str) -> None:
    """Talk to the officer on stderr, where it is in no script's way."""
    lines = clean(text).split("\n")
    if sys.stderr.isatty():
        import shutil

        width = max(shutil.get_terminal_size().columns, NARROWEST)
        lines = [part for line in lines for part in fold(line, width)]
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    sys.stderr.flush()


def clean(text: str) -> str:
    """`text` without characters that steer a terminal (escapes, controls, direction overrides).

    A command that it names is one of the drill in a drill, else what is copied would go to the real ledger.
    """
    if in_drill():
        text = _COMMAND.sub("jinji --drill ", text)
    return "".join(
        " " if c in "\r\t" else c
        for c in text
        if c in "\n\r\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )


def plain_lines(blocks: Iterable[Block]) -> list[str]:
    """The blocks as lines without colour; columns are lined up by what a Chinese character takes."""
    return [text for text, _ in laid_out(blocks, None)]


def laid_out(blocks: Iterable[Block], width: int | None) -> list[tuple[str, Styled]]:
    """The blocks as lines with their style, none wider than `width` cells (None: as wide as they come)."""
    lines: list[tuple[str, Styled]] = []
    for block in blocks:
        if isinstance(block, Heading):
            lines += [("", "")] if lines else []
            lines.append((f"【{clean(block.text)}】", "head"))
        elif isinstance(block, Line):
            for part in clean(block.text).split("\n"):
                lines += [(line, block.style) for line in _paragraph(block, part, width)]
        elif isinstance(block, Runs):
            lines += _runs(block, width)
        else:
            lines += _table(block, width)
    return lines


def _paragraph(block: Line, part: str, width: int | None) -> list[str]:
    first = " " * block.indent
    if width is None or block.whole:
        return [first + part]
    rest = " " * (block.indent + block.hang)
    folded = fold(part, width - block.indent, width - block.indent - block.hang)
    return [(rest if place else first) + line for place, line in enumerate(folded)]


def _runs(block: Runs, width: int | None) -> list[tuple[str, Styled]]:
    """The runs folded like a paragraph, each line with the stretches that have a style."""
    styled = [(char, style) for text, style in block.runs for char in clean(text)]
    lines: list[tuple[str, Styled]] = []
    at = 0
    for part in "".join(char for char, _ in styled).split("\n"):
        for line in [part] if width is None else fold(part, width):
            stretches: list[tuple[int, int, str]] = []
            for place, char in enumerate(line):
                while styled[at][0] != char:  # a space that went where the line was folded
                    at += 1
                style = styled[at][1]
                if stretches and stretches[-1][1] == place and stretches[-1][2] == style:
                    stretches[-1] = (stretches[-1][0], place + 1, style)
                elif style:
                    stretches.append((place, place + 1, style))
                at += 1
            lines.append((line, tuple(stretches)))
        while at < len(styled) and styled[at][0] != "\n":
            at += 1
        at += 1
    return lines


def _table(block: Table, width: int | None) -> list[tuple[str, Styled]]:
    rows = [[clean(cell).replace("\n", " ") for cell in row] for row in [block.heads, *block.rows]]
    widths = [max(cells(row[i]) for row in rows) for i in range(len(block.heads))]
    if width is not None:
        widths = _fitted(widths, width - block.indent)
    margin = " " * block.indent
    lines: list[tuple[str, Styled]] = []
    for row, style, over in zip(rows, ["dim", *block.styles], ["", *block.over], strict=True):
        if over:
            folded = [clean(over)] if width is None else fold(clean(over), width)
            lines += [(line, "strong") for line in folded]
        columns = [
            [cell] if width is None else fold(cell, wide) for cell, wide in zip(row, widths, strict=True)
        ]
        for place in range(max(map(len, columns))):
            parts = [column[place] if place < len(column) else "" for column in columns]
            padded = (part + " " * (wide - cells(part)) for part, wide in zip(parts, widths, strict=True))
            lines.append(((margin + GAP.join(padded)).rstrip(), style))
    return lines


def _fitted(widths: Sequence[int], width: int) -> list[int]:
    """The columns made narrow enough: the wide ones share what the others leave."""
    room = width - len(GAP) * (len(widths) - 1)
    if sum(widths) <= room:
        return list(widths)
    wide = [i for i, w in enumerate(widths) if w > WIDEST_SURE] or [len(widths) - 1]
    fitted = list(widths)
    left = room - sum(w for i, w in enumerate(widths) if i not in wide)
    for count, i in zip(range(len(wide), 0, -1), sorted(wide, key=lambda i: widths[i]), strict=True):
        fitted[i] = max(min(widths[i], left // count), NARROWEST)
        left -= fitted[i]
    return fitted


def fold(text: str, width: int, width_of_rest: int | None = None) -> list[str]:
    """`text` in lines of at most `width` cells (the first) and `width_of_rest` (the others).

    A number stays with its unit, a word in one piece, and no line opens with a closing mark.
    """
    rest = width if width_of_rest is None else width_of_rest
    if cells(text) <= width:
        return [text]
    # An opening mark goes with what follows it, a closing one with what stands before it.
    pieces = re.findall(
        r"[（《“〔【「]*(?:[!-~]+[^\s!-~（《“〔【「，。、；：！？）》”〕】」]?|\S)[，。、；：！？）》”〕】」]*|\s",
        text,
    )
    lines: list[str] = []
    line = ""
    for piece in pieces:
        room = rest if lines else width
        if cells(line + piece) <= room:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
            line = ""
            room = rest
        if piece.isspace():
            continue
        for char in piece:  # a piece wider than the line is cut where it must be
            if line and cells(line + char) > room:
                lines.append(line)
                line, room = "", rest
            line += char
    return [*lines, line] if line.strip() or not lines else lines


def cells(text: str) -> int:
    """The columns that `text` takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def one_line(before: str, title: str, after: str) -> str:
    """All three on one line; at a terminal the title gives way until they fit."""
    if sys.stdout.isatty():
        import shutil

        room = shutil.get_terminal_size().columns - cells(before + after) - 1
        if cells(title) > room:
            while title and cells(title) > room - 1:
                title = title[:-1]
            title += "…"
    return f"{before}{title}{after}"


def urgency(state: LimitState) -> str:
    """The style of a limit's state."""
    if state == LimitState.MET:
        return "good"
    if state in (LimitState.OVERDUE, LimitState.MET_LATE):
        return "overdue"
    return "due_soon" if state == LimitState.DUE_SOON else ""


def _show_rich(blocks: Iterable[Block]) -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    for line, style in laid_out(blocks, max(console.width, 40)):
        console.print(_rich_line(line, style), soft_wrap=True)


def as_rich(blocks: Sequence[Block], width: int, height: int) -> Any:
    """The blocks as one thing that rich can draw in one place; of more lines than `height` the last says how many more."""
    from rich.text import Text

    if in_drill():
        blocks = [Line(DRILL_LINE, "strong"), *blocks]
    lines = [_rich_line(line, style) for line, style in laid_out(blocks, max(width, 40))]
    if len(lines) > height:
        cut = len(lines) - height + 1
        lines = [
            *lines[: height - 1],
            Text(f"……还有 {cut} 行，放大窗口或用 jinji board", style=STYLES["dim"]),
        ]
    return Text("\n").join(lines)


def _rich_line(line: str, style: Styled) -> Any:
    from rich.text import Text

    if isinstance(style, str):
        return Text(line, style=STYLES[style])
    text = Text(line)
    for start, end, name in style:
        text.stylize(STYLES[name], start, end)
    return text


def coloured() -> bool:
    """Whether what is shown may rely on colour."""
    return (
        sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM", "") not in ("", "dumb")
    )


def _is_utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") in ("utf8", "utf8sig", "cp65001")


def prepare_streams() -> None:
    """A character that the code page lacks becomes a mark instead of a crash; a closed stream is an empty one.

    A code page without any Chinese (ascii, latin-1) would make marks of the whole answer: UTF-8 stands in for it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started this run
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=None if _has_chinese(stream.encoding) else "utf-8", errors="replace")


def _has_chinese(encoding: str) -> bool:
    try:
        return bool("中".encode(encoding))
    except UnicodeEncodeError:
        return False


def in_drill() -> bool:
    """What is shown is a drill's; where that cannot be told, `main` refuses to run at all."""
    try:
        return is_drill(os.environ)
    except UnusableSettings:
        return False


def interactive(*, no_input: bool, as_json: bool) -> bool:
    """Somebody sits at both ends and may be asked."""
    return not no_input and not as_json and sys.stdin.isatty() and sys.stdout.isatty()


def silence_stdout() -> None:
    """After a broken pipe: what Python still flushes at exit goes nowhere, and quietly."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        return
