"""Numbers as they are spoken: what each form means, and that the forms agree with each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinji_report.intake.numerals import chinese, numbers

DIGITS = "零一二三四五六七八九"


def spoken(n: int) -> str:
    """`n` below 100000 as it is read aloud, in full."""

    def below(k: int) -> str:
        words, gap = "", False
        for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = k // place % 10
            if digit:
                words += ("零" if gap and words else "") + DIGITS[digit] + unit
                gap = False
            else:
                gap = True
        return words

    high, low = divmod(n, 10_000)
    if not high:
        return below(low) or "零"
    return below(high) + "万" + ("零" if 0 < low < 1000 else "") + below(low)


@given(st.integers(min_value=0, max_value=99_999))
def test_a_number_read_aloud_is_the_number(n: int) -> None:
    assert chinese(spoken(n)) == (n, n)


@given(st.integers(min_value=0, max_value=999_999))
def test_full_width_digits_count_as_half_width_ones(n: int) -> None:
    from tests.intake.words import told

    wide = str(n).translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    assert told(f"{wide}人受伤") == told(f"{n}人受伤")


def only(text: str) -> tuple[float, float | None]:
    (one,) = numbers(text)
    quantity = one.quantity("")
    return quantity.low, quantity.high


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3人", 3, 3),
        ("俩", 2, 2),
        ("仨", 3, 3),
        ("十几个", 11, 19),
        ("十好几个", 11, 19),
        ("二十几个", 21, 29),
        ("好几个", 2, 9),
        ("好几十", 20, 99),
        ("几十个", 20, 99),
        ("数百", 200, 999),
        ("十几二十个", 11, 20),
        ("三四十人", 30, 40),
        ("十七八个", 17, 18),
        ("三五个", 3, 5),
        ("三两个", 2, 3),
        ("一两个", 1, 2),
        ("百十号人", 100, 119),
        ("百八十人", 80, 100),
        ("三、四个", 3, 4),
        ("3至5人", 3, 5),
        ("3-5人", 3, 5),
        ("三到五人", 3, 5),
        ("三到五十", 30, 50),
        ("3人或4人", 3, 4),
        ("两个还是三个", 2, 3),
        ("1.2万人", 12_000, 12_000),
        ("1,280人", 1_280, 1_280),
        ("2亿", 200_000_000, 200_000_000),
    ],
)
def test_each_spoken_form_has_its_range(text: str, low: int, high: int) -> None:
    assert only(text) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("十余", 11, 19),
        ("十来个", 9, 11),
        ("30余", 31, 39),
        ("31余", 31, 32),
        ("4000余", 4_001, 4_999),
        ("30余万", 300_001, 399_999),
        ("近10", 9, 9),
        ("近11", 10, 10),
        ("近百", 90, 99),
        ("小三百", 270, 299),
        ("快三百", 270, 299),
        ("不到20", 18, 19),
        ("约9", 8, 10),
        ("约10", 9, 11),
        ("约11", 9, 13),
        ("估计20", 18, 22),
        ("百把人", 90, 110),
        ("至少5", 5, None),
        ("少说也有20", 20, None),
        ("不下20", 20, None),
        ("不止3", 3, None),
        ("至少已造成5", 5, None),
        ("上百", 100, None),
        ("过百", 100, None),
        ("最多10", 0, 10),
        ("不超过10", 0, 10),
    ],
)
def test_an_about_word_has_its_ends(text: str, low: int, high: int | None) -> None:
    assert only(text) == (low, high)


@pytest.mark.parametrize("text", ["百分之四十的学生呕吐", "40%的学生呕吐", "附近三分之一的住户受影响"])
def test_a_share_is_no_number_of_persons(text: str) -> None:
    from tests.intake.words import reading

    assert all(q.low == 0 and q.high is None for q in reading(text).facts.measures.values())


def test_near_a_place_is_no_about_word() -> None:
    assert only("附近3人") == (3, 3)


@given(
    st.text(
        alphabet="零一二三四五六七八九十百千万亿几数半两俩仨余多来把近约至到-、或.,0123456789%分之人个名上小快好",
        max_size=40,
    )
)
def test_no_run_of_numerals_breaks_the_reading(text: str) -> None:
    for one in numbers(text):
        assert 0 <= one.start <= one.core < one.end <= len(text)
        assert one.quantity("").low >= 0


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("两百五", 250, 250),
        ("三万六", 36_000, 36_000),
        ("一百三四", 130, 140),
        ("一亿两千万", 120_000_000, 120_000_000),
        ("三万亿", 3_000_000_000_000, 3_000_000_000_000),
        ("两百零五", 205, 205),
        ("二十五", 25, 25),
        ("廿三", 23, 23),
        ("一百几", 101, 109),
    ],
)
def test_a_last_digit_behind_its_unit_counts_tenths_of_it(said: str, low: int, high: int) -> None:
    assert chinese(said) == (low, high)
