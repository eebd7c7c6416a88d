"""Text from outside stays text: no escape, no markup, no format string, no formula, no path."""

import csv
import io
import json
import unicodedata
from pathlib import Path

import pytest

from .conftest import Jinji
from .refusal import refused, written

NOW = ("--now", "2026-03-05T09:30")
LATER = ("--now", "2026-03-05T09:35")
NOTE = (
    "\x1b[2J\x1b]0;own\x07[red]城关镇[/red]东街[b]一服装店[/]起火，{0} {x} {x.__class__} %s %(a)d $(id) `id`，=cmd|'/c calc'!A0，"
    "2人死亡，../../../etc/passwd \u202e\u2066翻转 <script>alert(1)</script> |甲|乙| **粗** :fire: \x9b31m"
)
# Each in a field that stands first in some cell or line.
FIELDS = {
    "地点": '=HYPERLINK("http://x")',
    "标签": "=1+1、-2",
    "原因": "+cmd{0}",
    "措施": "-rm %s",
    "领导": "@[bold]王[/]",
    "来源单位": "＝u\x1b[31m",
    "报告人": "\t=p",
    "电话": "-1",
}
READING = [
    ["show", "01"],
    ["why", "01"],
    ["list"],
    ["list", "--find", "[red]"],
    ["board"],
    ["next"],
    ["ledger", "verify"],
    *(["report", "01", "--format", form] for form in ("text", "phone", "message", "markdown")),
    *(
        ["report", "01", "--stage", "首报", "--format", form]
        for form in ("text", "phone", "message", "markdown")
    ),
]


def steers(text: str) -> list[str]:
    """The characters of `text` that steer a terminal."""
    return [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs")]


@pytest.fixture
def night(jinji: Jinji) -> Jinji:
    """A case in which every word that an officer or a caller can give is hostile."""
    sets = [word for field, value in FIELDS.items() for word in ("--set", f"{field}={value}")]
    lines = [
        ["new", "-y", NOTE, *sets, "--by", "=by()", "--reason", "[red]{z}%s\x1b[0m"],
        [
            "sent",
            "01",
            "--form",
            "电话",
            "--channel",
            "=chan",
            "--person",
            "\x1b[2J[red]人[/]",
            "--ref",
            "@ref",
            "--by",
            "-by",
        ],
        ["ack", "01", "--person", "+p{0}", "--ref", "=r"],
        ["decide", "01", "应报", "--reason", '=WEBSERVICE("x"){0}'],
        ["followup", "01", f"+cmd() 又有1人死亡，{NOTE[:40]}"],
    ]
    for line in lines:
        outcome = jinji(*line, *NOW)
        assert outcome.code == 0, outcome
        assert not steers(outcome.out + outcome.err), line
    return jinji


def test_no_screen_carries_an_escape_and_every_markup_stays(night: Jinji) -> None:
    for line in READING:
        outcome = night(*line, *(LATER if line[0] != "ledger" else ()))
        assert outcome.code in (0, 20), outcome
        assert not steers(outcome.out + outcome.err), line
        if line[0] in ("show", "why", "board", "next", "list"):
            assert "=HYPERLINK" in outcome.out, line
    shown = night("show", "01", *LATER).out
    assert "[red]城关镇[/red]东街[b]一服装店[/]起火" in shown
    assert "+cmd() 又有1人死亡" in shown
    assert "（[red]{z}%s[0m）" in shown
    assert "[red]人[/]" in shown


def test_json_carries_every_character_as_it_was_given(night: Jinji) -> None:
    entries = night("show", "01", "--json", *LATER).json["entries"]
    assert entries[0]["data"]["note"] == NOTE
    assert entries[0]["by"] == "=by()"
    assert entries[0]["data"]["incident"]["cause"] == "+cmd{0}"
    assert entries[3]["data"]["person"] == "\x1b[2J[red]人[/]"
    exported = [json.loads(line) for line in night("export", "--entries", *LATER).out.splitlines()]
    assert [row["data"] for row in exported] == [entry["data"] for entry in entries]
    assert json.loads(night("export", *LATER).out)["place"] == '=HYPERLINK("http://x")'


@pytest.mark.parametrize("more", [[], ["--entries"]])
def test_no_cell_of_a_table_is_a_formula(night: Jinji, more: list[str]) -> None:
    text = night("export", "--format", "csv", *more, *LATER).out.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.strip()[:1] in tuple("=+-@＝＋－＠\t\r") and cell.strip()]
    if "--entries" not in more:
        row = rows[0]
        for column in ("title", "place", "tags", "officer_reason", "recorded_by"):
            assert row[column].startswith("'="), column
        assert row["place"] == "'" + FIELDS["地点"]
    else:
        assert {row["by"] for row in rows} == {"'=by()", "'-by", "张值班"}


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠", " =", "  -"])
def test_whatever_opens_a_formula_is_made_harmless(jinji: Jinji, opening: str) -> None:
    assert jinji("new", "-y", "城关镇起火", "--by", f"{opening}1+1", *NOW).code == 0
    text = jinji("export", "--format", "csv", *NOW).out
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["recorded_by"] == f"'{opening}1+1"


