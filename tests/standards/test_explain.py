"""Rows in words, what rests on them, and the nearest incidents that meet them or do not."""

from datetime import date
from pathlib import Path

import pytest
from tests.standards.pack import row, small, written

from jinji_report.standards.examples import Way, incident_words, meets, ways
from jinji_report.standards.explain import (
    bearing,
    compiled_of,
    condition_words,
    could_hold,
    outline,
    used_by,
)
from jinji_report.standards.findings import Subject
from jinji_report.standards.load import find_pack, read_chain
from jinji_report.standards.rows import Standards
from jinji_report.standards.telling import Teller, days_words, in_force, sentence, spans_around

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def county() -> Subject:
    return Subject(read_chain(find_pack("county")))


def subject_of(folder: Path, *more: str) -> Subject:
    return Subject(read_chain(written(folder, "small", small(*more))))


def texts(found: list[Way], standards: Standards) -> list[tuple[str, list[str]]]:
    return [
        (
            incident_words(way.incident, standards, with_day=bool(way.windows)),
            [incident_words(miss.incident, standards, with_day=bool(way.windows)) for miss in way.misses],
        )
        for way in found
    ]


# ── words ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("bound", "short", "spoken"),
    [
        ({"at_least": 3}, "死亡 ≥ 3人", "死亡3人以上（含3人）"),
        ({"more_than": 3}, "死亡 > 3人", "死亡超过3人（不含3人）"),
        ({"at_most": 3}, "死亡 ≤ 3人", "死亡不超过3人（含3人）"),
        ({"below": 3}, "死亡 < 3人", "死亡不足3人（不含3人）"),
    ],
)
def test_the_spoken_words_say_whether_the_number_itself_counts(
    standards: Standards, bound: dict[str, int], short: str, spoken: str
) -> None:
    tree = {"measure": "deaths", **bound}
    assert condition_words(tree, standards) == short
    assert condition_words(tree, standards, spoken=True) == spoken


def test_a_sum_names_all_its_parts(standards: Standards) -> None:
    tree = {"measure": ["deaths", "missing"], "at_least": 10}
    assert condition_words(tree, standards, spoken=True) == "死亡、失联合计10人以上（含10人）"


def test_an_either_inside_a_both_stands_in_brackets(standards: Standards) -> None:
    either = {"any": [{"tag": "学生"}, {"tag": "儿童"}]}
    assert condition_words({"all": [{"category": "火灾"}, either]}, standards) == (
        "类别为火灾 且 （有标签学生 或 有标签儿童）"
    )


def test_an_outline_has_one_requirement_a_line(standards: Standards) -> None:
    tree = {
        "all": [
            {"tag": ["学生", "儿童"]},
            {"not": {"any": [{"category": "火灾"}, {"window": "春节"}]}},
        ]
    }
    assert outline(tree, standards) == [
        (0, "同时满足"),
        (1, "有下列任一标签：学生、儿童"),
        (1, "不属于下面这种情形"),
        (2, "有下列之一"),
        (3, "类别为火灾"),
        (3, "在春节"),
    ]


def test_a_rung_is_told_in_one_sentence(county: Subject) -> None:
    rung = county.written("grade")["work-safety.deaths.serious"]
    assert sentence(Teller(county, DAY, spoken=True), "grade", rung) == (
        "生产安全事故，死亡10人以上（含10人）的，定为重大。"
    )


def test_a_reporting_row_names_its_offices(county: Subject) -> None:
    data = county.written("report")["county.city.deaths.accident"]
    told = sentence(Teller(county, DAY, spoken=True), "report", data)
    assert told == "事故灾难，死亡1人以上（含1人）的，要报市委办公室、市政府办公室。"


def test_a_limit_at_the_end_of_the_hop_is_told_in_minutes(county: Subject) -> None:
    cells = dict(
        Teller(county, DAY).cells("limit", "first-written", county.written("limit")["first-written"])
    )
    assert cells["多久"] == "电话首报报出后30分钟，且不晚于本级环节终点，即事发后25分钟"


def test_every_row_of_a_kind_has_the_same_labels(county: Subject) -> None:
    teller = Teller(county, DAY)
    for kind in ("report", "grade", "factor", "limit", "owner", "category", "tag", "measure"):
        labels = {
            tuple(label for label, _ in teller.cells(kind, key, data))
            for key, data in county.written(kind).items()
        }
        assert len(labels) == 1, kind


def test_both_days_of_a_row_belong_to_its_span() -> None:
    data = {"effective_from": "2011-05-01", "effective_to": "2014-12-28"}
    assert [
        in_force(data, date(*day)) for day in ((2011, 4, 30), (2011, 5, 1), (2014, 12, 28), (2014, 12, 29))
    ] == [
        False,
        True,
        True,
        False,
    ]
    assert days_words(data) == "2011-05-01 至 2014-12-28"


def test_a_window_shows_the_spans_around_the_day() -> None:
    data = {
        "spans": [["2025-01-28", "2025-02-04"], ["2026-02-15", "2026-02-23"], ["2027-02-05", "2027-02-12"]],
        "yearly": [["12-20", "01-10"]],
    }
    assert spans_around(data, date(2026, 2, 15)) == (
        "2025-01-28 至 2025-02-04；2026-02-15 至 2026-02-23（这一天在内）；2027-02-05 至 2027-02-12；"
        "每年 12-20 至 01-10"
    )
    assert spans_around(data, date(2026, 1, 10)).endswith("每年 12-20 至 01-10（这一天在内）")


# ── names ─────────────────────────────────────────────────────────────────────


