"""The demo holds the facts of the source article, counted there by hand."""

import re
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from towns.management.commands import load_demo
from towns.models import (
    Article,
    HeadingBlock,
    Honour,
    Party,
    Photo,
    PhotoBlock,
    Project,
    RankingEntry,
    Statistic,
    TextBlock,
    User,
)
from towns.proofing.checks import proof


def test_statistics(draft_demo):
    qualifiers = Counter(Statistic.objects.values_list("qualifier", flat=True))
    towns = Counter(Statistic.objects.values_list("town__name_en", flat=True))

    assert qualifiers == {"exact": 14, "over": 6, "about": 2}
    assert towns == {"Jinli": 3, "Lubu": 4, "Dasha": 10, "Longfu": 5}
    assert Statistic.objects.get(basis="target").value == 100_000
    assert Statistic.objects.filter(scope_en="above designated size").count() == 2


def test_projects(draft_demo):
    statuses = Counter(Project.objects.values_list("status", flat=True))
    towns = Counter(Project.objects.values_list("towns__name_en", flat=True))

    assert statuses == {
        "under_construction": 7,
        "planned": 4,
        "begun": 2,
        "in_use": 1,
        "in_production": 1,
        "fund_raising": 1,
        "donation": 1,
        "launched": 1,
    }
    assert towns == {"Jinli": 10, "Lubu": 8}


def test_captions_and_credits(draft_demo):
    photos = Photo.objects.filter(substitute="drawing")
    parties = Counter(photos.values_list("credits__party__kind", flat=True))

    assert photos.count() == 13
    assert photos.exclude(caption_en="").count() == 8
    assert parties["person"] == 5
    assert sum(parties.values()) - parties["person"] == 8
    people = photos.filter(credits__party__kind="person").values_list("credits__party", flat=True)
    assert len(set(people)) == 4


def test_article_has_its_sections_subheadings_and_pictures_in_order(draft_demo):
    headings = HeadingBlock.objects.filter(parent=draft_demo.article).order_by("ordering")
    by_town, town = Counter(), None
    for heading in headings:
        town = heading.town.name_en if heading.town else town
        by_town[town] += heading.level == HeadingBlock.Level.SUBHEADING

    assert by_town == {"Jinli": 2, "Lubu": 3, "Dasha": 2, "Longfu": 1}
    assert PhotoBlock.objects.filter(parent=draft_demo.article).count() == 13


def test_articles_come_in_the_order_of_time_and_the_source_article_leads(draft_demo):
    slugs = [article.slug for article in draft_demo.articles]

    assert slugs == ["four-towns-2023", "lubu-three-plans", "village-accounts", "twelve-towns-2025"]
    assert draft_demo.article.slug == "four-towns-2023"
    assert len({article.lead_photo_id for article in draft_demo.articles}) == 4
    assert {article.column.slug for article in draft_demo.articles} == {
        "town-economy",
        "culture",
        "countryside",
    }


def test_a_story_written_for_the_demo_says_so(draft_demo):
    for article in draft_demo.articles[1:]:
        assert "示例稿" in article.summary_zh
        assert "sample story, written for this demo" in article.summary_en
        assert article.publisher.name_en == "Demo newsroom"


def test_proofing_finds_nothing_in_the_articles(draft_demo):
    assert [remark for article in draft_demo.articles for remark in proof(article)] == []


def test_every_rank_in_a_text_is_on_record(draft_demo):
    texts = " ".join(TextBlock.objects.values_list("html_zh", flat=True))

    stated = {int(rank) for rank in re.findall(r"第 (\d+) 位", texts)}
    assert {485, 794, 816, 990} < stated
    assert stated <= set(RankingEntry.objects.values_list("rank", flat=True))


def test_the_year_derived_from_a_claim_is_not_loaded(draft_demo):
    years = Counter(RankingEntry.objects.values_list("edition__year", flat=True))

    assert years[2022] == 0
    assert sum(years.values()) == 42
    assert RankingEntry.objects.get(edition__year=2023, town__name_en="Dasha").rank == 816


def test_names_that_no_source_gives_in_chinese_are_not_invented(draft_demo):
    people = Party.objects.filter(name_en__in=["Deng Darong", "Zhang Liangyan"])

    assert list(people.values_list("name_zh", flat=True)) == ["", ""]
    captions = "".join(Photo.objects.values_list("caption_zh", flat=True))
    for guess in ("中布", "下布", "飞翔", "萨米特"):
        assert guess not in captions


def test_dasha_has_five_honours(draft_demo):
    assert Honour.objects.filter(town__name_en="Dasha").count() == 5


def test_command_loads_once_and_never_into_a_database_in_use(db, monkeypatch, tmp_path):
    accounts = tmp_path / "demo-accounts.txt"
    monkeypatch.setattr(load_demo, "ACCOUNTS_FILE", accounts)
    call_command("load_divisions", stdout=StringIO())
    call_command("load_demo", stdout=StringIO())
    Article.objects.update(title_en="Edited")
    said = StringIO()

    call_command("load_demo", stdout=said)

    assert said.getvalue() == "The demo content is there; what was edited stays.\n"
    assert set(Article.objects.values_list("title_en", flat=True)) == {"Edited"}
    assert accounts.stat().st_mode & 0o077 == 0
    assert not User.objects.filter(is_superuser=True).exists()
    accounts.unlink()
    with pytest.raises(CommandError, match="the demo goes into an empty one only"):
        call_command("load_demo", stdout=StringIO())
