"""What a pack may not say is refused with its file, its place and a remedy, and never passed over."""

import pytest
from tests.standards.pack import DESK, REPORT, WHY, header, row, small, written

from jinji_report.errors import UnusableStandards
from jinji_report.standards.load import load

FACTOR = ('name = "学生受害"', 'effect = "lifts"')


def refusal(path):
    """The failure, which must name the file and say what to do."""
    with pytest.raises(UnusableStandards) as caught:
        load(str(path))
    assert caught.value.remedy
    assert "Traceback" not in caught.value.problem
    return caught.value.problem


def refused(folder, text):
    path = written(folder, "small", text)
    problem = refusal(path)
    assert str(path) in problem
    return problem


def test_the_small_pack_of_these_tests_is_fine(tmp_path):
    assert load(str(written(tmp_path, "small", small()))).id == "small"


def test_an_unknown_key_is_refused_with_the_row_that_has_it(tmp_path):
    problem = refused(
        tmp_path, small(row("factor", "f.pupils", *FACTOR, 'when = { tag = "学生" }', 'color = "红"'))
    )
    assert "color" in problem
    assert "f.pupils" in problem


def test_an_unknown_key_is_named_first_however_many_mistakes_there_are(tmp_path):
    problem = refused(
        tmp_path, small(row("factor", "f.pupils", 'when = { tag = "学生" }', 'effects = "lifts"'))
    )
    assert "effects" in problem
    assert "另有" in problem


def test_an_unknown_table_is_refused(tmp_path):
    assert "grades" in refused(tmp_path, small('[[grades]]\nid = "x"'))


def test_an_unknown_key_deep_in_a_condition_is_refused(tmp_path):
    text = small(row("factor", "f.x", *FACTOR, 'when = { all = [{ tag = "学生", words = "孩子" }] }'))
    problem = refused(tmp_path, text)
    assert "words" in problem
    assert "f.x" in problem


def test_a_missing_key_is_named_with_its_row(tmp_path):
    problem = refused(tmp_path, small('[[hop]]\nid = "h.county"\ntier = "县"\n' + WHY))
    assert "minutes" in problem
    assert "h.county" in problem


def test_a_duplicate_key_is_refused_with_its_line(tmp_path):
    problem = refused(tmp_path, small(top=("due_soon = 5", "due_soon = 6")))
    assert "第 4 行" in problem
    assert "重复的键" in problem


@pytest.mark.parametrize("table", ["measure", "category", "tag", "report", "factor"])
def test_a_row_that_stands_twice_is_refused_with_its_name(tmp_path, table):
    twice = {
        "measure": '[[measure]]\nid = "deaths"\nlabel = "死亡"\nunit = "人"\nask = "几人？"',
        "category": '[[category]]\nname = "火灾"\nkind = "事故灾难"',
        "tag": '[[tag]]\nname = "学生"',
        "report": REPORT,
        "factor": "\n".join([row("factor", "f.one", *FACTOR, 'when = { tag = "学生" }')] * 2),
    }[table]
    name = {"measure": "deaths", "category": "火灾", "tag": "学生", "report": "r.deaths", "factor": "f.one"}[
        table
    ]
    problem = refused(tmp_path, small(twice))
    assert table in problem
    assert name in problem


def test_a_group_that_stands_twice_is_refused_with_its_name(tmp_path):
    groups = (
        '[[group]]\nname = "一组"\ncategories = ["火灾"]\n'
        + '[[group]]\nname = "一组"\ncategories = ["地震灾害"]\n'
    )
    assert "一组" in refused(tmp_path, small(groups))


@pytest.mark.parametrize(
    "bound",
    ['"10"', "true", "nan", "inf", "-1", "-0.5", "[10]", "2026-01-01", '""'],
)
def test_a_bound_is_a_number_from_zero_up(tmp_path, bound):
    text = small(row("grade", "g.deaths", 'grade = "较大"', 'measure = "deaths"', f"at_least = {bound}"))
    assert "g.deaths" in refused(tmp_path, text)


