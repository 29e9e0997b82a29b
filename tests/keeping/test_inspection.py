"""Every check of the site's health finds what it says, and leaves what is well alone."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.signing import submit_by_writer
from towns.keeping.inspection import CHECKS, inspect_site
from towns.models import Article, MovedOn, Photo, Publication, Town, TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown_photo(demo) -> Photo:
    """A picture that is public, on a site with nothing wrong about it."""
    Photo.objects.update(alt_zh="说", alt_en="says", licence_ends=None, shows_minors=False)
    return Photo.objects.public().first()


def counted() -> dict[str, int]:
    return {finding.check.count.__name__: finding.count for finding in inspect_site()}


def change(photo: Photo, **columns: object) -> None:
    Photo.objects.filter(pk=photo.pk).update(**columns)


def test_a_site_that_is_well_has_nothing_to_say(shown_photo):
    assert counted() == {}


@pytest.mark.parametrize(
    ("days", "check"), [(-1, "licences_ended"), (0, "licences_ending"), (30, "licences_ending")]
)
def test_licences(shown_photo, days, check):
    change(shown_photo, licence_ends=timezone.localdate() + dt.timedelta(days=days))

    assert counted() == {check: 1}


def test_a_licence_that_ends_later_is_no_matter(shown_photo):
    change(shown_photo, licence_ends=timezone.localdate() + dt.timedelta(days=31))

    assert counted() == {}


def test_minors_and_alternative_texts(shown_photo):
    change(shown_photo, shows_minors=True, alt_en="")

    assert counted() == {"minors_without_consent": 1, "without_alternative_text": 1}
    change(shown_photo, minors_consent="Parents, 2023-10-20", alt_en="says")
    assert counted() == {}


def test_maps_need_their_number(shown_photo):
    change(shown_photo, is_map=True)

    assert counted() == {"maps_without_number": 1}
    change(shown_photo, map_approval="粤S(2023)044号")
    assert counted() == {}


def test_what_nobody_sees_is_no_matter(draft_demo):
    Photo.objects.filter(pk=draft_demo.article.lead_photo_id).update(shows_minors=True)
    Town.objects.update(lead_photo=None)

    assert "minors_without_consent" not in counted()


def test_articles_that_wait_or_did_not_go_out(draft_demo):
    submit_by_writer(draft_demo.article)
    assert not {"waiting_long", "missed"} & counted().keys()

    long_ago = timezone.now() - dt.timedelta(days=2)
    TrailEntry.objects.update(at=long_ago)
    Article.objects.filter(pk=draft_demo.article.pk).update(missed_at=long_ago)

    assert counted() | {"waiting_long": 1, "missed": 1} == counted()


def test_a_quoted_record_that_was_corrected_counts_its_article_once(shown_photo):
    publication = Publication.objects.public().first()
    for number in ("a", "b"):
        MovedOn.objects.create(
            publication=publication,
            kind="statistic",
            permanent_id=number,
            changes="{}",
            is_correction=True,
            since=timezone.now(),
        )

    assert counted() == {"moved_on": 1}


def test_a_quiet_fortnight(shown_photo):
    Publication.objects.update(published_at=timezone.now() - dt.timedelta(days=15))

    assert counted() == {"quiet": 1}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.count.__name__)
def test_every_finding_leads_to_a_list_that_can_be_asked_so(check, admin_client):
    answer = admin_client.get(f"/admin/towns/{check.model}/?{check.list_query}")

    # Django answers what a list does not know with a redirect.
    assert answer.status_code == 200


def test_the_worst_stand_first():
    order = [check.severity for check in CHECKS]

    assert order == sorted(order, key=["stops", "warns", "notes"].index)
