"""Whatever is put in, the desk gets one sentence and a remedy, and the ledger stays as it was."""

import json
import random
from pathlib import Path

import pytest

from .conftest import Jinji
from .refusal import ENGLISH, refused, written

NOW = ("--now", "2026-03-05T09:30")
FIRE = "昨晚11点半，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"
NO_NOTES = {
    "empty": b"",
    "blank": b" \r\n\t\n",
    "signs-only": "\x1b[2J。。。——\n".encode().replace(b"2J", b""),
    "nul": "起火\x00两人死亡".encode(),
    "binary": random.Random(7).randbytes(5000),
    "controls": b"\x01\x02\x03\x04a" * 50,
    "utf-16-without-mark": FIRE.encode("utf-16-le"),
    "ten-megabytes": "起火了。".encode() * 900_000,
    "too-long": "起火了。".encode() * 6_000,
}


@pytest.fixture
def one_case(jinji: Jinji, home: Path) -> dict[str, bytes]:
    """A ledger with one fire, and its bytes."""
    assert jinji("new", "-y", FIRE, *NOW).code == 0
    return written(home)


@pytest.mark.parametrize("raw", NO_NOTES.values(), ids=NO_NOTES.keys())
@pytest.mark.parametrize("command", [["classify"], ["new", "--yes"]], ids=["classify", "new"])
def test_what_is_no_note_is_refused_from_stdin_and_from_a_file(
    jinji: Jinji, home: Path, tmp_path: Path, command: list[str], raw: bytes
) -> None:
    refused(jinji(*command, "-", *NOW, stdin=raw))
    file = tmp_path / "来电.txt"
    file.write_bytes(raw)
    refused(jinji(*command, "--file", str(file), *NOW))
    assert not home.exists()


@pytest.mark.parametrize(
    "raw", [b"", b" \n", b"\x00" * 40, "火".encode() * 30_000], ids=["empty", "blank", "nul", "long"]
)
def test_a_follow_up_that_says_nothing_enters_nothing(
    jinji: Jinji, home: Path, one_case: dict[str, bytes], raw: bytes
) -> None:
    refused(jinji("followup", "01", "-", *NOW, stdin=raw))
    assert written(home) == one_case


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_note_is_read_in_the_encodings_of_an_office(jinji: Jinji, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "来电.txt"
    file.write_bytes(FIRE.replace("，", "\r\n").encode(encoding))
    answer = jinji("classify", "--file", str(file), "--json", *NOW).json
    assert answer["incident"]["measures"]["deaths"]["low"] == 2
    assert answer["incident"]["category"] == "火灾"


def test_a_note_given_as_an_argument_in_another_code_page_is_read_all_the_same(jinji: Jinji) -> None:
    typed = FIRE.encode("gbk").decode("utf-8", "surrogateescape")
    assert jinji("classify", typed, "--json", *NOW).json["incident"]["measures"]["deaths"]["low"] == 2


@pytest.mark.parametrize("path", ["", "不在.txt", "/dev/zero", "x" * 300])
def test_a_note_file_that_cannot_be_read_is_named_with_its_cause(
    jinji: Jinji, home: Path, tmp_path: Path, path: str
) -> None:
    refused(jinji("new", "-y", "--file", str(tmp_path / path), *NOW))
    assert not home.exists()


def test_of_a_note_without_end_only_the_first_two_megabytes_are_read(jinji: Jinji) -> None:
    assert "2 MB" in jinji("classify", "--file", "/dev/zero", *NOW).err
    assert "2 MB" in jinji("classify", "-", *NOW, stdin=NO_NOTES["ten-megabytes"]).err


def test_two_notes_at_once_are_one_too_many(jinji: Jinji, home: Path) -> None:
    refused(jinji("new", "-y", FIRE, "--file", "x.txt", *NOW), 2)
    refused(jinji("classify", FIRE, "--jsonl", "-", *NOW), 2)
    assert not home.exists()


@pytest.mark.parametrize(
    "command", [["classify"], ["new"], ["new", "--yes"], ["new", "--no-input"], ["new", "--json"]]
)
def test_without_a_note_nothing_is_asked_in_a_pipe(jinji: Jinji, command: list[str]) -> None:
    refused(jinji(*command, *NOW, stdin="两人死亡\n"), 2)


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("昨天", 2),
        ("2026-02-30T10:00", 2),
        ("99999-01-01", 2),
        ("1900-01-01T00:00", 3),
        ("9999-12-31T23:59", 3),
        ("0001-01-01T00:00:00+14:00", 2),
    ],
)
def test_a_clock_that_no_clock_shows_is_refused(
    jinji: Jinji, home: Path, monkeypatch: pytest.MonkeyPatch, now: str, code: int
) -> None:
    for command in (["new", "-y", FIRE], ["classify", FIRE], ["board"], ["next"], ["list"], ["export"]):
        refused(jinji(*command, "--now", now), code)
    monkeypatch.setenv("JINJI_NOW", now)
    refused(jinji("next"), code)
    assert not home.exists()


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("刚才", 2),
        ("24:00", 2),
        ("9:5", 2),
        ("09:32", 3),
        ("2026-03-05T09:32", 3),
        ("2027-03-05T09:30", 3),
        ("1900-03-05T09:30", 3),
        ("2026-03-05T09:19", 2),
    ],
)
def test_a_moment_that_has_not_come_or_lies_far_back_without_a_reason_is_refused(
    jinji: Jinji, home: Path, one_case: dict[str, bytes], at: str, code: int
) -> None:
    for command in (["new", "-y", FIRE], ["followup", "01", "又死1人"], ["sent", "01"], ["close", "01"]):
        refused(jinji(*command, "--at", at, *NOW), code)
    assert written(home) == one_case


