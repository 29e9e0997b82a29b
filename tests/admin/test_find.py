"""One box for everything, by each list's own rules and each person's rights."""

import pytest
from django.urls import reverse

from towns.models import Party, User


def found(client, typed: str) -> dict[str, list[str]]:
    response = client.get(reverse("admin:find"), {"q": typed})
    assert response.status_code == 200
    return {kind.name: [url for _name, url in kind.rows] for kind in response.context["kinds"]}


def form_of(record) -> str:
    return reverse(f"admin:towns_{record._meta.model_name}_change", args=[record.pk])


@pytest.mark.parametrize("typed", ["金利", "jinli", "Jinli"])
def test_a_town_and_all_about_it_by_any_of_its_names(typed, records, writer, signed_in):
    kinds = found(signed_in(writer), typed)

    assert kinds["Towns"] == [form_of(records.town)]
    assert form_of(records.article) in kinds["Articles"]
    assert form_of(records.project) in kinds["Projects"]


def test_by_the_words_of_a_caption_and_of_a_title(records, writer, signed_in):
    client = signed_in(writer)

    assert found(client, "village sign") == {"Pictures": [form_of(records.photo)]}
    assert list(found(client, "four TOWNS")) == ["Articles"]


def test_only_what_this_person_may_see(records, staff, signed_in):
    nobody = User.objects.create_user("no-rights", is_staff=True)

    assert found(signed_in(nobody), "jinli") == {}


@pytest.mark.parametrize("typed", ["", "   ", "没有这个", "x" * 100_000, "%_'\"\\", "\0"])
def test_nothing_and_nonsense_find_nothing(typed, records, writer, signed_in):
    assert found(signed_in(writer), typed) == {}


def test_many_are_a_few_and_the_way_to_all(records, writer, signed_in):
    Party.objects.bulk_create(
        Party(kind="person", name_en=f"Somebody {n}", search_names=f"somebody {n}")
        for n in range(9)
    )

    response = signed_in(writer).get(reverse("admin:find"), {"q": "somebody"})

    (parties,) = response.context["kinds"]
    assert len(parties.rows) == 6
    assert parties.more_url == f"{reverse('admin:towns_party_changelist')}?q=somebody"


def test_the_box_stands_on_every_screen_and_says_so_in_chinese(records, writer, signed_in):
    page = signed_in(writer, "zh-hans").get(form_of(records.town)).content.decode()

    assert 'action="/admin/find/"' in page
    assert "在全部内容里找" in page


def test_strangers_are_sent_to_sign_in(client, db):
    assert client.get(reverse("admin:find")).status_code == 302