def test_a_cell_keeps_its_commas_quotes_and_lines(jinji: Jinji) -> None:
    reason = '甲,乙"丙"\n丁\r\n戊;己|庚'
    assert jinji("new", "-y", "城关镇起火", *NOW).code == 0
    assert jinji("decide", "01", "应报", "--reason", reason, *NOW).code == 0
    (row,) = csv.DictReader(io.StringIO(jinji("export", "--format", "csv", *NOW).out, newline=""))
    assert row["officer_reason"] == reason


def test_no_name_from_outside_becomes_a_file(night: Jinji, home: Path, tmp_path: Path) -> None:
    assert list(written(home)) == ["ledger.jsonl"]
    assert {path.name for path in tmp_path.iterdir()} == {"home"}
    for name in ("../../../etc/没有", "~/x", "file:///etc/passwd", "|id", "C:\\x", "\x1b[2J"):
        refused(night("classify", "--file", name, *NOW))
        refused(night("show", name, *NOW))
    assert list(written(home)) == ["ledger.jsonl"]


@pytest.mark.parametrize(
    "line",
    [
        ["show", "[red]{0}%s\x1b[2J"],
        ["classify", "--set", "[red]{0}%s\x1b[2J=1"],
        ["classify", "--file", "[red]{0}%s\x1b[2J"],
        ["classify", "起火", "--standards", "[red]{0}%s\x1b[2J"],
        ["sent", "01", "--to", "[red]{0}%s\x1b[2J"],
        ["rules", "show", "--category", "[red]{0}%s\x1b[2J"],
    ],
    ids=["case", "set", "file", "standards", "office", "category"],
)
def test_an_error_quotes_what_was_typed_without_what_steers(night: Jinji, line: list[str]) -> None:
    outcome = night(*line, *NOW)
    refused(outcome)
    assert "[red]{0}%s[2J" in outcome.err


MARKED = [
    "机密★5年\n城关镇东街一服装店起火，2人死亡",
    "密级：秘密 城关镇东街一服装店起火，2人死亡",
    "【机密】城关镇东街一服装店起火，2人死亡",
    "绝密\n城关镇东街一服装店起火，2人死亡",
    "★城关镇东街一服装店起火，2人死亡",
]
WORD = "独角兽行动"


def traces(*folders: Path) -> list[Path]:
    """The files that hold the word of the secret notes, in any encoding that an office uses."""
    words = [WORD.encode(code) for code in ("utf-8", "gbk", "utf-16-le")] + [
        json.dumps(WORD).strip('"').encode()
    ]
    return [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and any(word in path.read_bytes() for word in words)
    ]


@pytest.mark.parametrize("note", MARKED, ids=range(len(MARKED)))
def test_a_note_with_a_secrecy_mark_is_written_nowhere(
    jinji: Jinji, home: Path, cache_folder: Path, tmp_path: Path, note: str
) -> None:
    assert jinji("new", "-y", "河西乡一民房起火", *NOW).code == 0
    before = written(home)
    secret = f"{note}{WORD}"
    for line in (
        ["new", "-y", secret],
        ["new", "--json", secret],
        ["new", "--no-input", secret],
        ["followup", "01", secret],
        ["followup", "01", secret, "--final", "--correct"],
    ):
        outcome = jinji(*line, *NOW)
        refused(outcome)
        assert "密级" in outcome.err
        assert WORD not in outcome.err
    piped = jinji("new", "-y", "-", *NOW, stdin=secret.encode("gbk"))
    told, _, piped.err = piped.err.partition("\n")
    assert told.startswith("注意：标准输入按 GBK 编码读")
    refused(piped)
    assert written(home) == before
    assert traces(home, cache_folder) == []


@pytest.mark.parametrize(
    "line",
    [
        ["new", "-y", "城关镇起火", "--set"],
        ["followup", "01", "又死1人", "--set"],
        ["new", "-y", "城关镇起火", "--reason"],
        ["new", "-y", "城关镇起火", "--by"],
        ["sent", "01", "--channel"],
        ["sent", "01", "--person"],
        ["sent", "01", "--ref"],
        ["decide", "01", "不报", "--reason"],
        ["close", "01", "--reason"],
    ],
    ids=lambda line: f"{line[0]} {line[-1]}",
)
def test_a_mark_in_an_option_is_written_no_more_than_one_in_a_note(
    jinji: Jinji, home: Path, cache_folder: Path, line: list[str]
) -> None:
    assert jinji("new", "-y", "河西乡一民房起火，1人死亡", *NOW).code == 0
    before = written(home)
    marked = f"机密★5年 {WORD}"
    refused(jinji(*line, f"原因={marked}" if line[-1] == "--set" else marked, *NOW))
    assert written(home) == before
    assert traces(home, cache_folder) == []


@pytest.mark.parametrize(
    "note",
    [
        "网吧计算机密码泄露，城关镇东街网吧起火，1人死亡",
        "城关镇一企业商业秘密被窃，1人死亡",
        "密级：无 城关镇起火，1人死亡",
    ],
)
def test_ordinary_words_are_no_mark(jinji: Jinji, note: str) -> None:
    assert jinji("new", "-y", note, *NOW).code == 0
    assert jinji("show", "01", "--json", *NOW).json["entries"][0]["data"]["note"] == note
