"""Bytes → text → reading, for atheris: whatever comes in, the reading holds its laws. See README.md beside this file."""

import sys
from datetime import timedelta

import atheris

with atheris.instrument_imports(include=["jinji_report.intake"]):
    from jinji_report.errors import JinjiError
    from jinji_report.intake.encodings import decoded
    from jinji_report.intake.read import read

from jinji_report.moments import parse_moment
from jinji_report.standards.load import load

NOW = parse_moment("2026-03-05T09:30")
STANDARDS = load("county")


def read_note(raw: bytes) -> None:
    """The first byte says which way the rest comes in: as a file of any encoding, or as UTF-8 with torn places."""
    if raw[:1] == b"\x00":
        try:
            text = decoded(raw[1:], "文件").text
        except JinjiError:
            return
    else:
        text = raw[1:].decode("utf-8", "surrogatepass" if raw[:1] == b"\x01" else "replace")
    made = read(text, NOW, STANDARDS)
    for span in made.spans:
        assert 0 <= span.start <= span.end <= len(text), span
        left = iter(text[span.start : span.end])
        assert span.said.isprintable(), span
        assert all(char in left for char in span.said), span
    for quantity in (*made.facts.measures.values(), *made.increments.values()):
        assert quantity.low >= 0, quantity
        assert quantity.high is None or quantity.low <= quantity.high, quantity
    if made.facts.occurred is not None:
        assert made.facts.occurred.at <= NOW + timedelta(minutes=1), made.facts.occurred.said
    assert made.facts.to_json() == read(text, NOW, STANDARDS).facts.to_json()


def one(raw: bytes) -> None:
    try:
        read_note(raw)
    except UnicodeDecodeError:
        return


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
