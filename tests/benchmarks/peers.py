"""Adding, listing and exporting beside taskwarrior, todoman, jrnl and hledger; run by hand, see `ledger`.

Each has its own real store of 100, 1,000 and 10,000 entries, of about the same words. The job is equal:
add one entry; list ten (where the program knows what is open, the open ones; ours are ten cases); export
every entry as JSON. Whole processes in turns, minima. What is not on PATH is left out, and that is said:

    apt install taskwarrior hledger
    python -m venv peers && peers/bin/pip install todoman jrnl
    PATH="$PWD/peers/bin:$PATH" python -m tests.benchmarks.ledger --peers
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from tests.ledger_maker import make

SIZES = (100, 1_000, 10_000)
SHOWN = 10  # of our cases that is all that 100 entries hold
ROUNDS = 5
WORDS = "城关镇东街一服装店起火，1人受伤，已报市委值班室"
START = datetime(2025, 1, 1)

Job = tuple[list[str], str]  # the command, and what it reads from stdin
Peer = Callable[[Path, int, str], tuple[dict[str, str], dict[str, Job]]]


def beside_peers(folder: Path, jinji: str) -> None:
    """Print a table: a line a program and job, milliseconds by size."""
    peers: dict[str, tuple[str, Peer]] = {
        "jinji": (jinji, _jinji),
        "taskwarrior": ("task", _taskwarrior),
        "todoman": ("todo", _todoman),
        "jrnl": ("jrnl", _jrnl),
        "hledger": ("hledger", _hledger),
    }
    jobs: dict[tuple[str, int], tuple[dict[str, str], dict[str, Job]]] = {}
    for name, (program, prepare) in peers.items():
        found = shutil.which(program)
        if found is None:
            print(f"{name}: not installed")
            continue
        for size in SIZES:
            home = folder / f"{name}-{size}"
            home.mkdir(mode=0o700)
            environ, told = prepare(home, size, found)
            jobs[name, size] = {**os.environ, "HOME": str(home), **environ}, told
    times: dict[tuple[str, int, str], float] = {}
    for turn in range(ROUNDS + 1):
        for (name, size), (environ, told) in jobs.items():
            for job, (command, said) in told.items():
                start = time.perf_counter()
                done = subprocess.run(
                    command, env=environ, input=said.encode(), capture_output=True, check=False
                )
                spent = time.perf_counter() - start
                if done.returncode not in (0, 20, 21):
                    raise RuntimeError(f"{command}: {done.stderr.decode('utf-8', 'replace')}")
                if turn:
                    times[name, size, job] = min(spent, times.get((name, size, job), spent))
    print(f"{'ms':20}" + "".join(f"{size:>10,}" for size in SIZES))
    for job in ("add", "list", "export"):
        for name in peers:
            if (name, SIZES[0]) in jobs:
                row = (f"{times[name, size, job] * 1000:10,.0f}" for size in SIZES)
                print(f"{job:8}{name:12}" + "".join(row))


def _moments(size: int) -> list[datetime]:
    return [START + timedelta(minutes=50 * number) for number in range(size)]


def _jinji(home: Path, size: int, program: str) -> tuple[dict[str, str], dict[str, Job]]:
    make(home / "ledger.jsonl", size, still_open=SHOWN)
    now = ["--now", "2026-03-20T09:30"]
    environ = {"JINJI_HOME": str(home), "JINJI_CACHE": str(home.parent / "cache")}
    return environ, {
        "add": ([program, "new", "-y", WORDS, *now], ""),
        "list": ([program, "list", "--status", "在办", *now], ""),
        "export": ([program, "export", "--entries", "--format", "json", *now], ""),
    }


def _taskwarrior(home: Path, size: int, program: str) -> tuple[dict[str, str], dict[str, Job]]:
    (home / "taskrc").write_text(f"data.location={home}/data\nconfirmation=off\ngc=on\n", encoding="utf-8")
    environ = {"TASKRC": str(home / "taskrc"), "TASKDATA": str(home / "data")}
    rows = []
    for number, at in enumerate(_moments(size)):
        row = {"description": f"{WORDS} {number}", "entry": f"{at:%Y%m%dT%H%M%SZ}", "status": "pending"}
        if number < size - SHOWN:
            row |= {"status": "completed", "end": row["entry"]}
        rows.append(row)
    subprocess.run(
        [program, "import"],
        input=json.dumps(rows).encode(),
        env={**os.environ, "HOME": str(home), **environ},
        check=True,
        capture_output=True,
    )
    return environ, {
        "add": ([program, "add", WORDS], ""),
        "list": ([program, "list"], ""),
        "export": ([program, "export"], ""),
    }


def _todoman(home: Path, size: int, program: str) -> tuple[dict[str, str], dict[str, Job]]:
    lists = home / "lists" / "duty"
    lists.mkdir(parents=True)
    for number, at in enumerate(_moments(size)):
        stamp = f"{at:%Y%m%dT%H%M%SZ}"
        done = (
            f"STATUS:COMPLETED\r\nCOMPLETED:{stamp}\r\nPERCENT-COMPLETE:100\r\n"
            if number < size - SHOWN
            else ""
        )
        (lists / f"{number}.ics").write_text(
            f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//duty\r\nBEGIN:VTODO\r\nUID:{number}\r\n"
            f"DTSTAMP:{stamp}\r\nCREATED:{stamp}\r\n{done}SUMMARY:{WORDS} {number}\r\n"
            "END:VTODO\r\nEND:VCALENDAR\r\n",
            encoding="utf-8",
        )
    (home / "config.py").write_text(
        f"path = '{home}/lists/*'\ncache_path = '{home}/cache.sqlite3'\ndefault_list = 'duty'\n",
        encoding="utf-8",
    )
    begin = [program, "--config", str(home / "config.py")]
    return {}, {
        "add": ([*begin, "new", "-l", "duty", WORDS], ""),
        "list": ([*begin, "list"], ""),
        "export": ([*begin, "--porcelain", "list", "--status", "ANY"], ""),
    }


def _jrnl(home: Path, size: int, program: str) -> tuple[dict[str, str], dict[str, Job]]:
    told = (f"[{at:%Y-%m-%d %H:%M}] {WORDS} {number}\n" for number, at in enumerate(_moments(size)))
    (home / "journal.txt").write_text("\n".join(told), encoding="utf-8")
    (home / "jrnl.yaml").write_text(
        f"version: v4.6\njournals:\n  default:\n    journal: {home}/journal.txt\n"
        "editor: ''\nencrypt: false\ndefault_hour: 9\ndefault_minute: 0\ntimeformat: '%Y-%m-%d %H:%M'\n"
        "tagsymbols: '@'\nhighlight: true\nlinewrap: 79\nindent_character: '|'\ntemplate: false\n"
        "colors:\n  body: none\n  date: none\n  tags: none\n  title: none\n",
        encoding="utf-8",
    )
    begin = [program, "--config-file", str(home / "jrnl.yaml")]
    return {}, {
        "add": ([*begin, WORDS], ""),
        "list": ([*begin, "-n", str(SHOWN), "--short"], ""),
        "export": ([*begin, "--format", "json"], ""),
    }


def _hledger(home: Path, size: int, program: str) -> tuple[dict[str, str], dict[str, Job]]:
    told = (
        f"{at:%Y-%m-%d} {WORDS} {number}\n    duty:reported    1\n    duty:called    -1\n"
        for number, at in enumerate(_moments(size))
    )
    (home / "main.journal").write_text("\n".join(told), encoding="utf-8")
    begin = [program, "-f", str(home / "main.journal")]
    last = f"{_moments(size)[-min(size, SHOWN)]:%Y-%m-%d}"
    environ = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    return environ, {
        "add": ([*begin, "add"], f"2026-03-20\n{WORDS}\nduty:reported\n1\nduty:called\n-1\n.\ny\n.\n"),
        "list": ([*begin, "register", "-b", last], ""),
        "export": ([*begin, "print", "-O", "json"], ""),
    }
