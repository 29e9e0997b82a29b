from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

from towns.documents.photo import describe_photo, prepare_photos
from towns.models import (
    HomePhoto,
    HomeProject,
    HomeStatistic,
    HomeTown,
    Photo,
    Project,
    Publication,
    RankHistory,
    RankingEdition,
    RankingEntry,
    Region,
    SiteSettings,
    Statistic,
    Town,
    YearPlace,
    rank_histories,
)
from towns.rendering.ruler import Ruler, ruler
from towns.views.site import site_of

LATEST, ENTRIES, PROJECTS, FIGURES, PHOTOS = 5, 12, 8, 3, 8


def root(request: HttpRequest) -> HttpResponse:
    """Leads to the reader's language."""
    with override(get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def home(request: HttpRequest) -> HttpResponse:
    site = site_of(request)
    editions = _editions()
    edition = editions[0] if editions else None
    latest, towns = _latest(site), _towns(site, edition)
    own_rows = _rows(editions, site.region) if site.region else []
    context = {
        "lead": latest[0] if latest else None,
        "latest": latest[1:],
        "lead_photo": (lead_photo := _lead_photo(latest)),
        "shared_photo": lead_photo,
        "edition": edition,
        "year_before": _year_before(editions),
        "ruler": _ruler(edition, towns),
        "rows": own_rows or _rows(editions),
        "rows_region": site.region if own_rows else None,
        "towns": towns,
        "projects": _projects(site),
        **_project_totals(),
        "figures": _figures(site),
        "photos": _photos(site),
    }
    return render(request, "towns/home.html", context)


def _editions() -> list[RankingEdition]:
    """The newest edition of all, and those of the same ranking before it."""
    public = RankingEdition.objects.public().select_related("ranking", "source__publisher")
    editions = list(public.order_by("-year", "pk"))
    return [edition for edition in editions if edition.ranking_id == editions[0].ranking_id]


def _year_before(editions: list[RankingEdition]) -> int | None:
    return editions[1].year if len(editions) > 1 else None


def _latest(site: SiteSettings) -> list[Publication]:
    """The chosen lead article first, then the newest."""
    found = list(
        Publication.objects.public()
        .select_related("column", "publisher", "lead_photo")
        .newest_first()[: LATEST + 1]
    )
    found.sort(key=lambda publication: publication.article_id != site.lead_article_id)
    return found[:LATEST]


def _lead_photo(latest: list[Publication]) -> dict[str, Any] | None:
    if not latest or latest[0].lead_photo_id is None:
        return None
    photos = prepare_photos(Photo.objects.filter(pk=latest[0].lead_photo_id))
    return dict(describe_photo(photos.get()))


@dataclass(frozen=True)
class Row:
    """One entry of the newest ranking, with its place in the edition held before."""

    entry: RankingEntry
    before: YearPlace | None


def _rows(editions: list[RankingEdition], region: Region | None = None) -> list[Row]:
    """The first entries, of all or of a region."""
    if not editions:
        return []
    first = editions[0].entries.select_related("town__county").by_rank()
    if region:
        first = first.filter(town__code__startswith=region.code)
    entries = list(first[:ENTRIES])
    histories = rank_histories(editions[0].ranking, [entry.town for entry in entries])
    before = _year_before(editions)
    return [
        Row(entry, histories[entry.town_id].at(before) if before else None) for entry in entries
    ]


@dataclass(frozen=True)
class TownCard:
    """A chosen town, with its places in the two newest editions that list it."""

    town: Town
    places: list[YearPlace]

    def rank_in(self, year: int) -> int | None:
        return next((place.rank for place in self.places if place.year == year), None)


def _towns(site: SiteSettings, edition: RankingEdition | None) -> list[TownCard]:
    chosen = HomeTown.objects.filter(site=site.pk, town__in=Town.objects.public())
    towns = [choice.town for choice in chosen.select_related("town__county", "town__lead_photo")]
    histories = rank_histories(edition.ranking, towns) if edition and towns else {}
    return [TownCard(town, _newest(histories.get(town.pk))) for town in towns]


def _newest(history: RankHistory | None) -> list[YearPlace]:
    listed = [place for place in history.places if place.is_listed] if history else []
    return listed[:-3:-1]


def _ruler(edition: RankingEdition | None, towns: list[TownCard]) -> Ruler | None:
    """The chosen towns on the ruler of the newest ranking."""
    if edition is None:
        return None
    return ruler(((card.rank_in(edition.year), card.town.names) for card in towns), edition.size)


def _projects(site: SiteSettings) -> list[Project]:
    """Those chosen, else those in motion, the soonest to be done first."""
    public = Project.objects.public().prefetch_related("towns")
    chosen = HomeProject.objects.filter(site=site.pk, project__in=public)
    order = {choice.project_id: place for place, choice in enumerate(chosen)}
    if order:
        return sorted(public.filter(pk__in=order), key=lambda project: order[project.pk])
    moving = public.filter(status__in=Project.MOVING)
    return list(moving.order_by(F("expected_on").asc(nulls_last=True), "slug")[:PROJECTS])


def _project_totals() -> dict[str, Any]:
    moving = Count("pk", filter=Q(status__in=Project.MOVING))
    return Project.objects.public().aggregate(
        project_count=Count("pk"), moving_count=moving, status_on=Max("status_on")
    )


def _figures(site: SiteSettings) -> list[Statistic]:
    """Those chosen, else the largest sums of money that were counted, not planned."""
    public = Statistic.objects.public().select_related("town", "region")
    chosen = HomeStatistic.objects.filter(site=site.pk, statistic__in=public)
    order = {choice.statistic_id: place for place, choice in enumerate(chosen)}
    if order:
        return sorted(public.filter(pk__in=order), key=lambda figure: order[figure.pk])
    money = public.filter(unit=Statistic.Unit.YUAN, basis=Statistic.Basis.ACTUAL)
    return list(money.order_by("-value")[:FIGURES])


def _photos(site: SiteSettings) -> list[dict[str, Any]]:
    chosen = HomePhoto.objects.filter(site=site.pk).values_list("photo", flat=True)
    order = {pk: place for place, pk in enumerate(chosen[:PHOTOS])}
    photos = prepare_photos(Photo.objects.public().filter(pk__in=order))
    return [describe_photo(photo) for photo in sorted(photos, key=lambda one: order[one.pk])]
