"""Accounts and roles keep the rule of conflicts without anything of them being kept."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from towns.admin.conflict import TellsConflicts
from towns.admin.list_conflict import ListsTellConflicts
from towns.admin.stale import RefusesOlderForms
from towns.models import User

# Nobody changes these in a form; the log and what was published are as they are, and of what
# was received each answer is kept by itself.
READ_ONLY = {
    "articleupload",
    "sheetupload",
    "change",
    "publication",
    "document",
    "trailentry",
    "review",
    "binitem",
    "proposal",
}


@pytest.fixture
def client(staff) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(staff("administrator"))
    return client


@pytest.fixture
def colleague(staff) -> User:
    return staff("writer")


def test_the_second_of_two_who_change_an_account_stores_nothing(client, colleague, posted):
    url = reverse("admin:towns_user_change", args=[colleague.pk])
    first, second = posted(client, url, last_name="Tan"), posted(client, url, email="t@example.org")
    client.post(url, first)

    answer = client.post(url, second)

    colleague.refresh_from_db()
    assert answer.status_code == 409
    assert (colleague.last_name, colleague.email) == ("Tan", "")
    said = answer.content.decode()
    assert "now: Tan" in said
    assert "t@example.org" in said

    client.post(url, {**second, "_version": answer.context["form_version"], "last_name": "Tan"})
    colleague.refresh_from_db()
    assert (colleague.last_name, colleague.email) == ("Tan", "t@example.org")


def test_signing_in_meanwhile_is_no_newer_account(client, colleague, posted):
    url = reverse("admin:towns_user_change", args=[colleague.pk])
    sent = posted(client, url, last_name="Tan")
    Client().force_login(colleague)

    assert client.post(url, sent).status_code == 302


def test_a_role_keeps_the_rule_too(admin_client, posted):
    role = Group.objects.create(name="interns")
    url = reverse("admin:auth_group_change", args=[role.pk])
    sent = posted(admin_client, url, name="trainees")
    Group.objects.filter(pk=role.pk).update(name="juniors")

    assert admin_client.post(url, sent).status_code == 409
    assert Group.objects.get(pk=role.pk).name == "juniors"


def test_no_form_of_the_desk_overwrites_without_a_word():
    for model, screen in admin.site._registry.items():
        if model._meta.model_name not in READ_ONLY:
            assert isinstance(screen, TellsConflicts | RefusesOlderForms), model
        if screen.list_editable:
            assert isinstance(screen, ListsTellConflicts), model
