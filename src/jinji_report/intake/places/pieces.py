"""The stretches in which a place is looked for: without punctuation, without the times told."""

from collections.abc import Sequence

from jinji_report.intake.patterns import pattern

# A space inside G30 K1023 parts nothing; one behind @somebody does.
_PIECE = pattern(r"[^。；！？\n，, ]+(?: (?<=[0-9A-Za-z] )(?=[0-9A-Za-z])[^。；！？\n，, ]+)*")


Piece = tuple[int, int, bool]
"""A stretch of the note: where it begins and ends, and if a time stands right before it."""


def pieces(text: str, times: Sequence[tuple[int, int]], most: int) -> list[Piece]:
    """The first `most` stretches of the note, left to right."""
    found: list[Piece] = []
    waiting = sorted(times)
    at, count = 0, len(waiting)
    after = False
    for match in _PIECE.finditer(text):
        start, end = match.span()
        if at < count:
            while at < count and waiting[at][1] <= start:
                at += 1
                after = True
            while at < count and waiting[at][0] < end:
                first, last = waiting[at]
                if first > start:
                    found.append((start, first, after))
                start, after = max(start, last), True
                if text[start : start + 1] == " ":
                    start += 1  # 14:00 G6高速
                if last > end:
                    break
                at += 1
        if start < end:
            found.append((start, end, after))
            after = False
        if len(found) >= most:
            break
    return found[:most]  # a time in the last one made two of it
