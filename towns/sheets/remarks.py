"""The same sheet back, with one more column that says what is wrong with which row.

It is meant to be corrected and dropped again: rows and columns stay where they were, and the
column of remarks is not read.
"""

import datetime as dt
import io
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from towns.language.script import tidy
from towns.sheets.grid import Grid, letters_of
from towns.sheets.header import REMARKS, is_remarks
from towns.sheets.looks import PER_CENT
from towns.sheets.reading import find_table
from towns.sheets.table import Table, Value, value_of
from towns.sheets.writing import tab, width_of

_FAULTY, _REMARK = "#FDE3E1", "#FFF4D6"
_NARROWEST, _WIDEST, _REMARKS_WIDTH = 8, 40, 60
_MEASURED_ROWS = 200
# No cell of a spreadsheet holds more.
_LONGEST = 32_767
_DATES = {"day": "yyyy-mm-dd", "month": 'yyyy"年"m"月"', "year": 'yyyy"年"'}
_TIME = "yyyy-mm-dd hh:mm"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def remarked(
    name: str,
    data: bytes,
    headers: Mapping[str, Collection[str]],
    remarks: Mapping[int, Sequence[str]],
    faulty: Collection[str] = (),
) -> bytes:
    """An .xlsx, whatever came. Rows as the spreadsheet shows them, `faulty` cells such as "C7".

    Raises `RefusedError` as `read_table` does. Formulas come back as their results, and the
    value of a merged area in each of its rows.
    """
    grid, table = find_table(name, data, headers)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        _Copy(book, grid, table).write(remarks, frozenset(faulty))
    return file.getvalue()


class _Copy:
    def __init__(self, book: xlsxwriter.Workbook, grid: Grid, table: Table) -> None:
        self._book, self._grid, self._table = book, grid, table
        self._page: Worksheet = book.add_worksheet(tab(grid.sheet))
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        head = grid.rows[table.header_row - 1]
        beside = max((len(row) for row in grid.rows), default=0)
        known = (place for place, cell in enumerate(head) if is_remarks(tidy(str(cell or ""))))
        self._beside = next(known, beside)

    def write(self, remarks: Mapping[int, Sequence[str]], faulty: frozenset[str]) -> None:
        for index, row in enumerate(self._grid.rows):
            for column, raw in enumerate(row):
                if column != self._beside:
                    is_faulty = bool(faulty) and f"{letters_of(column)}{index + 1}" in faulty
                    self._put(index, column, raw, is_faulty=is_faulty)
        self._write_remarks(remarks)
        for index in self._grid.hidden:
            self._page.set_row(index, None, None, {"hidden": True})
        self._page.freeze_panes(self._table.header_row, 0)
        self._set_widths()

    def _write_remarks(self, remarks: Mapping[int, Sequence[str]]) -> None:
        head = " ".join(REMARKS)
        self._page.write_string(
            self._table.header_row - 1, self._beside, head, self._format(bold=True, bottom=1)
        )
        look = self._format(bg_color=_REMARK, text_wrap=True, valign="top")
        for number, sentences in remarks.items():
            if sentences:
                self._page.write_string(
                    number - 1, self._beside, "\n".join(sentences)[:_LONGEST], look
                )

    def _put(self, index: int, column: int, raw: object, *, is_faulty: bool) -> None:
        value = raw if isinstance(raw, str) else value_of(raw)
        look = self._look(index, column, value, is_faulty=is_faulty)
        if value is None or value == "":
            if is_faulty:
                self._page.write_blank(index, column, None, look)
        elif isinstance(value, bool):
            self._page.write_boolean(index, column, value, look)
        elif isinstance(value, Decimal):
            self._page.write_number(index, column, float(value), look)
        elif isinstance(value, dt.date):
            self._page.write_datetime(index, column, value, look)
        else:
            self._page.write_string(index, column, str(value)[:_LONGEST], look)

    def _look(self, index: int, column: int, value: Value, *, is_faulty: bool) -> Format | None:
        said: dict[str, object] = {"bg_color": _FAULTY, "border": 1} if is_faulty else {}
        if isinstance(value, dt.datetime):
            said["num_format"] = _TIME
        elif isinstance(value, dt.date):
            said["num_format"] = _DATES[self._grid.looks.get(index, column).precision]
        elif isinstance(value, Decimal):
            said |= _number_format(self._grid.looks.get(index, column).unit)
        if index == self._table.header_row - 1:
            said |= {"bold": True, "bottom": 1, "text_wrap": True}
        return self._format(**said) if said else None

    def _format(self, **said: object) -> Format:
        key = tuple(sorted(said.items(), key=str))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(said)
        return self._formats[key]

    def _set_widths(self) -> None:
        rows = self._grid.rows[self._table.header_row - 1 :][:_MEASURED_ROWS]
        for column in range(self._beside):
            texts = (str(row[column]) for row in rows if column < len(row) and row[column])
            widest = max((width_of(line) for text in texts for line in text.split("\n")), default=0)
            self._page.set_column(column, column, min(max(widest + 2, _NARROWEST), _WIDEST))
        self._page.set_column(self._beside, self._beside, _REMARKS_WIDTH)


def _number_format(unit: str) -> dict[str, str]:
    if unit == PER_CENT:
        return {"num_format": "0.00##%"}
    return {"num_format": f'General"{unit}"'} if unit not in ("", "元") else {}
