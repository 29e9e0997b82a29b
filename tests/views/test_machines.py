"""What search engines, harvesters, readers of feeds and supervisors ask for."""

import datetime as dt
import json
import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.views.test_site import PAGES
from towns.models import Article, Photo, Publication, SiteSettings
from towns.publishing.announcing import announce

ATOM = "{http://www.w3.org/2005/Atom}"


def atom_entries(client, address: str) -> list[ElementTree.Element]:
    feed = ElementTree.fromstring(client.get(address).content)  # noqa: S314 - our own feed
    return feed.findall(f"{ATOM}entry")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("of", "slugs"),
    [
        ("", ["twelve-towns-2025", "village-accounts", "lubu-three-plans", "four-towns-2023"]),
        ("towns/441284105/", ["twelve-towns-2025", "village-accounts", "four-towns-2023"]),
        ("columns/town-economy/", ["twelve-towns-2025", "four-towns-2023"]),
    ],
    ids=["all", "town", "column"],
)
def test_feeds_hold_the_articles(client, demo, language, of, slugs):
    titles = [Article.objects.get(slug=slug).titles[language] for slug in slugs]

    entries = atom_entries(client, f"/{language}/feed/{of}atom.xml")
    told = client.get(f"/{language}/feed/{of}feed.json").json()

    assert [entry.findtext(f"{ATOM}title") for entry in entries] == titles
    assert [item["title"] for item in told["items"]] == titles
    assert told["items"][0]["id"] == entries[0].findtext(f"{ATOM}id")


def test_a_picture_in_a_feed_says_what_it_is_and_whose(client, demo):
    publication = Publication.objects.public().newest_first()[0]
    Photo.objects.filter(pk=publication.lead_photo_id).update(is_ai_generated=True, substitute="")
    photo = Photo.objects.get(pk=publication.lead_photo_id)

    item = client.get("/en/feed/feed.json").json()["items"][0]
    entry = atom_entries(client, "/en/feed/atom.xml")[0]

    shown = item["content_html"]
    assert entry.findtext(f"{ATOM}summary") == shown
    assert ">AI-generated</span>" in shown
    assert photo.caption_en in shown
    assert photo.credits.get().party.name_en in shown
    assert re.search(r'<img src="http://[^"]*/media/', shown)
    assert item["summary"] in shown


def test_a_feed_asks_no_more_for_more_articles(client, demo, django_assert_num_queries):
    with CaptureQueriesContext(connection) as asked:
        one = client.get("/en/feed/columns/countryside/feed.json").json()["items"]

    # The column is asked for too.
    with django_assert_num_queries(len(asked) - 1):
        all_of_them = client.get("/en/feed/feed.json").json()["items"]

    assert len(one) < len(all_of_them)


@pytest.mark.parametrize("of", ["towns/441284999", "columns/nothing"])
def test_there_is_no_feed_of_what_is_not_there(client, demo, of):
    assert client.get(f"/en/feed/{of}/atom.xml").status_code == 404


def test_every_address_of_the_sitemaps_opens(client, demo):
    index = client.get("/sitemap.xml").content.decode()
    maps = re.findall(r"<loc>[^<]*(/sitemap-[^<]*)</loc>", index)
    addresses = [
        address
        for one in maps
        for address in re.findall(r"<loc>http://[^/]*([^<]*)</loc>", client.get(one).text)
    ]

    assert len(maps) == 6
    assert {"/en/towns/441284105/", "/zh-hans/about/"} <= set(addresses)
    for address in addresses[::7]:
        assert client.get(address).status_code == 200
    assert "<image:loc>" in client.get("/sitemap-articles-1.xml").text
    assert client.get("/sitemap-articles-2.xml").status_code == 404


def test_robots_names_the_sitemap(client, db):
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in client.get("/robots.txt").text


def test_security_contact_is_told_once_it_is_set(client, demo):
    assert client.get("/.well-known/security.txt").status_code == 404

    SiteSettings.objects.update(
        security_contact="mailto:safe@example.org", security_expires=dt.date(2027, 6, 1)
    )

    lines = client.get("/.well-known/security.txt").text.splitlines()
    assert lines[:2] == ["Contact: mailto:safe@example.org", "Expires: 2027-06-01T23:59:59Z"]


def test_supervisors_are_answered(client, db):
    assert client.get("/healthz").text == client.get("/readyz").text == "ok\n"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_says_where_it_is_in_both_languages(client, demo, page, language):
    text = client.get(f"/{language}/{page}?from=singlemessage").text

    site = "http://127.0.0.1:8000"
    assert f'<link rel="canonical" href="{site}/{language}/{page}">' in text
    for code in ("zh-hans", "en"):
        assert f'<link rel="alternate" hreflang="{code}" href="{site}/{code}/{page}">' in text
    assert '<meta name="SiteDomain" content="127.0.0.1">' in text
    assert '<meta property="og:title"' in text


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("articles/four-towns-2023/", "NewsArticle"),
        ("towns/441284105/", "Place"),
        ("rankings/top-1000-towns/2023/", "Dataset"),
        ("projects/jinli-avenue/", "Project"),
    ],
)
def test_records_are_told_as_linked_data(client, demo, page, kind):
    things = linked_data(client.get(f"/en/{page}").text)

    assert [thing["@type"] for thing in things] == [kind, "BreadcrumbList"]


def linked_data(text: str) -> list[dict]:
    return json.loads(re.search(r'ld\+json">(.*?)</script>', text).group(1))["@graph"]


def test_linked_data_say_of_a_picture_whose_it_is_and_whether_a_program_made_it(client, demo):
    page = "/en/articles/four-towns-2023/"
    [before] = linked_data(client.get(page).text)[0]["image"]

    photo = Publication.objects.get(slug="four-towns-2023").lead_photo
    photo.is_ai_generated = True
    photo.save()
    announce([photo])
    [after] = linked_data(client.get(page).text)[0]["image"]

    assert before["creditText"] == "Liang Liang"
    assert "digitalSourceType" not in before
    assert after["digitalSourceType"].endswith("/TrainedAlgorithmicMediaDigitalSource")


def test_article_has_the_tags_that_harvesters_read(client, demo):
    text = client.get("/zh-hans/articles/four-towns-2023/").text

    assert '<meta name="ArticleTitle" content="全国千强！肇庆这四个镇入选">' in text
    assert re.search(r'<meta name="PubDate" content="\d{4}-\d\d-\d\d \d\d:\d\d">', text)
    assert '<meta name="ContentSource" content="肇庆发布">' in text
    assert '<meta name="ColumnName" content="镇域经济">' in text


def test_linked_data_cannot_end_its_element(client, demo):
    demo.article.refresh_from_db()
    SiteSettings.objects.update(organiser_en="</script><b>")

    assert "</script><b>" not in client.get("/en/articles/four-towns-2023/").text
