"""Lists of the pages as files: the same filters, every row, `?format=csv` or `?format=xlsx`."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from towns.models import Town, YearPlace
from towns.sheets.writing import CONTENT_TYPES, Sheet, write


def asked_format(request: HttpRequest) -> str:
    """ "" for a page; an unknown format is dropped as any unknown parameter is."""
    form = request.GET.get("format", "")
    return form if form in CONTENT_TYPES else ""


def sheet_response(form: str, name: str, make: Callable[[], Sheet]) -> HttpResponse:
    response = HttpResponse(write(make(), form), content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def town_head() -> list[str]:
    return [_("Code"), _("Chinese name"), _("English name"), *place_head()]


def place_head() -> list[str]:
    return [_("Province"), _("City"), _("County or district")]


def town_cells(town: Town) -> list[str]:
    path = [region.name for region in town.county.path]
    return [town.code, town.name_zh, town.name_en, *([""] * (3 - len(path))), *path[-3:]]


def known_cell(value: object, *, yes: str = "", no: str = "") -> str | int:
    """The third answer is a word too: an empty cell would read as nought."""
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return yes if value else no
    return value


def standing_cell(place: YearPlace | None) -> str | int:
    if place is None:
        return _("not known")
    if place.rank is not None:
        return place.rank
    if place.is_listed:
        return _("listed, rank not published")
    return _("not listed") if place.standing == "not_listed" else _("not known")
