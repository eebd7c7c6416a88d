"""Whether the ledger holds, and whether what its entries say of each case goes together."""

from collections.abc import Iterator

from jinji_report.ledger.cases import Wanted, cases_of
from jinji_report.ledger.store import Store
from jinji_report.ledger.verification import Finding, Verification


def check(store: Store, expect: str | None, *, fold: bool = True) -> Verification:
    """Every line; then every case, where the lines hold and `fold` asks for it. See `Store.verify`.

    An entry that contradicts its case or whose content cannot be read is a notice (`fold`): the desk
    passes over it. Raises what the store raises.
    """
    lines = store.verify(expect)
    if not fold or lines.breaks:
        return lines
    return lines.with_findings(_contradictions(store, lines))


def _contradictions(store: Store, lines: Verification) -> Iterator[Finding]:
    for case in cases_of(store).wanted(Wanted()):
        for found in case.contradictions:
            seq = found.entry.seq
            if seq <= lines.head.seq:  # what was written since the lines were read is not judged
                yield lines.about(seq, "fold", f"（案卷 {case.number}）{found.text}")
