import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests import records
from tests.imports.sheet.books import book
from tests.signing import person
from towns.accounts.roles import WRITER
from towns.models import Party, Upload

HEAD = ("中文名", "英文名", "类别")


@pytest.fixture
def sheet(tmp_path):
    def made(*rows, head=HEAD):
        file = tmp_path / "parties.xlsx"
        file.write_bytes(book(head, *rows))
        return file

    return made


def run(*args):
    out = io.StringIO()
    call_command("import_sheet", *map(str, args), stdout=out)
    return out.getvalue()


def test_checking_keeps_nothing(sheet, db):
    said = json.loads(run("party", sheet(("高要发布", "", "media")), "--check", "--format", "json"))

    assert (said["rows"]["created"], said["faults"], said["kept"]) == (1, [], False)
    assert not Party.objects.exists()
    assert not Upload.objects.exists()


def test_faults_have_row_and_column_and_end_with_1(sheet, loaded_roles, capsys):
    file = sheet(("高要发布", "", "media"), ("四会发布", "", "planet"))
    out = io.StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("import_sheet", "party", str(file), "--check", "--format", "json", stdout=out)

    assert ended.value.code == 1
    said = json.loads(out.getvalue())
    assert said["rows"]["fault"] == 1
    [fault] = said["faults"]
    assert (fault["row"], fault["column"], fault["value"]) == (3, "C", "planet")


def test_a_person_with_the_right_keeps_it(sheet, loaded_roles):
    writer = person(WRITER)

    said = run("party", sheet(("高要发布", "", "media")), "--by", writer.username)

    assert "Kept as a whole." in said
    assert Upload.objects.get().received_by == writer
    assert Party.objects.get().name_zh == "高要发布"


def test_what_is_no_table_or_nobody_s_to_import_ends_with_2(sheet, loaded_roles, tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"PK\x03\x04 no workbook")
    outsider = person("guest")

    for args in (("party", file, "--check"), ("party", sheet(), "--by", outsider.username)):
        with pytest.raises(CommandError) as refused:
            run(*args)
        assert refused.value.returncode == 2


def test_a_question_is_answered_on_the_command_line(sheet, loaded_roles):
    records.town("441204115", name_zh="金利镇")
    file = sheet(("金利镇", "产值", 1, "yuan", "公报"), head=("镇", "指标", "数值", "单位", "出处"))
    asked = ("statistic", file, "--check", "--format", "json")

    with pytest.raises(SystemExit):
        run(*asked)

    said = json.loads(run(*asked, "--answer", "source:公报=new"))
    assert said["rows"]["created"] == 1


def test_an_export_is_read_again(loaded_roles, tmp_path):
    Party.objects.create(kind="media", name_zh="高要发布")
    file = tmp_path / "all.csv"
    call_command("export_sheet", "party", str(file), stdout=io.StringIO())

    said = json.loads(run("party", file, "--check", "--format", "json"))

    assert said["rows"]["unchanged"] == 1
