"""The newest articles as Atom and as JSON Feed 1.1: of all, of a town, of a column."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from towns.documents.photo import describe_photo, prepare_photos
from towns.language.bilingual import current_language, pick, speak
from towns.models import Column, Photo, Publication, SiteSettings, Town
from towns.rendering.picture import picture_of_record

ENTRIES = 40


@dataclass(frozen=True)
class Feed:
    """One feed: what it is called, the page it belongs to, and what is in it."""

    title: str
    page: str
    publications: QuerySet[Publication]

    @property
    def newest(self) -> list[Publication]:
        photos = Prefetch("lead_photo", prepare_photos(Photo.objects.all()))
        shown = self.publications.select_related("publisher", "column").prefetch_related(photos)
        return list(shown.newest_first()[:ENTRIES])


def atom(request: HttpRequest, **asked: str) -> HttpResponse:
    feed = _feed(**asked)
    made = Atom1Feed(
        title=feed.title,
        link=_absolute(feed.page),
        description="",
        language=current_language(),
        feed_url=_absolute(request.path),
    )
    for publication in feed.newest:
        made.add_item(**_atom_item(publication))
    return HttpResponse(made.writeString("utf-8"), content_type=f"{made.content_type}")


def json_feed(request: HttpRequest, **asked: str) -> JsonResponse:
    feed = _feed(**asked)
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": _absolute(feed.page),
        "feed_url": _absolute(request.path),
        "language": current_language(),
        "items": [_json_item(publication) for publication in feed.newest],
    }
    return JsonResponse(
        content, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False}
    )


def _feed(code: str = "", slug: str = "") -> Feed:
    site, public = SiteSettings.load(), Publication.objects.public()
    name = pick(site.name_zh, site.name_en)
    if code:
        town = _found(Town.objects.public().filter(code=code))
        return Feed(f"{town.name} · {name}", town.get_absolute_url(), public.about(town))
    if slug:
        column = _found(Column.objects.filter(slug=slug))
        page = f"{reverse('article-list')}?column={column.slug}"
        return Feed(f"{column.name} · {name}", page, public.filter(column=column))
    return Feed(name, reverse("article-list"), public)


def _found(records: QuerySet) -> Any:
    record = records.first()
    if record is None:
        raise Http404(_("There is no feed at this address."))
    return record


def _atom_item(publication: Publication) -> Mapping[str, Any]:
    publisher = publication.publisher
    return {
        "title": speak(publication.titles).text,
        "link": _absolute(publication.get_absolute_url()),
        "description": _content(publication),
        "author_name": publisher.name if publisher else None,
        "pubdate": publication.issued_at,
        "updateddate": publication.published_at,
        "categories": [publication.column.name],
        "unique_id": _identity(publication),
    }


def _json_item(publication: Publication) -> Mapping[str, Any]:
    publisher = publication.publisher
    item = {
        "id": _identity(publication),
        "url": _absolute(publication.get_absolute_url()),
        "title": speak(publication.titles).text,
        "summary": speak(publication.summaries).text,
        "content_html": _content(publication),
        "language": speak(publication.titles).language,
        "date_published": publication.issued_at.isoformat(),
        "date_modified": publication.published_at.isoformat(),
        "authors": [{"name": publisher.name}] if publisher else [],
        "tags": [publication.column.name],
    }
    if publication.lead_photo:
        item["image"] = _absolute(publication.lead_photo.get_absolute_url())
    return item


def _content(publication: Publication) -> str:
    """What a reader of feeds shows: the lead picture with its marks and credits, the standfirst."""
    photo = publication.lead_photo
    context = {
        "summary": publication.summaries,
        "photo": describe_photo(photo) if photo else None,
        "picture": picture_of_record(photo) if photo else None,
        "site_url": settings.SITE_URL,
    }
    return render_to_string("towns/feed_content.html", context).strip()


def _identity(publication: Publication) -> str:
    """The same in every language and at every address of the feed."""
    return _absolute(f"/articles/{publication.slug}/")


def _absolute(path: str) -> str:
    return settings.SITE_URL + path
