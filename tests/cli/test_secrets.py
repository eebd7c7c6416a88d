"""A note that bears a secrecy mark comes to no disk, no screen and no answer, whichever way it comes in;
what may be registered of it is time, place and channel.

Each run is a process of its own with an ear on every file that it opens for writing.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import jinji_report

from .conftest import Jinji
from .refusal import refused, written

NOW = ("--now", "2026-03-05T09:30")
FIRE = "9时10分，河西乡一民房起火，1人死亡"
WORDS = ("独角兽行动", "白鹭三号")
MARKED = [
    "机密★5年\n独角兽行动在城关镇展开，白鹭三号2人死亡",
    "密级：秘密 独角兽行动在城关镇展开，白鹭三号2人死亡",
    "绝密\n独角兽行动在城关镇展开，白鹭三号2人死亡",
]
LISTENING = """
import os, sys
opened = []
def hear(event, args):
    if event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR):
        opened.append(os.fsdecode(args[0]) if isinstance(args[0], (str, bytes, os.PathLike)) else "")
    elif event in ("os.mkdir", "os.rename", "os.link", "sqlite3.connect"):
        opened.append(str(args[0]))
sys.addaudithook(hear)
from jinji_report.cli.main import main
code = main(sys.argv[2:])
names = [name for name in opened if name not in ("", os.devnull)]
with open(sys.argv[1], "w", encoding="utf-8") as file:
    file.write("\\n".join(names))
sys.exit(code)
"""


class Office:
    """A data folder with one case, a cache, a TMPDIR and a HOME, all in one folder that can be searched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = folder / "desk"
        self.places = {
            name: self.desk / name.lower() for name in ("JINJI_HOME", "JINJI_CACHE", "TMPDIR", "HOME")
        }
        for path in self.places.values():
            path.mkdir(parents=True, mode=0o700)
        self.env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(jinji_report.__file__).parents[1]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUTF8": "1",
            "JINJI_BY": "张值班",
            "JINJI_TRACEBACK": "1",
            **{name: str(path) for name, path in self.places.items()},
        }
        assert self.run("new", "-y", FIRE)[0] == 0
        assert self.run("sent", "01", "--form", "电话", "--to", "市委办公室")[0] == 0
        assert self.run("list")[0] == 0  # the index knows all of it
        self.before = self.files()

    def run(self, *line: str, stdin: bytes = b"", **env: str) -> tuple[int, str, list[str]]:
        """The exit code, all that was said, and what was opened for writing."""
        heard = self.folder / "heard"
        command = [sys.executable, "-c", LISTENING, str(heard), *line, *NOW]
        done = subprocess.run(command, input=stdin, capture_output=True, env=self.env | env, check=False)
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        return done.returncode, said, heard.read_text(encoding="utf-8").split()

    def files(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self.desk.rglob("*") if path.is_file()}

    def refuses(self, *line: str, stdin: bytes = b"", **env: str) -> str:
        """The note was refused by its mark; nothing was opened for writing, no word of it stands anywhere."""
        code, said, opened = self.run(*line, stdin=stdin, **env)
        assert code == 3, said
        assert "密级标志" in said
        assert "new --secret" in said
        assert not any(word in said for word in WORDS), said
        assert "Traceback" not in said
        assert opened == []
        assert self.files() == self.before
        self.holds_no_word()
        return said

    def holds_no_word(self) -> None:
        codes = ("utf-8", "gbk", "utf-16-le")
        signs = [word.encode(code) for word in WORDS for code in codes]
        signs += [json.dumps(word).strip('"').encode() for word in WORDS]
        for name, raw in self.files().items():
            assert not any(sign in raw for sign in signs), name


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


