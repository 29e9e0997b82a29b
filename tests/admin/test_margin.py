"""Findings and comments beside the blocks of a draft."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.signing import person, submit_by_writer
from towns.models import Comment, HeadingBlock, Photo, PhotoBlock, Proposal, TextBlock
from towns.publishing.announcing import announce


def address(page: str, *args: object) -> str:
    return reverse(f"admin:towns_{page}", args=args)


@pytest.fixture
def client(writer, signed_in):
    return signed_in(writer)


@pytest.fixture
def reader(staff) -> Client:
    client = Client()
    client.force_login(staff("proof-reader"))
    client.cookies["django_language"] = "en"
    return client


def margin(client: Client, article, **said: str) -> dict:
    return client.get(address("article_margin", article.pk), {"format": "json", **said}).json()


def comment(client: Client, article, text: str, block=None, **said):
    key = f"{block._meta.model_name}/{block.pk}" if block else ""
    sent = {"act": "add", "text": text, "block": key, **said}
    return client.post(address("article_comments", article.pk), sent)


def test_findings_stand_at_their_blocks_the_weightiest_first(client, records):
    TextBlock.objects.update(html_en="<p>Call 13812345678.</p>")

    findings = margin(client, records.article)["findings"]

    weights = [one["severity"] for one in findings]
    assert weights == sorted(weights, key=["stops", "warns", "notes"].index)
    [mobile] = [one for one in findings if one["check"] == "private.mobile-number"]
    block = TextBlock.objects.get()
    assert (mobile["mark"], mobile["block"]["kind"]) == ("停", "textblock")
    assert mobile["block"]["id"] == block.pk


def test_findings_are_of_what_was_typed_and_not_saved(client, records, posted):
    url = address("article_change", records.article.pk)
    typed = posted(client, url, **{"towns_textblock_set-0-html_en": "<p>Call 13812345678.</p>"})
    pairs = [[name, str(value)] for name, value in typed.items() if not isinstance(value, list)]
    payload = json.dumps({"fields": pairs, "version": typed["_version"]})
    client.post(address("article_backup", records.article.pk), {"payload": payload})

    [mobile] = [
        one
        for one in margin(client, records.article, of="typed")["findings"]
        if one["check"] == "private.mobile-number"
    ]

    assert mobile["block"]["prefix"] == "towns_textblock_set-0"
    assert "13812345678" not in TextBlock.objects.get().html_en


def test_one_click_takes_the_caption_as_alternative_text(client, records):
    block = PhotoBlock.objects.get()
    sent = {"check": "picture.alternative-text", "kind": "photoblock", "block": block.pk}

    client.post(address("article_cure", records.article.pk), sent)

    assert Photo.objects.get().alt_en == "A village sign"
    page = client.get(address("article_margin", records.article.pk)).content.decode()
    assert "alternative text" not in page.split("</ul>")[-2]


def test_the_alternative_text_of_a_public_picture_is_proposed(client, records):
    records.settings.home_photos.add(records.photo)
    announce([records.settings])
    block = PhotoBlock.objects.get()
    sent = {"check": "picture.alternative-text", "kind": "photoblock", "block": block.pk}

    client.post(address("article_cure", records.article.pk), sent)

    assert Photo.objects.get().alt_en == ""
    assert Proposal.objects.get().after.content["columns"]["alt_en"] == "A village sign"


# Comments -------------------------------------------------------------------------------------


def test_whoever_sees_the_draft_comments_and_resolves_one_by_one(client, reader, records):
    block = TextBlock.objects.get()
    comment(reader, records.article, "Is it 485?", block)
    comment(reader, records.article, "And the title?")

    first, second = margin(client, records.article)["comments"]
    sent = {"act": "resolve", "comment": first["id"]}
    client.post(address("article_comments", records.article.pk), sent)

    assert (first["number"], second["number"]) == (2, None)
    [left] = Comment.objects.open()
    assert left.text == "And the title?"
    assert Comment.objects.get(text="Is it 485?").resolved_by.username == "writer"


def test_a_comment_stays_with_its_block_when_that_moves_and_with_the_article_when_it_goes(
    client, records
):
    block = TextBlock.objects.get()
    comment(client, records.article, "Is it 485?", block)
    TextBlock.objects.update(ordering=1)
    moved = margin(client, records.article)["comments"][0]["number"]
    block.delete()

    [left] = margin(client, records.article)["comments"]

    assert (moved, left["number"]) == (1, None)
    assert left["gone"] == "Jinli is 485th."


def test_reviewers_see_comments_and_add_their_own(client, reader, records):
    PhotoBlock.objects.all().delete()
    HeadingBlock.objects.update(town=None)
    comment(client, records.article, "Please check the rank.", TextBlock.objects.get())
    submit_by_writer(records.article)

    page = reader.get(address("article_review", records.article.pk)).content.decode()
    back = comment(reader, records.article, "It is right.", back="review")

    assert "Please check the rank." in page
    assert back.url.startswith(address("article_review", records.article.pk))


def test_open_comments_are_counted_in_the_list_and_on_the_desk(client, records, posted):
    url = address("article_change", records.article.pk)
    client.post(url, posted(client, url, title_en="Five"))
    comment(client, records.article, "One")
    comment(client, records.article, "Two")
    Comment.objects.filter(text="One").update(
        resolved_at="2023-10-20T00:00:00Z", resolved_by=person("writer", "x")
    )

    [row] = client.get(address("article_changelist")).context["cl"].result_list
    desk = client.get(reverse("admin:index")).content.decode()

    assert row.open_comments == 1
    assert "1 comment</a>" in desk


@pytest.mark.parametrize("text", ["", "  ", "x" * 4001])
def test_what_says_nothing_or_too_much_is_not_kept_and_not_lost(client, records, text):
    answer = comment(client, records.article, text)

    assert answer.status_code == 409
    assert Comment.objects.count() == 0


def test_comments_are_no_part_of_what_is_signed_or_read(client, records):
    from towns.publishing.road import text_of

    before = text_of(records.article).digest
    comment(client, records.article, "Not for the public", TextBlock.objects.get())

    assert text_of(records.article).digest == before


def test_strangers_see_no_margin(records):
    for page in ("margin", "comments", "cure"):
        answer = Client().get(address(f"article_{page}", records.article.pk))
        assert answer.status_code == 302
