"""What a cell says, as a number, a sum of money, a day or a text.

Each raises ValueError with a sentence for the person who filled the cell in: what stands there,
and what would be right. An empty cell is none of them: look at `cell.value` first.
"""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from towns.language.days import DAY, YEAR, read_day
from towns.language.numerals import exact_sum, number, step_of
from towns.language.script import fold
from towns.sheets.table import Cell

_PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.\d{1,12})?")
_COUNTED = re.compile(r"第?(?P<number>[^第]+?)(?:名|位|年)?")
_MOST_DIGITS = 18
# Day 1 is 1900-01-01, and Excel takes 1900 for a leap year.
_FIRST_DAY = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_YEARS = range(1900, 2101)


def text(cell: Cell) -> str:
    """As written; numbers and dates as the spreadsheet keeps them."""
    _check(cell)
    return cell.value if isinstance(cell.value, str) else cell.shown


def decimal(cell: Cell) -> Decimal:
    """Any number: 12.5, 1,234, ３００, 5.3%."""
    _check(cell)
    if isinstance(cell.value, Decimal) and cell.value.adjusted() < _MOST_DIGITS:
        return cell.value
    if isinstance(cell.value, str):
        said = _decimal(_folded(cell.value).removesuffix("%").rstrip())
        if said is not None:
            return said
    raise ValueError(
        _("“%(shown)s” is not a number. Write digits only, such as 1234.5.") % _shown(cell)
    )


def whole(cell: Cell) -> int:
    """A whole number: 816, 816.0, ８１６, 1,000, 第 816 名, 三."""
    _check(cell)
    found = cell.value
    if isinstance(found, str):
        said = _folded(found)
        counted = _COUNTED.fullmatch(said)
        value = number(counted["number"]) if counted else None
        found = Decimal(value) if value is not None else _decimal(said)
    if isinstance(found, Decimal) and found == found.to_integral_value() and _is_short(found):
        return int(found)
    raise ValueError(
        _("“%(shown)s” is not a whole number. Write digits only, such as 816.") % _shown(cell)
    )


def amount(cell: Cell) -> Decimal:
    """A sum in yuan. A bare number counts in the unit of its header or of the table, or in yuan."""
    _check(cell)
    step = step_of(cell.unit) or 1
    found = cell.value
    if isinstance(found, str):
        said = _folded(found)
        bare = _decimal(said)
        found = bare * step if bare is not None else exact_sum(said)
    elif isinstance(found, Decimal):
        found = found * step
    if not isinstance(found, Decimal) or found < 0 or not _is_short(found):
        raise ValueError(
            _("“%(shown)s” is not an exact sum. Write it as 320000000, 3.2亿元 or 32000万元.")
            % _shown(cell)
        )
    return found.normalize() + 0


def day(cell: Cell) -> tuple[dt.date, str]:
    """The first day of what is said, and whether it is known to the "year", "month" or "day"."""
    _check(cell)
    found = cell.value
    if isinstance(found, dt.date):
        return _begun(found, cell.precision), cell.precision
    if isinstance(found, Decimal) and found == found.to_integral_value():
        if found in _SERIALS:
            return _FIRST_DAY + dt.timedelta(days=int(found)), DAY
        if found in _YEARS:
            return dt.date(int(found), 1, 1), YEAR
        found = str(int(found)) if _is_short(found) else None
    said = read_day(found) if isinstance(found, str) else None
    if said is None:
        raise ValueError(
            _("“%(shown)s” is not a date. Write it as 2023-10-20, 2023-10 or 2023.") % _shown(cell)
        )
    return said


def _begun(on: dt.date, precision: str) -> dt.date:
    return dt.date(on.year, 1 if precision == YEAR else on.month, on.day if precision == DAY else 1)


def _check(cell: Cell) -> None:
    if cell.fault:
        raise ValueError(cell.fault)
    if cell.value is None:
        raise ValueError(_("This cell is empty."))


def _shown(cell: Cell) -> dict[str, str]:
    return {"shown": cell.shown if len(cell.shown) <= 40 else f"{cell.shown[:40]}…"}


def _folded(said: str) -> str:
    return re.sub(r"(?<=\d)[ '](?=\d{3})", "", fold(said)).strip().replace("−", "-")


def _decimal(said: str) -> Decimal | None:
    try:
        return Decimal(said.replace(",", "")) if _PLAIN.fullmatch(said) else None
    except InvalidOperation:
        return None


def _is_short(value: Decimal) -> bool:
    return value.is_finite() and value.adjusted() < _MOST_DIGITS
