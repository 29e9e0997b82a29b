import json
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import override
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from towns.api.article_shapes import (
    ArticleDetail,
    ArticleRepresentation,
    PublicationRepresentation,
)
from towns.api.paging import Paging
from towns.api.parameters import PAGING, filter_names, filter_parameters
from towns.api.problems import Gone
from towns.api.related import absolute, pages
from towns.api.representation import shaped
from towns.api.views import PAGED, PublicView, filtered
from towns.documents.canonical import plain
from towns.filters.article import ArticleFilter
from towns.models import Publication
from towns.rendering.article import article_html

_ONE = shaped("Article", ArticleRepresentation)
_DETAIL = shaped("ArticleDetail", ArticleDetail)
_PUBLICATION = shaped("Publication", PublicationRepresentation)


class NewestFirst(Paging):
    ordering = ("-issued_at", "-pk")


class ByNumber(Paging):
    ordering = ("-number",)


class ArticleView(PublicView, GenericViewSet):
    """Articles as published: the frozen text with the values that it quoted."""

    pagination_class = NewestFirst
    serializer_class = _ONE
    queryset = Publication.objects.none()

    def known_parameters(self) -> list[str]:
        filters = filter_names(ArticleFilter) if self.action == "list" else ()
        paged = PAGED if self.action in ("list", "publications") else ()
        return sorted({*super().known_parameters(), *filters, *paged})

    @extend_schema(parameters=[*filter_parameters(ArticleFilter), *PAGING])
    def list(self, request: Request) -> Response:
        found = filtered(request, ArticleFilter, self._current(), self.known_parameters())
        page = self.paginate_queryset(found)
        return self.get_paginated_response([_represent(one, request) for one in page])

    @extend_schema(responses=_DETAIL)
    def retrieve(self, request: Request, slug: str) -> Response:
        publication = self._current_of(slug)
        shown = _represent(publication, request)
        languages = shown["languages"]
        html = {code: article_html(publication.document, code) for code in languages}
        return Response({**shown, "related": {**shown["related"], "html": html}})

    @extend_schema(responses=_PUBLICATION(many=True), parameters=PAGING)
    def publications(self, request: Request, slug: str) -> Response:
        """Number, date and digest of each publication, the newest first."""
        publications = Publication.objects.filter(article_id=self._current_of(slug).article_id)
        page = self.paginate_queryset(publications)
        return self.get_paginated_response([_number(publication) for publication in page])

    def _current(self) -> QuerySet[Publication]:
        return Publication.objects.public().select_related("document")

    def _current_of(self, slug: str) -> Publication:
        publication = self._current().filter(slug=slug).first()
        if publication is None:
            withdrawn = Publication.objects.withdrawn().filter(slug=slug).first()
            raise Gone(withdrawn.notices) if withdrawn else Http404
        return publication


class PublicationView(ArticleView):
    pagination_class = ByNumber


def _represent(publication: Publication, request: Request) -> dict[str, Any]:
    content = json.loads(publication.document.body)["content"]
    with override(None):
        addresses = pages(publication)
    return {
        **content,
        "number": publication.number,
        "published_at": plain(publication.published_at),
        "digest": publication.document_id,
        "related": absolute({"pages": addresses}, request),
    }


def _number(publication: Publication) -> dict[str, Any]:
    """Not its title: earlier words are for staff, lest a leak in them live for ever."""
    return {
        "number": publication.number,
        "published_at": plain(publication.published_at),
        "is_current": publication.is_current,
        "is_correction": publication.is_correction,
        "note": publication.notes,
        "digest": publication.document_id,
    }