@pytest.mark.parametrize("bound", ["0", "0.5", "10", "1e4"])
def test_a_bound_may_be_whole_or_not(tmp_path, bound):
    text = small(row("grade", "g.deaths", 'grade = "较大"', 'measure = "deaths"', f"at_least = {bound}"))
    standards = load(str(written(tmp_path, "small", text)))
    assert standards.grades[0].when["at_least"] == float(bound)


@pytest.mark.parametrize(
    "line",
    ["within = 0", "within = -5", "within = 1.5", 'within = "60"', "within = true"],
)
def test_a_limit_takes_whole_minutes_above_zero(tmp_path, line):
    text = small(row("limit", "l.x", 'text = "首报"', 'form = "书面"', 'starts = "occurred"', line))
    assert "l.x" in refused(tmp_path, text)


def test_a_limit_without_an_end_is_refused(tmp_path):
    assert "l.x" in refused(
        tmp_path, small(row("limit", "l.x", 'text = "首报"', 'form = "书面"', 'starts = "occurred"'))
    )


@pytest.mark.parametrize(
    "when",
    [
        '{ measure = "deaths" }',
        '{ measure = "deaths", at_least = 3, below = 10 }',
        "{ at_least = 3 }",
        '{ measure = "deaths", at_least = 3, tag = "学生" }',
        "{}",
        '{ any = { tag = "学生" } }',
    ],
)
def test_a_condition_has_one_head_and_a_measure_one_bound(tmp_path, when):
    assert "f.x" in refused(tmp_path, small(row("factor", "f.x", *FACTOR, f"when = {when}")))


@pytest.mark.parametrize("grade", ["严重", "较大 ", "LARGER", ""])
def test_a_word_of_the_trade_is_matched_whole(tmp_path, grade):
    text = small(row("grade", "g.x", f'grade = "{grade}"', 'measure = "deaths"', "at_least = 3"))
    assert "g.x" in refused(tmp_path, text)


@pytest.mark.parametrize(
    ("table", "lines", "name"),
    [
        ("grade", ('grade = "较大"', 'measure = "dead"', "at_least = 3"), "dead"),
        ("grade", ('grade = "较大"', 'measure = ["deaths", "lost"]', "at_least = 3"), "lost"),
        ("grade", ('grade = "较大"', 'category = "火警"', 'measure = "deaths"', "at_least = 3"), "火警"),
        ("factor", (*FACTOR, 'when = { tag = "教师" }'), "教师"),
        ("factor", (*FACTOR, 'when = { window = "春节" }'), "春节"),
        ("factor", (*FACTOR, 'when = { not = { any = [{ category = "火警" }] } }'), "火警"),
        ("factor", (*FACTOR, 'when = { tag = "学生" }', 'outlook = ["hurt"]'), "hurt"),
        ("owner", ('unit = "消防"', 'side = "行业"', 'angle = "火因"', 'when = { factor = "没有"}'), "没有"),
        ("watch", ("days = 7", 'category = "火警"'), "火警"),
        (
            "limit",
            ('text = "书面"', 'form = "书面"', 'starts = "occurred"', "within = 30", 'after = "first"'),
            "first",
        ),
    ],
)
def test_a_name_that_nothing_defines_is_refused_with_the_row_that_uses_it(tmp_path, table, lines, name):
    problem = refused(tmp_path, small(row(table, f"{table}.x", *lines)))
    assert f"{table}.x" in problem
    assert name in problem


def test_a_measure_that_is_part_of_an_unknown_whole_is_refused(tmp_path):
    more = '[[measure]]\nid = "lost"\nlabel = "失联"\nunit = "人"\nask = "几人？"\npart_of = "all"'
    problem = refused(tmp_path, small(more))
    assert "lost" in problem
    assert "all" in problem


def test_groups_that_hold_each_other_are_refused(tmp_path):
    more = '[[group]]\nname = "甲"\ncategories = ["乙"]\n[[group]]\nname = "乙"\ncategories = ["甲"]\n' + row(
        "watch", "w.x", "days = 7", 'category = "甲"'
    )
    assert "甲" in refused(tmp_path, small(more))


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("factor", (*FACTOR, 'when = { factor = "学生受害" }')),
        ("factor", (*FACTOR, 'when = { grade_at_least = "较大" }')),
        ("grade", ('grade = "较大"', 'when = { not = { grade_at_least = "重大" } }')),
    ],
)
def test_no_row_may_look_ahead_or_at_itself(tmp_path, table, lines):
    assert f"{table}.x" in refused(tmp_path, small(row(table, f"{table}.x", *lines)))


