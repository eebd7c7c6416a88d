"""Moments: aware datetimes in the desk's own time.

Duty rooms in China keep Beijing time all year, so the zone is a fixed +08:00 and needs no
database. Every moment in jinji carries it, and is printed in the 24-hour style.
"""

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

BEIJING = timezone(timedelta(hours=8))
EARLIEST = datetime(1949, 10, 1, tzinfo=BEIJING)


def parse_moment(text: str) -> datetime:
    """An ISO moment (`2026-03-05T09:30`, seconds and offset optional) as Beijing time.

    Raises ValueError where `text` is no such moment.
    """
    moment = datetime.fromisoformat(text.strip())
    try:
        return moment.replace(tzinfo=BEIJING) if moment.tzinfo is None else moment.astimezone(BEIJING)
    except OverflowError:
        raise ValueError(f"{text!r} lies beyond the calendar") from None


def iso(moment: datetime) -> str:
    """The moment as JSON and the ledger carry it: seconds, and the offset always."""
    if moment.tzinfo is not BEIJING:
        return moment.isoformat(timespec="seconds")
    # `isoformat` asks the zone anew each time, which costs more than all the rest.
    passed = moment - _BEGINNING
    return f"{_day(passed.days)}T{_clock(passed.seconds)}+08:00"


_BEGINNING = datetime.min.replace(tzinfo=BEIJING)


@lru_cache(maxsize=1024)
def _day(number: int) -> str:
    """`2026-03-05`, the day that comes `number` days after the first of all."""
    return date.fromordinal(number + 1).isoformat()


@lru_cache(maxsize=2048)
def _clock(seconds: int) -> str:
    """`01:20:00`, so many seconds after midnight."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def on_screen(moment: datetime, *, beside: datetime | None = None) -> str:
    """`3月5日 01:20`; the year stands only where `beside` is of another year, or is not given."""
    day = f"{moment.month}月{moment.day}日 {moment:%H:%M}"
    return day if beside is not None and beside.year == moment.year else f"{moment.year}年{day}"


def in_report(moment: datetime) -> str:
    """`2026年3月5日1时20分`, as official papers write it."""
    return f"{moment.year}年{moment.month}月{moment.day}日{moment.hour}时{moment.minute:02d}分"


def whole_minutes(span: timedelta) -> int:
    """Whole minutes in `span`, towards minus infinity: 90 seconds late is −2, not −1."""
    return span.days * 1440 + span.seconds // 60


def spoken_span(minutes: int) -> str:
    """`12分钟`, `2小时05分`, `3天4小时`, for a span of `minutes` ≥ 0."""
    if minutes < 60:
        return f"{minutes}分钟"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours}小时{rest:02d}分" if rest else f"{hours}小时"
    days, hours = divmod(hours, 24)
    return f"{days}天{hours}小时" if hours else f"{days}天"
