"""A kind as a sheet: to be filled in, or with what is recorded, as an import reads it again."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from towns.imports.sheet.describing import Column, choice_word, headers_of
from towns.imports.sheet.kinds import SheetKind
from towns.imports.sheet.knowledge import Knowledge
from towns.imports.sheet.uploads import CheckedUpload
from towns.sheets.remarks import remarked
from towns.sheets.template import TemplateColumn, template
from towns.sheets.writing import XLSX, Cell, Sheet, write

# What a spreadsheet keeps of a number without rounding it.
_DIGITS = 15


def export(kind: SheetKind, records: QuerySet | None = None, *, form: str = XLSX) -> bytes:
    rows = kind.export(records, Knowledge({}))
    return write(sheet_of(kind, [[_cell(value) for value in row] for row in rows]), form)


def sheet_of(kind: SheetKind, rows: Sequence[Sequence[Cell]]) -> Sheet:
    return Sheet(str(kind.label), [column.name for column in kind.columns], rows)


def _cell(value: Any) -> Cell:
    match value:
        case None | "":
            return None
        case bool():
            return _("yes") if value else _("no")
        case Decimal():
            return _number(value)
        case dt.date():
            return value.isoformat()
        case int() | str():
            return value
    return str(value)


def _number(value: Decimal) -> Cell:
    plain = value.normalize()
    text = f"{plain:f}"
    return text if len(plain.as_tuple().digits) > _DIGITS else float(text)


def template_of(kind: SheetKind) -> bytes:
    """To be filled in: headers in both languages, choices to pick from, and what to write where."""
    columns = [_template_column(column) for column in kind.columns]
    instructions = (
        _("One row for each record. Rows above the header and notes below the table may stay."),
        _("A new record needs every required column; a recorded one, only what it is found by."),
        _("An empty cell says nothing: it takes nothing away from what is recorded."),
        _("Columns that you do not need may be deleted, and their order does not matter."),
    )
    return template(str(kind.label), columns, instructions)


def _template_column(column: Column) -> TemplateColumn:
    choices = [choice_word(column.choices, one) for one in column.choices or ()]
    return TemplateColumn(
        zh=column.zh,
        en=column.en,
        help=str(column.help),
        example=column.example,
        is_required=column.is_required,
        choices=choices,
    )


def remarks_of(found: CheckedUpload, name: str, data: bytes) -> tuple[bytes, str]:
    """The same sheet with one more column, and what to call it."""
    checked = found.checked
    remarks: dict[int, list[str]] = {}
    for fault in checked.all_faults():
        row = fault.row or checked.table.header_row
        remarks.setdefault(row, []).append(f"{fault.place} {fault.sentence}".strip())
    for question in checked.open_questions:
        row = question.row or checked.table.header_row
        likely = " / ".join(choice.label for choice in question.choices)
        said = f"{question.place} {question.sentence} {likely}".strip()
        remarks.setdefault(row, []).append(said)
    faulty = {fault.place for fault in checked.all_faults() if fault.column and fault.row}
    faulty |= {question.place for question in checked.open_questions if question.column}
    book = remarked(name, data, headers_of(found.kind.columns), remarks, faulty)
    return book, f"{PurePosixPath(name).stem}.xlsx"
