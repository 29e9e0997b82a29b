"""What the public files say: rights and AI labels, and nothing of place or device."""

import datetime as dt
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.images import originals
from tests.images.originals import (
    AI_LABEL,
    FORMATS,
    SECRETS,
    SOURCE_TYPE,
    XMP,
    iptc_block,
    original,
    segments,
)
from towns.images import ai_labels, xmp
from towns.images.metadata import Kept, Said, exif_of, read_kept, read_said, xmp_of
from towns.images.sizes import AVIF, JPEG, Format
from towns.models import Photo

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
EVERYTHING = Kept(
    artist="刘春林",
    copyright="(c) Gaoyao",
    creators=("刘春林", "Liu & Co"),
    rights={"x-default": "版权所有 2023", "en": "All rights reserved"},
    credit="高要发布",
    source_type=SOURCE_TYPE,
    ai_label=AI_LABEL,
)


@pytest.fixture
def public_files(db, settings):
    """Saves an original and gives the bytes of every public file of a format made of it."""

    def make(file, kind: Format = JPEG) -> list[bytes]:
        photo = Photo(image=file)
        photo.save()
        photo.make_sizes(kind)
        sizes = Path(settings.MEDIA_ROOT, "sizes").glob(f"*.{kind.ending}")
        return [path.read_bytes() for path in sizes]

    return make


def _read(file) -> Kept:
    with Image.open(file) as picture:
        picture.load()
        return read_kept(picture)


@pytest.mark.parametrize("made", [JPEG, AVIF], ids=lambda made: f"as {made.name}")
@pytest.mark.parametrize("kind", FORMATS)
def test_place_and_device_are_in_no_public_file(public_files, kind, made):
    file = original(kind, size=(1700, 1200))
    untouched = file.read()

    sizes = public_files(file, made)

    # What is asserted to be gone was there.
    assert {"SecretSerial", "SecretXmpSerial", "23,1.5N"} <= {
        secret for secret in SECRETS if secret.encode() in untouched
    }
    assert len(sizes) == 4
    for size in sizes:
        for secret in SECRETS:
            assert secret.encode() not in size
            assert secret.encode("utf-16-le") not in size
        assert b"GPS" not in size


@pytest.mark.parametrize("kind", FORMATS)
def test_public_files_carry_two_small_blocks_and_nothing_else(public_files, kind):
    (size,) = public_files(original(kind))

    labelled = [content for marker, content in segments(size) if marker & 0xF0 == 0xE0]
    assert [content.split(b"\0")[0] for content in labelled] == [
        b"JFIF",
        b"Exif",
        b"http://ns.adobe.com/xap/1.0/",
    ]
    assert 0xFE not in [marker for marker, _content in segments(size)]
    with Image.open(io.BytesIO(size)) as picture:
        exif = picture.getexif()
        assert set(exif) == {0x013B, 0x8298}
        assert not exif.get_ifd(0x8825)
        assert not exif.get_ifd(0x8769)
        assert not exif.get_ifd(1)
        root = ElementTree.fromstring(picture.info["xmp"])  # noqa: S314 - our own packet
    (description,) = root.iter(f"{RDF}Description")
    assert [child.tag.split("}")[1] for child in description] == [
        "creator",
        "rights",
        "Credit",
        "DigitalSourceType",
        "AIGC",
    ]
    assert dict(description.attrib) == {f"{RDF}about": ""}


@pytest.mark.parametrize("kind", FORMATS)
def test_rights_and_ai_labels_stay_in_the_public_file(public_files, kind):
    (size,) = public_files(original(kind))

    assert _read(io.BytesIO(size)) == EVERYTHING


def test_the_avif_says_the_same_as_the_jpeg(public_files):
    (size,) = public_files(original(), AVIF)

    assert _read(io.BytesIO(size)) == EVERYTHING


def test_a_picture_that_says_nothing_gets_no_blocks(public_files, picture):
    (size,) = public_files(picture())

    assert [marker for marker, _content in segments(size) if marker & 0xF0 == 0xE0] == [0xE0]


def test_the_thumbnail_of_the_camera_stays_behind(public_files):
    thumbnail = io.BytesIO()
    Image.new("RGB", (160, 120), "red").save(thumbnail, "JPEG")
    exif = originals.full_exif() + b"SecretThumbnail" + thumbnail.getvalue()

    (size,) = public_files(original(exif=exif))

    assert b"SecretThumbnail" not in size
    assert size.count(b"\xff\xd8\xff") == 1


def test_iptc_speaks_where_xmp_is_silent():
    block = originals.iptc_block(
        (80, "梁志锋".encode()),
        (80, b"Second"),
        (90, b"SecretCity"),
        (110, "肇庆发布".encode("gb18030")),
        (116, b"(c) 2024"),
    )

    kept = _read(original(exif=b"", xmp=b"", iptc=block))

    assert (kept.creators, kept.credit) == (("梁志锋", "Second"), "肇庆发布")
    assert (kept.rights, kept.copyright) == ({"x-default": "(c) 2024"}, "(c) 2024")
    assert kept.artist == "梁志锋; Second"


def test_xmp_goes_before_iptc():
    block = originals.iptc_block((80, b"Other"), (110, b"Other"), (116, b"Other"))

    assert _read(original(iptc=block)) == EVERYTHING


