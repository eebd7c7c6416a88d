"""Several incidents in one call: noticed, and entered apart where that is asked for."""

import json
from pathlib import Path

from .conftest import Jinji
from .refusal import refused, written

NOW = ("--now", "2026-03-05T09:30")
CRASH = "今早8点10分，G30高速K1023处两车追尾，2人死亡"
FIRE = "今早8点40分，城关镇东街一服装店起火，1人受伤"
BOTH = f"昨夜值班情况：\n1. {CRASH}。\n2. {FIRE}。"


def test_a_call_of_two_incidents_becomes_one_case_and_says_how_to_enter_them_apart(jinji: Jinji) -> None:
    outcome = jinji("new", "-y", BOTH, *NOW)
    assert outcome.code == 0
    assert "像是说了2件事" in outcome.err
    assert "  1. 道路交通事故　G30高速K1023处" in outcome.err
    assert "  2. 火灾　城关镇东街一服装店" in outcome.err
    assert "--apart" in outcome.err
    assert f"jinji new '{FIRE}。'" in outcome.err
    assert "像是说了" not in outcome.out
    assert len(jinji("list", "--json", *NOW).json["cases"]) == 1


def test_apart_makes_a_case_of_each_in_one_batch(jinji: Jinji) -> None:
    outcome = jinji("new", "-y", "--apart", BOTH, *NOW)
    assert (outcome.code, outcome.err) == (0, "")
    assert "【第1件，共2件】" in outcome.out
    assert "案卷 20260305-02" in outcome.out
    entries = [json.loads(line) for line in jinji("export", "--entries").out.splitlines()]
    assert [entry["case"] for entry in entries] == ["20260305-01"] * 3 + ["20260305-02"] * 3
    cases = jinji("list", "--json", *NOW).json["cases"]
    assert {case["case"] for case in cases} == {"20260305-01", "20260305-02"}
    shown = jinji("show", "02", "--json", *NOW).json
    assert shown["entries"][0]["data"]["note"] == f"{FIRE}。"


def test_the_answer_of_apart_is_a_list_of_cases_even_of_one(jinji: Jinji) -> None:
    answer = jinji("new", "--json", "--apart", BOTH, *NOW).json
    assert answer["schema"] == "jinji/1"
    assert [case["incident"]["category"] for case in answer["cases"]] == ["道路交通事故", "火灾"]
    assert [case["case"] for case in answer["cases"]] == ["20260305-01", "20260305-02"]
    answer = jinji("new", "--json", "--apart", "河西乡柳沟村山体滑坡，1人失联", *NOW).json
    assert [case["case"] for case in answer["cases"]] == ["20260305-03"]


def test_the_parts_are_in_json_only_where_there_are_several(jinji: Jinji) -> None:
    parts = jinji("new", "--json", BOTH, *NOW).json["parts"]
    assert [(part["category"], part["place"]) for part in parts] == [
        ("道路交通事故", "G30高速K1023处"),
        ("火灾", "城关镇东街一服装店"),
    ]
    assert all(BOTH[slice(*part["span"])] == part["text"] for part in parts)
    assert "parts" not in jinji("classify", "--json", CRASH, *NOW).json


def test_classify_tells_of_them_and_judges_each_with_apart(jinji: Jinji) -> None:
    outcome = jinji("classify", BOTH, *NOW)
    assert "像是说了2件事" in outcome.err
    outcome = jinji("classify", "--apart", BOTH, *NOW)
    assert outcome.err == ""
    assert outcome.out.count("【研判】") == 2
    whole = jinji("classify", "--apart", "--json", BOTH, *NOW).json
    second = whole["parts"][1]
    assert second["verdict"]["decision"] == second["decision"]
    said = second["incident"]["measures"]["injured"]
    assert second["text"][slice(*said["span"])] == "1人受伤"


def test_the_gravest_of_them_is_the_exit_code(jinji: Jinji) -> None:
    note = f"1. 今早8点10分，G30高速K1023处两车追尾，一人轻伤；2. {FIRE}，3人死亡"
    assert jinji("classify", "--apart", "--exit-code", note, *NOW).code == 10


def test_a_batch_has_the_parts_where_they_are_noticed(jinji: Jinji) -> None:
    feed = "\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in (CRASH, BOTH))
    one, both = map(json.loads, jinji("classify", "--jsonl", "-", *NOW, stdin=feed).out.splitlines())
    assert "parts" not in one
    assert [part["category"] for part in both["parts"]] == ["道路交通事故", "火灾"]
    assert "verdict" not in both["parts"][0]
    both = json.loads(jinji("classify", "--jsonl", "-", "--apart", *NOW, stdin=feed).out.splitlines()[1])
    assert both["parts"][1]["verdict"]["decision"]


def test_what_would_not_know_which_incident_it_is_for_is_refused(jinji: Jinji, home: Path) -> None:
    refused(jinji("new", "-y", "--apart", "--set", "死亡=3", BOTH, *NOW), 2)
    refused(jinji("new", "-y", "--apart", "--attach", "01", BOTH, *NOW), 2)
    refused(jinji("classify", "--apart", "--set", "死亡=3", BOTH, *NOW), 2)
    assert not home.exists() or written(home) == []
    assert jinji("new", "-y", "--apart", "--set", "死亡=3", CRASH, *NOW).code == 0


def test_one_of_them_that_is_known_already_goes_to_its_case(jinji: Jinji) -> None:
    assert jinji("new", "-y", FIRE, *NOW).code == 0
    outcome = jinji("new", "--json", "--apart", "--attach", "auto", BOTH, "--now", "2026-03-05T09:50")
    assert "已录为 20260305-01 的续报" in outcome.err
    crash, fire = outcome.json["cases"]
    assert (crash["case"], crash["report"]["stage"]) == ("20260305-02", "首报")
    assert (fire["case"], fire["report"]["stage"]) == ("20260305-01", "续报")
