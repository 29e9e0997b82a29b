"""The smaller JPEGs that pages show: the only public form of a picture.

Of what the original says about itself they keep what `towns.images.metadata` names.
"""

import io
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from PIL import Image, ImageCms

from towns.images.inspection import open_picture, upright
from towns.images.metadata import Kept, exif_of, read_kept, xmp_of

WIDTHS = (480, 960, 1600)
QUALITY = 80


def size_path(name: str, width: int) -> str:
    return f"sizes/{name}-{width}.jpg"


def available_widths(width: int) -> list[int]:
    """The widths kept of a picture: never enlarged, so a small one keeps only its own width."""
    return [w for w in WIDTHS if w <= width] or [width]


def sizes_exist(name: str, width: int) -> bool:
    """Whether pages can show the picture; `width` is its own, held upright."""
    return not _missing(name, width)


def make_sizes(file: File, *, name: str, width: int, again: bool = False) -> list[str]:
    """Write the sizes that are missing (or all of them, again) and return their paths.

    `width` is the picture's own, held upright. Raises `UnusablePictureError`, or `OSError` if the
    original is not there.
    """
    sizes = available_widths(width) if again else _missing(name, width)
    if not sizes:
        return []
    with file.open("rb") as stream:
        original = open_picture(stream)
    kept = read_kept(original)
    picture = _to_srgb(upright(original))
    return [_keep(size_path(name, size), _jpeg(picture, size, kept)) for size in sizes]


def _missing(name: str, width: int) -> list[int]:
    widths = available_widths(width)
    return [size for size in widths if not default_storage.exists(size_path(name, size))]


def _keep(path: str, data: bytes) -> str:
    """Moved into place when it is whole: a size that exists can be shown."""
    written = default_storage.save(f"{path}.part", ContentFile(data))
    Path(default_storage.path(written)).replace(default_storage.path(path))
    return path


def _jpeg(picture: Image.Image, width: int, kept: Kept) -> bytes:
    height = max(1, round(picture.height * width / picture.width))
    small = picture.resize((width, height), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    said = {"exif": exif_of(kept), "xmp": xmp_of(kept)}
    small.save(buffer, "JPEG", quality=QUALITY, progressive=True, optimize=True, **said)
    return buffer.getvalue()


def _to_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    flat = picture.convert("RGBA") if picture.has_transparency_data else picture.convert("RGB")
    if flat.mode == "RGBA":
        white = Image.new("RGB", flat.size, "white")
        white.paste(flat, mask=flat.getchannel("A"))
        flat = white
    if isinstance(profile, bytes) and picture.mode == "RGB":
        flat = _from_profile(flat, profile)
    flat.info.clear()
    return flat


def _from_profile(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        # A damaged profile: the colours are taken for sRGB, as browsers do.
        return picture
