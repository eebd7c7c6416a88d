"""jinji ledger head: the hash that vouches for everything entered so far."""

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson


def head(as_json: AsJson = False) -> None:
    """链头：64 位十六进制，抄在交接班单上，日后可证台账没有被截短。"""
    from jinji_report.cli import screen

    seal = edge.store(edge.settings()).head()
    if as_json:
        screen.show_json({"schema": "jinji/1", "head": seal.head, "entries": seal.seq})
    else:
        screen.show([screen.Line(seal.head)], bare=True)
