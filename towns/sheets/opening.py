"""Which kind of file it is, by its content; what its name says must agree with it."""

from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from towns.sheets.grid import MOST_BYTES, RefusedError
from towns.sheets.packed import Parts
from towns.sheets.workbook import Workbook

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXTS = (".csv", ".tsv", ".txt")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_PAGE_STARTS = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"<head")


def open_sheets(name: str, data: bytes) -> Workbook | bytes:
    """A workbook, or the bytes of a text. Raises `RefusedError`."""
    if len(data) > MOST_BYTES:
        raise RefusedError(
            _("This file is larger than %(most)s MB.") % {"most": MOST_BYTES // 1024**2}
        )
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise RefusedError(_("This file is empty."))
    suffix = PurePosixPath(name.lower()).suffix
    if data.startswith(_ZIP):
        parts = Parts.of(data)
        _refuse_other_archives(parts)
        if suffix in _TEXTS:
            raise RefusedError(
                _("This is an .xlsx workbook with the name of a text. Name it .xlsx.")
            )
        return Workbook(parts)
    _refuse_other_kinds(data)
    if suffix == ".xlsx":
        raise RefusedError(
            _("This file is called .xlsx and is none. Save it as .xlsx in Excel or WPS.")
        )
    return data


def _refuse_other_archives(parts: Parts) -> None:
    names = set(parts.infos)
    if any(name.endswith(("vbaproject.bin", "xl/macrosheets/sheet1.xml")) for name in names):
        raise RefusedError(_("This workbook holds macros. Save it as .xlsx without them."))
    if "xl/workbook.xml" in names:
        _refuse_macro_types(parts)
        return
    if "word/document.xml" in names:
        raise RefusedError(_("This is a Word document. Copy its table into a spreadsheet."))
    if "ppt/presentation.xml" in names:
        raise RefusedError(_("This is a presentation, not a spreadsheet."))
    if names & {"xl/workbook.bin", "mimetype", "index/document.iwa"}:
        raise RefusedError(_("Only .xlsx and .csv are read. Save it as .xlsx in Excel or WPS."))
    raise RefusedError(
        _("There is no spreadsheet in this file, or it is inside an archive: unpack it first.")
    )


def _refuse_macro_types(parts: Parts) -> None:
    types = "[content_types].xml"
    if types in parts and b"macroenabled" in parts.read(types, 2 * 1024**2).lower():
        raise RefusedError(_("This workbook holds macros. Save it as .xlsx without them."))


def _refuse_other_kinds(data: bytes) -> None:
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise RefusedError(_("This file is protected by a password. Take it off first."))
        raise RefusedError(_("This is an old Office file (.xls, .et). Save it as .xlsx."))
    if data.startswith(_PICTURES):
        raise RefusedError(_("This is a picture, not a spreadsheet."))
    if data.startswith(b"%PDF"):
        raise RefusedError(_("This is a PDF. Ask for the table as .xlsx."))
    if data.startswith(_ARCHIVES):
        raise RefusedError(_("This is an archive: unpack it first."))
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE_STARTS):
        raise RefusedError(
            _("This is a web page or XML that is called a spreadsheet. Save it as .xlsx.")
        )
