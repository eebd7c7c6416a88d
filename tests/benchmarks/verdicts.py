"""How many verdicts a second: facts in, verdict out, in process and without JSON.

    python -m tests.benchmarks.verdicts [count] [pack …]

Two streams, made from a fixed seed, no incident twice:

`calls`  what a duty room hears: the notes of the reading tests, read once, then told again and again
         with other figures, days and places.
`chance` the worst that can be asked: any category, tags in ones and twos from the whole list, figures
         anywhere, so that hardly two incidents are of a kind.

What was decided for one incident may serve the next (`judgement.pattern`); so no round sees an incident of
a round before, and the first one, which starts with nothing known, is shown apart. Processor time
of one core, without the collector of cyclic garbage, which jinji runs without too; a plain loop of the
same length in the same run gives the ratio.
"""

import gc
import json
import random
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from jinji_report.intake.read import read
from jinji_report.judgement.classify import classify
from jinji_report.model.facts import Facts, Occurred, Place
from jinji_report.moments import BEIJING
from jinji_report.quantity import Quantity, at_least, between, exactly
from jinji_report.standards.load import load
from jinji_report.standards.rows import Standards

NOW = datetime(2026, 12, 31, 12, 0, tzinfo=BEIJING)
ROUNDS = 5
CORPUS = Path(__file__).parents[1] / "intake" / "corpus.jsonl"


def quantity(chance: random.Random, most: int) -> Quantity:
    low = min(most, int(chance.expovariate(1 / (most / 8))))
    kind = chance.random()
    if kind < 0.8:
        return exactly(low)
    if kind < 0.9:
        return between(low, low + chance.randint(1, 9))
    return at_least(low)


MOST = {
    "deaths": 40,
    "injured": 120,
    "seriously_injured": 60,
    "slightly_injured": 60,
    "missing": 20,
    "trapped": 20,
    "poisoned": 150,
    "evacuated": 6000,
    "direct_loss_wan": 12000,
    "crowd": 2000,
    "cases": 60,
}


def incidents(count: int, standards: Standards, seed: int = 20261121) -> list[Facts]:
    chance = random.Random(seed)
    categories = [*standards.categories, None]
    tags = [tag.name for tag in standards.tags]
    told = [name for name in MOST if name in standards.measures]
    found = []
    for number in range(count):
        names = chance.sample(told, k=min(len(told), chance.choice((1, 2, 2, 3, 3, 4))))
        occurred = NOW - timedelta(minutes=chance.randint(60, 500_000))
        found.append(
            Facts(
                category=chance.choice(categories),
                occurred=Occurred(occurred) if chance.random() < 0.95 else None,
                place=Place(f"城关镇东街{number}号"),
                measures={name: quantity(chance, MOST[name]) for name in names},
                tags={tag: tag for tag in chance.sample(tags, k=chance.choice((0, 0, 0, 1, 1, 2)))},
                moments={"received": occurred + timedelta(minutes=30)},
            )
        )
    return found


def calls(count: int, standards: Standards, seed: int) -> list[Facts]:
    chance = random.Random(seed)
    notes = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines() if line.strip()]
    heard = [read(note["text"], datetime.fromisoformat(note["now"]), standards).facts for note in notes]
    found = []
    for number in range(count):
        facts = chance.choice(heard)
        occurred = NOW - timedelta(minutes=chance.randint(60, 500_000))
        measures = {}
        for name, told in facts.measures.items():
            factor = chance.choice((0.5, 1, 1, 1, 1.5, 2, 3))
            low = round(told.low * factor) + chance.choice((0, 0, 0, 1, 2))
            high = None if told.high is None else max(low, low + round(told.high - told.low))
            measures[name] = Quantity(low, high, told.said)
        found.append(
            facts.with_changes(
                occurred=None if facts.occurred is None else Occurred(occurred, facts.occurred.precision),
                moments={"received": occurred + timedelta(minutes=30)},
                place=None if facts.place is None else Place(f"城关镇东街{number}号"),
                measures=measures,
            )
        )
    return found


def plain_loop(count: int) -> float:
    """Seconds for `count` small dictionaries made and read: what a bare step of Python costs here."""
    begin = time.process_time()
    total = 0
    for number in range(count):
        row = {"deaths": number, "injured": number + 1, "category": "火灾"}
        total += row["deaths"] + row["injured"]
    return time.process_time() - begin


def main(count: int, packs: list[str]) -> None:
    gc.disable()
    print(f"{count} incidents a round, {ROUNDS} rounds after the first; the loop: a dictionary made and read")
    for pack in packs:
        for name, make in (("calls", calls), ("chance", incidents)):
            standards = load(pack)
            rates, ratios = [], []
            for number in range(ROUNDS + 1):
                facts = make(count, standards, seed=number)
                loop = plain_loop(count)
                begin = time.process_time()
                for one in facts:
                    classify(one, standards, NOW)
                spent = time.process_time() - begin
                rates.append(count / spent)
                ratios.append(spent / loop)
            print(
                f"{pack:<12}{name:<8}{median(rates[1:]):>9,.0f} verdicts/s {median(ratios[1:]):>7,.0f} x the loop"
                f"   (first round {rates[0]:,.0f})"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, sys.argv[2:] or ["county", "ningxia", "national"])
