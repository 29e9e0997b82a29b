"""Workbooks made for tests: as a spreadsheet writes them, or part by part, as bad as wanted."""

import io
import zipfile
from collections.abc import Callable

import xlsxwriter

HEADERS = {
    "rank": ("名次", "排名", "Rank"),
    "town": ("镇", "乡镇名称", "Town"),
    "county": ("县（市、区）", "County"),
    "amount": ("投资额", "Investment"),
    "day": ("日期", "Date"),
}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def book(*fills: Callable, names: tuple[str, ...] = ("名单", "另一张", "第三张")) -> bytes:
    """Each of `fills` gets a sheet and the workbook."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as made:
        for name, fill in zip(names, fills, strict=False):
            fill(made.add_worksheet(name), made)
    return file.getvalue()


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def row(number: int, *texts: str, hidden: str = "") -> str:
    cells = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for place, text in enumerate(texts)
    )
    return f'<row r="{number}"{hidden}>{cells}</row>'


HEAD = row(1, "名次", "镇")


def parts(xml: str | bytes = "", **others: str | bytes) -> dict[str, str | bytes]:
    """The fewest parts that make a workbook of one sheet; a part can be replaced by its name."""
    return {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": xml or sheet(HEAD + row(2, "1", "金利镇")),
        **others,
    }


def packed(contents: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return file.getvalue()


def workbook(xml: str | bytes = "", **others: str | bytes) -> bytes:
    return packed(parts(xml, **others))
