"""Words of a note are shown and do nothing: no escape, no markup, no template."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from jinji_report.model.facts import Facts, Place, Source
from jinji_report.reports.document import Header, Report
from jinji_report.reports.formats import FORMATS
from jinji_report.reports.plain import harmless
from jinji_report.reports.render import render
from jinji_report.reports.wording import fill
from jinji_report.vocabulary import Stage

Fire = Callable[..., Facts]

EVIL = "\x1b[31m红\x00\x07\r改\u202e写\u2066\u200b\ud800\x9b\n# 标题"


def everywhere(fire: Fire, words: str) -> Facts:
    return fire(
        place=Place(words),
        course=words,
        cause=words,
        actions=words,
        leaders=words,
        progress=words,
        source=Source(words, words, words, words),
    )


@pytest.mark.parametrize("format", FORMATS)
def test_control_characters_of_a_note_never_reach_a_reader(
    fire: Fire, first: Callable[..., Report], followed: Callable[..., Report], format: str
) -> None:
    facts = everywhere(fire, EVIL)
    header = Header(EVIL, EVIL, EVIL, EVIL, EVIL)
    for report in (first(facts, header=header), followed(fire(), facts)):
        text = render(report, format).replace("\n", "")
        assert all(c.isprintable() or c == "\u3000" for c in text)
        text.encode("utf-8")


@given(st.text())
def test_harmless_text_is_one_printable_line(text: str) -> None:
    shown = harmless(text)
    assert all(c.isprintable() or c == "\u3000" for c in shown)
    assert harmless(shown) == shown


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"])))
def test_what_can_be_seen_stays_as_it_was(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("words", ["{place}{0}{casualties}", "%s%(deaths)d", "{{time}}", "$x$ ${y}"])
def test_braces_of_a_note_are_only_text(fire: Fire, first: Callable[..., Report], words: str) -> None:
    report = first(fire(place=Place(words)))
    assert report.title == f"{words}火灾致2人死亡"
    assert words in render(report, "text")


def test_a_slot_is_filled_once_and_its_value_is_never_read_again() -> None:
    assert fill("{place}|{time}|{{place}}|{nothing}", {"place": "{time}", "time": "T"}) == (
        "{time}|T|{place}|{nothing}"
    )


MARKUP = [
    "*强调* _x_ **粗** ~~删~~",
    "`代码` ```",
    "[链接](http://x.example) ![图](y)",
    "<b>粗</b> <script>alert(1)</script> &lt;尾",
    "# 标题",
    "1. 列表",
    "- 列表",
    "---",
    "> 引用",
    "| 表 | 格 |",
    "http://x.example www.x.example a@x.example",
    "反斜杠\\*",
]


def text_of(markdown: str) -> tuple[str, set[str]]:
    """All text of the document, and the kinds of its tokens."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).enable("table").parse(markdown)
    flat = [child for token in tokens for child in ([token] + (token.children or []))]
    return "".join(t.content for t in flat if t.type in ("text", "text_special")), {t.type for t in flat}


@pytest.mark.parametrize("words", MARKUP)
def test_markup_in_a_note_is_text_in_markdown(
    fire: Fire, first: Callable[..., Report], followed: Callable[..., Report], words: str
) -> None:
    def final(facts: Facts) -> Report:
        return followed(facts, facts, number=0, stage=Stage.FINAL)  # a cause stands alone on its line

    for report in (first, final):
        plain_kinds = text_of(render(report(fire(cause="不明")), "markdown"))[1]
        text, kinds = text_of(render(report(everywhere(fire, words)), "markdown"))
        assert words in text
        assert kinds <= plain_kinds | {"text_special"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(alphabet="*_`[]()<>#-+.!|~\\&@:/ 0a中", max_size=30))
def test_any_signs_in_a_note_are_text_in_markdown(
    fire: Fire, first: Callable[..., Report], words: str
) -> None:
    plain_kinds = text_of(render(first(fire()), "markdown"))[1]
    assert text_of(render(first(fire(cause=f"起因{words}")), "markdown"))[1] <= plain_kinds | {"text_special"}


def test_a_bare_link_of_a_note_is_broken_up_in_markdown(fire: Fire, first: Callable[..., Report]) -> None:
    markdown = render(first(fire(cause="见 http://x.example 和 www.x.example 或 a@x.example")), "markdown")
    for link in ("http://", "www.x", "a@x"):
        assert link not in markdown
