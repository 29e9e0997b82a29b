"""The stages on the staff's screens, and what is erased or printed of a publication."""

import pytest
from django.urls import reverse

from tests.signing import person, publish_signed
from towns.accounts.stages import ensure_stages
from towns.models import Publication, Stage, TrailEntry

PRESET = "admin:towns_stage_preset"


@pytest.mark.parametrize("role", ["writer", "proof-reader", "publisher", "final reviewer"])
def test_nobody_but_the_administrator_replaces_the_stages(role, signed_in, staff):
    ensure_stages()

    response = signed_in(staff(role)).post(reverse(PRESET), {"preset": "two-people"})

    assert response.status_code == 403
    assert Stage.objects.count() == 3


@pytest.mark.parametrize(
    ("language", "word"), [("en", "No, take me back"), ("zh-hans", "不，返回")]
)
def test_a_preset_is_asked_for_and_stands_in_the_trail(language, word, signed_in, administrator):
    ensure_stages()
    client = signed_in(administrator, language)

    asked = client.get(reverse(PRESET))
    assert Stage.objects.count() == 3
    client.post(reverse(PRESET), {"preset": "two-people"})

    assert word in asked.text
    assert Stage.objects.get().waiver_en
    assert TrailEntry.objects.get(act=TrailEntry.Act.STAGES).by == administrator


@pytest.fixture
def earlier(demo) -> Publication:
    """The first of two publications."""
    demo.article.title_en = "Four towns"
    demo.article.save()
    publish_signed(demo.article)
    return demo.article.publications.get(number=1)


def erase(publication: Publication) -> str:
    return reverse("admin:towns_publication_erase", args=[publication.pk])


def test_nobody_erases_a_publication_without_the_right(earlier, signed_in):
    response = signed_in(person("writer")).post(erase(earlier), {"reason": "-"})

    earlier.document.refresh_from_db()
    assert response.status_code == 403
    assert not earlier.document.is_erased


def test_asking_erases_nothing_and_answering_does(earlier, signed_in):
    client = signed_in(person("publisher"))

    client.get(erase(earlier))
    earlier.document.refresh_from_db()
    assert not earlier.document.is_erased
    client.post(erase(earlier), {"reason": "An identity number."})

    earlier.document.refresh_from_db()
    assert earlier.document.is_erased


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_sheet_names_every_signature(language, demo, signed_in):
    publication = demo.article.publications.get()

    response = signed_in(person("writer"), language).get(
        reverse("admin:towns_publication_sheet", args=[publication.pk])
    )

    assert "信息发布审核表" in response.text
    assert publication.document_id in response.text.replace(" ", "")
    assert len([step for step in response.context["steps"] if step.signature]) == 6


def test_the_sheet_keeps_its_signatures_when_the_stages_are_replaced(
    demo, signed_in, administrator
):
    signed_in(administrator).post(reverse(PRESET), {"preset": "two-people"})
    publication = demo.article.publications.get()

    response = signed_in(administrator).get(
        reverse("admin:towns_publication_sheet", args=[publication.pk])
    )

    assert "not signed" not in response.text
    assert len(response.context["steps"]) == 6
