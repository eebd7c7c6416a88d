"""A last look is asked for once: again only where another desk's entry changed what is to be entered."""

import pytest

from jinji_report.cli import edge, prompts, screen


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    questions: list[str] = []

    def confirm(question: str) -> bool:
        questions.append(question)
        return "拒绝" not in question

    monkeypatch.setattr(screen, "interactive", lambda **_: True)
    monkeypatch.setattr(prompts, "confirm", confirm)
    return questions


def test_the_same_words_are_asked_once(asked: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    agree = edge.agreeing(str, yes=False, no_input=False, as_json=False)
    assert agree is not None
    assert agree("报送市委办公室") and agree("报送市委办公室")
    assert asked == ["报送市委办公室。登记？"]
    assert capfd.readouterr() == ("", "")


def test_other_words_are_asked_and_the_reason_is_told(
    asked: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    agree = edge.agreeing(str, yes=False, no_input=False, as_json=False)
    assert agree is not None
    assert agree("首报") and not agree("拒绝续报")
    assert len(asked) == 2
    assert "另一台终端有新的登记" in capfd.readouterr().err


def test_nobody_is_asked_where_nobody_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert edge.agreeing(str, yes=True, no_input=False, as_json=False) is None
    assert edge.agreeing(str, yes=False, no_input=True, as_json=False) is None
