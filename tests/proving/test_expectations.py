"""What a case may expect: each kind of expectation met, and not met with both sides named."""

import pytest


def gaps(tried):
    assert tried.problems == ()
    return [(gap.item, gap.expected, gap.got) for gap in tried.gaps]


@pytest.mark.parametrize(
    ("facts", "expect"),
    [
        ("category = '火灾', deaths = 3", "decision = '应报'"),
        ("category = '火灾', deaths = 2, injured = 0", "decision = '备查'"),
        ("category = '火灾', deaths = [2, 3], injured = 0", "decision = '待核'"),
        ("category = '火灾', deaths = 3", "grade = '较大'"),
        ("category = '火灾', deaths = 0", "grade = '无'"),
        ("category = '地震灾害', deaths = 9", "grade = '无'"),
        ("category = '火灾', deaths = [2, 3]", "grade = ['一般', '较大']"),
        ("category = '火灾', deaths = '不详'", "grade = ['无', '较大']"),
        ("category = '火灾', deaths = 3", "because = ['r.deaths', 'g.larger', 'g.ordinary', 'r.larger']"),
        ("category = '火灾', deaths = 2", "not_because = ['r.deaths', 'g.larger'], because = 'g.ordinary'"),
        ("category = '火灾'", "unsure = ['r.deaths', 'g.ordinary']"),
        ("deaths = 3", "because = 'r.deaths', unsure = ['g.larger', 'o.fire']"),
        ("category = '火灾', deaths = 3", "report_to = ['市', '市党委', '市委办公室', '省党委']"),
        ("category = '火灾', injured = 3, tags = ['学生']", "report_to = '省'"),
        ("category = '火灾', deaths = 2, injured = 0", "not_to = ['市', '省', '省政府办公厅']"),
        ("category = '火灾', injured = 0", "asks = ['deaths', '死亡', '死亡几人？', '什么时间发生的？']"),
        ("category = '火灾', injured = 3, tags = '学生'", "factors = ['学生受害', '有学生']"),
        ("category = '火灾', injured = 2, tags = '学生'", "factors = '有学生', not_factors = '学生受害'"),
        ("category = '火灾'", "consult = '消防救援', owners = '消防救援'"),
        ("category = '火灾', deaths = 3, occurred = '2026-03-20T09:00'", "limits = { 'l.first' = 60 }"),
        ("category = '火灾', deaths = 3", "limits = { 'l.first' = 60 }"),
    ],
)
def test_an_expectation_that_is_met_passes(tried, facts, expect):
    assert gaps(tried(f"facts = {{ {facts} }}", f"expect = {{ {expect} }}")) == []


