"""What the desk says about the pictures that wait for their AVIF files."""

import pytest
from django.urls import reverse

from towns.accounts.roles import WRITER
from towns.models import Photo, User


@pytest.fixture
def photos(db, picture) -> list[Photo]:
    made = [Photo(image=picture(colour), alt_en=colour) for colour in ("red", "green", "blue")]
    for photo, avif in zip(made, Photo.Avif.values, strict=True):
        photo.avif = avif
        photo.save()
    return made


def test_the_desk_says_how_many_wait_and_leads_to_those_that_failed(photos, staff, signed_in):
    client = signed_in(staff(WRITER))
    html = client.get(reverse("admin:index")).text

    address = f"{reverse('admin:towns_photo_changelist')}?avif__exact=failed"
    assert "1 of 3 pictures have theirs." in html
    assert f'<a href="{address}">1 picture could not be made smaller.</a>' in html
    assert [photo.alt_en for photo in client.get(address).context["cl"].result_list] == ["blue"]


def test_the_desk_is_silent_when_nothing_waits(photos, staff, signed_in):
    Photo.objects.update(avif=Photo.Avif.MADE)

    html = signed_in(staff(WRITER)).get(reverse("admin:index")).text

    assert "<progress" not in html


def test_who_may_not_see_pictures_hears_nothing_of_them(photos, signed_in):
    stranger = User.objects.create_user("stranger", is_staff=True)

    assert "<progress" not in signed_in(stranger).get(reverse("admin:index")).text