def test_a_name_that_several_rows_bear_finds_all_of_them(county: Subject) -> None:
    assert bearing("涉外事件", ("factor", "category"), county) == [
        ("factor", "factor.foreign-affair"),
        ("category", "涉外事件"),
    ]
    assert bearing("死亡", ("measure",), county) == [("measure", "deaths")]
    assert bearing("市委办公室", ("office",), county) == [("office", "市党委")]


def test_a_rung_is_used_by_the_rows_that_ask_for_its_grade_or_a_lighter_one(county: Subject) -> None:
    serious = {key for _, key in used_by("grade", "work-safety.deaths.serious", county)}
    larger = {key for _, key in used_by("grade", "work-safety.deaths.larger", county)}
    assert {"county.city.larger", "county.centre.serious"} <= serious
    assert "county.city.larger" in larger
    assert "county.centre.serious" not in larger
    assert "law.17.serious" not in serious  # it is for pollution alone


def test_a_factor_is_used_by_the_rows_that_ask_for_its_effect(county: Subject) -> None:
    assert ("report", "county.city.factor") in used_by("factor", "factor.pupils", county)
    assert ("report", "county.city.factor") not in used_by("factor", "factor.elderly", county)


def test_a_category_is_used_by_the_rows_of_its_groups_and_its_class(county: Subject) -> None:
    users = used_by("category", "洪涝灾害", county)
    assert ("report", "county.city.deaths.natural") in users
    assert ("report", "county.city.deaths.accident") not in users


def test_a_condition_is_decided_by_the_category_alone_where_that_is_enough() -> None:
    fire = {"category": ["火灾"]}
    open_ = {"tag": "学生"}
    assert could_hold({"all": [fire, open_]}, "溺水") is False
    assert could_hold({"all": [fire, open_]}, "火灾") is None
    assert could_hold({"any": [fire, open_]}, "火灾") is True
    assert could_hold({"not": fire}, "火灾") is False
    assert could_hold({}, "火灾") is True


# ── nearest incidents ─────────────────────────────────────────────────────────


def test_the_nearest_incidents_of_a_rung_stand_on_both_sides_of_its_bound(county: Subject) -> None:
    when = compiled_of("grade", county)["work-safety.deaths.larger"]
    found = ways({"all": [{"category": when["categories"]}, when["when"]]}, county.standards.on(DAY), DAY)
    met, missed = texts(found, county.standards)[0]
    assert met == "道路交通事故，死亡3人"
    assert missed[0] == "道路交通事故，死亡2人"


def test_a_bound_that_does_not_count_is_missed_by_the_number_itself(tmp_path: Path) -> None:
    subject = subject_of(tmp_path)
    found = ways({"measure": "deaths", "more_than": 3}, subject.standards, DAY)
    assert texts(found, subject.standards) == [("任何一类事件，死亡4人", ["任何一类事件，死亡3人"])]


def test_a_tag_row_shows_the_incident_with_and_without_the_tag(tmp_path: Path) -> None:
    subject = subject_of(tmp_path)
    found = ways({"all": [{"category": ["火灾"]}, {"tag": "学生"}]}, subject.standards, DAY)
    assert texts(found, subject.standards) == [("火灾，有“学生”", ["火灾", "地震灾害，有“学生”"])]


def test_a_window_row_shows_a_day_inside_and_one_outside(tmp_path: Path) -> None:
    window = '[[window]]\nname = "春节"\nspans = [[2027-02-05, 2027-02-12]]\n'
    subject = subject_of(tmp_path, window)
    found = ways({"window": "春节"}, subject.standards, DAY)
    assert texts(found, subject.standards) == [
        ("任何一类事件，2027-02-05（春节）", ["任何一类事件，2027-02-13"])
    ]


def test_an_incident_of_any_category_is_only_said_where_none_changes_the_answer(tmp_path: Path) -> None:
    subject = subject_of(tmp_path)
    tree = {"any": [{"tag": "学生"}, {"category": ["火灾"]}]}
    met = [met for met, _ in texts(ways(tree, subject.standards, DAY), subject.standards)]
    assert "地震灾害，有“学生”" in met
    assert not any(words.startswith("任何一类") for words in met)


def test_a_rung_between_two_others_is_missed_upward_too(county: Subject) -> None:
    standards = county.standards.on(DAY)
    tree = {"all": [{"grade_at_least": "一般"}, {"not": {"grade_at_least": "较大"}}]}
    found = ways(tree, standards, DAY)
    changes = [miss.change for way in found for miss in way.misses]
    assert "死亡少1人" in changes
    assert "死亡多2人" in changes


def test_a_condition_that_contradicts_itself_has_no_example(tmp_path: Path) -> None:
    subject = subject_of(tmp_path)
    deaths = {"measure": "deaths", "at_least": 3}
    assert ways({"all": [deaths, {"not": deaths}]}, subject.standards, DAY) == []


def test_what_is_shown_was_judged(county: Subject) -> None:
    standards = county.standards.on(DAY)
    tree = compiled_of("report", county)["county.centre.larger-factor"]["when"]
    found = ways(tree, standards, DAY)
    assert found
    for way in found:
        assert meets(tree, way.incident, standards)
        assert way.misses
        assert not any(meets(tree, miss.incident, standards) for miss in way.misses)


def test_a_part_counts_towards_its_whole(tmp_path: Path) -> None:
    subject = subject_of(
        tmp_path,
        row(
            "factor",
            "f.hurt",
            'name = "伤"',
            'effect = "asks"',
            'when = { measure = "injured", at_least = 2 }',
        ),
    )
    found = ways({"measure": "seriously_injured", "at_least": 2}, subject.standards, DAY)
    assert meets({"factor": "伤"}, found[0].incident, subject.standards)
