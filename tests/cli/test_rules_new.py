"""jinji rules new: an office's own overlay, by options alone; what it may not overwrite, and what it refuses."""

import json
import sys
import tomllib
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from jinji_report.desk import fresh
from jinji_report.desk.init import finish, prepare_overlay
from jinji_report.errors import JinjiError
from jinji_report.standards.load import load, shipped_packs

from .conftest import Jinji, Outcome
from .refusal import refused

NOW = ("--now", "2026-03-05T09:30")
WHOLE = (
    "值班电话=0931-8001234",
    "报送对象=县 政府 0931-8005678",
    "报送对象=市 党委 兰州市委办公室 0931-8460001",
    "报送对象=市 政府 0931-8460002",
    "责任单位=公安=城北区公安局 应急=城北区应急管理局",
    "敏感场所=城北区第一中学、北一中",
    "敏感场所=友谊饭店：人员密集场所",
    "须签发=是",
    "叫应=带班领导 王强 13900000000",
    "叫应=办公室主任 13900000001 工作时间",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "standards.toml"


@pytest.fixture
def new(jinji: Jinji, file: Path) -> Any:
    """Write an overlay with these answers."""

    def run(*sets: str, unit: str = "城北区委办公室", more: tuple[str, ...] = ()) -> Outcome:
        pairs = [part for pair in sets for part in ("--set", pair)]
        return jinji("rules", "new", str(file), "--unit", unit, *pairs, "--no-input", *NOW, *more)

    return run


def read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


# —— what is written ——


def test_every_answer_stands_in_the_overlay(new: Any, file: Path) -> None:
    assert new(*WHOLE).code == 0
    pack = read(file)
    assert pack["extends"] == ["county"]
    assert pack["inherit"] == ["report", "limit"]
    assert pack["desk"] == {"unit": "城北区委办公室", "tier": "县", "line": "党委", "locality": "城北区"}
    assert pack["wording"] == {"signature": True}
    offices = {(o["tier"], o["line"]): (o["name"], o.get("phone")) for o in pack["office"]}
    assert offices["县", "党委"] == ("城北区委办公室", "0931-8001234")
    assert offices["县", "政府"] == ("城北区政府办公室", "0931-8005678")
    assert offices["市", "党委"] == ("兰州市委办公室", "0931-8460001")
    assert offices["市", "政府"] == ("市政府办公室", "0931-8460002")
    assert {o["unit"] for o in pack["owner"]} == {"城北区公安局", "城北区应急管理局"}
    assert {o["clause"] for o in pack["owner"]} == {"本单位职责分工（城北区委办公室，2026-03-05 设定）"}
    assert pack["place"] == [
        {"name": "城北区第一中学", "aliases": ["北一中"], "tags": ["校园"]},
        {"name": "友谊饭店", "tags": ["人员密集场所"]},
    ]
    assert [(c["role"], c.get("person"), c["phone"], c["call"]) for c in pack["contact"]] == [
        ("带班领导", "王强", "13900000000", 1),
        ("办公室主任", None, "13900000001", 2),
    ]
    assert pack["contact"][1]["hours"] == "工作时间"


def test_a_unit_of_quite_another_name_is_known_by_the_one_before_too(new: Any, file: Path) -> None:
    given = [word.replace("城北区公安局", "警务中心") for word in WHOLE]
    assert new(*given).code == 0
    names = {row["unit"]: row.get("aliases", []) for row in read(file)["owner"]}
    assert "公安" in names["警务中心"]
    assert "应急管理" not in names["城北区应急管理局"]


def test_a_whole_overlay_brings_nothing_new_to_the_check(new: Any, jinji: Jinji, file: Path) -> None:
    done = new(*WHOLE)
    assert "检查：没有发现问题。" in done.out
    found = {(f["code"], f["row"]) for f in jinji("rules", "check", str(file), "--json").json["findings"]}
    base = {(f["code"], f["row"]) for f in jinji("rules", "check", "county", "--json").json["findings"]}
    assert found <= base


def test_a_missing_phone_is_said_at_once_with_its_line(new: Any, file: Path) -> None:
    done = new(*WHOLE[:3])
    assert done.code == 0
    assert "市政府办公室（市级政府），没有写它的值班电话" in done.out
    line = int(done.out.split("J401 第 ")[1].split(" 行")[0])
    assert "[[office]]" in file.read_text(encoding="utf-8").splitlines()[line - 1]


@pytest.mark.parametrize("base", shipped_packs())
def test_an_overlay_over_any_shipped_pack_loads_and_its_case_holds(
    base: str, new: Any, jinji: Jinji, file: Path
) -> None:
    assert new(more=("--extends", base)).code == 0
    assert load(str(file)).desk.unit == "城北区委办公室"
    for case in read(file).get("case", ()):
        category = case["facts"].pop("category")
        line = {"id": "1", "now": NOW[1], "facts": {"category": category, "measures": case["facts"]}}
        run = jinji("classify", "--jsonl", "-", "--standards", str(file), stdin=json.dumps(line) + "\n")
        reasons = {reason["criterion"] for reason in json.loads(run.out)["verdict"]["reasons"]}
        assert case["expect"]["because"] in reasons


def test_the_example_of_a_changed_threshold_works_once_its_marks_are_taken_away(
    new: Any, jinji: Jinji, file: Path
) -> None:
    assert new(*WHOLE).code == 0
    facts = ("classify", "某单位食堂食物中毒，2人死亡", "--standards", str(file), "--json", *NOW)

    def province() -> bool:
        reasons = jinji(*facts).json["verdict"]["reasons"]
        return "county.province.deaths.health" in {reason["criterion"] for reason in reasons}

    assert not province()
    lines = file.read_text(encoding="utf-8").split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith("# [[report]]"))
    while lines[start].startswith("#"):
        lines[start] = lines[start].removeprefix("# ")
        start += 1
    file.write_text("\n".join(lines), encoding="utf-8")
    assert province()


