import datetime as dt
from decimal import Decimal

import pytest

from towns.language.numbers import grouped, period, scaled, vague_date
from towns.language.numerals import exact_sum, step_of
from towns.language.places import town_kind


def day(month, day, year=2023):
    return dt.date(year, month, day)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("16438000000", ("164.38", "亿"), ("16.438", "billion")),
        ("200000", ("20", "万"), ("200,000", "")),
        ("10000000", ("1,000", "万"), ("10", "million")),
        ("999", ("999", ""), ("999", "")),
        ("0", ("0", ""), ("0", "")),
    ],
)
def test_money_takes_the_step_of_its_language(value, zh, en):
    assert scaled(Decimal(value), "zh-hans") == zh
    assert scaled(Decimal(value), "en") == en


def test_grouped_drops_only_zeros_after_the_point():
    assert grouped(Decimal("1000.5000")) == "1,000.5"
    assert grouped(Decimal("1000")) == "1,000"


@pytest.mark.parametrize(
    ("start", "end", "zh", "en"),
    [
        (day(1, 1), day(9, 30), "2023 年 1—9 月", "January to September 2023"),
        (day(10, 1), day(10, 31), "2023 年 10 月", "October 2023"),
        (day(1, 1), day(12, 31), "2023 年", "2023"),
        (day(1, 1, 2022), day(6, 30), "2022 年 1 月—2023 年 6 月", "January 2022—June 2023"),
        (
            day(1, 5),
            day(1, 9),
            "2023 年 1 月 5 日—2023 年 1 月 9 日",
            "5 January 2023—9 January 2023",
        ),
        (None, None, "", ""),
    ],
)
def test_period_is_said_as_short_as_it_can_be(start, end, zh, en):
    assert period(start, end, "zh-hans") == zh
    assert period(start, end, "en") == en


def test_vague_date_says_no_more_than_is_known():
    on = dt.date(2023, 12, 1)

    said = [vague_date(on, precision, "en") for precision in ("year", "month", "day")]

    assert said == ["2023", "December 2023", "1 December 2023"]
    assert vague_date(None, "day", "en") == ""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("金利镇", "town"),
        ("城东街道", "subdistrict"),
        ("下帅壮族瑶族乡", "ethnic_township"),
        ("角尾乡", "township"),
        ("白音锡勒苏木", "sumu"),
        ("广东省济广监狱", "other"),
    ],
)
def test_kind_follows_from_the_name(name, kind):
    assert town_kind(name) == kind


@pytest.mark.parametrize(
    ("said", "sum_"),
    [("3.2 亿元", 320_000_000), ("￥1,500万", 15_000_000), ("2 billion", 2_000_000_000)],
)
def test_exact_sum_is_the_whole_text(said, sum_):
    assert exact_sum(said) == sum_


@pytest.mark.parametrize(
    "said", ["约3亿元", "3亿元以上", "3亿多元", "投资3亿元", "3亿元的项目", ""]
)
def test_sum_that_is_about_or_over_is_not_exact(said):
    assert exact_sum(said) is None


def test_step_of_a_unit_of_money():
    assert [step_of(unit) for unit in ("元", "万元", "亿", "million yuan", "个", "")] == [
        1, 10_000, 100_000_000, 1_000_000, None, None,
    ]  # fmt: skip
