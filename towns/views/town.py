import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from towns.documents.photo import describe_photo, prepare_photos
from towns.documents.statistic import prepare_statistics
from towns.filters.place import TownFilter
from towns.language.bilingual import current_language
from towns.models import (
    Claim,
    Photo,
    Project,
    Publication,
    RankHistory,
    Ranking,
    RankingEdition,
    RankingEntry,
    Region,
    Standing,
    Statistic,
    Town,
    YearPlace,
    rank_histories,
)
from towns.rendering.article import Section, read_article
from towns.rendering.rank_chart import RankChart, rank_chart, ruler_place
from towns.views.paging import cuts_filters, kept_query, page_of
from towns.views.region_fields import counties_of, offer_regions
from towns.views.sheet import asked_format, sheet_response
from towns.views.site import site_of
from towns.views.statistic_sheet import statistic_sheet

TOWNS_ON_A_PAGE = 24
ARTICLES_SHOWN = 6
PHOTOS_SHOWN = 12
_CODE = re.compile(r"\A[0-9]{9}\Z")


@cuts_filters
def town_list(request: HttpRequest) -> HttpResponse:
    public = Town.objects.public()
    asked = TownFilter(request.GET, queryset=public.with_place().own_first(site_of(request).region))
    page = page_of(request, asked.qs, size=TOWNS_ON_A_PAGE)
    offer_regions(asked.form, counties_of(public))
    context = {
        "form": asked.form,
        "query": kept_query(request, asked.base_filters),
        "page": page,
        "counties": _by_county(list(page.object_list)),
    }
    return render(request, "towns/town_list.html", context)


@dataclass(frozen=True)
class County:
    region: Region
    towns: list[tuple[Town, RankingEntry | None]]


def _by_county(towns: list[Town]) -> list[County]:
    """The towns of a page, each with its newest entry in any ranking."""
    entries = (
        RankingEntry.objects.public()
        .filter(town__in=towns)
        .select_related("edition__ranking")
        .order_by("edition__year", "-edition__ranking__slug")
    )
    latest = {entry.town_id: entry for entry in entries}
    return [
        County(region, [(town, latest.get(town.pk)) for town in inside])
        for region, inside in groupby(towns, key=lambda town: town.county)
    ]


def town_detail(request: HttpRequest, code: str) -> HttpResponse:
    town = _town(code)
    if town.successor and Town.objects.public().filter(pk=town.successor.pk).exists():
        return redirect(town.successor, permanent=True)
    if not Town.objects.public().filter(pk=town.pk).exists():
        raise _no_town(code)
    statistics = prepare_statistics(Statistic.objects.public().filter(town=town))
    if form := asked_format(request):
        return sheet_response(form, f"{code}-figures", lambda: statistic_sheet(town, statistics))
    lead_photo = _lead_photo(town)
    photos = Photo.objects.public().filter(towns=town)
    photos = photos.exclude(pk=town.lead_photo_id) if lead_photo else photos
    context = {
        "town": town,
        "lead_photo": lead_photo,
        "shared_photo": lead_photo,
        "honours": list(town.honours.all()) if town.is_public else [],
        "records": _records(town),
        "statistics": statistics,
        "project_groups": _project_groups(Project.objects.public().filter(towns=town)),
        "mentions": list(_mentions(town)),
        "photo_count": photos.count(),
        "photos": [describe_photo(photo) for photo in prepare_photos(photos)[:PHOTOS_SHOWN]],
    }
    context["is_complete"] = all(
        (
            context["statistics"],
            context["project_groups"],
            context["mentions"],
            lead_photo or context["photos"],
        )
    )
    return render(request, "towns/town_detail.html", context)


def _town(code: str) -> Town:
    towns = Town.objects.with_place().select_related("successor")
    towns = towns.prefetch_related("honours__source__publisher")
    town = towns.filter(code=code).first() if _CODE.match(code) else None
    if town is None:
        raise _no_town(code)
    return town


def _no_town(code: str) -> Http404:
    return Http404(_("There is no page of a town with the code %(code)s.") % {"code": code[:20]})


def _lead_photo(town: Town) -> dict | None:
    """The picture belongs to the profile: it is shown once that is published."""
    if not (town.is_public and town.lead_photo_id):
        return None
    return describe_photo(prepare_photos(Photo.objects.public()).get(pk=town.lead_photo_id))


