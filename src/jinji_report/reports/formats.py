"""The forms in which a report's words can be had. Cheap to import: the command line names them."""

from enum import StrEnum


class Format(StrEnum):
    TEXT = "text"
    PHONE = "phone"
    MESSAGE = "message"
    MARKDOWN = "markdown"


FORMATS: tuple[str, ...] = tuple(form.value for form in Format)
