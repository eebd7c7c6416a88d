"""What each daily command costs as a whole process, as a ratio to `python -c pass` in the same run.

    python -m tests.benchmarks.start [runs]

Caches are warm and the compiled files are there: the first rounds are not counted. Each round times
every command once, so that a drift of the machine's speed touches all alike; medians are compared.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NOTE = "昨晚11点半，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"
BUDGET = {"classify NOTE": 12.0, "next (20 open)": 8.0}
OPEN_CASES = 20
WARM_UP = 2


def commands(jinji: str) -> dict[str, list[str]]:
    now = ["--now", "2026-03-05T09:30"]
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "classify NOTE": [jinji, "classify", NOTE, *now],
        "classify NOTE --json": [jinji, "classify", NOTE, "--json", *now],
        "next (20 open)": [jinji, "next", *now],
        "board (20 open)": [jinji, "board", *now],
        "list (20 open)": [jinji, "list", *now],
        "show latest": [jinji, "show", "latest", *now],
        "why latest": [jinji, "why", "latest", *now],
        "report latest": [jinji, "report", "latest", *now],
        "export": [jinji, "export", *now],
        "sent": [jinji, "sent", "-01", "--form", "电话", *now],
        "followup": [jinji, "followup", "-02", "--set", "deaths=3", *now],
        "new NOTE": [jinji, "new", "-y", NOTE, *now],
        "--version": [jinji, "--version"],
        "--help": [jinji, "--help"],
    }


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    jinji = str(Path(sys.executable).with_name("jinji.exe" if os.name == "nt" else "jinji"))
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "JINJI_HOME": f"{folder}/home", "JINJI_CACHE": f"{folder}/cache"}
        environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every start compiles an editable checkout anew
        for place in range(OPEN_CASES):
            subprocess.run(
                [jinji, "new", "-y", f"西村{place + 1}组一民房起火，1人死亡", "--now", "2026-03-05T09:00"],
                env=environ, check=True, capture_output=True, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        times: dict[str, list[float]] = {name: [] for name in commands(jinji)}
        for turn in range(WARM_UP + runs):
            for name, command in commands(jinji).items():
                start = time.perf_counter()
                subprocess.run(
                    command, env=environ, capture_output=True, stdin=subprocess.DEVNULL, check=False
                )
                if turn >= WARM_UP:
                    times[name].append(time.perf_counter() - start)
    bare = statistics.median(times["python -c pass"])
    print(f"{'command':24} {'ratio':>6}  {'min':>6}  {'max':>6}  {'ms':>7}  budget")
    for name, values in times.items():
        middle = statistics.median(values)
        ratios = [value / base for value, base in zip(values, times["python -c pass"], strict=True)]
        budget = f"{BUDGET[name]:.0f}" if name in BUDGET else ""
        print(
            f"{name:24} {middle / bare:6.2f}  {min(ratios):6.2f}  {max(ratios):6.2f}  {middle * 1000:7.1f}  {budget}"
        )


if __name__ == "__main__":
    main()
