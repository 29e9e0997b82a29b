"""Whatever is asked, the answer is a page or a sentence, and never a fault of ours."""

import shutil

import pytest

from tests import records
from tests.articles import article, public_article
from tests.signing import publish_signed
from towns.models import Party, Photo, PhotoBlock, PhotoCredit

LONG = "金" * 100_000
LISTS = ("articles", "towns", "rankings/top-1000/2023", "rankings/top-1000/years", "projects")
ABSURD = ("0", "-1", "99999999999999999999", "1e9", "NaN", "１", "", "x", "\0", "' OR 1=1 --", LONG)
FILTERS = ("page", "q", "column", "town", "county", "status", "ordering", "rank_min", "rank_max")
MORE = ("amount_min", "amount_max", "expected_before", "expected_after", "format", "kind", "utm_x")


@pytest.fixture
def public(db):
    place = records.town()
    records.public_edition(records.ranking(), 2023, {place: 1})
    records.public_project("a-road", place)
    return public_article()


@pytest.mark.parametrize("path", LISTS)
def test_absurd_pages_and_filters(client, public, path):
    for name in (*FILTERS, *MORE):
        for value in ABSURD:
            answer = client.get(f"/en/{path}/", {name: value})
            assert answer.status_code in (200, 301, 400, 404), (name, value[:20])
            assert len(answer.content) < 60_000, (name, value[:20])


@pytest.mark.parametrize("path", LISTS)
def test_a_list_says_that_it_was_asked_too_much(client, public, path):
    answer = client.get(f"/en/{path}/", {"q": LONG, "utm_x": "kept out"})

    assert "only its first 60 characters were used" in answer.text
    assert "only its first" not in client.get(f"/en/{path}/", {"q": "x"}).text


@pytest.mark.parametrize("path", ["towns", "projects", "ranking-entries", "articles", "search"])
def test_absurd_parameters_of_the_api(client, public, path):
    for name in (*FILTERS, "year", "ranking", "page_size", "cursor"):
        for value in ABSURD:
            answer = client.get(f"/api/v1/{path}/", {name: value})
            assert answer.status_code in (200, 400), (name, value[:20])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_search_for_a_hundred_thousand_characters(client, public, language):
    sentence = {"zh-hans": "太长", "en": "too long"}[language]

    page = client.get(f"/{language}/search/", {"q": LONG})
    typing = client.get(f"/{language}/search/suggestions/", {"q": LONG})

    assert page.status_code == typing.status_code == 200
    assert sentence in page.text
    assert sentence in typing.text
    # The language switch, large type and the links of the page carry none of it.
    assert len(page.content) < 60_000


def test_a_search_for_too_much_at_the_api_is_a_sentence(client, public):
    answer = client.get("/api/v1/search/", {"q": LONG}, headers={"accept-language": "en"})

    assert answer.status_code == 400
    assert answer.json()["detail"] == "q: at most 100 characters"
    assert len(answer.content) < 10_000


def test_the_other_language_is_one_link_away_from_what_is_missing(client, public):
    page = client.get("/en/nowhere/at/all/?q=1").text

    assert 'href="/zh-hans/nowhere/at/all/?q=1" lang="zh-hans"' in page


@pytest.mark.parametrize("number", ["0", "-1", "2", "99999999999", "x"])
def test_a_page_that_is_not_there_is_missing(client, public, number):
    answer = client.get("/en/articles/", {"page": number})

    assert answer.status_code == 404
    assert "There is no such page of this list." in answer.text


# Languages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("/zh/", "/zh-hans/"),
        ("/zh-cn/", "/zh-hans/"),
        ("/zh-CN/articles/", "/zh-hans/articles/"),
        ("/zh-Hant/towns/441284105/?a=b", "/zh-hans/towns/441284105/?a=b"),
        ("/zh_TW/", "/zh-hans/"),
        ("/ZH-HANS/", "/zh-hans/"),
        ("/en-gb/projects/", "/en/projects/"),
        ("/EN/", "/en/"),
        ("/en", "/en/"),
        ("/zh-hans", "/zh-hans/"),
        ("/zh//evil.example/", "/zh-hans//evil.example/"),
    ],
)
def test_other_names_of_our_languages_lead_to_the_page(client, public, asked, leads):
    answer = client.get(asked)

    assert (answer.status_code, answer["Location"]) == (302, leads)


@pytest.mark.parametrize("asked", ["/fr/", "/fr/articles/", "/de-at/", "/zhx/", "/english/"])
@pytest.mark.parametrize(("accepted", "language"), [("fr, en", "en"), ("zh-CN", "zh-hans")])
def test_a_language_that_we_do_not_speak_is_missing_in_one_that_we_do(
    client, public, asked, accepted, language
):
    answer = client.get(asked, headers={"accept-language": accepted}, follow=True)

    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.text


# Pictures --------------------------------------------------------------------------------------


def test_a_picture_that_is_missing_on_the_disk(
    client, admin_client, loaded_roles, picture, settings
):
    photo = Photo.objects.create(image=picture(), caption_en="A gate", caption_zh="门")
    party = Party.objects.create(kind="media", name_en="A Paper", name_zh="一报")
    PhotoCredit.objects.create(photo=photo, kind="photographed", party=party)
    made = article(lead_photo=photo)
    PhotoBlock.objects.create(parent=made, region="main", ordering=2, photo=photo)
    publish_signed(made)
    there = client.get(photo.get_absolute_url())
    assert (there.status_code, bool(there.getvalue())) == (200, True)

    shutil.rmtree(settings.MEDIA_ROOT)

    for page in ("/en/articles/first/", "/zh-hans/articles/", "/en/", "/en/feed/atom.xml"):
        assert client.get(page).status_code == 200
    assert "A gate" in client.get("/en/articles/first/").text
    assert client.get(photo.get_absolute_url()).status_code == 404
    assert admin_client.get(f"/media/originals/{photo.uid}").status_code == 404
