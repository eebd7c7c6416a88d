"""What all rooms' tests share: the default standards, and golden files.

`pytest --update-golden` writes the golden files anew; a reviewer reads what changed in them.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from jinji_report.standards.load import load
from jinji_report.standards.rows import Standards

# A test says what is right, not how fast the machine is that day.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session")
def standards() -> Standards:
    """The default pack (`county`), compiled once. Not to be changed by a test; see `copy.copy`."""
    return load("county")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden("reports/火灾-首报.text.txt", text)` holds `text` against the file of that name."""
    update = request.config.getoption("--update-golden")

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(f"{text}\n".encode())
            return
        assert path.is_file(), f"no golden file {name}; write it with pytest --update-golden"
        assert f"{text}\n" == path.read_bytes().decode()

    return compare
