import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import records
from towns.models import Region

SAMPLES = Path(__file__).parents[1] / "samples"
SOURCE = SAMPLES / "valid/articles/source-article.en.txt"


@pytest.fixture
def _four_towns(db):
    records.town("441284105")
    records.town("441284100", name_zh="龙甫镇", name_en="Longfu")
    records.town("441204115", name_zh="金利镇", name_en="Jinli")
    records.town("441204103", name_zh="禄步镇", name_en="Lubu")
    Region.objects.filter(code="441204").update(name_zh="高要区", name_en="Gaoyao")
    Region.objects.filter(code="441284").update(name_zh="四会市", name_en="Sihui")


def run(*args):
    out = io.StringIO()
    call_command("import_article", *map(str, args), stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("_four_towns")
def test_json_says_what_was_understood():
    said = json.loads(run(SOURCE, "--check", "--format", "json"))

    assert said["published_at"] == "2023-10-20T19:16:00+08:00"
    assert [section["town_code"] for section in said["sections"]] == [
        "441204115",
        "441204103",
        "441284105",
        "441284100",
    ]
    assert len(said["figures"]) == 13
    assert said["questions"] == []


@pytest.mark.usefixtures("_four_towns")
def test_text_is_for_a_person():
    said = run(SOURCE, "--check")

    assert "Publisher: Released by Zhaoqing" in said
    assert "△ 52: Jinli Town. [photographed by Chen Yancheng]" in said
    assert said.endswith("0 questions\n")


@pytest.mark.usefixtures("_four_towns")
def test_exit_code_is_one_with_questions(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("题目\n\n高要区-金龙镇\n\n正文。", encoding="utf-8")

    with pytest.raises(SystemExit) as ended:
        run(file, "--check")

    assert ended.value.code == 1


@pytest.mark.usefixtures("_four_towns")
@pytest.mark.parametrize("name", ["is-a-pdf.txt", "not-there.txt"])
def test_exit_code_is_two_when_refused(name):
    with pytest.raises(CommandError) as error:
        run(SAMPLES / "invalid/articles" / name, "--check")

    assert error.value.returncode == 2


def test_divisions_are_needed(db):
    with pytest.raises(CommandError, match="Load the divisions first"):
        run(SOURCE, "--check")


def test_check_is_required(db):
    with pytest.raises(CommandError, match="--check"):
        run(SOURCE)
