"""The doors of the pictures, tried from outside."""

import io
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.urls import get_resolver
from PIL import Image

from tests.images.originals import SECRETS, original
from towns.images.sizes import AVIF
from towns.models import Photo, SiteSettings, User
from towns.urls import media_urlpatterns

WIDTHS = (480, 960, 1280, 1600)
ENDINGS = ("jpg", "avif")
TRAVERSALS = (
    "sizes/../originals/{uid}.jpg",
    "sizes/%2e%2e/originals/{uid}.jpg",
    "sizes/..%2foriginals%2f{uid}.jpg",
    "sizes/{uid}-480.jpg/../../originals/{uid}.jpg",
    "sizes//{uid}-480.jpg",
    "sizes/./{uid}-480.jpg",
    "../media/sizes/{uid}-480.jpg",
    "originals/{uid}/../{uid}.jpg",
    "originals//{uid}",
)
GUESSES = (
    "{uid}",
    "{uid}.jpg",
    "sizes/",
    "sizes/{uid}",
    "sizes/{uid}.jpg",
    "sizes/{uid}-480",
    "sizes/{uid}-480.png",
    "sizes/{uid}-480.jpg.part",
    "sizes/{uid}-0480.jpg",
    "sizes/{uid}-0.jpg",
    "sizes/{uid}--480.jpg",
    "sizes/{uid}-481.jpg",
    "sizes/{uid}-481.avif",
    "sizes/{uid}-480.avif.part",
    "sizes/{uid}-480.webp",
    "sizes/{uid}-1700.jpg",
    "sizes/{uid}-99999999999999999999.jpg",
    "sizes/{hex}-480.jpg",
    "sizes/{upper}-480.jpg",
    "originals/",
    "originals/{uid}",
    "originals/{uid}/",
    "originals/{uid}.jpg",
    "originals/{uid}.jpeg",
    "originals/{upper}",
)
ASKING = (
    {},
    {"headers": {"range": "bytes=0-99"}},
    {"headers": {"range": "bytes=-1"}},
    {"headers": {"if-none-match": "*"}},
    {"headers": {"if-modified-since": "Thu, 01 Jan 2099 00:00:00 GMT"}},
    {"headers": {"x-original-url": "/media/", "x-forwarded-for": "127.0.0.1"}},
    {"headers": {"authorization": "Basic YWRtaW46YWRtaW4="}},
)


@pytest.fixture
def photo(db) -> Photo:
    photo = Photo(image=original(size=(1700, 1200)))
    photo.save()
    photo.make_sizes(AVIF)
    return photo


@pytest.fixture
def public_photo(photo) -> Photo:
    settings = SiteSettings.load()
    settings.save()
    settings.home_photos.add(photo)
    return photo


def _outsiders() -> dict[str, User | None]:
    """Everybody who lacks staff rights, wholly or by half."""
    view = Permission.objects.get(codename="view_photo")
    with_right = User.objects.create_user("with-right")
    with_right.user_permissions.add(view)
    return {
        "anonymous": None,
        "signed in": User.objects.create_user("reader"),
        "the right without being staff": with_right,
        "staff without the right": User.objects.create_user("staff", is_staff=True),
        "a superuser who is no staff": User.objects.create_user("root", is_superuser=True),
    }


def _addresses(photo: Photo) -> list[str]:
    names = {"uid": photo.uid, "hex": photo.uid.hex, "upper": str(photo.uid).upper()}
    sizes = [f"sizes/{{uid}}-{width}.{end}" for width in WIDTHS for end in ENDINGS]
    guesses = [guess.format(**names) for guess in (*sizes, *GUESSES, *TRAVERSALS)]
    return [f"/media/{guess}" for guess in guesses] + [
        f"/static/../media/sizes/{photo.uid}-480.jpg",
        f"/zh-hans/media/sizes/{photo.uid}-480.jpg",
        f"/media/sizes/{photo.uid}-480.jpg?preview=1",
        f"/admin/towns/photo/{photo.pk}/thumbnail/",
        f"/api/v1/photos/{photo.uid}/",
    ]


def _given(client, user: User | None) -> None:
    client.logout()
    if user:
        client.force_login(user)


def test_a_picture_that_nothing_public_uses_is_at_no_address(client, photo):
    for who, user in _outsiders().items():
        _given(client, user)
        for address in _addresses(photo):
            for ask in (client.get, client.head):
                answer = ask(address)

                # The admin sends to its sign-in, or refuses.
                expected = (302, 403) if address.startswith("/admin/") else (404,)
                assert answer.status_code in expected, (who, address)
                assert not answer.get("Content-Type", "").startswith("image/")


