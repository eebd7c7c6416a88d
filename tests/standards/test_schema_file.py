"""The JSON Schema of packs: a TOML validator checks every shipped file by it, and it means what jinji means."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel
from tests.standards.pack import row, small, written

from jinji_report.errors import UnusableStandards
from jinji_report.standards import describe, schema
from jinji_report.standards.load import CASES_ENDING, cases_beside, load, rules_folder

PACKS = sorted(rules_folder().glob("*.toml"))
MARK = "#:schema ./{}\n"


def validator():
    """The validator's own program, as the test extra installs it."""
    found = shutil.which(
        "tombi", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    )
    assert found, "the test extra brings tombi"
    return found


def faults(folder, *files):
    """What the validator, offline, finds wrong in each file: name → messages. How tables are ordered is no error."""
    report = folder / "diagnostics.json"
    command = [validator(), "lint", "--offline", "--quiet", "--diagnostics-format", "json"]
    command += ["--diagnostics-file", str(report), *map(str, files)]
    subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
    found = {Path(file).name: [] for file in files}
    for diagnostic in json.loads(report.read_text(encoding="utf-8")):
        if diagnostic["level"] == "error":
            found[Path(diagnostic["path"]).name].append(diagnostic["message"])
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with both schemas, as the packs' first lines name them."""
    path = tmp_path_factory.mktemp("packs")
    for name in (describe.PACK_FILE, describe.CASES_FILE):
        shutil.copy(rules_folder() / name, path / name)
    return path


@pytest.mark.parametrize(
    ("name", "make"),
    [(describe.PACK_FILE, describe.pack_schema), (describe.CASES_FILE, describe.cases_schema)],
)
def test_the_shipped_schema_is_the_one_that_the_program_makes(name, make):
    assert (rules_folder() / name).read_text(encoding="utf-8") == describe.written(make()), (
        f"run: jinji rules schema {'--cases ' if 'cases' in name else ''}--output rules/{name}"
    )


@pytest.mark.parametrize("pack", PACKS, ids=lambda path: path.name)
def test_a_shipped_file_names_its_schema_in_its_first_line(pack):
    name = describe.CASES_FILE if pack.name.endswith(CASES_ENDING) else describe.PACK_FILE
    assert pack.read_text(encoding="utf-8").startswith(MARK.format(name))


def test_a_validator_of_toml_finds_nothing_in_any_shipped_file(tmp_path):
    assert faults(tmp_path, *PACKS) == {pack.name: [] for pack in PACKS}


def test_a_shipped_file_with_one_wrong_key_is_refused_by_the_validator(folder):
    text = (rules_folder() / "county.toml").read_text(encoding="utf-8")
    bad = written(folder, "one-wrong-key", text.replace("minutes = 10", "minuts = 10", 1))
    assert any("minuts" in message for message in faults(folder, bad)[bad.name])


def nested(depth):
    """A condition with `depth` branches above its tag."""
    return '{ tag = "学生" }' if depth == 0 else f"{{ all = [{nested(depth - 1)}] }}"


WHEN = 'when = { tag = "学生" }'
FACTOR = ('name = "学生受害"', 'effect = "lifts"')
GRADE = ('grade = "较大"',)
LIMIT = ('text = "首报"', 'form = "书面"', 'starts = "occurred"')
GOOD = {
    "plain": small(),
    "every-key-of-a-grade": small(
        row("grade", "g", *GRADE, 'measure = "deaths"', "at_least = 3", "below = 10", 'category = ["火灾"]'),
        row("grade", "g2", *GRADE, 'when = { measure = ["deaths", "injured"], more_than = 2.5 }'),
        row("grade", "g3", *GRADE, 'measure = "deaths"', "more_than = 0", "effective_from = 2020-01-01"),
    ),
    "deep-condition": small(row("factor", "f", *FACTOR, f"when = {nested(9)}")),
    "limits": small(
        row("limit", "l1", *LIMIT, "within = 60"),
        row("limit", "l2", *LIMIT, "until_hop = true"),
        row("limit", "l3", *LIMIT, 'daily = ["08:00"]'),
        row("limit", "l4", *LIMIT[:2], 'starts = "requested"', 'request = "核报"', "within = 60"),
    ),
    "window": small(
        '[[window]]\nname = "节"\nspans = [[2026-10-01, 2026-10-07]]\nyearly = [["12-20", "01-05"]]'
    ),
    "wording": small(
        '[wording]\nopening = "{{{source}}}报告"\nsignature = true\ntitle = { "首报" = "关于{place}的报告" }'
    ),
    "case": small(
        '[[case]]\nname = "一例"\non = 2026-03-05\n'
        'facts = { category = "火灾", occurred = 2026-03-05T01:20:00, deaths = 3, tags = ["学生"] }\n'
        "now = 2026-03-05T02:00:00+08:00\n"
        'expect = { grade = ["无", "较大"], because = ["g"], limits = { l1 = 60 } }\n'
    ),
}


