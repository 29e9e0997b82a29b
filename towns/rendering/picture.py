"""A picture made ready for a page: its addresses, the crop's focal point, and what is marked on it.

What may have changed since a text was frozen is asked once for all pictures of all pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from towns.images.sizes import available_widths
from towns.models import Photo

_USUAL = 960
# The classes that portal.css has for focal points.
FOCUS_STEP, _MIDDLE = 5, 50
_KEPT_SECONDS = 60 * 60


@dataclass(frozen=True)
class Facts:
    """What no frozen text can know: ids of pictures."""

    without_avif: frozenset[str] = frozenset()
    ai_generated: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Picture:
    uid: str
    own_width: int
    own_height: int
    colour: str
    focus: tuple[int, int]
    substitute: str
    is_ai_generated: bool
    map_approval: str
    has_avif: bool

    @property
    def src(self) -> str:
        """For browsers that choose no size themselves."""
        widths = available_widths(self.own_width)
        return self._address(min(widths, key=lambda width: abs(width - _USUAL)))

    @property
    def srcset(self) -> str:
        return self._srcset("media-size")

    @property
    def avif_srcset(self) -> str:
        """Nothing before all of it is there."""
        return self._srcset("media-avif") if self.has_avif else ""

    @property
    def largest(self) -> str:
        return self._address(self.width)

    @property
    def smallest(self) -> str:
        return self._address(available_widths(self.own_width)[0])

    @property
    def smallest_avif(self) -> str:
        width = available_widths(self.own_width)[0]
        return self._address(width, "media-avif") if self.has_avif else ""

    @property
    def width(self) -> int:
        return available_widths(self.own_width)[-1]

    @property
    def height(self) -> int:
        return round(self.own_height * self.width / self.own_width)

    @property
    def focus_class(self) -> str:
        """No style attribute may say it, so there is a class for every few per cent."""
        steps = (FOCUS_STEP * round(part / FOCUS_STEP) for part in self.focus)
        named = zip(("fx", "fy"), steps, strict=True)
        return " ".join(f"{axis}-{step}" for axis, step in named if step != _MIDDLE)

    @property
    def stands_in_for(self) -> str:
        words = {
            Photo.Substitute.DRAWING: _("Drawing in place of the photograph"),
            Photo.Substitute.DEMO: _("Demo picture"),
        }
        return words.get(self.substitute, "")

    @property
    def stands_in_for_short(self) -> str:
        is_drawing = self.substitute == Photo.Substitute.DRAWING
        return _("Drawing") if is_drawing else self.stands_in_for

    def _srcset(self, door: str) -> str:
        widths = available_widths(self.own_width)
        return ", ".join(f"{self._address(width, door)} {width}w" for width in widths)

    def _address(self, width: int, door: str = "media-size") -> str:
        return reverse(door, args=[self.uid, width])


def picture_of_content(content: Mapping[str, Any], facts: Facts | None = None) -> Picture:
    """From frozen content, which may be older than the newest of these fields.

    That a picture is made by a machine must be said even if it was found out after publication.
    Without facts, where nobody has asked, no AVIF is offered.
    """
    focus = content.get("focus") or {"x": _MIDDLE, "y": _MIDDLE}
    return Picture(
        uid=content["id"],
        own_width=content["width"],
        own_height=content["height"],
        colour=content.get("colour", ""),
        focus=(focus["x"], focus["y"]),
        substitute=content.get("substitute", ""),
        is_ai_generated=content.get("ai_generated", False)
        or (facts is not None and content["id"] in facts.ai_generated),
        map_approval=content.get("map_approval", ""),
        has_avif=facts is not None and content["id"] not in facts.without_avif,
    )


def picture_of_record(photo: Photo, facts: Facts | None = None) -> Picture:
    return Picture(
        uid=str(photo.uid),
        own_width=photo.width,
        own_height=photo.height,
        colour=photo.colour,
        focus=(photo.focus_x, photo.focus_y),
        substitute=photo.substitute,
        is_ai_generated=photo.is_ai_generated,
        map_approval=photo.map_approval,
        has_avif=facts is not None and str(photo.uid) not in facts.without_avif,
    )


def current_facts(seq: int) -> Facts:
    """Asked for once in each version of the site.

    Before a picture comes onto a page, when its AVIF is there and when it is found to be made by a
    machine, the version is raised.
    """
    return cache.get_or_set(f"picture-facts-{seq}", _asked, _KEPT_SECONDS)


def _asked() -> Facts:
    told = Photo.objects.without_avif() | Photo.objects.filter(is_ai_generated=True)
    rows = list(told.order_by().values_list("uid", "avif", "is_ai_generated"))
    return Facts(
        without_avif=frozenset(str(uid) for uid, avif, _is_ai in rows if avif != Photo.Avif.MADE),
        ai_generated=frozenset(str(uid) for uid, _avif, is_ai in rows if is_ai),
    )
