"""The shipped packs, each compiled once for all tests of this room."""

import pytest

from jinji_report.standards.load import load
from jinji_report.standards.rows import Standards


@pytest.fixture(scope="session")
def county() -> Standards:
    return load("county")


@pytest.fixture(scope="session")
def ningxia() -> Standards:
    return load("ningxia")


@pytest.fixture(scope="session")
def national() -> Standards:
    return load("national")
