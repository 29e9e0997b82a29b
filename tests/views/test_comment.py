"""Comments: off unless switched on, and seen by nobody before a person has read them."""

import pytest

from tests.articles import article, public_article, withdrawn
from tests.signing import give_right, person
from towns.models import ReaderComment, SiteSettings, SiteVersion
from towns.publishing.announcing import announce
from towns.publishing.comment import decide_comments, remove_comments
from towns.publishing.refusal import RefusedError
from towns.views import reader

PAGE, FORM = "/en/articles/first/", "/en/articles/first/comments/"
SAID = {"name": "Ann", "text": "Well <b>said</b>.\nhttps://example.com/"}
SHOWN, DECLINED, HIDDEN = "shown", "declined", "hidden"


@pytest.fixture
def first(db):
    return public_article()


@pytest.fixture
def switched_on(first):
    site, _created = SiteSettings.objects.get_or_create(pk=SiteSettings.ONLY)
    site.takes_comments = True
    site.save()
    announce([site])
    return first


@pytest.fixture
def reads(db):
    return give_right(person("publisher"), "approve_comment")


@pytest.fixture
def written(switched_on, client) -> ReaderComment:
    client.post(FORM, SAID)
    return ReaderComment.objects.get()


def test_without_the_switch_there_is_no_form_and_no_address(client, first):
    assert "comments" not in client.get(PAGE).text
    assert client.get(FORM).status_code == client.post(FORM, SAID).status_code == 404
    assert not ReaderComment.objects.exists()


def test_a_comment_waits_until_a_person_has_read_it(client, switched_on, reads):
    page = client.get(PAGE).text
    assert "Comments appear after a person has read them." in page
    assert "csrfmiddlewaretoken" not in page

    answer = client.post(FORM, SAID)

    assert answer.status_code == 302
    assert client.get(answer.url).status_code == 200
    assert "Ann" not in client.get(PAGE).text
    decide_comments(ReaderComment.objects.all(), by=reads, state=SHOWN)
    page = client.get(PAGE).text
    assert "Well &lt;b&gt;said&lt;/b&gt;.<br>https://example.com/</p>" in page
    assert 'href="https://example.com/"' not in page
    assert "Ann" in client.get("/zh-hans/articles/first/").text


def test_each_step_of_the_public_raises_the_version(written, reads):
    seen = [SiteVersion.current()]
    for state, moved in ((DECLINED, 0), (SHOWN, 1), (SHOWN, 0), (HIDDEN, 1), (SHOWN, 1)):
        decide_comments([written], by=reads, state=state)
        assert SiteVersion.current() - seen[-1] == moved, state
        seen.append(SiteVersion.current())

    remove_comments([written])

    assert SiteVersion.current() == seen[-1] + 1
    assert not ReaderComment.objects.exists()


def test_many_are_decided_on_at_once_and_it_says_who(client, switched_on, reads):
    for name in ("Ann", "Ben"):
        client.post(FORM, {**SAID, "name": name})

    assert decide_comments(ReaderComment.objects.all(), by=reads, state=SHOWN) == 2
    assert ReaderComment.objects.public().filter(handled_by=reads).count() == 2


def test_nobody_decides_without_the_right(written):
    with pytest.raises(RefusedError):
        decide_comments([written], by=person("writer"), state=SHOWN)

    assert not ReaderComment.objects.public().exists()


def test_what_is_switched_off_or_withdrawn_is_not_shown(client, written, reads, switched_on):
    decide_comments([written], by=reads, state=SHOWN)
    SiteSettings.objects.update(takes_comments=False)
    assert "Ann" not in client.get(PAGE).text
    assert not ReaderComment.objects.public().exists()

    SiteSettings.objects.update(takes_comments=True)
    withdrawn(switched_on.article)

    assert not ReaderComment.objects.public().exists()
    assert client.post(FORM, SAID).status_code == 404


def test_no_comment_is_written_to_a_draft(client, switched_on):
    article("secret", title_en="Secret")

    assert client.post("/en/articles/secret/comments/", SAID).status_code == 404


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "Please give a name; it need not be your own."),
        ({"name": "x" * 41}, "At most 40 characters; there are 41."),
        ({"text": ""}, "Please write something."),
        ({"text": "x" * 1001}, "At most 1000 characters; there are 1001."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, switched_on, said, sentence):
    answer = client.post(FORM, {"name": "Ann", "text": "Words to keep", **said})

    assert answer.status_code == 200
    assert sentence in answer.text
    assert ("Words to keep" if "name" in said else "Ann") in answer.text
    assert not ReaderComment.objects.exists()


def test_comments_are_limited_as_letters_are_and_programs_are_dropped(client, switched_on):
    client.post(FORM, {**SAID, "homepage": "https://spam.example/"})
    for _number in range(reader.MOST_IN_AN_HOUR):
        client.post(FORM, SAID)

    answer = client.post(FORM, {**SAID, "text": "One too many"})

    assert answer.status_code == 429
    assert "One too many</textarea>" in answer.text
    assert ReaderComment.objects.count() == reader.MOST_IN_AN_HOUR
    # Another limit than that of letters: whoever commented may still report an error.
    assert client.post("/en/report/", {"message": "It is 458."}).status_code == 302


def test_an_article_asks_once_for_its_comments(
    client, written, reads, django_assert_max_num_queries
):
    decide_comments([written], by=reads, state=SHOWN)
    client.get(PAGE)

    with django_assert_max_num_queries(7):
        client.get(PAGE)