def test_a_row_cannot_end_before_it_begins(tmp_path):
    lines = ('grade = "较大"', 'measure = "deaths"', "at_least = 3", "effective_from = 2026-01-02")
    problem = refused(tmp_path, small(row("grade", "g.x", *lines, "effective_to = 2026-01-01")))
    assert "g.x" in problem
    assert "effective_to" in problem


@pytest.mark.parametrize("template", ["{nobody}起火", "{place!r}", "{place:>9}", "{place.text}", "{0}"])
def test_a_wording_template_holds_only_known_names(tmp_path, template):
    assert "wording" in refused(tmp_path, small(f'[wording]\nopening = "{template}"'))


@pytest.mark.parametrize("template", ["{place", "place}"])
def test_a_wording_template_with_a_stray_brace_is_refused(tmp_path, template):
    assert "wording" in refused(tmp_path, small(f'[wording]\nopening = "{template}"'))


def test_a_pack_without_a_desk_is_refused(tmp_path):
    assert "desk" in refused(tmp_path, small().replace(DESK, ""))


@pytest.mark.parametrize("text", ["id = ", "not toml at all", "[[[", "id = 'a'\n\x00", "[" * 20_000])
def test_what_is_no_toml_is_refused(tmp_path, text):
    assert "TOML" in refused(tmp_path, text)


def test_an_empty_file_is_refused(tmp_path):
    assert "缺少" in refused(tmp_path, "")


def test_a_file_in_gbk_is_refused_with_the_way_to_save_it(tmp_path):
    path = tmp_path / "small.toml"
    path.write_bytes(small().encode("gbk"))
    with pytest.raises(UnusableStandards) as caught:
        load(str(path))
    assert str(path) in caught.value.problem
    assert "UTF-8" in caught.value.problem
    assert "UTF-8" in caught.value.remedy


@pytest.mark.parametrize("prefix", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_from_a_windows_editor_reads_like_any_other(tmp_path, prefix, newline):
    path = written(tmp_path, "small", prefix + small().replace("\n", newline))
    assert load(str(path)).reports[0].id == "r.deaths"


def test_a_folder_is_no_pack(tmp_path):
    (tmp_path / "folder.toml").mkdir()
    assert "folder.toml" in refusal(tmp_path / "folder.toml")


@pytest.mark.parametrize(
    "name", ["nowhere", "", "../county", "a/b.toml", "~nobody-of-that-name/x.toml", "x\x00.toml"]
)
def test_a_pack_that_is_not_there_is_refused_with_the_names_that_are(name):
    with pytest.raises(UnusableStandards) as caught:
        load(name)
    assert "county" in caught.value.remedy


def test_a_pack_that_extends_itself_over_others_is_refused_with_the_chain(tmp_path):
    written(tmp_path, "one", header("one", 'extends = ["two"]'))
    written(tmp_path, "two", header("two", 'extends = ["./one.toml"]'))
    problem = refusal(tmp_path / "one.toml")
    assert "one.toml → two.toml → one.toml" in problem


def test_a_base_that_is_not_there_is_refused_with_its_name(tmp_path):
    assert "nowhere" in refusal(written(tmp_path, "small", small(top=('extends = ["nowhere"]',))))


def test_a_mistake_in_a_base_is_reported_with_the_file_of_the_base(tmp_path):
    base = written(tmp_path, "base", small('colour = "红"', id="base"))
    top = written(tmp_path, "top", header("top", 'extends = ["base"]'))
    assert str(base) in refusal(top)


def test_a_name_that_is_missing_is_reported_with_the_file_of_its_row(tmp_path):
    base = written(tmp_path, "base", small(row("watch", "w.x", "days = 7", 'category = "火警"'), id="base"))
    top = written(tmp_path, "top", header("top", 'extends = ["base"]'))
    assert str(base) in refusal(top)


def test_a_file_larger_than_any_pack_is_refused(tmp_path):
    assert "4 MB" in refused(tmp_path, small() + "#" * 4_000_001)
