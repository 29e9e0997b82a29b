import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageOps

from towns.images.inspection import UnusablePictureError, inspect, upright
from towns.images.sizes import available_widths, sizes_exist
from towns.models import Photo


def test_small_pictures_are_never_enlarged():
    assert available_widths(300) == [300]
    assert available_widths(480) == [480]
    assert available_widths(1000) == [480, 960]
    assert available_widths(5000) == [480, 960, 1600]


def test_place_and_device_stay_in_the_original(db, picture, settings):
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    exif.get_ifd(0x8825)[1] = "N"

    photo = Photo(image=picture(exif=exif.tobytes()))
    photo.save()

    made = list(Path(settings.MEDIA_ROOT, "sizes").iterdir())
    assert [path.name for path in made] == [f"{photo.uid}-480.jpg"]
    with Image.open(made[0]) as small, Image.open(photo.image.path) as original:
        assert not small.getexif()
        assert original.getexif()[0x010F] == "a camera"


def test_a_picture_held_sideways_is_turned(db, picture):
    exif = Image.Exif()
    exif[0x0112] = 6

    photo = Photo(image=picture(exif=exif.tobytes()))
    photo.save()

    assert (photo.width, photo.height) == (400, 600)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\xff\xd8\xff", b"<html>", b"\0" * 999])
def test_what_is_no_picture_is_refused_by_its_content(content):
    with pytest.raises(UnusablePictureError) as refused:
        inspect(SimpleUploadedFile("p.jpg", content))

    assert str(refused.value) == "This file is not a complete JPEG, PNG, WebP or AVIF picture."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
            "This is a HEIC picture, as phones make them. Save it as JPEG and add it again.",
        ),
        (b"<svg></svg>", "This is an SVG drawing. Save it as PNG or JPEG and add it again."),
        (
            b"%PDF-1.7",
            "This kind of file cannot be shown on pages. Save it as JPEG and add it again.",
        ),
    ],
)
def test_what_people_really_bring_instead_is_refused_with_its_cure(content, said):
    with pytest.raises(UnusablePictureError, match=f"^{said}$"):
        inspect(SimpleUploadedFile("p.jpg", content))


def test_too_many_pixels_are_refused_before_they_are_unpacked():
    file = io.BytesIO()
    Image.new("1", (9000, 9000)).save(file, "PNG")

    with pytest.raises(UnusablePictureError) as refused:
        inspect(SimpleUploadedFile("p.png", file.getvalue()))

    assert str(refused.value) == "This picture has more than 60 million pixels."


def test_the_same_file_twice_is_refused(db, picture):
    Photo(image=picture()).save()

    with pytest.raises(ValidationError) as refused:
        Photo(image=picture()).clean()

    assert refused.value.messages == ["This picture is already in the library."]


def test_sizes_exist_when_the_last_of_them_does(db, picture, settings):
    photo = Photo(image=picture())
    photo.save()
    (path,) = Path(settings.MEDIA_ROOT, "sizes").iterdir()

    before = photo.has_sizes
    path.unlink()

    assert (before, photo.has_sizes) == (True, False)
    assert not sizes_exist(str(photo.uid), 1000)


def test_a_size_that_is_being_written_does_not_exist_yet(db, picture, settings, monkeypatch):
    photo = Photo(image=picture())
    photo.save()
    (path,) = Path(settings.MEDIA_ROOT, "sizes").iterdir()
    path.unlink()
    monkeypatch.setattr(Path, "replace", _power_cut)

    with pytest.raises(OSError, match="power"):
        photo.make_sizes()

    assert not photo.has_sizes


def _power_cut(*_paths: object) -> None:
    raise OSError("power cut")


def test_sizes_made_again_take_the_place_of_the_old_ones(db, picture, settings):
    photo = Photo(image=picture())
    photo.save()
    (path,) = Path(settings.MEDIA_ROOT, "sizes").iterdir()
    path.write_bytes(b"old")

    kept, made = photo.make_sizes(), photo.make_sizes(again=True)

    assert (kept, made) == ([], [f"sizes/{path.name}"])
    assert path.read_bytes().startswith(b"\xff\xd8")
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_of_holding_the_camera_is_turned_as_pillow_would(orientation):
    picture = Image.effect_noise((30, 20), 90)
    exif = picture.getexif()
    exif[0x0112] = orientation

    assert upright(picture).tobytes() == ImageOps.exif_transpose(picture).tobytes()


def test_a_damaged_colour_profile_is_no_obstacle(db, picture):
    photo = Photo(image=picture(icc_profile=b"damaged" * 30))

    photo.save()

    assert photo.has_sizes
