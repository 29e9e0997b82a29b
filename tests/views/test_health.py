import pytest
from django.db import OperationalError

from towns.models import SiteVersion


def test_alive_needs_no_database(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_when_the_database_answers(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_not_ready_without_the_database(client, monkeypatch):
    def fail():
        raise OperationalError("gone")

    monkeypatch.setattr(SiteVersion.objects, "exists", fail)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (503, b"the database does not answer\n")