def test_a_known_place_is_recognised_and_a_renamed_unit_is_owed(new: Any, jinji: Jinji, file: Path) -> None:
    assert new(*WHOLE).code == 0
    judged = jinji("classify", "北一中门口两车相撞，1人死亡", "--standards", str(file), "--json", *NOW).json
    assert "校园" in judged["incident"]["tags"]
    units = [owner["unit"] for owner in judged["verdict"]["owners"]]
    assert "城北区公安局" in units
    assert "公安" not in units


def test_the_one_outlet_bears_the_name_of_the_place(new: Any, file: Path) -> None:
    new()
    [outlet] = load(str(file)).releases
    assert outlet.unit == "城北区委宣传部" and "县委宣传部" not in outlet.text


def test_no_example_phone_of_a_shipped_pack_stays_in_force(new: Any, file: Path) -> None:
    assert new().code == 0
    phones = [office.phone for office in load(str(file)).offices.values()]
    assert not [phone for phone in phones if phone.startswith("0000")]


def test_a_township_reports_to_its_county_what_the_county_must_report(
    new: Any, jinji: Jinji, file: Path
) -> None:
    done = new("报送对象=县 党委 0931-8001234", "报送对象=县 政府 0931-8001235", unit="城关镇党委")
    assert "检查：没有发现问题。" in done.out
    judged = jinji("classify", "城关镇工地坍塌，1人死亡", "--standards", str(file), "--json", *NOW).json
    assert {"县", "市"} <= {office["tier"] for office in judged["verdict"]["report_to"]}


