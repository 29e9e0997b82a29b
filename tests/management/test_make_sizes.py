import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from towns.models import Photo
from towns.models.photo import Progress


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def _make_sizes(*arguments: str, screen: io.StringIO | None = None) -> str:
    said = io.StringIO()
    call_command("make_sizes", *arguments, stdout=said, stderr=screen or io.StringIO())
    return said.getvalue()


@pytest.fixture
def photos(db, picture) -> list[Photo]:
    made = [Photo(image=picture(colour), alt_en=colour) for colour in ("red", "green", "blue")]
    for photo in made:
        photo.save()
    return made


@pytest.fixture
def sizes(photos, settings) -> Path:
    return Path(settings.MEDIA_ROOT, "sizes")


def test_missing_sizes_are_made_and_the_second_run_makes_none(photos, sizes):
    (sizes / f"{photos[0].uid}-480.jpg").unlink()

    first, second = _make_sizes(), _make_sizes()

    assert first == "Pictures: 3 looked at, 4 sizes made.\n"
    assert second == "Pictures: 3 looked at, 0 sizes made.\n"
    assert all(photo.has_sizes for photo in photos)


def test_again_makes_all_of_them(photos, sizes):
    for path in sizes.iterdir():
        path.write_bytes(b"made by an older version")

    said = _make_sizes("--again")

    assert said == "Pictures: 3 looked at, 6 sizes made.\n"
    assert all(path.read_bytes().startswith(b"\xff\xd8") for path in sizes.glob("*.jpg"))
    assert len(list(sizes.glob("*.jpg"))) == len(list(sizes.glob("*.avif"))) == 3


def test_broken_originals_are_named_and_the_others_are_made(photos, sizes):
    red, green, _blue = photos
    for path in sizes.iterdir():
        path.unlink()
    Path(red.image.path).write_bytes(b"no picture")
    Path(green.image.path).unlink()

    with pytest.raises(CommandError) as refused:
        _make_sizes()

    assert str(refused.value).splitlines() == [
        "Originals that could not be made smaller (2):",
        f"  {red.image.name} (red): This file is not a complete JPEG, PNG, WebP or AVIF picture.",
        f"  {green.image.name} (green): No such file or directory",
    ]
    assert [photo.has_sizes for photo in photos] == [False, False, True]
    assert Photo.objects.avif_progress() == Progress(made=1, waiting=0, failed=2)


def test_a_broken_original_keeps_the_sizes_it_had(photos, sizes):
    before = (sizes / f"{photos[0].uid}-480.jpg").read_bytes()
    Path(photos[0].image.path).write_bytes(b"no picture")

    with pytest.raises(CommandError):
        _make_sizes("--again")

    assert (sizes / f"{photos[0].uid}-480.jpg").read_bytes() == before


def test_a_bar_is_drawn_where_somebody_looks(photos):
    screen = Screen()

    _make_sizes(screen=screen)

    assert re.findall(r"\d/\d", screen.getvalue()) == 2 * ["1/3", "2/3", "3/3"]
    assert screen.getvalue().endswith("█ 3/3\n")
