"""Two standards compared: what changed in words of the trade, what changes decisions first."""

import pytest
from tests.standards.pack import DESK, REPORT, row, small, written

from jinji_report.standards.compare import WEIGHTS, WORDING, compare
from jinji_report.standards.findings import Subject
from jinji_report.standards.load import find_pack, read_chain, shipped_packs

GRADE = row("grade", "g.larger", 'grade = "较大"', 'measure = "deaths"', "at_least = 3")
FACTOR = row("factor", "f.pupils", 'name = "学生受害"', 'effect = "lifts"', 'when = { tag = "学生" }')
LIMIT = row("limit", "l.first", 'text = "首报"', 'form = "电话"', 'starts = "occurred"', "within = 30")
OFFICE = '[[office]]\ntier = "市"\nline = "党委"\nname = "市委办公室"\nphone = "1"\n'
CONTACT = '[[contact]]\nid = "c.one"\nunit = "县委办"\nphone = "1"\ncall = 1\n'
GROUP = '[[group]]\nname = "一组"\ncategories = ["火灾"]\n'
ORDER = row(
    "order",
    "o.one",
    'text = "先近后远"',
    'steps = [{ who = "甲", what = "电话" }, { who = "乙", what = "书面" }]',
)
HOP = row("hop", "h.county", 'tier = "县"', "minutes = 15")
ASK = row(
    "consultation",
    "k.one",
    'when = { tag = "学生" }',
    'units = [{ unit = "教育局", questions = ["伤势如何？"] }]',
)
WORDED = '[wording]\nopening = "{source}报告"\ntitle = { "首报" = "关于{place}的报告" }\n'


@pytest.fixture
def changes(tmp_path):
    """The changes from one text of a pack to another."""

    def between(before, after):
        sides = []
        for name, text in (("a", before), ("b", after)):
            folder = tmp_path / name
            folder.mkdir(exist_ok=True)
            sides.append(Subject(read_chain(written(folder, "small", text))))
        return compare(*sides)

    return between


def told(changes):
    return [(change.how, change.table, change.key, *change.words) for change in changes]


@pytest.mark.parametrize("name", shipped_packs())
def test_a_shipped_pack_does_not_differ_from_itself(name):
    assert compare(Subject(read_chain(find_pack(name))), Subject(read_chain(find_pack(name)))) == []


