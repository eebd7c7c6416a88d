"""From the pieces of an expression to a moment, past-preferring against `now`.

A clock without its day, a day without its month and a month without its year are the latest
that are not in the future, beside the days told before them.
"""

from datetime import date, datetime, timedelta

from jinji_report.intake.times.feasts import EVENINGS, feast_day, lunar_day
from jinji_report.intake.times.pieces import Pieces
from jinji_report.intake.times.told import Told
from jinji_report.intake.times.words import PARTS, TWICE_A_DAY
from jinji_report.vocabulary import Precision

_A_DAY = timedelta(days=1)
_TO_ITS_END = timedelta(hours=23, minutes=59)
_AHEAD = 3  # days: a date that lies no further ahead is rather a slip than one of last year


class Before:
    """What was told before in the note: the moment whose day a bare clock is of, and the last day."""

    __slots__ = ("evening", "last", "moment", "month", "year")

    def __init__(self) -> None:
        self.last: datetime | None = None  # the last moment told at all; 次日 is the day after it
        self.moment: datetime | None = None  # the last moment told that is no dateline
        self.month: date | None = None  # the last day told at all; bare 12日 takes its month
        self.evening = False  # the day was told by its feast, which is kept in the evening
        self.year: int | None = None  # the last year told in figures; 5月3日 behind it is of that year


def resolve(pieces: Pieces, now: datetime, before: Before) -> Told | None:
    """None where the pieces tell no moment (次日 without a day before it)."""
    if pieces.impossible:
        return _impossible(pieces, now)
    try:
        if pieces.ago is not None:
            return _ago(pieces, now, pieces.ago)
        if not pieces.has_day:
            day = None
        else:
            if pieces.same is not None and pieces.same > 0 and before.last is None:
                return None
            day = _day(pieces, now.date(), before)
            if day is None:
                return _impossible(pieces, now)
        told = _span(pieces, now, day, before) if pieces.hour is None else _clock(pieces, now, day, before)
    except (ValueError, OverflowError):
        return _impossible(pieces, now)
    if day is not None and pieces.day is not None:
        told.wrapped = _wrapped(pieces, day, now.date(), before)
    return told


def _impossible(pieces: Pieces, now: datetime) -> Told:
    told = Told(pieces.start, pieces.end, now, None, Precision.MINUTE)
    told.impossible = True
    return told


def _midnight(day: date, now: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo)


def _ago(pieces: Pieces, now: datetime, ago: timedelta) -> Told:
    at = now - ago
    if ago >= _A_DAY:
        first = _midnight(at.date(), now)
        return Told(pieces.start, pieces.end, first, first + _TO_ITS_END, Precision.DAY)
    at = at.replace(second=0, microsecond=0)
    if pieces.vague:
        return Told(pieces.start, pieces.end, at, now, Precision.HOUR)
    return Told(pieces.start, pieces.end, at, None, Precision.MINUTE)


# ------------------------------------------------------------------ the day


def _day(pieces: Pieces, today: date, before: Before) -> date | None:
    """The day that `pieces` tell, None where there is none such."""
    if pieces.relative is not None:
        return today + timedelta(days=pieces.relative)
    if pieces.same is not None:
        told = before.moment or (before.last if pieces.same else None)
        return (told.date() if told else today) + timedelta(days=pieces.same)
    if pieces.weekday is not None:
        weekday, back = pieces.weekday
        if back < 0:
            return today - timedelta(days=(today.weekday() - weekday) % 7)
        return today - timedelta(days=today.weekday() + back - weekday)
    year = pieces.year
    if pieces.year_shift is not None:
        year = today.year + pieces.year_shift
    if pieces.feast:
        found = feast_day(pieces.feast, today, year)
        return None if found is None else found + timedelta(days=pieces.after_feast)
    assert pieces.day is not None
    if pieces.lunar and pieces.month is not None:
        return lunar_day(pieces.month, pieces.day, today, year, leap=pieces.leap)
    if pieces.month is not None:
        if year is not None:
            return date(year, pieces.month, pieces.day)
        return _of_a_year(pieces.month, pieces.day, today, before)
    return _of_a_month(pieces, today, before)


def _of_a_year(month: int, day: int, today: date, before: Before) -> date | None:
    """The latest such day not after today; beside a year that was told, the day of that year."""
    if before.year is not None and before.month is not None:
        told = _date(before.year, month, day)
        if told is not None and before.month <= told <= today:
            return told
    if month == 2 and day == 29:
        return next(
            (
                date(year, 2, 29)
                for year in range(today.year, today.year - 9, -1)
                if _leap(year) and date(year, 2, 29) <= today
            ),
            None,
        )
    found = date(today.year, month, day)
    return found if found <= today else date(today.year - 1, month, day)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _of_a_month(pieces: Pieces, today: date, before: Before) -> date | None:
    """The latest `day` of a month not after today, going back from the month told before, or from this one."""
    assert pieces.day is not None
    base = before.month or today
    if pieces.month_shift is not None:
        base = today
        for _ in range(-pieces.month_shift):
            base = base.replace(day=1) - _A_DAY
        return _date(base.year, base.month, pieces.day)
    year, month = base.year, base.month
    for _ in range(14):
        found = _date(year, month, pieces.day)
        if found is not None and found <= today:
            return found
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return None


