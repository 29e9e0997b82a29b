"""A sheet in a real browser: with a fault and a question, given back, put right and kept."""

from pathlib import Path

from python_calamine import CalamineWorkbook

from tests import records as made
from tests.browser.conftest import DESK, PHONE, until
from tests.browser.test_publishing import serious
from tests.imports.sheet.books import book
from towns.models import SheetUpload, Statistic

HEAD = ("镇", "指标", "数值", "单位", "出处")
ROWS = (
    ("大沙镇", "五金产值", "很多", "yuan", "A report"),
    ("大沙镇", "常住人口", 5, "people", "A report"),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(data: bytes) -> dict:
    return {"name": "2025.xlsx", "mimeType": XLSX, "buffer": data}


def corrected(file: Path) -> bytes:
    """As a person does it: the remarks are read and left there, the cell is put right."""
    head, first, *rest = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert first[-1].startswith("C2 ")
    first[2] = 7
    return book(head, first, *rest)


def test_a_faulty_sheet_is_given_back_put_right_and_kept(staff_page, demo, turn):
    with turn:
        made.source()
        before = Statistic.objects.count()
    page = staff_page("writer", size=DESK)

    page.get_by_role("link", name="Import a sheet").click()
    page.locator("#id_file").wait_for()
    assert serious(page) == []
    page.set_input_files("#id_file", sheet(book(HEAD, *ROWS)))
    page.get_by_role("button", name="Check it row by row").click()
    page.get_by_text("1 row has faults · 1 question is not answered").wait_for()
    assert page.locator("#row-2 td.wrong").inner_text() == "很多"
    assert page.get_by_role("button", name="Keep all").is_disabled()
    assert serious(page) == []

    page.get_by_role("radio", name="440783106").click()
    page.get_by_text("Still: 1 row has faults.").wait_for()
    with page.expect_download() as given:
        page.get_by_role("link", name="Download .xlsx").click()
    page.set_input_files("#again", sheet(corrected(given.value.path())))
    page.get_by_role("button", name="Check again").click()
    page.get_by_text("Nothing is wrong.").wait_for()
    page.set_viewport_size(dict(zip(("width", "height"), PHONE, strict=True)))
    until(lambda: page.evaluate("innerWidth") == PHONE[0])
    assert serious(page) == []
    page.get_by_role("button", name="Keep all").click()
    page.get_by_text("Kept as a whole: 2 rows").wait_for()
    assert serious(page) == []

    with turn:
        assert Statistic.objects.count() == before + 2
        assert Statistic.objects.filter(town__code="440783106").count() == 2
        assert sorted(SheetUpload.objects.values_list("state", flat=True)) == ["dropped", "kept"]


def test_what_is_no_sheet_is_refused_in_a_sentence(staff_page, demo):
    page = staff_page("writer", "towns/sheetupload/add/")

    page.set_input_files("#id_file", {**sheet(b"\x89PNG\r\n\x1a\n"), "name": "a.xlsx"})
    page.get_by_role("button", name="Check it row by row").click()

    page.get_by_text("This is a picture, not a spreadsheet.").wait_for()
    assert serious(page) == []
