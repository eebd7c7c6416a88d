"""The command line as a script sees it: `main`, with stdout, stderr and the exit code apart."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jinji_report.cli.main import main

if TYPE_CHECKING:
    from .terminal import Sit


class Outcome:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def __repr__(self) -> str:
        return f"exit {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


Jinji = Callable[..., Outcome]


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache_folder: Path) -> Path:
    """A data folder of its own, and no settings from outside."""
    for name in ("NOW", "CONFIG", "STANDARDS", "UNIT", "SIGNER", "CONTACT", "PHONE", "BY"):
        monkeypatch.delenv(f"JINJI_{name}", raising=False)
    folder = tmp_path / "home"
    monkeypatch.setenv("JINJI_HOME", str(folder))
    monkeypatch.setenv("JINJI_CACHE", str(cache_folder))
    monkeypatch.setenv("JINJI_BY", "张值班")
    return folder


@pytest.fixture
def jinji(home: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Jinji:
    """Run one command line; `stdin` is text or bytes."""

    def run(*args: str, stdin: str | bytes = b"") -> Outcome:
        raw = stdin.encode("utf-8") if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        capfd.readouterr()
        code = main(list(args))
        sys.stdout.flush()
        captured = capfd.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def sit(home: Path) -> Iterator["Sit"]:
    """Sit down at a terminal and start `jinji` with these arguments."""
    from .terminal import Terminal

    opened: list[Terminal] = []

    def start(*args: str, now: str = "2026-03-05T09:30", **more: str) -> Terminal:
        opened.append(Terminal(args, {"JINJI_NOW": now, **more}))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.close()
