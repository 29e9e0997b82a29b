import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from tests import records as made
from tests.imports.sheet.books import book
from towns.imports.sheet.kinds import KINDS
from towns.models import Party, Proposal, SheetUpload, Term, UploadRow

ADD = "/admin/towns/sheetupload/add/"
HEAD = ("中文名", "英文名", "类别")


def file(*rows, head=HEAD, name="parties.xlsx"):
    return SimpleUploadedFile(name, book(head, *rows))


def drop(client, *rows, kind="", **options):
    answer = client.post(ADD, {"kind": kind, "file": file(*rows, **options)}, follow=True)
    return answer, SheetUpload.objects.first()


def page(upload, act=""):
    return f"/admin/towns/sheetupload/{upload.pk}/{act or 'change'}/"


def keep(client, upload, **said):
    seen = client.get(page(upload)).context["fingerprint"]
    return client.post(page(upload, "keep"), {"seen": seen, **said}, follow=True)


def said_on(answer):
    return [str(message) for message in answer.context["messages"]]


def test_a_sheet_goes_from_the_desk_to_the_records(signed_in, writer):
    client = signed_in(writer)

    assert ADD in client.get("/admin/").content.decode()
    answer, upload = drop(client, ("高要发布", "Gaoyao Release", "media"))
    assert (upload.kind, upload.state, upload.received_by) == ("party", "read", writer)
    assert not Party.objects.exists()
    assert "Nothing is wrong" in answer.content.decode()
    answer = keep(client, upload)
    assert said_on(answer) == ["Kept as a whole: 1 row (created 1). Nothing became public by that."]
    assert UploadRow.objects.get().record == Party.objects.get()
    assert "Gaoyao Release" in answer.content.decode()


def test_with_a_fault_nothing_can_be_kept(signed_in, writer):
    client = signed_in(writer)

    answer, upload = drop(client, ("高要发布", "", "media"), ("四会发布", "", "planet"))
    text = answer.content.decode()
    assert "<b>C3</b> “planet” Write one of:" in text
    assert 'value="Keep all" disabled' in text
    answer = keep(client, upload)
    assert not Party.objects.exists()
    assert "1 row has faults" in said_on(answer)[0]


def test_the_same_sheet_comes_back_with_remarks(signed_in, writer):
    client = signed_in(writer)
    _answer, upload = drop(client, ("高要发布", "", "media"), ("四会发布", "", "planet"))

    answer = client.get(page(upload, "remarks"))

    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    last = rows.to_python()[2]
    assert last[:3] == ["四会发布", "", "planet"]
    assert last[-1].startswith("C3 Write one of:")


def test_a_corrected_sheet_takes_the_place_of_the_first(signed_in, writer):
    client = signed_in(writer)
    _answer, first = drop(client, ("高要发布", "", "planet"))
    first.answers = {"a:question": "answered"}
    first.save()

    corrected = file(("高要发布", "", "media"))
    client.post(page(first, "again"), {"file": corrected}, follow=True)

    second = SheetUpload.objects.first()
    first.refresh_from_db()
    assert (first.state, second.state) == ("dropped", "read")
    assert second.answers["a:question"] == "answered"


def test_questions_are_answered_on_the_page(signed_in, writer):
    made.town("441284105")
    made.town("440783106", name_zh="大沙镇", name_en="Dasha")
    made.source()
    client = signed_in(writer)
    row = ("大沙镇", "产值", 1, "yuan", "A report")
    answer, upload = drop(client, row, head=("镇", "指标", "数值", "单位", "出处"))
    [question] = answer.context["checked"].open_questions

    answer = client.post(
        page(upload, "answer"), {f"answer:{question.key}": "441284105"}, follow=True
    )

    assert answer.context["checked"].open_questions == []
    assert answer.context["why_not"] == ""


def test_a_change_of_a_public_record_is_proposed_with_a_reason(signed_in, writer):
    made.public_project("a-road", made.town())
    client = signed_in(writer)
    answer, upload = drop(client, ("a-road", "in_use"), head=("网址名", "进度"), kind="project")
    assert "<del>planned</del>" in answer.content.decode()

    refused = client.post(page(upload, "keep"), {"reason": "", "nature": "update"})
    assert refused.status_code == 409
    keep(client, upload, reason="It is open", nature="update")

    proposal = Proposal.objects.get()
    assert (proposal.reason, proposal.nature) == ("It is open (2)", "update")


def test_the_same_file_again_says_so(signed_in, writer):
    client = signed_in(writer)
    data = file(("高要发布", "", "media")).read()
    client.post(ADD, {"file": SimpleUploadedFile("a.xlsx", data)})
    keep(client, SheetUpload.objects.first())

    answer = client.post(ADD, {"file": SimpleUploadedFile("a.xlsx", data)}, follow=True)

    assert said_on(answer)[0].startswith("This very file was kept already:")
    assert "Nothing would change" in answer.content.decode()


def test_what_is_no_sheet_is_refused_in_a_sentence(signed_in, writer):
    answer = signed_in(writer).post(ADD, {"file": SimpleUploadedFile("a.xlsx", b"not a sheet")})

    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not SheetUpload.objects.exists()


def test_large_sheets_are_paged_and_filtered(signed_in, writer):
    client = signed_in(writer)
    rows = [(f"一报{number}", "", "media") for number in range(120)]

    _answer, upload = drop(client, *rows, ("坏报", "", "planet"))

    assert len(client.get(page(upload) + "?outcome=all").context["rows"]) == 50
    assert len(client.get(page(upload) + "?outcome=all&page=3").context["rows"]) == 21
    assert [row.number for row in client.get(page(upload)).context["rows"]] == [122]
    assert len(client.get(page(upload) + "?outcome=all&q=一报11").context["rows"]) == 11


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_empty_sheet(signed_in, writer, kind):
    answer = signed_in(writer).get(f"/admin/towns/sheetupload/template/{kind}/")

    head = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert len(head.to_python()[0]) == len(KINDS[kind].columns)


def test_a_list_is_exported_from_the_admin(signed_in, writer):
    term = Term.objects.create(name_zh="四会发布", name_en="Sihui Release")
    chosen = {"action": "export_sheet", "_selected_action": [term.pk]}

    answer = signed_in(writer).post("/admin/towns/term/", chosen)

    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert rows.to_python()[1][:2] == ["四会发布", "Sihui Release"]


def test_who_may_not_write_may_look_and_change_nothing(signed_in, writer, publisher):
    client = signed_in(writer)
    _answer, upload = drop(client, ("高要发布", "", "media"))
    client = signed_in(publisher)

    assert client.get(ADD).status_code == 403
    assert client.get(page(upload)).status_code == 200
    for act in ("again", "answer", "keep", "drop"):
        assert client.post(page(upload, act)).status_code == 403
    upload.refresh_from_db()
    assert upload.state == "read"