BY_ARGUMENT = [
    ["new", "-y", "{}"],
    ["new", "--json", "{}"],
    ["new", "-y", "--apart", "--attach", "auto", "{}"],
    ["new", "-y", FIRE, "--set", "原因={}"],
    ["new", "-y", FIRE, "--set", "{}"],
    ["new", "-y", FIRE, "--by", "{}"],
    ["new", "-y", FIRE, "--attach", "{}"],
    ["new", "-y", FIRE, "多出来的", "{}"],
    ["new", "--secret", "--channel", "{}"],
    ["new", "--secret", "--channel", "机要交通", "--set", "地点={}"],
    ["classify", "{}"],
    ["classify", "--json", "{}"],
    ["classify", "--set", "地点={}"],
    ["followup", "01", "{}", "--final"],
    ["followup", "01", "{}", "--json"],
    ["followup", "01", "又死1人", "--set", "措施={}"],
    ["followup", "{}", "又死1人"],
    ["sent", "01", "--channel", "{}"],
    ["sent", "01", "--person", "{}"],
    ["sent", "01", "--ref", "{}"],
    ["sent", "01", "--to", "{}"],
    ["sent", "01", "--at", "{}"],
    ["ack", "01", "--person", "{}"],
    ["decide", "01", "应报", "--reason", "{}"],
    ["decide", "01", "{}"],
    ["close", "01", "--reason", "{}"],
    ["undo", "01", "--reason", "{}"],
    ["merge", "01", "--reason", "{}"],
    ["report", "01", "--number", "{}"],
    ["show", "{}"],
    ["list", "--status", "{}"],
    ["rules", "show", "--category", "{}"],
    ["init", "--unit", "{}"],
    ["--drill", "new", "-y", "{}"],
    ["{}"],
]


@pytest.mark.parametrize("line", BY_ARGUMENT, ids=lambda line: " ".join(line)[:40])
def test_a_mark_in_an_argument_stops_the_run_before_anything(office: Office, line: list[str]) -> None:
    office.refuses(*(word.format(MARKED[0]) for word in line))


@pytest.mark.parametrize("note", MARKED, ids=range(len(MARKED)))
def test_a_note_that_was_not_put_in_quotes_is_not_repeated(office: Office, note: str) -> None:
    """The shell makes several words of it, of which all but the first are too many."""
    office.refuses("new", "-y", *note.split())
    office.refuses("classify", *note.split())


READING = [
    ["new", "-y"],
    ["new", "--json"],
    ["new", "-y", "--apart", "--attach", "auto"],
    ["classify"],
    ["classify", "--json", "--explain-reading"],
    ["followup", "01"],
    ["followup", "01", "--final", "--correct", "--json"],
]


@pytest.mark.parametrize("line", READING, ids=lambda line: " ".join(line)[:40])
@pytest.mark.parametrize("code", ["utf-8-sig", "gbk", "utf-16"])
def test_a_marked_note_by_file_or_pipe_is_refused(
    office: Office, tmp_path: Path, line: list[str], code: str
) -> None:
    file = tmp_path / "来电.txt"
    for note in MARKED:
        file.write_bytes(note.encode(code))
        office.refuses(*line, "--file", str(file))
    office.refuses(*line, "-", stdin=MARKED[1].encode(code))


@pytest.mark.parametrize("line", [["sent", "01", "--form", "书面"], ["report", "01", "--check", "--json"]])
def test_a_marked_paper_is_refused(office: Office, line: list[str]) -> None:
    for note in MARKED:
        office.refuses(*line, "--file", "-", stdin=note.encode())


@pytest.mark.parametrize("code", ["gb18030", "latin-1"])
def test_a_note_that_was_opened_in_a_wrong_encoding_is_not_repaired_aloud(office: Office, code: str) -> None:
    """The remedy of garbled text quotes what it seems to have been; not that of a marked one."""
    note = "密级：机密，独角兽行动在城关镇，白鹭三号二人受伤"
    garbled = note.encode("utf-8").decode(code)
    assert "密级" not in garbled
    office.refuses("new", "-y", garbled)
    office.refuses("followup", "01", garbled)


