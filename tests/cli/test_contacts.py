"""jinji contacts: found by unit, person, role and number; imported whole or not at all; who has no phone."""

import sys
import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from .conftest import Jinji, Outcome

HEADS = "单位,职务,姓名,值班电话,时段,叫应次序,是否直报点\n"
ROWS = (
    "公安,值班室,,0931-1234567,,,是\n"
    "城关镇,党委书记,张三,13800000000,工作时间,1,\n"
    "城关镇,值班领导,李四,13900000000,非工作时间,1,否\n"
)


def load(jinji: Jinji, table: str | bytes, *words: str) -> Outcome:
    return jinji("contacts", "import", "-", *words, stdin=table)


def found(jinji: Jinji, *words: str) -> list[dict[str, Any]]:
    contacts: list[dict[str, Any]] = jinji("contacts", *words, "--json").json["contacts"]
    return contacts


def persons(jinji: Jinji, *words: str) -> list[str]:
    return [one["person"] for one in found(jinji, *words) if one["origin"] == "通讯录"]


def test_an_imported_list_is_found_by_unit_person_role_and_number(jinji: Jinji) -> None:
    done = load(jinji, HEADS + ROWS)
    assert done.code == 0 and "新增 3" in done.out and done.err == ""
    assert persons(jinji, "城关镇") == ["张三", "李四"]
    assert persons(jinji, "张三") == persons(jinji, "书记") == persons(jinji, "138 0000") == ["张三"]
    [police] = found(jinji, "0931-1234567")
    assert (police["unit"], police["direct"], police["hours"]) == ("公安", True, "任何时间")
    assert [one["unit"] for one in found(jinji, "--direct")] == ["公安"]
    nobody = jinji("contacts", "没有这个人")
    assert (nobody.code, nobody.out) == (1, "") and "没有符合的" in nobody.err


def test_without_a_word_everybody_is_listed_with_the_offices_of_the_standards(jinji: Jinji) -> None:
    load(jinji, HEADS + ROWS)
    listed = jinji("contacts")
    assert listed.code == 0 and "市委办公室" in listed.out and "报送对象" in listed.out
    assert "非工作时间、叫应1" in listed.out and "直报点" in listed.out
    duty = [one for one in found(jinji, "--standards", "broadcaster") if one["id"] == "call.off.duty-leader"]
    assert duty[0]["origin"] == "标准"


def test_the_file_is_private_and_plain_enough_to_be_mended_by_hand(jinji: Jinji, home: Path) -> None:
    load(jinji, HEADS + ROWS)
    file = home / "contacts.toml"
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600 and home.stat().st_mode & 0o777 == 0o700
    text = file.read_text(encoding="utf-8")
    assert text.count("[[contact]]\nunit = ") == 3 and text.startswith("#")
    assert tomllib.loads(text)["contact"][0] == {
        "unit": "公安",
        "role": "值班室",
        "phone": "0931-1234567",
        "direct": True,
    }
    file.write_text(text.replace("13800000000", "0931-7777777"), encoding="utf-8")
    assert persons(jinji, "7777777") == ["张三"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[contact]]\nunit = "甲"\nhours = "晚上"\n', "hours"),
        ('[[contact]]\nunit = "甲"\nfax = "1"\n', "fax"),
        ('[[contact]]\nphone = "1"\n', "unit"),
        ("[[contact]\n", "TOML"),
        ('[[contact]]\nid = "a"\nunit = "甲"\n[[contact]]\nid = "a"\nunit = "乙"\n', "两个 id"),
    ],
)
def test_a_file_that_was_mended_wrongly_is_told_by_its_place(
    jinji: Jinji, home: Path, text: str, said: str
) -> None:
    home.mkdir()
    (home / "contacts.toml").write_text(text, encoding="utf-8")
    refused = jinji("contacts")
    assert (refused.code, refused.out) == (3, "") and said in refused.err and "contacts.toml" in refused.err


def test_a_second_import_changes_the_same_rows_and_leaves_the_others(jinji: Jinji, home: Path) -> None:
    load(jinji, HEADS + ROWS)
    first = (home / "contacts.toml").read_text(encoding="utf-8")
    done = load(jinji, HEADS + "公安,值班室,,0931-7654321,,,是\n教育,值班室,,0931-5,,,\n", "--json").json
    assert (done["changed"], done["added"], done["same"]) == (["公安 值班室"], ["教育 值班室"], 2)
    assert persons(jinji, "城关镇") == ["张三", "李四"]
    assert (home / "contacts.toml.bak").read_text(encoding="utf-8") == first
    again = load(jinji, HEADS + "公安,值班室,,0931-7654321,,,是\n", "--replace", "--json").json
    assert again["total"] == 1 and len(again["dropped"]) == 3
    assert persons(jinji, "城关镇") == []