@pytest.mark.parametrize(
    "note", ["2027年1月1日城关镇发生火灾，1人死亡", "1900年1月1日城关镇发生火灾，1人死亡"]
)
def test_a_time_in_the_note_that_cannot_be_is_left_out_and_asked(jinji: Jinji, note: str) -> None:
    answer = jinji("classify", note, "--json", *NOW).json
    assert answer["incident"]["occurred"] is None
    assert any("核实事发时间" in doubt for doubt in answer["doubts"])
    assert answer["verdict"]["decision"] == "应报"


BAD_SETS = [
    "死亡=-1",
    "deaths=NaN",
    "deaths=inf",
    "deaths=1e999",
    "deaths=0x3",
    "deaths=3.5",
    "deaths=99999999999",
    "死亡=3-99999999999",
    "deaths=3=4",
    "受伤=5-3",
    "direct_loss_wan=-5",
    "direct_loss_wan=" + "9" * 400,
    "死亡=很多",
    "死亡=" + "九" * 3000,
    "时间=2027-01-01 00:00",
    "时间=1900-01-01 00:00",
    "时间=明天",
    "时间=25:99",
    "时间=" + "9" * 500,
    "类别=外星人",
    "类别=[red]火灾",
    "没有的项=1",
    "=3",
    "deaths",
    "",
    "\udcff=1",
    "\x1b[2J=1",
]


@pytest.mark.parametrize(
    "line",
    [["classify", "--set", "死亡=3"], ["new", "-y", FIRE, "--set", "死亡=3"], ["followup", "01", "又死1人"]],
    ids=["classify", "new", "followup"],
)
def test_a_value_that_cannot_be_is_refused_wherever_it_is_set(
    jinji: Jinji, home: Path, one_case: dict[str, bytes], line: list[str]
) -> None:
    for pair in BAD_SETS:
        refused(jinji(*line, "--set", pair, *NOW))
    assert written(home) == one_case


