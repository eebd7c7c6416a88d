"""What no honest writer would put into a pack is refused or borne in reasonable time, never a crash."""

from datetime import date

import pytest
from tests.standards.pack import WHY, loaded, row, small, written

from jinji_report.errors import UnusableStandards
from jinji_report.standards.check import check
from jinji_report.standards.layout import Layout
from jinji_report.standards.load import find_pack, load, read_chain
from jinji_report.standards.witness import Tangled, boxes

REPORT = ('to = [{ tier = "省", line = "党委" }]', 'text = "一句"')


def problem_of(folder, *more):
    with pytest.raises(UnusableStandards) as caught:
        load(str(written(folder, "small", small(*more))))
    return caught.value.problem


def report(*lines, id="r.more"):
    return row("report", id, *REPORT, *lines)


def test_a_number_of_thousands_of_digits_is_no_toml(tmp_path):
    text = report('when = { measure = "deaths", at_least = ' + "9" * 5000 + " }")
    assert "有一个数太长" in problem_of(tmp_path, text)


def test_a_day_that_no_month_has_is_said_to_be_none(tmp_path):
    assert "没有这一天" in problem_of(tmp_path, report("effective_from = 2026-02-30"))


@pytest.mark.parametrize("depth", [100, 1000])
def test_brackets_within_brackets_are_named_as_what_is_wrong(tmp_path, depth):
    tree = "{ all = [" * depth + '{ tag = "学生" }' + "] }" * depth
    assert "括号套得太深" in problem_of(tmp_path, report(f"when = {tree}"))


def test_a_window_from_the_first_day_of_all_is_refused(tmp_path):
    window = '[[window]]\nname = "久"\nspans = [[0001-01-01, 2026-01-01]]\n'
    assert "1900 年到 9000 年之间" in problem_of(tmp_path, window)


def test_the_last_day_of_the_calendar_is_no_end(tmp_path):
    standards = loaded(tmp_path, report("effective_to = 9999-12-31"))
    assert standards.on(date(2026, 1, 1)).reports[-1].effective_to is None


def test_a_base_with_a_name_too_long_for_the_system_is_not_found(tmp_path):
    with pytest.raises(UnusableStandards, match="没有找到报送标准"):
        find_pack("x" * 390, beside=tmp_path / "small.toml")


def groups(count, *members):
    inner = "".join(
        f'[[group]]\nname = "组{n}"\ncategories = ["组{n + 1}", "组{n + 1}"]\n' for n in range(count)
    )
    return f'{inner}[[group]]\nname = "组{count}"\ncategories = ["火灾"]\n'


def test_groups_that_double_at_each_step_are_spelled_out_once(tmp_path):
    standards = loaded(tmp_path, groups(15), report('category = "组0"'))
    assert standards.reports[-1].categories == ("火灾",)


def test_groups_within_groups_without_end_are_a_fault(tmp_path):
    assert "层组里" in problem_of(tmp_path, groups(1500), report('category = "组0"'))


def test_a_condition_of_five_hundred_parts_is_tangled_and_no_crash(tmp_path):
    standards = loaded(tmp_path)
    tree = {"all": [{"tag": [f"标签{n}"]} for n in range(500)]}
    with pytest.raises(Tangled):
        list(boxes(tree, standards))


def test_bounds_of_many_rows_are_compared_in_reasonable_time(tmp_path):
    rows = (report(f'when = {{ measure = "deaths", at_least = {n + 4} }}', id=f"r.{n}") for n in range(300))
    slip = '[[measure]]\nid = "loss"\nlabel = "损失"\nunit = "万元"\nask = "多少？"\nwhole = false\n'
    loss = [
        report(f'when = {{ measure = "loss", at_least = {n} }}', id=f"loss.{n}")
        for n in (1000, 5000, 10_000_000)
    ]
    found = check(read_chain(written(tmp_path, "small", small(*rows, slip, *loss))))
    assert [finding.row for finding in found if finding.code == "J107"] == ["loss.10000000"]


def test_other_line_breaks_within_a_comment_do_not_shift_the_lines():
    layout = Layout(f'id = "x"  # 甲\u2028乙\x85丙\n[[hop]]\nid = "h"\n{WHY}')
    assert layout.line(("hop", 0)) == 2
    assert layout.line(("hop", 0, "id")) == 3


def test_a_value_of_none_of_its_kinds_is_named_by_its_key_alone(tmp_path):
    case = '[[case]]\nname = "甲"\nfacts = { deaths = true }\nexpect = { decision = "应报" }\n'
    problem = problem_of(tmp_path, case)
    assert "facts deaths：应是" in problem
    assert "constrained" not in problem
