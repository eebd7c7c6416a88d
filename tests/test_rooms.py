"""The rooms keep to themselves: who may import whom, who may touch the world, what a start may load.

Design §3: a room imports only rooms that stand above it in the list.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import jinji_report

SOURCE = Path(jinji_report.__file__).parent
ROOMS = (
    "vocabulary",
    "errors",
    "moments",
    "quantity",
    "jsontext",
    "files",
    "model",
    "standards",
    "intake",
    "judgement",
    "proving",
    "reports",
    "oversight",
    "ledger",
    "exchange",
    "settings",
    "desk",
    "cli",
)
PURE = (
    "quantity",
    "jsontext",
    "moments",
    "vocabulary",
    "model",
    "standards",
    "intake",
    "judgement",
    "proving",
    "reports",
    "oversight",
)
ACTING = {"standards/load.py", "reports/docx.py"}  # they read packs, and write Word files
WORLD = {
    "os",
    "sys",
    "pathlib",
    "io",
    "shutil",
    "tempfile",
    "subprocess",
    "socket",
    "time",
    "random",
    "logging",
    "locale",
    "secrets",
    "urllib",
}
CALLS = {"open", "print", "input", "exit", "quit", "breakpoint"}
CLOCKS = {"now", "today", "utcnow"}
HEAVY = ("rich", "pydantic", "tomllib", "dateutil", "sqlite3", "docx", "openpyxl", "psycopg", "tomli_w")


FILES = sorted(SOURCE.rglob("*.py"))


def name_of(file):
    return file.relative_to(SOURCE).as_posix()


def room_of(file):
    first = file.relative_to(SOURCE).parts[0].removesuffix(".py")
    return None if first in ("__init__", "__main__") else first


def imports(tree):
    """Every module that a tree imports, with the line; `from a import b` counts as a and as a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are written in full"
            yield node.module, node.lineno
            if node.module == "jinji_report":
                for alias in node.names:
                    yield f"jinji_report.{alias.name}", node.lineno


def rooms_imported(source):
    for module, line in imports(ast.parse(source)):
        parts = module.split(".")
        if parts[0] == "jinji_report" and len(parts) > 1:
            yield parts[1], line


def looking_down(room, source):
    """Imports of `source` that the room may not make."""
    above = ROOMS[: ROOMS.index(room) + 1]
    return [
        f"line {line}: {room} imports {other}"
        for other, line in rooms_imported(source)
        if other not in above and not other.startswith("__")
    ]


def worldly(source):
    """Where `source` opens a file, asks a clock, prints, or imports what would."""
    found = [
        f"line {line}: imports {module}"
        for module, line in imports(ast.parse(source))
        if module.split(".")[0] in WORLD
    ]
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in CALLS:
            found.append(f"line {node.lineno}: calls {called.id}")
        if isinstance(called, ast.Attribute) and called.attr in CLOCKS:
            found.append(f"line {node.lineno}: asks {called.attr}")
    return found


def at_top(tree):
    """Imports that run when the module is imported: not in functions, not under TYPE_CHECKING."""
    waiting = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imports(ast.Module([node], []))
        elif isinstance(node, ast.If):
            checking = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
            waiting += [*([] if checking else node.body), *node.orelse]
        elif isinstance(node, ast.Try):
            waiting += [
                *node.body,
                *node.orelse,
                *node.finalbody,
                *(s for h in node.handlers for s in h.body),
            ]
        elif isinstance(node, ast.ClassDef | ast.With):
            waiting += node.body


def compiling(source):
    """Where `source` has `re` compile a pattern, rather than `intake.patterns` when it is used."""
    return [
        f"line {node.lineno}: re.compile"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr == "compile"
        and isinstance(node.value, ast.Name)
        and node.value.id == "re"
    ]


def test_every_room_stands_in_the_list():
    assert {room_of(file) for file in FILES} - {None} <= set(ROOMS)


@pytest.mark.parametrize("file", [f for f in FILES if room_of(f)], ids=name_of)
def test_a_room_imports_only_rooms_that_stand_above_it(file):
    assert looking_down(room_of(file), file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", [f for f in FILES if room_of(f) in PURE], ids=name_of)
def test_a_pure_room_opens_no_file_asks_no_clock_and_prints_nothing(file):
    if name_of(file) in ACTING:
        return
    found = worldly(file.read_text(encoding="utf-8"))
    if (
        name_of(file) == "model/entry.py"
    ):  # an identifier needs chance, and takes nothing else from the system
        found = [line for line in found if not line.endswith("imports os")]
        calls = [
            n for n in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(n, ast.Attribute)
        ]
        assert {n.attr for n in calls if isinstance(n.value, ast.Name) and n.value.id == "os"} == {"urandom"}
    assert found == []


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_what_is_heavy_is_imported_where_it_is_used(file):
    # The models themselves and the index itself: who needs them imports them inside a function.
    if name_of(file) in ("standards/schema.py", "ledger/index.py", "desk/drill/scenario.py"):
        return
    top = {module.split(".")[0] for module, _ in at_top(ast.parse(file.read_text(encoding="utf-8")))}
    assert top.isdisjoint(HEAVY)


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_the_pack_models_are_imported_where_a_pack_is_read(file):
    top = {module for module, _ in at_top(ast.parse(file.read_text(encoding="utf-8")))}
    assert "jinji_report.standards.schema" not in top


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_the_index_is_imported_where_cases_are_asked_for(file):
    if name_of(file) == "ledger/indexed.py":  # `cases` imports it, inside a function
        return
    top = {module for module, _ in at_top(ast.parse(file.read_text(encoding="utf-8")))}
    assert top.isdisjoint(("jinji_report.ledger.index", "jinji_report.ledger.indexed"))


@pytest.mark.parametrize("module", ["jinji_report.cli.main", "jinji_report.cli.app"])
def test_a_start_loads_nothing_heavy(module):
    code = f"import sys, {module}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


@pytest.mark.parametrize(
    "file",
    [f for f in FILES if room_of(f) == "intake"],
    ids=name_of,
)
def test_the_reading_compiles_a_pattern_where_it_is_first_used(file):
    if name_of(file) == "intake/patterns.py":  # it does so for all
        return
    assert compiling(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("module", ["jinji_report.desk.answer", "jinji_report.desk.overview"])
def test_what_only_looks_at_cases_loads_no_reader(module):
    code = f"import sys, {module}; print(*[name for name in sys.modules if name.startswith('jinji_report.intake')])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


def test_these_guards_see_what_they_guard_against():
    assert looking_down("judgement", "from jinji_report.desk.stamp import Stamp")
    assert looking_down("model", "def f():\n    from jinji_report import cli")
    assert not looking_down("desk", "from jinji_report.ledger.store import Store")
    assert worldly("import os")
    assert worldly("def f(p):\n    return open(p)")
    assert worldly("from datetime import datetime\nx = datetime.now()")
    assert worldly("print(1)")
    assert compiling('import re\n_WORD = re.compile("死")')
    top = "import rich\ndef f():\n    import docx\nif TYPE_CHECKING:\n    import pydantic\nelse:\n    import tomllib"
    assert {module for module, _ in at_top(ast.parse(top))} == {"rich", "tomllib"}