BAD_FACTS = [
    {"measures": {"deaths": -1}},
    {"measures": {"deaths": [5, 3]}},
    {"measures": {"deaths": 0.5}},
    {"measures": {"deaths": [3, 4.5]}},
    {"measures": {"deaths": 10**9}},
    {"measures": {"deaths": [3, 10**12]}},
    {"measures": {"deaths": True}},
    {"measures": {"deaths": "3"}},
    {"measures": {"deaths": None}},
    {"measures": {"deaths": []}},
    {"measures": {"deaths": [1, 2, 3]}},
    {"measures": {"deaths": {"low": 3, "high": 2}}},
    {"measures": {"direct_loss_wan": 1e300}},
    {"measures": {"什么": 1}},
    {"measures": [3]},
    {"category": "外星人"},
    {"category": 3},
    {"place": 3},
    {"tags": "校园"},
    {"tags": [3]},
    {"title": 3},
    {"occurred": 3},
    {"occurred": "不是时间"},
    {"occurred": "2027-01-01T00:00"},
    {"occurred": {"at": "1900-01-01T00:00"}},
    {"occurred": {"at": "2026-03-05T01:00", "until": "2026-03-04T01:00"}},
    {"occurred": {"at": "2026-03-05T01:00", "precision": "秒"}},
    {"moments": "x"},
    {"moments": {"received": "x"}},
    {"moments": {"什么": "2026-03-05T01:00"}},
    {"moments": {"alarm": "2027-03-05T01:00"}},
    {"source": "某人"},
    {"source": {"age": 3}},
    {"什么": 1},
    [],
    "x",
    None,
]


def test_structured_facts_that_cannot_be_are_an_error_in_their_own_line(jinji: Jinji) -> None:
    good = {"id": "好", "facts": {"category": "火灾", "measures": {"deaths": 3}}}
    lines = [line for place, facts in enumerate(BAD_FACTS) for line in ({"id": place, "facts": facts}, good)]
    outcome = jinji(
        "classify", "--jsonl", "-", *NOW, stdin="".join(json.dumps(line) + "\n" for line in lines)
    )
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert (outcome.code, outcome.err, len(answers)) == (3, "", len(lines))
    assert all(answer["verdict"]["decision"] == "应报" for answer in answers[1::2])
    for place, answer in enumerate(answers[::2]):
        assert list(answer) == ["id", "error"], BAD_FACTS[place]
        assert answer["id"] == place
        assert answer["error"]["problem"].endswith("。")
        assert answer["error"]["remedy"]
        assert not ENGLISH.search(json.dumps(answer, ensure_ascii=False))


BAD_LINES = [
    b"not json",
    b"[]",
    b"3",
    b'"x"',
    b"null",
    b"{",
    b"[" * 100_000,
    b"\xff\xfe",
    FIRE.encode("gbk"),
    b'{"id": "x"}',
    b'{"id": "x", "text": 3}',
    b'{"id": "x", "text": ""}',
    b'{"id": NaN, "text": "x"}',
    b'{"id": "x", "facts": {"measures": {"deaths": Infinity}}}',
    b'{"id": "x", "facts": {"measures": {"deaths": 1e999}}}',
    b'{"id": "x", "text": "x", "facts": {}}',
    b'{"id": "x", "text": "x", "now": "x"}',
    b'{"id": "x", "text": "x", "now": 3}',
    b'{"id": "x", "text": "x", "now": "9999-12-31T23:59"}',
    b'{"id": "x", "text": "x", "now": "1900-01-01T00:00"}',
]


def test_a_line_that_cannot_be_read_is_answered_and_the_run_goes_on(jinji: Jinji) -> None:
    good = json.dumps({"id": 7, "text": FIRE}).encode()
    outcome = jinji("classify", "--jsonl", "-", *NOW, stdin=b"\n".join([good, *BAD_LINES, b"", good]))
    answers = [json.loads(line, parse_constant=pytest.fail) for line in outcome.out.splitlines()]
    assert outcome.code == 3
    assert len(answers) == len(BAD_LINES) + 2
    assert answers[0]["id"] == answers[-1]["id"] == 7
    for answer in answers[1:-1]:
        assert set(answer) == {"id", "error"}, answer
        assert answer["id"] in (None, "x")


