"""What an uploaded picture really is, judged by its content and not by its name."""

import hashlib
import warnings
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, UnidentifiedImageError

from towns.images.metadata import Said, exif_value, read_said

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
# Phones put a preview, a depth map or a brighter version behind the photograph; it is a still one.
_WITH_MORE_BEHIND = "MPO"
MAX_BYTES = 40 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_BADGE_BYTES = 200 * 1024

_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class UnusablePictureError(ValueError):
    """Says in a sentence for the editor why a picture cannot be taken."""


@dataclass(frozen=True)
class Inspected:
    digest: str
    colour: str
    width: int
    height: int
    said: Said


def inspect(file: File) -> Inspected:
    """The SHA-256 of the bytes, the mean colour, the size in pixels when held upright, and what the
    file says of itself.

    Raises `UnusablePictureError`.
    """
    if file.size > MAX_BYTES:
        raise UnusablePictureError(_("This file is larger than 40 MB."))
    # Not closed: an upload that is kept in memory could not be saved afterwards.
    stream = file.open("rb")
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    original = open_picture(stream)
    picture = upright(original)
    stream.seek(0)
    return Inspected(
        digest=digest,
        colour=_mean_colour(picture),
        width=picture.width,
        height=picture.height,
        said=read_said(original, today=timezone.localdate()),
    )


def check_badge(file: File) -> None:
    """A badge is shown as it was uploaded, so it must be a small PNG or JPEG."""
    if getattr(file, "_committed", False):
        return  # It was checked when it came.
    # Not closed: an upload that is kept in memory could not be saved afterwards.
    stream = file.open("rb")
    try:
        picture = open_picture(stream)
    except UnusablePictureError as error:
        raise ValidationError(str(error)) from error
    stream.seek(0)
    if picture.format not in ("PNG", "JPEG") or file.size > MAX_BADGE_BYTES:
        raise ValidationError(_("A badge is a PNG or JPEG of at most 200 KB."))


def open_picture(stream: IO[bytes]) -> Image.Image:
    """A decoded picture within the limits; of several in one JPEG, the first.

    Raises `UnusablePictureError`.
    """
    try:
        with warnings.catch_warnings():
            # A damaged EXIF block is no fault of the picture.
            warnings.simplefilter("ignore", UserWarning)
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(stream, formats=FORMATS)
            _check_pixels(picture)
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnusablePictureError(_("This picture has more than 60 million pixels.")) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, UnusablePictureError):
            raise
        raise UnusablePictureError(_what_it_is_instead(stream)) from error
    return picture


def _what_it_is_instead(stream: IO[bytes]) -> str:
    """Other formats that people really bring, each with its cure; by content, as everything."""
    stream.seek(0)
    head = stream.read(1024)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return _("This is a HEIC picture, as phones make them. Save it as JPEG and add it again.")
    if b"<svg" in head.lower():
        return _("This is an SVG drawing. Save it as PNG or JPEG and add it again.")
    if head.startswith((b"II*\0", b"MM\0*", b"%PDF", b"8BPS", b"BM")):
        return _("This kind of file cannot be shown on pages. Save it as JPEG and add it again.")
    return _("This file is not a complete JPEG, PNG, WebP or AVIF picture.")


def upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera was held. `ImageOps.exif_transpose` fails on a forged EXIF block."""
    orientation = exif_value(picture, ExifTags.Base.Orientation)
    turn = _TURNS.get(orientation) if isinstance(orientation, int) else None
    return picture if turn is None else picture.transpose(turn)


def _check_pixels(picture: Image.Image) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise UnusablePictureError(_("This picture has more than 60 million pixels."))
    if picture.format != _WITH_MORE_BEHIND and getattr(picture, "n_frames", 1) > 1:
        raise UnusablePictureError(_("This is a moving picture. Please give a still one."))


def _mean_colour(picture: Image.Image) -> str:
    red, green, blue = picture.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return f"#{red:02x}{green:02x}{blue:02x}"
