"""Ctrl-C anywhere ends with a sentence and its own exit code."""

from jinji_report.desk.rules import coverage


def test_ctrl_c_says_that_it_is_given_up(jinji, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(coverage, "coverage", interrupted)
    done = jinji("rules", "coverage")
    assert done.code == 130
    assert done.out == ""
    assert "已放弃" in done.err
