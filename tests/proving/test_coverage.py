"""What counts as covered: a row in its three states, a bound at its four points, and what cannot be."""

import pytest
from tests.proving.conftest import REST, trial_of
from tests.standards.pack import row

CASE = "[[case]]\nname = '{}'\nfacts = {{ {} }}\nexpect = {{ decision = '应报' }}\n"


def seen(folder, *facts, more=(), of="r.deaths"):
    """The states seen of a row, and the points at which its first bound was tried."""
    cases = "".join(CASE.format(n, fact) for n, fact in enumerate(facts))
    coverage = trial_of(folder, *more, cases=cases).coverage
    one = next(one for one in coverage.rows if one.row.id == of)
    marks = set(one.marks[0][1]) if one.marks else set()
    return {str(state) for state in one.states}, {str(mark) for mark in marks}


def missing(folder, *facts, more=(), of="r.deaths"):
    """What is wanting of a row: states, and the points of each of its bounds."""
    cases = "".join(CASE.format(n, fact) for n, fact in enumerate(facts))
    trial = trial_of(folder, *more, cases=cases)
    one = next((one for one in trial.coverage.missing if one.row.id == of), None)
    if one is None:
        return [], []
    return [str(state) for state in one.states], [[str(m) for m in marks] for _, marks in one.marks]


@pytest.mark.parametrize(
    ("facts", "states", "marks"),
    [
        ("category = '火灾', deaths = 2", {"不成立"}, {"少一"}),
        ("category = '火灾', deaths = 3", {"成立"}, {"恰好"}),
        ("category = '火灾', deaths = 4", {"成立"}, {"多一"}),
        ("category = '火灾', deaths = '不详'", {"未定"}, {"不详"}),
        ("category = '火灾', deaths = [2, 4]", {"未定"}, {"不详"}),
        ("category = '火灾', deaths = [3, 9]", {"成立"}, set()),
        ("category = '火灾', deaths = 1", {"不成立"}, set()),
        ("category = '火灾', deaths = 9", {"成立"}, set()),
    ],
)
def test_a_bound_is_tried_at_the_number_beside_it_and_unknown(tmp_path, facts, states, marks):
    assert seen(tmp_path, facts) == (states, marks)


def test_all_four_points_make_a_row_complete(tmp_path):
    facts = [f"category = '火灾', deaths = {value}" for value in ("2", "3", "4", "'不详'")]
    assert missing(tmp_path, *facts) == ([], [])
    assert missing(tmp_path, *facts[:2]) == (["未定"], [["多一", "不详"]])


def test_a_bound_is_not_tried_where_something_else_decides(tmp_path):
    both = row(
        "report",
        "r.both",
        'to = [{ tier = "市", line = "党委" }]',
        'text = "x"',
        'category = "火灾"',
        'when = { all = [{ tag = "学生" }, { measure = "injured", at_least = 5 }] }',
    )

    def marks(facts):
        return seen(tmp_path, facts, more=(both,), of="r.both")[1]

    assert marks("category = '火灾', tags = '学生', injured = 5") == {"恰好"}
    assert marks("category = '火灾', tags = '学生', injured = 4") == {"少一"}
    assert marks("category = '火灾', injured = 4") == set()
    assert marks("category = '火灾', injured = 5") == set()
    assert marks("category = '地震灾害', tags = '学生', injured = 4") == set()
    assert marks("tags = '学生', injured = 4") == set()


def test_a_sum_is_tried_by_what_it_adds_up_to(tmp_path):
    total = row(
        "report",
        "r.sum",
        'to = [{ tier = "市", line = "党委" }]',
        'text = "x"',
        'when = { measure = ["deaths", "injured"], at_least = 3 }',
    )

    def marks(facts):
        return seen(tmp_path, facts, more=(total,), of="r.sum")

    assert marks("category = '火灾', deaths = 1, injured = 1") == ({"不成立"}, {"少一"})
    assert marks("category = '火灾', deaths = 1, injured = 2") == ({"成立"}, {"恰好"})
    assert marks("category = '火灾', deaths = 2, injured = '不详'") == ({"未定"}, {"不详"})


TAG = row("factor", "f.tag", 'name = "有学生"', 'effect = "shown"', 'when = { tag = "学生" }')
KIND = row("owner", "o.fire", 'unit = "消防救援"', 'side = "行业"', 'angle = "灭火"', 'category = "火灾"')
ALWAYS = row("owner", "o.all", 'unit = "县"', 'side = "属地"', 'angle = "属地"')
BOTH = row(
    "factor",
    "f.both",
    'name = "火灾有学生"',
    'effect = "shown"',
    'when = { all = [{ tag = "学生" }, { category = "火灾" }] }',
)


