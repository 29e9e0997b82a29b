"""Dates as exactly as they are written: 2023年10月20日, 2023-10, 2023/10/20, October 2023, 2023."""

import datetime as dt
import re

from towns.language.datelines import read_time
from towns.language.script import fold, tidy

YEAR, MONTH, DAY = "year", "month", "day"
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WRITTEN = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?:(?P<mark>[-/.年])(?P<month>\d{1,2})"
    r"(?:[-/.月](?P<day>\d{1,2})日?|月)?|年)?(?:\s*(?:[T ]\s*)?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_CLOSE = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})?")
_EN_MONTH = re.compile(r"(?P<month>[a-z]{3,9})\.?,? (?P<year>(?:19|20)\d{2})")
_EN_DAY = re.compile(r"(?:[a-z]{3,9}\.? \d{1,2}|\d{1,2} [a-z]{3,9}\.?),? (?:19|20)\d{2}")


def read_day(text: str) -> tuple[dt.date, str] | None:
    """The first day of what is said, and how exactly it is: "year", "month" or "day".

    None where the whole text is no date, or the calendar has no such day.
    """
    as_written = fold(tidy(text)).lower()
    said = re.sub(r"\s*([-/.年月日])\s*", r"\1", as_written)
    if found := _WRITTEN.fullmatch(said) or _CLOSE.fullmatch(said):
        return _day(found["year"], found["month"], found["day"])
    if found := _EN_MONTH.fullmatch(as_written):
        months = [n for n, name in enumerate(_MONTHS, 1) if name.startswith(found["month"])]
        return _day(found["year"], str(months[0]), None) if months else None
    if _EN_DAY.fullmatch(as_written):
        on = read_time(as_written)
        return (on, DAY) if on else None
    return None


def _day(year: str, month: str | None, day: str | None) -> tuple[dt.date, str] | None:
    precision = DAY if day else MONTH if month else YEAR
    try:
        return dt.date(int(year), int(month or 1), int(day or 1)), precision
    except ValueError:
        return None
