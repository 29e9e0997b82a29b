"""Files that are meant to do harm, or are not what they are called. Each with its refusal."""

import struct

from tests.sheets.workbooks import HEAD, packed, parts, row, sheet, workbook

DAMAGED = "This file is damaged or cut off: it cannot be opened."
_TABLE = "名次,镇\n1,金利镇\n"
_MEGABYTE = 1024 * 1024


def _lying_bomb() -> bytes:
    """It says that it unpacks to 1,000 bytes, in both places where a file says so."""
    return _stating(workbook(b"<worksheet>" + b" " * (30 * _MEGABYTE)), 1_000)


def _stating(workbook: bytes, size: int) -> bytes:
    data = bytearray(workbook)
    name = b"xl/worksheets/sheet1.xml"
    local, central = data.index(name) - 30, data.rindex(name) - 46
    data[local + 22 : local + 26] = data[central + 24 : central + 28] = struct.pack("<I", size)
    return bytes(data)


def _laughs() -> str:
    entities = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else '<!ENTITY a0 "ha">' for n in range(10)
    )
    return f"<!DOCTYPE w [{entities}]>" + sheet(row(1, "&a9;"))


def _cells(*names: str, row_name: str = "1") -> str:
    cells = "".join(f'<c r="{name}"><v>1</v></c>' for name in names)
    return sheet(f'{HEAD}<row r="{row_name}">{cells}</row>')


def _old_office(word: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + word.encode("utf-16-le") + b"\0" * 512
    )


# name of the case → (file name, what makes its bytes, the whole sentence)
HOSTILE = {
    "bomb in a sheet": (
        "a.xlsx",
        lambda: _stating(workbook(), 1_000 * _MEGABYTE),
        "A part of this file unpacks to more than 80 MB.",
    ),
    "bomb that lies about its size": ("a.xlsx", _lying_bomb, DAMAGED),
    "bomb in the words": (
        "a.xlsx",
        lambda: workbook(**{"xl/sharedStrings.xml": b"<sst>" + b" " * (41 * _MEGABYTE)}),
        "A part of this file unpacks to more than 40 MB.",
    ),
    "million words": (
        "a.xlsx",
        lambda: workbook(**{"xl/sharedStrings.xml": f"<sst>{'<si/>' * 1_500_000}</sst>"}),
        "This file holds more words than any table.",
    ),
    "billion laughs": (
        "a.xlsx",
        lambda: workbook(_laughs()),
        "This file declares a document type of its own, which is not accepted.",
    ),
    "entity that fetches": (
        "a.xlsx",
        lambda: workbook(
            **{
                "xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
            }
        ),
        "This file declares a document type of its own, which is not accepted.",
    ),
    "two cells that span everything": (
        "a.xlsx",
        lambda: workbook(_cells("A2", "XFD1048576", row_name="2")),
        "This sheet has more than 100,000 rows. Split it.",
    ),
    "far column": (
        "a.xlsx",
        lambda: workbook(_cells("XFD2", row_name="2")),
        "This sheet has more than 200 columns.",
    ),
    "million columns": (
        "a.xlsx",
        lambda: workbook(sheet(f"<row>{'<c><v>1</v></c>' * 1_000_000}</row>")),
        "This sheet has more than 200 columns.",
    ),
    "names hidden in other attributes": (
        "a.xlsx",
        lambda: workbook(sheet(f'{HEAD}<row r="2"><c s=\'" r="A2"\' r="ZZZ2"><v>1</v></c></row>')),
        "This sheet has more than 200 columns.",
    ),
    "cells under another prefix": (
        "a.xlsx",
        lambda: workbook(
            sheet(f'{HEAD}<x:row xmlns:x="x" r="2"><x:c r="XFD2"><x:v>1</x:v></x:c></x:row>')
        ),
        "This sheet has more than 200 columns.",
    ),
    "rows in disorder": (
        "a.xlsx",
        lambda: workbook(sheet(row(9, "1", "2") + row(1, "名次", "镇"))),
        DAMAGED,
    ),
    "too many rows": (
        "a.csv",
        lambda: ("名次,镇\n" + "1,2\n" * 100_000).encode(),
        "This sheet has more than 100,000 rows. Split it.",
    ),
    "too many cells": (
        "a.csv",
        lambda: ("," * 10_000_000).encode(),
        "This sheet reaches over more than 2,000,000 cells. Split it.",
    ),
    "too large": ("a.csv", lambda: b" " * (41 * _MEGABYTE), "This file is larger than 40 MB."),
    "too large a text": (
        "a.csv",
        lambda: b"a" * (21 * _MEGABYTE),
        "This text is larger than 20 MB. Split it.",
    ),
    "too many files inside": (
        "a.xlsx",
        lambda: packed({f"{n}": "" for n in range(6000)}),
        "This file holds more than 5,000 files.",
    ),
    "too many merged cells": (
        "a.xlsx",
        lambda: workbook(sheet(HEAD, after='<mergeCell ref="A1:B9"/>' * 30_000)),
        "This sheet has more merged cells than any table.",
    ),
    "macros": (
        "a.xlsx",
        lambda: workbook(**{"xl/vbaProject.bin": b"x"}),
        "This workbook holds macros. Save it as .xlsx without them.",
    ),
    "macros by its type": (
        "a.xlsx",
        lambda: workbook(
            **{"[Content_Types].xml": "application/vnd.ms-excel.sheet.macroEnabled.main+xml"}
        ),
        "This workbook holds macros. Save it as .xlsx without them.",
    ),
    "password": (
        "a.xlsx",
        lambda: _old_office("EncryptedPackage"),
        "This file is protected by a password. Take it off first.",
    ),
    "old office": (
        "a.xls",
        lambda: _old_office("Workbook"),
        "This is an old Office file (.xls, .et). Save it as .xlsx.",
    ),
    "picture": ("a.xlsx", lambda: b"\x89PNG\r\n\x1a\n", "This is a picture, not a spreadsheet."),
    "archive called text": (
        "a.csv",
        lambda: packed({"a.csv": _TABLE}),
        "There is no spreadsheet in this file, or it is inside an archive: unpack it first.",
    ),
    "workbook called text": (
        "a.csv",
        workbook,
        "This is an .xlsx workbook with the name of a text. Name it .xlsx.",
    ),
    "word document": (
        "a.xlsx",
        lambda: packed({"word/document.xml": "<w/>"}),
        "This is a Word document. Copy its table into a spreadsheet.",
    ),
    "text called workbook": (
        "a.xlsx",
        lambda: _TABLE.encode(),
        "This file is called .xlsx and is none. Save it as .xlsx in Excel or WPS.",
    ),
    "page called workbook": (
        "a.xls",
        lambda: b"<html><table><tr><td>1</td></tr></table>",
        "This is a web page or XML that is called a spreadsheet. Save it as .xlsx.",
    ),
    "cut off": ("a.xlsx", lambda: workbook()[:-30], DAMAGED),
    "cut off sheet": ("a.xlsx", lambda: workbook(sheet(HEAD)[:-20]), DAMAGED),
    "no sheet": (
        "a.xlsx",
        lambda: packed(parts() | {"xl/workbook.xml": "<workbook/>"}),
        "There is no sheet in this file.",
    ),
    "nothing": ("a.csv", lambda: b"\r\n ", "This file is empty."),
    "not a text": ("a.csv", lambda: b"\x00\x01\x02" * 20, "This file holds no readable text."),
}
