"""What the ledger costs as it grows, as ratios in one run, beside the budgets of the design.

    python -m tests.benchmarks.ledger [N] [--peers]

`growth`   each command as a whole process on a ledger of N entries (a million) and on a small one, with
           the same 20 open cases; in turns, so that a drift of the machine touches both; minima compared.
`open`     board, next and list on 10,000 open cases beside 10; nothing came about any of them since they were asked last.
`append`   one append inside a running process beside a raw write of 600 bytes and fsync on the same disk,
           and the longest wait where 8 processes append together.
`bulk`     entries a second of processor time while the index is built and the chain verified, and the
           memory that a whole `export` takes; without the collector of cyclic garbage, which jinji runs
           without too. A plain loop of a million additions tells how fast the machine is meanwhile.
`--peers`  nothing of the above, but adding, listing and exporting on stores of 100, 1,000 and 10,000 entries
           beside taskwarrior, todoman, jrnl and hledger: see `peers`.
"""

import argparse
import gc
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from jinji_report.errors import HeadMoved
from jinji_report.ledger.index import Index
from jinji_report.ledger.journal import Journal
from jinji_report.model.entry import NewEntry
from jinji_report.moments import parse_moment
from tests.benchmarks.peers import beside_peers
from tests.ledger_maker import make

NOW = "2026-03-20T09:30"
NOTE = "昨晚11点半，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"
OPEN_CASES = 20
SMALL = OPEN_CASES * 10  # entries: nothing but the open cases
ROUNDS = 9
APPENDS = 300
DESKS, APPENDS_EACH = 8, 50
RAW = b"x" * 599 + b"\n"

MANY_OPEN, FEW_OPEN = 10_000, 10
GROWTH, OPEN, OVER_RAW, WAIT = 1.3, 2.0, 3.0, 1.0
BUILT, VERIFIED, MEGABYTES, BUILDING = 50_000, 100_000, 150, 300


def jinji() -> str:
    return str(Path(sys.executable).with_name("jinji.exe" if os.name == "nt" else "jinji"))


def environment(home: Path, cache: Path) -> dict[str, str]:
    environ = {**os.environ, "JINJI_HOME": str(home), "JINJI_CACHE": str(cache)}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every start compiles an editable checkout anew
    return environ


def commands(oldest: str) -> dict[str, list[str]]:
    """What a desk does all day, on the newest case but for one that is old."""
    return {
        "new": ["new", "-y", NOTE],
        "followup": ["followup", "latest", "--set", "deaths=3"],
        "sent": ["sent", "latest", "--form", "电话", "--force"],
        "next": ["next"],
        "list --status 在办": ["list", "--status", "在办"],
        "board": ["board"],
        "show latest": ["show", "latest"],
        "show the oldest": ["show", oldest],
    }


def growth(folder: Path, entries: int) -> None:
    """The time of each command on the large ledger over that on the small one."""
    homes = {}
    for name, count in (("small", SMALL), ("large", entries)):
        homes[name] = ledger(folder / name, count, still_open=OPEN_CASES)
    by_home = [commands(oldest(home)) for home in homes.values()]
    lines = {what: [one[what] for one in by_home] for what in by_home[0]}
    in_turns(folder, lines, list(homes.values()), ("small", f"{entries:,}"), GROWTH)


def many_open(folder: Path) -> None:
    """The time of each command on many open cases over that on a few."""
    homes = [ledger(folder / f"{count}", count * 10, still_open=count) for count in (FEW_OPEN, MANY_OPEN)]
    asked = (
        ["next"],
        ["board"],
        ["list", "--status", "在办", "-n", "30"],
        ["board", "--json", "--page", "1"],
    )
    lines = {" ".join(line): [line, line] for line in asked}
    in_turns(folder, lines, homes, (f"{FEW_OPEN} open", f"{MANY_OPEN:,} open"), OPEN)


def ledger(home: Path, entries: int, *, still_open: int) -> Path:
    home.mkdir(mode=0o700)
    make(home / "ledger.jsonl", entries, still_open=still_open)
    return home


def in_turns(
    folder: Path, lines: dict[str, list[list[str]]], homes: list[Path], heads: Sequence[str], budget: float
) -> None:
    """Time each command on both homes in turns, and print the minima with their ratio."""
    times: dict[tuple[str, Path], list[float]] = {}
    for turn in range(ROUNDS + 1):  # the first makes what is kept, and is not counted
        for what, each in lines.items():
            for home, line in zip(homes, each, strict=True):
                spent = run([jinji(), *line, "--now", NOW], environment(home, folder / "cache"))
                if turn:
                    times.setdefault((what, home), []).append(spent)
    print(f"{'command':28} {heads[0]:>8} {heads[1]:>12}   ratio  budget")
    for what in lines:
        small, large = (min(times[what, home]) for home in homes)
        print(
            f"{what:28} {small * 1000:5.0f} ms {large * 1000:9.0f} ms  {large / small:6.2f}  {verdict(large / small, budget)}"
        )
    print()


