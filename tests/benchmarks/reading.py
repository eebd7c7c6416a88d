"""How fast notes are read, and how well, beside the libraries that a desk might have taken instead.

    python -m tests.benchmarks.reading [--peers]

`speed`    notes a second on one core: read alone, and as lines of `jinji classify --jsonl` (JSON in, verdict,
           JSON out): the first time, when nothing is known yet of any kind of incident, and again, when what
           was decided serves the next of its kind; and as whole processes with their start.
`length`   microseconds a character from 1,000 characters to 10 MB, for texts of many makes: a reading that
           is linear keeps them level.
`start`    what importing the reader and building its tables costs beside `python -c pass`.
`well`     the share that is right by field, on this project's own notes (`tests/intake`).
`--peers`  beside cn2an (numbers as they are said), dateparser and jionlp (the time out of each of these notes):
           the optional group `peers`. None of them reads casualties, the place of an incident or its kind.

Processor time without the collector of cyclic garbage, which jinji runs without too. Figures of different
runs on a busy machine differ by a quarter; the ratio to a plain loop in the same run is told with them.
"""

import gc
import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from jinji_report.cli.screen import answer_line
from jinji_report.desk.batch import answered
from jinji_report.intake.numerals import chinese
from jinji_report.intake.read import read
from jinji_report.intake.values import parse_when
from jinji_report.moments import parse_moment
from jinji_report.standards.load import load
from tests.intake.measure import corpus, measured

NOTES = Path(__file__).parents[1] / "intake"
FILES = ("corpus.jsonl", "corpus_aside.jsonl", "news.jsonl", "news_aside.jsonl")
ROUNDS = 7
MANY = 20  # times the corpus, for the whole process


def spent(work: Callable[[], object]) -> float:
    """Seconds of processor time: the median of some rounds after a first one."""
    work()
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        rounds.append(time.process_time() - start)
    return median(rounds)


def plain_loop() -> float:
    """Seconds for a million additions, to compare machines and hours by."""
    return spent(lambda: sum(i * i for i in range(1_000_000)))


def speed(notes: list[dict[str, Any]]) -> None:
    told = [(note["text"], parse_moment(note["now"])) for note in notes]
    size = sum(len(text) for text, _ in told) / len(told)
    print(
        f"{len(told)} notes of {size:.0f} characters on average; a plain loop takes {plain_loop() * 1000:.0f} ms"
    )
    feed = "".join(
        json.dumps({"id": note["id"], "text": note["text"], "now": note["now"]}, ensure_ascii=False) + "\n"
        for note in notes
    )
    for name in ("county", "ningxia"):
        standards = load(name)
        now = told[0][1]

        def lines(standards: Any, now: datetime = now) -> None:
            for line in feed.splitlines():
                answer_line(answered(json.loads(line), standards, now))

        alone = spent(lambda standards=standards: [read(text, at, standards) for text, at in told])  # type: ignore[misc]
        first = median([first_time(lines, load(name), told[0]) for _ in range(ROUNDS)])
        again = spent(lambda standards=standards: lines(standards))  # type: ignore[misc]
        per_second = [f"{len(told) / seconds:.0f}" for seconds in (alone, first, again)]
        print(
            f"{name:9} notes/s: read {per_second[0]}   lines the first time {per_second[1]}, again {per_second[2]}"
        )
        for times in (1, MANY):
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "jinji_report", "classify", "--jsonl", "-", "--standards", name],
                input=(feed * times).encode(),
                stdout=subprocess.DEVNULL,
                check=True,
            )
            took = time.perf_counter() - start
            print(f"          whole process, {times * len(told)} lines: {times * len(told) / took:.0f}")


def first_time(lines: Callable[[Any], None], standards: Any, note: tuple[str, datetime]) -> float:
    """Seconds for lines with standards that have judged nothing yet; their words are put together before."""
    read(*note, standards)
    start = time.process_time()
    lines(standards)
    return time.process_time() - start


def makes(notes: list[dict[str, Any]]) -> dict[str, str]:
    """Texts to be repeated, by what they are made of."""
    return {
        "notes in turn": "\n".join(note["text"] for note in notes[:200]) + "\n",
        "one note again": notes[0]["text"],
        "digits": "3",
        "numerals": "三十二万",
        "no stops": "某某镇东街",
        "dead": "死亡3人",
        "times": "3月5日8时",
        "brackets": "((",
        "commas": "，",
        "spaces": "伤 ",
        "half pairs": "\ud83d",
        "latin": "G30K1023+500 ",
    }


