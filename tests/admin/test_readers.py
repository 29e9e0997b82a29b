"""读者来信 and comments on the staff's side: who sees them, who acts, and what it leaves behind."""

import pytest
from django.urls import reverse

from tests.articles import public_article
from towns.accounts.roles import PROOFREADER
from towns.models import OldAddress, ReaderComment, ReaderLetter, SiteSettings


def address(model: str, page: str, *args: object) -> str:
    return reverse(f"admin:towns_{model}_{page}", args=args)


@pytest.fixture
def letter(records) -> ReaderLetter:
    return ReaderLetter.objects.create(
        address="/en/projects/jinli-avenue/",
        kind="project",
        permanent_id="jinli-avenue",
        words="<b>485</b>",
        message="It is 458.",
        language="en",
    )


@pytest.fixture
def comments(records, publisher) -> list[ReaderComment]:
    article = public_article(by=publisher).article
    SiteSettings.objects.update(takes_comments=True)
    words = {"article": article, "text": "Well <i>said</i>.", "language": "en"}
    return [ReaderComment.objects.create(name=name, **words) for name in ("Ann", "Ben")]


def test_a_letter_leads_to_the_page_and_to_the_record(letter, records, writer, signed_in):
    shown = signed_in(writer).get(address("readerletter", "change", letter.pk)).text

    assert 'href="/en/projects/jinli-avenue/"' in shown
    assert f'href="{address("project", "change", records.project.pk)}"' in shown
    assert "&lt;b&gt;485&lt;/b&gt;" in shown


def test_it_finds_the_record_that_was_renamed_since(letter, records, writer, signed_in):
    records.project.slug = "the-avenue"
    records.project.save()
    OldAddress.objects.create(kind="project", slug="jinli-avenue", record_id=records.project.pk)

    shown = signed_in(writer).get(address("readerletter", "change", letter.pk)).text

    assert f'href="{address("project", "change", records.project.pk)}"' in shown


def test_settling_a_letter_says_who_when_and_what(letter, writer, signed_in, posted):
    client = signed_in(writer)

    url = address("readerletter", "change", letter.pk)

    client.post(url, posted(client, url, state="settled", note="Put right."))

    letter.refresh_from_db()
    assert (letter.state, letter.note, letter.handled_by) == ("settled", "Put right.", writer)
    assert letter.handled_at
    assert not ReaderLetter.objects.waiting().exists()
    client.post(url, posted(client, url, state="new", note="Again."))
    letter.refresh_from_db()
    assert (letter.handled_by, letter.handled_at) == (None, None)


def test_many_letters_are_settled_at_once(letter, writer, signed_in):
    data = {"action": "settle_selected", "_selected_action": [letter.pk]}
    client, url = signed_in(writer), address("readerletter", "changelist")

    asked = client.post(url, data)
    letter.refresh_from_db()
    assert letter.state == "new"
    assert "<strong>Project jinli-avenue</strong> · It is 458." in asked.text
    client.post(url, data | {"confirmed": "x"})

    letter.refresh_from_db()
    assert (letter.state, letter.handled_by) == ("settled", writer)


def test_others_on_the_desk_see_letters_and_change_nothing(letter, staff, signed_in):
    client = signed_in(staff(PROOFREADER))

    assert client.get(address("readerletter", "change", letter.pk)).status_code == 200
    answer = client.post(address("readerletter", "change", letter.pk), {"state": "settled"})

    letter.refresh_from_db()
    assert answer.status_code == 403
    assert letter.state == "new"


def test_the_desk_shows_what_waits_the_oldest_first(letter, comments, writer, signed_in):
    ReaderLetter.objects.create(message="The second.", language="en")
    client = signed_in(writer)

    letters, to_read = client.get(reverse("admin:index")).context["from_readers"]

    assert (letters.count, to_read.count) == (2, 2)
    assert letters.oldest[0] == letter
    assert client.get(letters.url).context["cl"].result_count == 2
    assert client.get(to_read.url).context["cl"].result_count == 2


def test_the_desk_shows_nothing_where_nothing_waits(db, writer, signed_in):
    assert signed_in(writer).get(reverse("admin:index")).context["from_readers"] == []


def test_a_comment_is_approved_and_hidden_again(client, comments, publisher, signed_in):
    ann, url = comments[0], "/en/articles/first/"
    desk = signed_in(publisher)

    asked = desk.get(address("readercomment", "approve", ann.pk))
    assert "Ann: Well &lt;i&gt;said&lt;/i&gt;." in asked.text
    desk.post(address("readercomment", "approve", ann.pk))
    assert "Ann" in client.get(url).text
    desk.post(address("readercomment", "hide", ann.pk))

    assert "Ann" not in client.get(url).text
    ann.refresh_from_db()
    assert (ann.state, ann.handled_by) == ("hidden", publisher)


def test_many_comments_are_approved_at_once(comments, publisher, signed_in):
    keys = [comment.pk for comment in comments]
    data = {"action": "approve_selected", "_selected_action": keys}

    client, url = signed_in(publisher), address("readercomment", "changelist")

    asked = client.post(url, data)
    assert not ReaderComment.objects.public().exists()
    assert "<strong>Ann</strong> · Well &lt;i&gt;said&lt;/i&gt;." in asked.text
    client.post(url, data | {"confirmed": "x"})
    assert ReaderComment.objects.public().count() == 2

    again = client.post(url, data)
    assert "Nothing that is ticked would change by this." in again.text


def test_a_writer_reads_comments_and_decides_on_none(comments, writer, signed_in):
    client, ann = signed_in(writer), comments[0]

    shown = client.get(address("readercomment", "change", ann.pk))
    refused = client.post(address("readercomment", "approve", ann.pk))

    assert shown.status_code == 200
    assert "Approve…" not in shown.text
    assert refused.status_code == 403


def test_what_readers_wrote_can_be_removed(client, letter, comments, administrator, signed_in):
    desk = signed_in(administrator)

    desk.post(address("readerletter", "delete", letter.pk), {"post": "yes"})
    desk.post(address("readercomment", "delete", comments[0].pk), {"post": "yes"})

    assert not ReaderLetter.objects.exists()
    assert ReaderComment.objects.count() == 1