@pytest.mark.parametrize("asking", ASKING)
def test_no_way_of_asking_opens_it(client, photo, asking):
    for path in (f"{photo.uid}-{width}.{end}" for width in WIDTHS for end in ENDINGS):
        answer = client.get(f"/media/sizes/{path}", **asking)

        assert answer.status_code == 404
        assert "Last-Modified" not in answer.headers
        assert "Content-Range" not in answer.headers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_pictures_are_only_read(client, public_photo, method):
    for path in (f"sizes/{public_photo.uid}-480.jpg", f"originals/{public_photo.uid}"):
        assert getattr(client, method)(f"/media/{path}").status_code == 405


def test_it_looks_the_same_as_a_picture_that_does_not_exist(client, photo):
    other = "00000000-0000-4000-8000-000000000000"

    hidden = client.get(f"/media/sizes/{photo.uid}-480.jpg")
    nowhere = client.get(f"/media/sizes/{other}-480.jpg")

    assert hidden.status_code == nowhere.status_code
    assert hidden.content.replace(str(photo.uid).encode(), other.encode()) == nowhere.content


def test_the_original_of_a_public_picture_is_at_no_address(client, public_photo):
    names = [f"{public_photo.uid}-{width}.{end}" for width in WIDTHS for end in ENDINGS]
    shown = {f"/media/sizes/{name}" for name in names}

    for who, user in _outsiders().items():
        _given(client, user)
        for address in _addresses(public_photo):
            answer = client.get(address)

            body = b"".join(answer) if answer.streaming else answer.content
            if address in shown:
                assert answer.status_code == 200, (who, address)
            for secret in SECRETS:
                assert secret.encode() not in body, (who, address)


def test_a_public_picture_answers_head_and_range_with_nothing_more(client, public_photo):
    address = f"/media/sizes/{public_photo.uid}-480.jpg"

    head = client.head(address)
    part = client.get(address, headers={"range": "bytes=0-1"})

    assert (head.status_code, head["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(head) == b""
    assert part.status_code == 200
    assert b"".join(part).startswith(b"\xff\xd8")


def test_each_format_comes_as_what_it_is(client, public_photo):
    answers = [client.get(f"/media/sizes/{public_photo.uid}-960.{end}") for end in ENDINGS]

    assert [answer["Content-Type"] for answer in answers] == ["image/jpeg", "image/avif"]
    for answer, name in zip(answers, ("JPEG", "AVIF"), strict=True):
        with Image.open(io.BytesIO(b"".join(answer))) as made:
            assert (made.format, made.size) == (name, (960, 678))
        assert answer["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_size_that_is_gone_is_stood_in_for_by_the_closest_jpeg(
    client, public_photo, settings, ending
):
    sizes = Path(settings.MEDIA_ROOT, "sizes")
    for path in sizes.glob("*-960.*"):
        path.unlink()

    answer = client.get(f"/media/sizes/{public_photo.uid}-960.{ending}")

    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "public, max-age=60")
    with Image.open(io.BytesIO(b"".join(answer))) as made:
        assert made.width == 1280


def test_without_any_file_there_is_nothing_and_the_page_is_fine(client, public_photo, settings):
    for path in Path(settings.MEDIA_ROOT, "sizes").iterdir():
        path.unlink()

    assert client.get(f"/media/sizes/{public_photo.uid}-960.jpg").status_code == 404
    assert client.get("/en/").status_code == 200


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_picture_is_closed_again_when_its_last_use_ends(client, public_photo, ending):
    address = f"/media/sizes/{public_photo.uid}-480.{ending}"
    before = client.get(address)
    assert b"".join(before)

    SiteSettings.load().home_photos.clear()

    assert (before.status_code, client.get(address).status_code) == (200, 404)


def test_staff_with_the_right_get_the_original_and_no_cache_keeps_it(client, photo):
    staff = User.objects.create_user("editor", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_photo"))
    client.force_login(staff)

    answer = client.get(f"/media/originals/{photo.uid}")

    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert b"SecretSerial" in b"".join(answer)


def test_staff_who_have_left_get_nothing(client, photo):
    client.force_login(User.objects.create_superuser("left"))
    User.objects.update(is_active=False)

    assert client.get(f"/media/originals/{photo.uid}").status_code == 404
    assert client.get(f"/media/sizes/{photo.uid}-480.jpg").status_code == 404


def test_pictures_have_no_other_doors_than_these():
    (media,) = [one for one in get_resolver().url_patterns if str(one.pattern) == "media/"]

    assert [str(one.pattern) for one in media.url_patterns] == [
        str(one.pattern) for one in media_urlpatterns
    ]
    assert [one.name for one in media_urlpatterns] == [
        "media-size",
        "media-avif",
        "media-original",
        "media-badge",
    ]
