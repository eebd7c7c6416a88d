"""Settings: option > JINJI_* > jinji.toml > default, and each value knows where it came from."""

import os
import subprocess
import sys

import pytest

from jinji_report import settings as reading
from jinji_report.errors import UnusableSettings
from jinji_report.settings import KNOWN, cache_folder, data_folder, read_settings


@pytest.fixture
def environ(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    return {"JINJI_HOME": str(home), "JINJI_CACHE": str(tmp_path / "cache")}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "home" / "jinji.toml"


@pytest.fixture
def parsed(monkeypatch):
    """How often a settings file was read as TOML."""
    done = []
    plain = reading._parse

    def counted(path, raw):
        done.append(path)
        return plain(path, raw)

    monkeypatch.setattr(reading, "_parse", counted)
    return done


def value(environ, name="unit", **options):
    found = read_settings(environ, options).values[name]
    return found.text, found.origin


def refusal(environ):
    with pytest.raises(UnusableSettings) as caught:
        read_settings(environ)
    assert caught.value.remedy
    return caught.value.problem


# —— which one counts ——


def test_without_anything_each_value_is_its_default(environ):
    found = read_settings(environ)
    assert {name: (v.text, v.origin) for name, v in found.values.items()} == {
        name: (default, "default") for name, (default, _) in KNOWN.items()
    }
    assert found["standards"] == "county"


def test_the_file_goes_before_the_default(environ, file):
    file.write_text('unit = "甲县委办公室"', encoding="utf-8")
    assert value(environ) == ("甲县委办公室", str(file))
    assert value(environ, "signer") == ("", "default")


def test_the_environment_goes_before_the_file(environ, file):
    file.write_text('unit = "甲县委办公室"', encoding="utf-8")
    assert value(environ | {"JINJI_UNIT": "乙县委办公室"}) == ("乙县委办公室", "JINJI_UNIT")


def test_an_option_goes_before_the_environment(environ, file):
    file.write_text('unit = "甲"', encoding="utf-8")
    assert value(environ | {"JINJI_UNIT": "乙"}, unit="丙") == ("丙", "option")


@pytest.mark.parametrize("nothing", [None, ""])
def test_an_option_that_was_not_given_counts_for_nothing(environ, nothing):
    assert value(environ | {"JINJI_UNIT": "乙"}, unit=nothing) == ("乙", "JINJI_UNIT")


def test_an_empty_variable_counts_for_nothing(environ, file):
    file.write_text('unit = "甲"', encoding="utf-8")
    assert value(environ | {"JINJI_UNIT": ""}) == ("甲", str(file))


def test_an_empty_value_in_the_file_is_a_value(environ, file):
    file.write_text('standards = ""', encoding="utf-8")
    assert value(environ, "standards") == ("", str(file))


@pytest.mark.parametrize("name", KNOWN)
def test_every_setting_can_be_set_in_each_of_the_three_ways(environ, file, name):
    file.write_text(f'{name} = "文件"', encoding="utf-8")
    assert value(environ, name)[0] == "文件"
    assert value(environ | {f"JINJI_{name.upper()}": "变量"}, name)[0] == "变量"
    assert value(environ, name, **{name: "选项"})[0] == "选项"


def test_who_records_is_the_option_the_setting_or_the_login(environ, monkeypatch):
    monkeypatch.setenv("LOGNAME", "login")
    found = read_settings(environ)
    assert found.by() == "login"
    assert found.by("王五") == "王五"
    assert read_settings(environ | {"JINJI_BY": "李四"}).by() == "李四"


# —— where things lie ——


def test_the_file_may_be_named_by_the_environment(environ, tmp_path, file):
    file.write_text('unit = "甲"', encoding="utf-8")
    other = tmp_path / "other.toml"
    other.write_text('unit = "乙"', encoding="utf-8")
    assert value(environ | {"JINJI_CONFIG": str(other)}) == ("乙", str(other))


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()], ids=["missing", "folder"])
def test_a_named_file_that_is_none_is_refused(environ, tmp_path, make):
    named = tmp_path / "other.toml"
    make(named)
    problem = refusal(environ | {"JINJI_CONFIG": str(named)})
    assert "JINJI_CONFIG" in problem
    assert str(named) in problem


def test_no_file_at_all_is_fine(environ, file):
    assert not file.exists()
    assert read_settings(environ)["unit"] == ""


def test_folders_follow_their_variables_before_those_of_the_system(tmp_path):
    named = {
        "JINJI_HOME": str(tmp_path / "h"),
        "JINJI_CACHE": str(tmp_path / "c"),
        "XDG_DATA_HOME": "/elsewhere",
    }
    assert data_folder(named) == tmp_path / "h"
    assert cache_folder(named) == tmp_path / "c"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has its own folders")
