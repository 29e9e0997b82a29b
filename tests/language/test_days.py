import datetime as dt

import pytest

from towns.language.days import read_day


@pytest.mark.parametrize(
    ("said", "on", "precision"),
    [
        ("2023年10月20日", (2023, 10, 20), "day"),
        ("2023 - 10 - 20 19:16", (2023, 10, 20), "day"),
        ("20231020", (2023, 10, 20), "day"),
        ("2023.10", (2023, 10, 1), "month"),
        ("Sept. 2023", (2023, 9, 1), "month"),
        ("October 20, 2023", (2023, 10, 20), "day"),
        ("２０２３年", (2023, 1, 1), "year"),
    ],
)
def test_date_is_read_as_exactly_as_it_is_written(said, on, precision):
    assert read_day(said) == (dt.date(*on), precision)


@pytest.mark.parametrize(
    "said", ["", "2023-13", "2023-02-30", "约 2023 年", "2023 and 2024", "1023"]
)
def test_anything_else_is_no_date(said):
    assert read_day(said) is None
