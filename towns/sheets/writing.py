"""A table as CSV and as XLSX. Text that looks like a formula stays text in both."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

Cell = str | int | float | None
CSV, XLSX = "csv", "xlsx"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST, _NARROWEST = 48, 8


@dataclass(frozen=True)
class Sheet:
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def write(sheet: Sheet, form: str) -> bytes:
    return _csv(sheet) if form == CSV else _xlsx(sheet)


def _csv(sheet: Sheet) -> bytes:
    """With a byte order mark: without it, Excel reads Chinese as something else."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(sheet.head)
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> Cell:
    """A leading apostrophe keeps a spreadsheet from running what a name begins with."""
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell


def _xlsx(sheet: Sheet) -> bytes:
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        page = book.add_worksheet(tab(sheet.title))
        bold = book.add_format({"bold": True, "bottom": 1})
        page.write_row(0, 0, sheet.head, bold)
        for number, row in enumerate(sheet.rows, start=1):
            page.write_row(number, 0, row)
        page.freeze_panes(1, 0)
        for column, width in enumerate(_widths(sheet)):
            page.set_column(column, column, width)
    return file.getvalue()


def tab(title: str) -> str:
    """At most 31 letters, and none of those that a tab cannot have."""
    return "".join(letter for letter in title if letter not in "[]:*?/\\")[:31].strip("'") or "1"


def _widths(sheet: Sheet) -> list[int]:
    columns = zip(sheet.head, *sheet.rows, strict=True)
    widest = (max(width_of(str(cell or "")) for cell in column) for column in columns)
    return [min(max(width + 2, _NARROWEST), _WIDEST) for width in widest]


def width_of(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
