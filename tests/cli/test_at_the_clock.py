"""--at with the clock alone, as one reads it off the wall: the nearest moment that shows it."""

import pytest

from .conftest import Jinji
from .refusal import refused

NOTE = "3月4日23时20分，城关镇东街一服装店起火，2人死亡"


@pytest.mark.parametrize(
    ("now", "at", "meant"),
    [
        ("2026-03-05T00:05", "23:58", "2026-03-04T23:58:00"),
        ("2026-03-05T00:05", "00:01", "2026-03-05T00:01:00"),
        ("2026-03-05T09:35", "9:30", "2026-03-05T09:30:00"),
        ("2026-03-05T09:35", "09：30", "2026-03-05T09:30:00"),
    ],
)
def test_the_clock_alone_is_the_nearest_moment_that_shows_it(
    jinji: Jinji, now: str, at: str, meant: str
) -> None:
    assert jinji("new", NOTE, "--now", "2026-03-04T23:50").code == 0
    sent = jinji("sent", "01", "--form", "电话", "--at", at, "--now", now, "--json")
    assert sent.code == 0 and sent.json["at"].startswith(meant)


def test_a_clock_that_is_nearer_ahead_has_not_come_and_is_never_taken_for_yesterdays(jinji: Jinji) -> None:
    assert jinji("new", NOTE, "--now", "2026-03-04T23:50").code == 0
    late = ("--at", "00:10", "--reason", "补登", "--now", "2026-03-04T23:55")
    refused(jinji("sent", "01", "--form", "电话", *late), 3)
