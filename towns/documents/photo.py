from typing import TypedDict

from django.db.models import QuerySet

from towns.documents.references import refer_party
from towns.documents.shapes import Bilingual, PartyReference
from towns.models import Photo


class CreditContent(TypedDict):
    kind: str
    party: PartyReference


class FocusContent(TypedDict):
    """The point that crops keep in sight, in per cent of the width and of the height."""

    x: int
    y: int


class PhotoContent(TypedDict):
    id: str
    width: int
    height: int
    colour: str
    focus: FocusContent
    file_digest: str
    caption: Bilingual
    alt: Bilingual
    credits: list[CreditContent]
    licence: str
    licence_url: str
    map_approval: str
    substitute: str
    ai_generated: bool
    taken_on: str | None
    towns: list[str]


def prepare_photos(photos: QuerySet[Photo]) -> QuerySet[Photo]:
    return photos.prefetch_related("credits__party", "towns")


def describe_photo(photo: Photo) -> PhotoContent:
    return {
        "id": str(photo.uid),
        "width": photo.width,
        "height": photo.height,
        "colour": photo.colour,
        "focus": {"x": photo.focus_x, "y": photo.focus_y},
        "file_digest": photo.digest,
        "caption": photo.captions,
        "alt": photo.alts,
        "credits": [
            {"kind": credit.kind, "party": refer_party(credit.party)}
            for credit in photo.credits.all()
        ],
        "licence": photo.licence,
        "licence_url": photo.licence_url,
        "map_approval": photo.map_approval,
        "substitute": photo.substitute,
        "ai_generated": photo.is_ai_generated,
        "taken_on": photo.taken_on,
        "towns": sorted(town.code for town in photo.towns.all()),
    }
