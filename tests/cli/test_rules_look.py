"""Looking at the standards: rules show, rules explain, rules chart."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from tests.factory import clock, incident
from tests.standards.pack import row, small, written

from jinji_report.cli.screen import cells
from jinji_report.desk.rules.book import Book, open_book
from jinji_report.desk.rules.explain import condition_of, explain_row
from jinji_report.judgement.classify import classify
from jinji_report.moments import BEIJING
from jinji_report.standards.check import codes
from jinji_report.standards.examples import meets
from jinji_report.standards.load import shipped_packs
from jinji_report.standards.telling import KINDS
from jinji_report.vocabulary import GRADES, Grade

from .conftest import Jinji
from .refusal import refused

DAY = "2026-11-22"
ON = ("--on", DAY)
# Desks of every tier and line; the overlays beside them draw the same.
DRAWN = ("county", "ningxia", "national", "district", "panshan", "broadcaster")
CONDITIONAL = ("report", "grade", "factor", "consultation", "owner", "limit", "skip")

Golden = Callable[[str, str], None]


@cache
def book_of(pack: str) -> Book:
    return open_book(pack, None)


# ── show ──────────────────────────────────────────────────────────────────────


def test_show_names_the_file_and_line_of_every_value(jinji: Jinji) -> None:
    answer = jinji("rules", "show", "county", "--json", *ON).json
    assert (answer["schema"], answer["id"], answer["on"]) == ("jinji/1", "county", DAY)
    assert [Path(file).name for file in answer["files"]] == ["national.toml", "county.toml"]
    for section in answer["sections"]:
        assert len(section["rows"]) == len(section["origins"]) > 0
        for cells_, origin in zip(section["rows"], section["origins"], strict=True):
            assert len(cells_) == len(section["heads"])
            assert cells_[-1].endswith(f"{Path(origin['file']).name}:{origin['line']}")


def test_the_line_that_show_gives_is_where_the_row_begins(jinji: Jinji) -> None:
    answer = jinji("rules", "show", "county", "--json", *ON).json
    reports = next(section for section in answer["sections"] if section["name"] == "报送条款")
    for origin in reports["origins"]:
        lines = Path(origin["file"]).read_text(encoding="utf-8").splitlines()
        assert lines[origin["line"] - 1] == "[[report]]"
        assert f'id = "{origin["key"]}"' in lines[origin["line"] :][:3]


def test_show_has_every_kind_of_row_that_the_pack_has(jinji: Jinji, tmp_path: Path) -> None:
    path = written(tmp_path, "whole", rich())
    names = {section["name"] for section in jinji("rules", "show", str(path), "--json", *ON).json["sections"]}
    assert names == {*KINDS.values(), "本单位和文字"} - {"会商"}


def test_a_row_replaced_further_down_the_chain_is_shown_from_there(jinji: Jinji, tmp_path: Path) -> None:
    report = row("report", "r.deaths", 'to = [{ tier = "市", line = "党委" }]', 'text = "死亡1人以上"')
    written(tmp_path, "base", small(id="base"))
    over = written(tmp_path, "over", f'id = "over"\ntitle = "上层"\nextends = ["base"]\n{report}')
    answer = jinji("rules", "show", str(over), "--json", *ON).json
    reports = next(section for section in answer["sections"] if section["name"] == "报送条款")
    assert [Path(origin["file"]).name for origin in reports["origins"]] == ["over.toml"]


def test_a_category_with_words_from_two_files_names_both(jinji: Jinji, tmp_path: Path) -> None:
    written(tmp_path, "base", small(id="base"))
    more = '[[category]]\nname = "火灾"\nkind = "事故灾难"\nwords = ["走水"]\n'
    over = written(tmp_path, "over", f'id = "over"\ntitle = "上层"\nextends = ["base"]\n{more}')
    answer = jinji("rules", "show", str(over), "--json", *ON).json
    section = next(section for section in answer["sections"] if section["name"] == "类别")
    fire = section["rows"][0]
    assert "着火" in fire[3] and "走水" in fire[4]
    assert re.fullmatch(r"base\.toml:\d+、over\.toml:\d+", fire[-1])
    assert [Path(place["file"]).name for place in section["origins"][0]["also"]] == ["base.toml"]


def test_rows_of_other_days_are_left_out_and_counted(jinji: Jinji, tmp_path: Path) -> None:
    path = str(written(tmp_path, "dated", rich()))
    now = jinji("rules", "show", path, *ON)
    assert "r.old" not in now.out
    assert "r.next" not in now.out
    assert (
        "2026-11-22 不在有效期、没有列出的：已停用1条（最晚的到 2014-12-31），"
        "还没有生效1条（最早的从 2030-01-01 起）；用 --on 日期 看那一天的。"
    ) in now.out.splitlines()
    assert "r.old" in jinji("rules", "show", path, "--on", "2014-12-31").out
    assert "r.next" in jinji("rules", "show", path, "--on", "2030-01-01").out
    left = jinji("rules", "show", path, "--json", *ON).json["left_out"]
    assert left == {"ended": 1, "ended_last": "2014-12-31", "ahead": 1, "ahead_first": "2030-01-01"}


def test_show_of_a_category_leaves_out_what_cannot_concern_it(jinji: Jinji) -> None:
    out = jinji("rules", "show", "county", "--category", "火灾", *ON).out
    assert "county.city.deaths.accident" in out
    assert "county.city.deaths.natural" not in out
    assert "消防救援" in out
    assert "地震部门" not in out
    assert "震级" not in out


def test_show_in_a_pipe_has_one_line_a_row(jinji: Jinji) -> None:
    lines = jinji("rules", "show", "county", *ON).out.splitlines()
    found = [line for line in lines if line.startswith("county.city.deaths.accident ")]
    assert len(found) == 1
    assert re.search(r"county\.toml:\d+$", found[0])


def test_show_says_the_confidence_of_every_source(jinji: Jinji) -> None:
    for section in jinji("rules", "show", "county", "--json", *ON).json["sections"]:
        if "出处" in section["heads"]:
            at = section["heads"].index("出处")
            assert all(re.search(r"〔.+〕$", cells_[at]) for cells_ in section["rows"])


# ── explain ───────────────────────────────────────────────────────────────────


def test_a_row_is_explained_with_its_source_its_lines_and_its_nearest_incidents(jinji: Jinji) -> None:
    out = jinji("rules", "explain", "work-safety.deaths.serious", *ON).out
    assert "生产安全事故，死亡10人以上（含10人）的，定为重大。" in out
    assert "出处　生产安全事故报告和调查处理条例（国务院令第493号）第三条" in out
    assert "可信度　已核实：见过条文" in out
    assert "有效期　2007-06-01 起" in out
    assert "达到　　道路交通事故，死亡10人" in out
    assert "达不到　道路交通事故，死亡9人" in out
    assert "报送条款　county.centre.serious　重大以上突发事件" in out
    assert re.search(r"【原文　national\.toml:\d+】", out)
    assert 'id = "work-safety.deaths.serious"' in out


@pytest.mark.parametrize("pack", shipped_packs())
def test_every_row_of_a_shipped_pack_is_explained_and_its_examples_hold(pack: str) -> None:
    """Its own rows; those that it takes over are explained with the pack that they come from."""
    book = book_of(pack)
    root = book.subject.joined.root
    for kind in KINDS:
        for key in book.rows(kind):
            if book.where(kind, key).file != root:
                continue
            told = explain_row(book, kind, key, date.fromisoformat(DAY))
            assert told.lines[0].startswith(f"[[{kind}]]"), key
            if kind not in CONDITIONAL:
                continue
            assert told.sentence, key
            tree, standards = condition_of(book, kind, key), book.standards.on(told.judged_on)
            assert 1 <= len(told.ways) <= 5, key
            assert any(way.misses for way in told.ways) or not tree, key
            for way in told.ways:
                assert meets(tree, way.incident, standards), key
                assert not any(meets(tree, miss.incident, standards) for miss in way.misses), key


def test_the_examples_of_the_rungs_are_graded_so_by_the_judging_itself() -> None:
    book = book_of("national")
    day = date.fromisoformat(DAY)
    tried = 0
    for key, data in book.rows("grade").items():
        told = explain_row(book, "grade", key, day)
        if not told.holds_today:
            continue
        for way in told.ways:
            facts = incident(
                category=way.incident.category,
                tags=way.incident.tags,
                occurred=clock("09:00", way.incident.day.isoformat()),
                **way.incident.measures,
            )
            now = clock("09:30", way.incident.day.isoformat()).astimezone(BEIJING)
            grade = classify(facts, book.standards, now, on=day).grade
            assert grade is not None and grade.low is not None, key
            assert GRADES.index(grade.low) >= GRADES.index(Grade(data["grade"])), key
            tried += 1
    assert tried > 100


def test_a_row_that_has_ended_says_so_and_is_judged_on_a_day_of_its_own(jinji: Jinji, tmp_path: Path) -> None:
    path = str(written(tmp_path, "dated", rich()))
    out = jinji("rules", "explain", "r.old", "--standards", path, *ON).out
    assert "2026-11-22 不在有效期内；下面的例子按 2014-12-31 有效的标准核对。" in out
    found = jinji("rules", "explain", "r.old", "--standards", path, "--json", *ON).json["found"][0]
    assert (found["in_force"], found["judged_on"]) == (False, "2014-12-31")
    then = jinji("rules", "explain", "r.old", "--standards", path, "--json", "--on", "2014-01-01")
    assert then.json["found"][0]["in_force"] is True


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("factor.pupils", "factor"),
        ("学生儿童受害", "factor"),
        ("火灾", "category"),
        ("学生", "tag"),
        ("春节", "window"),
        ("死亡", "measure"),
        ("deaths", "measure"),
        ("生产安全事故", "group"),
        ("市委办公室", "office"),
        ("first-phone", "limit"),
        ("county.hop.city", "hop"),
        ("owner.fire", "owner"),
    ],
)
def test_anything_that_has_a_name_can_be_explained(jinji: Jinji, name: str, kind: str) -> None:
    answer = jinji("rules", "explain", name, "--json", *ON).json
    assert (answer["schema"], answer["name"], answer["standards"]["id"]) == ("jinji/1", name, "county")
    found = next(one for one in answer["found"] if one["kind"] == kind)
    assert found["line"] > 0
    assert found["lines"]
    assert found["says"]
    shown = jinji("rules", "explain", name, *ON)
    assert (shown.code, shown.err) == (0, "")
    assert f"【{found['kind_label']}　{found['key']}】" in shown.out


def test_the_json_of_a_row_has_its_examples_with_what_changed(jinji: Jinji) -> None:
    found = jinji("rules", "explain", "work-safety.deaths.larger", "--json", *ON).json["found"][0]
    example = found["examples"][0]
    assert example["meets"]["measures"] == {"deaths": 3}
    assert example["fails"][0]["measures"] == {"deaths": 2}
    assert example["fails"][0]["change"] == "死亡少1人"
    assert (found["confidence"], found["effective_from"], found["effective_to"]) == (
        "confirmed",
        "2007-06-01",
        None,
    )


@pytest.mark.parametrize("name", sorted(codes()))
def test_a_code_of_the_check_is_explained_with_a_bad_and_a_good_example(jinji: Jinji, name: str) -> None:
    code = codes()[name]
    out = jinji("rules", "explain", name.lower()).out
    for text in (code.name, code.what, code.why):
        assert text in out
    assert jinji("rules", "explain", name, "--json").json["code"]["good"] == code.good


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("work-safety.death.serious", "work-safety.deaths.serious"),
        ("煤气", "燃气事故"),
        ("道路交通", "道路交通事故"),
        ("没有这个名字的东西", ""),
        ("[red]\x1b[2J", ""),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_known_ones(jinji: Jinji, name: str, near: str) -> None:
    outcome = jinji("rules", "explain", name)
    refused(outcome)
    assert near in outcome.err


def test_the_standards_of_explain_are_chosen_like_anywhere(jinji: Jinji) -> None:
    assert jinji("rules", "explain", "ningxia.factor", "--standards", "ningxia").code == 0
    refused(jinji("rules", "explain", "ningxia.factor"))
    refused(jinji("rules", "explain", "火灾", "--standards", "没有的"))
    refused(jinji("rules", "explain", "火灾", "--on", "某天"), 2)


# ── chart ─────────────────────────────────────────────────────────────────────


def rich() -> str:
    """A pack with every kind of row, and names that would break a drawing."""
    return small(
        '[[office]]\ntier = "县"\nline = "党委"\nname = "甲县委办"\nphone = "0000-1"\n',
        '[[office]]\ntier = "市"\nline = "党委"\nname = \'市"委[办]<b>`{#&}\'\nphone = "0000-2"\n',
        '[[group]]\nname = "全部事故"\ncategories = ["火灾"]\n',
        '[[window]]\nname = "春节"\nspans = [[2026-02-15, 2026-02-23]]\n',
        '[[place]]\nname = "县一中"\ntags = ["学生"]\n',
        '[[contact]]\nid = "c"\nunit = "办公室"\nrole = "主任"\nphone = "0000-3"\ncall = 1\n',
        '[[contact]]\nid = "d"\nunit = "办公室"\nrole = "带班领导"\nhours = "非工作时间"\ncall = 2\n',
        row("factor", "f.pupils", 'name = "学生受害"', 'effect = "lifts"', 'when = { tag = "学生" }'),
        row("grade", "g.larger", 'grade = "较大"', 'measure = "deaths"', "at_least = 3"),
        row("owner", "o.fire", 'unit = "消防救援"', 'side = "行业"', 'angle = "火因"', 'category = "火灾"'),
        row("owner", "o.place", 'unit = "属地政府"', 'side = "属地"', 'angle = "善后"'),
        row("hop", "h.county", 'tier = "县"', "minutes = 20"),
        row(
            "limit",
            "l.first",
            'label = "首报"',
            'text = "首报"',
            'form = "电话"',
            'starts = "occurred"',
            "until_hop = true",
        ),
        row(
            "limit",
            "l.unit",
            'text = "单位1小时内报"',
            'owes = "事故单位"',
            'to = [{ tier = "县", line = "行业" }]',
            'form = "电话"',
            'starts = "discovered"',
            "within = 60",
        ),
        row("watch", "w", "days = 30"),
        row(
            "skip",
            "s",
            'to = [{ tier = "省", line = "党委" }]',
            'text = "群死群伤"',
            'when = { grade_at_least = "较大" }',
        ),
        row(
            "order",
            "o",
            'text = "先内后外"',
            'steps = [{ who = "甲", what = "先报" }, { who = "乙", what = "后报" }]',
        ),
        '[[language]]\nname = "渲染"\nwords = ["惨烈"]\nwhy = "不是情况"\nsuggest = "删去"\n',
        row("release", "p", 'unit = "宣传部"', 'text = "只经宣传部"'),
        row("hours", "h", 'weekdays = ["星期一"]', 'spans = [["08:00", "12:00"]]', "worked = [2026-01-04]"),
        row(
            "report",
            "r.old",
            'to = [{ tier = "省", line = "党委" }]',
            'text = "旧"',
            "effective_to = 2014-12-31",
        ),
        row(
            "report",
            "r.next",
            'to = [{ tier = "省", line = "党委" }]',
            'text = "新"',
            "effective_from = 2030-01-01",
        ),
        top=("due_soon = 5",),
    )


def test_the_chart_of_the_county(jinji: Jinji, golden: Golden) -> None:
    golden("rules/county-chart.text.txt", jinji("rules", "chart", "county", *ON).out.rstrip("\n"))
    drawn = jinji("rules", "chart", "county", "--format", "mermaid", *ON).out
    golden("rules/county-chart.mermaid.txt", drawn.rstrip("\n"))


@pytest.mark.parametrize("pack", DRAWN)
def test_a_chart_fits_eighty_columns_and_a_gbk_console(jinji: Jinji, pack: str) -> None:
    drawn = jinji("rules", "chart", pack, *ON)
    assert (drawn.code, drawn.err) == (0, "")
    drawn.out.encode("gbk")
    assert max(cells(line) for line in drawn.out.splitlines()) <= 80


def test_the_chart_has_everything_that_the_flow_has(jinji: Jinji, tmp_path: Path) -> None:
    out = jinji("rules", "chart", str(written(tmp_path, "whole", rich())), *ON).out
    for words in (
        "甲县委办公室★",  # the desk, by its own name
        " 20分钟",
        '└─ 市　市"委[办]<b>`{#&}',
        "首报 → 应报的各对象：本级环节终点，即事发后20分钟",
        "┄┄→ 省级党委",
        "→ 县级行业：单位1小时内报（电话，发现后1小时）",
        "消防救援：火因",
        "属地政府：善后",
        "2. 乙：后报",
        "宣传部：只经宣传部",
        "└─ 非工作时间\n   ├─ 1. 办公室　主任　0000-3\n   └─ 2. 办公室　带班领导",
    ):
        assert words in out, words
    assert "旧" not in out


# What a line of the source may be: the grammar of the few forms that are written.
_LABEL = r'"(?:[^"\[\]{}<>`\\]|<br/>)*"'
_NODE = r"[a-z]+\d*(?:_[a-z0-9]+)*"
_SHAPES = rf"(?:\[{_LABEL}\]|\[/{_LABEL}/\]|\[\[{_LABEL}\]\]|\(\[{_LABEL}\]\))"
_MERMAID = re.compile(
    rf"flowchart TD|%% .*|end|subgraph {_NODE}\[{_LABEL}\]|{_NODE}{_SHAPES}"
    rf"|{_NODE} (?:-->|-\.->|---)(?:\|{_LABEL}\|)? {_NODE}(?: --> {_NODE})*"
    rf"|class {_NODE} desk|classDef desk [a-z0-9:-]+"
)


@pytest.mark.parametrize("pack", [*DRAWN, "rich"])
def test_the_mermaid_source_holds_nothing_but_its_own_grammar(
    jinji: Jinji, pack: str, tmp_path: Path
) -> None:
    name = str(written(tmp_path, "whole", rich())) if pack == "rich" else pack
    lines = jinji("rules", "chart", name, "--format", "mermaid", *ON).out.splitlines()
    assert lines[0] == "flowchart TD"
    assert [line for line in lines if not _MERMAID.fullmatch(line.strip())] == []
    drawn = {found for line in lines for found in re.findall(rf"^\s+({_NODE})[\[(]", line)}
    tied = {
        end
        for line in lines
        if (found := re.match(rf"\s+({_NODE}) -.*[>|-] ({_NODE})$", line))
        for end in found.groups()
    }
    assert tied <= drawn


def test_a_skip_is_dashed_and_the_passing_on_is_not(jinji: Jinji, tmp_path: Path) -> None:
    path = str(written(tmp_path, "whole", rich()))
    out = jinji("rules", "chart", path, "--format", "mermaid", *ON).out
    assert '  county_party -.->|"越级直报<br/>群死群伤"| province_party' in out.splitlines()
    assert '  county_party -->|"20分钟，累计20分钟"| city_party' in out.splitlines()
    assert "市#quot;委#91;办#93;#lt;b#gt;#96;#123;#35;#amp;#125;" in out


def test_the_chart_as_json(jinji: Jinji, tmp_path: Path) -> None:
    answer = jinji("rules", "chart", str(written(tmp_path, "whole", rich())), "--json", *ON).json
    assert (answer["schema"], answer["on"], answer["desk_until"]) == ("jinji/1", DAY, 20)
    assert [level["tier"] for level in answer["levels"]] == ["县", "市", "省"]
    assert answer["lanes"][0] == {
        "from": {"tier": "县", "line": "党委"},
        "to": {"tier": "市", "line": "党委"},
    }
    assert answer["debts"][0]["unit"] == "事故单位"
    assert answer["owners"] == {
        "行业": [{"unit": "消防救援", "angles": ["火因"]}],
        "属地": [{"unit": "属地政府", "angles": ["善后"]}],
    }
    assert [call["call"] for call in answer["calls"]] == [1, 2]


def test_chart_refuses_what_does_not_fit_together(jinji: Jinji) -> None:
    refused(jinji("rules", "chart", "county", "--standards", "ningxia"), 2)
    refused(jinji("rules", "chart", "--json", "--format", "text"), 2)
    refused(jinji("rules", "chart", "--format", "svg"), 2)
    refused(jinji("rules", "chart", "--category", "外星人"))
    refused(jinji("rules", "chart", "没有的"))