ONE = {
    "a bound": (
        GRADE,
        "at_least = 3",
        "at_least = 2",
        ("修改", "grade", "g.larger", "条件：死亡 ≥ 3人 → ≥ 2人"),
    ),
    "the kind of a bound": (
        GRADE,
        "at_least = 3",
        "more_than = 3",
        ("修改", "grade", "g.larger", "条件：死亡 ≥ 3人 → > 3人"),
    ),
    "a grade": (GRADE, '"较大"', '"重大"', ("修改", "grade", "g.larger", "等级：较大 → 重大")),
    "a clause": (
        GRADE,
        "第一条",
        "第二条",
        ("修改", "grade", "g.larger", "出处：某办法 第一条 → 某办法 第二条"),
    ),
    "a first day": (
        GRADE,
        'grade = "较大"',
        'grade = "较大"\neffective_from = 2026-01-01',
        ("修改", "grade", "g.larger", "施行日：一直有效 → 2026-01-01"),
    ),
    "the categories": (
        GRADE,
        'grade = "较大"',
        'grade = "较大"\ncategory = "火灾"',
        ("修改", "grade", "g.larger", "类别：全部类别 → 火灾"),
    ),
    "the offices": (
        REPORT,
        'line = "党委" }]',
        'line = "政府" }]',
        ("修改", "report", "r.deaths", "报给：加 市级政府；去 市级党委"),
    ),
    "an effect": (FACTOR, '"lifts"', '"asks"', ("修改", "factor", "f.pupils", "作用：提级 → 追问")),
    "minutes": (LIMIT, "within = 30", "within = 20", ("修改", "limit", "l.first", "分钟：30 → 20")),
    "a start": (LIMIT, '"occurred"', '"received"', ("修改", "limit", "l.first", "起算：事发 → 接报")),
    "minutes of a hop": (HOP, "minutes = 15", "minutes = 10", ("修改", "hop", "县", "分钟：15 → 10")),
    "a phone": (OFFICE, 'phone = "1"', 'phone = "2"', ("修改", "office", "市党委", "值班电话：1 → 2")),
    "a contact's place": (CONTACT, "call = 1", "call = 2", ("修改", "contact", "c.one", "叫应次序：1 → 2")),
    "a group": (
        GROUP,
        '["火灾"]',
        '["火灾", "地震灾害"]',
        ("修改", "group", "一组", "所含类别：加 地震灾害"),
    ),
    "an order": (
        ORDER,
        'who = "乙", what = "书面"',
        'who = "丙", what = "书面"',
        ("修改", "order", "o.one", "先后：甲：电话，再 乙：书面 → 甲：电话，再 丙：书面"),
    ),
    "questions": (
        ASK,
        '["伤势如何？"]',
        '["伤势如何？", "有无家长聚集？"]',
        ("修改", "consultation", "k.one", "单位和问题：问教育局的 加 有无家长聚集？"),
    ),
    "a wording": (
        WORDED,
        "关于{place}的报告",
        "{place}情况",
        ("修改", "wording", "wording", "首报的标题：关于{place}的报告 → {place}情况"),
    ),
    "the desk": (
        DESK,
        '"甲县委办公室"',
        '"乙县委办公室"',
        ("修改", "desk", "desk", "单位：甲县委办公室 → 乙县委办公室"),
    ),
    "trigger words": (
        "",
        'strong = ["着火"]',
        'strong = ["起火", "失火"]',
        ("修改", "category", "火灾", "强触发词：加 起火、失火；去 着火"),
    ),
    "words of a tag": (
        "",
        'words = ["学生"]',
        'words = ["学生", "孩子"]',
        ("修改", "tag", "学生", "触发词：加 孩子"),
    ),
}


@pytest.mark.parametrize("what", ONE)
def test_a_change_is_told_in_words_of_the_trade(what, changes):
    more, old, new, expected = ONE[what]
    before = small() if more in ("", DESK, REPORT) else small(more)
    assert old in before
    after = before.replace(old, new, 1) if more != GRADE else small(GRADE.replace(old, new))
    assert told(changes(before, after)) == [expected]


def when(condition):
    return small(FACTOR.replace('{ tag = "学生" }', condition))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('{ tag = "学生" }', '{ measure = "deaths", at_least = 1 }', "有标签学生 → 死亡 ≥ 1人"),
        ('{ category = "火灾" }', '{ category = ["火灾", "地震灾害"] }', "类别 加 地震灾害"),
        (
            '{ all = [{ tag = "学生" }, { measure = "deaths", at_least = 3 }] }',
            '{ all = [{ measure = "deaths", at_least = 2 }, { tag = "学生" }] }',
            "死亡 ≥ 3人 → ≥ 2人",
        ),
        (
            '{ any = [{ tag = "学生" }] }',
            '{ any = [{ tag = "学生" }, { measure = "injured", at_least = 5 }] }',
            "加 受伤 ≥ 5人",
        ),
        (
            '{ any = [{ tag = "学生" }, { measure = "injured", at_least = 5 }, { category = "火灾" }] }',
            '{ any = [{ tag = "学生" }, { measure = "deaths", at_least = 5 }, { category = "地震灾害" }] }',
            "加 死亡 ≥ 5人；加 类别为地震灾害；去 受伤 ≥ 5人；去 类别为火灾",
        ),
    ],
)
def test_of_a_condition_only_what_differs_is_told(before, after, words, changes):
    assert told(changes(when(before), when(after))) == [("修改", "factor", "f.pupils", f"条件：{words}")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{ tag = "学生" }', '{ tag = ["学生"] }'),
        ('{ tag = "学生" }', '{ any = [{ tag = "学生" }] }'),
        (
            '{ all = [{ tag = "学生" }, { category = ["火灾", "地震灾害"] }] }',
            '{ all = [{ category = ["地震灾害", "火灾"] }, { tag = "学生" }] }',
        ),
        ('{ category = "事故灾难" }', '{ category = ["火灾"] }'),
        (
            '{ measure = ["deaths", "injured"], at_least = 3 }',
            '{ measure = ["injured", "deaths"], at_least = 3.0 }',
        ),
    ],
)
def test_another_writing_of_the_same_condition_is_no_difference(before, after, changes):
    assert changes(when(before), when(after)) == []


