"""演练脚本: a night written down as a TOML file, with what has to come out of it worked out by hand.

Each step sets the clock, may run one command line, and may say what must hold afterwards. The moments in it are
whole, or a clock time alone (`02:40`), which is of the day of the step before, or of the next day once the clock
has passed midnight (`+1 08:00` says so).
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from jinji_report.errors import UnusableInput
from jinji_report.files import cause_of, toml_fault
from jinji_report.moments import parse_moment

Text = Annotated[str, Field(min_length=1, max_length=2000)]


def _real(text: str) -> str:
    """The text, if its day is one of the calendar."""
    if "-" in text:
        try:
            parse_moment(text if "T" in text else f"{text}T00:00")
        except (ValueError, OverflowError):
            raise ValueError(f"没有这个时间：{text}") from None
    return text


Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$"), AfterValidator(_real)]
Clock = Annotated[
    str,
    Field(pattern=r"^(\+\d )?([01]\d|2[0-3]):[0-5]\d$|^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$"),
    AfterValidator(_real),
]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class LimitExpected(Part):
    """One limit: named by `id` and, where several have it, by `to`, `owes` or `request`; the rest must hold of it."""

    id: Text
    to: Text | None = None
    owes: Text | None = None
    request: Text | None = None
    starts: Clock | None = None
    due: Clock | None = None
    state: Text | None = None
    minutes_left: int | None = None
    met_at: Clock | None = None
    receipt: Text | None = None
    receipt_due: Clock | None = None


class HopExpected(Part):
    tier: Text
    used: int | None = None
    left: int | None = None
    ends: Clock | None = None


class Expected(Part):
    """What must hold after a step: of what the command printed, and of the case (`jinji show --json`)."""

    says: tuple[Text, ...] = ()
    never_says: tuple[Text, ...] = ()
    case: Text = "latest"
    status: Text | None = None
    category: Text | None = None
    decision: Text | None = None
    grade: Text | None = None
    measures: dict[str, int] | None = None
    left: int | None = None
    limits: tuple[LimitExpected, ...] = ()
    none_of: tuple[Text, ...] = ()
    hops: tuple[HopExpected, ...] = ()
    departures: tuple[Text, ...] | None = None
    silent: tuple[Text, ...] | None = None
    conflicts: tuple[Text, ...] | None = None
    backflows: tuple[Text, ...] | None = None
    requests: dict[str, Text] | None = None


class Step(Part):
    at: Clock
    tell: str = ""
    run: tuple[Text, ...] | None = None
    input: str = ""
    exit: int = 0
    expect: Expected | None = None


class Scenario(Part):
    """A whole file."""

    title: Text
    about: str = ""
    day: Day
    standards: Text = "county"
    step: Annotated[tuple[Step, ...], Field(min_length=1)]


def read_scenario(path: Path) -> Scenario:
    """Raises UnusableInput for a file that cannot be read, or is no such scenario."""
    import tomllib

    data: Mapping[str, Any] = {}
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
        return Scenario.model_validate_json(json.dumps(data, ensure_ascii=False, default=str))
    except OSError as error:
        raise UnusableInput(
            f"演练脚本 {path} 读不了（{cause_of(error)}）。", remedy="检查路径和权限。"
        ) from error
    except UnicodeDecodeError:
        raise UnusableInput(f"演练脚本 {path} 不是 UTF-8 文字。", remedy="另存为 UTF-8 再用。") from None
    except tomllib.TOMLDecodeError as error:
        raise UnusableInput(
            f"演练脚本 {path} 不是 TOML：{toml_fault(error)}。", remedy="按提示的行改正。"
        ) from None
    except ValidationError as error:
        from jinji_report.standards.faults import refusals

        first, *others = refusals(error, data)
        more = f"（还有 {len(others)} 处）" if others else ""
        raise UnusableInput(
            f"演练脚本 {path} 的 {first.where} {first.text}{more}。",
            remedy="对照 examples/scenarios 里的例子改正。",
        ) from None


class Times:
    """Clock times of a scenario as moments, each after the one of the step before."""

    __slots__ = ("_day", "now")

    def __init__(self, day: str) -> None:
        self._day = parse_moment(f"{day}T00:00")
        self.now = self._day

    def step(self, text: str) -> datetime:
        """The moment of the next step."""
        moment = self.moment(text)
        if moment < self.now and len(text) == 5:
            moment += timedelta(days=1)
        self.now = moment
        return moment

    def moment(self, text: str) -> datetime:
        """A moment that a step speaks of, by its own day."""
        if "T" in text:
            return parse_moment(text)
        later = re.fullmatch(r"\+(\d) (.*)", text)
        days = int(later[1]) if later else 0
        clock = later[2] if later else text
        day = self._day if later else self.now
        return parse_moment(f"{day:%Y-%m-%d}T{clock}") + timedelta(days=days)
