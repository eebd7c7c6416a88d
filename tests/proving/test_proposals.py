"""The cases that are proposed: they pass on the pack they come from, fail once a bound moves, and are valid TOML."""

import tomllib
from datetime import date

import pytest
from tests.proving.conftest import NOW, REST
from tests.standards.pack import row, small, written

from jinji_report.desk.rules.trial import add_to, propose, run_cases, subject_of
from jinji_report.proving.written import toml_value

BOUNDS = (
    row(
        "report",
        "r.more",
        'to = [{ tier = "市", line = "党委" }]',
        'text = "x"',
        'when = { measure = "injured", more_than = 7 }',
    ),
    row(
        "report",
        "r.span",
        'to = [{ tier = "市", line = "党委" }]',
        'text = "x"',
        'when = { all = [{ measure = "deaths", at_least = 20 }, { measure = "deaths", below = 40 }] }',
    ),
    row(
        "report",
        "r.not",
        'to = [{ tier = "市", line = "党委" }]',
        'text = "x"',
        'when = { all = [{ tag = "学生" }, { not = { measure = "deaths", at_most = 50 } }] }',
    ),
    row(
        "report",
        "r.sum",
        'to = [{ tier = "市", line = "党委" }]',
        'text = "x"',
        'category = "火灾"',
        'when = { any = [{ measure = ["deaths", "injured"], at_least = 60 }, { measure = "seriously_injured", at_least = 50 }] }',
    ),
)  # fmt: skip
PACK = small(*REST, *BOUNDS)
MOVED = {
    "at_least = 3 }": "at_least = 4 }",
    "more_than = 7": "more_than = 8",
    "at_least = 20": "at_least = 19",
    "below = 40": "below = 41",
    "at_most = 50": "at_most = 49",
    "at_least = 60": "at_least = 61",
    "at_least = 50": "at_least = 49",
    "at_least = 1\n": "at_least = 2\n",
    "more_than": "at_least",
    'tag = "学生" }, {': 'category = "火灾" }, {',
}


def with_proposals(folder, text=PACK):
    path = written(folder, "small", text)
    sidecar = folder / "small.cases.toml"
    proposed = propose(subject_of(str(path)), sidecar)
    add_to(sidecar, proposed.text)
    return path, proposed


def tried(path):
    return run_cases(subject_of(str(path)), NOW)


def test_the_proposed_cases_pass_and_cover_everything(tmp_path):
    path, proposed = with_proposals(tmp_path)
    trial = tried(path)
    assert len(trial.cases) == proposed.count > 40
    assert [one.name for _, one in trial.failed] == []
    assert trial.coverage.missing == []
    assert trial.coverage.bounds_done == trial.coverage.bounds >= 10


@pytest.mark.parametrize("bound", MOVED, ids=list(MOVED))
def test_the_proposed_cases_fail_once_a_bound_moves(tmp_path, bound):
    path, _ = with_proposals(tmp_path)
    assert bound in PACK
    written(tmp_path, "small", PACK.replace(bound, MOVED[bound]))
    assert tried(path).failed


def test_every_bound_is_proposed_at_its_four_points(tmp_path):
    _, proposed = with_proposals(tmp_path)
    cases = {case["name"]: case for case in tomllib.loads(proposed.text)["case"]}
    names = [name for name in cases if name.startswith("r.deaths：")]
    assert names == [
        "r.deaths：死亡2人，差一点",
        "r.deaths：死亡3人，恰好",
        "r.deaths：死亡4人，多一点",
        "r.deaths：死亡不详",
    ]
    expected = [next(iter(cases[name]["expect"])) for name in names]
    assert expected == ["not_because", "because", "because", "unsure"]
    more = [next(iter(cases[name]["expect"])) for name in cases if name.startswith("r.more：")]
    assert more == ["not_because", "not_because", "because", "unsure"]


