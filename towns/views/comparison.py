"""The towns of a ranking over all its years."""

from django.db.models import F, Min, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from towns.filters.place import TownFilter
from towns.models import RankHistory, Ranking, RankingEdition, Town, rank_histories
from towns.views.paging import cuts_filters, kept_query, page_of
from towns.views.ranking_table import comparison_sheet
from towns.views.region_fields import counties_of, offer_regions
from towns.views.sheet import asked_format, sheet_response

TOWNS_ON_A_PAGE = 50


@cuts_filters
def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    editions = RankingEdition.objects.public().filter(ranking__slug=slug).order_by("-year")
    editions = list(editions.select_related("ranking"))
    if not editions:
        raise Http404(_("There is no ranking at this address."))
    ranking, listed = editions[0].ranking, _listed(editions)
    asked = TownFilter(request.GET, queryset=listed)
    years = list(range(editions[0].year, editions[-1].year - 1, -1))
    if form := asked_format(request):
        histories = _histories(ranking, list(asked.qs))
        sheet = comparison_sheet(ranking, years, histories)
        return sheet_response(form, f"{slug}-years", lambda: sheet)
    page = page_of(request, asked.qs, size=TOWNS_ON_A_PAGE)
    offer_regions(asked.form, counties_of(listed))
    context = {
        "ranking": ranking,
        "editions": {edition.year: edition for edition in editions},
        "years": years,
        "rows": _rows(_histories(ranking, list(page.object_list)), years),
        "form": asked.form,
        "query": kept_query(request, asked.base_filters),
        "page": page,
    }
    return render(request, "towns/ranking_comparison.html", context)


def _listed(editions: list[RankingEdition]) -> QuerySet[Town]:
    """Every town that a public edition lists, the best of the newest edition first."""
    towns = Town.objects.filter(entries__edition__in=editions).with_place()
    newest = Min("entries__rank", filter=Q(entries__edition=editions[0]))
    return towns.annotate(newest=newest).order_by(F("newest").asc(nulls_last=True), "code")


def _histories(ranking: Ranking, towns: list[Town]) -> list[RankHistory]:
    histories = rank_histories(ranking, towns)
    return [histories[town.pk] for town in towns]


def _rows(histories: list[RankHistory], years: list[int]) -> list[tuple[Town, list]]:
    return [(history.town, [history.at(year) for year in years]) for history in histories]
