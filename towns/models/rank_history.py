"""What follows from the editions held: change, streak, first time. Derived, never stored.

Every answer has a third value, None: "not known". It is given wherever an edition is not held,
or is held without covering the town's region, for then absence proves nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from towns.models.place import Town
from towns.models.ranking import Ranking, RankingEdition, RankingEntry


class Standing(StrEnum):
    RANKED = "ranked"
    LISTED = "listed"
    NOT_LISTED = "not_listed"
    UNKNOWN = "unknown"


LISTED_AT_ALL = (Standing.RANKED, Standing.LISTED)


@dataclass(frozen=True)
class YearPlace:
    """A town in one year; `LISTED` means that its rank was not published."""

    year: int
    standing: Standing
    entry: RankingEntry | None = None

    @property
    def rank(self) -> int | None:
        return self.entry.rank if self.entry else None

    @property
    def is_listed(self) -> bool:
        return self.standing in LISTED_AT_ALL


@dataclass(frozen=True)
class RankHistory:
    ranking: Ranking
    town: Town
    places: tuple[YearPlace, ...]

    @property
    def is_empty(self) -> bool:
        return not any(place.is_listed for place in self.places)

    @property
    def latest(self) -> YearPlace | None:
        """The newest year in which the town is listed."""
        return next((place for place in reversed(self.places) if place.is_listed), None)

    def at(self, year: int) -> YearPlace:
        return next(
            (place for place in self.places if place.year == year),
            YearPlace(year, Standing.UNKNOWN),
        )

    def change(self, year: int) -> int | None:
        """Places gained since the year before; lower ranks are better, so 900 → 816 is +84."""
        now, before = self.at(year).rank, self.at(year - 1).rank
        return None if now is None or before is None else before - now

    def streak(self, year: int) -> int | None:
        """How many years running the town has been listed, this one included."""
        count = 0
        while self.at(year).is_listed:
            count, year = count + 1, year - 1
        is_certain = self.at(year).standing == Standing.NOT_LISTED or self._is_before_first(year)
        return count if is_certain else None

    def first_time(self, year: int) -> bool | None:
        if any(place.is_listed and place.year < year for place in self.places):
            return False
        first = self.ranking.first_year
        if first is None or not self.at(year).is_listed:
            return None
        earlier = (self.at(past).standing for past in range(first, year))
        return True if all(standing == Standing.NOT_LISTED for standing in earlier) else None

    def _is_before_first(self, year: int) -> bool:
        first = self.ranking.first_year
        return first is not None and year < first


def rank_histories(ranking: Ranking, towns: Iterable[Town]) -> dict[int, RankHistory]:
    """The history of each town by its primary key, from public editions, in three queries."""
    editions = list(
        RankingEdition.objects.public()
        .filter(ranking=ranking)
        .prefetch_related("covered_regions")
        .order_by("year")
    )
    by_town = {town.pk: town for town in towns}
    entries = {
        (entry.town_id, entry.edition_id): entry
        for entry in RankingEntry.objects.filter(
            edition__in=editions, town__in=by_town
        ).select_related("source__publisher")
    }
    return {
        pk: RankHistory(ranking, town, tuple(_places(town, editions, entries)))
        for pk, town in by_town.items()
    }


def _places(
    town: Town,
    editions: list[RankingEdition],
    entries: dict[tuple[int, int], RankingEntry],
) -> Iterable[YearPlace]:
    if not editions:
        return
    by_year = {edition.year: edition for edition in editions}
    for year in range(editions[0].year, editions[-1].year + 1):
        edition = by_year.get(year)
        entry = edition and entries.get((town.pk, edition.pk))
        yield _place(town, year, edition, entry)


def _place(
    town: Town, year: int, edition: RankingEdition | None, entry: RankingEntry | None
) -> YearPlace:
    if entry:
        standing = Standing.LISTED if entry.rank is None else Standing.RANKED
        return YearPlace(year, standing, entry)
    if edition and edition.covers(town.code):
        return YearPlace(year, Standing.NOT_LISTED)
    return YearPlace(year, Standing.UNKNOWN)
