from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from towns.filters.ranking import EditionEntryFilter
from towns.models import (
    Ranking,
    RankingEdition,
    Region,
    Town,
)
from towns.rendering.rank_chart import strip_path
from towns.views.paging import cuts_filters, kept_query, page_of
from towns.views.ranking_table import edition_sheet, pairs, ranking_table
from towns.views.region_fields import counties_of, offer_regions
from towns.views.sheet import asked_format, sheet_response
from towns.views.site import site_of

ENTRIES_ON_A_PAGE = 50
BARS_SHOWN = 12
QUARTERS = 4


def ranking_list(request: HttpRequest) -> HttpResponse:
    editions = RankingEdition.objects.public().order_by("-year")
    editions = editions.prefetch_related("covered_regions").annotate(held=Count("entries"))
    rankings = Ranking.objects.public().select_related("publisher")
    rankings = rankings.prefetch_related(Prefetch("editions", editions, to_attr="held_editions"))
    page = page_of(request, rankings.order_by("slug"), size=20)
    return render(request, "towns/ranking_list.html", {"page": page})


def ranking_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Leads to the newest edition."""
    editions = _editions(slug)
    return redirect(editions[0])


@cuts_filters
def ranking_edition(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    editions = _editions(slug)
    edition = next((edition for edition in editions if edition.year == year), None)
    if edition is None:
        raise Http404(_("The %(year)d edition is not held here.") % {"year": year})
    asked = EditionEntryFilter(request.GET, queryset=edition.entries.by_rank())
    rows = asked.qs.select_related("town__county__parent__parent", "source__publisher")
    before = next((earlier.year for earlier in editions if earlier.year < year), None)
    if form := asked_format(request):
        name = f"{slug}-{year}"
        return sheet_response(form, name, lambda: edition_sheet(edition, list(rows), before))
    page = page_of(request, rows, size=ENTRIES_ON_A_PAGE)
    counties = counties_of(Town.objects.filter(entries__edition=edition))
    offer_regions(asked.form, counties)
    table = ranking_table(edition.ranking, list(page.object_list), year=year, before=before)
    orderless = [name for name in asked.base_filters if name != "ordering"]
    context = {
        "edition": edition,
        "tabs": _tabs(editions, year),
        "holding": _holding(edition, counties, site_of(request).region),
        "form": asked.form,
        "query": kept_query(request, asked.base_filters),
        "query_without_order": kept_query(request, orderless),
        "ordering": asked.form.cleaned_data.get("ordering") or "rank",
        "page": page,
        "table": table,
        "pairs": pairs(table, edition.size),
    }
    return render(request, "towns/ranking_edition.html", context)


def _editions(slug: str) -> list[RankingEdition]:
    """The public editions of a ranking, newest first."""
    editions = RankingEdition.objects.public().filter(ranking__slug=slug)
    editions = editions.select_related("ranking__publisher", "source__publisher")
    editions = list(editions.prefetch_related("covered_regions").order_by("-year"))
    if not editions:
        raise Http404(_("There is no ranking at this address."))
    return editions


@dataclass(frozen=True)
class YearTab:
    """A year between the first and the last edition; without an edition it is not held."""

    year: int
    edition: RankingEdition | None
    is_current: bool


def _tabs(editions: list[RankingEdition], current: int) -> list[YearTab]:
    by_year = {edition.year: edition for edition in editions}
    years = range(editions[0].year, editions[-1].year - 1, -1)
    return [YearTab(year, by_year.get(year), year == current) for year in years]


@dataclass(frozen=True)
class Bar:
    """A count beside the others of its group: of a region, or of what the label says."""

    region: Region | None
    label: str
    count: int
    width: str


@dataclass(frozen=True)
class Holding:
    """What is held of an edition: how much of the list, where it is complete, how it is spread.

    `counties` are those of the `city` that is looked at more closely: the site's own, else the
    one that has most.
    """

    count: int
    unranked: int
    strip: str
    covered: list[tuple[Region, int]]
    cities: list[Bar]
    more_cities: int
    city: Region | None
    counties: list[Bar]
    parts: list[Bar]


def _holding(edition: RankingEdition, counties: list[Region], own: Region | None) -> Holding:
    held = list(edition.entries.values_list("rank", "town__code", "town__county"))
    ranks = [rank for rank, _code, _county in held if rank is not None]
    by_county = Counter(county for _rank, _code, county in held)
    by_county = {county: by_county[county.pk] for county in counties}
    cities = _cities(by_county)
    city = _city(cities, own)
    return Holding(
        count=len(held),
        unranked=len(held) - len(ranks),
        strip=strip_path(ranks, edition.size),
        covered=[
            (region, sum(code.startswith(region.code) for _rank, code, _county in held))
            for region in edition.covered_regions.all()
        ],
        cities=cities[:BARS_SHOWN],
        more_cities=len(cities[BARS_SHOWN:]),
        city=city,
        counties=_bars(
            {county: count for county, count in by_county.items() if county.parent == city}
        )[:BARS_SHOWN],
        parts=[bar for bar in _parts(ranks, edition.size) if bar.count or edition.is_whole],
    )


def _cities(by_county: dict[Region, int]) -> list[Bar]:
    """A county under no city stands for itself."""
    counts: Counter = Counter()
    for county, count in by_county.items():
        counts[county.parent or county] += count
    return _bars(counts)


def _city(cities: list[Bar], own: Region | None) -> Region | None:
    """The site's own city, or the first in its province; else the first of all."""

    def is_elsewhere(bar: Bar) -> bool:
        here = bar.region.code
        return own is None or not (here.startswith(own.code) or own.code.startswith(here))

    return min(cities, key=is_elsewhere).region if cities else None


def _bars(counts: dict[Region, int]) -> list[Bar]:
    """The most first."""
    most = max(counts.values(), default=1)
    return [
        Bar(region, "", count, f"{100 * count / most:.2f}%")
        for region, count in Counter(counts).most_common()
    ]


def _parts(ranks: list[int], size: int) -> list[Bar]:
    """How many of the ranks lie in each quarter of the list."""
    ends = [size * quarter // QUARTERS for quarter in range(QUARTERS + 1)]
    parts = [(first + 1, last) for first, last in pairwise(ends) if last > first]
    counts = [sum(first <= rank <= last for rank in ranks) for first, last in parts]
    most = max(*counts, 1) if counts else 1
    return [
        Bar(None, f"{first}–{last}", count, f"{100 * count / most:.2f}%")
        for (first, last), count in zip(parts, counts, strict=True)
    ]
