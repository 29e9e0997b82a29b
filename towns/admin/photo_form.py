"""The form of one picture, and what stands beside it: the crops in use, and who can see it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from towns.admin.photo_needs import needs_of
from towns.admin.photo_uses import Use
from towns.admin.proposing import RecordForm
from towns.models import Photo

# As the style sheets of the portal crop: `aspect-ratio` in towns/static/towns/*.css.
CROPS = (
    (3, 2, _("cards, lists and the home page")),
    (16, 10, _("rows of an article")),
)


HEIGHT = 110  # of a crop as it is previewed, in pixels


class AsksForConsent(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("shows_minors") and not (said.get("minors_consent") or "").strip():
            fault = _(
                "Write here who consented, when, and where the paper is kept; or untick “shows "
                "minors” if no child can be recognised."
            )
            self.add_error("minors_consent", ValidationError(fault))
        return said


class PhotoForm(AsksForConsent, RecordForm):
    pass


@dataclass(frozen=True)
class Crop:
    """A part of the picture with these proportions, its focal point as far in as it goes."""

    label: Any
    ratio: str
    width: int
    height: int
    view_box: str


def crops_of(photo: Photo) -> list[Crop]:
    return [_crop(photo, across, down, label) for across, down, label in CROPS]


def _crop(photo: Photo, across: int, down: int, label: Any) -> Crop:
    """The same place as CSS `object-position` with the focal point in per cent."""
    width = min(photo.width, photo.height * across / down)
    height = width * down / across
    left = (photo.width - width) * photo.focus_x / 100
    top = (photo.height - height) * photo.focus_y / 100
    view_box = " ".join(f"{number:.2f}" for number in (left, top, width, height))
    return Crop(label, f"{across}:{down}", round(HEIGHT * across / down), HEIGHT, view_box)


def seen_by(uses: list[Use]) -> str:
    """Who can see it, and why."""
    public = [use.name for use in uses if use.is_public]
    if public:
        said = gettext("Everybody, because these public pages use it: %s.")
        return said % ", ".join(dict.fromkeys(public))
    return gettext("Only staff: nothing that is public uses it.")


def warnings_of(photo: Photo, uses: list[Use]) -> list[str]:
    warnings = [gettext("Missing: %s.") % need.label for need in needs_of(photo)]
    if photo.file_says.get("is_ai") and not photo.is_ai_generated:
        warnings.append(gettext("The file says that a machine made it, but it is not marked so."))
    reviewed = [use for use in uses if use.is_in_review]
    if reviewed:
        said = ngettext(
            "It stands in an article that is being reviewed: changing what readers see of it "
            "voids the signatures there.",
            "It stands in %d articles that are being reviewed: changing what readers see of it "
            "voids the signatures there.",
            len(reviewed),
        )
        warnings.append(said % len(reviewed) if len(reviewed) > 1 else said)
    return warnings
