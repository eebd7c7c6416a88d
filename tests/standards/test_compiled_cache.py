"""The compiled cache only saves time: it never changes an answer, and never stops one."""

import json
import os
import sys

import pytest
from tests.standards.pack import header, row, small, written

from jinji_report.errors import UnusableStandards
from jinji_report.standards import load as loading
from jinji_report.standards.load import compile_pack, load, shipped_packs

GRADE = row("grade", "g.deaths", 'grade = "较大"', 'measure = "deaths"', "at_least = 3")


def everything(value):
    """A standards object down to its plain values."""
    if isinstance(value, dict):
        return {name: everything(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [everything(part) for part in value]
    slots = [
        name
        for kind in type(value).__mro__
        for name in getattr(kind, "__slots__", ())
        if not name.startswith("_")
    ]
    return {name: everything(getattr(value, name)) for name in slots} if slots else value


@pytest.fixture
def pack(tmp_path):
    written(tmp_path, "base", small(id="base"))
    return written(tmp_path, "top", header("top", 'extends = ["base"]') + GRADE)


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def compilations(monkeypatch):
    """How often a pack was compiled."""
    done = []

    def counted(path):
        done.append(path)
        return compile_pack(path)

    monkeypatch.setattr(loading, "compile_pack", counted)
    return done


def kept_file(cache):
    (kept,) = cache.iterdir()
    return kept


@pytest.mark.parametrize("name", shipped_packs())
def test_the_second_load_equals_the_first(name, cache, compilations):
    first = load(name, cache)
    second = load(name, cache)
    assert len(compilations) == 1
    assert everything(second) == everything(first) == everything(load(name))


def test_a_start_with_a_warm_cache_does_not_read_toml_or_check_a_pack(pack, cache):
    import subprocess

    load(str(pack), cache)
    code = (
        "import sys; from pathlib import Path; from jinji_report.standards.load import load\n"
        f"load({str(pack)!r}, Path({str(cache)!r}))\n"
        "print(*[name for name in ('tomllib', 'pydantic') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


def test_a_changed_pack_is_compiled_again(pack, cache):
    load(str(pack), cache)
    pack.write_text(
        pack.read_text(encoding="utf-8").replace("at_least = 3", "at_least = 2"), encoding="utf-8"
    )
    assert load(str(pack), cache).grades[0].when["at_least"] == 2


def test_a_changed_base_is_seen_through_the_cache(pack, cache):
    load(str(pack), cache)
    base = pack.with_name("base.toml")
    base.write_text(base.read_text(encoding="utf-8").replace("死亡几人", "几人死亡"), encoding="utf-8")
    assert load(str(pack), cache).measures["deaths"].ask == "几人死亡？"


def test_a_pack_that_became_wrong_is_refused_although_a_good_one_is_cached(pack, cache):
    load(str(pack), cache)
    pack.write_text("id = ", encoding="utf-8")
    with pytest.raises(UnusableStandards):
        load(str(pack), cache)


def test_a_base_that_was_deleted_is_missed_although_the_cache_has_it(pack, cache):
    load(str(pack), cache)
    pack.with_name("base.toml").unlink()
    with pytest.raises(UnusableStandards):
        load(str(pack), cache)


def test_a_file_that_comes_to_stand_before_a_shipped_base_is_seen_through_the_cache(tmp_path, cache):
    pack = written(tmp_path, "top", header("top", 'extends = ["county"]'))
    load(str(pack), cache)
    written(tmp_path, "county", small(id="county"))
    assert list(load(str(pack), cache).measures) == ["deaths", "injured", "seriously_injured"]


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"null", b"[]", b"{}", b"\xff\xfe", b'{"format": 1}', b"[" * 100_000, b"0" * 10_000],
    ids=["empty", "torn", "null", "list", "object", "no-text", "foreign", "deep", "number"],
)
def test_a_broken_cache_is_made_again(pack, cache, raw):
    before = everything(load(str(pack), cache))
    kept_file(cache).write_bytes(raw)
    assert everything(load(str(pack), cache)) == before
    assert json.loads(kept_file(cache).read_bytes().splitlines()[0])["format"] == loading.FORMAT


def test_a_cache_cut_short_at_any_place_is_made_again(pack, cache):
    before = everything(load(str(pack), cache))
    whole = kept_file(cache).read_bytes()
    for end in range(0, len(whole), max(1, len(whole) // 40)):
        kept_file(cache).write_bytes(whole[:end])
        assert everything(load(str(pack), cache)) == before


@pytest.mark.parametrize(
    ("key", "value"),
    [("format", 0), ("code", "other"), ("sources", [["x"]]), ("standards", {}), ("standards", None)],
)
def test_a_cache_of_another_version_is_made_again(pack, cache, compilations, key, value):
    load(str(pack), cache)
    whole = kept_file(cache).read_bytes()
    head, _, rest = whole.partition(b"\n")
    changed = json.dumps(json.loads(head) | {key: value}).encode()
    kept_file(cache).write_bytes(changed + b"\n" + rest)
    assert load(str(pack), cache).grades
    assert len(compilations) == 2
    assert kept_file(cache).read_bytes() == whole


def test_two_packs_of_the_same_name_do_not_share_a_cache(tmp_path, cache):
    for folder, bound in (("a", 3), ("b", 5)):
        (tmp_path / folder).mkdir()
        text = small(GRADE.replace("at_least = 3", f"at_least = {bound}"))
        assert load(str(written(tmp_path / folder, "small", text)), cache).grades[0].when["at_least"] == bound
    assert load(str(tmp_path / "a" / "small.toml"), cache).grades[0].when["at_least"] == 3


def test_no_cache_at_all_gives_the_same(pack, cache):
    assert everything(load(str(pack), None)) == everything(load(str(pack), cache))


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_cache_folder_that_cannot_be_written_only_costs_time(pack, cache):
    cache.mkdir()
    cache.chmod(0o500)
    try:
        assert load(str(pack), cache).grades
        assert list(cache.iterdir()) == []
    finally:
        cache.chmod(0o700)


def test_a_cache_folder_that_is_a_file_only_costs_time(pack, cache):
    cache.write_text("no folder", encoding="utf-8")
    assert load(str(pack), cache).grades
    assert cache.read_text(encoding="utf-8") == "no folder"


def test_a_disk_that_is_full_leaves_no_half_written_cache(pack, cache, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert load(str(pack), cache).grades
    assert list(cache.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps other rights")
def test_the_cache_folder_is_private(pack, cache):
    load(str(pack), cache)
    assert cache.stat().st_mode & 0o777 == 0o700


def test_a_load_touches_only_the_files_of_its_own_chain(cache, monkeypatch):
    from pathlib import Path

    opened = []
    read = Path.read_bytes

    def noted(path):
        opened.append(path.name)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    monkeypatch.setattr(Path, "glob", lambda *_: pytest.fail("looked through the packs"))
    monkeypatch.setattr(loading, "_PARSED", {})
    load("county", cache)
    assert [name for name in opened if name.endswith(".toml")] == ["county.toml", "national.toml"]
    opened.clear()
    load("county", cache)
    assert {name for name in opened if name.endswith(".toml")} == {"county.toml", "national.toml"}
