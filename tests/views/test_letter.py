"""Readers report errors: what is kept, what is refused, and that nothing is lost."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests import records
from tests.articles import article, public_article
from towns.models import ReaderLetter
from towns.views import reader

SAID = {"message": "It should be 458."}


def send(client, language="en", **said):
    return client.post(f"/{language}/report/", {**SAID, **said})


@pytest.fixture
def public(db):
    """One public thing for each kind of page."""
    place = records.town()
    records.public_edition(records.ranking(), 2023, {place: 1})
    records.public_project("a-road", place)
    return public_article()


@pytest.mark.parametrize(
    ("path", "kind", "identity"),
    [
        ("articles/first/", "article", "first"),
        ("towns/441284105/", "town", "441284105"),
        ("rankings/top-1000/2023/", "ranking-edition", "top-1000-2023"),
        ("rankings/top-1000/years/", "ranking", "top-1000"),
        ("projects/a-road/", "project", "a-road"),
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_page_leads_to_the_form_that_knows_what_it_is_about(
    client, public, path, kind, identity, language
):
    page = client.get(f"/{language}/{path}").text
    link = f"/{language}/report/?about=/{language}/{path}"
    assert f'href="{link}"' in page
    assert 'name="about" value="/' in client.get(link).text

    answer = send(client, language, about=f"/{language}/{path}", words=" 485 ", answer_to="a@b.cn")

    letter = ReaderLetter.objects.get()
    assert answer.status_code == 302
    assert (letter.kind, letter.permanent_id) == (kind, identity)
    assert (letter.address, letter.language) == (f"/{language}/{path}", language)
    assert (letter.words, letter.message) == ("485", SAID["message"])
    assert (letter.answer_to, letter.state) == ("a@b.cn", "new")
    thanks = client.get(answer.url)
    assert thanks.status_code == 200
    assert f'href="/{language}/{path}"' in thanks.text


def test_the_form_names_no_draft(client, db):
    article("secret", title_en="Secret draft")

    page = client.get("/en/report/?about=/en/articles/secret/").text
    send(client, about="/en/articles/secret/")

    assert "Secret draft" not in page
    assert ReaderLetter.objects.get().kind == ""


@pytest.mark.parametrize(
    "about",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "x",
        "/" + "a" * 400,
        "/en/towns/\0/",
    ],
)
def test_an_address_elsewhere_is_not_taken(client, db, about):
    page = client.get("/en/report/", {"about": about}).text
    send(client, about=about)

    assert 'name="about" value=""' in page
    assert ReaderLetter.objects.get().address == ""


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"message": ""}, "Please say what is wrong."),
        ({"message": "   "}, "Please say what is wrong."),
        ({"message": "x"}, "Please write a few words more."),
        ({"message": "x" * 2001}, "At most 2000 characters; there are 2001."),
        ({"words": "x" * 100_000}, "At most 500 characters; there are 100000."),
        ({"answer_to": "x" * 101}, "At most 100 characters; there are 101."),
        ({"message": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(client, db, said, sentence):
    answer = client.post("/en/report/", {"message": "Words to keep", "answer_to": "a@b.cn", **said})

    assert answer.status_code == 200
    assert sentence in answer.text
    assert ("a@b.cn" if "message" in said else "Words to keep") in answer.text
    assert not ReaderLetter.objects.exists()


def test_a_line_break_counts_once(client, db):
    assert send(client, message="ab\r\n" * 600).status_code == 302
    assert ReaderLetter.objects.get().message == ("ab\n" * 600).strip()


def test_what_a_program_fills_in_is_thanked_for_and_dropped(client, db):
    answer = send(client, homepage="https://spam.example/")

    assert answer.status_code == 302
    assert not ReaderLetter.objects.exists()


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "Too many requests"), ("zh-hans", "请求过多")]
)
def test_after_five_in_an_hour_one_waits_and_keeps_what_was_typed(client, db, language, sentence):
    for _number in range(reader.MOST_IN_AN_HOUR):
        assert send(client, language).status_code == 302

    answer = send(client, language, message="<b>Long & careful</b>", words="485")

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert sentence in answer.text
    assert "485\n\n&lt;b&gt;Long &amp; careful&lt;/b&gt;</textarea>" in answer.text
    assert ReaderLetter.objects.count() == reader.MOST_IN_AN_HOUR


def test_others_do_not_wait_and_a_household_is_one(client, db):
    def wait(address: str, **extra: str) -> bool:
        said = client.post("/en/report/", SAID, REMOTE_ADDR=address, **extra)
        return said.status_code == 429

    for number in range(reader.MOST_IN_AN_HOUR):
        assert not wait(f"2001:db8:1:1::{number}")

    assert wait("2001:db8:1:1:ffff::1")
    assert not wait("2001:db8:1:2::1")
    assert not wait("127.0.0.1", HTTP_X_FORWARDED_FOR="2001:db8:1:1::9, 203.0.113.9")
    assert wait("127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9, 2001:db8:1:1::9")
    assert wait("2001:db8:1:1::5", HTTP_X_FORWARDED_FOR="203.0.113.8")


def test_no_address_is_kept_anywhere(client, db):
    client.post("/en/report/", SAID, REMOTE_ADDR="203.0.113.77")

    row = ReaderLetter.objects.values().get()
    assert "203.0.113.77" not in str(row)
    assert not any("203.0.113" in str(key) for key in getattr(cache, "_cache", {}))


# No token and no cookie, so that pages are the same for everybody ----------------------------


def test_a_form_needs_no_cookie_and_sets_none(db):
    client = Client(enforce_csrf_checks=True)
    page = client.get("/en/report/")

    answer = client.post("/en/report/", SAID, headers={"sec-fetch-site": "same-origin"})

    assert "csrfmiddlewaretoken" not in page.text
    assert "no-store" in page["Cache-Control"]
    assert answer.status_code == 302
    assert not client.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_a_form_on_another_site_is_refused(client, db, headers):
    answer = client.post("/en/report/", SAID, headers=headers)

    assert answer.status_code == 403
    assert not ReaderLetter.objects.exists()


def test_an_old_browser_says_where_it_comes_from(client, db):
    assert (
        client.post("/en/report/", SAID, headers={"origin": "http://testserver"}).status_code == 302
    )
