"""jinji rules test, as a script sees it."""

import tomllib
from pathlib import Path

import pytest
from tests.standards.pack import REPORT, small, written

from .conftest import Jinji

GOOD = """on = 2026-11-17

[[case]]
name = "死亡2人，不够"
facts = { category = "火灾", deaths = 2 }
expect = { not_because = "r.deaths" }
"""
BAD = (
    GOOD
    + """
[[case]]
name = "死亡2人，写成了够"
facts = { category = "火灾", deaths = 2, injured = 0 }
expect = { because = "r.deaths", decision = "应报" }
"""
)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return written(tmp_path, "mine", small())


def beside(pack: Path, cases: str) -> None:
    written(pack.parent, "mine.cases", cases)


def test_cases_that_pass_are_counted_and_the_run_is_done(jinji: Jinji, pack: Path) -> None:
    beside(pack, GOOD)
    outcome = jinji("rules", "test", str(pack))
    assert outcome.code == 0, outcome
    assert outcome.err == ""
    assert "用例 1 条：通过 1 条\n" in outcome.out
    assert "条款 1 条：成立、不成立、未定都试过 0 条" in outcome.out
    assert "界限 1 个：少一、恰好、多一、不详都试过 0 个" in outcome.out


def test_a_failure_shows_expected_and_got_side_by_side_with_its_line(jinji: Jinji, pack: Path) -> None:
    beside(pack, BAD)
    outcome = jinji("rules", "test", str(pack))
    assert outcome.code == 1, outcome
    assert outcome.err == ""
    assert f"死亡2人，写成了够　{pack.parent / 'mine.cases.toml'}:8" in outcome.out
    lines = [line.split() for line in outcome.out.splitlines()]
    assert ["项目", "期望", "得到"] in lines
    assert ["结论", "应报", "备查"] in lines
    assert ["条款", "r.deaths", "成立", "不成立（死亡2人）"] in lines
    assert "没有通过 1 条" in outcome.out


def test_what_a_case_says_wrong_is_told_in_a_sentence(jinji: Jinji, pack: Path) -> None:
    beside(pack, GOOD.replace("deaths = 2 }", "daeths = 2 }"))
    outcome = jinji("rules", "test", str(pack))
    assert outcome.code == 1
    assert "没有“daeths”这个数量；相近的有：deaths" in outcome.out


def test_what_is_missing_fails_only_a_strict_run(jinji: Jinji, pack: Path) -> None:
    beside(pack, GOOD)
    plain, strict = jinji("rules", "test", str(pack)), jinji("rules", "test", str(pack), "--strict")
    assert (plain.code, strict.code) == (0, 1)
    assert plain.out == strict.out
    line = next(line for line in strict.out.splitlines() if line.startswith("r.deaths"))
    assert "成立、未定；死亡≥3人 恰好、多一、不详" in line
    at = small().split("\n").index("[[report]]") + 1
    assert line.rstrip().endswith(f"mine.toml:{at}"), line


def test_a_pack_without_cases_says_how_to_get_some(jinji: Jinji, pack: Path) -> None:
    outcome = jinji("rules", "test", str(pack))
    assert outcome.code == 0
    assert "还没有用例。运行 jinji rules test --generate" in outcome.out
    assert "界限 死亡≥3人" in outcome.out


def test_coverage_lists_every_row(jinji: Jinji, pack: Path) -> None:
    beside(pack, GOOD)
    outcome = jinji("rules", "test", str(pack), "--coverage")
    assert "【每一条试到了什么】" in outcome.out
    assert "不成立；死亡≥3人：少一" in outcome.out


def test_json_is_one_shape_and_says_the_same(jinji: Jinji, pack: Path) -> None:
    beside(pack, BAD)
    outcome = jinji("rules", "test", str(pack), "--json")
    assert outcome.code == 1
    assert outcome.err == ""
    answer = outcome.json
    assert (answer["schema"], answer["id"]) == ("jinji/1", "small")
    assert answer["cases"] == {"total": 2, "passed": 1, "failed": 1}
    (failure,) = answer["failures"]
    assert (failure["name"], failure["line"]) == ("死亡2人，写成了够", 8)
    assert {"item": "结论", "expected": "应报", "got": "备查"} in failure["gaps"]
    coverage = answer["coverage"]
    assert (coverage["rows"], coverage["rows_done"], coverage["bounds"]) == (1, 0, 1)
    assert coverage["missing"][0]["states"] == ["成立", "未定"]
    assert coverage["missing"][0]["bounds"] == [{"bound": "死亡≥3人", "untried": ["恰好", "多一", "不详"]}]
    assert "seen" not in coverage
    full = jinji("rules", "test", str(pack), "--json", "--coverage").json["coverage"]["seen"]
    assert full[0]["bounds"] == [{"bound": "死亡≥3人", "tried": ["少一"]}]


def test_generated_cases_go_to_stdout_and_talk_to_stderr(jinji: Jinji, pack: Path) -> None:
    outcome = jinji("rules", "test", str(pack), "--generate")
    assert outcome.code == 0
    assert "推出 4 条用例" in outcome.err
    assert len(tomllib.loads(outcome.out)["case"]) == 4


