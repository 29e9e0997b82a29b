"""Text with a comma, tab or semicolon between the cells, in UTF-8, UTF-16 or GB18030."""

import codecs
import csv
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from towns.sheets.grid import MOST_CELLS, Grid, RefusedError, TooManyCellsError, check_size

MOST_TEXT_BYTES = 20 * 1024 * 1024
SEPARATORS = (",", "\t", ";")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
_LOOKED_AT = 100_000
_BEGINNING = 100


def decoded(data: bytes) -> str:
    """By its byte order mark, as UTF-8, or as GB18030. Raises `RefusedError`."""
    if len(data) > MOST_TEXT_BYTES:
        raise RefusedError(
            _("This text is larger than %(most)s MB. Split it.")
            % {"most": MOST_TEXT_BYTES // 1024**2}
        )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data, encoding)
    try:
        return _checked(data, "utf-8")
    except RefusedError:
        return _checked(data, "gb18030")


def beginning(text: str, separator: str) -> list[list[object]]:
    """The first rows: enough to see whether they are cut at the right places."""
    return list(_records(text[:_LOOKED_AT], separator, _BEGINNING))


def grid(name: str, text: str, separator: str) -> Grid:
    if text.count(separator) + text.count("\n") > 2 * MOST_CELLS:
        raise TooManyCellsError
    rows = list(_records(text, separator, None))
    check_size(len(rows), max(map(len, rows), default=0))
    return Grid(name, rows)


def _records(text: str, separator: str, most: int | None) -> Iterator[list[object]]:
    words: dict[str, str] = {}
    reader = csv.reader(_lines(text), delimiter=separator)
    try:
        for number, row in enumerate(reader):
            if number == most:
                return
            yield [words.setdefault(cell, cell) if cell else None for cell in row]
    except csv.Error as error:
        if most is None:
            raise RefusedError(_("The rows of this text cannot be told apart.")) from error


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _checked(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RefusedError(_("This is not a text in UTF-8 or GB18030.")) from error
    if _CONTROLS.search(text, 0, _LOOKED_AT):
        raise RefusedError(_("This file holds no readable text."))
    return text.replace("\r\n", "\n").replace("\r", "\n")