@dataclass(frozen=True)
class ClaimBesideRecord:
    """What a source states, and what the records give for the same thing; None is not known."""

    claim: Claim
    year: int
    recorded: int | bool | None


@dataclass(frozen=True)
class YearRow:
    place: YearPlace
    change: int | None


@dataclass(frozen=True)
class Record:
    """A town in one ranking, ready for its page; `edition` is the newest that lists it."""

    history: RankHistory
    edition: RankingEdition
    claims: list[ClaimBesideRecord]

    @property
    def latest(self) -> YearPlace:
        return self.history.latest

    @property
    def chart(self) -> RankChart:
        return rank_chart(self.history, self.edition.size)

    @property
    def ruler_place(self) -> str:
        rank = self.latest.rank
        return "" if rank is None else ruler_place(rank, self.edition.size)

    @property
    def change(self) -> int | None:
        return self.history.change(self.edition.year)

    @property
    def streak(self) -> int | None:
        return self.history.streak(self.edition.year)

    @property
    def first_time(self) -> bool | None:
        return self.history.first_time(self.edition.year)

    @property
    def rows(self) -> list[YearRow]:
        change = self.history.change
        return [YearRow(place, change(place.year)) for place in reversed(self.history.places)]

    @property
    def listed_years(self) -> list[int]:
        return [place.year for place in self.history.places if place.is_listed]

    @property
    def unknown_years(self) -> list[int]:
        places = self.history.places
        return [place.year for place in places if place.standing == Standing.UNKNOWN]


def _records(town: Town) -> list[Record]:
    """The newest first."""
    editions = RankingEdition.objects.public().filter(entries__town=town)
    newest = {edition.ranking_id: edition for edition in editions.order_by("year")}
    rankings = Ranking.objects.filter(pk__in=newest).select_related("publisher")
    claims = _claims(town)
    records = []
    for ranking in rankings:
        history = rank_histories(ranking, [town])[town.pk]
        beside = [_beside_record(claim, history) for claim in claims[ranking.pk]]
        records.append(Record(history, newest[ranking.pk], beside))
    return sorted(records, key=lambda record: record.edition.year, reverse=True)


def _claims(town: Town) -> dict[int, list[Claim]]:
    """By the primary key of their ranking, the newest first."""
    claims = (
        Claim.objects.filter(entry__in=RankingEntry.objects.public().filter(town=town))
        .select_related("entry__edition", "source__publisher")
        .order_by("-entry__edition__year", "kind", "pk")
    )
    by_ranking = defaultdict(list)
    for claim in claims:
        by_ranking[claim.entry.edition.ranking_id].append(claim)
    return by_ranking


def _beside_record(claim: Claim, history: RankHistory) -> ClaimBesideRecord:
    year = claim.entry.edition.year
    derive = {
        Claim.Kind.CHANGE: history.change,
        Claim.Kind.STREAK: history.streak,
        Claim.Kind.FIRST_TIME: history.first_time,
    }[claim.kind]
    return ClaimBesideRecord(claim, year, derive(year))


@dataclass(frozen=True)
class ProjectGroup:
    """What stands under one heading of the page: still to come, moving, done or stopped."""

    heading: str
    mark: str
    projects: list[Project]


def _project_groups(projects: QuerySet) -> list[ProjectGroup]:
    status = Project.Status
    parts = (
        (_("Planned"), "planned", (status.PLANNED, status.FUND_RAISING, status.DONATION)),
        (_("Under way"), "moving", Project.MOVING),
        (_("Done"), "done", Project.DONE),
        (_("Stopped"), "stopped", (status.STOPPED,)),
    )
    projects = list(projects.order_by("slug"))
    groups = [
        ProjectGroup(heading, mark, [project for project in projects if project.status in within])
        for heading, mark, within in parts
    ]
    return [group for group in groups if group.projects]


@dataclass(frozen=True)
class Mention:
    """A publication, and its section about the town."""

    publication: Publication
    section: Section

    @property
    def url(self) -> str:
        return f"{self.publication.get_absolute_url()}#{self.section.anchor}"


def _mentions(town: Town) -> Iterable[Mention]:
    publications = Publication.objects.public().about(town).newest_first()
    publications = publications.select_related("document", "publisher", "lead_photo")
    for publication in publications[:ARTICLES_SHOWN]:
        article = read_article(publication.document, current_language())
        for section in article.sections:
            about = section.heading and section.heading["town"]
            if about and about["code"] == town.code:
                yield Mention(publication, section)
