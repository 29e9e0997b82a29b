import pytest

from towns.documents.article import describe_article
from towns.documents.canonical import canonical_bytes, digest_of
from towns.documents.text import article_lines
from towns.models import TextBlock

DIGEST = "d240cfe80401614027578c2ce92b33618437e499812892c9e685f6d7c81286b4"


def digest(article, languages=("zh-hans", "en")):
    return digest_of(canonical_bytes("article", describe_article(article, languages=languages)))


def test_drafting_english_voids_nothing_chinese(demo):
    before = digest(demo.article, ["zh-hans"])

    block = TextBlock.objects.filter(parent=demo.article).first()
    block.html_en = "<p>Another wording.</p>"
    block.save()

    assert digest(demo.article, ["zh-hans"]) == before
    assert digest(demo.article) != before


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_plain_text_has_title_captions_and_numbers(demo, language):
    lines = article_lines(describe_article(demo.article), language)

    assert lines[0] == demo.article.titles[language]
    assert any("816" in line for line in lines)
    assert not any("<" in line for line in lines)


def test_content_freezes_the_answers_of_the_records(demo):
    content = describe_article(demo.article)

    ranking = next(block for block in content["blocks"] if block["type"] == "ranking")
    dasha = next(entry for entry in ranking["entries"] if entry["town"]["code"] == "441284105")
    assert dasha["rank"] == 816
    assert (dasha["change"], dasha["streak"], dasha["is_first_time"]) == (None, None, False)
    assert [(claim["kind"], claim["value"]) for claim in dasha["claims"]] == [
        ("change", 84),
        ("streak", 3),
    ]


def test_the_same_content_has_the_same_digest_on_every_database(draft_demo):
    """The number was computed on SQLite; it changes only with the demo's words or the schema."""
    assert digest(draft_demo.article) == DIGEST