@pytest.mark.parametrize(
    "ident",
    [
        "1e999",
        "[[[[]]]]",
        "[" * 800 + "]" * 800,
        '{"a": 1}',
        "null",
        "true",
        '"\\ud800"',
        "12345678901234567890",
    ],
)
def test_an_id_never_spoils_the_line_that_carries_it(jinji: Jinji, ident: str) -> None:
    outcome = jinji("classify", "--jsonl", "-", *NOW, stdin=f'{{"id": {ident}, "text": "起火"}}\n')
    answer = json.loads(outcome.out, parse_constant=pytest.fail)
    assert outcome.code == 0
    assert answer["incident"]["category"] == "火灾"


def test_more_seriously_hurt_than_hurt_is_judged_by_the_graver_figure(jinji: Jinji) -> None:
    outcome = jinji(
        "classify",
        "--set",
        "类别=火灾",
        "--set",
        "受伤=3",
        "--set",
        "重伤=5",
        "--standards",
        "ningxia",
        "--json",
        *NOW,
    )
    assert outcome.json["verdict"]["decision"] == "应报"
    assert outcome.json["incident"]["measures"]["injured"]["low"] == 3


CASE_COMMANDS = [
    ["show"],
    ["why"],
    ["report"],
    ["sent"],
    ["ack"],
    ["close"],
    ["reopen"],
    ["followup", "又死1人"],
    ["decide", "不报", "--reason", "x"],
    ["sign", "--person", "李主任"],
    ["call", "--reached", "--standards", "broadcaster"],
    ["release", "--unit", "县委宣传部", "--text", "火已扑灭"],
]


@pytest.mark.parametrize("command", CASE_COMMANDS, ids=[command[0] for command in CASE_COMMANDS])
def test_a_case_that_is_not_there_is_refused(
    jinji: Jinji, home: Path, one_case: dict[str, bytes], command: list[str]
) -> None:
    for name in ("99", "20260305-99", "-99", "", " ", "-", "../01", "\x1b[2J", "0305-01", "%s{0}"):
        refused(jinji(command[0], name, *command[1:], *NOW))
    assert written(home) == one_case


@pytest.mark.parametrize("command", CASE_COMMANDS, ids=[command[0] for command in CASE_COMMANDS])
def test_an_empty_ledger_has_no_case_and_gets_no_file(jinji: Jinji, home: Path, command: list[str]) -> None:
    for name in ("latest", "01"):
        refused(jinji(command[0], name, *command[1:], *NOW))
    assert not home.exists()


def test_a_tail_that_fits_two_open_cases_is_refused_and_names_them(
    jinji: Jinji, home: Path, one_case: object
) -> None:
    assert jinji("new", "-y", "河西乡一民房垮塌", "--now", "2026-03-06T08:00").code == 0
    before = written(home)
    for command in CASE_COMMANDS:
        outcome = jinji(command[0], "01", *command[1:], "--now", "2026-03-06T08:01")
        refused(outcome)
        assert "20260305-01、20260306-01" in outcome.err
    assert written(home) == before
    assert jinji("close", "20260305-01", "--now", "2026-03-06T08:02").code == 0
    assert "20260306-01" in jinji("show", "01", "--now", "2026-03-06T08:03").out


BAD_PACKS = {
    "broken": b"a = [",
    "empty": b"",
    "twice": b'id = "x"\nid = "y"\n',
    "not-utf8": b"\xff\xfe\x00i",
    "unknown-key": 'id = "x"\ntitle = "某标准"\nextends = ["county"]\nbogus = 1\n'.encode(),
    "unknown-pack": 'id = "x"\ntitle = "某标准"\nextends = ["没有的"]\n'.encode(),
    "itself": 'id = "x"\ntitle = "某标准"\nextends = ["./itself.toml"]\n'.encode(),
}


@pytest.mark.parametrize("name", BAD_PACKS)
def test_a_pack_that_cannot_be_used_is_refused_and_nothing_is_entered(
    jinji: Jinji, home: Path, tmp_path: Path, name: str
) -> None:
    pack = tmp_path / f"{name}.toml"
    pack.write_bytes(BAD_PACKS[name])
    for command in (["classify", FIRE], ["new", "-y", FIRE], ["board"], ["next"]):
        outcome = jinji(*command, "--standards", str(pack), *NOW)
        assert outcome.code == 3
        assert outcome.out == ""
        assert "Traceback" not in outcome.err
        assert pack.name in outcome.err or "没有的" in outcome.err
        assert len(outcome.err.strip().split("\n")) == 2
    assert not home.exists()


