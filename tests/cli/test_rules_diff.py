"""`jinji rules diff`: what two standards say differently, and which cases they would judge otherwise."""

from pathlib import Path

import pytest

from jinji_report.standards.load import rules_folder

from .conftest import Jinji
from .refusal import written

NOW = ("--now", "2026-03-08T12:00")
CALLS = [
    ("2026-03-05T09:30", "上午9点，城关镇东街一服装店起火，1人死亡"),
    ("2026-03-06T09:30", "上午9点，城关镇西街一饭店起火，2人死亡"),
    ("2026-03-07T09:30", "上午9点，城关镇南街一仓库起火，3人死亡"),
    ("2026-03-07T10:30", "上午10点，示范县发生洪水，2人死亡"),
]
CITY = 'to = [{ tier = "市", line = "党委" }, { tier = "市", line = "政府" }]'


def pack(folder: Path, name: str, *changes: tuple[str, str], more: str = "") -> str:
    """A copy of the county pack with the changes, each of which must strike.

    It lies beside a copy of the national pack without its thousands of cases, so that a replay is quick.
    """
    base = folder / "national.toml"
    if not base.exists():
        base.write_text((rules_folder() / "national.toml").read_text(encoding="utf-8"), encoding="utf-8")
    text = (rules_folder() / "county.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / f"{name}.toml"
    path.write_text(text + more, encoding="utf-8")
    return str(path)


@pytest.fixture
def ledger(jinji: Jinji) -> Jinji:
    for moment, note in CALLS:
        assert jinji("new", "-y", note, "--now", moment).code == 0
    return jinji


# From the second death on an accident goes to the city, no longer from the first.
MOVED = (
    f'id = "county.city.deaths.accident"\n{CITY}\ntext = "事故灾难造成人员死亡"\ncategory = "事故灾难"\n'
    'when = { measure = "deaths", at_least = 1 }'
)
MOVED_TO = MOVED.replace("at_least = 1", "at_least = 2")


def test_a_standard_does_not_differ_from_itself(jinji: Jinji) -> None:
    outcome = jinji("rules", "diff", "ningxia", "ningxia", "--exit-code")
    assert (outcome.code, outcome.out, outcome.err) == (0, "没有差别。\n", "")


def test_a_moved_threshold_is_told_in_words(jinji: Jinji, tmp_path: Path) -> None:
    outcome = jinji("rules", "diff", pack(tmp_path, "base"), pack(tmp_path, "my", (MOVED, MOVED_TO)))
    assert (outcome.code, outcome.err) == (0, "")
    assert "修改 报送条款 county.city.deaths.accident\n  条件：死亡 ≥ 1人 → ≥ 2人\n" in outcome.out
    assert "共 1 处：修改 1。" in outcome.out
    assert "重判" not in outcome.out


def test_with_exit_code_a_difference_is_a_one(jinji: Jinji, tmp_path: Path) -> None:
    assert (
        jinji(
            "rules", "diff", pack(tmp_path, "base"), pack(tmp_path, "my", (MOVED, MOVED_TO)), "--exit-code"
        ).code
        == 1
    )


def rejudged(outcome: object) -> dict[str, list[tuple[str, str, str]]]:
    found = outcome.json["replay"]["rejudged"]  # type: ignore[attr-defined]
    return {
        one["case"]: [(d["item"], d["from"], d["to"]) for d in one["differences"]]
        for one in found
        if one["origin"] == "台账"
    }


def test_replay_finds_exactly_the_case_that_a_moved_threshold_changes(ledger: Jinji, tmp_path: Path) -> None:
    outcome = ledger(
        "rules",
        "diff",
        pack(tmp_path, "base"),
        pack(tmp_path, "my", (MOVED, MOVED_TO)),
        "--replay",
        "--json",
        *NOW,
    )
    assert outcome.code == 0, outcome
    assert outcome.json["schema"] == "jinji/1"
    assert outcome.json["replay"]["ledger"] == {"cases": 4, "rejudged": 1}
    assert rejudged(outcome) == {
        "20260305-01": [("结论", "应报", "备查"), ("市委办公室、市政府办公室", "应报", "备查")]
    }
    (one,) = [one for one in outcome.json["replay"]["rejudged"] if one["origin"] == "台账"]
    assert one["because"] == ["county.city.deaths.accident"]


def test_replay_as_text_counts_and_names_them(ledger: Jinji, tmp_path: Path) -> None:
    outcome = ledger(
        "rules", "diff", pack(tmp_path, "base"), pack(tmp_path, "my", (MOVED, MOVED_TO)), "--replay", *NOW
    )
    assert outcome.code == 0, outcome
    assert "台账 4 件中 1 件改判；用例 " in outcome.out
    row = next(line for line in outcome.out.splitlines() if "20260305-01" in line)
    assert "结论" in row
    assert "应报 → 备查" in row
    assert "county.city.deaths.accident" in row
    assert "20260306-01" not in outcome.out


def test_the_other_way_round_it_is_the_other_way_round(ledger: Jinji, tmp_path: Path) -> None:
    outcome = ledger(
        "rules",
        "diff",
        pack(tmp_path, "my", (MOVED, MOVED_TO)),
        pack(tmp_path, "base"),
        "--replay",
        "--json",
        *NOW,
    )
    assert rejudged(outcome)["20260305-01"][0] == ("结论", "备查", "应报")


def test_a_rung_that_moves_changes_grades(ledger: Jinji, tmp_path: Path) -> None:
    more = """
[[grade]]
id = "my.fire.two"
grade = "较大"
category = "火灾"
measure = "deaths"
at_least = 2
clause = "本办法"
confidence = "brief"
"""
    outcome = ledger(
        "rules", "diff", pack(tmp_path, "base"), pack(tmp_path, "my", more=more), "--replay", "--json", *NOW
    )
    assert rejudged(outcome) == {
        "20260306-01": [("等级", "一般", "较大"), ("省委办公厅、省政府办公厅", "备查", "应报")]
    }
    (one,) = [one for one in outcome.json["replay"]["rejudged"] if one["origin"] == "台账"]
    assert one["because"] == ["my.fire.two"]


def test_a_shorter_hop_changes_only_limits(ledger: Jinji, tmp_path: Path) -> None:
    hop = 'tier = "县"\nminutes = 15'
    other = pack(tmp_path, "my", (hop, hop.replace("15", "10")))
    outcome = ledger("rules", "diff", pack(tmp_path, "base"), other, "--replay", "--json", *NOW)
    found = rejudged(outcome)["20260305-01"]
    assert ("电话首报：市委办公室、市政府办公室", "2026年3月5日 09:25", "2026年3月5日 09:20") in found
    assert all("首报" in item for item, _, _ in found)
    assert outcome.json["replay"]["rejudged"][0]["because"] == ["环节 县"]


def test_a_renamed_row_or_another_clause_judges_nothing_otherwise(ledger: Jinji, tmp_path: Path) -> None:
    other = pack(
        tmp_path, "my", ('"county.city.deaths.accident"', '"county.city.dead"'), ("（示例）第六条", "第七条")
    )
    outcome = ledger("rules", "diff", pack(tmp_path, "base"), other, "--replay", *NOW)
    assert "county.city.deaths.accident → county.city.dead" in outcome.out
    assert "台账 4 件中 0 件改判" in outcome.out


def test_since_and_until_choose_the_cases_of_the_ledger(ledger: Jinji, tmp_path: Path) -> None:
    other = pack(tmp_path, "my", (MOVED, MOVED_TO))
    command = ("rules", "diff", pack(tmp_path, "base"), other, "--replay", "--json", *NOW)
    later = ledger(*command, "--since", "2026-03-06").json["replay"]["ledger"]
    first = ledger(*command, "--until", "2026-03-05").json["replay"]["ledger"]
    assert (later, first) == ({"cases": 3, "rejudged": 0}, {"cases": 1, "rejudged": 1})


def test_since_without_replay_is_a_wrong_use(jinji: Jinji) -> None:
    outcome = jinji("rules", "diff", "ningxia", "ningxia", "--since", "2026-03-06")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--replay" in outcome.err


def test_an_incident_is_judged_by_what_was_in_force_when_it_happened(ledger: Jinji, tmp_path: Path) -> None:
    ends = MOVED.replace("when = {", "effective_to = 2026-03-04\nwhen = {")
    begins = MOVED.replace("when = {", "effective_from = 2026-03-08\nwhen = {")
    earlier = ledger(
        "rules",
        "diff",
        pack(tmp_path, "base"),
        pack(tmp_path, "a", (MOVED, ends)),
        "--replay",
        "--json",
        *NOW,
    )
    later = ledger(
        "rules",
        "diff",
        pack(tmp_path, "a", (MOVED, ends)),
        pack(tmp_path, "b", (MOVED, begins)),
        "--replay",
        "--json",
        *NOW,
    )
    assert "20260305-01" in rejudged(earlier)
    assert rejudged(later) == {}


CASES = """
[[case]]
name = "事故死亡一人"
facts = { category = "火灾", deaths = 1 }
on = 2026-03-05
expect = { decision = "应报" }

[[case]]
name = "来电说死亡一人"
note = "上午9点，城关镇东街一服装店起火，1人死亡"
now = "2026-03-05T09:30"
expect = { decision = "应报" }

[[case]]
name = "事故死亡两人"
facts = { category = "火灾", deaths = 2 }
on = 2026-03-05
expect = { decision = "应报" }
"""


def test_cases_in_a_pack_and_beside_it_are_judged_too(jinji: Jinji, tmp_path: Path) -> None:
    other = pack(tmp_path, "my", (MOVED, MOVED_TO), more=CASES)
    beside = CASES.replace("事故死亡", "旁边的事故死亡").replace("来电说", "旁边的来电说")
    (tmp_path / "my.cases.toml").write_text(beside, encoding="utf-8")
    outcome = jinji("rules", "diff", pack(tmp_path, "base"), other, "--replay", "--json", *NOW)
    names = {one["case"] for one in outcome.json["replay"]["rejudged"] if one["origin"] == "用例"}
    own = {name for name in names if "事故死亡" in name or "来电说死亡" in name}
    assert own == {"事故死亡一人", "来电说死亡一人", "旁边的事故死亡一人", "旁边的来电说死亡一人"}


def test_a_case_that_stands_in_both_packs_counts_once(jinji: Jinji, tmp_path: Path) -> None:
    one = pack(tmp_path, "a", more=CASES)
    two = pack(tmp_path, "b", (MOVED, MOVED_TO), more=CASES)
    both = jinji("rules", "diff", one, two, "--replay", "--json", *NOW).json["replay"]
    names = [one["case"] for one in both["rejudged"]]
    assert names.count("事故死亡一人") == 1
    assert both["packs"]["cases"] == 3


def test_a_case_that_one_standard_cannot_understand_is_named(jinji: Jinji, tmp_path: Path) -> None:
    case = (
        '\n[[measure]]\nid = "boats"\nlabel = "船只"\nunit = "艘"\nask = "几艘？"\n'
        '[[case]]\nname = "两艘船"\nfacts = { category = "水上交通事故", boats = 2 }\nexpect = { decision = "备查" }\n'
    )
    outcome = jinji(
        "rules", "diff", pack(tmp_path, "base"), pack(tmp_path, "my", more=case), "--replay", *NOW
    )
    assert outcome.code == 0
    assert "看不懂，没有判：两艘船。" in outcome.out


def test_without_a_ledger_it_counts_none_and_writes_nothing(jinji: Jinji, home: Path, tmp_path: Path) -> None:
    outcome = jinji(
        "rules", "diff", pack(tmp_path, "base"), pack(tmp_path, "my", (MOVED, MOVED_TO)), "--replay", *NOW
    )
    assert (outcome.code, outcome.err) == (0, "")
    assert "台账 0 件中 0 件改判" in outcome.out
    assert not home.exists()


def test_the_ledger_stays_as_it_was(ledger: Jinji, home: Path, tmp_path: Path) -> None:
    before = written(home)
    ledger("rules", "diff", pack(tmp_path, "base"), pack(tmp_path, "my", (MOVED, MOVED_TO)), "--replay", *NOW)
    assert written(home) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("extends", "extend"), "不认识的键"),
        (('category = "自然灾害"', 'category = "天灾"'), "天灾"),
    ],
)
def test_a_standard_that_cannot_be_used_is_refused(
    change: tuple[str, str], said: str, jinji: Jinji, tmp_path: Path
) -> None:
    outcome = jinji("rules", "diff", pack(tmp_path, "base"), pack(tmp_path, "bad", change))
    assert (outcome.code, outcome.out) == (3, "")
    assert said in outcome.err


def test_a_standard_that_is_not_there_is_refused(jinji: Jinji, tmp_path: Path) -> None:
    outcome = jinji("rules", "diff", pack(tmp_path, "base"), "nowhere")
    assert (outcome.code, outcome.out) == (3, "")
    assert "nowhere" in outcome.err
