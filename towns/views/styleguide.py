"""Tokens and parts of the design on one page, in the demo and while developing."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from towns.documents.photo import describe_photo, prepare_photos
from towns.models import Photo
from towns.rendering.ruler import ruler

TOKENS = (
    "paper", "sheet", "ink", "ink2", "plum", "deep", "tint", "gold", "bronze",
    "goldtint", "signal", "signaltint", "edge", "rule", "bar", "stone", "stone2",
)  # fmt: skip
# Ranks of the demo's newest edition.
PLACES = (
    (485, {"zh-hans": "金利镇", "en": "Jinli"}),
    (794, {"zh-hans": "大沙镇", "en": "Dasha"}),
    (945, {"zh-hans": "龙甫镇", "en": "Longfu"}),
)


def styleguide(request: HttpRequest) -> HttpResponse:
    if not settings.STYLEGUIDE:
        raise Http404
    photos = prepare_photos(Photo.objects.public().order_by("pk"))[:3]
    context = {
        "tokens": TOKENS,
        "ruler": ruler(PLACES, 1000),
        "photos": [describe_photo(photo) for photo in photos],
    }
    return render(request, "towns/styleguide.html", context)
