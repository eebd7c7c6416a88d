"""What one time expression says, piece by piece, before it is resolved against now."""

from datetime import timedelta


class Pieces:
    """The pieces of the expression at `start`..`end`; a piece that was not told keeps its default here."""

    year: int | None = None
    year_shift: int | None = None  # 去年 -1
    month: int | None = None
    month_shift: int | None = None  # 上月 -1
    day: int | None = None
    leap = False  # 闰六月
    lunar = False  # month and day are those of the farmers' calendar
    feast: str = ""  # 中秋, 国庆: a day by its name
    after_feast = 0  # 国庆第三天 2, 除夕前一天 -1
    relative: int | None = None  # days from today
    same: int | None = None  # days from the day told before: 当天 0, 次日 1, 头天 -1
    weekday: tuple[int, int] | None = None  # Monday 0; days back to its week, -1 where the week was not told
    part: str | None = None
    hour: int | None = None
    minute: int | None = None
    half_known = False  # the clock counts to 24, or says am or pm
    ago: timedelta | None = None
    vague = False  # 多, 几, 刚才: less exact than its unit
    since = False  # 已经半小时了: it began then and goes on
    impossible = False

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start

    @property
    def has_day(self) -> bool:
        return (
            self.day is not None
            or self.relative is not None
            or self.same is not None
            or self.weekday is not None
            or self.feast != ""
        )
