"""Numbers and dates as they are written in the two languages."""

import datetime as dt
from decimal import Decimal

from towns.language.bilingual import ZH

_ZH_STEPS = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
_EN_STEPS = ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_EN_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def grouped(value: Decimal) -> str:
    """1234567.5 → 1,234,567.5 without trailing zeros."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scaled(value: Decimal, language: str) -> tuple[str, str]:
    """The figure and its step: 16438000000 → ("164.38", "亿") or ("16.438", "billion")."""
    for step, word in _ZH_STEPS if language == ZH else _EN_STEPS:
        if abs(value) >= step:
            return grouped(value / step), word
    return grouped(value), ""


def period(start: dt.date | None, end: dt.date | None, language: str) -> str:
    """2023 年 1—9 月, 2023 年 10 月, 2023 年; "" where no period is stated."""
    if start is None or end is None:
        return ""
    is_to_month_end = (end + dt.timedelta(days=1)).day == 1
    if start.day != 1 or not is_to_month_end:
        return f"{_day(start, language)}—{_day(end, language)}"
    if start.year != end.year:
        return f"{_month(start, language)}—{_month(end, language)}"
    if (start.month, end.month) == (1, 12):
        return _year(start, language)
    if start.month == end.month:
        return _month(start, language)
    if language == ZH:
        return f"{start.year} 年 {start.month}—{end.month} 月"
    return f"{_EN_MONTHS[start.month - 1]} to {_EN_MONTHS[end.month - 1]} {start.year}"


def vague_date(on: dt.date | None, precision: str, language: str) -> str:
    """A date as exactly as it is known: to the "year", the "month" or the "day"."""
    if on is None:
        return ""
    return {"year": _year, "month": _month}.get(precision, _day)(on, language)


def _year(on: dt.date, language: str) -> str:
    return f"{on.year} 年" if language == ZH else str(on.year)


def _month(on: dt.date, language: str) -> str:
    if language == ZH:
        return f"{on.year} 年 {on.month} 月"
    return f"{_EN_MONTHS[on.month - 1]} {on.year}"


def _day(on: dt.date, language: str) -> str:
    return (
        f"{_month(on, language)} {on.day} 日"
        if language == ZH
        else (f"{on.day} {_EN_MONTHS[on.month - 1]} {on.year}")
    )
