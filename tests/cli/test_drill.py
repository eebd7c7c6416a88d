"""--drill: a run with a ledger of its own, whose every answer says so; nothing of it comes into the real one."""

import ast
import csv
import json
import os
import shlex
import shutil
import sys
from pathlib import Path

import pytest

import jinji_report
from jinji_report.cli.app import COMMANDS, GROUPS

from .conftest import Jinji
from .refusal import refused, written

NOW = ("--now", "2026-03-05T09:25")
OLD = ("--now", "2024-03-05T09:25")
LATER = ("--now", "2026-03-05T09:40")
FIRE = "9时20分，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"
CAR = "9时10分，河西乡国道两车追尾，一名驾驶员轻伤"
HEAD, END = "【演练】", "【以上为演练信息】"
TOLD = "【演练】本次用演练台账，不入正式台账。\n"

# One line a command, as it would be typed in the `busy` office, where it does its work.
LINES = {
    "new": ["new", "-y", CAR, "--attach", "never"],
    "classify": ["classify", CAR],
    "followup": ["followup", "latest", "又有1人死亡"],
    "backflow": ["backflow", "02", "--who", "互联网", "--text", "微博已有现场视频"],
    "sent": ["sent", "latest", "--form", "书面", "--force"],
    "ack": ["ack", "latest"],
    "sign": ["sign", "latest", "--person", "李主任", "--role", "值班领导"],
    "call": ["call", "latest", "--reached", "--standards", "broadcaster"],
    "told": ["told", "latest", "2人死亡", "--unit", "公安局"],
    "agree": ["agree", "latest", "--set", "死亡=2", "--reason", "核对一致", "--yes"],
    "release": ["release", "latest", "--unit", "县委宣传部", "--text", "险情已排除"],
    "request": ["request", "latest", "--kind", "核报", "--from", "市委办公室", "--text", "请核实"],
    "answer": ["answer", "latest", "--form", "电话", "--text", "已核实"],
    "consult": ["consult", "latest", "--unit", "应急管理局", "--ask", "会不会再起？"],
    "decide": ["decide", "latest", "应报", "--reason", "领导意见"],
    "report": ["report", "latest"],
    "close": ["close", "latest", "--reason", "办完"],
    "reopen": ["reopen", "20240305-01", "--reason", "又有情况"],
    "init": ["init", "--unit", "城北区委办公室", "--no-input"],
    "undo": ["undo", "latest", "--reason", "记错了"],
    "merge": ["merge", "latest", "02", "--reason", "同一件事"],
    "at": ["at", "2026-03-05T09:30", "latest"],
    "log": ["log"],
    "list": ["list"],
    "board": ["board"],
    "next": ["next"],
    "export": ["export"],
    "config": ["config"],
    "doctor": ["doctor"],
}
WITHOUT_A_CLOCK = ("doctor",)
ALL = [LINES.get(name, [name, "latest"]) for name in COMMANDS] + [
    ["lead", "new", "网传一处民房倒塌，有人被埋"],
    ["lead", "list", "--all"],
    *(["ledger", step] for step in ("verify", "head", "reindex", "repair", "archive")),
]


def clock(line: list[str], now: tuple[str, ...] = LATER) -> list[str]:
    return line if line[0] in (*WITHOUT_A_CLOCK, "ledger") else [*line, *now]


@pytest.fixture
def both(jinji: Jinji, home: Path) -> Jinji:
    """A fire in the real ledger, and a crash in that of a drill."""
    assert jinji("new", "-y", FIRE, *NOW).code == 0
    assert jinji("new", "-y", "--drill", CAR, *NOW).code == 0
    return jinji


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the home of the `busy` office is kept, once it was made."""
    return tmp_path_factory.mktemp("office") / "home"


@pytest.fixture
def busy(jinji: Jinji, home: Path, office: Path) -> Jinji:
    """The same in both ledgers: a closed case of an earlier year, a lead, a new case, one that is sent and asked about."""
    if office.exists():
        shutil.copytree(office, home)
        return jinji
    asked = ["request", "latest", "--kind", "抽查", "--from", "市委办公室", "--text", "在位没有"]
    for more, note in (((), FIRE), (("--drill",), CAR)):
        for line, now in (
            (["new", "-y", note], OLD),
            (["close", "latest"], OLD),
            (["lead", "new", "网传河东乡有人落水"], NOW),
            (["new", "-y", note], NOW),
            (["new", "-y", note, "--attach", "never"], NOW),
            (["sent", "latest", "--form", "电话", "--to", "市", "--force"], NOW),
            (asked, NOW),
        ):
            outcome = jinji(*line, *more, *now)
            assert outcome.code == 0, outcome
    shutil.copytree(home, office)
    return jinji


def real(home: Path) -> dict[str, bytes]:
    """What lies in the data folder outside the drill's."""
    return {name: raw for name, raw in written(home).items() if Path(name).parts[0] != "drill"}


