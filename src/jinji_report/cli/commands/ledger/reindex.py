"""jinji ledger reindex: the index made anew."""

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson


def reindex(as_json: AsJson = False) -> None:
    """重做索引：删去旧索引，由台账全新做一遍；说出条数、用时和每秒条数。"""
    from time import perf_counter

    from jinji_report.cli import screen
    from jinji_report.desk.ledger.repair import reindex as rebuild

    journal = edge.store(edge.settings())
    began = perf_counter()
    with edge.telling(journal, "重做索引"):
        entries = rebuild(journal)
    seconds = perf_counter() - began
    rate = round(entries / seconds) if entries else 0
    if as_json:
        answer = {"schema": "jinji/1", "entries": entries, "seconds": round(seconds, 3), "per_second": rate}
        screen.show_json({**answer, "index": str(journal.index_path)})
    elif entries:
        words = f"索引已重做：{entries} 条，用时 {seconds:.1f} 秒，每秒 {rate} 条"
        screen.show([screen.Line(words, "good")])
    else:
        screen.show([screen.Line("台账还没有条目，不用索引。")])
