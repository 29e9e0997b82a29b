"""What still has to be done for a picture, the most urgent first: for chips and for filters."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from towns.keeping.inspection import SOON
from towns.models import Photo


@dataclass(frozen=True)
class Need:
    """`of` finds the pictures in the database, `is_of` says the same of one that is here."""

    name: str
    label: Any
    of: Callable[[QuerySet], QuerySet]
    is_of: Callable[[Photo], bool]
    stops: bool = False


def _empty(field: str) -> dict[str, Any]:
    return {
        "of": lambda photos: photos.filter(**{field: ""}),
        "is_of": lambda photo: not getattr(photo, field),
    }


def _ends_soon(photo: Photo) -> bool:
    return photo.licence_days_left in range(SOON + 1)


NEEDS = (
    Need(
        "licence-ended",
        _("licence ended"),
        lambda photos: photos.licence_ended(),
        lambda photo: photo.licence_has_ended,
        stops=True,
    ),
    Need(
        "consent",
        _("minors, no consent"),
        lambda photos: photos.without_consent(),
        lambda photo: photo.lacks_consent,
        stops=True,
    ),
    Need(
        "map-number",
        _("map without number"),
        lambda photos: photos.without_map_approval(),
        lambda photo: photo.lacks_map_approval,
        stops=True,
    ),
    Need(
        "credit",
        _("no credit"),
        lambda photos: photos.filter(credits__isnull=True),
        lambda photo: not photo.credits.all(),
        stops=True,
    ),
    Need(
        "licence-ending",
        _("licence ends soon"),
        lambda photos: photos.licence_ending(days=SOON),
        _ends_soon,
    ),
    Need("caption-zh", _("no Chinese caption"), **_empty("caption_zh")),
    Need("caption-en", _("no English caption"), **_empty("caption_en")),
    Need("alt-zh", _("no Chinese alternative text"), **_empty("alt_zh")),
    Need("alt-en", _("no English alternative text"), **_empty("alt_en")),
    Need("licence", _("no licence"), **_empty("licence")),
)


@dataclass(frozen=True)
class Chip:
    label: str
    kind: str


def chip(photo: Photo) -> Chip | None:
    """The one most urgent need; `photo.credits` are best prefetched."""
    need = next((need for need in NEEDS if need.is_of(photo)), None)
    if need is None:
        return Chip(gettext("made by a machine"), "note") if photo.is_ai_generated else None
    label = str(need.label)
    if need.name == "licence-ending":
        label = gettext("licence ends %s") % date_format(photo.licence_ends, "MONTH_DAY_FORMAT")
    return Chip(label, "stop" if need.stops else "warn")


def needs_of(photo: Photo) -> list[Need]:
    return [need for need in NEEDS if need.is_of(photo)]


class NeedFilter(admin.SimpleListFilter):
    title = _("missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(need.name, need.label) for need in NEEDS]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        need = next((need for need in NEEDS if need.name == self.value()), None)
        return need.of(queryset) if need else queryset

    def links(self, changelist: Any) -> list[dict[str, Any]]:
        """Those that find something, and the one that is chosen; with how many they find."""
        counts = self.get_facet_queryset(changelist)
        links = [
            {
                "label": label,
                "count": counts[f"{index}__c"],
                "is_chosen": self.value() == name,
                "url": changelist.get_query_string({self.parameter_name: name}),
            }
            for index, (name, label) in enumerate(self.lookup_choices)
        ]
        return [link for link in links if link["count"] or link["is_chosen"]]


class ShowsFilter(admin.SimpleListFilter):
    title = _("what it is")
    parameter_name = "shows"
    _conditions = (
        ("minors", _("shows minors"), Q(shows_minors=True)),
        ("map", _("a map"), Q(is_map=True)),
        ("ai", _("made by a machine"), Q(is_ai_generated=True)),
        ("drawing", _("drawing in place of the photograph"), Q(substitute="drawing")),
        ("demo", _("demo picture"), Q(substitute="demo")),
    )

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(name, label) for name, label, _condition in self._conditions]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        for name, _label, condition in self._conditions:
            if self.value() == name:
                return queryset.filter(condition)
        return queryset


class UsedFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("yes", _("used")), ("no", _("never used"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "yes":
                return queryset.filter(pk__in=Photo.objects.used().values("pk"))
            case "no":
                return queryset.exclude(pk__in=Photo.objects.used().values("pk"))
        return queryset


def day_condition(text: str) -> Q | None:
    """2023, 2023-10, 2023-10-18, 2023/10 and 2023年10月 as days on which pictures were taken."""
    for mark in "年月/.":
        text = text.replace(mark, "-")
    parts = text.replace("日", "").strip("-").split("-")
    if len(parts[0]) != 4 or len(parts) > 3 or not all(_is_number(part) for part in parts):
        return None
    names = ("taken_on__year", "taken_on__month", "taken_on__day")
    year = int(parts[0])
    if not 1800 <= year <= timezone.localdate().year:
        return None
    return Q(**dict(zip(names, map(int, parts), strict=False)))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4
