"""An empty sheet to fill in: both languages in the header, lists to choose from, and how to."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from towns.sheets.writing import tab, width_of

_LAST_ROW = 10_000
# What a drop-down may hold between its commas; longer lists stand on a sheet of their own.
_LONGEST_LIST = 255
_NARROWEST, _WIDEST = 10, 40
_HELP_WIDTHS = (24, 12, 60, 28)
_HEAD, _REQUIRED, _LINE = "#E7EFEE", "#FBE9E7", "#8FA5A3"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True)
class TemplateColumn:
    """`help` says what to write; `choices` are offered, and Excel and WPS refuse anything else."""

    zh: str
    en: str
    help: str = ""
    example: str = ""
    is_required: bool = False
    choices: Sequence[str] = ()

    @property
    def header(self) -> str:
        return f"{self.zh}\n{self.en}"


def template(title: str, columns: Sequence[TemplateColumn], instructions: Sequence[str]) -> bytes:
    """The sheet to fill in stands first, the instructions second; examples stand only there.

    `instructions` are sentences above the list of the columns, in the active language like it.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        page = book.add_worksheet(tab(title))
        helping = book.add_worksheet(tab(_("How to fill it in")))
        _write_head(book, page, columns)
        _offer_choices(book, page, columns)
        _write_help(book, helping, columns, instructions)
        page.activate()
    return file.getvalue()


def _write_head(book: Workbook, page: Worksheet, columns: Sequence[TemplateColumn]) -> None:
    page.set_row(0, 34)
    page.freeze_panes(1, 0)
    # Text stays as it is typed: no code loses its zeros, and no 2023-10 becomes a day.
    as_typed = book.add_format({"num_format": "@"})
    for place, column in enumerate(columns):
        color = _REQUIRED if column.is_required else _HEAD
        page.write_string(0, place, column.header, _head_format(book, color))
        widest = max(map(width_of, (column.zh, column.en, column.example)))
        page.set_column(place, place, min(max(widest + 4, _NARROWEST), _WIDEST), as_typed)


def _head_format(book: Workbook, color: str) -> Format:
    return book.add_format(
        {
            "bold": True,
            "bg_color": color,
            "bottom": 1,
            "bottom_color": _LINE,
            "text_wrap": True,
            "valign": "vcenter",
        }
    )


def _offer_choices(book: Workbook, page: Worksheet, columns: Sequence[TemplateColumn]) -> None:
    lists: Worksheet | None = None
    for place, column in enumerate(columns):
        if not column.choices:
            continue
        source: list[str] | str = list(column.choices)
        if len(",".join(column.choices)) > _LONGEST_LIST or any("," in one for one in source):
            lists = lists or book.add_worksheet(tab(_("Choices")))
            lists.write_column(0, place, column.choices)
            letters = xlsxwriter.utility.xl_col_to_name(place)
            last = len(column.choices)
            source = f"='{lists.get_name()}'!${letters}$1:${letters}${last}"
        page.data_validation(1, place, _LAST_ROW, place, {"validate": "list", "source": source})
    if lists:
        lists.hide()


def _write_help(
    book: Workbook, page: Worksheet, columns: Sequence[TemplateColumn], instructions: Sequence[str]
) -> None:
    bold = book.add_format({"bold": True, "font_size": 14})
    head = _head_format(book, _HEAD)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, width in enumerate(_HELP_WIDTHS):
        page.set_column(place, place, width)
    page.write_string(0, 0, _("How to fill it in"), bold)
    for line, sentence in enumerate(instructions, start=1):
        page.write_string(line, 0, sentence)
    start = len(instructions) + 2
    page.write_row(start, 0, [_("Column"), _("Required"), _("What to write"), _("Example")], head)
    for line, column in enumerate(columns, start=start + 1):
        said = (
            f"{column.zh} / {column.en}",
            _("required") if column.is_required else "",
            column.help,
            column.example,
        )
        page.write_row(line, 0, said, wrapped)
