import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from tests.sheets.workbooks import HEAD, HEADERS, book, parts, row, sheet, workbook
from towns.sheets.reading import RefusedError, read_table

CSV = "名次,镇,投资额\n485,金利镇,3.2亿\n"


def read(*fills, name="名单.xlsx"):
    return read_table(name, book(*fills), HEADERS)


def values(table):
    return [[cell.value for cell in row.cells.values()] for row in table.rows]


def test_table_is_found_between_title_and_note():
    def fill(page, _made):
        page.merge_range("A1:D1", "2025 年千强镇")
        page.write_row(
            "A3", ["名次\nRank", "Town", "县（市、区）", "投资额（亿元）", "备用", "批注"]
        )
        page.write_row("A4", [485, "金利镇　", "高要区", 3.2, "x", "改这里"])
        page.write("A6", "注：四舍五入。")

    table = read(fill)

    assert (table.sheet, table.header_row) == ("名单", 3)
    assert table.columns == {"rank": "A", "town": "B", "county": "C", "amount": "D"}
    assert table.left_out == [(1, "2025 年千强镇"), (6, "注：四舍五入。")]
    assert table.unknown_columns == [("E", "备用")]
    first = table.rows[0]
    assert (first.number, values(table)) == (
        4,
        [[Decimal(485), "金利镇", "高要区", Decimal("3.2")]],
    )
    assert (first.cells["amount"].name, first.cells["amount"].unit) == ("D4", "亿元")


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("gb18030"),
        CSV.encode("utf-16"),
        CSV.replace(",", "\t").encode(),
        CSV.replace(",", ";").replace("\n", "\r\n").encode("gb18030"),
        CSV.replace("\n", "\r").encode(),
        "单位，人名;有,很,多,逗,号\n\n".encode() + CSV.replace(",", ";").encode(),
    ],
    ids=["utf8", "bom", "gb18030", "utf16", "tab", "semicolon", "old mac", "commas above"],
)
def test_text_is_read_in_every_usual_form(data):
    table = read_table("a.csv", data, HEADERS)

    assert values(table) == [["485", "金利镇", "3.2亿"]]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("投资额", ""),
        ("投资额（亿元）", "亿元"),
        ("＊投 资\n额 (单位：万元)", "万元"),
        ("投资额/Investment", ""),
        ("Investment (million yuan)", "million yuan"),
        ("INVESTMENT in yuan", "yuan"),
        ("投資額【必填】", None),
        ("投資額（必填）", ""),
        ("计划投资额", None),
        ("投资额（2023）", None),
    ],
)
def test_header_may_be_written_in_many_ways_but_not_mean_another(header, unit):
    table = read(lambda page, _made: page.write_row(0, 0, ["镇", "名次", header]))

    found = {column.key: column.unit for column in table.rows._columns}
    assert found.get("amount") == unit
    assert table.unknown_columns == ([("C", header)] if unit is None else [])


def test_unit_above_the_table_holds_where_a_header_names_none():
    def fill(page, _made):
        page.write("D1", "单位：万元")
        page.write_row("A2", ["镇", "投资额"])
        page.write_row("A3", ["金利镇", 5])

    assert read(fill).rows[0].cells["amount"].unit == "万元"


def test_value_of_a_merged_area_belongs_to_every_row_of_it():
    def fill(page, _made):
        page.write_row("A1", ["县（市、区）", "镇"])
        page.merge_range("A2:A4", "高要区")
        page.write_column("B2", ["金利镇", "金渡镇", "白土镇"])

    assert [county for county, _town in values(read(fill))] == ["高要区"] * 3


def test_header_of_two_rows_is_read_as_one():
    def fill(page, _made):
        page.merge_range("A1:A2", "名次")
        page.merge_range("B1:C1", "所在地")
        page.write_row("B2", ["镇", "县（市、区）"])
        page.write_row("A3", [1, "金利镇", "高要区"])

    table = read(fill)

    assert (table.columns, table.left_out) == ({"rank": "A", "town": "B", "county": "C"}, [])
    assert values(table) == [[1, "金利镇", "高要区"]]


def test_sums_notes_headings_and_repeated_headers_are_said_and_not_read():
    def fill(page, _made):
        page.write_row("A1", ["名次", "镇", "县（市、区）"])
        page.merge_range("A2:C2", "一、高要区")
        page.write_row("A3", [1, "金利镇", "高要区"])
        page.write_row("A4", ["名次", "镇", "县（市、区）"])
        page.write_row("A5", [2, "金渡镇", "高要区"])
        page.write_row("A6", ["合 计", 2])
        page.write("E7", "打印前删掉")
        page.write("A8", "资料来源：统计局")
        page.write("A9", "以上数据截至 2023 年 9 月 30 日止")

    table = read(fill)

    assert [row.number for row in table.rows] == [3, 5]
    assert [number for number, _text in table.left_out] == [2, 4, 6, 7, 8, 9]


def test_rows_that_hold_nothing_but_a_name_are_the_table():
    names = "镇,名次\n" + "金利镇五金产业集聚区基础设施建设项目，一期,\n" * 3

    assert len(read_table("a.csv", names.encode().replace("，".encode(), b""), HEADERS).rows) == 3


def test_hidden_rows_are_read_and_said():
    def fill(page, _made):
        page.write_row("A1", ["名次", "镇"])
        page.write_row("A2", [1, "金利镇"])
        page.write_row("A3", [2, "金渡镇"])
        page.set_row(1, None, None, {"hidden": True})

    table = read(fill)

    assert table.hidden_rows == [2]
    assert [row.is_hidden for row in table.rows] == [True, False]


