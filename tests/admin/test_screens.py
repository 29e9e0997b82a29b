import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from tests.signing import publish_signed
from towns.accounts.roles import ADMINISTRATOR, WRITER
from towns.documents.cells import cells_of
from towns.imports.draft import receive_article
from towns.imports.sheet.kinds import KINDS
from towns.imports.sheet.uploads import receive as receive_sheet
from towns.models import (
    BinItem,
    Change,
    Document,
    Page,
    Proposal,
    Publication,
    ReaderComment,
    ReaderLetter,
    Region,
    Review,
    SiteSettings,
    Source,
    Stage,
    Term,
    Town,
    TrailEntry,
    User,
)
from towns.publishing.binning import move_to_bin
from towns.publishing.proposal import propose
from towns.publishing.record import publish_records

SCREENS = sorted(admin.site._registry, key=lambda model: model.__name__)
FROM_READERS = (ReaderLetter, ReaderComment)
READ_ONLY = (
    *(Change, Document, Publication, TrailEntry, Review, Proposal, BinItem),
    *FROM_READERS,
)
LOGS = (Change, Document, Publication, TrailEntry, Review)
# What a writer is not let into, and what a writer only reads.
CLOSED_TO_WRITERS = (User, Group, SiteSettings, Page)
NOT_ADDED_BY_WRITERS = (*CLOSED_TO_WRITERS, *READ_ONLY, Region, Stage)


def address(model: type, page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def one_of_each(records, publisher):
    town, edition = records.town, records.edition
    publish_records([town, edition, records.project, records.statistic], by=publisher)
    publish_signed(records.article, by=publisher)
    before = cells_of(town)
    after = {**before, "columns": {**before["columns"], "name_en": "Other"}}
    propose(town, before=before, after=after, by=publisher, reason="A test")
    move_to_bin(Source.objects.create(title_en="To the bin"), by=publisher)
    ReaderLetter.objects.create(message="It is 458.", language="en")
    words = {"name": "Ann", "text": "Well said.", "language": "en"}
    ReaderComment.objects.create(article=records.article, **words)
    receive_article([("a.txt", "题目\n\n正文。".encode())], by=publisher)
    receive_sheet(
        KINDS["party"], "parties.csv", "中文名,类别\n高要发布,media\n".encode(), by=publisher
    )
    Term.objects.create(name_zh="金利镇")
    return records


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("model", SCREENS, ids=lambda model: model.__name__)
def test_every_screen_opens_for_administrator(
    model, language, one_of_each, administrator, signed_in
):
    client = signed_in(administrator, language)
    record = model.objects.order_by("pk").first()

    shown = client.get(address(model, "changelist"), follow=True)
    changed = client.get(address(model, "change", record.pk))
    added = client.get(address(model, "add"), follow=True)

    assert shown.status_code == changed.status_code == 200
    assert added.status_code == (403 if model in READ_ONLY else 200)
    assert f'<html lang="{language}"' in changed.text
    if 'name="_save"' in changed.text:
        assert re.search(r'name="_version" value="[0-9a-f]{64}"', changed.text)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("model", SCREENS, ids=lambda model: model.__name__)
def test_every_screen_opens_for_writer_as_far_as_the_role_goes(
    model, language, one_of_each, writer, signed_in
):
    client = signed_in(writer, language)
    record = model.objects.order_by("pk").first()

    shown = client.get(address(model, "changelist"))
    changed = client.get(address(model, "change", record.pk))
    added = client.get(address(model, "add"))

    expected = 403 if model in CLOSED_TO_WRITERS else 200
    assert shown.status_code == changed.status_code == expected
    assert added.status_code == (403 if model in NOT_ADDED_BY_WRITERS else 200)


@pytest.mark.parametrize("model", SCREENS, ids=lambda model: model.__name__)
def test_every_screen_refuses_staff_without_rights(model, one_of_each, signed_in):
    client = signed_in(User.objects.create_user("nobody", is_staff=True))
    record = model.objects.order_by("pk").first()

    pages = [address(model, "changelist"), address(model, "add")]
    pages += [address(model, page, record.pk) for page in ("change", "delete")]

    assert [client.get(page).status_code for page in pages] == [403] * 4


@pytest.mark.parametrize("model", LOGS, ids=lambda model: model.__name__)
def test_log_cannot_be_changed_by_a_superuser(model, one_of_each, admin_client):
    record = model.objects.order_by("pk").first()

    changed = admin_client.post(address(model, "change", record.pk), {})
    deleted = admin_client.post(address(model, "delete", record.pk), {"post": "yes"})

    assert changed.status_code == deleted.status_code == 403


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (WRITER, ["Writing", "Deciding", "Readers", "Records", "Sources", "Site"]),
        (ADMINISTRATOR, ["Writing", "Deciding", "Readers", "Records", "Sources", "Site"]),
    ],
)
def test_index_shows_the_groups_of_the_work(role, expected, staff, signed_in):
    response = signed_in(staff(role)).get(reverse("admin:index"))

    assert [str(group["name"]) for group in response.context["app_list"]] == expected


def test_every_screen_stands_in_a_group(admin_client):
    response = admin_client.get(reverse("admin:index"))

    grouped = {
        model["model"] for group in response.context["app_list"] for model in group["models"]
    }
    assert grouped == set(SCREENS)


def test_language_switch_keeps_the_page(writer, client):
    client.force_login(writer)
    page = address(Town, "changelist")

    response = client.post(reverse("set_language"), {"language": "en", "next": page}, follow=True)

    assert response.redirect_chain == [(page, 302)]
    assert '<html lang="en"' in response.text


def test_settings_list_leads_to_the_one_row(administrator, signed_in, posted):
    client = signed_in(administrator)

    SiteSettings.objects.all().delete()
    before = client.get(address(SiteSettings, "changelist"))
    add = address(SiteSettings, "add")
    client.post(add, posted(client, add, name_zh="城镇门户", name_en="Towns"))
    after = client.get(address(SiteSettings, "changelist"))
    again = client.get(address(SiteSettings, "add"))

    assert before.url == address(SiteSettings, "add")
    assert after.url == again.url == address(SiteSettings, "change", SiteSettings.ONLY)
    assert SiteSettings.load().name_en == "Towns"


def test_administrator_cannot_make_or_touch_a_superuser(administrator, admin_user, signed_in):
    client = signed_in(administrator)

    own = client.get(address(User, "change", administrator.pk))
    other = client.post(address(User, "change", admin_user.pk), {"username": "mine"})
    password = client.get(reverse("admin:auth_user_password_change", args=[admin_user.pk]))

    assert "is_superuser" not in own.context["adminform"].form.fields
    assert other.status_code == password.status_code == 403