def test_an_unknown_key_of_a_pack_is_named_with_its_file(jinji: Jinji, tmp_path: Path) -> None:
    pack = tmp_path / "本县.toml"
    pack.write_bytes(BAD_PACKS["unknown-key"])
    outcome = jinji("classify", FIRE, "--standards", str(pack), *NOW)
    refused(outcome)
    assert "bogus" in outcome.err
    assert "本县.toml" in outcome.err


@pytest.mark.parametrize(
    "name", ["没有的", "COUNTY", "../rules/county", "%s{x}", "a\nb", "\udcff", "/dev/null", "."]
)
def test_a_pack_that_is_not_there_is_refused_with_those_that_are(
    jinji: Jinji, home: Path, tmp_path: Path, name: str
) -> None:
    for given in (name, str(tmp_path)):
        outcome = jinji("new", "-y", FIRE, "--standards", given, *NOW)
        assert outcome.code == 3
        assert outcome.out == ""
        assert "county" in outcome.err
    assert not home.exists()


@pytest.mark.parametrize("where", ["a-file", "under-a-file", "/proc/nowhere"])
def test_a_data_folder_that_cannot_be_written_is_said(
    jinji: Jinji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    file = tmp_path / "文件"
    file.write_bytes(b"x")
    home = {"a-file": file, "under-a-file": file / "x" / "y"}.get(where, Path(where))
    monkeypatch.setenv("JINJI_HOME", str(home))
    outcome = jinji("new", "-y", FIRE, *NOW)
    assert outcome.code in (3, 5)
    assert outcome.out == ""
    assert str(home) in outcome.err
    assert "Traceback" not in outcome.err
    assert "程序出错" not in outcome.err
    assert file.read_bytes() == b"x"


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(
    jinji: Jinji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "文件").write_bytes(b"x")
    monkeypatch.setenv("JINJI_CACHE", str(tmp_path / "文件" / "cache"))
    outcome = jinji("new", "-y", FIRE, "--json", *NOW)
    assert outcome.code == 0
    assert outcome.err == ""


@pytest.mark.parametrize(
    "raw",
    [
        b"a = [",
        b"bogus = 1\n",
        b"unit = 3\n",
        b"\xff\xfe",
        b'standards = "nope"\n',
        b'unit = "a"\nunit = "b"\n',
    ],
)
def test_settings_that_cannot_be_used_are_refused_by_every_command(
    jinji: Jinji, home: Path, raw: bytes
) -> None:
    home.mkdir()
    (home / "jinji.toml").write_bytes(raw)
    for command in (["new", "-y", FIRE], ["classify", FIRE], ["next"], ["list"], ["export"]):
        outcome = jinji(*command, *NOW)
        assert outcome.code == 3
        assert outcome.out == ""
        assert len(outcome.err.strip().split("\n")) == 2
        assert "Traceback" not in outcome.err
    assert list(written(home)) == ["jinji.toml"]


def test_a_settings_file_that_is_named_but_not_there_is_said(
    jinji: Jinji, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JINJI_CONFIG", str(home / "没有.toml"))
    refused(jinji("new", "-y", FIRE, *NOW))
    assert not home.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: b"rubbish\n" + raw,
        lambda raw: raw + b"rubbish\n",
        lambda raw: b"\n" + raw,
        lambda raw: b"[]\n" + raw,
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: b"\xff" + raw,
    ],
    ids=["first", "last", "empty-line", "list", "mark", "no-text"],
)
def test_a_line_of_the_ledger_that_is_no_entry_stops_every_command(
    jinji: Jinji, home: Path, one_case: dict[str, bytes], spoil: object
) -> None:
    file = home / "ledger.jsonl"
    file.write_bytes(spoil(file.read_bytes()))  # type: ignore[operator]
    before = written(home)
    for command in (
        ["list"],
        ["next"],
        ["board"],
        ["export"],
        ["export", "--entries"],
        ["show", "latest"],
        ["close", "01"],
        ["new", "-y", FIRE],
    ):
        refused(jinji(*command, *NOW), 4)
    assert jinji("ledger", "verify").code == 4
    assert written(home) == before


