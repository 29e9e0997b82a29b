"""What follows from the records: computed for a whole page of results at once."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from towns.api.shapes import EntryDerived, LatestDerived, RankingDerived, TownDerived, YearDerived
from towns.models import RankHistory, RankingEdition, RankingEntry, Town, YearPlace
from towns.models.rank_history import _places


def derive_towns(towns: Sequence[Town]) -> dict[int, TownDerived]:
    histories = _histories(towns)
    return {
        town.pk: TownDerived(
            rankings=[_ranking(history) for history in histories[town.pk] if not history.is_empty]
        )
        for town in towns
    }


def derive_entries(entries: Sequence[RankingEntry]) -> dict[int, EntryDerived]:
    histories = _histories([entry.town for entry in entries])
    derived = {}
    for entry in entries:
        year, ranking_id = entry.edition.year, entry.edition.ranking_id
        history = next(h for h in histories[entry.town_id] if h.ranking.pk == ranking_id)
        derived[entry.pk] = {**_known(history, year), "previous": _year(history.at(year - 1))}
    return derived


def _histories(towns: Iterable[Town]) -> dict[int, list[RankHistory]]:
    """Of every public ranking, in three queries however many rankings there are.

    `rank_histories` takes three for each.
    """
    by_pk = {town.pk: town for town in towns}
    editions = list(
        RankingEdition.objects.public()
        .select_related("ranking")
        .prefetch_related("covered_regions")
        .order_by("ranking__slug", "year")
    )
    found = RankingEntry.objects.public().filter(town__in=by_pk)
    entries = {(entry.town_id, entry.edition_id): entry for entry in found}
    histories: dict[int, list[RankHistory]] = {pk: [] for pk in by_pk}
    for ranking, group in groupby(editions, key=attrgetter("ranking")):
        years = list(group)
        for pk, town in by_pk.items():
            places = tuple(_places(town, years, entries))
            histories[pk].append(RankHistory(ranking, town, places))
    return histories


def _ranking(history: RankHistory) -> RankingDerived:
    latest: LatestDerived = {
        **_year(history.latest),
        **_known(history, history.latest.year),
    }
    return {
        "ranking": history.ranking.slug,
        "name": history.ranking.names,
        "latest": latest,
        "history": [_year(place) for place in history.places],
    }


def _known(history: RankHistory, year: int) -> dict[str, Any]:
    return {
        "change": history.change(year),
        "streak": history.streak(year),
        "is_first_time": history.first_time(year),
    }


def _year(place: YearPlace) -> YearDerived:
    return {"year": place.year, "standing": str(place.standing), "rank": place.rank}
