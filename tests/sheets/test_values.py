import datetime as dt
from decimal import Decimal

import pytest

from towns.sheets.table import Cell
from towns.sheets.values import amount, day, decimal, text, whole


def cell(value, *, unit="", fault="", precision="day"):
    return Cell(value, "" if value is None else str(value), "C", 7, unit, fault, precision)


@pytest.mark.parametrize(
    ("value", "unit", "yuan"),
    [
        (Decimal("3200000.5"), "", "3200000.5"),
        (Decimal("3.2"), "亿元", "320000000"),
        ("３．２", "亿元", "320000000"),
        ("1,500", "万元", "15000000"),
        ("3.2亿", "", "320000000"),
        ("1,500 万元", "亿元", "15000000"),
        ("￥300000", "", "300000"),
        ("三亿元", "", "300000000"),
        ("2 million yuan", "", "2000000"),
        ("RMB 3 billion", "", "3000000000"),
        (Decimal(5), "个", "5"),
    ],
)
def test_amount_is_in_yuan(value, unit, yuan):
    assert amount(cell(value, unit=unit)) == Decimal(yuan)


@pytest.mark.parametrize(
    "value", ["约3亿元", "3亿多元", "100-200万", Decimal(-5), True, "待定", "1.2.3亿"]
)
def test_amount_that_is_no_exact_sum_says_what_would_be_right(value):
    with pytest.raises(ValueError, match="is not an exact sum. Write it as 320000000, 3.2亿元 or"):
        amount(cell(value))


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (Decimal("816"), 816),
        ("８１６", 816),
        ("第 816 名", 816),
        ("1,000", 1000),
        ("三", 3),
        ("816.0", 816),
        ("2023年", 2023),
    ],
)
def test_whole_number_is_read_however_it_is_written(value, number):
    assert whole(cell(value)) == number


@pytest.mark.parametrize(
    "value", [Decimal("816.5"), "十几", "²", True, dt.date(2023, 1, 1), "1e5", Decimal("1e400")]
)
def test_whole_refuses_anything_else(value):
    with pytest.raises(ValueError, match="is not a whole number. Write digits only, such as 816"):
        whole(cell(value))


@pytest.mark.parametrize(
    ("value", "on", "precision"),
    [
        ("2023年10月20日", (2023, 10, 20), "day"),
        ("2023/10/20", (2023, 10, 20), "day"),
        ("２０２３ 年 10 月", (2023, 10, 1), "month"),
        ("2023-10", (2023, 10, 1), "month"),
        ("October 2023", (2023, 10, 1), "month"),
        ("20 October 2023", (2023, 10, 20), "day"),
        (Decimal(45219), (2023, 10, 20), "day"),
        (Decimal(20231020), (2023, 10, 20), "day"),
        (Decimal(2023), (2023, 1, 1), "year"),
        ("2023年", (2023, 1, 1), "year"),
        (dt.datetime(2023, 10, 20, 19, 16), (2023, 10, 20), "day"),
    ],
)
def test_day_comes_as_exactly_as_it_is_known(value, on, precision):
    assert day(cell(value)) == (dt.date(*on), precision)


def test_day_is_no_more_exact_than_the_format_shows():
    assert day(cell(dt.date(2023, 10, 20), precision="month")) == (dt.date(2023, 10, 1), "month")


@pytest.mark.parametrize("value", [Decimal("2023.1"), "2023-02-30", "年底", True, Decimal(7)])
def test_day_refuses_what_is_no_date(value):
    with pytest.raises(ValueError, match="is not a date. Write it as 2023-10-20, 2023-10 or 2023"):
        day(cell(value))


def test_decimal_and_text():
    assert decimal(cell("1,234.50")) == Decimal("1234.50")
    assert decimal(cell("5.3%")) == Decimal("5.3")
    assert text(cell(Decimal("441283"))) == "441283"
    assert text(cell("金利镇")) == "金利镇"


def test_fault_of_a_cell_is_what_every_reader_says():
    for read in (amount, whole, day, decimal, text):
        with pytest.raises(ValueError, match="^broken$"):
            read(cell(None, fault="broken"))
        with pytest.raises(ValueError, match="^This cell is empty.$"):
            read(cell(None))


def test_long_text_is_shortened_in_the_sentence():
    with pytest.raises(ValueError, match=f"^“{'x' * 40}…” is not a date"):
        day(cell("x" * 5000))