@pytest.fixture(scope="module")
def of_good(folder):
    files = [
        written(folder, f"good-{name}", MARK.format(describe.PACK_FILE) + text) for name, text in GOOD.items()
    ]
    return faults(folder, *files)


@pytest.mark.parametrize("name", GOOD)
def test_what_jinji_takes_the_validator_takes(name, folder, of_good):
    assert load(str(folder / f"good-{name}.toml")).id == "small"
    assert of_good[f"good-{name}.toml"] == []


def factor(when):
    return small(row("factor", "f.x", *FACTOR, f"when = {when}"))


BROKEN = {
    "unknown-key": small(row("factor", "f", *FACTOR, WHEN, 'color = "红"')),
    "unknown-table": small('[[grades]]\nid = "x"'),
    "unknown-key-in-a-condition": factor('{ all = [{ tag = "学生", words = "孩子" }] }'),
    "unknown-key-three-deep": factor('{ all = [{ any = [{ all = [{ tags = "学生" }] }] }] }'),
    "missing-key": small('[[hop]]\nid = "h"\ntier = "县"\nclause = "某"\nconfidence = "brief"'),
    "missing-title": small().replace('title = "小标准"\n', ""),
    "bound-as-text": small(row("grade", "g", *GRADE, 'measure = "deaths"', 'at_least = "10"')),
    "bound-true": small(row("grade", "g", *GRADE, 'measure = "deaths"', "at_least = true")),
    "bound-below-zero": small(row("grade", "g", *GRADE, 'measure = "deaths"', "at_least = -1")),
    "bound-as-day": small(row("grade", "g", *GRADE, 'measure = "deaths"', "at_least = 2026-01-01")),
    "grade-without-bound": small(row("grade", "g", *GRADE, 'measure = "deaths"')),
    "grade-with-two-bounds": small(
        row("grade", "g", *GRADE, 'measure = "deaths"', "at_least = 3", "more_than = 3")
    ),
    "grade-with-measure-and-when": small(
        row("grade", "g", *GRADE, 'measure = "deaths"', "at_least = 3", WHEN)
    ),
    "grade-with-nothing": small(row("grade", "g", *GRADE)),
    "grade-bound-beside-when": small(row("grade", "g", *GRADE, WHEN, "at_least = 3")),
    "grade-word": small(row("grade", "g", 'grade = "严重"', 'measure = "deaths"', "at_least = 3")),
    "confidence-word": small(row("factor", "f", *FACTOR, WHEN)).replace('"brief"', '"sure"'),
    "condition-empty": factor("{}"),
    "condition-two-heads": factor('{ tag = "学生", category = "火灾" }'),
    "condition-measure-without-bound": factor('{ measure = "deaths" }'),
    "condition-two-bounds": factor('{ measure = "deaths", at_least = 3, below = 10 }'),
    "condition-bound-alone": factor("{ at_least = 3 }"),
    "condition-bound-beside-tag": factor('{ tag = "学生", at_least = 3 }'),
    "condition-any-no-list": factor('{ any = { tag = "学生" } }'),
    "condition-empty-names": factor("{ tag = [] }"),
    "limit-zero": small(row("limit", "l", *LIMIT, "within = 0")),
    "limit-half-minutes": small(row("limit", "l", *LIMIT, "within = 1.5")),
    "limit-without-end": small(row("limit", "l", *LIMIT)),
    "limit-until-hop-false": small(row("limit", "l", *LIMIT, "until_hop = false")),
    "limit-daily-empty": small(row("limit", "l", *LIMIT, "daily = []")),
    "limit-daily-25": small(row("limit", "l", *LIMIT, 'daily = ["25:00"]')),
    "limit-requested-without-request": small(
        row("limit", "l", *LIMIT[:2], 'starts = "requested"', "within = 5")
    ),
    "limit-request-without-requested": small(row("limit", "l", *LIMIT, 'request = "核报"', "within = 5")),
    "limit-long-label": small(row("limit", "l", *LIMIT, "within = 5", 'label = "一二三四五六七八九"')),
    "report-to-nobody": small(row("report", "r", "to = []", 'text = "报"')),
    "order-of-one-step": small(row("order", "o", 'text = "次序"', 'steps = [{ who = "甲", what = "电话" }]')),
    "desk-tier": small().replace('tier = "县"', 'tier = "区"'),
    "window-month-13": small('[[window]]\nname = "节"\nyearly = [["13-01", "13-02"]]'),
    "window-of-three-days": small('[[window]]\nname = "节"\nspans = [[2026-01-01, 2026-01-02, 2026-01-03]]'),
    "day-as-number": small(row("factor", "f", *FACTOR, WHEN, "effective_from = 2020")),
    "day-that-is-none": small(row("factor", "f", *FACTOR, WHEN, 'effective_from = "2026-02-30"')),
    "slot-unknown": small('[wording]\nopening = "{colour}报告"'),
    "slot-with-format": small('[wording]\nopening = "{source:>10}报告"'),
    "slot-open": small('[wording]\nopening = "{source报告"'),
    "title-of-no-stage": small('[wording]\ntitle = { "快报" = "关于{place}" }'),
    "id-in-capitals": small(id="Small"),
    "inherit-word": small(top=('inherit = ["grade"]',)),
    "case-without-incident": small('[[case]]\nname = "一例"\nexpect = { decision = "应报" }'),
    "case-with-both": small(
        '[[case]]\nname = "一例"\nnote = "起火"\nfacts = { deaths = 1 }\nexpect = { decision = "应报" }'
    ),
    "case-that-expects-nothing": small('[[case]]\nname = "一例"\nfacts = { deaths = 1 }\nexpect = {}'),
    "case-word": small('[[case]]\nname = "一例"\nfacts = { deaths = 1 }\nexpect = { decision = "上报" }'),
    "allow-code": small('[[allow]]\ncode = "103"\nreason = "知道"'),
    "contact-call": small('[[contact]]\nid = "c"\nunit = "县委办"\ncall = 0'),
}


