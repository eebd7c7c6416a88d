"""要素: what is known of one incident, each value with the words that carry it.

Facts hold only what was said. What follows from it (bounds, presumptions, grades) is worked
out by `judgement` and lives in the verdict.
"""

from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any

from jinji_report.moments import iso, parse_moment
from jinji_report.quantity import Quantity
from jinji_report.vocabulary import Basis, Precision


class Occurred:
    """When it happened: `at` is the earliest moment that fits, `until` the latest (None: `at` itself)."""

    __slots__ = ("at", "basis", "precision", "said", "until")

    def __init__(
        self,
        at: datetime,
        precision: Precision = Precision.MINUTE,
        *,
        until: datetime | None = None,
        basis: Basis = Basis.OCCURRED,
        said: str = "",
    ) -> None:
        self.at = at
        self.precision = precision
        self.until = until
        self.basis = basis
        self.said = said

    def to_json(self) -> dict[str, Any]:
        return {
            "at": iso(self.at),
            "precision": self.precision.value,
            "until": None if self.until is None else iso(self.until),
            "basis": self.basis.value,
            "said": self.said,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Occurred":
        until = data.get("until")
        return cls(
            parse_moment(data["at"]),
            Precision(data.get("precision", "minute")),
            until=None if until is None else parse_moment(until),
            basis=Basis(data.get("basis", "occurred")),
            said=data.get("said", ""),
        )


class Place:
    """Where it happened: `text` is the phrase for the report, `said` the words of the note.

    `owner` is the unit that answers for a place that the standards know; "" where they do not say.
    """

    __slots__ = ("owner", "said", "text")

    def __init__(self, text: str, said: str = "", owner: str = "") -> None:
        self.text = text
        self.said = said or text
        self.owner = owner

    def to_json(self) -> dict[str, Any]:
        told = {"text": self.text, "said": self.said}
        return told | {"owner": self.owner} if self.owner else told

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Place":
        return cls(as_text(data["text"]), as_text(data.get("said", "")), as_text(data.get("owner", "")))


class Source:
    """信息来源: who called, from which unit, on which phone, by which way (`vocabulary.SourceKind`)."""

    __slots__ = ("kind", "person", "phone", "unit")

    def __init__(
        self,
        unit: str | None = None,
        person: str | None = None,
        phone: str | None = None,
        kind: str | None = None,
    ) -> None:
        self.unit = unit
        self.person = person
        self.phone = phone
        self.kind = kind

    def to_json(self) -> dict[str, Any]:
        return {"unit": self.unit, "person": self.person, "phone": self.phone, "kind": self.kind}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Source":
        """Parts that it does not know are passed over."""
        parts = [data.get(name) for name in ("unit", "person", "phone", "kind")]
        return cls(*[None if value is None else as_text(value) for value in parts])


MOMENTS = (
    "received",  # 接报: the desk was told
    "alarm",  # 接警: 110, 119 or 120 was told
    "discovered",  # 发现
    "reported",  # 上报: a unit passed it on
    "arrived",  # 到场
    "rescued",  # 救出
    "extinguished",  # 扑灭
    "died",  # 抢救无效: later than what they died of
    "ended",  # 处置结束
)
"""The moments besides the occurrence. Limits run from the first three and the last; the others are told and kept."""


class Facts:
    """One incident as told.

    `measures`: measure id → Quantity (persons, 万元, … as the measure's unit says).
    `tags`: tag name → the words that brought it (校园, 学生, 危险化学品 …).
    `moments`: one of `MOMENTS` → moment, where known.
    `course`: what happened, in the note's own words, for the report's event sentence.
    `actions`, `leaders`, `cause`: 已采取措施, 到场领导, 原因, where told.
    `progress`: what the newest follow-up told besides figures (明火已扑灭).
    """

    __slots__ = (
        "actions",
        "category",
        "category_said",
        "cause",
        "course",
        "leaders",
        "measures",
        "moments",
        "occurred",
        "place",
        "progress",
        "source",
        "tags",
        "title",
    )

    def __init__(
        self,
        *,
        category: str | None = None,
        category_said: str = "",
        title: str = "",
        occurred: Occurred | None = None,
        moments: Mapping[str, datetime] | None = None,
        place: Place | None = None,
        measures: Mapping[str, Quantity] | None = None,
        tags: Mapping[str, str] | None = None,
        source: Source | None = None,
        course: str = "",
        actions: str = "",
        leaders: str = "",
        cause: str = "",
        progress: str = "",
    ) -> None:
        self.category = category
        self.category_said = category_said
        self.title = title
        self.occurred = occurred
        self.moments = dict(moments or {})
        self.place = place
        self.measures = dict(measures or {})
        self.tags = dict(tags or {})
        self.source = source or Source()
        self.course = course
        self.actions = actions
        self.leaders = leaders
        self.cause = cause
        self.progress = progress

    def with_changes(self, **changes: Any) -> "Facts":
        """A copy in which the named fields are replaced."""
        return Facts(**(dict(zip(self.__slots__, _ALL(self), strict=True)) | changes))

    def to_json(self) -> dict[str, Any]:
        """The `incident` object of an answer; `tag_words` gives the words behind each tag."""
        return {
            "category": self.category,
            "category_said": self.category_said,
            "title": self.title,
            "occurred": None if self.occurred is None else self.occurred.to_json(),
            "moments": {name: iso(moment) for name, moment in self.moments.items()},
            "place": None if self.place is None else self.place.to_json(),
            "measures": {name: quantity.to_json() for name, quantity in self.measures.items()},
            "tags": list(self.tags),
            "tag_words": dict(self.tags),
            "source": self.source.to_json(),
            "course": self.course,
            "actions": self.actions,
            "leaders": self.leaders,
            "cause": self.cause,
            "progress": self.progress,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Facts":
        """The reverse of `to_json`.

        Raises KeyError, TypeError, ValueError or AttributeError where `data` is no such object.
        """
        words = data.get("tag_words") or {}
        occurred, place = data.get("occurred"), data.get("place")
        category = data.get("category")
        return cls(
            category=None if category is None else as_text(category),
            occurred=None if occurred is None else Occurred.from_json(occurred),
            moments={name: parse_moment(at) for name, at in (data.get("moments") or {}).items()},
            place=None if place is None else Place.from_json(place),
            measures={
                name: Quantity.from_json(quantity) for name, quantity in (data.get("measures") or {}).items()
            },
            tags={as_text(name): as_text(words.get(name, name)) for name in data.get("tags") or ()},
            source=Source.from_json(data.get("source") or {}),
            category_said=as_text(data.get("category_said", "")),
            title=as_text(data.get("title", "")),
            course=as_text(data.get("course", "")),
            actions=as_text(data.get("actions", "")),
            leaders=as_text(data.get("leaders", "")),
            cause=as_text(data.get("cause", "")),
            progress=as_text(data.get("progress", "")),
        )


_ALL = attrgetter(*Facts.__slots__)


def as_text(value: Any) -> str:
    """`value`, if it is a text. Raises TypeError."""
    if not isinstance(value, str):
        raise TypeError(f"not a text: {value!r}")
    return value