def test_a_row_on_a_tag_alone_is_never_open_and_needs_no_such_case(tmp_path):
    facts = ["category = '火灾', tags = '学生'", "category = '火灾'"]
    assert missing(tmp_path, *facts, more=(TAG,), of="f.tag") == ([], [])


@pytest.mark.parametrize(("rule", "name"), [(KIND, "o.fire"), (BOTH, "f.both")])
def test_a_row_on_a_category_is_open_while_nobody_knows_what_happened(tmp_path, rule, name):
    facts = ["category = '火灾', tags = '学生'", "category = '地震灾害', tags = '学生'"]
    assert missing(tmp_path, *facts, more=(rule,), of=name) == (["未定"], [])
    assert missing(tmp_path, *facts, "tags = '学生'", more=(rule,), of=name) == ([], [])


def test_a_row_without_conditions_only_ever_holds(tmp_path):
    assert missing(tmp_path, "deaths = 1", more=(ALWAYS,), of="o.all") == ([], [])
    assert missing(tmp_path, more=(ALWAYS,), of="o.all") == (["成立"], [])


def test_a_row_that_nothing_meets_stays_wanting(tmp_path):
    never = row(
        "factor",
        "f.never",
        'name = "不可能"',
        'effect = "shown"',
        'when = { all = [{ measure = "deaths", at_least = 5 }, { measure = "deaths", below = 3 }] }',
    )
    assert missing(tmp_path, "category = '火灾', deaths = 1", more=(never,), of="f.never") == (["成立"], [])


def test_a_row_that_is_no_longer_in_force_is_tried_on_its_own_days(tmp_path):
    old = ALWAYS.replace("confidence", "effective_to = 2020-01-01\nconfidence")
    assert missing(tmp_path, "deaths = 1", more=(old,), of="o.all") == (["成立"], [])


def test_a_bound_that_can_never_decide_is_not_asked_for(tmp_path):
    """Seventy seriously hurt are sixty hurt: the second bound changes nothing, and no case can show it."""
    shadowed = row(
        "report",
        "r.two",
        'to = [{ tier = "市", line = "党委" }]',
        'text = "x"',
        'when = { any = [{ measure = "injured", at_least = 60 }, { measure = "seriously_injured", at_least = 70 }] }',
    )
    _, marks = missing(tmp_path, "category = '火灾', injured = 60", more=(shadowed,), of="r.two")
    assert marks == [["少一", "多一", "不详"], ["少一"]] or marks == [["少一", "多一", "不详"]]


def test_a_bound_of_nothing_has_no_number_below_it(tmp_path):
    loss = (
        '[[measure]]\nid = "loss"\nlabel = "损失"\nunit = "万元"\nask = "损失？"\nwhole = false\n',
        row("grade", "g.loss", 'grade = "一般"', 'measure = "loss"', "more_than = 0"),
    )
    facts = ["category = '火灾', loss = 0", "category = '火灾', loss = 0.1", "category = '火灾'"]
    assert missing(tmp_path, *facts, more=loss, of="g.loss") == ([], [])


@pytest.mark.parametrize(
    ("bound", "below", "above"), [("10", "9", "11"), ("5", "4.9", "5.1"), ("0.5", "0.45", "0.55")]
)
def test_what_is_not_counted_in_whole_numbers_has_a_smaller_step(tmp_path, bound, below, above):
    loss = (
        '[[measure]]\nid = "loss"\nlabel = "损失"\nunit = "万元"\nask = "损失？"\nwhole = false\n',
        row("grade", "g.loss", 'grade = "一般"', 'measure = "loss"', f"at_least = {bound}"),
    )
    facts = [f"category = '火灾', loss = {value}" for value in (below, bound, above, "'不详'")]
    assert missing(tmp_path, *facts, more=loss, of="g.loss") == ([], [])


def test_only_rows_of_the_packs_own_file_are_asked_for_unless_all_are(tmp_path):
    from tests.standards.pack import small, written

    from jinji_report.desk.rules.trial import subject_of

    written(tmp_path, "small", small(*REST))
    path = written(tmp_path, "over", f'id = "over"\ntitle = "上"\nextends = ["small"]\n\n{TAG}')
    assert [row.id for row in subject_of(str(path)).rows] == ["f.tag"]
    assert len(subject_of(str(path), every_row=True).rows) > 5
