"""The smaller pictures that pages show: the only public form of a picture.

Each size is a JPEG, made at once, and an AVIF, made in the background: publishing waits for the
first, pages offer the second when all of a picture's are there (docs/decisions/0021).
Of what the original says about itself they keep what `towns.images.metadata` names.
"""

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from PIL import Image

from towns.images.colours import to_srgb
from towns.images.inspection import open_picture, upright
from towns.images.metadata import exif_of, read_kept, xmp_of

WIDTHS = (480, 960, 1280, 1600, 1920)
FOLDER = "sizes"
_PART = ".part"
_PART_SECONDS = 60 * 60


@dataclass(frozen=True)
class Format:
    """`ending` is that of the file's name; `options` go to Pillow."""

    ending: str
    content_type: str
    name: str
    options: dict[str, Any]


JPEG = Format("jpg", "image/jpeg", "JPEG", {"quality": 80, "progressive": True, "optimize": True})
# As like the original as the JPEG; one thread, because the readers' pages come first.
AVIF = Format("avif", "image/avif", "AVIF", {"quality": 67, "speed": 6, "max_threads": 1})
FORMATS = {kind.ending: kind for kind in (JPEG, AVIF)}


def size_path(name: str, width: int, kind: Format = JPEG) -> str:
    return f"{FOLDER}/{name}-{width}.{kind.ending}"


def available_widths(width: int) -> list[int]:
    """The widths kept of a picture: never enlarged, so a small one keeps only its own width."""
    return [w for w in WIDTHS if w <= width] or [width]


def width_for(width: int, wanted: int) -> int:
    """The widest of the kept widths that is not wider than wanted, or the narrowest."""
    widths = available_widths(width)
    return max((w for w in widths if w <= wanted), default=widths[0])


def sizes_exist(name: str, width: int, kind: Format = JPEG) -> bool:
    """Whether pages can show the picture; `width` is its own, held upright."""
    return not _missing(name, width, kind)


def nearest_path(name: str, width: int, *, wanted: int) -> str | None:
    """The JPEG that is there and is closest to the wanted width; None where there is none."""
    closest = sorted(available_widths(width), key=lambda size: abs(size - wanted))
    paths = (size_path(name, size) for size in closest)
    return next(filter(default_storage.exists, paths), None)


def make_sizes(
    file: File,
    *,
    name: str,
    width: int,
    kind: Format = JPEG,
    again: bool = False,
    before_each: Callable[[], None] = lambda: None,
) -> list[str]:
    """Write the sizes that are missing (or all of them, again) and return their paths.

    `width` is the picture's own, held upright. The file stays open, at its beginning: an upload
    that is kept in memory could not be saved afterwards.
    Raises `UnusablePictureError`, or `OSError` if the original is not there.
    """
    sizes = available_widths(width) if again else _missing(name, width, kind)
    if not sizes:
        return []
    stream = file.open("rb")
    original = open_picture(stream)
    kept = read_kept(original)
    said = {"exif": exif_of(kept), "xmp": xmp_of(kept)}
    whole = upright(original)
    heights = {size: max(1, round(whole.height * size / whole.width)) for size in sizes}
    picture = to_srgb(_at_most(whole, max(heights.items())))
    stream.seek(0)
    made = []
    for size in sizes:
        before_each()
        path = size_path(name, size, kind)
        # Another process may have made it meanwhile.
        if again or not default_storage.exists(path):
            small = _resized(picture, (size, heights[size]))
            made.append(_keep(path, _encoded(small, kind, said)))
    return made


def sweep() -> None:
    """Remove what was left half written by a process that was ended an hour ago or earlier."""
    folder = Path(default_storage.path(FOLDER))
    for path in folder.glob(f"*{_PART}*"):
        if path.stat().st_mtime < time.time() - _PART_SECONDS:
            path.unlink(missing_ok=True)


def _missing(name: str, width: int, kind: Format) -> list[int]:
    widths = available_widths(width)
    return [size for size in widths if not default_storage.exists(size_path(name, size, kind))]


def _keep(path: str, data: bytes) -> str:
    """Moved into place when it is whole: a size that exists can be shown."""
    written = default_storage.save(f"{path}{_PART}", ContentFile(data))
    Path(default_storage.path(written)).replace(default_storage.path(path))
    return path


def _at_most(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Brought down early, so that colours are converted on few pixels and in little memory."""
    is_larger = picture.width > size[0] and picture.mode in ("RGB", "L", "CMYK")
    return _resized(picture, size) if is_larger else picture


def _resized(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def _encoded(picture: Image.Image, kind: Format, said: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind.name, **kind.options, **said)
    return buffer.getvalue()