def test_a_figure_altered_in_the_ledger_is_found_by_verify(
    jinji: Jinji, home: Path, one_case: object
) -> None:
    file = home / "ledger.jsonl"
    file.write_bytes(file.read_bytes().replace("2人死亡，1人重伤".encode(), "1人死亡，1人重伤".encode(), 1))
    outcome = jinji("ledger", "verify", "--json")
    assert outcome.code == 4
    assert outcome.json["holds"] is False


def test_an_end_that_was_never_finished_is_told_by_reading_commands_too(
    jinji: Jinji, home: Path, one_case: object
) -> None:
    file = home / "ledger.jsonl"
    file.write_bytes(file.read_bytes() + b'{"v":1,"seq":4,')
    for command in (
        ["list"],
        ["board"],
        ["next"],
        ["show", "01"],
        ["why", "01"],
        ["report", "01"],
        ["export"],
    ):
        outcome = jinji(*command, "--json", *NOW) if command != ["export"] else jinji("export", *NOW)
        assert "15 字节" in outcome.err, command
        assert outcome.json


USAGE = [
    (["nope"], "没有“nope”这个命令"),
    (["shwo", "01"], "是不是 show"),
    (["rules", "nope"], "没有“nope”这个命令"),
    (["classify", "--jsno", FIRE], "是不是 --json"),
    (["classify", "-x"], "没有 -x 这个选项"),
    (["board", "--find", "x"], "--find"),
    (["classify", "--set"], "--set 后面要有值"),
    (["board", "--json=3"], "--json 后面不能带值"),
    (["classify", "甲", "乙"], "多出了 乙"),
    (["show"], "缺少 案卷"),
    (["decide", "01"], "缺少 应报|不报"),
    (["decide", "01", "也许"], "应报、不报"),
    (["sent", "01", "--form", "传真"], "电话、书面、信息"),
    (["list", "--status", "x"], "在办、已结"),
    (["export", "--format", "xml"], "jsonl、json、csv"),
    (["report", "01", "--stage", "x"], "首报、续报、终报"),
    (["report", "01", "--format", "docx"], "markdown"),
    (["report", "01", "--number", "x"], "1 或更大的整数"),
    (["report", "01", "--number", "0"], "1 或更大的整数"),
    (["board", "--page", "-1"], "1 或更大的整数"),
    (["list", "--since", "某天"], "--since"),
    (["export", "--until", "2026-13-01"], "--until"),
    (["export", "--excel"], "--format csv"),
    (["new", "-y", "-三人死亡"], "前面加 --"),
]


@pytest.mark.parametrize(("line", "said"), USAGE, ids=[" ".join(line)[:30] for line, _ in USAGE])
def test_a_slip_in_the_command_line_is_answered_in_chinese(
    jinji: Jinji, home: Path, line: list[str], said: str
) -> None:
    outcome = jinji(*line)
    refused(outcome, 2)
    assert said in outcome.err
    assert not home.exists()


def test_a_note_that_opens_with_a_dash_goes_behind_two_dashes(jinji: Jinji) -> None:
    outcome = jinji("classify", "--json", *NOW, "--", "-城关镇东街一服装店起火，3人死亡")
    assert outcome.json["incident"]["measures"]["deaths"]["low"] == 3


def test_a_case_is_called_by_its_tail_with_the_dash_as_well(jinji: Jinji, one_case: object) -> None:
    for line in (["show", "-01"], ["show", "--json", "-01"], ["show", "01"], ["why", *NOW, "--", "-01"]):
        outcome = jinji(*line) if "--" in line else jinji(*line, *NOW)
        assert outcome.code == 0
        assert "20260305-01" in outcome.out
    refused(jinji("followup", "01", "-3", *NOW), 2)


