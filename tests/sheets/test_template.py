import io
import zipfile

from towns.sheets.reading import read_table
from towns.sheets.template import TemplateColumn, template

COLUMNS = (
    TemplateColumn("名次", "Rank", "从 1 开始", "485", is_required=True),
    TemplateColumn("状态", "Status", choices=("在建", "竣工")),
    TemplateColumn(
        "省", "Province", choices=tuple(f"第{number}个省级行政区" for number in range(40))
    ),
)


def _parts():
    data = template("千强镇", COLUMNS, ["每行一个镇。"])
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return data, {name: book.read(name).decode() for name in book.namelist()}


def test_template_is_an_empty_table_in_both_languages():
    data, _parts_ = _parts()

    for spelled in (
        {"rank": ("名次",), "status": ("状态",)},
        {"rank": ("Rank",), "p": ("Province",)},
    ):
        table = read_table("模板.xlsx", data, spelled)
        assert (table.sheet, table.header_row, len(table.rows)) == ("千强镇", 1, 0)


def test_template_offers_choices_also_where_they_are_too_long_for_a_cell():
    _data, parts = _parts()

    page = parts["xl/worksheets/sheet1.xml"]
    assert '<formula1>"在建,竣工"</formula1>' in page
    assert "<formula1>'Choices'!$C$1:$C$40</formula1>" in page
    assert 'state="frozen"' in page
    assert '<sheet name="Choices" sheetId="3" state="hidden"' in parts["xl/workbook.xml"]
