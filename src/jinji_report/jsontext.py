"""JSON as jinji writes it: Chinese as it is, on one line.

What many answers share is written once and put in as text; both ways of writing give the same characters.
"""

from collections.abc import Mapping
from json import JSONEncoder
from json.encoder import encode_basestring as quoted
from typing import Any

__all__ = ["Written", "json_text", "quoted", "texts_text"]

# No answer holds itself, so nothing need be remembered to find that out.
json_text = JSONEncoder(ensure_ascii=False, check_circular=False).encode


def texts_text(texts: Mapping[str, str]) -> str:
    """`json_text` of an object whose values are all texts, which are many in a batch."""
    return f"{{{', '.join([f'{quoted(name)}: {quoted(text)}' for name, text in texts.items()])}}}"


class Written:
    """Something that many answers share, and its JSON text, written when it is first asked for."""

    __slots__ = ("_text", "told")

    def __init__(self, told: Any) -> None:
        self.told = told
        self._text = ""

    @property
    def text(self) -> str:
        if not self._text:
            self._text = json_text(self.told)
        return self._text