@pytest.mark.parametrize("block", [b"\x1c", b"\x1c\x02\x50\x7f\xffLiu", b"\x1c\x02\x50\xff\xffLiu"])
def test_a_damaged_iptc_block_says_nothing(block):
    assert _read(original(exif=b"", xmp=b"", iptc=block)) == Kept()


def test_exif_speaks_in_the_encodings_cameras_use():
    exif = Image.Exif()
    exif[0x013B] = "刘春林".encode("gb18030")

    kept = _read(original(exif=exif.tobytes(), xmp=b""))

    assert (kept.artist, kept.creators) == ("刘春林", ("刘春林",))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
@pytest.mark.parametrize("exif", [b"Exif\0\0garbage", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01"])
def test_a_damaged_exif_block_is_no_obstacle(public_files, kind, exif):
    (size,) = public_files(original(kind, exif=exif, xmp=b""))

    assert b"Exif" not in size


def test_texts_of_a_png_that_look_like_other_blocks_are_no_obstacle(public_files):
    texts = {"xmp": "no packet", "photoshop": "no block", "icc_profile": "no profile"}

    (size,) = public_files(original("PNG", exif=b"", xmp=XMP, texts=texts))

    assert b"no packet" not in size


def test_ai_labels_are_found_where_some_programs_put_them():
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + f'{{"AIGC":{AI_LABEL}}}'.encode()
    wide = Image.Exif()
    wide.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + AI_LABEL.encode("utf-16-le")

    in_text = _read(original("PNG", exif=b"", xmp=b"", texts={"AIGC": AI_LABEL}))
    in_comment = _read(original(exif=exif.tobytes(), xmp=b""))
    in_wide_comment = _read(original(exif=wide.tobytes(), xmp=b""))

    assert in_text == Kept(ai_label=AI_LABEL)
    assert in_comment == Kept(ai_label=f'{{"AIGC":{AI_LABEL}}}')
    assert in_wide_comment == Kept(ai_label=AI_LABEL)


def test_an_ordinary_comment_is_no_label():
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0SecretDescription"

    assert _read(original(exif=exif.tobytes(), xmp=b"")) == Kept()


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_a_packet_of_megabytes_is_not_copied(public_files, kind):
    padded = XMP.replace(b"SecretHistory", b"SecretHistory" * 100_000)

    (size,) = public_files(original(kind, exif=b"", xmp=padded))

    assert len(size) < 10_000
    assert b"http://ns.adobe.com/xap/1.0/" not in size


def test_endless_values_are_cut_to_what_a_jpeg_can_hold(public_files):
    worst = "&amp;" * 2000
    packet = XMP.replace("刘春林".encode(), worst.encode()).replace(
        b"<rdf:li>Liu", b"<rdf:li>x</rdf:li>" * 500 + f"<rdf:li>{worst}".encode()
    )

    (size,) = public_files(original("PNG", xmp=packet))

    kept = _read(io.BytesIO(size))
    assert len(kept.creators) == 8
    assert kept.creators[0] == "&" * 400


def test_the_worst_that_is_kept_fits_into_one_segment():
    worst = "&" * 400
    label = json.dumps({"Label": "&" * (ai_labels.LONGEST - 15)})
    rights = {f"en-GB-oxendict-{number:08}": worst for number in range(8)}

    packet = xmp_of(Kept("", "", (worst,) * 8, rights, worst, "", ai_labels.ai_label(label)))

    assert label.encode().replace(b"&", b"&amp;") in packet
    assert len(packet) < 65_000


@given(st.binary(max_size=300))
def test_no_packet_makes_reading_fail(rubbish):
    picture = Image.new("RGB", (1, 1))
    picture.info = {
        "xmp": XMP[:900] + rubbish + XMP[900:],
        "exif": b"Exif\0\0II*\0" + rubbish,
        "photoshop": {0x0404: originals.iptc_block((80, rubbish)) + rubbish},
        "AIGC": rubbish.decode("latin-1"),
    }

    kept = read_kept(picture)

    exif_of(kept)
    xmp.parse(xmp_of(kept))


# For the staff ------------------------------------------------------------------------------

TODAY = dt.date(2023, 10, 20)


def said(file) -> Said:
    return read_said(Image.open(file), today=TODAY)


@pytest.mark.parametrize("kind", FORMATS)
def test_staff_are_told_the_day_and_the_names(kind):
    found = said(original(kind))

    assert found.taken_on == dt.date(2023, 10, 18)
    assert found.kept.creators == ("刘春林", "Liu & Co")
    assert found.kept.is_made_by_a_machine


def test_the_day_stands_in_xmp_or_iptc_where_exif_has_none():
    xmp_only = said(original(exif=b""))
    iptc_only = said(original(exif=b"", xmp=b"", iptc=iptc_block((55, b"20231017"))))

    assert xmp_only.taken_on == dt.date(2023, 10, 18)
    assert iptc_only.taken_on == dt.date(2023, 10, 17)


@pytest.mark.parametrize(
    "text", ["0000:00:00 00:00:00", "2023:13:01 00:00:00", "    :  :  ", "2023:10:21 00:00:00", "x"]
)
def test_what_is_no_day_in_the_past_is_not_said(text):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = text

    assert said(original(exif=exif.tobytes(), xmp=b"")).taken_on is None


def test_a_photograph_without_a_label_is_not_made_by_a_machine():
    assert not said(original(xmp=b"")).kept.is_made_by_a_machine
