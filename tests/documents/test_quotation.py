"""A quotation wherever an article is read: page, API, search, plain text."""

import pytest
from django.test import Client

from tests.signing import publish_signed
from towns.documents.text import block_lines
from towns.models import Article, Column, Party, QuotationBlock
from towns.publishing.road import text_of


@pytest.fixture
def party(db) -> Party:
    return Party.objects.create(kind="person", name_zh="梁亮", name_en="Liang Liang")


@pytest.fixture
def article(party) -> Article:
    column = Column.objects.create(slug="economy", name_zh="镇域经济", name_en="Towns")
    made = Article.objects.create(slug="said", column=column, title_zh="说", title_en="Said")
    QuotationBlock.objects.create(
        parent=made,
        region="main",
        ordering=10,
        text_zh="路通了，\n心也通了。",
        text_en="The road is open.",
        party=party,
        speaker_en="head of the village",
    )
    return made


def test_a_quotation_is_described_with_who_said_it(article, party):
    (block,) = text_of(article).content["blocks"]

    assert block["type"] == "quotation"
    assert block["party"]["id"] == str(party.uid)
    assert block["speaker"] == {"en": "head of the village"}
    assert list(block_lines(block, "en")) == [
        "The road is open.",
        "Liang Liang · head of the village",
    ]
    assert list(block_lines(block, "zh-hans"))[:2] == ["路通了，", "心也通了。"]


def test_a_published_quotation_is_on_the_page_in_the_api_and_found(article, party):
    assert party not in Party.objects.public()

    publish_signed(article)

    page = Client().get("/en/articles/said/").content.decode()
    assert '<p lang="en">The road is open.</p>' in page
    assert "Liang Liang" in page
    (block,) = Client().get("/api/v1/articles/said/").json()["blocks"]
    assert block["text"]["zh-hans"] == "路通了，\n心也通了。"
    assert "said" in Client().get("/en/search/?q=village").content.decode()
    assert party in Party.objects.public()


def test_a_quotation_without_a_party_names_only_its_speaker(article):
    QuotationBlock.objects.update(party=None)

    (block,) = text_of(article).content["blocks"]

    assert block["party"] is None
    assert list(block_lines(block, "en"))[-1] == "head of the village"
