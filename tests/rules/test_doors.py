"""No draft goes out through any door; the page and the API say the same."""

import re

import pytest
from django.utils import timezone

from towns.documents.kinds import KINDS
from towns.language.bilingual import LANGUAGES
from towns.models import (
    Article,
    Photo,
    Project,
    Publication,
    RankingEdition,
    RankingEntry,
    ReaderComment,
    ReaderLetter,
    SiteSettings,
    Statistic,
    Town,
    User,
)
from towns.publishing.record import publish_records

PAGES = ("", "articles/", "towns/", "rankings/", "projects/", "search/", "search/?q=jinli")
BY_READERS = (
    "articles/four-towns-2023/",
    "articles/four-towns-2023/comments/",
    "articles/four-towns-2023/comments/sent/",
    "report/?about=/en/articles/four-towns-2023/",
    "report/sent/",
    "corrections/",
    "site-map/",
)
LISTS = (
    "regions",
    "towns",
    "parties",
    "sources",
    "rankings",
    "ranking-editions",
    "ranking-entries",
    "projects",
    "statistics",
    "photos",
    "pages",
    "articles",
    "changes",
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_nothing_of_a_draft_is_public(draft_demo, kind):
    # Pictures and their authors are chosen for the home page in the settings, which are public.
    if kind.name in ("photo", "party"):
        draft_demo.site.home_photos.clear()

    assert kind.model.objects.count() > 0
    assert kind.model.objects.public().count() == 0


@pytest.mark.parametrize("path", LISTS)
def test_lists_of_the_api_are_empty_before_publishing(client, draft_demo, path):
    draft_demo.site.home_photos.clear()

    assert client.get(f"/api/v1/{path}/").json()["results"] == []


def _addresses():
    yield "articles/four-towns-2023/", "/api/v1/articles/four-towns-2023/"
    yield "towns/441284105/", "/api/v1/towns/441284105/"
    yield "rankings/top-1000-towns/2023/", "/api/v1/ranking-editions/top-1000-towns-2023/"
    yield "rankings/top-1000-towns/", "/api/v1/rankings/top-1000-towns/"
    yield "projects/jinli-avenue/", "/api/v1/projects/jinli-avenue/"


@pytest.mark.parametrize("addresses", list(_addresses()))
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_of_drafts_do_not_exist(client, draft_demo, addresses, language):
    page, api = addresses

    assert client.get(f"/{language}/{page}").status_code == 404
    assert client.get(api).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_pages_open_before_anything_is_public_and_name_no_draft(client, draft_demo, page, language):
    draft_demo.site.home_photos.clear()

    answer = client.get(f"/{language}/{page}")

    assert answer.status_code == 200
    # The search field gives 金利 as an example.
    text = answer.content.decode()
    for word in ("金利镇", "Jinli Town", "大沙", "Dasha", "816", "four-towns"):
        assert word not in text


def test_pictures_of_drafts_cannot_be_reached(client, draft_demo):
    photo = Photo.objects.get(caption_en="Jinli Town.")

    assert client.get(f"/media/sizes/{photo.uid}-480.jpg").status_code == 404
    assert client.get(f"/media/originals/{photo.uid}").status_code == 404


def test_a_draft_edit_of_a_public_article_stays_inside(client, demo):
    Article.objects.update(title_en="Secret draft", title_zh="秘密草稿")

    for path in ("/en/", "/en/articles/", "/en/articles/four-towns-2023/", "/api/v1/articles/"):
        text = client.get(path).content.decode()
        assert "Secret draft" not in text
        assert "秘密草稿" not in text


def test_what_readers_write_goes_out_through_no_door(client, demo):
    SiteSettings.objects.update(takes_comments=True)
    words = {"language": "en", "handled_by": User.objects.first(), "handled_at": timezone.now()}
    ReaderLetter.objects.create(
        message="Secret letter",
        words="Secret words",
        answer_to="secret@example.cn",
        note="Secret",
        kind="article",
        permanent_id="four-towns-2023",
        language="en",
    )
    for state in ("declined", "hidden"):
        ReaderComment.objects.create(
            article=demo.article, name="Secret", text="Secret", state=state, **words
        )
    ReaderComment.objects.create(article=demo.article, name="Secret", text="Secret", language="en")

    pages = [f"/{language}/{page}" for language in LANGUAGES for page in (*PAGES, *BY_READERS)]
    machines = ("/sitemap-lists-1.xml", "/en/feed/atom.xml", "/en/feed/feed.json")
    lists = [f"/api/v1/{path}/" for path in (*LISTS, "articles/four-towns-2023", "schema")]
    for path in (*pages, *machines, *lists):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "secret" not in answer.content.decode().lower(), path
    assert client.get("/api/v1/search/?q=secret").json()["results"] == []
    for kind in ("readerletters", "reader-letters", "comments", "letters"):
        assert client.get(f"/api/v1/{kind}/").status_code == 404


def test_page_and_api_agree_on_a_ranking(client, demo):
    answer = client.get("/api/v1/ranking-entries/?ranking=top-1000-towns&year=2025").json()
    ranks = sorted(entry["rank"] for entry in answer["results"])

    page = client.get("/en/rankings/top-1000-towns/2025/").content.decode()

    shown = [int(rank) for rank in re.findall(r'class="num[^"]*"[^>]*>\s*(\d+)\s*<', page)]
    assert [rank for rank in shown if rank in ranks] == ranks


def test_page_and_api_agree_on_a_town(client, demo):
    numbers = client.get("/api/v1/statistics/?town=441284105").json()["results"]

    page = client.get("/en/towns/441284105/").content.decode()

    for number in numbers:
        assert number["indicator"]["en"] in page
    for honour in client.get("/api/v1/towns/441284105/").json()["honours"]:
        assert honour["name"]["en"] in page


def test_page_and_api_agree_on_projects(client, demo):
    projects = client.get("/api/v1/projects/").json()["results"]

    page = client.get("/en/projects/").content.decode()

    for project in projects:
        assert project["name"]["en"].replace("'", "&#x27;") in page


def test_one_published_record_shows_only_itself(client, draft_demo, publisher):
    publish_records([Project.objects.get(slug="jinli-avenue")], by=publisher)

    assert list(Town.objects.public().values_list("name_en", flat=True)) == ["Jinli"]
    town = client.get("/api/v1/towns/441204115/").json()
    assert (town["summary"], town["honours"], town["lead_photo"]) == ({}, [], None)
    assert not Statistic.objects.public().exists()
    assert not RankingEntry.objects.public().exists()
    assert not RankingEdition.objects.public().exists()
    assert not Publication.objects.public().exists()