@pytest.mark.parametrize(
    "line",
    [
        ["--help"],
        ["classify", "--help"],
        ["decide", "--help"],
        ["rules", "show", "--help"],
        ["ledger", "--help"],
    ],
)
def test_help_is_chinese_to_the_last_word(jinji: Jinji, line: list[str]) -> None:
    outcome = jinji(*line)
    assert outcome.code == 0
    assert outcome.out.startswith("用法：jinji")
    for word in (
        "Usage",
        "Options",
        "OPTIONS",
        "Arguments",
        "Commands",
        "COMMAND",
        "ARGS",
        "Show this",
        "required",
        "env var",
        "default:",
    ):
        assert word not in outcome.out


@pytest.mark.parametrize("line", [[], ["rules"], ["ledger"]])
def test_a_command_left_out_is_answered_with_what_there_is(jinji: Jinji, line: list[str]) -> None:
    outcome = jinji(*line)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("用法：")
    assert "Usage" not in outcome.err


def test_half_characters_in_an_argument_lose_nothing_else(jinji: Jinji) -> None:
    assert jinji("new", "-y", f"\udcff\ud83d{FIRE}", "--by", "\udcff张", "--json", *NOW).code == 0
    assert jinji("show", "01", "--json", *NOW).json["entries"][0]["by"] == "\udcff张"
    assert jinji("export", *NOW).json["recorded_by"] == "\udcff张"
    assert jinji("export", "--format", "json", *NOW).json[0]["recorded_by"] == "\udcff张"
    assert json.loads(jinji("export", "--entries", *NOW).out.splitlines()[0])["by"] == "\udcff张"
    for line in (["export", "--format", "csv"], ["show", "01"], ["list"]):
        outcome = jinji(*line, *NOW)
        assert outcome.code == 0
        assert "城关镇" in outcome.out
    assert jinji("ledger", "verify").code == 0


LONG = "某" * 41


@pytest.mark.parametrize(
    "typed",
    [
        ("sent", "01", "--form", "电话", "--person", LONG),
        ("sent", "01", "--form", "电话", "--channel", LONG),
        ("sent", "01", "--form", "电话", "--ref", LONG),
        ("ack", "01", "--person", LONG),
        ("sign", "01", "--person", LONG),
        ("release", "01", "--unit", LONG, "--text", "火已扑灭"),
        ("told", "01", "2人死亡", "--unit", LONG),
        ("consult", "01", "--unit", LONG, "--ask", "会不会复燃"),
        ("request", "01", "--kind", "核报", "--from", "市", "--text", "核实", "--person", LONG),
        ("answer", "01", "--form", "电话", "--text", "已核", "--unit", LONG),
        ("lead", "verify", "01", "--state", "属实", "--text", "属实", "--unit", LONG),
    ],
)
def test_a_story_in_the_place_of_a_name_is_refused(
    jinji: Jinji, home: Path, one_case: dict[str, bytes], typed: tuple[str, ...]
) -> None:
    outcome = jinji(*typed, *NOW)
    refused(outcome, 2)
    assert "太长（41 个字）" in outcome.err and written(home) == one_case


def test_a_name_of_two_lines_stands_on_one(jinji: Jinji, one_case: dict[str, bytes]) -> None:
    assert "李\n" not in jinji("sign", "01", "--person", "李\n台长", *NOW).out
    assert jinji("log", "01").out.count("李 台长") == 1


def test_what_a_second_receipt_is_told_to_say_makes_it_one(jinji: Jinji, one_case: dict[str, bytes]) -> None:
    assert jinji("sent", "01", "--form", "电话", "--to", "市委办公室", *NOW).code == 0
    ack = ("ack", "01", "--from", "市委办公室", "--person", "李值班", *NOW)
    assert jinji(*ack).code == 0
    again = jinji(*ack)
    refused(again, 3)
    assert "--ref；" in again.err and jinji(*ack, "--ref", "回0123").code == 0
