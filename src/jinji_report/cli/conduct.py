"""报送规矩 on screen: what departs from the order, lines, levels and outlet of the standards, with rule and clause."""

from collections.abc import Iterable, Sequence

from jinji_report.cli import screen
from jinji_report.judgement.conduct import Departure


def blocks(departures: Sequence[Departure]) -> list[screen.Block]:
    """A paragraph a departure under its heading; nothing where there is none."""
    if not departures:
        return []
    return [
        screen.Heading("报送规矩"),
        *(
            screen.Line(_words(one), "overdue" if one.standing else "due_soon", indent=2, hang=3)
            for one in departures
        ),
    ]


def tell(departures: Iterable[Departure]) -> None:
    """On stderr, before anybody is asked whether to enter it."""
    for one in departures:
        screen.say(_words(one))


def _words(one: Departure) -> str:
    clause = f"，{one.clause}" if one.clause else ""
    return f"{'！' if one.standing else '※'} {one.text}〔{one.rule}{clause}〕"
