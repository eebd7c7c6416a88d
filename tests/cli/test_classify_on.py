"""jinji classify --on: judged by the standards of a day that the officer names."""

import json

import pytest

SPILL = ("--set", "类别=环境污染事件", "--set", "死亡=5", "--set", "时间=2026-03-05T09:00")
NOW = ("--now", "2026-03-05T10:00")


def of_day(jinji, *options):
    return jinji("classify", *SPILL, *NOW, *options, "--json").json


def test_an_environment_incident_is_graver_by_the_annex_of_2011_than_by_the_plan_of_2014(jinji):
    assert of_day(jinji, "--on", "2012-06-01")["verdict"]["grade"]["low"] == "重大"
    assert of_day(jinji, "--on", "2015-06-01")["verdict"]["grade"]["low"] == "较大"


@pytest.mark.parametrize(
    ("day", "grade"),
    [("2011-05-01", "重大"), ("2014-12-28", "重大"), ("2014-12-29", "较大")],
    ids=["the first day of 2011's", "the last day of 2011's", "the first day of 2014's"],
)
def test_the_two_ladders_follow_each_other_without_a_day_between(jinji, day, grade):
    assert of_day(jinji, "--on", day)["verdict"]["grade"]["low"] == grade


def test_the_answer_names_the_day_whose_standards_it_goes_by(jinji):
    assert of_day(jinji, "--on", "2012-06-01")["verdict"]["standards"]["on"] == "2012-06-01"
    assert of_day(jinji)["verdict"]["standards"]["on"] == "2026-03-05"
    assert "2012-06-01" in jinji("classify", *SPILL, *NOW, "--on", "2012-06-01").out


def test_limits_are_those_of_the_same_day(jinji):
    many = ("--set", "死亡=12")
    then = {limit["id"] for limit in of_day(jinji, *many, "--on", "2012-06-01")["limits"]}
    today = {limit["id"] for limit in of_day(jinji, *many)["limits"]}
    assert "law.plan-2006" in then - today
    assert "law.duty-office.phone" in today - then


def test_a_note_is_judged_by_the_day_that_was_named(jinji):
    note = "今天9时化工厂废水排入河道造成污染，5人死亡"
    answer = jinji("classify", note, *NOW, "--on", "2012-06-01", "--json").json
    assert answer["verdict"]["grade"]["low"] == "重大"


def test_every_line_of_a_batch_is_judged_by_the_day_that_was_named(jinji):
    records = [
        {"id": "a", "facts": {"category": "环境污染事件", "measures": {"deaths": 5}}},
        {"id": "b", "text": "今天9时化工厂废水排入河道造成污染，5人死亡"},
    ]
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    found = jinji("classify", "--jsonl", "-", *NOW, "--on", "2012-06-01", stdin=lines)
    answers = [json.loads(line) for line in found.out.splitlines()]
    assert found.code == 0
    assert [answer["verdict"]["grade"]["low"] for answer in answers] == ["重大", "重大"]
    assert {answer["verdict"]["standards"]["on"] for answer in answers} == {"2012-06-01"}


@pytest.mark.parametrize(
    "day", ["昨天", "2012-02-30", "2012-13-01", "2012-06", "", "2012-06-01T09:00", "１２年"]
)
@pytest.mark.parametrize("batch", [False, True], ids=["one", "batch"])
def test_a_day_that_is_none_is_refused_with_how_to_write_it(jinji, day, batch):
    what = ("--jsonl", "-") if batch else SPILL
    found = jinji("classify", *what, *NOW, "--on", day)
    assert (found.code, found.out) == (2, "")
    assert "--on" in found.err and "2012-06-01" in found.err
