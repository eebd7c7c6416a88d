"""What holds for every time: never in the future, the same moment in every writing, days and years that wrap."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinji_report.intake.lexicon import lexicon
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import Note
from jinji_report.intake.times import Told, times
from jinji_report.intake.values import parse_when
from jinji_report.moments import BEIJING, parse_moment

WORDS = lexicon()


def one_of(words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words.split())


def found(text: str, now: datetime) -> list[Told]:
    return times(Scan(Note(text), WORDS), now)


nows = st.datetimes(min_value=datetime(1991, 1, 1), max_value=datetime(2049, 12, 31)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=BEIJING)
)
numbers = one_of("1 2 3 5 8 10 11 12 20 23 两 三 五 八 十 十一 十二 二十 二十三")
past_days = one_of(
    "昨天 前天 大前天 昨儿 上周五 上礼拜三 上上周日 周二 星期天 除夕 大年三十 正月初三 大年初一 元宵节 八月十五 中秋节 "
    "腊月廿三 清明节 冬至当天 国庆节第二天 元旦 三天前 一周前 上月28日 26日 12月31日 2月29日 3月1日 去年5月3日"
)
halves = st.sampled_from(
    ["", "凌晨", "早上", "上午", "中午", "下午", "傍晚", "晚上", "半夜", "夜里", "后半夜"]
)
clocks = st.builds(
    lambda hour, mark, minute: f"{hour}{mark}{minute}",
    numbers,
    st.sampled_from(["点", "时"]),
    st.sampled_from(["", "半", "20分", "四十", "零五分", "许"]),
)
spans = st.builds(
    lambda number, unit: f"{number}{unit}前",
    numbers,
    one_of("分钟 小时 个小时 个多小时 个半小时 天 个星期 来分钟"),
)


@given(
    nows,
    st.one_of(
        halves.filter(bool), clocks, spans, past_days, st.sampled_from(["刚才", "半小时前", "饭点", "天快亮"])
    ),
)
def test_what_is_told_without_a_day_of_today_is_never_in_the_future(now: datetime, said: str) -> None:
    for told in found(f"{said}，东街仓库起火", now):
        assert told.impossible or (told.at <= now and not told.future), said
        assert told.until is None or told.at <= told.until


@given(nows, past_days, halves, clocks)
def test_a_clock_of_a_day_that_was_told_is_past_or_marked(
    now: datetime, day: str, half: str, clock: str
) -> None:
    for told in found(f"{day}{half}{clock}东街仓库起火", now):
        assert told.impossible or told.future == (told.at > now)


def chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if tens == 0:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


FORMATS = {
    "official": lambda t: f"{t.year}年{t.month}月{t.day}日{t.hour}时{t.minute}分",
    "padded": lambda t: f"{t:%Y}年{t:%m}月{t:%d}日{t:%H}时{t:%M}分许",
    "dashes": lambda t: f"{t:%Y-%m-%d %H:%M}",
    "slashes": lambda t: f"{t.year}/{t.month}/{t.day} {t.hour}:{t:%M}",
    "points": lambda t: f"{t.year}.{t.month}.{t.day} {t:%H:%M:%S}",
    "iso": lambda t: f"{t:%Y-%m-%dT%H:%M}",
    "words": lambda t: (
        "".join("〇一二三四五六七八九"[int(c)] for c in str(t.year))
        + f"年{chinese(t.month)}月{chinese(t.day)}日{chinese(t.hour)}时{chinese(t.minute)}分"
    ),
    "short year": lambda t: f"'{t:%y}年{t.month}月{t.day}日{t:%H:%M}",
    "wide": lambda t: f"{t.year}年{t.month}月{t.day}日{t.hour}：{t:%M}".translate({c: c + 0xFEE0 for c in range(48, 58)}),
    "half of the day": lambda t: (
        f"{t.year}年{t.month}月{t.day}日{'下午' if t.hour >= 12 else '上午'}{t.hour % 12 or 12}:{t:%M}"
        if 6 <= t.hour < 18
        else f"{t.year}年{t.month}月{t.day}日{t.hour}点{t:%M}分"
    ),
    "telegraph": lambda t: f"{t.year}年{t.month}月{t.day}日{t:%H%M}时",
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
@given(nows, st.integers(0, 60 * 24 * 3000))
def test_a_moment_written_out_comes_back(name: str, now: datetime, minutes: int) -> None:
    moment = now - timedelta(minutes=minutes)
    if name == "half of the day" and not 13 <= moment.hour < 18 and 1 <= moment.hour <= 12:
        moment = moment.replace(hour=13)
        if moment > now:
            moment -= timedelta(days=1)
    assert parse_when(FORMATS[name](moment), now).at == moment


@pytest.mark.parametrize(
    ("now", "said", "at"),
    [
        ("2026-01-01T00:30", "23时50分", "2025-12-31T23:50"),
        ("2026-01-01T00:30", "昨晚11点半", "2025-12-31T23:30"),
        ("2026-01-01T00:30", "今晚11点", "2025-12-31T23:00"),
        ("2026-01-01T00:30", "半小时前", "2026-01-01T00:00"),
        ("2026-01-01T00:30", "一小时前", "2025-12-31T23:30"),
        ("2026-01-01T00:30", "12月31日23时", "2025-12-31T23:00"),
        ("2026-01-01T00:30", "31日23时", "2025-12-31T23:00"),
        ("2026-01-01T00:30", "上月31日晚上8点", "2025-12-31T20:00"),
        ("2026-01-01T00:30", "前天下午3点", "2025-12-30T15:00"),
        ("2026-01-01T00:30", "除夕夜11点", "2025-01-28T23:00"),
        ("2026-01-01T00:00", "零时", "2026-01-01T00:00"),
        ("2026-01-01T00:00", "0时01分", "2025-12-31T00:01"),
        ("2026-01-01T00:00", "24时", "2026-01-01T00:00"),
        ("2025-12-31T23:59", "24时", "2025-12-31T00:00"),
        ("2024-03-01T00:10", "昨晚11点", "2024-02-29T23:00"),
        ("2024-03-01T00:10", "2月29日23时", "2024-02-29T23:00"),
        ("2025-03-01T00:10", "昨晚11点", "2025-02-28T23:00"),
        ("2025-03-01T00:10", "2月29日23时", "2024-02-29T23:00"),
        ("2025-03-01T00:10", "29日23时", "2025-01-29T23:00"),
        ("2024-02-29T00:10", "2月29日0时", "2024-02-29T00:00"),
        ("2024-02-29T12:00", "24年2月29日2时", "2024-02-29T02:00"),
        ("2026-02-17T00:20", "除夕夜11点半", "2026-02-16T23:30"),
        ("2026-02-16T23:40", "除夕夜11点半", "2026-02-16T23:30"),
        ("2026-02-16T00:10", "大年三十凌晨", "2026-02-16T00:00"),
        ("2026-03-02T08:00", "周日晚上9点", "2026-03-01T21:00"),
        ("2026-03-01T08:00", "上周日9时", "2026-02-22T09:00"),
    ],
)
def test_midnight_new_year_and_the_leap_day_are_stepped_over(now: str, said: str, at: str) -> None:
    assert parse_when(said, parse_moment(now)).at == parse_moment(at)


@given(
    st.text(
        alphabet="0123456789〇一二三四五十廿年月日号时点分:-/.前后个半几小时刚才昨今晚早初除夕周上下 至到差(),。\n",
        max_size=60,
    ),
    nows,
)
def test_any_mixture_is_read_without_a_fault(text: str, now: datetime) -> None:
    end = 0
    for told in found(text, now):
        assert end <= told.start < told.end <= len(text)
        end = told.end
