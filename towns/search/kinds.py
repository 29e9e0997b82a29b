"""What can be found, in the order in which results of the same name stand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from towns.models import (
    Photo,
    Project,
    Publication,
    RankingEdition,
    RankingEntry,
    SearchEntry,
    Statistic,
    Town,
)
from towns.search import contents
from towns.search.contents import Content

# An entry's id is its kind's number times this, and the number of the record: no column is needed
# to ask for one kind, and both databases keep ranges of ids together.
SPAN = 10**12


@dataclass(frozen=True)
class Kind:
    """`public` is where everything starts from; `fetched` adds what `content` reads.

    `shown` adds what a list of results shows, without a further query. `key` is the column with
    the record's number, `named` finds it by its permanent id.
    """

    name: str
    number: int
    public: Callable[[], QuerySet]
    fetched: Callable[[QuerySet], QuerySet]
    content: Callable[[Any], Content]
    shown: Callable[[QuerySet], QuerySet]
    named: Callable[[str], Q]
    key: str = "pk"

    @property
    def ids(self) -> tuple[int, int]:
        """The first and the last id of an entry of this kind."""
        return self.number * SPAN, (self.number + 1) * SPAN - 1

    def id_of(self, number: int) -> int:
        return self.number * SPAN + number

    def entries(self) -> QuerySet[SearchEntry]:
        return SearchEntry.objects.filter(id__range=self.ids)

    def records(self, numbers: Iterable[int]) -> QuerySet:
        return self.public().filter(**{f"{self.key}__in": list(numbers)})


def _edition_named(permanent_id: str) -> Q:
    slug, _dash, year = permanent_id.rpartition("-")
    return Q(ranking__slug=slug, year=int(year)) if year.isdigit() else Q(pk=None)


def _fetched_editions(editions: QuerySet) -> QuerySet:
    entries = Prefetch("entries", RankingEntry.objects.select_related("town").by_rank())
    return editions.select_related("ranking__publisher").prefetch_related(entries)


def _shown_towns(towns: QuerySet) -> QuerySet:
    """Each with its newest place in any ranking: `latest_year` is None where there is none."""
    entries = (
        RankingEntry.objects.public()
        .filter(town=OuterRef("pk"))
        .order_by("-edition__year", "edition__ranking__slug")
    )
    return towns.select_related("county", "lead_photo").annotate(
        latest_year=Subquery(entries.values("edition__year")[:1]),
        latest_rank=Subquery(entries.values("rank")[:1]),
    )


def _shown_photos(photos: QuerySet) -> QuerySet:
    """Each with something that it can be seen on: an article, a town or a project."""
    articles = Publication.objects.public().filter(photos=OuterRef("pk"))
    towns = Town.objects.public().filter(photos=OuterRef("pk"))
    projects = Project.objects.public().filter(photos=OuterRef("pk"))
    return photos.annotate(
        on_article=Subquery(articles.values("slug")[:1]),
        on_town=Subquery(towns.values("code")[:1]),
        on_project=Subquery(projects.values("slug")[:1]),
    )


KINDS = (
    Kind(
        "town", 1, lambda: Town.objects.public(),
        lambda towns: towns.with_place().prefetch_related("honours"),
        contents.of_town, _shown_towns, lambda name: Q(code=name),
    ),
    Kind(
        "article", 2, lambda: Publication.objects.public(),
        lambda found: found.select_related("document", "publisher").prefetch_related("towns"),
        contents.of_article,
        lambda found: found.select_related("column", "publisher", "lead_photo"),
        lambda name: Q(slug=name), key="article_id",
    ),
    Kind(
        "project", 3, lambda: Project.objects.public(),
        lambda projects: projects.prefetch_related("towns", "milestones"),
        contents.of_project, lambda projects: projects.prefetch_related("towns"),
        lambda name: Q(slug=name),
    ),
    Kind(
        "ranking-edition", 4, lambda: RankingEdition.objects.public(),
        _fetched_editions, contents.of_edition,
        lambda editions: editions.select_related("ranking"), _edition_named,
    ),
    Kind(
        "statistic", 5, lambda: Statistic.objects.public(),
        lambda found: found.select_related("town", "region", "project"),
        contents.of_statistic,
        lambda found: found.select_related("town", "region"), lambda name: Q(uid=name),
    ),
    Kind(
        "photo", 6, lambda: Photo.objects.public(),
        lambda photos: photos.prefetch_related("credits__party", "towns"),
        contents.of_photo, _shown_photos, lambda name: Q(uid=name),
    ),
)  # fmt: skip
_BY_NAME = {kind.name: kind for kind in KINDS}
NAMES = tuple(_BY_NAME)


def kind_named(name: str) -> Kind | None:
    return _BY_NAME.get(name)


def kind_of_id(entry_id: int) -> Kind:
    return KINDS[entry_id // SPAN - 1]
