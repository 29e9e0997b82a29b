"""Pages about the site itself, and the map of all there is to read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from towns.models import Column, Page, Project, Publication, RankingEdition, Region, Town
from towns.views.site import site_of

COUNTIES, EDITIONS, PROJECTS = 60, 40, 60


def page_detail(request: HttpRequest, slug: str) -> HttpResponse:
    page = Page.objects.public().filter(slug=slug).first()
    if page is None:
        raise Http404(_("There is no page at this address."))
    return render(request, "towns/page_detail.html", {"page": page})


def site_map(request: HttpRequest) -> HttpResponse:
    published = Publication.objects.public()
    editions = RankingEdition.objects.public().select_related("ranking")
    counties = Region.objects.filter(pk__in=Town.objects.public().values("county"))
    context = {
        "columns": Column.objects.filter(pk__in=published.values("column")),
        "counties": counties.own_first(site_of(request).region)[:COUNTIES],
        "projects": Project.objects.public().order_by("slug")[:PROJECTS],
        "editions": editions.order_by("-year", "ranking__slug")[:EDITIONS],
    }
    return render(request, "towns/site_map.html", context)
