"""Searching for partners: the same answers as the search page, with both languages in each."""

import base64
import binascii
from typing import Any, NotRequired, TypedDict
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from towns.api.paging import asked_page_size
from towns.api.parameters import PAGING
from towns.api.problems import ParameterError
from towns.api.related import absolute, pages
from towns.api.representation import shaped
from towns.api.views import PAGED, PublicView
from towns.documents.shapes import Bilingual
from towns.language.bilingual import LANGUAGES
from towns.search import DEEPEST, LONGEST_QUERY, NAMES, Found, Hit, Marker, search

_LISTS = {
    "town": "towns",
    "article": "articles",
    "project": "projects",
    "ranking-edition": "ranking-editions",
    "statistic": "statistics",
    "photo": "photos",
}


class SearchRelated(TypedDict):
    record: str
    pages: Bilingual


class SearchHit(TypedDict):
    """`related.record` is the record's own address here; numbers and pictures have no page."""

    kind: str
    id: str
    title: Bilingual
    excerpt: Bilingual
    related: SearchRelated


class SearchPage(TypedDict):
    """`is_exact` is false where nothing matches exactly, and these come near it."""

    count: NotRequired[int]
    is_exact: bool
    next: str | None
    previous: str | None
    results: list[SearchHit]


class SearchView(PublicView, APIView):
    """Everything public, best first: names before mentions, in Chinese, pinyin or English."""

    known = ("q", "kind", *PAGED)

    @extend_schema(
        operation_id="search",
        parameters=[
            OpenApiParameter("q", str, description=f"At most {LONGEST_QUERY} characters."),
            OpenApiParameter("kind", str, enum=NAMES, description="Only of this kind."),
            OpenApiParameter("cursor", str, description="From `next` or `previous`."),
            *PAGING,
        ],
        responses=shaped("SearchPage", SearchPage),
    )
    def get(self, request: Request) -> Response:
        known = self.known_parameters()
        size, offset = asked_page_size(request, known=known), self._offset(request)
        kinds = [self._kind(request)] if "kind" in request.query_params else NAMES
        found = search(self._query(request), kinds=kinds, limit=size, offset=offset)
        return Response(_page(found, request, size=size, offset=offset))

    def _query(self, request: Request) -> str:
        asked = request.query_params.get("q", "").strip()
        if len(asked) > LONGEST_QUERY:
            message = _("at most %(most)d characters") % {"most": LONGEST_QUERY}
            raise ParameterError({"q": message}, known=self.known_parameters())
        return asked

    def _kind(self, request: Request) -> str:
        kind = request.query_params["kind"]
        if kind not in NAMES:
            raise ParameterError({"kind": ", ".join(NAMES)}, known=self.known_parameters())
        return kind

    def _offset(self, request: Request) -> int:
        cursor = request.query_params.get("cursor")
        if cursor is None:
            return 0
        try:
            text = base64.urlsafe_b64decode(cursor.encode()).decode("ascii").removeprefix("after ")
        except (binascii.Error, ValueError):
            text = ""
        if not (text.isdigit() and len(text) <= len(str(DEEPEST))):
            raise ParameterError({"cursor": _("Invalid cursor")}, known=self.known_parameters())
        return int(text)


def _page(found: Found, request: Request, *, size: int, offset: int) -> dict[str, Any]:
    [group] = found.groups
    last = min(group.count, DEEPEST)
    marker = Marker.for_hits(found.query, group.hits)
    head = {"count": group.count} if offset == 0 else {}
    return head | {
        "is_exact": not found.is_relaxed,
        "next": _link(request, offset + size) if offset + size < last else None,
        "previous": _link(request, max(offset - size, 0)) if offset else None,
        "results": [_hit(hit, marker, request) for hit in group.hits],
    }


def _link(request: Request, offset: int) -> str:
    asked = {key: value for key, value in request.query_params.items() if key != "cursor"}
    if offset:
        asked["cursor"] = base64.urlsafe_b64encode(f"after {offset}".encode()).decode()
    return f"{request.build_absolute_uri(request.path)}?{urlencode(asked)}"


def _hit(hit: Hit, marker: Marker, request: Request) -> dict[str, Any]:
    record_id = hit.entry.permanent_id
    has_page = hit.kind not in ("statistic", "photo")
    with override(None):
        addresses = pages(hit.record) if has_page else {}
    record = reverse(f"api-{_LISTS[hit.kind]}-detail", args=[record_id])
    return {
        "kind": hit.kind,
        "id": record_id,
        "title": hit.entry.titles,
        "excerpt": {
            language: marker.excerpt({language: text}, language).text
            for language in LANGUAGES
            if (text := hit.entry.texts.get(language))
        },
        "related": {
            "record": request.build_absolute_uri(record),
            **absolute({"pages": addresses}, request),
        },
    }