@pytest.mark.parametrize(
    ("facts", "expect", "gap"),
    [
        (
            "category = '火灾', deaths = 3",
            "decision = '备查'",
            ("结论", "备查", "应报（r.deaths、r.larger、g.larger）"),
        ),
        (
            "category = '火灾', deaths = 3",
            "grade = '一般'",
            ("等级", "一般", "较大（r.deaths、r.larger、g.larger）"),
        ),
        ("category = '地震灾害', deaths = 1", "grade = '一般'", ("等级", "一般", "无")),
        ("category = '火灾', deaths = 0, injured = 0", "grade = ['无', '较大']", ("等级", "无至较大", "无")),
        (
            "category = '火灾', deaths = 2",
            "because = 'r.deaths'",
            ("条款", "r.deaths 成立", "不成立（死亡2人）"),
        ),
        ("category = '火灾'", "because = 'r.deaths'", ("条款", "r.deaths 成立", "未定（不知道死亡）")),
        ("deaths = 3", "because = 'o.fire'", ("条款", "o.fire 成立", "未定（不知道类别）")),
        (
            "category = '火灾', deaths = 3",
            "not_because = 'r.deaths'",
            ("条款", "r.deaths 不成立", "成立（死亡3人）"),
        ),
        ("category = '火灾'", "not_because = 'r.deaths'", ("条款", "r.deaths 不成立", "未定（不知道死亡）")),
        (
            "category = '火灾', deaths = 3",
            "unsure = 'r.deaths'",
            ("条款", "r.deaths 未定", "成立（死亡3人）"),
        ),
        ("category = '火灾'", "because = 'o.old'", ("条款", "o.old 成立", "2026-03-20 不在有效期内")),
        (
            "category = '火灾', deaths = 3",
            "report_to = '省'",
            ("应报", "省", "市委办公室（应报）、省委办公厅（应报）"),
        ),
        (
            "category = '火灾', deaths = 3",
            "not_to = '市'",
            ("不报", "市", "市委办公室（应报）、省委办公厅（应报）"),
        ),
        (
            "category = '火灾', deaths = 3",
            "not_to = '省'",
            ("不报", "省", "市委办公室（应报）、省委办公厅（应报）"),
        ),
        ("category = '火灾', deaths = 0, injured = 0", "report_to = '市'", ("应报", "市", "都不报")),
        (
            "category = '火灾', deaths = 0, injured = 0, place = '东街', occurred = '2026-03-20T09:00'",
            "asks = '死亡'",
            ("追问", "死亡", "什么也不问"),
        ),
        ("category = '火灾', injured = 0", "factors = '有学生'", ("敏感因素", "有学生", "没有")),
        ("tags = '学生', injured = 0", "not_factors = '有学生'", ("敏感因素", "没有 有学生", "有学生")),
        ("category = '地震灾害'", "consult = '消防救援'", ("会商", "消防救援", "没有")),
        ("category = '火灾'", "owners = '卫生健康'", ("责任单位", "卫生健康", "消防救援")),
        (
            "category = '火灾', deaths = 3",
            "limits = { 'l.first' = 59 }",
            ("时限", "l.first 59分钟", "60分钟"),
        ),
        (
            "category = '火灾', deaths = 0, injured = 0",
            "limits = { 'l.first' = 60 }",
            ("时限", "l.first 60分钟", "没有这项时限"),
        ),
    ],
)
def test_an_expectation_that_is_not_met_names_both_sides(tried, facts, expect, gap):
    assert gaps(tried(f"facts = {{ {facts} }}", f"expect = {{ {expect} }}")) == [gap]


def test_a_note_is_read_and_its_reading_compared(tried):
    note = "note = '今天9点，东街一商铺着火，3人死亡，2人受伤'"
    expect = "expect = { category = '火灾', measures = { deaths = 3, '受伤' = 2 }, because = 'r.deaths' }"
    assert gaps(tried(note, "now = '2026-03-20T09:30'", expect)) == []


def test_a_reading_that_is_not_the_expected_one_is_shown(tried):
    note = "note = '今天9点，东街一商铺着火，3人死亡'"
    expect = "expect = { category = '地震灾害', measures = { deaths = 4, injured = 0 } }"
    assert gaps(tried(note, "now = '2026-03-20T09:30'", expect)) == [
        ("类别", "地震灾害", "火灾"),
        ("数量", "死亡4人", "死亡3人"),
        ("数量", "受伤0人", "没有说受伤"),
    ]


