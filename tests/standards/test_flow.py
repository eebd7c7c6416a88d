"""The reporting flow as nodes and edges: nothing that the standards do not say, and all that they say."""

from datetime import date
from pathlib import Path

from tests.standards.pack import WHY, loaded, row

from jinji_report.standards.flow import Flow, flow
from jinji_report.standards.load import load
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Side

DAY = date(2026, 11, 22)


def lanes(drawn: Flow) -> list[str]:
    return [
        f"{below.address.tier}{below.address.line}→{above.address.tier}{above.address.line}"
        for below, above in drawn.lanes
    ]


def test_a_report_passes_each_tier_of_a_line_in_turn(standards: Standards) -> None:
    found = lanes(flow(standards.on(DAY)))
    assert [lane for lane in found if "党委" in lane] == [
        "乡镇党委→县党委",
        "县党委→市党委",
        "市党委→省党委",
        "省党委→中央党委",
    ]


def test_the_minutes_add_up_from_tier_to_tier(standards: Standards) -> None:
    drawn = flow(standards.on(DAY))
    assert [(level.minutes, level.until) for level in drawn.levels] == [
        (10, 10),
        (15, 25),
        (15, 40),
        (20, 60),
        (None, None),
    ]
    assert drawn.desk_until == 25


def test_offices_that_nothing_reaches_are_left_out() -> None:
    drawn = flow(load("ningxia").on(DAY))
    assert {f"{s.address.tier}{s.address.line}" for level in drawn.levels for s in level.offices} == {
        "市党委",
        "省党委",
    }
    assert lanes(drawn) == ["市党委→省党委"]
    assert drawn.desk_until is None


def test_the_desk_is_marked_and_bears_its_own_name(standards: Standards) -> None:
    drawn = flow(standards.on(DAY))
    assert [s.name for level in drawn.levels for s in level.offices if s.desk] == [standards.desk.unit]


def test_offices_that_get_the_same_stand_together(standards: Standards) -> None:
    duties = flow(standards.on(DAY)).duties
    assert [(duty.tier.value, len(duty.offices)) for duty in duties] == [("市", 2), ("省", 2), ("中央", 2)]
    assert ("county.city.larger", "较大以上突发事件") in duties[0].rules


def test_what_other_units_owe_is_not_the_desks_own(standards: Standards) -> None:
    drawn = flow(standards.on(DAY))
    assert all(not row.owes for row in drawn.limits)
    assert "事故单位" in {debt.unit for debt in drawn.debts}


def test_a_category_leaves_out_what_cannot_concern_it(standards: Standards) -> None:
    drawn = flow(standards.on(DAY), "洪涝灾害")
    rules = {key for duty in drawn.duties for key, _ in duty.rules}
    assert "county.city.deaths.natural" in rules
    assert "county.city.deaths.accident" not in rules
    assert "事故单位" not in {debt.unit for debt in drawn.debts}
    assert "消防救援" not in {owner.unit for owner in drawn.owners[Side.INDUSTRY]}


def test_rows_of_another_day_are_not_drawn(tmp_path: Path) -> None:
    old = row(
        "report", "r.old", 'to = [{ tier = "省", line = "党委" }]', 'text = "旧"', "effective_to = 2014-12-31"
    )
    standards = loaded(tmp_path, old)
    assert len(flow(standards.on(date(2014, 12, 31))).duties) == 2
    assert len(flow(standards.on(date(2015, 1, 1))).duties) == 1


def test_the_call_tree_is_in_its_order_and_numbers_alone_are_not_in_it(tmp_path: Path) -> None:
    standards = loaded(
        tmp_path,
        '[[contact]]\nid = "b"\nunit = "乙"\ncall = 2\n',
        '[[contact]]\nid = "c"\nunit = "丙"\n',
        '[[contact]]\nid = "a"\nunit = "甲"\ncall = 1\n',
    )
    assert [contact.unit for contact in flow(standards.on(DAY)).calls] == ["甲", "乙"]
    assert [(hours, len(tree)) for hours, tree in flow(standards.on(DAY)).call_trees] == [("", 2)]


def test_out_of_hours_has_a_call_tree_of_its_own_with_those_who_may_always_be_called(tmp_path: Path) -> None:
    standards = loaded(
        tmp_path,
        '[[contact]]\nid = "a"\nunit = "部门主任"\nhours = "工作时间"\ncall = 1\n',
        '[[contact]]\nid = "b"\nunit = "值班领导"\nhours = "非工作时间"\ncall = 1\n',
        '[[contact]]\nid = "c"\nunit = "台长"\ncall = 2\n',
    )
    trees = [(hours, [c.unit for c in tree]) for hours, tree in flow(standards.on(DAY)).call_trees]
    assert trees == [("工作时间", ["部门主任", "台长"]), ("非工作时间", ["值班领导", "台长"])]


def test_skips_orders_and_the_outlet_are_in_the_flow(tmp_path: Path) -> None:
    standards = loaded(
        tmp_path,
        row("skip", "s", 'to = [{ tier = "省", line = "党委" }]', 'text = "群死群伤"'),
        row(
            "order",
            "o",
            'text = "先内后外"',
            'steps = [{ who = "甲", what = "先" }, { who = "乙", what = "后" }]',
        ),
        f'[[release]]\nid = "p"\nunit = "宣传部"\ntext = "只经宣传部"\n{WHY}',
    )
    drawn = flow(standards.on(DAY))
    assert [skip.text for skip in drawn.skips] == ["群死群伤"]
    assert [(step.who, step.what) for step in drawn.orders[0].steps] == [("甲", "先"), ("乙", "后")]
    assert [release.unit for release in drawn.releases] == ["宣传部"]
    assert "省" in {level.tier for level in drawn.levels}  # the office of the skip is drawn
