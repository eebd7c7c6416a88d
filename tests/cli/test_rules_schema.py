"""`jinji rules schema`: the schema of packs for an editor, on stdout or beside the office's own pack."""

import json
from pathlib import Path

from jinji_report.standards.describe import CASES_FILE, PACK_FILE
from jinji_report.standards.load import rules_folder, shipped_packs

from .conftest import Jinji


def test_it_prints_the_schema_that_is_shipped(jinji: Jinji) -> None:
    for options, name in (((), PACK_FILE), (("--cases",), CASES_FILE)):
        outcome = jinji("rules", "schema", *options)
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out == (rules_folder() / name).read_text(encoding="utf-8")


def test_what_it_prints_is_a_json_schema_with_chinese_words(jinji: Jinji) -> None:
    schema = jinji("rules", "schema").json
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    grade = schema["properties"]["grade"]["items"]["properties"]
    assert grade["grade"]["enum"] == ["一般", "较大", "重大", "特别重大"]
    assert grade["at_least"]["description"].startswith("以上（含本数）")


def test_it_writes_the_schema_to_a_file(jinji: Jinji, tmp_path: Path) -> None:
    file = tmp_path / PACK_FILE
    outcome = jinji("rules", "schema", "--output", str(file))
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert json.loads(file.read_text(encoding="utf-8"))["title"] == "紧急信息报送标准"


def test_a_file_that_cannot_be_written_is_said_plainly(jinji: Jinji, tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere" / "x.json", tmp_path, Path("a\0b")):
        outcome = jinji("rules", "schema", "--output", str(place))
        assert (outcome.code, outcome.out) == (3, "")
        assert "写不了" in outcome.err


def test_the_help_says_how_an_own_pack_points_to_it(jinji: Jinji) -> None:
    outcome = jinji("rules", "schema", "--help")
    assert "#:schema ./jinji-pack.schema.json" in " ".join(outcome.out.split())


def test_the_schemas_are_no_packs() -> None:
    assert not [name for name in shipped_packs() if "schema" in name]