def _wrapped(pieces: Pieces, day: date, today: date, before: Before) -> bool:
    """The same date without going back a year or a month lies only a few days ahead."""
    if (
        pieces.year is not None
        or pieces.year_shift is not None
        or pieces.lunar
        or pieces.month_shift is not None
    ):
        return False
    if (today - day).days < 20 or before.month is not None:
        return False
    ahead = (today + timedelta(days=at) for at in range(1, _AHEAD + 1))
    return any(one.day == day.day and (pieces.month is None or one.month == day.month) for one in ahead)


# ------------------------------------------------------------------ the clock


def _clock(pieces: Pieces, now: datetime, told_day: date | None, before: Before) -> Told:
    hours, open_half = _hours(pieces)
    if (
        open_half
        and (pieces.feast in EVENINGS or (before.evening and told_day is None))
        and 5 <= hours[0] < 12
    ):
        hours.reverse()  # 年三十七点
    precision = Precision.HOUR if pieces.minute is None else Precision.MINUTE
    if len(hours) == 1 and hours[0] < 24 and (told_day is not None or before.moment is None):
        day = told_day or now
        at = datetime(day.year, day.month, day.day, hours[0], pieces.minute or 0, tzinfo=now.tzinfo)
        if at > now and told_day is None:
            at -= _A_DAY
        if at <= now:  # as most times are told
            return Told(pieces.start, pieces.end, at, None, precision)
    minute = timedelta(minutes=pieces.minute or 0)
    base_day = told_day or (before.moment.date() if before.moment else None)
    choices: list[datetime] = []
    if base_day is not None:
        base = _midnight(base_day, now)
        every = [base + timedelta(hours=hour) + minute for hour in hours]
        choices = [moment for moment in every if moment <= now]
        if not choices and told_day is not None:
            choices = every
        # a clock that follows an older day but cannot be on it in the past is of today
    if not choices:
        base_day = None
        today = _midnight(now.date(), now)
        every = [today + timedelta(hours=hour) + minute for hour in hours]
        choices = [moment for moment in every if moment <= now]
        if len(choices) < len(every):
            choices += [moment - _A_DAY for moment in every if moment > now]
    # without the half of the day: on a day that was told the hour is as said, else the latest past
    if told_day is not None:
        at = choices[0]
    elif base_day is not None:
        at = next((choice for choice in choices if before.moment and choice >= before.moment), choices[-1])
    else:
        at = max(choices)
    early = pieces.relative in (0, -1) and (pieces.relative == 0 or hours[0] >= 24)
    if at > now and early and (now.hour < 6 or at.date() > now.date()) and at - _A_DAY <= now:
        at -= _A_DAY  # 今晚11点, told after midnight, is the evening before
    told = Told(pieces.start, pieces.end, at, None, precision)
    told.guessed = open_half and len(choices) > 1
    told.future = at > now
    return told


def _hours(pieces: Pieces) -> tuple[list[int], bool]:
    """The hours (0..30) that the clock can mean; two where the half of the day is open."""
    hour = pieces.hour or 0
    part = pieces.part
    if part is None:
        if pieces.half_known or not 1 <= hour <= 12:
            return [hour], False
        return ([hour, hour + 12] if hour < 12 else [12, 0]), True
    first, last = PARTS[part]
    if part in TWICE_A_DAY:
        return ([hour, hour + 12] if hour < 9 else [hour]), True
    if last <= 12:
        return [0 if hour == 12 and first < 6 else hour], False
    if hour >= 13:
        return [hour], False
    if first >= 18:
        if hour in (0, 12):
            return [24], False
        if hour <= 5:
            # 昨晚2点 is early today; 夜里2点 without a day is early this morning
            return [hour + 24 if pieces.has_day else hour], False
        return [hour + 12], False
    return [hour + 12 if hour < 11 and first >= 11 else hour], False


# ------------------------------------------------------------------ a day or a part of it


def _span(pieces: Pieces, now: datetime, told_day: date | None, before: Before) -> Told:
    """From its first moment to its last, never past now."""
    base_day = told_day or (before.moment or now).date()
    base = _midnight(base_day, now)
    if pieces.part is None:
        first, last, precision = base, base + _TO_ITS_END, Precision.DAY
    else:
        from_hour, to_hour = PARTS[pieces.part]
        later = TWICE_A_DAY.get(pieces.part, 0)
        if later and base + timedelta(hours=from_hour + later) <= now:
            from_hour, to_hour = from_hour + later, to_hour + later
        first = base + timedelta(hours=from_hour)
        last = base + timedelta(hours=to_hour) - timedelta(minutes=1)
        precision = Precision.PART_OF_DAY
        late = pieces.relative == 0 and now.hour < 6
        if first > now and base_day == now.date() and (told_day is None or late):
            back = _A_DAY if not later else timedelta(hours=24 - later)
            first, last = first - back, last - back
    told = Told(pieces.start, pieces.end, first, min(last, max(now, first)), precision)
    told.future = first > now
    told.part_only = not pieces.has_day
    return told