def test_a_rung_written_as_a_whole_condition_is_no_difference(changes):
    whole = row("grade", "g.larger", 'grade = "较大"', 'when = { measure = "deaths", at_least = 3 }')
    assert changes(small(GRADE), small(whole)) == []


def test_another_order_of_rows_comments_and_lists_is_no_difference(changes):
    before = small(GRADE, FACTOR, GROUP.replace('["火灾"]', '["火灾", "地震灾害"]'))
    after = small("# 说明", GROUP.replace('["火灾"]', '["地震灾害", "火灾"]'), FACTOR, GRADE)
    assert changes(before, after) == []


def test_a_row_of_another_name_that_says_the_same_is_renamed(changes):
    assert told(changes(small(GRADE), small(GRADE.replace("g.larger", "g.three")))) == [
        ("改名", "grade", "g.larger", "g.larger → g.three")
    ]
    assert [c.new_key for c in changes(small(GROUP), small(GROUP.replace("一组", "二组")))] == ["二组"]


def test_a_row_of_another_name_that_says_something_else_is_another_row(changes):
    after = small(GRADE.replace("g.larger", "g.two").replace("at_least = 3", "at_least = 2"))
    assert told(changes(small(GRADE), after)) == [
        ("删除", "grade", "g.larger", "死亡 ≥ 3人；等级 较大"),
        ("新增", "grade", "g.two", "死亡 ≥ 2人；等级 较大"),
    ]


def test_two_bare_categories_are_not_one_that_was_renamed(changes):
    bare = '[[category]]\nname = "{}"\nkind = "社会安全"\n'
    found = changes(small(bare.format("甲")), small(bare.format("乙")))
    assert [change.how for change in found] == ["删除", "新增"]


def test_a_new_category_changes_no_row_of_its_class(changes):
    flood = '[[category]]\nname = "洪涝灾害"\nkind = "自然灾害"\n'
    of_class = GRADE.replace('grade = "较大"', 'grade = "较大"\ncategory = "自然灾害"')
    assert [(c.how, c.table) for c in changes(small(of_class), small(of_class, flood))] == [
        ("新增", "category")
    ]


def test_what_changes_decisions_comes_first_and_mere_words_last(changes):
    before = small(WORDED, OFFICE, LIMIT, FACTOR, GRADE)
    after = before.replace("{source}报告", "报告").replace('strong = ["着火"]', 'strong = ["失火"]')
    after = after.replace("within = 30", "within = 20").replace("at_least = 3", "at_least = 2")
    found = changes(before, after)
    assert [change.table for change in found] == ["report", "grade", "limit", "category", "wording"]
    assert [WEIGHTS[change.weight] for change in found][2:] == ["时限和报送", "读取来电", WORDING]


def test_a_changed_clause_alone_weighs_as_words(changes):
    (change,) = changes(small(GRADE), small(GRADE.replace("第一条", "第二条")))
    assert WEIGHTS[change.weight] == WORDING


def test_rows_of_a_base_are_compared_too(tmp_path, changes):
    for name, bound in (("a", 3), ("b", 2)):
        (tmp_path / name).mkdir()
        base = small(GRADE.replace("at_least = 3", f"at_least = {bound}"), id="base")
        written(tmp_path / name, "base", base)
    over = 'id = "small"\ntitle = "上层"\nextends = ["base"]\n'
    assert told(changes(over, over)) == [("修改", "grade", "g.larger", "条件：死亡 ≥ 3人 → ≥ 2人")]


def test_another_unit_of_a_measure_moves_its_bounds_and_is_no_matter_of_words(changes):
    before = small(GRADE)
    (change,) = changes(before, before.replace('label = "死亡"\nunit = "人"', 'label = "死亡"\nunit = "户"'))
    assert WEIGHTS[change.weight] != WORDING
    assert change.table == "measure"