@pytest.fixture(scope="module")
def of_broken(folder):
    files = [written(folder, name, MARK.format(describe.PACK_FILE) + text) for name, text in BROKEN.items()]
    return faults(folder, *files)


@pytest.mark.parametrize("name", BROKEN)
def test_what_jinji_refuses_the_validator_refuses(name, folder, of_broken):
    with pytest.raises(UnusableStandards):
        load(str(folder / f"{name}.toml"))
    assert of_broken[f"{name}.toml"] != []


CASES = {
    "cases-good": (
        'on = 2026-03-05\n[[case]]\nname = "一例"\nnote = "起火"\nexpect = { category = "火灾" }',
        True,
    ),
    "cases-none": ("on = 2026-03-05", False),
    "cases-key": ('[[case]]\nname = "一例"\nnotes = "起火"\nexpect = { category = "火灾" }', False),
    "cases-grade": ('[[case]]\nname = "一例"\nnote = "起火"\nexpect = { grade = "一级" }', False),
}


def test_files_of_cases_have_a_schema_of_their_own(folder):
    files = {
        name: written(folder, f"{name}.cases", MARK.format(describe.CASES_FILE) + text)
        for name, (text, _) in CASES.items()
    }
    found = faults(folder, *files.values())
    for name, (_, good) in CASES.items():
        pack = written(folder, name, small())
        assert (found[files[name].name] == []) is good
        if good:
            assert cases_beside(pack) is not None
        else:
            with pytest.raises(UnusableStandards):
                cases_beside(pack)


def members(node, place=()):
    """Every schema inside a schema, with its place."""
    yield place, node
    for name in ("items", "additionalProperties"):
        if isinstance(node.get(name), dict):
            yield from members(node[name], (*place, name))
    for key, inner in node.get("properties", {}).items():
        yield from members(inner, (*place, key))


@pytest.mark.parametrize("make", [describe.pack_schema, describe.cases_schema])
def test_the_schema_refers_to_nothing_else_and_describes_every_table_and_key(make):
    whole = make()
    assert "$ref" not in json.dumps(whole)
    inside_conditions = {"any", "all", "not"}
    for place, node in members(whole):
        for key, inner in node.get("properties", {}).items():
            if inside_conditions.isdisjoint(place) and "title" not in place:
                assert inner["title"], (*place, key)
                assert any("\u4e00" <= char <= "\u9fff" for char in inner.get("description", inner["title"]))


def test_what_stands_in_an_any_an_all_or_a_not_is_described_as_well():
    when = describe.pack_schema()["properties"]["report"]["items"]["properties"]["when"]["properties"]
    for inner in (when["any"]["items"], when["all"]["items"], when["not"]):
        assert inner["properties"]["at_least"]["title"] == when["at_least"]["title"]
        assert inner["properties"]["tag"]["description"] == when["tag"]["description"]


def test_what_a_model_checks_beyond_its_keys_stands_in_the_schema_or_is_about_days():
    def heirs(model):
        return {model, *(heir for child in model.__subclasses__() for heir in heirs(child))}

    checked = {
        model.__name__
        for model in heirs(schema.Table)
        if issubclass(model, BaseModel)
        and set(vars(model)["__pydantic_decorators__"].model_validators) - {"_days_in_order"}
    }
    # A template's pattern, days and times in order.
    assert checked - {"Wording", "WindowTable", "HoursTable"} == set(describe.TWINS)
