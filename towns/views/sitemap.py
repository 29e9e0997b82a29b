"""Sitemaps for search engines: an index, and one map for each kind, in both languages."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, translate_url

from towns.language.bilingual import LANGUAGES
from towns.models import Page, Photo, Project, Publication, RankingEdition, Town

# The protocol allows 50,000 addresses in a map; with two languages each this stays far below.
ENTRIES_IN_A_MAP = 5_000


@dataclass(frozen=True)
class Entry:
    path: str
    changed_at: dt.datetime | None = None
    pictures: tuple[str, ...] = ()

    @property
    def addresses(self) -> list[tuple[str, str]]:
        """The page in each language."""
        return [(code, settings.SITE_URL + translate_url(self.path, code)) for code in LANGUAGES]


def sitemap_index(request: HttpRequest) -> HttpResponse:
    maps = [
        settings.SITE_URL + reverse("sitemap", args=[kind, page])
        for kind, records in KINDS.items()
        for page in Paginator(records(), ENTRIES_IN_A_MAP).page_range
    ]
    return render(request, "towns/sitemap_index.xml", {"maps": maps}, "application/xml")


def sitemap(request: HttpRequest, kind: str, page: int) -> HttpResponse:
    records = Paginator(KINDS[kind](), ENTRIES_IN_A_MAP) if kind in KINDS else None
    if records is None or page not in records.page_range:
        raise Http404
    entries = [_entry(record) for record in records.page(page)]
    return render(request, "towns/sitemap.xml", {"entries": entries}, "application/xml")


def _lists() -> list[str]:
    records = ("home", "article-list", "town-list", "ranking-list", "project-list")
    return [reverse(name) for name in (*records, "corrections", "site-map")]


KINDS: dict[str, Callable[[], Iterable]] = {
    "lists": _lists,
    "articles": lambda: Publication.objects.public().prefetch_related("photos").order_by("pk"),
    "towns": lambda: Town.objects.public().select_related("lead_photo").order_by("pk"),
    "rankings": lambda: RankingEdition.objects.public().select_related("ranking").order_by("pk"),
    "projects": lambda: Project.objects.public().order_by("pk"),
    "pages": lambda: Page.objects.public().order_by("pk"),
}


def _entry(record: object) -> Entry:
    if isinstance(record, str):
        return Entry(record)
    path = record.get_absolute_url()
    if isinstance(record, Publication):
        photos = tuple(_picture(photo) for photo in record.photos.all())
        return Entry(path, record.published_at, photos)
    if isinstance(record, Town) and record.is_public and record.lead_photo:
        return Entry(path, record.published_at, (_picture(record.lead_photo),))
    return Entry(path, record.published_at)


def _picture(photo: Photo) -> str:
    return settings.SITE_URL + photo.get_absolute_url()