def length(notes: list[dict[str, Any]]) -> None:
    standards, now = load("county"), parse_moment("2026-03-05T09:30")
    sizes = (1_000, 30_000, 300_000, 3_300_000)
    print(
        "microseconds a character at",
        ", ".join(f"{size:,}" for size in sizes),
        "characters (3.3 million are 10 MB)",
    )
    for name, unit in makes(notes).items():
        found = []
        for size in sizes:
            text = (unit * (size // len(unit) + 1))[:size]
            start = time.process_time()
            read(text, now, standards)
            found.append((time.process_time() - start) / size * 1e6)
        print(f"  {name:15}" + "".join(f"{cost:9.2f}" for cost in found))


def start() -> None:
    def timed(code: str) -> float:
        rounds = []
        for _ in range(15):
            begin = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            rounds.append(time.perf_counter() - begin)
        return median(rounds)

    bare = timed("pass")
    imported = timed("import jinji_report.standards.rows, jinji_report.model.facts, re")
    ready = timed(
        "import jinji_report.standards.rows, jinji_report.model.facts, re, jinji_report.intake.read;"
        "from jinji_report.intake.lexicon import lexicon; lexicon()"
    )
    print(f"python -c pass {bare * 1000:.0f} ms; the reader adds {(ready - imported) / bare:.2f} of it")


def well() -> None:
    for file in FILES:
        marks = measured(NOTES / file)
        print(f"{file}:")
        for field, (right, asked) in marks.tally.items():
            print(f"  {field:18} {right}/{asked} = {right / asked:.3f}")


# ------------------------------------------------------------------ the peers

NUMBERS = {
    "三百二十一": 321, "两千零五": 2005, "十二": 12, "廿三": 23, "一百零八": 108, "两百五": 250, "三万六": 36_000,
    "一亿两千万": 120_000_000, "半": 0.5, "七": 7, "俩": 2, "仨": 3, "1.2万": 12_000, "３５": 35, "千余": 1001,
    "十几": 11, "三四十": 30, "近百": 90, "二十多": 21,
}  # fmt: skip
"""What is said, and the least that it can mean."""


def peers(notes: list[dict[str, Any]]) -> None:
    noise = io.StringIO()  # one of them prints an advertisement on import
    try:
        with redirect_stdout(noise):
            import cn2an  # type: ignore[import-not-found]
            import dateparser  # type: ignore[import-not-found]
            import jionlp  # type: ignore[import-not-found]
            from dateparser.search import search_dates  # type: ignore[import-not-found]
    except ImportError as error:
        sys.exit(f"{error.name} is missing: python -m pip install '.[peers]'")
    right = sum(_is(lambda text=text: cn2an.cn2an(text, "smart"), value) for text, value in NUMBERS.items())  # type: ignore[misc]
    ours = sum(_is(lambda text=text: _first_number(text), value) for text, value in NUMBERS.items())  # type: ignore[misc]
    print(f"numbers as said: jinji {ours}/{len(NUMBERS)}, cn2an {right}/{len(NUMBERS)}")
    told = [note for note in notes if note["labels"]["occurred"] is not None]
    standards = load("county")

    def by_jinji(note: dict[str, Any]) -> str | None:
        occurred = read(note["text"], parse_moment(note["now"]), standards).facts.occurred
        return None if occurred is None else occurred.at.isoformat()[:16]

    def by_dateparser(note: dict[str, Any]) -> str | None:
        base = parse_moment(note["now"]).replace(tzinfo=None)
        found = search_dates(
            note["text"], languages=["zh"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
        )
        return found[0][1].isoformat()[:16] if found else None

    def by_jionlp(note: dict[str, Any]) -> str | None:
        base = parse_moment(note["now"]).timestamp()
        found = jionlp.ner.extract_time(note["text"], time_base=base)
        points = [one for one in found if one["type"] in ("time_point", "time_span")]
        return points[0]["detail"]["time"][0][:16].replace(" ", "T") if points else None

    for name, reader in (("jinji", by_jinji), ("dateparser", by_dateparser), ("jionlp", by_jionlp)):
        begin, good = time.process_time(), 0
        for note in told:
            with redirect_stdout(noise):
                try:
                    have = reader(note)
                except Exception:
                    have = None  # a crash is a wrong answer
            good += _same_moment(note["labels"]["occurred"], have)
        each = (time.process_time() - begin) / len(told)
        print(
            f"time out of the note: {name:10} {good}/{len(told)} = {good / len(told):.3f}, {1 / each:7.0f} notes/s"
        )
    now = parse_moment("2026-03-05T09:30")
    for said, want in {
        "昨晚11点半": "2026-03-04T23:30",
        "今早六点四十": "2026-03-05T06:40",
        "半小时前": "2026-03-05T09:00",
    }.items():
        parsed = dateparser.parse(
            said, languages=["zh"], settings={"RELATIVE_BASE": now.replace(tzinfo=None)}
        )
        mine = parse_when(said, now).at.isoformat()[:16]
        print(
            f"{said}: wanted {want}, jinji {mine}, dateparser {None if parsed is None else parsed.isoformat()[:16]}"
        )


def _first_number(text: str) -> float:
    from jinji_report.intake.numerals import numbers
    from jinji_report.intake.text import Note

    found = numbers(Note(text).plain)
    return float(found[0].quantity("").low) if found else float(chinese(text)[0])  # type: ignore[index]


def _is(work: Callable[[], object], value: float) -> bool:
    try:
        return work() == value
    except Exception:
        return False


def _same_moment(want: str, have: str | None) -> bool:
    if have is None:
        return False
    if len(want) == 10:
        return have[:10] == want
    away = datetime.fromisoformat(have) - datetime.fromisoformat(want)
    return abs(away.total_seconds()) <= 15 * 60


def main() -> None:
    gc.disable()
    notes = [note for file in FILES[:2] for note in corpus(NOTES / file)]
    speed(notes)
    length(notes)
    start()
    well()
    if "--peers" in sys.argv[1:]:
        peers(notes)


if __name__ == "__main__":
    main()