def oldest(home: Path) -> str:
    return next(Journal(home).since(0)).case


def run(command: Sequence[str], environ: dict[str, str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, env=environ, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    spent = time.perf_counter() - start
    if done.returncode not in (0, 20, 21):  # 20 and 21 are how urgent `next` is
        raise RuntimeError(f"{command}: {done.stderr.decode('utf-8', 'replace')}")
    return spent


def entry(case: str) -> NewEntry:
    at = parse_moment(NOW)
    data = {"to": {"tier": "市", "line": "党委", "office": "市委办公室"}, "form": "电话", "stage": "首报"}
    data |= {"number": 0, "channel": "值班电话" * 8, "person": "", "reference": ""}
    return NewEntry(case=case, kind="报送", at=at, recorded=at, by="张值班", data=data)


def append(folder: Path) -> None:
    """One append in turns with a raw write, then 8 processes at once."""
    journal, ours, raw = Journal(folder / "append"), [], []
    seal = journal.append([entry("20260320-01")], journal.head().head)
    fd = os.open(folder / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for _ in range(APPENDS):
        raw.append(timed(lambda: (os.write(fd, RAW), os.fsync(fd))))
        start = time.perf_counter()
        seal = journal.append([entry("20260320-01")], seal.head)
        ours.append(time.perf_counter() - start)
    os.close(fd)
    middle, bare = statistics.median(ours), statistics.median(raw)
    print(f"append in a process    {middle * 1000:.2f} ms, raw write and fsync {bare * 1000:.2f} ms", end="")
    print(f"   ratio {middle / bare:.2f}  {verdict(middle / bare, OVER_RAW)}")
    with ProcessPoolExecutor(DESKS) as desks:
        longest = max(desks.map(desk, [folder / "together"] * DESKS, range(DESKS)))
    kept = Journal(folder / "together").verify()
    assert kept.holds and kept.entries == DESKS * APPENDS_EACH
    print(f"{DESKS} processes together   longest wait {longest:.2f} s  {verdict(longest, WAIT)}")


def desk(folder: Path, number: int) -> float:
    """The longest that one desk waited for an append, with every new start after another desk came first."""
    journal, longest = Journal(folder), 0.0
    for _ in range(APPENDS_EACH):
        start = time.perf_counter()
        while True:
            try:
                journal.append([entry(f"20260320-{number + 1:02d}")], journal.head().head)
                break
            except HeadMoved:
                continue
        longest = max(longest, time.perf_counter() - start)
    return longest


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def busy(work: Callable[[], object]) -> float:
    """Seconds of processor time, which others at work on the machine do not lengthen much."""
    start = time.process_time()
    work()
    return time.process_time() - start


def bulk(folder: Path, entries: int) -> None:
    """What goes over the whole ledger."""
    home = folder / "large"
    journal = Journal(home)
    total = journal.head().seq
    for name in ("-wal", "-shm", ""):
        journal.index_path.with_name(journal.index_path.name + name).unlink(missing_ok=True)
    index = Index(journal, journal.index_path)
    print(f"\na plain loop           {busy(lambda: sum(i * i for i in range(1_000_000))) * 1000:7.0f} ms")
    rate = total / busy(index.catch_up)
    index.close()
    print(f"index built            {rate:10,.0f} entries/s  {verdict(-rate, -BUILT)}")
    rate = total / busy(journal.verify)
    print(f"verify, the chain      {rate:10,.0f} entries/s  {verdict(-rate, -VERIFIED)}")
    environ = environment(home, folder / "cache")
    for what in (["export", "--entries"], ["export"]):
        seconds, memory = measured([jinji(), *what, "--now", NOW], environ)
        print(
            f"{' '.join(what):22} {total / seconds:10,.0f} entries/s  {memory:.0f} MB  {verdict(memory, MEGABYTES)}"
        )
    for path in home.glob("*.index*"):
        path.unlink()
    seconds, memory = measured([jinji(), "next", "--now", NOW], environ)
    print(f"next without an index  {seconds:.1f} s, {memory:.0f} MB  {verdict(memory, BUILDING)}")


def measured(command: Sequence[str], environ: dict[str, str]) -> tuple[float, float]:
    """Seconds of processor time and megabytes at the most that a command takes whose answer nobody reads."""
    started = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(started.pid, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def verdict(value: float, budget: float) -> str:
    """The budget, and whether it was kept; below zero more is better."""
    return f"{abs(budget):,g}{'' if value <= budget else ' EXCEEDED'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("entries", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--peers", action="store_true")
    asked = parser.parse_args()
    gc.disable()
    folder = Path(tempfile.mkdtemp())
    try:
        if asked.peers:
            beside_peers(folder, jinji())
            return
        growth(folder, asked.entries)
        many_open(folder)
        append(folder)
        bulk(folder, asked.entries)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
