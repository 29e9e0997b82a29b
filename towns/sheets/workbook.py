"""An .xlsx as grids. The reader of workbooks only sees an archive packed here, of checked parts."""

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.parsers import expat

from django.utils.translation import gettext as _
from python_calamine import CalamineSheet, CalamineWorkbook

from towns.sheets.grid import Area, Grid, RefusedError
from towns.sheets.looks import looks_of
from towns.sheets.marks import marks
from towns.sheets.packed import Parts, check_xml, damaged, parse
from towns.sheets.worksheet import is_worksheet, measured, plain

_MEGABYTE = 1024 * 1024
_MOST = {"sheet": 80 * _MEGABYTE, "words": 40 * _MEGABYTE, "styles": 20 * _MEGABYTE}
_MOST_IN_ALL = 400 * _MEGABYTE
_MOST_OTHER = 2 * _MEGABYTE
_MOST_WORDS = 1_000_000
_MOST_SHEETS = 200
_MOST_MERGED = 20_000
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_WORDS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True)
class Listed:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    is_hidden: bool


class Workbook:
    """Raises `RefusedError` where it is opened and where a sheet is read."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._begins_1904 = False
        self._left = _MOST_IN_ALL
        self._targets: dict[str, tuple[str, str]] = {}
        self.sheets = self._listed()
        self._words = self._optional("sharedStrings", _WORDS, _MOST["words"])
        if self._words.count(b"<si") + self._words.count(b":si") > _MOST_WORDS:
            raise RefusedError(_("This file holds more words than any table."))
        self._styles = self._optional("styles", _STYLES, _MOST["styles"])
        self._looks = looks_of(self._styles)

    def grid(self, sheet: Listed) -> Grid:
        xml = self._parts.read(sheet.part, _MOST["sheet"])
        self._spend(len(xml) + len(self._words) + len(self._styles))
        check_xml(xml)
        xml = plain(xml)
        if not is_worksheet(xml):
            return Grid(sheet.name, [])
        if xml.count(b"<mergeCell ") > _MOST_MERGED:
            raise RefusedError(_("This sheet has more merged cells than any table."))
        xml = measured(xml)
        found = marks(xml, self._looks)
        page = self._page(xml)
        del xml
        merged = [Area(*first, *last) for first, last in _merged(page)]
        rows = list(_rows(page))
        last = max((row for row, _column in found.faults), default=-1)
        rows.extend([] for _row in range(len(rows), last + 1))
        return Grid(sheet.name, rows, merged, found.hidden, found.faults, found.looks)

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise RefusedError(
                _("The first sheets of this file hold no table. Save the table alone.")
            )

    def _page(self, xml: bytes) -> CalamineSheet:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as packed:
            for name, part in self._repacked(xml):
                packed.writestr(name, part)
        file.seek(0)
        try:
            return CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
        except Exception as error:
            raise damaged() from error
        except BaseException as error:
            # What goes wrong inside the reader, which is no Python, is no Exception either.
            if type(error).__name__ != "PanicException":
                raise
            raise damaged() from error

    def _repacked(self, xml: bytes) -> Iterator[tuple[str, bytes | str]]:
        parts = [("worksheet", "worksheets/sheet1.xml", xml)]
        if self._words:
            parts.append(("sharedStrings", "sharedStrings.xml", self._words))
        if self._styles:
            parts.append(("styles", "styles.xml", self._styles))
        yield "_rels/.rels", _relations([("officeDocument", _BOOK)])
        yield _RELATIONS, _relations([(kind, target) for kind, target, _part in parts])
        begins = ' date1904="1"' if self._begins_1904 else ""
        yield (
            _BOOK,
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_TYPE}"><workbookPr{begins}/><sheets>'
            '<sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        for _kind, target, part in parts:
            yield f"xl/{target}", part

    def _listed(self) -> list[Listed]:
        self._read_tags(_RELATIONS, self._relation)
        listed: list[Listed] = []

        def start(tag: str, said: dict[str, str]) -> None:
            if tag == "workbookPr":
                self._begins_1904 = said.get("date1904") in ("1", "true")
            kind, part = self._targets.get(said.get("id", ""), ("", ""))
            if tag == "sheet" and kind == "worksheet" and part in self._parts:
                hidden = said.get("state", "visible") != "visible"
                listed.append(Listed(said.get("name", ""), part, hidden))

        self._read_tags(_BOOK, start)
        if not listed:
            raise RefusedError(_("There is no sheet in this file."))
        return listed[:_MOST_SHEETS]

    def _relation(self, tag: str, said: dict[str, str]) -> None:
        if tag == "Relationship":
            kind = said.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/xl", said.get("Target", "")))
            self._targets[said.get("Id", "")] = (kind, target)

    def _read_tags(self, name: str, start: Callable[[str, dict[str, str]], None]) -> None:
        """Names of tags and attributes come without their prefix."""
        data = self._parts.read_xml(name, _MOST_OTHER)
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda tag, said: start(
            _local(tag), {_local(key): value for key, value in said.items()}
        )
        parse(parser, data)

    def _optional(self, kind: str, usual: str, most: int) -> bytes:
        parts = [part for known, part in self._targets.values() if known == kind]
        name = next((part for part in [*parts, usual] if part in self._parts), None)
        return self._parts.read_xml(name, most) if name else b""


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    said = "".join(
        f'<Relationship Id="r{number}" Type="{_TYPE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{said}</Relationships>'


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _merged(page: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return page.merged_cell_ranges or []


def _rows(page: CalamineSheet) -> Iterator[list[object]]:
    """From row 1 and column A, though the reader begins where anything stands.

    Words that repeat are kept once.
    """
    if page.start is None:
        return
    top, left = page.start
    for _row in range(top):
        yield []
    words: dict[str, str] = {}
    once, before = words.setdefault, [None] * left
    for row in page.iter_rows():
        yield before + [once(value, value) if value.__class__ is str else value for value in row]