def test_generated_cases_are_added_to_a_file_and_complete_it(jinji: Jinji, pack: Path) -> None:
    beside(pack, GOOD)
    sidecar = pack.parent / "mine.cases.toml"
    outcome = jinji("rules", "test", str(pack), "--generate", "--output", str(sidecar))
    assert (outcome.code, outcome.out) == (0, "")
    assert "已把 4 条用例加到" in outcome.err
    assert sidecar.read_text(encoding="utf-8").startswith(GOOD)
    after = jinji("rules", "test", str(pack), "--strict")
    assert after.code == 0, after
    assert "还没有试到的" not in after.out
    again = jinji("rules", "test", str(pack), "--generate", "--output", str(sidecar))
    assert (again.code, again.out) == (0, "")
    assert "没有要补的用例" in again.err


def test_a_file_that_ends_without_a_line_break_stays_readable(jinji: Jinji, pack: Path) -> None:
    beside(pack, GOOD.rstrip("\n"))
    sidecar = str(pack.parent / "mine.cases.toml")
    assert jinji("rules", "test", str(pack), "--generate", "--output", sidecar).code == 0
    assert jinji("rules", "test", str(pack), "--strict").code == 0


def test_a_pack_that_says_what_it_may_not_say_is_unusable(jinji: Jinji, pack: Path) -> None:
    written(pack.parent, "mine", small().replace('measure = "deaths"', 'measure = "daeths"'))
    outcome = jinji("rules", "test", str(pack))
    assert (outcome.code, outcome.out) == (3, "")
    assert "用了没有定义的数量“daeths”" in outcome.err


def test_a_new_file_of_cases_is_whole(jinji: Jinji, pack: Path) -> None:
    sidecar = pack.parent / "mine.cases.toml"
    answer = jinji("rules", "test", str(pack), "--generate", "--output", str(sidecar), "--json").json
    assert answer == {"schema": "jinji/1", "id": "small", "proposed": 4, "file": str(sidecar)}
    assert jinji("rules", "test", str(pack), "--strict").code == 0


def test_generated_cases_as_json(jinji: Jinji, pack: Path) -> None:
    answer = jinji("rules", "test", str(pack), "--generate", "--json").json
    assert answer["proposed"] == len(tomllib.loads(answer["toml"])["case"])


def test_cases_may_be_added_to_the_pack_itself(jinji: Jinji, pack: Path) -> None:
    assert jinji("rules", "test", str(pack), "--generate", "--output", str(pack)).code == 0
    assert jinji("rules", "test", str(pack), "--strict").code == 0


def test_a_moved_bound_fails_the_cases_that_were_generated(jinji: Jinji, pack: Path) -> None:
    sidecar = str(pack.parent / "mine.cases.toml")
    jinji("rules", "test", str(pack), "--generate", "--output", sidecar)
    written(pack.parent, "mine", small().replace(REPORT, REPORT.replace("at_least = 3", "at_least = 4")))
    outcome = jinji("rules", "test", str(pack))
    assert outcome.code == 1
    assert "r.deaths：死亡3人，恰好" in outcome.out


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (("--output", "x.toml"), "--output 只和 --generate 一起用"),
        (("--generate", "--strict"), "--generate 只推用例"),
        (("--generate", "--coverage"), "--generate 只推用例"),
        (("--standards", "county"), "标准写了两处"),
    ],
)
def test_options_that_do_not_fit_together_are_refused(
    jinji: Jinji, pack: Path, args: tuple[str, ...], problem: str
) -> None:
    outcome = jinji("rules", "test", str(pack), *args)
    assert (outcome.code, outcome.out) == (2, "")
    assert problem in outcome.err


@pytest.mark.parametrize(
    "cases",
    [
        "[[case",
        "on = 2026-11-17\n",
        GOOD.replace("not_because", "nicht_weil"),
        GOOD.replace("{ category", "3 #"),
    ],
)
def test_cases_that_cannot_be_read_are_unusable(jinji: Jinji, pack: Path, cases: str) -> None:
    beside(pack, cases)
    outcome = jinji("rules", "test", str(pack))
    assert (outcome.code, outcome.out) == (3, "")
    assert "mine.cases.toml" in outcome.err
    assert "Traceback" not in outcome.err


def test_a_pack_that_is_not_there_is_unusable(jinji: Jinji) -> None:
    outcome = jinji("rules", "test", "nowhere")
    assert (outcome.code, outcome.out) == (3, "")
    assert "没有找到报送标准 nowhere" in outcome.err


@pytest.mark.parametrize("content", [b"[[case", b"\xff\xfe\x00", b"case = 3\n"])
def test_a_file_that_is_no_file_of_cases_is_left_alone(
    jinji: Jinji, pack: Path, tmp_path: Path, content: bytes
) -> None:
    other = tmp_path / "other.toml"
    other.write_bytes(content)
    outcome = jinji("rules", "test", str(pack), "--generate", "--output", str(other))
    assert (outcome.code, outcome.out) == (3, "")
    assert str(other) in outcome.err
    assert other.read_bytes() == content


def test_a_folder_cannot_be_written_to(jinji: Jinji, pack: Path, tmp_path: Path) -> None:
    outcome = jinji("rules", "test", str(pack), "--generate", "--output", str(tmp_path))
    assert (outcome.code, outcome.out) == (3, "")
    assert str(tmp_path) in outcome.err


def test_the_shipped_default_passes(jinji: Jinji) -> None:
    outcome = jinji("rules", "test", "county")
    assert outcome.code == 0, outcome
