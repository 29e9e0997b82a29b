import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.signing import submit_by_writer
from towns.models import Article, Backup, Presence


def address(page: str, *args: object) -> str:
    return reverse(f"admin:towns_{page}", args=args)


@pytest.fixture
def client(writer, signed_in):
    return signed_in(writer)


@pytest.fixture
def other(staff) -> Client:
    client = Client()
    client.force_login(staff("administrator"))
    client.cookies["django_language"] = "en"
    return client


def kept(client: Client, record, fields: dict | None, **said) -> dict:
    """What the page sends while somebody types."""
    pairs = None if fields is None else [pair for item in fields.items() for pair in _pairs(*item)]
    version = fields["_version"] if fields and "_version" in fields else ""
    payload = {"fields": pairs, "version": version, **said}
    url = address(f"{record._meta.model_name}_backup", record.pk or "add")
    return client.post(url, {"payload": json.dumps(payload)}).json()


def _pairs(name: str, value: object) -> list[list[str]]:
    return [[name, str(one)] for one in (value if isinstance(value, list) else [value])]


def test_what_was_typed_is_offered_again_with_what_differs(client, records, posted):
    url = address("article_change", records.article.pk)
    answer = kept(client, records.article, posted(client, url, title_en="Five towns"))

    page = client.get(url)

    assert answer["state"] == "kept"
    [offer] = page.context["saving"]["offers"]
    assert [(one.old, one.new) for one in offer.differences] == [("Four towns", "Five towns")]
    restored = client.get(offer.restore_url)
    assert 'value="Five towns"' in restored.content.decode()
    records.article.refresh_from_db()
    assert records.article.title_en == "Four towns"


def test_it_is_gone_once_saved(client, records, posted):
    url = address("article_change", records.article.pk)
    typed = posted(client, url, title_en="Five towns")
    kept(client, records.article, typed)

    assert client.post(url, typed).status_code == 302

    assert not Backup.objects.exists()


def test_what_was_saved_after_all_is_not_offered(client, records, posted):
    url = address("article_change", records.article.pk)
    typed = posted(client, url, title_en="Five towns")
    client.post(url, typed)
    kept(client, records.article, typed)

    page = client.get(url)

    assert page.context["saving"]["offers"] == []
    assert not Backup.objects.exists()


def test_nobody_else_sees_it(client, other, records, posted):
    url = address("article_change", records.article.pk)
    kept(client, records.article, posted(client, url, title_en="Five towns"))

    page = other.get(url)
    restored = other.get(f"{url}?restore=")

    assert page.context["saving"]["offers"] == []
    assert "Five towns" not in page.content.decode() + restored.content.decode()


def test_it_can_be_thrown_away(client, records, posted):
    url = address("article_change", records.article.pk)
    kept(client, records.article, posted(client, url, title_en="Five towns"))

    client.post(address("article_backup", records.article.pk), {"throw_away": "1"})

    assert not Backup.objects.exists()


def test_an_article_that_is_not_saved_yet_is_kept_too(client, records):
    page = client.get(address("article_add"))
    key = page.context["saving"]["key"]
    fields = {"title_en": "New", "slug": "new", "column": str(records.column.pk)}
    kept(client, Article(), fields, key=key)

    [offer] = client.get(address("article_add")).context["saving"]["offers"]

    assert offer.backup.key == key
    assert 'value="New"' in client.get(offer.restore_url).content.decode()


def test_what_a_page_sends_late_of_a_saved_new_record_is_not_kept(client, records):
    data = {"name_en": "News", "slug": "news", "order": "0", "_form_key": "k1"}
    assert client.post(address("column_add"), data).status_code == 302

    answer = kept(client, type(records.column)(), {"name_en": "News"}, key="k1")

    assert answer["state"] == "saved"
    assert not Backup.objects.exists()


def test_unsaved_work_on_an_older_version_leads_to_both(client, other, records, posted):
    url = address("article_change", records.article.pk)
    kept(client, records.article, posted(client, url, title_en="Five towns"))
    other.post(url, posted(other, url, title_zh="四镇"))

    restored = client.get(f"{url}?restore=")

    assert restored.url == address("article_merge", records.article.pk)
    assert "Five" in client.get(restored.url).content.decode()


def test_what_was_typed_while_somebody_submitted_is_kept(client, records, posted):
    url = address("article_change", records.article.pk)
    typed = posted(client, url, title_en="Five towns")
    records.article.towns_photoblock_set.all().delete()
    submit_by_writer(records.article)

    client.post(url, typed)

    assert dict(Backup.objects.get().fields)["title_en"] == "Five towns"


@pytest.mark.parametrize(
    ("payload", "status"),
    [
        ("no json", 400),
        ("[]", 400),
        ('{"fields": [["a", 1]]}', 400),
        ('{"fields": "' + "x" * 2_000_000 + '"}', 413),
    ],
)
def test_what_is_no_form_or_too_long_is_refused(client, records, payload, status):
    url = address("article_backup", records.article.pk)

    assert client.post(url, {"payload": payload}).status_code == status
    assert not Backup.objects.exists()


def test_who_may_not_write_keeps_nothing(staff, records):
    client = Client()
    client.force_login(staff("proof-reader"))

    answer = client.post(address("article_backup", records.article.pk), {"payload": "{}"})

    assert answer.status_code == 403


def test_old_work_is_cleaned_up(client, records, posted):
    fields = posted(client, address("town_change", records.town.pk), name_en="Jinlee")
    kept(client, records.town, fields)
    Backup.objects.update(written_at=timezone.now() - dt.timedelta(days=31))

    kept(client, records.article, {"title_en": "Five"})

    assert [b.content_type.model for b in Backup.objects.all()] == ["article"]


# Who else is here -----------------------------------------------------------------------------


def test_two_at_one_form_see_each_other_until_one_leaves(client, other, records):
    kept(client, records.article, None)
    first = kept(other, records.article, None)
    again = kept(client, records.article, None)
    kept(other, records.article, None, left=True)

    assert [one["name"] for one in first["others"]] == ["writer"]
    assert [one["name"] for one in again["others"]] == ["administrator"]
    assert kept(client, records.article, None)["others"] == []


def test_who_is_not_heard_of_for_half_a_minute_has_left(client, other, records):
    kept(other, records.article, None)
    Presence.objects.update(seen_at=timezone.now() - dt.timedelta(seconds=31))

    assert kept(client, records.article, None)["others"] == []


def test_the_page_is_told_of_a_newer_version(client, other, records, posted):
    url = address("article_change", records.article.pk)
    last = client.get(url).context["saving"]["data"]["last"]
    other.post(url, posted(other, url, title_en="Five towns"))

    answer = kept(client, records.article, None, last=last)

    assert answer["newer"]["who"] == "administrator"