def test_a_list_in_gbk_with_english_heads_and_a_title_above_them_is_read(jinji: Jinji) -> None:
    table = "某县值班电话表,,\nUnit;Phone;备注\n教育局;0931-8;无\n".encode("gbk")
    done = load(jinji, table)
    assert done.code == 0 and "没有用到的列：备注" in done.out and "GBK" in done.err.upper()
    assert [one["unit"] for one in found(jinji, "教育局")] == ["教育局"]


BAD = {
    "没有单位": ",值班室,,0931-1,,,",
    "不像号码": "教育,值班室,,打给小王,,,",
    "电话被表格改成了": "教育,值班室,,1.38E+10,,,",
    "时段": "教育,值班室,,0931-1,半夜,,",
    "叫应次序": "教育,值班室,,0931-1,,0,",
    "直报点": "教育,值班室,,0931-1,,,也许",
    "与第 2 行重复": "公安,值班室,,0931-1234567,,,",
}


@pytest.mark.parametrize("said", BAD)
def test_one_bad_row_is_told_by_its_number_and_nothing_is_imported(
    jinji: Jinji, home: Path, said: str
) -> None:
    refused = load(jinji, f"{HEADS}{ROWS}{BAD[said]}\n")
    assert (refused.code, refused.out) == (3, "") and said in refused.err and "第 5 行" in refused.err
    assert not (home / "contacts.toml").exists()


def test_all_bad_rows_are_told_at_once(jinji: Jinji) -> None:
    refused = load(jinji, HEADS + ",,,1234,,,\n甲,,,1234,,,\n乙,,,无,,,\n")
    assert "有 2 行不能用" in refused.err and "第 2 行" in refused.err and "第 4 行" in refused.err


@pytest.mark.parametrize("call", ["1", "99"])
def test_the_first_and_the_last_place_in_the_tree_are_taken(jinji: Jinji, call: str) -> None:
    assert load(jinji, f"{HEADS}教育,值班室,,0931-1,,{call},\n").code == 0
    assert load(jinji, f"{HEADS}教育,值班室,,0931-1,,100,\n").code == 3


@pytest.mark.parametrize("table", ["", "甲,乙\n丙,丁\n", "单位,备注\n公安,无\n", HEADS])
def test_a_table_without_heads_or_rows_is_refused(jinji: Jinji, home: Path, table: str) -> None:
    refused = load(jinji, table)
    assert (refused.code, refused.out) == (3, "") and not (home / "contacts.toml").exists()


def test_formulas_and_control_characters_are_text(jinji: Jinji, home: Path) -> None:
    row = (
        '城关镇,镇长,"=HYPERLINK(""http://x"",""点"")",0931-1,,,\n城关镇,\x1b[31m副镇长,王\x07某,0931-2,,,\n'
    )
    assert load(jinji, HEADS + row).code == 0
    assert persons(jinji, "城关镇") == ['=HYPERLINK("http://x","点")', "王 某"]
    assert "\x1b" not in (home / "contacts.toml").read_text(encoding="utf-8")
    assert "\x1b" not in jinji("contacts").out


def test_a_marked_list_is_written_nowhere(jinji: Jinji, home: Path) -> None:
    refused = load(jinji, HEADS + "机密★,值班室,,0931-1,,,\n")
    assert refused.code == 3 and not (home / "contacts.toml").exists()


def test_a_drill_does_not_change_the_contacts_but_reads_them(jinji: Jinji, home: Path) -> None:
    load(jinji, HEADS + ROWS)
    before = (home / "contacts.toml").read_bytes()
    refused = load(jinji, HEADS + "教育,值班室,,0931-1,,,\n", "--drill")
    assert refused.code == 2 and (home / "contacts.toml").read_bytes() == before
    assert persons(jinji, "张三", "--drill") == ["张三"]


def workbook(*rows: tuple[Any, ...], merged: str = "", title: str = "通讯录") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(row)
    if merged:
        page.merge_cells(merged)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_with_its_merged_cells_numbers_and_formulas_as_text(jinji: Jinji) -> None:
    raw = workbook(
        ("单位", "姓名", "手机"),
        ("城关镇", "张三", 13800000000),
        (None, "李四", "0931-2"),
        ("教育", "=1+1", 110),
        merged="A2:A3",
    )
    assert load(jinji, raw).code == 0
    assert [(one["person"], one["phone"]) for one in found(jinji, "城关镇")] == [
        ("张三", "13800000000"),
        ("李四", "0931-2"),
    ]
    assert [(one["person"], one["phone"]) for one in found(jinji, "教育")] == [("=1+1", "110")]


