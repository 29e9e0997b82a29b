"""What a picture says about itself, and the little of it that may go out to the public.

Who made it, whose it is and that a machine made it: that stays in every public file. Where it was
taken, with which device and when stays in the original. This is a list of what is kept, so
whatever is not named here is left behind: `docs/decisions/0012-what-a-public-picture-says.md`.
"""

import datetime as dt
import json
import re
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import ExifTags, Image

from towns.images import xmp
from towns.images.ai_labels import ai_label, source_type

ARTIST, COPYRIGHT = ExifTags.Base.Artist, ExifTags.Base.Copyright
_USER_COMMENT = ExifTags.Base.UserComment

# Characters, so that all of it together fits into the 64 KB that a JPEG has for XMP.
_LONGEST, _MOST = 400, 8
_BYLINE, _CREDIT, _NOTICE, _CREATED = 80, 110, 116, 55
_DAY = re.compile(r"\s*(\d{4})[:-]?(\d{2})[:-]?(\d{2})(?!\d)")
_MADE_BY_A_MACHINE = ("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia")


@dataclass(frozen=True)
class Kept:
    """`artist` and `copyright` are EXIF's; they can differ from what XMP says of the same."""

    artist: str = ""
    copyright: str = ""
    creators: tuple[str, ...] = ()
    rights: dict[str, str] = field(default_factory=dict)
    credit: str = ""
    source_type: str = ""
    ai_label: str = ""

    @property
    def is_made_by_a_machine(self) -> bool:
        return bool(self.ai_label) or self.source_type.endswith(_MADE_BY_A_MACHINE)


@dataclass(frozen=True)
class Said:
    """For the staff alone: the day that the camera noted stays in the original."""

    kept: Kept
    taken_on: dt.date | None


def read_said(picture: Image.Image, *, today: dt.date) -> Said:
    """From a decoded original. A day to come is no day on which it was taken. Never raises."""
    taken = _exif_day(picture) or _first(_other_days(picture))
    day = _day(taken)
    return Said(read_kept(picture), day if day and day <= today else None)


def read_kept(picture: Image.Image) -> Kept:
    """From a decoded original. Never raises: what is damaged or forged says nothing."""
    packet = xmp.parse(picture.info.get("xmp"))
    iptc = dict(_iptc(picture))
    artist, notice = _exif_text(picture, ARTIST), _exif_text(picture, COPYRIGHT)
    creators = _some(xmp.texts(packet, "dc:creator")) or iptc.get(_BYLINE, ())
    rights = _rights(packet) or _plain(iptc.get(_NOTICE, ()))
    credit = _some(xmp.texts(packet, "photoshop:Credit")) or iptc.get(_CREDIT, ())
    return Kept(
        artist=artist or clean("; ".join(creators)),
        copyright=notice or next(iter(rights.values()), ""),
        creators=creators or _some([artist]),
        rights=rights or _plain(_some([notice])),
        credit=next(iter(credit), ""),
        source_type=_first(map(source_type, xmp.texts(packet, "Iptc4xmpExt:DigitalSourceType"))),
        ai_label=_first(map(ai_label, _ai_labels(picture, packet))),
    )


def exif_of(kept: Kept) -> bytes:
    """An EXIF block with the photographer and the copyright, or nothing at all."""
    exif = Image.Exif()
    # As bytes: Pillow writes text as ASCII, with a question mark for every Chinese character.
    for tag, text in ((ARTIST, kept.artist), (COPYRIGHT, kept.copyright)):
        if text:
            exif[tag] = text.encode()
    return exif.tobytes() if len(exif) else b""


def xmp_of(kept: Kept) -> bytes:
    """An XMP packet with what is kept, or nothing at all."""
    return xmp.write(
        {
            "dc:creator": kept.creators,
            "dc:rights": kept.rights,
            "photoshop:Credit": kept.credit,
            "Iptc4xmpExt:DigitalSourceType": kept.source_type,
            "TC260:AIGC": kept.ai_label,
        }
    )


def exif_value(picture: Image.Image, tag: int, *, ifd: int | None = None) -> object:
    """What a tag holds; None where there is none or where the EXIF is damaged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exif = picture.getexif()
            return (exif if ifd is None else exif.get_ifd(ifd)).get(tag)
    except Exception:
        # Whatever Pillow stumbles over in a forged block: SyntaxError, struct.error, TypeError, …
        return None


def clean(text: str) -> str:
    """One line of no more than 400 characters, none of which XML forbids."""
    return " ".join(xmp.FORBIDDEN.sub(" ", text).split())[:_LONGEST].rstrip()


def _exif_text(picture: Image.Image, tag: int) -> str:
    value = exif_value(picture, tag)
    return clean(_decoded(value.encode("latin-1", "ignore"))) if isinstance(value, str) else ""


def _exif_day(picture: Image.Image) -> str:
    value = exif_value(picture, ExifTags.Base.DateTimeOriginal, ifd=ExifTags.IFD.Exif)
    return value if isinstance(value, str) and _DAY.match(value) else ""


def _other_days(picture: Image.Image) -> Iterator[str]:
    yield from xmp.texts(xmp.parse(picture.info.get("xmp")), "photoshop:DateCreated")
    yield from dict(_iptc(picture)).get(_CREATED, ())


def _day(text: str) -> dt.date | None:
    found = _DAY.match(text)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _decoded(data: bytes) -> str:
    """Neither EXIF nor IPTC says in practice which encoding its text has."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _some(texts: list[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(clean, texts[:_MOST])))


def _first(texts: Iterator[str]) -> str:
    return next(filter(None, texts), "")


def _rights(packet: xmp.Packet) -> dict[str, str]:
    notices = {lang: clean(text) for lang, text in xmp.alternatives(packet, "dc:rights")[:_MOST]}
    return {lang: text for lang, text in notices.items() if text}


def _plain(notices: tuple[str, ...]) -> dict[str, str]:
    return {"x-default": notices[0]} if notices else {}


def _ai_labels(picture: Image.Image, packet: xmp.Packet) -> Iterator[str]:
    """XMP is where the label belongs; some programs put it into a PNG text or an EXIF comment."""
    yield from xmp.texts(packet, "TC260:AIGC")
    text = picture.info.get("AIGC")
    if isinstance(text, str):
        yield _utf8(text)
    comment = exif_value(picture, _USER_COMMENT, ifd=ExifTags.IFD.Exif)
    if isinstance(comment, bytes):
        # The first eight bytes name the encoding of the rest.
        yield comment[8:].decode(json.detect_encoding(comment[8:]), "ignore")


def _utf8(text: str) -> str:
    """Pillow reads a PNG's texts as Latin-1, as the format says; programs write UTF-8."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def _iptc(picture: Image.Image) -> Iterator[tuple[int, tuple[str, ...]]]:
    """By-lines, credits, notices and the day, from an IPTC-IIM block, which only JPEG has."""
    blocks = picture.info.get("photoshop")
    data = blocks.get(0x0404) if isinstance(blocks, dict) else None
    if not isinstance(data, bytes):
        return
    values = list(_datasets(data))
    for wanted in (_BYLINE, _CREDIT, _NOTICE, _CREATED):
        if texts := _some([_decoded(value) for number, value in values if number == wanted]):
            yield wanted, texts


def _datasets(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The data sets of record 2: a mark, record, number and length, then the value."""
    offset = 0
    while offset + 5 <= len(data) and data[offset] == 0x1C:
        record, number, length = struct.unpack_from(">BBH", data, offset + 1)
        offset += 5 + length
        if length >= 0x8000 or offset > len(data):
            return
        if record == 2:
            yield number, data[offset - length : offset]
