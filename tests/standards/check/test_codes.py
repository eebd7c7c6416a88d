"""What every code says of itself is true: its bad example brings it, its good one does not."""

import re

import pytest
from tests.standards.check.base import CHECK_BASE, found

from jinji_report.standards.check import codes

CODES = codes()


def test_the_plain_pack_has_no_findings(tmp_path):
    assert [(f.code, f.row, f.text) for f in found(tmp_path)] == []


@pytest.mark.parametrize("name", CODES)
def test_the_bad_example_of_a_code_brings_it(tmp_path, name):
    assert name in {finding.code for finding in found(tmp_path, CODES[name].bad)}


@pytest.mark.parametrize("name", CODES)
def test_the_good_example_of_a_code_does_not_bring_it(tmp_path, name):
    assert name not in {finding.code for finding in found(tmp_path, CODES[name].good)}


@pytest.mark.parametrize("name", CODES)
def test_a_finding_of_a_code_says_where_what_and_what_next(tmp_path, name):
    lines = found(tmp_path, CODES[name].bad)
    finding = next(f for f in lines if f.code == name)
    assert finding.severity == CODES[name].severity
    assert finding.line >= 1
    assert finding.text.endswith("。")
    assert finding.remedy.endswith("。")
    text = (tmp_path / "base.toml").read_text(encoding="utf-8")
    assert finding.excerpt == text.splitlines()[finding.line - 1].strip()


@pytest.mark.parametrize("name", CODES)
def test_a_code_explains_itself_in_chinese(name):
    code = CODES[name]
    assert re.fullmatch(r"J[0-9]{3}", name)
    assert code.name
    assert not code.name.endswith("。")
    assert code.what.endswith("。")
    assert code.why.endswith("。")
    for text in (code.name, code.what, code.why):
        text.encode("gbk")


def test_no_example_is_the_base_itself():
    assert all(code.bad.strip() and code.bad.strip() not in CHECK_BASE for code in CODES.values())
