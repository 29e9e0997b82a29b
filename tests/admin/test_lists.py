import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from towns.models import (
    Article,
    Party,
    Photo,
    PhotoCredit,
    Project,
    RankingEntry,
    Source,
    Statistic,
    Town,
)


def queries(client, model: type) -> int:
    url = reverse(f"admin:towns_{model._meta.model_name}_changelist")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def another(record, number: int, **changes):
    copied = copy.copy(record)
    copied.pk, copied._state.adding = None, True
    if hasattr(copied, "uid"):
        copied.uid = type(record)._meta.get_field("uid").default()
    for name, value in changes.items():
        setattr(copied, name, value)
    copied.save()
    return copied


def more(model: type, records, number: int) -> None:
    match model.__name__:
        case "Article":
            another(records.article, number, slug=f"article-{number}")
        case "Party":
            another(records.party, number)
        case "Photo":
            photo = another(records.photo, number, digest=f"{number:064}")
            PhotoCredit.objects.create(photo=photo, kind="source", party=records.party)
        case "Project":
            another(records.project, number, slug=f"p-{number}").towns.add(records.town)
        case "RankingEntry":
            town = another(records.town, number, code=f"4412042{number:02}")
            another(records.entry, number, town=town, rank=number + 1)
        case "Source":
            another(records.source, number)
        case "Statistic":
            another(records.statistic, number)
        case "Town":
            another(records.town, number, code=f"4412042{number:02}")


@pytest.mark.parametrize(
    "model",
    [Article, Party, Photo, Project, RankingEntry, Source, Statistic, Town],
    ids=lambda model: model.__name__,
)
def test_list_makes_as_many_queries_for_1_row_as_for_100(model, records, writer, signed_in):
    client = signed_in(writer)
    client.get(reverse("admin:index"))
    queries(client, model)

    for_one = queries(client, model)
    for number in range(99):
        more(model, records, number)
    for_hundred = queries(client, model)

    assert model.objects.count() >= 100
    # Beyond one page, the list asks how many rows there are without its filters.
    assert for_hundred <= for_one + 1
