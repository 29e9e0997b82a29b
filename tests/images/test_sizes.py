import io
import os
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageOps

from towns.images.colours import to_srgb
from towns.images.inspection import UnusablePictureError, inspect, upright
from towns.images.sizes import AVIF, available_widths, sizes_exist, sweep, width_for
from towns.models import Photo


def test_small_pictures_are_never_enlarged():
    assert available_widths(300) == [300]
    assert available_widths(480) == [480]
    assert available_widths(1000) == [480, 960]
    assert available_widths(1900) == [480, 960, 1280, 1600]
    assert available_widths(5000) == [480, 960, 1280, 1600, 1920]


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


def test_avif_is_made_apart_from_the_jpegs_and_smaller_than_they_are(db, settings):
    photo = Photo(image=_uploaded(Image.effect_mandelbrot((1400, 900), (-2, -1, 1, 1), 90)))
    photo.save()
    before = sizes_exist(str(photo.uid), photo.width, AVIF)

    made = photo.make_sizes(AVIF)

    assert (before, photo.has_sizes) == (False, True)
    assert made == [f"sizes/{photo.uid}-{width}.avif" for width in (480, 960, 1280)]
    for path in (Path(settings.MEDIA_ROOT, name) for name in made):
        assert path.stat().st_size < path.with_suffix(".jpg").stat().st_size
        with Image.open(path) as small, Image.open(path.with_suffix(".jpg")) as jpeg:
            assert (small.format, small.size) == ("AVIF", jpeg.size)


def test_a_size_that_another_process_made_meanwhile_is_left_as_it_is(db, picture, settings):
    photo = Photo(image=picture())
    photo.save()
    theirs = Path(settings.MEDIA_ROOT, "sizes", f"{photo.uid}-480.avif")

    made = photo.make_sizes(AVIF, before_each=lambda: theirs.write_bytes(b"theirs"))

    assert (made, theirs.read_bytes()) == ([], b"theirs")


def test_what_was_left_half_written_is_swept_away_after_an_hour(db, picture, settings):
    photo = Photo(image=picture())
    photo.save()
    folder = Path(settings.MEDIA_ROOT, "sizes")
    old, new = folder / "a-480.avif.part", folder / "b-480.avif_x1.part"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))

    sweep()

    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [f"{photo.uid}-480.jpg", new.name]
    )


def test_a_photograph_of_a_phone_with_more_behind_it_is_taken(db):
    front, behind = Image.new("RGB", (600, 400), "teal"), Image.new("RGB", (300, 200), "red")
    file = io.BytesIO()
    front.save(file, "MPO", save_all=True, append_images=[behind])

    photo = Photo(image=SimpleUploadedFile("p.jpg", file.getvalue()))
    photo.clean()
    photo.save()

    assert (photo.width, photo.height) == (600, 400)
    assert photo.has_sizes
    with Image.open(Path(photo.image.storage.path(f"sizes/{photo.uid}-480.jpg"))) as small:
        assert (small.format, getattr(small, "n_frames", 1)) == ("JPEG", 1)
        red, green, blue = small.getpixel((9, 9))
        assert red < 20 < 100 < min(green, blue)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_a_moving_picture_is_refused(kind):
    file = io.BytesIO()
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("teal", "red")]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:])

    with pytest.raises(UnusablePictureError) as refused:
        inspect(SimpleUploadedFile("p.jpg", file.getvalue()))

    assert str(refused.value) == "This is a moving picture. Please give a still one."


def test_colours_of_another_profile_become_srgb():
    linear = ImageCms.ImageCmsProfile(_linear_profile())
    picture = Image.new("RGB", (4, 4), (55, 55, 55))
    picture.info["icc_profile"] = linear.tobytes()

    made = to_srgb(picture)

    # 55/255 of the light is 128/255 in sRGB.
    assert made.getpixel((0, 0))[0] == pytest.approx(128, abs=3)
    assert made.info == {}


def test_a_profile_of_other_colours_than_the_pixels_is_passed_over():
    picture = Image.new("CMYK", (4, 4), (0, 0, 0, 0))
    picture.info["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    assert to_srgb(picture).getpixel((0, 0)) == (255, 255, 255)


def test_what_shines_through_is_put_on_white():
    assert to_srgb(Image.new("RGBA", (4, 4), (0, 0, 0, 0))).getpixel((0, 0)) == (255, 255, 255)


def test_an_address_leads_to_a_width_that_is_kept():
    assert [width_for(width, 960) for width in (300, 700, 960, 4000)] == [300, 480, 960, 960]


def _uploaded(picture: Image.Image) -> SimpleUploadedFile:
    file = io.BytesIO()
    picture.convert("RGB").save(file, "PNG")
    return SimpleUploadedFile("p.png", file.getvalue())


def _linear_profile() -> io.BytesIO:
    """sRGB with each of its three tone curves replaced by a straight line."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for number in range(int.from_bytes(profile[128:132])):
        entry = 132 + 12 * number
        if profile[entry : entry + 4] in (b"rTRC", b"gTRC", b"bTRC"):
            offset = int.from_bytes(profile[entry + 4 : entry + 8])
            profile[offset : offset + 12] = b"curv" + bytes(8)
    return io.BytesIO(profile)
