"""The XML of a sheet, made safe for the reader of workbooks.

The reader lays out every cell between the first and the last one, so that two cells far apart
would cost it all memory: `measured` finds out before. The patterns here, and in `marks`, rely on
the XML being well-formed, and on `plain`.
"""

import re
from collections.abc import Iterator

from towns.sheets.grid import TooManyCellsError, check_size, column_of, letters_of
from towns.sheets.packed import damaged

ATTRIBUTES = rb"((?:[^<>\"'/]++|\"[^\"]*+\"|'[^']*+')*+)"
CELL_NAME = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ATTRIBUTE = re.compile(rb"([^\s=\"']+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DECLARATION = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*\?>\s*")
_ASIDE = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?.*?\?>", re.DOTALL)
_PREFIXED = re.compile(rb"<[^\s<>/:=\"'!?]+:(?:c|row|f|v|is|t|mergeCell|worksheet)[\s/>]")
_PREFIX = re.compile(rb"<(/?)[^\s<>/:=\"'!?]+:(?=[A-Za-z])")
_ROOT = re.compile(rb"\s*<worksheet(?=[\s/>])")
_CELL_START = re.compile(rb"<c(?=[\s/>])")
_COLUMN = re.compile(rb"<c\s+r=\"([A-Z]{1,3})\d{1,7}\"")
_NUMBER = re.compile(rb"<c\s+r=\"[A-Z]{1,3}(\d{1,7})\"")
_TAG = re.compile(rb"<(row|c)(?=[\s/>])" + ATTRIBUTES + rb"(/>|>\s*</c\s*>|>)")
_BLOCK = 1024 * 1024
_MOST_TAGS = 3_000_000


def is_worksheet(xml: bytes) -> bool:
    return bool(_ROOT.match(xml))


def plain(xml: bytes) -> bytes:
    """The same without declaration, comments, instructions, character sections and prefixes."""
    if found := _DECLARATION.match(xml):
        xml = xml[found.end() :]
    if b"<!" in xml or b"<?" in xml:
        xml = _ASIDE.sub(_escaped, xml)
    return _PREFIX.sub(rb"<\1", xml) if _PREFIXED.search(xml) else xml


def _escaped(found: re.Match[bytes]) -> bytes:
    text = found[1] or b""
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def measured(xml: bytes) -> bytes:
    """The sheet with the name of every cell stated. Raises `RefusedError` if it is too large."""
    if sum(xml.count(start) for start in (b"<c ", b"<c>", b"<c/")) > _MOST_TAGS:
        raise TooManyCellsError
    try:
        return _checked(xml)
    except ValueError:
        return _checked(_named(xml))


def _checked(xml: bytes) -> bytes:
    columns: set[bytes] = set()
    last = 0
    for start, end in _blocks(xml):
        letters = _COLUMN.findall(xml, start, end)
        rows = [int(number) for number in _NUMBER.findall(xml, start, end)]
        if len(letters) != len(_CELL_START.findall(xml, start, end)):
            raise damaged()
        if rows and (rows[0] < max(last, 1) or rows != sorted(rows)):
            raise damaged()
        columns.update(letters)
        last = rows[-1] if rows else last
    if columns:
        check_size(last, max(column_of(letters.decode()) for letters in columns) + 1)
    return xml


def _blocks(xml: bytes) -> Iterator[tuple[int, int]]:
    """Pieces that end before a cell: a list of all cells at once would be longer than the sheet."""
    start = 0
    while start < len(xml):
        end = xml.find(b"<c", start + _BLOCK)
        end = len(xml) if end < 0 else end
        yield start, end
        start = end


def _named(xml: bytes) -> bytes:
    """Every cell gets its name in front, and cells that hold nothing are dropped.

    Spreadsheets keep the look of empty cells up to their last row and column.
    """
    row, column = 0, -1

    def rewritten(found: re.Match[bytes]) -> bytes:
        nonlocal row, column
        said = attributes(found[2])
        if found[1] == b"row":
            row, column = whole(said.get("r")) or row + 1, -1
            return found[0]
        if name := CELL_NAME.fullmatch(said.pop("r", "")):
            row, column = int(name[2]), column_of(name[1])
        else:
            column += 1
        if found[3] != b">":
            return b""
        check_size(row, column + 1)
        others = "".join(f' {key}="{value}"' for key, value in said.items() if '"' not in value)
        return f'<c r="{letters_of(column)}{row}"{others}>'.encode()

    named = bytearray()
    for start, end in _blocks(xml):
        named += _TAG.sub(rewritten, xml[start:end])
    return bytes(named)


def attributes(tag: bytes) -> dict[str, str]:
    return {
        key.decode(errors="replace"): (double or single).decode(errors="replace")
        for key, double, single in _ATTRIBUTE.findall(tag)
    }


def whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else None
