"""`jinji rules check` as the desk sees it: findings with file and line, 0 clean, 1 findings, 3 unreadable."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from tests.standards.check.base import CHECK_BASE

from jinji_report.standards.load import shipped_packs

UNKNOWN = """
[[watch]]
id = "w.x"
days = 7
category = "火警"
clause = "某条例第十三条"
confidence = "confirmed"
"""
RECALLED = """
[[watch]]
id = "w.x"
days = 7
category = "火灾"
clause = "某条例第十三条"
confidence = "recalled"
"""
ALLOW = '\n[[allow]]\ncode = "J701"\nreason = "等文件下来再改"\n'


@pytest.fixture
def pack(tmp_path):
    """Write the base with `more` at its end (or another text) as `county-a.toml`."""

    def write(more="", *, text=None, encoding="utf-8", newline="\n"):
        path = tmp_path / "county-a.toml"
        whole = CHECK_BASE + more if text is None else text
        path.write_text(whole.replace("\n", newline), encoding=encoding, newline="")
        return path

    return write


def line_of(path, words):
    lines = path.read_text(encoding="utf-8").splitlines()
    return max(number for number, line in enumerate(lines, start=1) if line.startswith(words))


# ------------------------------------------------------------------ clean, findings, accepted


def test_a_clean_pack_gets_one_calm_line(jinji, pack):
    done = jinji("rules", "check", str(pack()))
    assert done.code == 0
    assert done.out == "base 没有发现问题：1 个文件，14 条。\n"
    assert done.err == ""


def test_a_finding_has_its_file_line_code_row_excerpt_sentence_and_remedy(jinji, pack):
    path = pack(UNKNOWN)
    done = jinji("rules", "check", str(path))
    assert done.code == 1
    assert done.err == ""
    lines = done.out.splitlines()
    assert lines[0] == f"【{path}】"
    assert lines[1] == f"county-a.toml:{line_of(path, 'category = ')}  J301  错误  w.x"
    assert lines[2] == '    category = "火警"'
    assert "火警" in lines[3]
    assert lines[4].startswith("    改法：是不是“火灾”？")
    assert lines[-1].startswith("共 1 条：错误 1。")
    assert "jinji rules explain J301" in lines[-1]


def test_a_warning_alone_is_a_finding_too(jinji, pack):
    done = jinji("rules", "check", str(pack(RECALLED)))
    assert done.code == 1
    assert "J701  警告  w.x" in done.out
    assert "共 1 条：警告 1。" in done.out


def test_what_the_file_accepts_with_a_reason_is_counted_and_hidden(jinji, pack):
    done = jinji("rules", "check", str(pack(RECALLED + ALLOW)))
    assert done.code == 0
    assert done.out.splitlines() == ["base 没有发现问题：1 个文件，15 条。另有 1 条已说明理由，--all 可看。"]


def test_all_shows_what_is_accepted_with_its_reason_and_stays_clean(jinji, pack):
    done = jinji("rules", "check", str(pack(RECALLED + ALLOW)), "--all")
    assert done.code == 0
    assert "J701  警告  w.x" in done.out
    assert "    已说明：等文件下来再改" in done.out


def test_an_allowance_is_only_for_the_rows_that_it_names(jinji, pack):
    other = RECALLED.replace("w.x", "w.y").replace("火灾", "道路交通事故")
    allow = ALLOW.replace("reason", 'rows = ["w.x"]\nreason')
    done = jinji("rules", "check", str(pack(RECALLED + other + allow)))
    assert done.code == 1
    assert "w.y" in done.out
    assert "w.x" not in done.out


def test_what_a_base_accepts_is_accepted_there_and_not_in_the_file_above(jinji, pack, tmp_path):
    pack(RECALLED + ALLOW)
    top = tmp_path / "top.toml"
    text = 'id = "top"\ntitle = "上"\nextends = ["county-a.toml"]\ninherit = ["report"]\n'
    top.write_text(text + RECALLED.replace("w.x", "w.top"), encoding="utf-8")
    done = jinji("rules", "check", str(top))
    assert done.code == 1
    assert "top.toml:" in done.out
    assert "county-a.toml:" not in done.out
    assert "另有 1 条已说明理由" in done.out


def test_findings_are_grouped_by_file_the_pack_itself_last(jinji, pack, tmp_path):
    base = pack(UNKNOWN)
    top = tmp_path / "top.toml"
    head = 'id = "top"\ntitle = "上"\nextends = ["county-a.toml"]\ninherit = ["report"]\n'
    top.write_text(head + UNKNOWN.replace("w.x", "w.top"), encoding="utf-8")
    heads = [line for line in jinji("rules", "check", str(top)).out.splitlines() if line.startswith("【")]
    assert heads == [f"【{base}】", f"【{top}】"]


def test_a_phone_that_only_the_pack_above_needs_is_asked_for_there(jinji, pack, tmp_path):
    base = pack("\n".join(["", "[[office]]", 'tier = "市"', 'line = "行业"', 'name = "市应急局"', ""]))
    top = tmp_path / "top.toml"
    row = '[[report]]\nid = "r.top"\nto = [{ tier = "市", line = "行业" }]\ntext = "死亡1人以上"\n'
    row += 'when = { measure = "deaths", at_least = 1 }\nclause = "某办法第六条"\nconfidence = "confirmed"\n'
    top.write_text(f'id = "top"\ntitle = "上"\nextends = ["county-a.toml"]\n{row}', encoding="utf-8")
    assert jinji("rules", "check", str(base)).code == 0
    found = jinji("rules", "check", str(top), "--json").json["findings"]
    assert [(f["code"], f["file"], f["line"], f["row"]) for f in found] == [("J401", str(top), 6, "市行业")]


# ------------------------------------------------------------------ json, which pack


def test_json_is_one_shape_with_the_accepted_and_their_reasons(jinji, pack):
    path = pack(RECALLED + ALLOW + UNKNOWN.replace("w.x", "w.y"))
    done = jinji("rules", "check", str(path), "--json")
    assert done.code == 1
    assert done.err == ""
    answer = done.json
    assert answer["schema"] == "jinji/1"
    assert answer["id"] == "base"
    assert answer["whole"] is True
    assert answer["files"] == [str(path)]
    assert answer["counts"] == {"错误": 1, "警告": 0, "已说明理由": 1}
    assert [(f["code"], f["row"], f["allowed"]) for f in answer["findings"]] == [
        ("J701", "w.x", "等文件下来再改"),
        ("J301", "w.y", None),
    ]
    assert set(answer["findings"][0]) == {
        "code",
        "severity",
        "file",
        "line",
        "row",
        "excerpt",
        "problem",
        "remedy",
        "allowed",
    }


def test_json_of_a_clean_pack_has_no_findings(jinji, pack):
    done = jinji("rules", "check", str(pack()), "--json")
    assert done.code == 0
    assert done.json["findings"] == []


def test_without_a_name_the_pack_of_the_settings_is_checked(jinji, pack, monkeypatch):
    monkeypatch.setenv("JINJI_STANDARDS", str(pack()))
    assert jinji("rules", "check", "--json").json["id"] == "base"
    assert jinji("rules", "check", "--standards", str(pack()), "--json").json["id"] == "base"


def test_a_pack_named_twice_is_wrong_usage(jinji, pack):
    done = jinji("rules", "check", "county", "--standards", "ningxia")
    assert done.code == 2
    assert done.out == ""


@pytest.mark.parametrize("name", shipped_packs())
def test_the_shipped_packs_are_silent(jinji, name):
    done = jinji("rules", "check", name, "--json")
    found = done.json["findings"]
    assert [(f["code"], f["row"], f["line"]) for f in found if f["allowed"] is None] == []
    assert done.code == 0


# ------------------------------------------------------------------ refused by the schema: findings


@pytest.mark.parametrize(
    ("more", "code", "says"),
    [
        ("at_least = 3\nbellow = 10", "J001", "bellow"),
        ('at_least = "10"', "J003", '"10"'),
        ("at_least = true", "J003", "true"),
        ("at_least = nan", "J004", "nan"),
        ("at_least = -1", "J004", "-1"),
        ("at_least = 10\nbelow = 3", "J005", "below"),
        ('at_least = 3\neffective_from = "2026-02-30"', "J004", "2026-02-30"),
        ("at_least = 3\neffective_from = 2026-03-02\neffective_to = 2026-03-01", "J005", "effective_to"),
    ],
)
def test_what_the_schema_refuses_is_a_finding_with_its_line(jinji, pack, more, code, says):
    row = f'\n[[grade]]\nid = "g.x"\ngrade = "较大"\nmeasure = "deaths"\n{more}\nclause = "某条"\nconfidence = "confirmed"\n'
    path = pack(row)
    done = jinji("rules", "check", str(path), "--json")
    assert done.code == 1
    assert done.json["whole"] is False
    (finding,) = done.json["findings"]
    assert finding["code"] == code
    assert says in finding["problem"]
    assert finding["line"] in (line_of(path, "[[grade]]"), line_of(path, more.splitlines()[-1]))
    assert finding["remedy"]


def test_a_refused_pack_says_that_the_rest_is_seen_later(jinji, pack):
    done = jinji("rules", "check", str(pack("\n[[tag]]\nname = 5\n")))
    assert done.code == 1
    assert "改好后再查一次" in done.out


def test_all_that_the_schema_refuses_is_found_at_once(jinji, pack):
    more = "\n[[tag]]\nname = 5\n\n[[tag]]\nwords = []\n\n[[hop]]\nid = 'h'\ntier = '村'\nminutes = -1\n"
    found = jinji("rules", "check", str(pack(more)), "--json").json["findings"]
    assert [f["code"] for f in found] == ["J003", "J002", "J002", "J703", "J004", "J004"]


def test_an_empty_file_lacks_its_name(jinji, pack):
    done = jinji("rules", "check", str(pack(text="")))
    assert done.code == 1
    assert "没有写 id" in done.out


@pytest.mark.parametrize("depth", [100, 250])
def test_conditions_within_conditions_are_judged_or_refused(jinji, pack, depth):
    when = "{ not = " * depth + '{ tag = "学生" }' + " }" * depth
    more = (
        '\n[[factor]]\nid = "f.x"\nname = "深"\neffect = "shown"\nclause = "某条"\nconfidence = "confirmed"\n'
    )
    done = jinji("rules", "check", str(pack(f"{more}when = {when}\n")))
    assert done.code in (0, 1)
    assert "缺陷" not in done.err
    if depth == 250:
        assert "套得太深" in done.out


@pytest.mark.parametrize("key", ["effective_from", "effective_to"])
def test_a_day_before_all_standards_is_out_of_range(jinji, pack, key):
    done = jinji("rules", "check", str(pack(UNKNOWN.replace("火警", "火灾") + f"{key} = 0001-01-01\n")))
    assert done.code == 1, done
    assert "J004" in done.out
    assert "1900 年到 9000 年之间" in done.out


def test_the_last_day_of_the_calendar_means_no_end(jinji, pack):
    row = UNKNOWN.replace("火警", "火灾") + "effective_to = 9999-12-31\n"
    done = jinji("rules", "check", str(pack(row)))
    assert done.code == 0, done


def test_cases_beside_a_pack_that_the_schema_refuses_are_findings_of_their_file(jinji, pack):
    path = pack()
    beside = path.with_name("county-a.cases.toml")
    beside.write_text(
        '[[case]]\nname = "一"\nfacts = { deaths = 3 }\nexpects = { grade = "较大" }\n', encoding="utf-8"
    )
    found = jinji("rules", "check", str(path), "--json").json["findings"]
    assert [(f["code"], f["file"]) for f in found] == [("J002", str(beside)), ("J001", str(beside))]


# ------------------------------------------------------------------ unreadable: one sentence, exit 3


def unreadable(jinji, path, says):
    done = jinji("rules", "check", str(path))
    assert done.code == 3
    assert done.out == ""
    assert says in done.err
    assert len(done.err.splitlines()) == 2
    assert "缺陷" not in done.err


def test_a_file_that_is_not_there_is_unreadable(jinji, tmp_path):
    unreadable(jinji, tmp_path / "none.toml", "没有找到")


def test_a_file_in_gbk_is_unreadable_with_the_way_to_save_it(jinji, pack):
    unreadable(jinji, pack(encoding="gbk"), "UTF-8")


def test_what_is_no_toml_is_unreadable(jinji, pack):
    unreadable(jinji, pack('\n[[tag]\nname = "x"\n'), "TOML")


def test_a_file_of_five_megabytes_is_unreadable(jinji, pack):
    unreadable(jinji, pack("\n# " + "x" * 5_000_000), "4 MB")


def test_brackets_without_end_are_unreadable(jinji, pack):
    unreadable(jinji, pack("\nx = " + "[" * 50_000), "TOML")


def test_packs_that_extend_each_other_are_unreadable(jinji, pack, tmp_path):
    pack(text='id = "a"\ntitle = "甲"\nextends = ["b.toml"]\n')
    other = tmp_path / "b.toml"
    other.write_text('id = "b"\ntitle = "乙"\nextends = ["county-a.toml"]\n', encoding="utf-8")
    unreadable(jinji, other, "循环")


def test_a_base_that_is_not_there_is_unreadable(jinji, pack):
    unreadable(jinji, pack(text='id = "a"\ntitle = "甲"\nextends = ["nowhere"]\n'), "nowhere")


def test_a_folder_is_unreadable(jinji, tmp_path):
    unreadable(jinji, tmp_path, "文件夹")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_of_a_windows_editor_has_the_same_lines(jinji, pack, encoding, newline):
    path = pack(UNKNOWN, encoding=encoding, newline=newline)
    (finding,) = jinji("rules", "check", str(path), "--json").json["findings"]
    assert finding["line"] == len((CHECK_BASE + UNKNOWN).splitlines()) - 2


def test_a_pack_just_under_the_limit_is_checked(jinji, pack):
    assert jinji("rules", "check", str(pack("\n" + "# 说明说明说明说明说明说明\n" * 90_000))).code == 0


# ------------------------------------------------------------------ screens


def command(*args):
    return [sys.executable, "-m", "jinji_report", *args]


def test_a_gbk_pipe_carries_it_whole(pack, home):
    run = subprocess.run(
        command("rules", "check", str(pack(UNKNOWN))),
        env={**os.environ, "PYTHONIOENCODING": "gbk"},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 1
    assert "?" not in run.stdout.decode("gbk").replace("？", "")
    assert "火警" in run.stdout.decode("gbk")


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own")
def test_no_line_is_wider_than_a_terminal_of_eighty_columns(pack, home):
    from jinji_report.cli.screen import cells

    long = UNKNOWN.replace('"某条例第十三条"', f'"{"某条例" * 60}"').replace('"confirmed"', '"recalled"')
    path = pack(long)
    master, slave = pty.openpty()
    env = {**os.environ, "COLUMNS": "80", "LINES": "30", "NO_COLOR": "1", "TERM": "xterm"}
    with subprocess.Popen(
        command("rules", "check", path.name),
        cwd=path.parent,
        env=env,
        stdin=slave,
        stdout=slave,
        stderr=slave,
    ) as run:
        os.close(slave)
        out = b""
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:
                break
            if not part:
                break
            out += part
    os.close(master)
    assert run.returncode == 1
    text = out.decode("utf-8")
    assert "J701" in text
    assert max(cells(line.rstrip("\r")) for line in _without_marks(text).split("\n")) <= 80


def _without_marks(text):
    import re

    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_no_line_of_a_file_steers_the_screen(jinji, pack):
    done = jinji("rules", "check", str(pack(UNKNOWN.replace('"火警"', '"火\\u001b[31m警"  # \u202e倒'))))
    assert done.code == 1
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


def test_a_file_below_the_folder_is_named_from_there(jinji, pack, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    done = jinji("rules", "check", "county-a.toml" if pack(UNKNOWN) else "")
    assert done.out.splitlines()[0] == "【county-a.toml】"
    assert Path.cwd() == tmp_path
