"""A sheet whose header is known: what the layers above read."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import overload

from towns.language.days import DAY, MONTH, YEAR
from towns.language.script import tidy
from towns.sheets.grid import Grid, Look, letters_of
from towns.sheets.looks import PER_CENT
from towns.sheets.marks import error_in

Value = str | Decimal | dt.date | bool | None
_ERRORS = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
)
_PLAIN = Look()
_SHOWN = {MONTH: "%Y-%m", YEAR: "%Y"}


@dataclass(frozen=True, slots=True)
class Cell:
    """`row` and `column` as the spreadsheet shows them; `shown` is the text for a message.

    `unit` stands in the header, above the table or in the cell's format, such as 万元; `precision`
    says how much of a date the format shows. A percentage is a number of per cents. A cell with
    a `fault` (an error, or a formula without a result) has no value.
    """

    value: Value
    shown: str
    column: str
    row: int
    unit: str = ""
    fault: str = ""
    precision: str = DAY

    @property
    def name(self) -> str:
        return f"{self.column}{self.row}"


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    cells: dict[str, Cell]
    is_hidden: bool = False


@dataclass(frozen=True)
class Column:
    key: str
    index: int
    unit: str = ""

    @cached_property
    def letters(self) -> str:
        return letters_of(self.index)


class Rows(Sequence[Row]):
    """The rows of a table. Each is made when it is asked for: a large table stays small."""

    def __init__(self, grid: Grid, indexes: Sequence[int], columns: Sequence[Column]) -> None:
        self._grid, self._indexes, self._columns = grid, indexes, columns

    def __len__(self) -> int:
        return len(self._indexes)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self._row(index) for index in self._indexes[place]]
        return self._row(self._indexes[place])

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self._indexes)

    @property
    def numbers(self) -> list[int]:
        """As the spreadsheet shows them."""
        return [index + 1 for index in self._indexes]

    def raw(self, key: str) -> list[object]:
        """A column as the file has it, without a cell for each; None for a faulty one."""
        column = next((one for one in self._columns if one.key == key), None)
        if column is None:
            return [None] * len(self._indexes)
        place, rows = column.index, self._grid.rows
        return [
            row[place] if place < len(row) else None
            for row in (rows[index] for index in self._indexes)
        ]

    def _row(self, index: int) -> Row:
        values = self._grid.rows[index]
        cells = {
            column.key: _cell(
                values[column.index] if column.index < len(values) else None,
                column,
                index,
                self._grid,
            )
            for column in self._columns
        }
        return Row(index + 1, cells, index in self._grid.hidden)


@dataclass(frozen=True)
class Table:
    """`columns` says the letter of each key that was found; keys not found are missing.

    `left_out` are the texts above and below the table, and sums, by row; row 0 is a whole sheet.
    `unknown_columns` are (letter, header) of columns that nobody asked for.
    """

    sheet: str
    header_row: int
    columns: dict[str, str]
    rows: Rows
    left_out: list[tuple[int, str]]
    unknown_columns: list[tuple[str, str]]
    hidden_rows: list[int]


def _cell(raw: object, column: Column, index: int, grid: Grid) -> Cell:
    value = value_of(raw)
    fault = grid.faults.get((index, column.index), "")
    look = grid.looks.get(index, column.index)
    if isinstance(value, str) and value[0] == "#" and value.upper() in _ERRORS:
        fault = fault or error_in(value)
    if look.unit == PER_CENT and isinstance(value, Decimal):
        value = (value * 100).normalize() + 0
    shown = shown_as(raw if isinstance(raw, str) else value, look)
    unit = look.unit or column.unit
    return Cell(
        None if fault else value, shown, column.letters, index + 1, unit, fault, look.precision
    )


def value_of(raw: object) -> Value:
    """Texts without surrounding space; numbers as written, and not as the nearest binary one."""
    if isinstance(raw, str):
        return tidy(raw) or None
    if isinstance(raw, float):
        if not math.isfinite(raw):
            return str(raw)
        return Decimal(int(raw)) if raw.is_integer() and abs(raw) < 2**53 else Decimal(repr(raw))
    if isinstance(raw, int) and not isinstance(raw, bool):
        return Decimal(raw)
    if isinstance(raw, dt.datetime) and raw.time() == dt.time():
        return raw.date()
    if isinstance(raw, dt.time | dt.timedelta):
        return str(raw)
    return raw


def shown_as(value: object, look: Look = _PLAIN) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return f"{value:f}{look.unit}" if look.unit == PER_CENT else f"{value:f}"
    if isinstance(value, dt.date) and look.precision in _SHOWN:
        return value.strftime(_SHOWN[look.precision])
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)
