"""Every public picture is in sRGB on white, whatever colours the camera or the press worked in."""

import io

from PIL import Image, ImageCms

# Which pixels the colour spaces of profiles describe.
_MODES = {"RGB": "RGB", "CMYK": "CMYK", "GRAY": "L"}


def to_srgb(picture: Image.Image) -> Image.Image:
    """RGB pixels that say nothing more about themselves."""
    profile = picture.info.get("icc_profile")
    flat = _converted(picture, profile) if isinstance(profile, bytes) else None
    flat = flat or _flat(picture)
    flat.info.clear()
    return flat


def _flat(picture: Image.Image) -> Image.Image:
    """Without its transparency."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    white = Image.new("RGB", layer.size, "white")
    white.paste(layer, mask=layer.getchannel("A"))
    return white


def _converted(picture: Image.Image, profile: bytes) -> Image.Image | None:
    """None for a damaged profile, or one of another picture: then browsers take it for sRGB too."""
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = _MODES.get(own.profile.xcolor_space.strip())
        pixels = _flat(picture) if mode == "RGB" and picture.mode != "CMYK" else picture
        if pixels.mode != mode:
            return None
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(pixels, own, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
