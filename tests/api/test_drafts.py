"""No draft has an address; what an earlier publication said is for staff."""

from tests.signing import publish_signed
from towns.models import (
    Article,
    Photo,
    Project,
    RankingEdition,
    RankingEntry,
    Source,
    Statistic,
)


def ids():
    edition = RankingEdition.objects.first()
    yield "ranking-editions", f"{edition.ranking.slug}-{edition.year}"
    yield "rankings", edition.ranking.slug
    yield "ranking-entries", RankingEntry.objects.first().uid
    yield "projects", Project.objects.first().slug
    yield "statistics", Statistic.objects.first().uid
    yield "photos", Photo.objects.first().uid
    yield "sources", Source.objects.first().uid
    yield "towns", "441284105"
    yield "regions", "441284"
    yield "columns", Article.objects.first().column.slug
    yield "articles", Article.objects.first().slug
    yield "articles", f"{Article.objects.first().slug}/publications"


def test_drafts_have_no_address(client, draft_demo):
    draft_demo.site.home_photos.clear()

    found = {path: client.get(f"/api/v1/{path}/{name}/").status_code for path, name in ids()}

    assert set(found.values()) == {404}, found


def test_the_same_addresses_answer_once_published(client, demo):
    found = {path: client.get(f"/api/v1/{path}/{name}/").status_code for path, name in ids()}

    assert set(found.values()) == {200}, found


def test_earlier_publications_keep_number_and_digest_but_no_words(client, demo, publisher):
    article = demo.article
    secret, article.title_en = article.title_en, "Put right"
    article.save()
    publish_signed(article, by=publisher)

    page = client.get(f"/api/v1/articles/{article.slug}/publications/")

    assert [line["number"] for line in page.json()["results"]] == [2, 1]
    assert page.json()["count"] == 2
    assert secret not in page.content.decode()
    assert article.publications.get(number=1).document_id in page.content.decode()
