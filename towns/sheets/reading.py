"""Spreadsheets that arrive. `read_table` finds the table in any bytes, or says why there is none.

A file goes through `opening` (which kind it is), `packed` and `worksheet` (is it harmless),
`workbook` or `separated` (its cells), `header` (its columns) and `body` (its rows). What a cell
says is read by `values`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from towns.sheets import separated
from towns.sheets.body import fill_merged, kept_rows, line
from towns.sheets.grid import Grid, RefusedError, letters_of
from towns.sheets.header import Header, Spellings, find_header, unit_said
from towns.sheets.opening import open_sheets
from towns.sheets.table import Cell, Row, Rows, Table
from towns.sheets.workbook import Workbook

__all__ = ["Cell", "RefusedError", "Row", "Rows", "Table", "read_table"]


def read_table(name: str, data: bytes, headers: Mapping[str, Collection[str]]) -> Table:
    """`headers` says how the header of each key may be spelled. Raises `RefusedError`."""
    _name, table = find_table(name, data, headers)
    return table


def find_table(
    name: str, data: bytes, headers: Mapping[str, Collection[str]]
) -> tuple[Grid, Table]:
    """The table, and the whole sheet around it. Raises `RefusedError`."""
    spellings = Spellings(headers)
    for grid, others in _grids(name, data, spellings):
        if header := find_header(grid, spellings):
            return grid, _table(grid, header, others)
    asked = ", ".join(next(iter(saids), key) for key, saids in headers.items())
    raise RefusedError(
        _("No row of this file names the columns. They are called: %(names)s.") % {"names": asked}
    )


def _grids(name: str, data: bytes, spellings: Spellings) -> Iterator[tuple[Grid, list[str]]]:
    """Each sheet with the names of the others; sheets that are shown come first."""
    opened = open_sheets(name, data)
    if isinstance(opened, Workbook):
        names = [sheet.name for sheet in opened.sheets]
        for sheet in sorted(opened.sheets, key=lambda sheet: sheet.is_hidden):
            others = list(names)
            others.remove(sheet.name)
            yield opened.grid(sheet), others
        return
    text = separated.decoded(opened)
    separator = max(separated.SEPARATORS, key=lambda one: _named(text, one, spellings))
    yield separated.grid(PurePosixPath(name).stem, text, separator), []


def _named(text: str, separator: str, spellings: Spellings) -> int:
    rows = separated.beginning(text, separator)
    return max((len(spellings.matches(row)) for row in rows), default=0)


def _table(grid: Grid, header: Header, others: Sequence[str]) -> Table:
    left_out = [(0, _("The sheet “%(name)s” was not read.") % {"name": name}) for name in others]
    unit = ""
    for index in range(header.first):
        if text := line(grid.rows[index]):
            left_out.append((index + 1, text))
            unit = unit_said(text) or unit
    columns = [column if column.unit else replace(column, unit=unit) for column in header.columns]
    kept, aside = kept_rows(grid, header)
    fill_merged(grid, header)
    return Table(
        sheet=grid.sheet,
        header_row=header.row + 1,
        columns={column.key: letters_of(column.index) for column in columns},
        rows=Rows(grid, kept, columns),
        left_out=left_out + aside,
        unknown_columns=list(header.unknown),
        hidden_rows=[index + 1 for index in kept if index in grid.hidden],
    )