def test_a_marked_line_of_a_batch_is_answered_with_the_mark_alone(office: Office) -> None:
    lines = [
        {"id": 1, "text": MARKED[0]},
        {"id": 2, "facts": {"category": MARKED[1]}},
        {"id": 3, "facts": {MARKED[1]: 1}},
        {"id": 4, "facts": {"place": {"text": MARKED[2]}}},
        {"id": 5, "text": FIRE, "now": MARKED[0]},
        {"id": MARKED[0], "text": FIRE},
        {"id": 7, "text": FIRE},
    ]
    raw = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()
    code, said, opened = office.run("classify", "--jsonl", "-", stdin=raw)
    answers = [json.loads(line) for line in said.splitlines()]
    assert code == 3
    assert ["密级标志" in one.get("error", {}).get("problem", "") for one in answers] == [True] * 6 + [False]
    assert all(one["id"] is None for one in answers[:6])
    assert not any(word in said for word in WORDS)
    assert opened == []
    office.holds_no_word()


def test_a_mark_in_the_environment_is_refused(office: Office) -> None:
    office.refuses("new", "-y", "城关镇起火", JINJI_BY=MARKED[0])


def test_what_is_searched_for_is_no_note(jinji: Jinji) -> None:
    assert jinji("new", "-y", "河西乡一民房起火，机密文件受损", *NOW).code == 0
    assert "河西乡" in jinji("list", "--find", "机密", *NOW).out


REGISTER = ["new", "--secret", "--set", "occurred=9点10分", "--set", "place=城关镇", "--channel", "机要交通"]


def test_time_place_and_channel_can_be_registered_and_nothing_is_judged(jinji: Jinji, home: Path) -> None:
    shown = jinji(*REGISTER, "--to", "市委办公室", *NOW)
    assert shown.code == 0, shown
    assert "已通过机要交通渠道报送市委办公室" in shown.out
    entries = jinji("show", "01", "--json", *NOW).json["entries"]
    assert [entry["kind"] for entry in entries] == ["接报", "成文"]
    data = entries[0]["data"]
    assert data["note"] == ""
    assert data["secret"]["channel"] == "机要交通"
    assert [office["office"] for office in data["secret"]["to"]] == ["市委办公室"]
    told = {name: value for name, value in data["incident"].items() if value}
    assert told.pop("source") == {"unit": None, "person": None, "phone": None, "kind": None}
    assert set(told) == {"title", "occurred", "place", "moments"}
    row = jinji("list", "--json", *NOW).json["cases"][0]
    assert (row["title"], row["decision"], row["grade"]) == ("涉密事件", "未研判", None)
    why = jinji("why", "01", "--json", *NOW).json
    assert (why["verdict"], why["limits"]) == (None, [])
    assert "涉密：机要交通 → 市委办公室" in jinji("show", "01", *NOW).out
    for format in ("text", "phone", "message", "markdown"):
        text = jinji("report", "01", "--format", format, *NOW).out
        assert text == "涉密事件，已通过机要交通渠道报送市委办公室。\n"


def test_wherever_it_is_shown_it_is_said_that_nothing_was_judged(jinji: Jinji) -> None:
    assert jinji(*REGISTER, "--to", "市委办公室", *NOW).code == 0
    assert jinji("sent", "01", *NOW).code == 0

    def looked(*words: str) -> None:
        for line in (["list"], ["show", "01"], ["why", "01"]):
            outcome = jinji(*line, *NOW)
            assert "未达等级" not in outcome.out and "待核" not in outcome.out, outcome.out
            assert all(word in outcome.out for word in ("涉密", *words)), outcome.out

    looked("未研判")
    assert jinji("show", "01", "--json", *NOW).json["decision"] == "未研判"
    assert jinji("at", "2026-03-05T09:30", "01", "--json", *NOW).json["decision"] == "未研判"
    (row,) = jinji("export", "--json", *NOW).json
    assert (row["decision"], row["verdict"], row["grade_low"]) == ("未研判", None, None)
    for line in (["board"], ["next"], ["export"], ["board", "--json"]):
        out = jinji(*line, *NOW).out
        assert "未达等级" not in out and "待核" not in out, out
    assert jinji("decide", "01", "应报", "--reason", "带班领导意见", *NOW).code == 0
    looked("应报")
    assert "未研判" in jinji("show", "01", *NOW).out.splitlines()[1]
    assert jinji("undo", "01", "--entry", "1", "--reason", "误登", *NOW).code == 0
    assert "涉密" not in jinji("list", *NOW).out.replace("涉密事件", "")


