import csv
import io
import zipfile

from towns.sheets.writing import Sheet, write

SHEET = Sheet("千强镇 2025: [all]", ["镇", "rank"], [["金利镇", 485], ["=1+1", None]])


def test_csv_opens_in_excel_and_runs_nothing():
    data = write(SHEET, "csv")

    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows == [["镇", "rank"], ["金利镇", "485"], ["'=1+1", ""]]


def test_xlsx_keeps_text_as_text():
    with zipfile.ZipFile(io.BytesIO(write(SHEET, "xlsx"))) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
        words = book.read("xl/sharedStrings.xml").decode()

    assert "<f>" not in page
    assert "=1+1" in words
    assert "<v>485</v>" in page


def test_a_sheet_without_rows_is_a_head():
    assert write(Sheet("x", ["a"], []), "csv").decode("utf-8-sig") == "a\r\n"
