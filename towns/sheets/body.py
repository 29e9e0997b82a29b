"""Which rows below the header are rows of the table, and which are notes, sums or headings."""

import re
from collections.abc import Sequence

from towns.language.script import fold, tidy
from towns.sheets.grid import MOST_CELLS, Area, Grid, TooManyCellsError
from towns.sheets.header import Header
from towns.sheets.table import shown_as, value_of

_NOTE = re.compile(
    r"(?:附?备?注(?:释|解)?|说明|提示|资料来源|数据来源|信息来源|来源|填表说明|填表人|填报人|填报单位|"
    r"制表人?|审核人?|负责人|联系人|联系电话|填报日期|统计口径|单位|"
    r"notes?|sources?|remarks?|unit|prepared by)\s*\d{0,2}\s*[:.、)]",
    re.IGNORECASE,
)
_SUM = re.compile(r"(?:合\s*计|总\s*计|小\s*计|共\s*计|(?:grand |sub)?totals?)\s*:?", re.IGNORECASE)
_SENTENCE = re.compile(r"^.{8,}?[。;,:]|[。.]$|^以上|截至", re.DOTALL)
_NOTE_CELLS = 2

Left = list[tuple[int, str]]


def kept_rows(grid: Grid, header: Header) -> tuple[list[int], Left]:
    """The places of the rows of the table, and (row, text) of what is none of it."""
    bands = _bands(grid.merged)
    known = [column.index for column in header.columns]
    named = [_known(grid.rows[header.row], index) for index in known]
    kept: list[int] = []
    left: Left = []
    for index in range(header.last + 1, len(grid.rows)):
        row = grid.rows[index]
        said = _said(row)
        if not said and not _has_fault(grid, index, known):
            continue
        is_aside = _is_aside(said, is_band=index in bands) or _is_stray(grid, index, known)
        if is_aside or [_known(row, place) for place in known] == named:
            left.append((index + 1, line(row)))
        else:
            kept.append(index)
    closing = _closing(grid, kept)
    return kept[: len(kept) - len(closing)], sorted(left + closing)


def fill_merged(grid: Grid, header: Header) -> None:
    """The value of a merged area belongs to every row of it. Raises `RefusedError`."""
    if sum(min(area.bottom, len(grid.rows)) - area.top for area in grid.merged) > MOST_CELLS:
        raise TooManyCellsError
    for area in grid.merged:
        if area.top <= header.last or area.top >= len(grid.rows):
            continue
        value = _known(grid.rows[area.top], area.left)
        for index in range(area.top + 1, min(area.bottom + 1, len(grid.rows))):
            row = grid.rows[index]
            if area.left < len(row) and not _said([row[area.left]]):
                row[area.left] = value


def line(row: Sequence[object]) -> str:
    """A row as one text."""
    return " ".join(shown_as(value_of(value)) for value in _said(row))


def _said(row: Sequence[object]) -> list[object]:
    """What stands in a row; written out, for this is done for every cell of a large sheet."""
    return [
        value
        for value in row
        if value is not None and value != "" and (value.__class__ is not str or not value.isspace())
    ]


def _known(row: Sequence[object], index: int) -> object:
    return row[index] if index < len(row) else None


def _is_stray(grid: Grid, index: int, known: Sequence[int]) -> bool:
    """Something stands in the row, but in none of the columns that are read."""
    row = grid.rows[index]
    return not any(_said([_known(row, place)]) for place in known) and not _has_fault(
        grid, index, known
    )


def _has_fault(grid: Grid, index: int, known: Sequence[int]) -> bool:
    return bool(grid.faults) and any((index, place) in grid.faults for place in known)


def _is_aside(said: Sequence[object], *, is_band: bool) -> bool:
    if not said or not isinstance(said[0], str):
        return False
    first = fold(tidy(said[0][:80]))
    if _SUM.fullmatch(first):
        return True
    return len(said) <= _NOTE_CELLS and (bool(_NOTE.match(first)) or (is_band and len(said) == 1))


def _bands(merged: Sequence[Area]) -> set[int]:
    """Rows with a cell merged over several columns: headings between the rows, and notes."""
    return {area.top for area in merged if area.right > area.left}


def _closing(grid: Grid, kept: Sequence[int]) -> Left:
    """Sentences alone in their rows after the last full row, though they do not begin as notes do.

    Where every row is like that, it is the table.
    """
    closing: Left = []
    for index in reversed(kept):
        said = _said(grid.rows[index])
        if len(said) != 1 or not isinstance(said[0], str) or not _SENTENCE.search(fold(said[0])):
            return closing
        closing.append((index + 1, line(grid.rows[index])))
    return []