def records(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_drill_has_a_ledger_of_its_own_in_the_data_folder(both: Jinji, home: Path) -> None:
    assert set(written(home)) == {"ledger.jsonl", str(Path("drill", "ledger.jsonl"))}
    assert "起火" in (home / "ledger.jsonl").read_text(encoding="utf-8")
    assert all(one["drill"] is True for one in records(home / "drill" / "ledger.jsonl"))
    assert not any("drill" in one for one in records(home / "ledger.jsonl"))


@pytest.mark.parametrize("line", ALL, ids=lambda line: " ".join(line[:2]) if line[0] in GROUPS else line[0])
@pytest.mark.parametrize("where", ["first", "last", "variable"])
def test_no_command_of_a_drill_touches_the_real_ledger(
    busy: Jinji, home: Path, monkeypatch: pytest.MonkeyPatch, line: list[str], where: str
) -> None:
    before = real(home)
    words = clock(line)
    if where == "variable":
        monkeypatch.setenv("JINJI_DRILL", "1")
    else:
        words = ["--drill", *words] if where == "first" else [*words, "--drill"]
    outcome = busy(*words)
    assert outcome.err.startswith(TOLD), outcome
    assert outcome.code in (0, 21), outcome  # it did its work: a refusal would have touched nothing anyhow
    after = real(home)
    made = {"jinji.toml", "standards.toml"} if line[0] == "init" else set()
    assert {name: raw for name, raw in after.items() if name not in made} == before


@pytest.mark.parametrize("line", ALL, ids=lambda line: " ".join(line[:2]) if line[0] in GROUPS else line[0])
def test_without_it_no_command_touches_the_drills(busy: Jinji, home: Path, line: list[str]) -> None:
    before = (home / "drill" / "ledger.jsonl").read_bytes()
    outcome = busy(*clock(line))
    assert outcome.code in (0, 21), outcome
    assert "演练" not in outcome.err + ("" if "--help" in line else outcome.out)
    assert (home / "drill" / "ledger.jsonl").read_bytes() == before
    assert len(list((home / "drill").glob("*.jsonl"))) == 1


def test_the_run_after_a_drill_is_a_real_one(both: Jinji, home: Path) -> None:
    both("list", "--drill", *NOW)
    assert "JINJI_DRILL" not in os.environ
    assert "火灾" in both("list", *NOW).out


def test_in_a_note_or_behind_two_dashes_it_is_text(jinji: Jinji, home: Path) -> None:
    assert jinji("new", "-y", f"{FIRE} --drill", *NOW).code == 0
    assert jinji("new", "-y", *NOW, "--", "--drill").code == 0
    assert not (home / "drill").exists()
    assert len([one for one in records(home / "ledger.jsonl") if one["kind"] == "接报"]) == 2


def test_a_word_that_does_not_say_yes_or_no_stops_the_run(
    jinji: Jinji, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JINJI_DRILL", "演习")
    for line in (["new", "-y", FIRE], ["list"], ["board"]):
        outcome = jinji(*line, *NOW)
        refused(outcome)
        assert "JINJI_DRILL" in outcome.err
    refused(jinji("doctor"))
    assert not home.exists()
    monkeypatch.setenv("JINJI_DRILL", "0")
    assert jinji("new", "-y", FIRE, *NOW).code == 0
    assert not (home / "drill").exists()
    assert jinji("new", "-y", FIRE, "--drill", *NOW).code == 0
    assert (home / "drill").exists()


JSON = [
    ["new", "-y", CAR],
    ["classify", CAR],
    ["followup", "01", "又有1人死亡"],
    ["sent", "01", "--form", "电话", "--to", "市委办公室"],
    ["decide", "01", "应报", "--reason", "领导意见"],
    ["close", "01"],
    ["report", "01"],
    ["why", "01"],
    ["show", "01"],
    ["list"],
    ["board"],
    ["next"],
    ["ledger", "verify"],
    ["ledger", "head"],
    ["config"],
    ["rules", "show"],
]


@pytest.mark.parametrize("line", JSON, ids=lambda line: " ".join(line[:2]))
def test_a_json_answer_says_it_is_a_drills_and_only_then(both: Jinji, line: list[str]) -> None:
    told = both(*clock(line), "--json", "--drill")
    assert told.json["drill"] is True
    assert list(told.json)[:2] == ["schema", "drill"]
    assert "drill" not in both(*clock(line), "--json").json


def test_each_line_of_a_batch_says_it(jinji: Jinji) -> None:
    batch = '{"id": 1, "text": "城关镇起火，2人死亡"}\n{"id": 2}\n'
    told = jinji("classify", "--jsonl", "-", "--drill", *NOW, stdin=batch)
    assert [json.loads(line)["drill"] for line in told.out.splitlines()] == [True, True]


@pytest.mark.parametrize("line", JSON, ids=lambda line: " ".join(line[:2]))
def test_a_screen_opens_with_the_mark(both: Jinji, line: list[str]) -> None:
    told = both(*clock(line), "--drill")
    if line == ["ledger", "head"]:  # 64 digits and nothing else, for scripts
        assert len(told.out) == 65
    else:
        assert told.out.startswith(HEAD)
    assert told.err.startswith(TOLD)
    assert HEAD not in both(*clock(line)).out


@pytest.mark.parametrize("format", ["text", "phone", "message", "markdown"])
@pytest.mark.parametrize(
    "news", [(), ("又有1人死亡",), ("火已扑灭", "--final")], ids=["首报", "续报", "终报"]
)
def test_a_report_is_marked_at_its_head_and_its_end(both: Jinji, format: str, news: tuple[str, ...]) -> None:
    for more in (["--drill"], []):
        if news:
            assert both("followup", "01", *news, *more, *NOW).code == 0
    drilled = both("report", "01", "--format", format, "--drill", *NOW)
    assert drilled.out.startswith(HEAD)
    assert drilled.out.rstrip("\n").endswith(END)
    assert drilled.out.count(HEAD) == 1
    assert "演练" not in both("report", "01", "--format", format, *NOW).out


def test_the_marks_are_in_the_ledger_too(both: Jinji, home: Path) -> None:
    text = next(
        one["data"]["text"]  # type: ignore[index]
        for one in records(home / "drill" / "ledger.jsonl")
        if one["kind"] == "成文"
    )
    assert text.startswith(HEAD) and text.endswith(END)


def test_a_message_of_a_drill_is_no_longer_than_another(jinji: Jinji) -> None:
    long = f"{FIRE}，县长张某、副县长李某、应急局长王某、消防大队长赵某到现场指挥，出动消防车8台、指战员40人扑救，明火已经扑灭"
    for more in (["--drill"], []):
        assert jinji("new", "-y", long, *more, *NOW).code == 0
        message = jinji("report", "01", "--format", "message", *more, *NOW).out.strip()
        assert 100 < len(message) <= 140


def test_the_check_finds_the_same_in_a_drill(jinji: Jinji) -> None:
    told = []
    for more in (["--drill"], []):
        assert jinji("new", "-y", FIRE, *more, *NOW).code == 0
        told.append(jinji("report", "01", "--check", "--json", *more, *NOW).json["check"])
    assert told[0] == told[1] != []


def test_an_edited_paper_of_a_drill_must_say_so_and_no_other_may(both: Jinji, tmp_path: Path) -> None:
    plain, marked = tmp_path / "文稿.txt", tmp_path / "演练文稿.txt"
    plain.write_text(both("report", "01", *NOW).out, encoding="utf-8")
    marked.write_text(both("report", "01", "--drill", *NOW).out, encoding="utf-8")

    def codes(file: Path, *more: str) -> list[str]:
        check = both("report", "01", "--check", "--json", "--file", str(file), *more, *NOW).json["check"]
        return [one["code"] for one in check if one["code"].startswith("B8")]

    assert codes(plain) == [] == codes(marked, "--drill")
    assert codes(plain, "--drill") == ["B801"]
    assert codes(marked) == ["B802"]
    stopped = both(
        "sent", "01", "--to", "市委办公室", "--form", "书面", "--file", str(plain), "--drill", *LATER
    )
    assert stopped.code == 1
    assert "B801" in stopped.err


def test_a_command_that_is_told_in_a_drill_is_one_of_the_drill(both: Jinji, home: Path) -> None:
    told = both("new", "-y", "--drill", "8时，北山镇煤矿透水，3人被困", *NOW)
    commands = [
        line.partition("：")[2] for line in told.out.splitlines() if "：jinji " in line and line[:1] == " "
    ]
    assert len(commands) == 3
    before = real(home)
    for command in commands:
        words = shlex.split(command)[1:]
        assert words[0] == "--drill"
        both(*words, *LATER)
    assert real(home) == before


def test_settings_and_standards_stay_the_offices(jinji: Jinji, home: Path) -> None:
    home.mkdir(mode=0o700)
    (home / "jinji.toml").write_text('unit = "城北区委办公室"\nstandards = "ningxia"\n', encoding="utf-8")
    told = jinji("new", "-y", FIRE, "--drill", *NOW)
    assert "城北区委办公室" in told.out
    assert jinji("why", "01", "--drill", "--json", *NOW).json["verdict"]["standards"]["id"] == "ningxia"
    found = {one["name"]: one for one in jinji("config", "--json", "--drill").json["settings"]}
    assert found["config"]["value"] == str(home / "jinji.toml")
    assert found["home"]["value"] == str(home / "drill")
    assert found["ledger"]["value"] == str(home / "drill" / "ledger.jsonl")


def test_doctor_looks_at_the_drills_ledger(both: Jinji, home: Path) -> None:
    checks = {one["name"]: one["text"] for one in both("doctor", "--json", "--drill").json["checks"]}
    assert str(home / "drill" / "ledger.jsonl") in checks["演练台账"]
    assert "台账" not in checks


def test_export_says_which_rows_are_of_a_drill(both: Jinji) -> None:
    for form in ([], ["--entries"]):
        for more, expected in ((["--drill"], True), ([], None)):
            rows = both("export", "--json", *form, *more).json
            assert rows and all(row["drill"] is expected for row in rows)
            table = csv.DictReader(both("export", "--format", "csv", *form, *more).out.splitlines())
            assert {row["drill"] for row in table} == {"true" if expected else ""}


@pytest.mark.parametrize("into_real", [True, False])
def test_a_ledger_in_the_wrong_folder_is_refused(both: Jinji, home: Path, into_real: bool) -> None:
    paths = [home / "ledger.jsonl", home / "drill" / "ledger.jsonl"]
    wrong, right = paths if into_real else reversed(paths)
    wrong.write_bytes(right.read_bytes())
    more = [] if into_real else ["--drill"]
    before = written(home)
    for line in (["new", "-y", FIRE], ["list"], ["board"], ["show", "01"], ["export"]):
        outcome = both(*line, *more, *NOW)
        assert (outcome.code, outcome.out) == (3, ""), outcome
        assert "演练台账" in outcome.err and "--drill" in outcome.err
    assert both("ledger", "verify", *more).code == 4
    assert written(home) == before


def test_the_drills_folder_named_as_the_data_folder_is_no_real_ledger(
    both: Jinji, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JINJI_HOME", str(home / "drill"))
    refused(both("list", *NOW))
    refused(both("new", "-y", FIRE, *NOW))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_drills_folder_that_leads_to_the_real_ledger_is_refused(jinji: Jinji, home: Path) -> None:
    home.mkdir(mode=0o700)
    os.symlink(home, home / "drill")
    for line in (["new", "-y", FIRE], ["list"], ["board"]):
        outcome = jinji(*line, "--drill", *NOW)
        assert outcome.code == 3
        assert "链接" in outcome.err
    assert os.listdir(home) == ["drill"]


def test_a_store_is_opened_in_few_places_and_each_says_of_which_kind() -> None:
    """Whoever opens another must think of drills; `edge.store` is there for commands."""
    root = Path(jinji_report.__file__).parent
    places = {}
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Journal":
                name = path.relative_to(root).as_posix()
                places[name] = places.get(name, True) and "drill" in [word.arg for word in node.keywords]
    assert places == {
        "cli/edge.py": True,
        "cli/watch.py": True,
        "desk/config.py": True,
        "desk/doctor.py": True,
    }
