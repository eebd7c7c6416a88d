"""What is kept of a long batch stays within its bound and loses nothing that is asked again."""

from jinji_report.standards.kept import Kept


def test_a_full_memory_begins_anew_and_has_what_came_last():
    kept = Kept(3)
    for number in range(4):
        assert kept.put(number, str(number)) == str(number)
    assert dict(kept) == {3: "3"}
