"""A report as the check sees it: its words, what they rest on, and what readers were told before."""

import re
from datetime import datetime

from jinji_report.model.facts import Facts
from jinji_report.model.verdict import Verdict
from jinji_report.reports.check.remark import Span
from jinji_report.reports.drill import is_marked, unmarked
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Decision, Stage

_HEAD = re.compile(r"(?m)^(?:主送|报送单位|报送时间|签发人?|联系人|联络人|联系电话|电话)：.*$")
_QUOTED = re.compile(r"“[^“”\n]{0,400}”|「[^「」\n]{0,400}」|《[^《》\n]{0,400}》")
_ENDS = "。；！？!?;\n"
_SAID_TO_BE_CORRECTED = re.compile(r"更正|核减|有误|原报|误报|修正|应为|(?:核实|调整|改报|改)为")


class Earlier:
    """What the readers had before: the report's name and the facts on which it rests."""

    __slots__ = ("facts", "name")

    def __init__(self, name: str, facts: Facts) -> None:
        self.name = name
        self.facts = facts


class Paper:
    """One report with its text, `title` (the first line) and all that it is measured against.

    `body` is the text without title and head rows, `own` that without what stands in quotation marks;
    both are as long as `text`, so that places in them are places in it. `told` is what the text itself
    tells where somebody edited it; None for a text that was made from `facts`. `kept_back` is the
    officer's reason for 不报, None where that was not decided. `case` is how commands name the case.
    `drill`: it belongs to a drill; `marked`: it says so. `text` has blanks in place of such marks.
    """

    __slots__ = (
        "body",
        "case",
        "correction",
        "drill",
        "earlier",
        "facts",
        "kept_back",
        "marked",
        "now",
        "own",
        "stage",
        "standards",
        "text",
        "title",
        "told",
        "verdict",
    )

    def __init__(
        self,
        text: str,
        stage: Stage,
        facts: Facts,
        verdict: Verdict | None,
        standards: Standards,
        now: datetime,
        *,
        case: str = "latest",
        correction: bool = False,
        earlier: Earlier | None = None,
        told: Facts | None = None,
        kept_back: str | None = None,
        drill: bool = False,
    ) -> None:
        self.drill = drill
        self.marked = is_marked(text)
        self.text = text = unmarked(text)
        self.stage = stage
        self.facts = facts
        self.verdict = verdict
        self.standards = standards
        self.now = now
        self.case = case
        self.correction = correction
        self.earlier = earlier
        self.told = told
        self.kept_back = kept_back
        self.title = next((line.strip() for line in text.split("\n") if line.strip()), "")
        self.body = body_of(text)
        self.own = own_words(text)

    @property
    def edited(self) -> bool:
        return self.told is not None

    @property
    def corrects(self) -> bool:
        """The report is a correction, or its text says of a value that it was another before."""
        return self.correction or _SAID_TO_BE_CORRECTED.search(self.body) is not None

    @property
    def must_be_reported(self) -> bool:
        return self.verdict is not None and self.verdict.decision == Decision.REPORT

    def sentence(self, at: int) -> Span:
        """The sentence around a place of the text."""
        start = max(self.text.rfind(mark, max(0, at - 400), at) for mark in _ENDS) + 1
        ends = [self.text.find(mark, at, at + 400) for mark in _ENDS]
        return max(start, at - 400), min(
            (end for end in ends if end >= 0), default=min(len(self.text), at + 400)
        )

    def span_of(self, words: str) -> Span | None:
        """Where `words` stand in the body."""
        at = self.body.find(words) if words else -1
        return None if at < 0 else (at, at + len(words))

    def mend(self, field: str, value: str) -> str:
        """What to type to put a value right: into the case, or into the text that somebody edited."""
        final = " --final" if self.stage == Stage.FINAL else ""
        entered = f"jinji followup {self.case}{final} --set {field}={value}"
        return f"改正文稿；案卷里也没有的，先录 {entered}。" if self.edited else f"{entered}。"


def body_of(text: str) -> str:
    """`text` with its title and its head rows turned into spaces; a text of one line is all body."""
    lead = len(text) - len(text.lstrip())
    cut = text.find("\n", lead)
    if not text[cut:].strip() or cut < 0:
        return text
    return _HEAD.sub(_blank, " " * cut + text[cut:])


def own_words(text: str) -> str:
    """The body without what stands in quotation marks and titles of documents: what the report says itself."""
    return _QUOTED.sub(_blank, body_of(text))


def names_a_place(told: Facts) -> bool:
    """What was read as a place is long enough to be found; 现场 or 副县 is no place."""
    return told.place is not None and len(told.place.text) > 3


def shares(text: str, place: str) -> bool:
    """Three characters of the place in a row stand in the text; a shorter place stands there whole."""
    return bool(place) and any(place[i : i + 3] in text for i in range(max(1, len(place) - 2)))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
