"""Errors in both languages, in the site's look; what may have failed is not asked."""

import json

import pytest
from django.db import DatabaseError
from django.test import Client

from towns.views import errors

ANSWERS = {
    400: lambda request: errors.bad_request(request, ValueError()),
    403: lambda request: errors.forbidden(request, PermissionError()),
    404: lambda request: errors.not_found(request, LookupError()),
    410: lambda request: errors.gone(request, "Withdrawn on 30 September."),
    429: errors.too_many,
    500: errors.server_error,
    503: errors.unavailable,
}


@pytest.mark.parametrize("status", ANSWERS)
@pytest.mark.parametrize(("language", "other"), [("zh-hans", "en"), ("en", "zh-hans")])
def test_every_error_has_its_page_and_a_line_in_the_other_language(rf, db, status, language, other):
    answer = ANSWERS[status](rf.get(f"/{language}/nowhere/"))

    text = answer.content.decode()
    assert answer.status_code == status
    assert f'<html lang="{language}"' in text
    assert f'lang="{other}"' in text
    assert f'<p class="kicker{" kicker--signal" if status == 410 else ""}">{status}</p>' in text


@pytest.mark.parametrize("status", [500, 503])
def test_no_database_is_asked_after_a_failure(rf, status):
    assert ANSWERS[status](rf.get("/en/")).status_code == status


def test_a_missing_page_is_said_without_a_database_too(rf, monkeypatch):
    def fail(*args: object, **kwargs: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(errors, "render", fail)

    answer = ANSWERS[404](rf.get("/en/nowhere/"))

    assert answer.status_code == 404
    assert "This page does not exist" in answer.content.decode()


def test_what_is_missing_has_no_address_to_remember(client, db):
    answer = client.get("/en/nowhere/")

    assert answer.status_code == 404
    assert '<meta name="robots" content="noindex">' in answer.text
    assert "canonical" not in answer.text
    assert 'rel="alternate" hreflang' not in answer.text


@pytest.mark.parametrize("status", [429, 503])
def test_who_has_to_wait_is_told_how_long(rf, db, status):
    assert int(ANSWERS[status](rf.get("/en/"))["Retry-After"]) > 0


def test_withdrawal_says_what_the_desk_said(rf, db):
    assert "Withdrawn on 30 September." in ANSWERS[410](rf.get("/en/")).content.decode()


@pytest.mark.parametrize("status", ANSWERS)
def test_the_api_gets_a_problem_document(rf, status):
    answer = ANSWERS[status](rf.get("/api/v1/nowhere/"))

    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == status


def test_a_form_from_elsewhere_is_refused_in_the_sites_look(db):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/admin/login/", headers={"accept-language": "en"})

    assert answer.status_code == 403
    assert "load the page anew" in answer.content.decode()


def test_staff_are_told_too_that_a_page_is_missing(admin_client):
    answer = admin_client.get("/admin/nowhere/", headers={"accept-language": "en"})

    assert answer.status_code == 404
    assert "This page does not exist" in answer.content.decode()
