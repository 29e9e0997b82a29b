import contextlib
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.imports.conftest import SOURCE
from tests.imports.word_files import archive
from towns.models import Article, RankingEntry, Upload

SAMPLES = Path(__file__).parents[1] / "samples"


def run(*args):
    out = io.StringIO()
    call_command("import_article", *map(str, args), stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("four_towns")
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


@pytest.mark.usefixtures("four_towns")
def test_text_is_for_a_person():
    said = run(SOURCE, "--check")

    assert "Publisher: Released by Zhaoqing" in said
    assert "△ 52: Jinli Town. [photographed by Chen Yancheng]" in said
    assert said.endswith("0 questions\n")


@pytest.mark.usefixtures("four_towns")
def test_exit_code_is_one_with_questions(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("题目\n\n高要区-金龙镇\n\n正文。", encoding="utf-8")

    with pytest.raises(SystemExit) as ended:
        run(file, "--check")

    assert ended.value.code == 1


@pytest.mark.usefixtures("four_towns")
@pytest.mark.parametrize("name", ["is-a-pdf.txt", "not-there.txt"])
def test_exit_code_is_two_when_refused(name):
    with pytest.raises(CommandError) as error:
        run(SAMPLES / "invalid/articles" / name, "--check")

    assert error.value.returncode == 2


def test_divisions_are_needed(db):
    with pytest.raises(CommandError, match="Load the divisions first"):
        run(SOURCE, "--check")


@pytest.mark.usefixtures("four_towns", "edition")
def test_without_check_it_is_kept_as_a_draft_by_whoever_is_named(keeper, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("题目\n\n四会市大沙镇列2023年全国千强镇第816位。", encoding="utf-8")

    said = json.loads(run(file, "--by", "keeper", "--format", "json"))

    assert Article.objects.get().slug == said["slug"]
    assert Upload.objects.get().received_by == keeper
    assert RankingEntry.objects.get().rank == 816
    assert {row["outcome"] for row in said["rows"]} == {"created"}


@pytest.mark.usefixtures("four_towns", "keeper")
def test_the_same_file_again_makes_nothing_and_says_so(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("题目\n\n正文。", encoding="utf-8")
    run(file, "--by", "keeper")

    assert run(file, "--by", "keeper").startswith("This file was kept before: 题目 (ti-mu)")
    assert Article.objects.count() == 1


@pytest.mark.usefixtures("four_towns", "keeper")
def test_exit_code_is_one_where_something_is_left_open():
    with pytest.raises(SystemExit) as ended:
        run(SOURCE, "--by", "keeper")

    assert ended.value.code == 1
    assert Article.objects.count() == 1


@pytest.mark.usefixtures("four_towns", "keeper")
def test_each_article_of_a_file_becomes_a_draft_of_its_own(tmp_path):
    file = tmp_path / "two.zip"
    file.write_bytes(archive({"a.txt": "题目一\n\n正文。", "b.txt": "题目二\n\n正文。"}))
    for number in (1, 2, 2):
        with contextlib.suppress(SystemExit):  # which of the two it is, is left open
            run(file, "--by", "keeper", "--number", number)

    assert set(Article.objects.values_list("title_zh", flat=True)) == {"题目一", "题目二"}
    with pytest.raises(CommandError, match="no article of this number"):
        run(file, "--by", "keeper", "--number", 3)
    assert Upload.objects.count() == 2


@pytest.mark.usefixtures("four_towns", "publisher")
@pytest.mark.parametrize("by", [(), ("--by", "nobody"), ("--by", "a-publisher")])
def test_only_a_person_who_may_import_keeps(by):
    with pytest.raises(CommandError) as error:
        run(SOURCE, *by)

    assert error.value.returncode == 2
    assert not Upload.objects.exists()
