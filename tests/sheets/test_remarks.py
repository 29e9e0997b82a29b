import datetime as dt

from tests.sheets.workbooks import HEADERS, book, row, sheet, workbook
from towns.sheets.reading import find_table, read_table
from towns.sheets.remarks import remarked


def test_remarks_stand_beside_their_rows_and_nothing_moves():
    def fill(page, made):
        page.merge_range("A1:C1", "2025 年千强镇")
        page.write_row("A3", ["名次", "镇", "日期", "投资额"])
        page.write_row("A4", [1, "下茅镇"])
        page.write_datetime("C4", dt.datetime(2023, 10, 1), month(made))
        page.write("D4", 3.2, made.add_format({"num_format": '0.0"亿元"'}))
        page.write_row("A5", ["２", "金利镇", "2023-10"])
        page.set_row(4, None, None, {"hidden": True})

    def month(made):
        return made.add_format({"num_format": 'yyyy"年"m"月"'})

    data = book(fill)
    before = read_table("名单.xlsx", data, HEADERS)

    back = remarked("名单.xlsx", data, HEADERS, {4: ["没有这个镇。", "是不是下茆镇？"]}, {"B4"})

    after = read_table("名单.xlsx", back, HEADERS)
    assert list(after.rows) == list(before.rows)
    assert (after.columns, after.unknown_columns) == (before.columns, [])
    assert (after.header_row, after.hidden_rows) == (3, [5])
    grid, _table = find_table("名单.xlsx", back, HEADERS)
    assert grid.rows[2][4] == "批注 Remarks"
    assert grid.rows[3][4] == "没有这个镇。\n是不是下茆镇？"
    assert grid.rows[0][0] == "2025 年千强镇"


def test_remarks_of_the_first_time_are_replaced():
    data = workbook(sheet(row(1, "名次", "批注", "镇") + row(2, "1", "旧", "金利镇")))

    back = remarked("a.xlsx", data, HEADERS, {2: ["新"]})

    grid, table = find_table("a.xlsx", back, HEADERS)
    assert table.columns == {"rank": "A", "town": "C"}
    assert [row[1] for row in grid.rows] == ["批注 Remarks", "新"]


def test_text_comes_back_as_a_workbook_and_runs_nothing():
    data = "名次,镇\n1,=1+1\n".encode("gb18030")

    back = remarked("a.csv", data, HEADERS, {2: ["？"]})

    assert read_table("a.xlsx", back, HEADERS).rows[0].cells["town"].value == "=1+1"
