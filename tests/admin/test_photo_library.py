"""The photo library: what the list finds, and what the page of one picture says."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.signing import publish_signed
from towns.admin.photo_needs import NEEDS, chip, day_condition
from towns.admin.photo_uses import uses_of
from towns.models import Photo, PhotoCredit, Proposal
from towns.publishing.record import publish_records

UPLOAD = "admin:towns_photo_upload"


# The list ---------------------------------------------------------------------------------------


@pytest.fixture
def needy(records, photo_of):
    """A picture of each need and one without any."""
    today = timezone.localdate()
    full = {
        "caption_zh": "一",
        "caption_en": "One",
        "alt_zh": "一",
        "alt_en": "One",
        "licence": "CC0",
    }
    lacks = {
        "licence-ended": {"licence_ends": today - dt.timedelta(days=1)},
        "consent": {"shows_minors": True},
        "map-number": {"is_map": True},
        "credit": {},
        "licence-ending": {"licence_ends": today + dt.timedelta(days=30)},
        "caption-zh": {"caption_zh": ""},
        "caption-en": {"caption_en": ""},
        "alt-zh": {"alt_zh": ""},
        "alt-en": {"alt_en": ""},
        "licence": {"licence": ""},
        "": {"licence_ends": today + dt.timedelta(days=31)},
    }
    photos = {}
    for number, (name, values) in enumerate(lacks.items()):
        photos[name] = photo_of(f"#{number * 20:02x}0000", **{**full, **values})
        if name != "credit":
            PhotoCredit.objects.create(photo=photos[name], kind="source", party=records.party)
    return photos


def test_each_need_is_found_by_its_filter_and_shown_by_its_chip(desk, needy):
    ours = Photo.objects.filter(pk__in=[photo.pk for photo in needy.values()])

    for need in NEEDS:
        assert list(need.of(ours)) == [needy[need.name]]
        assert need.is_of(needy[need.name])
        assert not need.is_of(needy[""])
        assert chip(needy[need.name]).kind == ("stop" if need.stops else "warn")
    assert chip(needy[""]) is None


def found(client, **query) -> set[str]:
    page = client.get(reverse("admin:towns_photo_changelist"), query)
    return {str(photo) for photo, _used, _chip in page.context["cards"]}


def test_pictures_are_found_by_caption_party_town_date_rights_and_file(desk, records, photo_of):
    photo_of("blue", caption_en="A lake")
    photo = photo_of(
        "red",
        caption_en="A road",
        taken_on=dt.date(2023, 10, 18),
        licence="CC BY 4.0",
        file_name="IMG_2231.jpg",
    )
    PhotoCredit.objects.create(photo=photo, kind="photographed", party=records.party)
    photo.towns.add(records.town)
    records.photo.credits.all().delete()

    for term in (
        "road",
        "gaoyao",
        "高要发布",
        "jinli",
        "金利",
        "2023-10",
        "2023年10月18日",
        "CC BY",
        "img_2231",
        "金利 2023",
    ):
        assert found(desk, q=term) == {"A road"}, term


@pytest.mark.parametrize("text", ["12", "2023-10-18-1", "road", "9999", "20231018", "２０２３"])
def test_what_is_no_day_is_none(text):
    assert day_condition(text) is None


def test_used_and_never_used(desk, records, photo_of):
    photo_of("red", caption_en="Never used")

    assert found(desk, used="no") == {"Never used"}
    assert found(desk, used="yes") == {"A village sign"}
    assert found(desk, public="yes") == set()


def test_uses_tell_drafts_from_public_and_review(records, publisher, desk):
    photo = records.photo
    records.town.lead_photo = photo
    records.town.save()
    records.project.photos.add(photo)

    before = [(use.kind, use.name, use.state) for use in uses_of([photo])[photo.pk]]
    publish_records([records.town, records.project], by=publisher)
    publish_signed(records.article, by=publisher)
    after = [(use.state, use.is_public) for use in uses_of([photo])[photo.pk]]

    assert before == [
        ("Article", "Four towns", "draft"),
        ("Town", "Jinli", "not public"),
        ("Project", "Jinli Avenue", "not public"),
    ]
    assert after == [("public", True)] * 3


# The page of one picture ------------------------------------------------------------------------


def test_the_page_shows_crops_uses_and_who_can_see_it(desk, records):
    Photo.objects.filter(pk=records.photo.pk).update(focus_x=100, focus_y=0)

    page = desk.get(reverse("admin:towns_photo_change", args=[records.photo.pk]))

    assert [crop.view_box for crop in page.context["crops"]] == [
        "0.00 0.00 600.00 400.00",
        "0.00 0.00 600.00 375.00",
    ]
    assert "Only staff: nothing that is public uses it." in page.text
    assert "Four towns" in page.text
    assert 'style="' not in page.text


def test_a_focal_point_of_a_public_picture_is_proposed(desk, records, publisher, posted):
    records.town.lead_photo = records.photo
    records.town.save()
    publish_records([records.town], by=publisher)
    url = reverse("admin:towns_photo_change", args=[records.photo.pk])

    page = desk.get(url)
    desk.post(url, posted(desk, url, focus_x=20, proposal_reason="The sign stands left."))

    assert 'name="proposal_reason"' in page.text
    assert Proposal.objects.get().record == records.photo
    assert Photo.objects.get(pk=records.photo.pk).focus_x == 50


def test_a_public_picture_says_why_it_is_public(desk, records, publisher):
    records.town.lead_photo = records.photo
    records.town.save()
    publish_records([records.town], by=publisher)

    page = desk.get(reverse("admin:towns_photo_change", args=[records.photo.pk]))

    assert "Everybody, because these public pages use it: Jinli." in page.text


def test_suggestions_of_pictures_bring_a_thumbnail(desk, records):
    query = {"app_label": "towns", "model_name": "photoblock", "field_name": "photo", "term": ""}

    [result] = desk.get(reverse("admin:autocomplete"), query).json()["results"]

    assert result["thumbnail"] == reverse("admin:towns_photo_thumbnail", args=[records.photo.pk])