def test_formula_without_result_and_error_are_faults_of_their_cells():
    def fill(page, _made):
        page.write_row("A1", ["名次", "镇", "投资额"])
        page.write_formula("A2", "=1+1", None, 2)
        page.write_formula("B2", '="金利"&"镇"', None, "金利镇")
        page.write_formula("C2", "=A9", None, "#REF!")
        page.write_formula("A3", "=1+1", None, "")

    table = read(fill)

    first, second = (row.cells for row in table.rows)
    assert (first["rank"].value, first["town"].value) == (2, "金利镇")
    assert (first["amount"].value, first["amount"].fault) == (
        None,
        "This cell holds the error #REF! instead of a value.",
    )
    assert second["rank"].name == "A3"
    assert second["rank"].fault == (
        "The formula in this cell has no result. Let it be calculated and save again."
    )


def test_error_in_a_text_is_a_fault_too():
    table = read_table("a.csv", "名次,镇\n#N/A,金利镇\n".encode(), HEADERS)

    assert table.rows[0].cells["rank"].fault == "This cell holds the error #N/A instead of a value."


def test_format_says_how_exact_a_date_is_and_in_what_a_number_counts():
    def fill(page, made):
        page.write_row("A1", ["镇", "日期", "投资额"])
        page.write("A2", "金利镇")
        page.write("B2", 45219, made.add_format({"num_format": 'yyyy"年"m"月"'}))
        page.write("C2", 3.2, made.add_format({"num_format": '0.00"亿元"'}))
        page.write("B3", 45219, made.add_format({"num_format": "yyyy-mm-dd"}))
        page.write("C3", 0.053, made.add_format({"num_format": "0.0%"}))

    (first, second) = (row.cells for row in read(fill).rows)

    assert (first["day"].value, first["day"].precision) == (dt.date(2023, 10, 20), "month")
    assert (first["day"].shown, first["amount"].unit) == ("2023-10", "亿元")
    assert second["day"].precision == "day"
    assert (second["amount"].value, second["amount"].shown) == (Decimal("5.3"), "5.3%")


def test_first_shown_sheet_with_a_table_is_read_and_the_others_are_named():
    def table(town):
        def fill(page, _made):
            page.write_row("A1", ["名次", "镇"])
            page.write_row("A2", [1, town])
            if town == "旧":
                page.hide()

        return fill

    read_one = read(lambda page, _made: page.write("A1", "说明"), table("旧"), table("新"))

    assert (read_one.sheet, values(read_one)) == ("第三张", [[1, "新"]])
    assert read_one.left_out == [
        (0, "The sheet “名单” was not read."),
        (0, "The sheet “另一张” was not read."),
    ]


def test_look_of_empty_cells_far_away_does_not_make_a_sheet_large():
    look = '<c r="XFD2" s="0"/></row><row r="1048576"><c r="A1048576" s="0"/></row>'
    xml = sheet(HEAD + row(2, "1", "金利镇").replace("</row>", look))

    assert values(read_table("a.xlsx", workbook(xml), HEADERS)) == [["1", "金利镇"]]


def test_cells_without_names_comments_and_prefixes_are_understood():
    xml = (
        '<x:worksheet xmlns:x="m"><!-- <x:c> --><x:dimension ref="A1:XFD1048576"/><x:sheetData>'
        '<x:row><x:c t="inlineStr"><x:is><x:t>名次</x:t></x:is></x:c>'
        '<x:c t="inlineStr"><x:is><x:t><![CDATA[镇]]></x:t></x:is></x:c></x:row>'
        "<x:row><x:c><x:v>1</x:v></x:c><x:c t='str'><x:v>金利&amp;镇</x:v></x:c></x:row>"
        "</x:sheetData></x:worksheet>"
    )

    assert values(read_table("a.xlsx", workbook(xml), HEADERS)) == [[1, "金利&镇"]]


def test_column_named_twice_is_refused():
    data = "镇,名次,Town\n金利镇,1,金渡镇\n".encode()

    with pytest.raises(RefusedError) as refused:
        read_table("a.csv", data, HEADERS)

    assert str(refused.value) == ("The columns A and C are both called “Town”. Rename one.")


def test_sheet_without_header_is_refused_with_the_names_that_are_looked_for():
    with pytest.raises(RefusedError) as refused:
        read_table("a.csv", "甲,乙\n1,2\n".encode(), HEADERS)

    assert str(refused.value) == (
        "No row of this file names the columns. They are called: "
        "名次, 镇, 县（市、区）, 投资额, 日期."
    )


def test_refusal_speaks_the_language_of_the_reader():
    with translation.override("zh-hans"), pytest.raises(RefusedError) as refused:
        read_table("a.xlsx", b"\x89PNG", HEADERS)

    assert str(refused.value) == "这是图片，不是电子表格。"


def test_workbook_of_the_fewest_parts_is_read():
    assert set(parts()) == {
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
    }
    assert values(read_table("a.xlsx", workbook(), HEADERS)) == [["1", "金利镇"]]


def test_rows_can_be_asked_for_by_place_and_again():
    table = read_table("a.csv", "名次,镇\n1,甲镇\n2,乙镇\n".encode(), HEADERS)

    assert [row.number for row in table.rows] == [row.number for row in table.rows] == [2, 3]
    assert table.rows[-1].cells["town"].value == "乙镇"
    assert len(table.rows[:1]) == 1