def test_what_was_not_said_is_read_from_the_name_of_the_unit(new: Any, file: Path) -> None:
    for unit, desk in {
        "兰州市城关区人民政府办公室": ("县", "政府", "兰州市城关区"),
        "示范县委办公室": ("县", "党委", "示范县"),
        "某市市场监管局": ("市", "行业", "某市"),
        "宁夏回族自治区党委办公厅": ("省", "党委", "宁夏回族自治区"),
        "凉山州委办公室": ("市", "党委", "凉山州"),
        "某区城市管理局": ("县", "行业", "某区"),
        "东岗街道党工委": ("乡镇", "党委", "东岗街道"),
    }.items():
        assert new(unit=unit).code == 0, unit
        found = read(file)["desk"]
        assert (found["tier"], found["line"], found["locality"]) == desk, unit
        file.unlink()


@pytest.mark.parametrize(
    "name", ['县"委"办', "a\\b县委", "县委{place}办", "县委'''办", "# 县委", "县委 = 1]", "𠮷县委办公室"]
)
def test_names_with_quotes_braces_and_signs_come_back_as_they_were(name: str, new: Any, file: Path) -> None:
    place = f"敏感场所={name}学校"
    done = new("所辖地方=某县", place, f"责任单位=公安={name}", unit=name)
    assert done.code == 0, done
    pack = read(file)
    assert pack["desk"]["unit"] == name
    assert {o["unit"] for o in pack["owner"]} == {name}
    assert load(str(file)).desk.unit == name


def test_json_says_what_was_written_and_found(new: Any, file: Path) -> None:
    told = new(more=("--json",)).json
    assert told["schema"] == "jinji/1"
    assert told["written"] == [str(file)]
    assert told["settings"] is None
    assert {finding["code"] for finding in told["findings"]} == {"J401"}


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_the_file_is_the_users_own(new: Any, file: Path) -> None:
    new()
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir() if path.is_file()] == ["standards.toml"]


# —— what is refused ——


@pytest.mark.parametrize(
    "bad",
    [
        "层级=国",
        "层级=",
        "报送线=",
        "报送线=中间",
        "值班电话=很多",
        "值班电话=12",
        "值班电话=0931-abc",
        "报送对象=兰州市委办公室 0931-8460001",
        "报送对象=市 党委 0931-12ab34",
        "责任单位=公安",
        "责任单位=魔法部=某局",
        "责任单位=公安=",
        "敏感场所=",
        "敏感场所=校：校园",
        "敏感场所=老王家",
        "敏感场所=友谊饭店：龙宫",
        "须签发=也许",
        "叫应=王强",
        "叫应=13900000000",
        "单位=",
        f"单位={'长' * 81}",
        "单位=某区\n委",
        "单位=某区\x1b[31m委",
        "单位=某区\ud83d委",
        f"所辖地方={'长' * 81}",
    ],
)
def test_an_answer_that_cannot_be_taken_is_refused_and_nothing_is_written(
    bad: str, new: Any, file: Path
) -> None:
    refused(new(bad))
    assert not list(file.parent.glob("*.toml*"))


def test_invisible_marks_and_wide_signs_are_taken_as_they_were_meant(new: Any, file: Path) -> None:
    assert new("值班电话=０９３１－８００１２３４", unit="\ufeff城北区委\u200b办公室　").code == 0
    pack = read(file)
    assert pack["desk"]["unit"] == "城北区委办公室"
    assert pack["office"][0]["phone"] == "0931－8001234"


@pytest.mark.parametrize(("sets", "words"), [(("没有的=1",), "没有“没有的”"), (("单位",), "看不懂")])
def test_an_unknown_item_names_those_that_there_are(sets: Any, words: str, new: Any) -> None:
    done = new(*sets)
    refused(done, 2)
    assert words in done.err


def test_a_settings_item_is_not_taken_where_no_settings_are_written(new: Any) -> None:
    refused(new("签发人=赵主任"), 2)


def test_without_a_unit_there_is_nothing_to_write(jinji: Jinji, file: Path) -> None:
    refused(jinji("rules", "new", str(file), "--no-input"), 2)
    refused(jinji("rules", "new", str(file)), 2)
    assert not file.exists()


