"""What the check of a report finds: one class for a kind of remark, one for a remark."""

from typing import Any, Literal

Severity = Literal["须改", "留意"]
MUST: Severity = "须改"
LOOK: Severity = "留意"

Span = tuple[int, int]


class Code:
    """A kind of remark: its stable `code`, how grave it is, its `name`, and in a sentence what it looks for."""

    __slots__ = ("code", "name", "severity", "what")

    def __init__(self, code: str, severity: Severity, name: str, what: str) -> None:
        self.code = code
        self.severity: Severity = severity
        self.name = name
        self.what = what


class Remark:
    """One remark: a sentence, what to do or to type, and the words of the text that it is about.

    `span` is [start, end) in the text that was looked at; None for what is not there.
    """

    __slots__ = ("code", "remedy", "said", "severity", "span", "text")

    def __init__(self, code: Code, text: str, remedy: str, span: Span | None = None, said: str = "") -> None:
        self.code = code.code
        self.severity = code.severity
        self.text = text
        self.remedy = remedy
        self.span = span
        self.said = said

    @property
    def must(self) -> bool:
        """It must be mended before the report goes out in writing."""
        return self.severity == MUST

    def __repr__(self) -> str:
        return f"Remark({self.code} {self.severity} {self.text!r})"

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity,
            "text": self.text,
            "remedy": self.remedy,
            "said": self.said,
            "span": None if self.span is None else list(self.span),
        }