def test_the_answer_is_one_object_and_a_drills_text_is_marked(jinji: Jinji) -> None:
    told = jinji(*REGISTER, "--json", *NOW).json
    assert told["secret"] == {"channel": "机要交通", "to": []}
    assert told["verdict"] is None and told["limits"] == []
    assert told["report"]["text"] == "涉密事件，已通过机要交通渠道报送。"
    drilled = jinji(*REGISTER, "--json", "--drill", *NOW).json
    assert drilled["drill"] is True
    assert drilled["report"]["text"].startswith("【演练】")


def test_what_was_registered_goes_its_way_to_the_end(jinji: Jinji) -> None:
    assert jinji(*REGISTER, "--to", "市委办公室", *NOW).code == 0
    told = jinji("sent", "01", "--json", *NOW).json
    assert (told["offices"], told["form"], told["check"]) == (["市委办公室"], "书面", [])
    assert jinji("sent", "01", "--to", "市政府办公室", "--channel", "密码电报", *NOW).code == 0
    sent = [e["data"] for e in jinji("show", "01", "--json", *NOW).json["entries"] if e["kind"] == "报送"]
    assert [data["channel"] for data in sent] == ["机要交通", "密码电报"]
    assert jinji("ack", "01", *NOW).code == 0
    assert jinji("decide", "01", "应报", "--reason", "带班领导意见", *NOW).code == 0
    closed = jinji("close", "01", "--json", *NOW)
    assert (closed.code, closed.json["missing"]) == (0, [])
    for line in (["board"], ["next"], ["export"], ["export", "--entries"], ["ledger", "verify"]):
        assert jinji(*line).code == 0, line


def test_closed_before_it_went_out_that_is_what_it_lacks(jinji: Jinji) -> None:
    assert jinji(*REGISTER, *NOW).code == 0
    assert jinji("close", "01", "--json", *NOW).json["missing"] == ["报送登记"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["城关镇起火"], 2),
        (["-"], 2),
        (["--file", "来电.txt"], 2),
        (["--resume"], 2),
        (["--apart"], 2),
        (["--attach", "auto"], 2),
        (["--set", "死亡=3"], 2),
        (["--set", "原因=吸烟"], 2),
        (["--set", "类别=火灾"], 2),
        (["--set", f"place={'某地某处' * 11}"], 2),
        (["--set", "place=某地\n某处"], 2),
        (["--channel", "某" * 41], 2),
        (["--channel", ""], 2),
        (["--to", "没有这个"], 3),
        (["--set", "occurred=明天"], 3),
    ],
    ids=lambda more: " ".join(more)[:16] if isinstance(more, list) else "",
)
def test_nothing_else_is_taken_of_it(jinji: Jinji, home: Path, more: list[str], code: int) -> None:
    refused(jinji(*REGISTER, *more, *NOW, stdin="城关镇起火"), code)
    assert not list(home.glob("*.jsonl"))


def test_a_channel_without_secret_is_for_sent(jinji: Jinji) -> None:
    refused(jinji("new", "-y", FIRE, "--channel", "传真", *NOW), 2)
    refused(jinji("new", "-y", FIRE, "--to", "市", *NOW), 2)


def test_nothing_is_told_about_it_later_either(jinji: Jinji, home: Path) -> None:
    assert jinji(*REGISTER, *NOW).code == 0
    before = written(home)
    for line in (
        ["followup", "01", "又有1人死亡"],
        ["followup", "01", "--set", "死亡=3"],
        ["followup", "01", "--final"],
        ["new", "-y", FIRE, "--attach", "01"],
        ["sent", "01", "--to", "市委办公室", "--form", "书面", "--file", "-"],
    ):
        outcome = jinji(*line, *NOW, stdin="城关镇起火，1人死亡")
        refused(outcome)
        assert "涉密事件" in outcome.err
    assert written(home) == before


def test_no_call_is_taken_for_news_of_it(jinji: Jinji) -> None:
    assert jinji(*REGISTER, *NOW).code == 0
    told = jinji("new", "-y", "9时10分，城关镇起火，1人死亡", "--attach", "auto", "--json", *NOW).json
    assert (told["case"], told["alike"]) == ("20260305-02", [])
