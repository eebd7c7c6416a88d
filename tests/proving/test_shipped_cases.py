"""The cases that ship beside the packs: they pass, and they cover every row and every bound.

`jinji rules test PACK --strict` runs the very same ones.
"""

import pytest
from tests.proving.conftest import NOW

from jinji_report.desk.rules.trial import Trial, run_cases, subject_of
from jinji_report.standards.load import cases_beside, find_pack, shipped_packs

_TRIALS: dict[str, Trial] = {}


def trial(name):
    if name not in _TRIALS:
        _TRIALS[name] = run_cases(subject_of(name), NOW)
    return _TRIALS[name]


@pytest.mark.parametrize("name", shipped_packs())
def test_the_cases_of_a_shipped_pack_pass(name):
    failed = [
        (tried.name, f"{written.file}:{written.line}", tried.problems, [gap.to_json() for gap in tried.gaps])
        for written, tried in trial(name).failed
    ]
    assert failed == []


@pytest.mark.parametrize("name", shipped_packs())
def test_every_row_of_a_shipped_pack_was_seen_in_every_state_and_every_bound_at_every_point(name):
    missing = [
        (
            one.row.id,
            [str(state) for state in one.states],
            [[str(m) for m in marks] for _, marks in one.marks],
        )
        for one in trial(name).coverage.missing
    ]
    assert missing == [], f"jinji rules test {name} --generate --output rules/{name}.cases.toml"


@pytest.mark.parametrize("name", shipped_packs())
def test_a_shipped_pack_has_its_cases_beside_it(name):
    assert cases_beside(find_pack(name)) is not None
