"""Names of units: what an alias may be."""

import pytest
from tests.standards.check.base import found
from tests.standards.check.test_broken_packs import dated


def codes(folder, *rows):
    return [f.code for f in found(folder, "".join(rows)) if f.code == "J407"]


def owner(ident, unit, *aliases):
    names = f"aliases = [{', '.join(map(repr, aliases))}]".replace("'", '"')
    return dated("owner", f'id = "{ident}"', f'unit = "{unit}"', 'side = "行业"', 'angle = "情况"', names)


@pytest.mark.parametrize(
    ("unit", "aliases", "wrong"),
    [
        ("住建", ("城建",), []),
        ("住建", ("路政",), ["J407"]),
        ("住建", ("交通运输",), ["J407"]),
        ("交通运输", ("路政",), []),
        ("某区交通运输局", ("路政",), []),
    ],
)
def test_an_alias_is_that_of_one_unit(tmp_path, unit, aliases, wrong):
    rows = owner("a", "交通运输", "路政"), owner("b", unit, *aliases)
    assert codes(tmp_path, *rows) == wrong
