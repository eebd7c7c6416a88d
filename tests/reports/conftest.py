"""Plain incidents for report tests; a test names just what it is about."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from jinji_report.judgement.classify import classify
from jinji_report.model.facts import Facts, Occurred, Place, Source
from jinji_report.model.verdict import Verdict
from jinji_report.moments import parse_moment
from jinji_report.quantity import exactly
from jinji_report.reports.document import Header, Report, first_report, follow_up
from jinji_report.standards.rows import Standards

NOW = parse_moment("2026-03-05T00:10")
HEADER = Header(contact="李某", phone="0000-1234500")


@pytest.fixture
def fire() -> Callable[..., Facts]:
    """A shop fire with two dead; keyword arguments replace fields of Facts."""

    def make(**changes: Any) -> Facts:
        fields: dict[str, Any] = {
            "category": "火灾",
            "category_said": "起火",
            "course": "城关镇东街一服装店起火",
            "occurred": Occurred(parse_moment("2026-03-04T23:30"), said="昨晚11点半"),
            "place": Place("城关镇东街一服装店"),
            "measures": {"deaths": exactly(2, "2人死亡")},
            "moments": {"received": parse_moment("2026-03-04T23:52")},
            "source": Source("县消防救援大队", "王某", "13900000000", "电话"),
        }
        return Facts(**(fields | changes))

    return make


@pytest.fixture
def plain_standards(standards: Standards) -> Standards:
    """The default pack without a word on wording."""
    plain = copy.copy(standards)
    plain.wording = {}
    return plain


@pytest.fixture
def judged(standards: Standards) -> Callable[[Facts], Verdict]:
    return lambda facts: classify(facts, standards, NOW)


@pytest.fixture
def first(standards: Standards, judged: Callable[[Facts], Verdict]) -> Callable[..., Report]:
    """The first report on `facts`."""

    def make(facts: Facts, by: Standards = standards, header: Header = HEADER) -> Report:
        return first_report(facts, judged(facts), by, header, NOW)

    return make


@pytest.fixture
def followed(standards: Standards, judged: Callable[[Facts], Verdict]) -> Callable[..., Report]:
    """The follow-up from `previous` to `facts`."""

    def make(previous: Facts, facts: Facts, **options: Any) -> Report:
        options.setdefault("number", 1)
        return follow_up(facts, previous, judged(facts), judged(previous), standards, HEADER, NOW, **options)

    return make