def test_folders_follow_the_system_where_nothing_is_said(tmp_path):
    system = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert data_folder(system) == tmp_path / "data" / "jinji"
    assert cache_folder(system) == tmp_path / "cache" / "jinji"
    assert data_folder({}).name == cache_folder({}).name == "jinji"


def test_reading_settings_makes_no_data_folder(tmp_path):
    environ = {"JINJI_HOME": str(tmp_path / "home"), "JINJI_CACHE": str(tmp_path / "cache")}
    read_settings(environ)
    assert not (tmp_path / "home").exists()


# —— what is refused ——


def test_an_unknown_key_is_refused_with_the_keys_there_are(environ, file):
    file.write_text('units = "甲"', encoding="utf-8")
    with pytest.raises(UnusableSettings) as caught:
        read_settings(environ)
    assert "units" in caught.value.problem
    assert str(file) in caught.value.problem
    assert "unit、" in caught.value.remedy


@pytest.mark.parametrize("text", ["3", "true", "[]", "{}", "2026-01-01"])
def test_a_value_that_is_no_text_is_refused(environ, file, text):
    file.write_text(f"phone = {text}", encoding="utf-8")
    problem = refusal(environ)
    assert "phone" in problem
    assert str(file) in problem


@pytest.mark.parametrize(
    "raw",
    [
        b'unit = "',
        b"unit",
        'unit = "甲"'.encode("gbk"),
        b'unit = "a"\nunit = "b"',
        b"\x00",
        b"unit = " + b"[" * 50_000,
    ],
    ids=["torn", "no-value", "gbk", "twice", "nul", "deep"],
)
def test_a_file_that_is_no_toml_is_refused(environ, file, raw):
    file.write_bytes(raw)
    assert str(file) in refusal(environ)


def test_a_settings_file_that_is_a_folder_is_refused(environ, file):
    file.mkdir()
    assert str(file) in refusal(environ)


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_from_a_windows_editor_reads_like_any_other(environ, file, prefix, newline):
    file.write_bytes(prefix + f'unit = "甲"{newline}by = "乙"{newline}'.encode())
    assert value(environ) == ("甲", str(file))
    assert value(environ, "by") == ("乙", str(file))


# —— the cache ——


def test_a_file_is_read_as_toml_once_and_again_when_it_changed(environ, file, parsed):
    file.write_text('unit = "甲"', encoding="utf-8")
    assert [value(environ), value(environ)] == [("甲", str(file))] * 2
    assert len(parsed) == 1
    file.write_text('unit = "乙"', encoding="utf-8")
    assert value(environ) == ("乙", str(file))
    assert len(parsed) == 2


def test_two_files_of_the_same_text_keep_their_own_origin(environ, tmp_path, file):
    other = tmp_path / "other.toml"
    for path in (file, other):
        path.write_text('unit = "甲"', encoding="utf-8")
    assert value(environ)[1] == str(file)
    assert value(environ | {"JINJI_CONFIG": str(other)})[1] == str(other)


@pytest.mark.parametrize("raw", [b"", b"{", b"null", b"[]", b"{}", b"\xff", b"[" * 100_000])
def test_a_broken_cache_is_made_again(environ, tmp_path, file, parsed, raw):
    file.write_text('unit = "甲"', encoding="utf-8")
    value(environ)
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_bytes(raw)
    assert value(environ) == ("甲", str(file))
    assert len(parsed) == 2


def test_a_file_that_was_deleted_is_not_remembered(environ, file):
    file.write_text('unit = "甲"', encoding="utf-8")
    value(environ)
    file.unlink()
    assert value(environ) == ("", "default")


def test_a_file_that_is_refused_leaves_nothing_in_the_cache(environ, tmp_path, file):
    file.write_text('units = "甲"', encoding="utf-8")
    refusal(environ)
    refusal(environ)
    assert not (tmp_path / "cache").exists()


def test_a_cache_that_cannot_be_written_only_costs_time(environ, tmp_path, file, parsed):
    (tmp_path / "cache").write_text("no folder", encoding="utf-8")
    file.write_text('unit = "甲"', encoding="utf-8")
    assert [value(environ), value(environ)] == [("甲", str(file))] * 2
    assert len(parsed) == 2


def test_a_warm_start_reads_its_settings_without_toml(environ, file):
    file.write_text('unit = "甲"', encoding="utf-8")
    value(environ)
    code = (
        "import os, sys; from jinji_report.settings import read_settings\n"
        "assert read_settings(os.environ)['unit']; print('tomllib' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | environ, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False"
