import html
import re

import pytest
from django.urls import reverse

from towns.models import Column

LIST = reverse("admin:towns_column_changelist")


@pytest.fixture
def client(writer, signed_in):
    return signed_in(writer)


@pytest.fixture
def columns(db) -> list[Column]:
    return [Column.objects.create(slug=f"c{n}", name_en=f"Column {n}", order=n) for n in (1, 2)]


def sent(page: str) -> dict[str, str]:
    """The fields of a page, as a browser without script would send them."""
    fields = {}
    for tag in re.findall(r"<input[^>]*>", page):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if said.get("name") and said.get("type") in ("hidden", "number"):
            fields[said["name"]] = html.unescape(said.get("value", ""))
    return {**fields, "_save": "Save"}


def order() -> list[int]:
    return list(Column.objects.order_by("slug").values_list("order", flat=True))


def test_a_cell_that_both_changed_stores_nothing_until_it_is_chosen(client, columns):
    form = sent(client.get(LIST).content.decode())
    Column.objects.filter(slug="c1").update(order=5)

    answer = client.post(LIST, {**form, "form-0-order": "7", "form-1-order": "9"})
    before = order()
    client.post(LIST, {**sent(answer.content.decode()), "form-0-order": "7"})

    assert (answer.status_code, before, order()) == (409, [5, 2], [7, 9])


def test_what_only_the_other_changed_stays(client, columns):
    form = sent(client.get(LIST).content.decode())
    Column.objects.filter(slug="c1").update(order=5)

    answer = client.post(LIST, {**form, "form-1-order": "9"})

    assert (answer.status_code, order()) == (302, [5, 9])


def test_the_choice_is_checked_again(client, columns):
    form = sent(client.get(LIST).content.decode())
    Column.objects.filter(slug="c1").update(order=5)
    answer = client.post(LIST, {**form, "form-0-order": "7"})
    Column.objects.filter(slug="c1").update(order=6)

    again = client.post(LIST, {**sent(answer.content.decode()), "form-0-order": "7"})

    assert (again.status_code, order()) == (409, [6, 2])
