"""History and bin on the staff's screens."""

import pytest
from django.urls import reverse

from tests.signing import person
from towns.models import BinItem, Town, Version
from towns.publishing.binning import move_to_bin
from towns.publishing.history import note_version


@pytest.fixture
def versions(town: Town) -> list[Version]:
    """Two of a town that is not public; the newer one first."""
    writer = person("writer", "a-writer")
    note_version(town, by=writer)
    town.name_en = "Jinli Town"
    town.save()
    note_version(town, by=writer)
    return list(Version.objects.about(town))


def restore(town: Town, version: Version) -> str:
    return reverse("admin:towns_town_restore", args=[town.pk, version.pk])


@pytest.mark.parametrize(("language", "word"), [("en", "History"), ("zh-hans", "历史")])
def test_history_compares_the_two_newest(language, word, town, versions, signed_in, staff):
    response = signed_in(staff("writer"), language).get(
        reverse("admin:towns_town_history", args=[town.pk])
    )

    assert word in response.text
    assert "Jinli Town" in [one.new for one in response.context["differences"]]


def test_an_earlier_version_comes_back_after_asking(town, versions, signed_in, staff):
    client, url = signed_in(staff("writer")), restore(town, versions[1])

    asked = client.get(url)
    town.refresh_from_db()
    assert town.name_en == "Jinli Town"
    client.post(url)

    town.refresh_from_db()
    assert "Bring back the version of" in asked.text
    assert town.name_en == "Jinli"


def test_nobody_restores_without_the_right(town, versions, signed_in, staff):
    response = signed_in(staff("proof-reader")).post(restore(town, versions[1]))

    town.refresh_from_db()
    assert response.status_code == 403
    assert town.name_en == "Jinli Town"


def test_what_is_in_the_bin_comes_back_after_asking(records, signed_in, staff):
    item = move_to_bin(records.article, by=person("writer", "a-writer"))
    client, url = signed_in(staff("writer")), reverse("admin:towns_binitem_restore", args=[item.pk])

    client.get(url)
    assert BinItem.objects.exists()
    client.post(url)

    assert not BinItem.objects.exists()


def test_nobody_takes_out_of_the_bin_without_the_right(records, signed_in, staff):
    item = move_to_bin(records.article, by=person("writer", "a-writer"))

    response = signed_in(staff("proof-reader")).post(
        reverse("admin:towns_binitem_restore", args=[item.pk])
    )

    assert response.status_code == 403
    assert BinItem.objects.exists()
