"""One time as the note tells it, once it is resolved; and the words for what it is the moment of."""

from datetime import datetime

from jinji_report.vocabulary import Precision

OCCURRED = "occurred"
DISCOVERED = "discovered"
ALARM = "alarm"  # 接警, 报警: when the call came in
REPORTED = "reported"  # 上报, 向…报告: when it was passed on
ARRIVED = "arrived"
RESCUED = "rescued"
EXTINGUISHED = "extinguished"
DIED = "died"  # 抢救无效: later than what they died of
AS_OF = "as_of"  # 截至, 现在: up to when the figures count
DATELINE = "dateline"  # the date over a news report
SINCE = "since"  # 已经半小时了: it began then and goes on
SETTING = "setting"  # 昨晚聚餐: what went before it, and when it happened where nothing better was told
COMING = "coming"  # 明天8点: ahead, and no plan: a slip, where nothing better was told
OTHER = "other"

SAID_AS_MOMENTS = (ALARM, DISCOVERED, REPORTED, ARRIVED, RESCUED, EXTINGUISHED, DIED)
"""The roles that `Facts.moments` keeps where a clock was told for them."""


class Told:
    """One time as told: `text[start:end]`, resolved to `at`..`until`, and its `role`.

    `until` is None for a single moment. What is not certain about it stands in the flags below.
    """

    role = OCCURRED
    sure = False
    """The word for the event itself stands behind it."""
    stated = False
    """事故发生在 stands before it."""
    guessed = False
    """The half of the day was not told, and both halves are possible: the likelier was taken."""
    future = False
    """Later than now, although its day was told."""
    impossible = False
    """No such day or clock (2月30日, 25时); `at` says nothing."""
    wrapped = False
    """The date without its year lies a few days ahead, and was taken as last year's or last month's."""
    beijing = False
    """Told as Beijing time beside a local one."""
    part_only = False
    """A part of a day without the day."""

    def __init__(
        self, start: int, end: int, at: datetime, until: datetime | None, precision: Precision
    ) -> None:
        self.start = start
        self.end = end
        self.at = at
        self.until = until
        self.precision = precision

    @property
    def ancient(self) -> bool:
        return self.at.year < 1949 or (self.at.year == 1949 and self.at.month < 10)

    @property
    def usable(self) -> bool:
        """It can be a moment of an incident that the desk hears of now."""
        return not (self.future or self.impossible or (self.at.year < 1950 and self.ancient))

    @property
    def clock(self) -> bool:
        return self.precision is Precision.MINUTE or self.precision is Precision.HOUR
