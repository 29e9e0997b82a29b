"""Every kind of record at the API: its address, its filters and what is added to its content."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django_filters import FilterSet

from towns.api import derived, related, shapes
from towns.api.article_shapes import ColumnContent
from towns.documents import page, party, photo, place, project, ranking, statistic
from towns.documents.kinds import Kind, kind_of
from towns.filters.article import PartyFilter, PhotoFilter
from towns.filters.place import RegionFilter, TownFilter
from towns.filters.project import ProjectFilter
from towns.filters.ranking import EditionFilter, EntryFilter
from towns.filters.statistic import StatisticFilter
from towns.models import (
    Column,
    Page,
    Party,
    Photo,
    Project,
    Publication,
    Ranking,
    RankingEdition,
    RankingEntry,
    Region,
    Source,
    Statistic,
    Town,
)

_UID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_SLUG = r"[-a-zA-Z0-9_]+"


@dataclass(frozen=True)
class Resource:
    """`content` is the TypedDict of the record's Document; `lookup` finds one by its id.

    `fetched` is what `related` needs beyond what the Document needs.
    """

    path: str
    kind: Kind
    about: str
    content: type
    lookup: str
    pattern: str
    filters: type[FilterSet] | None = None
    related: Callable[[Any], Any] | None = None
    related_shape: type | None = None
    derive: Callable[[Sequence[Any]], dict[int, Any]] | None = None
    derived_shape: type | None = None
    ordering: tuple[str, ...] = ("pk",)
    fetched: tuple[str, ...] = ()

    def public(self) -> QuerySet:
        return self.kind.prepare(self.kind.model.objects.public()).prefetch_related(*self.fetched)


@dataclass(frozen=True)
class Columns(Resource):
    """Columns have no state of their own: those are public in which an article stands."""

    def public(self) -> QuerySet:
        articles = Publication.objects.public()
        return Column.objects.filter(pk__in=articles.values("column"))


def _describe_column(column: Column) -> ColumnContent:
    return {"slug": column.slug, "name": column.names}


RESOURCES = (
    Resource(
        "regions", kind_of(Region), "Provinces, prefectures and counties with public towns.",
        place.RegionContent, "code", r"[0-9]{2,6}", RegionFilter,
        related.related_region, shapes.RegionRelated, ordering=("code",),
    ),
    Resource(
        "towns", kind_of(Town), "Towns on which a public fact hangs, with their ranks by year.",
        place.TownContent, "code", r"[0-9]{9}", TownFilter,
        related.related_town, shapes.TownRelated,
        derived.derive_towns, shapes.TownDerived, ordering=("code",),
    ),
    Resource(
        "parties", kind_of(Party), "People and organisations that are credited or quoted.",
        party.PartyContent, "uid", _UID, PartyFilter,
    ),
    Resource(
        "sources", kind_of(Source), "Documents on which public facts rest.",
        party.SourceContent, "uid", _UID,
        related=related.related_source, related_shape=shapes.SourceRelated,
    ),
    Resource(
        "rankings", kind_of(Ranking), "Yearly lists of towns.",
        ranking.RankingContent, "slug", _SLUG,
        related=related.related_ranking, related_shape=shapes.RankingRelated,
    ),
    Resource(
        "ranking-editions", kind_of(RankingEdition),
        "One year of a ranking, and for which regions it is held in full.",
        ranking.EditionContent, "id", _SLUG, EditionFilter,
        related.related_edition, shapes.EditionRelated,
    ),
    Resource(
        "ranking-entries", kind_of(RankingEntry),
        "A town in an edition; without a rank where that was not published.",
        ranking.EntryContent, "uid", _UID, EntryFilter,
        related.related_entry, shapes.EntryRelated,
        derived.derive_entries, shapes.EntryDerived,
    ),
    Resource(
        "projects", kind_of(Project), "Development projects; amounts are in yuan.",
        project.ProjectContent, "slug", _SLUG, ProjectFilter,
        related.related_project, shapes.ProjectRelated, ordering=("slug",),
    ),
    Resource(
        "statistics", kind_of(Statistic), "Stated numbers, each about one town or region.",
        statistic.StatisticContent, "uid", _UID, StatisticFilter,
        related.related_statistic, shapes.StatisticRelated,
    ),
    Resource(
        "photos", kind_of(Photo), "Pictures that something public uses, with their credits.",
        photo.PhotoContent, "uid", _UID, PhotoFilter,
        related.related_photo, shapes.PhotoRelated, fetched=("towns__county",),
    ),
    Resource(
        "pages", kind_of(Page), "Pages about the site itself: about, accessibility, privacy.",
        page.PageContent, "slug", _SLUG,
    ),
    Columns(
        "columns", Kind("column", Column, "slug", lambda columns: columns, _describe_column),
        "The columns in which articles stand.",
        ColumnContent, "slug", _SLUG,
        related=related.related_column, related_shape=shapes.ColumnRelated,
    ),
)  # fmt: skip