@pytest.mark.parametrize(
    ("value", "expect"),
    [
        ("3", "because = 'r.deaths'"),
        ("[3, 9]", "because = 'r.deaths'"),
        ("[2, 9]", "unsure = 'r.deaths'"),
        ("[3, '以上']", "because = 'r.deaths'"),
        ("'至少3'", "because = 'r.deaths'"),
        ("'十余'", "because = 'r.deaths'"),
        ("'不详'", "unsure = 'r.deaths'"),
        ("'无'", "not_because = 'r.deaths'"),
    ],
)
def test_a_measure_is_written_as_a_number_a_span_or_in_words(tried, value, expect):
    assert gaps(tried(f"facts = {{ '死亡' = {value}, category = '火灾' }}", f"expect = {{ {expect} }}")) == []


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            ("facts = { daeths = 3 }", "expect = { decision = '应报' }"),
            "没有“daeths”这个数量；相近的有：deaths。",
        ),
        (
            ("facts = { category = '火宅' }", "expect = { decision = '应报' }"),
            "没有“火宅”这个类别；相近的有：火灾。",
        ),
        (("facts = { tags = ['老师'] }", "expect = { decision = '应报' }"), "没有“老师”这个标签。"),
        (
            ("facts = { deaths = '许多' }", "expect = { decision = '应报' }"),
            'deaths 的值看不懂：许多。写成 3、[3, 9]、[3, "以上"]、"十余" 或 "不详"。',
        ),
        (("facts = { deaths = [9, 3] }", "expect = { decision = '应报' }"), "deaths 的值看不懂：[9, 3]。"),
        (("facts = { deaths = -1 }", "expect = { decision = '应报' }"), "deaths 的值看不懂：-1。"),
        (("facts = { occurred = '某天' }", "expect = { decision = '应报' }"), "occurred：看不懂时间“某天”"),
        (("facts = { occurred = 3 }", "expect = { decision = '应报' }"), "occurred 不是时间：3。"),
        (("facts = { place = 3 }", "expect = { decision = '应报' }"), "place 应是文字：3。"),
        (
            ("facts = { deaths = 3 }", "now = '早上'", "expect = { decision = '应报' }"),
            "now 不是时间：早上。",
        ),
        (
            ("facts = { deaths = 3 }", "expect = { because = 'r.death' }"),
            "没有“r.death”这个条款；相近的有：r.deaths",
        ),
        (("facts = { deaths = 3 }", "expect = { report_to = '街道' }"), "没有“街道”这个报送对象。"),
        (("facts = { deaths = 3 }", "expect = { factors = '学生' }"), "没有“学生”这个敏感因素；相近的有："),
        (("facts = { deaths = 3 }", "expect = { limits = { l = 3 } }"), "没有“l”这个时限。"),
        (("facts = { deaths = 3 }", "expect = { asks = '天气' }"), "没有“天气”这个数量。"),
        (
            ("facts = { deaths = 3 }", "expect = { category = '火宅' }"),
            "没有“火宅”这个类别；相近的有：火灾。",
        ),
    ],
)
def test_what_a_case_names_and_nobody_knows_is_a_problem_of_the_case(tried, lines, problem):
    one = tried(*lines)
    assert not one.passed
    assert len(one.problems) == 1
    assert one.problems[0].startswith(problem)


# —— the day ——


def test_a_case_is_judged_by_its_own_day_before_all_others(tried):
    facts = "facts = { category = '火灾', occurred = '2026-03-01T08:00' }"
    assert gaps(tried(facts, "on = 2019-05-01", "expect = { because = 'o.old', owners = '旧单位' }")) == []
    assert gaps(tried(facts, "expect = { because = 'o.old' }"))[0][2] == "2026-03-01 不在有效期内"


def test_a_day_in_the_head_of_the_file_holds_for_the_cases_that_name_none(tmp_path):
    from tests.proving.conftest import REST, trial_of

    def outcome(head, case):
        cases = f"{head}[[case]]\nname = '某事'\n{case}expect = {{ because = 'o.old' }}\n"
        return trial_of(tmp_path, *REST, cases=cases).cases[0][1].passed

    assert outcome("on = 2019-05-01\n", "facts = { category = '火灾' }\n")
    assert not outcome("", "facts = { category = '火灾' }\n")
    assert not outcome("on = 2019-05-01\n", "facts = { occurred = '2026-03-01T08:00' }\n")
    assert not outcome("on = 2019-05-01\n", "on = 2026-03-01\nfacts = { category = '火灾' }\n")


def test_cases_stand_in_the_pack_too(tmp_path):
    from tests.proving.conftest import trial_of

    case = "[[case]]\nname = '在里面'\nfacts = { deaths = 2 }\nexpect = { because = 'r.deaths' }\n"
    trial = trial_of(tmp_path, case)
    ((written, tried),) = trial.failed
    assert (tried.name, written.file) == ("在里面", str(tmp_path / "small.toml"))
    text = (tmp_path / "small.toml").read_text(encoding="utf-8")
    assert text.splitlines()[written.line - 1] == "[[case]]"