def test_a_number_that_the_workbook_keeps_with_an_exponent_is_the_number(jinji: Jinji) -> None:
    packed = ZipFile(BytesIO(workbook(("单位", "电话"), ("教育", 13800000000))))
    out = BytesIO()
    with ZipFile(out, "w") as mended:
        for name in packed.namelist():
            mended.writestr(name, packed.read(name).replace(b"<v>13800000000</v>", b"<v>1.38E10</v>"))
    assert load(jinji, out.getvalue()).code == 0
    assert [one["phone"] for one in found(jinji, "教育")] == ["13800000000"]


def test_a_row_of_ones_own_takes_the_place_of_that_of_the_standards(jinji: Jinji) -> None:
    load(jinji, "编号,单位,电话\ncall.off.duty-leader,台领导,0931-9\n,市委宣传部,0000-2234569\n")
    broadcaster = ("--standards", "broadcaster")
    same = [one for one in found(jinji, *broadcaster) if one["id"] == "call.off.duty-leader"]
    assert [(one["phone"], one["origin"]) for one in same] == [("0931-9", "通讯录")]
    assert [one["origin"] for one in found(jinji, "市委宣传部", *broadcaster)] == ["通讯录"]


def test_the_sheet_is_chosen_by_name(jinji: Jinji) -> None:
    raw = workbook(("单位", "电话"), ("教育", "0931-1"), title="值班")
    assert load(jinji, raw, "--sheet", "值班").code == 0
    refused = load(jinji, raw, "--sheet", "别的")
    assert refused.code == 3 and "值班" in refused.err
    assert load(jinji, HEADS + ROWS, "--sheet", "值班").code == 2


@pytest.mark.parametrize("merged", ["A3:A300000", "A1:XFD1048576"])
def test_a_workbook_whose_merged_cells_are_without_end_is_refused_at_once(jinji: Jinji, merged: str) -> None:
    packed = ZipFile(BytesIO(workbook(("单位", "电话"), ("教育", "0931-1"), merged="A2:A3")))
    out = BytesIO()
    with ZipFile(out, "w") as mended:
        for name in packed.namelist():
            mended.writestr(name, packed.read(name).replace(b'"A2:A3"', f'"{merged}"'.encode()))
    refused = load(jinji, out.getvalue())
    assert (refused.code, refused.out) == (3, "") and "合并的单元格太多" in refused.err


def test_cells_far_to_the_right_are_passed_over(jinji: Jinji) -> None:
    raw = workbook(("单位", "电话", *[""] * 200, "远"), ("教育", "0931-1"), merged="GT2:GU2")
    assert load(jinji, raw).code == 0


def test_a_torn_workbook_is_one_sentence(jinji: Jinji) -> None:
    refused = load(jinji, workbook(("单位", "电话"), ("教育", "0931-1"))[:-200])
    assert refused.code == 3 and "打不开" in refused.err and "Traceback" not in refused.err


def test_without_openpyxl_it_is_said_what_to_run(jinji: Jinji, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = workbook(("单位", "电话"), ("教育", "0931-1"))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    refused = load(jinji, raw)
    assert (refused.code, refused.out) == (3, "")
    assert "openpyxl" in refused.err and "jinji-report[xlsx]" in refused.err and "CSV" in refused.err
    assert load(jinji, HEADS + ROWS).code == 0


def test_who_has_no_phone_is_told_until_it_has_one(jinji: Jinji) -> None:
    lacking = jinji("contacts", "check", "--json", "--now", "2026-03-05T09:00")
    assert lacking.code == 1
    kinds = {one["unit"]: one["what"] for one in lacking.json["lacking"]}
    assert kinds["公安"] == kinds["望山镇"] == "责任单位" and kinds["市行业主管部门"] == "报送对象"
    assert "市委办公室" not in kinds
    load(jinji, HEADS + ROWS + "教育,,王五,,,,是\n")
    kinds = {one["unit"]: one["what"] for one in jinji("contacts", "check", "--json").json["lacking"]}
    assert "公安" not in kinds and kinds["教育王五"] == "信息直报点"
    shown = jinji("contacts", "check")
    assert shown.code == 1 and "报送对象：市行业主管部门" in shown.out


def test_a_word_that_is_a_command_is_looked_up_by_find(jinji: Jinji) -> None:
    load(jinji, "单位,电话\ncheck,0931-1\n")
    assert [one["unit"] for one in found(jinji, "find", "check")] == ["check"]
    assert jinji("contacts", "--help").code == 0