def test_a_part_that_is_unknown_is_proposed_beside_a_whole_that_leaves_it_room(tmp_path):
    """Three hurt decide by themselves; so of two hurt it is not known how many seriously."""
    hurt = row(
        "factor",
        "f.hurt",
        'name = "伤"',
        'effect = "shown"',
        'when = { any = [{ measure = "seriously_injured", at_least = 1 }, { measure = "injured", at_least = 3 }] }',
    )
    path, proposed = with_proposals(tmp_path, small(hurt))
    cases = {case["name"]: case["facts"] for case in tomllib.loads(proposed.text)["case"]}
    assert cases["f.hurt：重伤不详"]["seriously_injured"] == "不详"
    assert cases["f.hurt：重伤不详"]["injured"] == 2
    assert tried(path).coverage.missing == []


def test_a_row_without_bounds_gets_a_case_for_each_state_that_it_can_have(tmp_path):
    _, proposed = with_proposals(tmp_path)
    names = [case["name"] for case in tomllib.loads(proposed.text)["case"]]
    assert [n for n in names if n.startswith("f.pupils-there：")] == [
        "f.pupils-there：成立",
        "f.pupils-there：不成立",
    ]
    assert [n for n in names if n.startswith("o.fire：")] == [
        "o.fire：成立",
        "o.fire：不成立",
        "o.fire：未定",
    ]
    assert len([n for n in names if n.startswith("r.larger：")]) == 3


def test_what_stands_there_already_is_not_proposed_again(tmp_path):
    path, _ = with_proposals(tmp_path)
    subject = subject_of(str(path))
    assert propose(subject).count == 0
    assert propose(subject, tmp_path / "small.cases.toml").text == ""


def test_only_what_is_new_is_proposed_after_a_change(tmp_path):
    path, _ = with_proposals(tmp_path)
    written(
        tmp_path,
        "small",
        PACK + row("factor", "f.new", 'name = "新"', 'effect = "shown"', 'when = { tag = "学生" }'),
    )
    proposed = propose(subject_of(str(path)))
    names = [case["name"] for case in tomllib.loads(proposed.text)["case"]]
    assert names == ["f.new：成立", "f.new：不成立"]


def test_a_row_no_longer_in_force_is_proposed_on_a_day_of_its_own(tmp_path):
    _, proposed = with_proposals(tmp_path)
    case = next(c for c in tomllib.loads(proposed.text)["case"] if c["name"] == "o.old：成立")
    assert case["on"] < date(2020, 1, 2)


def test_a_proposed_case_keeps_a_factor_on_a_window_to_its_days(tmp_path):
    window = '[[window]]\nname = "汛期"\nyearly = [["06-01", "09-30"]]\n'
    flood = row("factor", "f.flood", 'name = "汛期"', 'effect = "shown"', 'when = { window = "汛期" }')
    path, proposed = with_proposals(tmp_path, small(window, flood))
    days = {c["name"]: c.get("on") for c in tomllib.loads(proposed.text)["case"] if "flood" in c["name"]}
    assert set(days) == {"f.flood：成立", "f.flood：不成立"}
    assert 6 <= days["f.flood：成立"].month <= 9
    assert tried(path).failed == []


@pytest.mark.parametrize(
    "value",
    [
        "a",
        'a"b\\c',
        "行\n二\t三\x7f\x01",
        3,
        3.5,
        ["不详", [3, "以上"]],
        {"死亡": 3, "a.b": "x", "deaths": [1, 2]},
        {},
    ],
)
def test_what_is_written_is_read_back_the_same(value):
    assert tomllib.loads(f"x = {toml_value(value)}")["x"] == value


def test_the_day_stands_in_the_head_of_a_new_file_and_in_each_case_elsewhere(tmp_path):
    path = written(tmp_path, "small", PACK)
    subject = subject_of(str(path))
    document = tomllib.loads(propose(subject, tmp_path / "new.toml").text)
    assert document["on"] == date(2026, 11, 17)
    assert "on" not in document["case"][0]
    alone = tomllib.loads(propose(subject).text)
    assert "on" not in alone
    assert alone["case"][0]["on"] == date(2026, 11, 17)