def test_a_unit_without_a_place_is_asked_for_it(new: Any) -> None:
    done = new(unit="广播电视台")
    refused(done, 2)
    assert "所辖地方" in done.err


def test_an_existing_file_is_never_touched(new: Any, file: Path) -> None:
    file.write_bytes(b"# mine\n")
    refused(new())
    assert file.read_bytes() == b"# mine\n"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_nowhere_is_not_written_through(new: Any, file: Path, tmp_path: Path) -> None:
    file.symlink_to(tmp_path / "elsewhere.toml")
    refused(new())
    assert not (tmp_path / "elsewhere.toml").exists()


@pytest.mark.parametrize(
    "name", ["standards", "standards.txt", "own.cases.toml", "a\nb.toml", "nowhere/own.toml"]
)
def test_a_name_that_cannot_be_a_pack_is_refused(name: str, jinji: Jinji, tmp_path: Path) -> None:
    done = jinji("rules", "new", str(tmp_path / name), "--unit", "某区委办公室", "--no-input")
    refused(done, 3 if "nowhere" in name else 2)


def test_a_name_too_long_for_the_disk_is_a_sentence(jinji: Jinji, tmp_path: Path) -> None:
    refused(
        jinji("rules", "new", str(tmp_path / f"{'a' * 300}.toml"), "--unit", "某区委办公室", "--no-input")
    )


def test_a_folder_gets_a_file_of_the_usual_name(jinji: Jinji, tmp_path: Path) -> None:
    assert jinji("rules", "new", str(tmp_path), "--unit", "某区委办公室", "--no-input").code == 0
    assert (tmp_path / "standards.toml").is_file()


def test_a_base_that_is_not_there_or_broken_is_said_before_anything_else(new: Any, tmp_path: Path) -> None:
    refused(new(more=("--extends", "nowhere")))
    broken = tmp_path / "broken.toml"
    broken.write_text("id = ", encoding="utf-8")
    refused(new(more=("--extends", str(broken))))


def test_an_office_may_build_on_its_own_file_and_keeps_its_phones(
    new: Any, jinji: Jinji, file: Path, tmp_path: Path
) -> None:
    assert new(*WHOLE).code == 0
    above = tmp_path / "above.toml"
    file.rename(above)
    assert new(unit="城北区政府办公室", more=("--extends", str(above))).code == 0
    phones = {(o.tier, o.line): o.phone for o in load(str(file)).offices.values()}
    assert phones["市", "党委"] == "0931-8460001"


def test_a_disk_that_refuses_leaves_nothing_behind(
    new: Any, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fresh.os, "fsync", full)
    done = new()
    refused(done)
    assert "磁盘已满" in done.err
    assert not [path for path in file.parent.iterdir() if path.is_file()]


def test_a_disk_without_links_takes_the_file_too(
    new: Any, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(fresh.os, "link", never)
    assert new().code == 0
    assert read(file)["id"] == "office"
    refused(new())


def test_of_many_at_once_one_gets_the_name_and_its_file_is_whole(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All have seen that the name is free, and have written beside it, before the first takes it."""
    plans = [prepare_overlay(str(file), "county") for _ in range(6)]
    gate = Barrier(len(plans))
    told: list[str] = []
    monkeypatch.setattr(fresh.os, "fsync", lambda _: gate.wait())

    def run(number: int) -> None:
        plans[number].answers.set(f"单位=第{number}区委办公室")
        with suppress(JinjiError):
            finish(plans[number], date(2026, 3, 5))
            told.append(f"第{number}区委办公室")

    threads = [Thread(target=run, args=(number,)) for number in range(len(plans))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1
    assert read(file)["desk"]["unit"] == told[0]
    assert [path.name for path in file.parent.iterdir()] == ["standards.toml"]


def test_the_overlay_names_its_schema_first(new: Any, file: Path) -> None:
    new()
    assert file.read_text(encoding="utf-8").startswith("#:schema ./jinji-pack.schema.json\n")
