from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _
from django_filters import FilterSet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from towns.api.files import FILE_FORMATS, file_response
from towns.api.paging import Paging
from towns.api.parameters import FILE_FORMAT, PAGING, filter_names, filter_parameters
from towns.api.problems import ParameterError
from towns.api.representation import record_serializer
from towns.api.resources import RESOURCES, Resource
from towns.models import RankingEdition, SiteVersion

FORMATS = ("json",)
PAGED = ("cursor", "page_size")


class PublicView:
    """Every answer carries the version of the site: an unchanged one need not be sent again."""

    known: tuple[str, ...] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown(request, self.known_parameters(), self.formats())

    def formats(self) -> tuple[str, ...]:
        return FORMATS

    def known_parameters(self) -> list[str]:
        return sorted({*self.known, "format"})

    def finalize_response(
        self, request: HttpRequest, response: Any, *args: Any, **kwargs: Any
    ) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        if response.status_code == 200 and request.method in ("GET", "HEAD"):
            return self.with_version(request, response)
        return response

    def with_version(self, request: HttpRequest, response: Any) -> Any:
        tag = quote_etag(str(SiteVersion.current()))
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        response["ETag"] = f"W/{tag}"
        held = parse_etags(request.headers.get("If-None-Match", ""))
        if "*" in held or tag in [etag.removeprefix("W/") for etag in held]:
            response.status_code, response.data = 304, None
            if isinstance(response, HttpResponse) and not isinstance(response, Response):
                response.content = b""
        return response


def refuse_unknown(request: Request, known: list[str], formats: tuple[str, ...] = FORMATS) -> None:
    """Raises `ParameterError` that names the parameter and those there are."""
    unknown = sorted(set(request.query_params) - set(known))
    if unknown:
        message = _("There is no such parameter here; there are: %s.") % ", ".join(known)
        raise ParameterError(dict.fromkeys(unknown, message), known=known)
    if request.query_params.get("format", formats[0]) not in formats:
        raise ParameterError({"format": ", ".join(formats)}, known=known)


def filtered(
    request: Request, filters: type[FilterSet], queryset: QuerySet, known: list[str]
) -> QuerySet:
    asked = filters(request.query_params, queryset=queryset)
    if not asked.is_valid():
        faults = {name: " ".join(errors) for name, errors in asked.errors.items()}
        raise ParameterError(faults, known=known)
    return asked.qs


class RecordView(PublicView, GenericViewSet):
    """Lists and shows one kind of public record."""

    resource: Resource
    pagination_class = Paging

    def known_parameters(self) -> list[str]:
        names = [*filter_names(self.resource.filters), *PAGED] if self.action == "list" else ()
        return sorted({*super().known_parameters(), *names})

    def formats(self) -> tuple[str, ...]:
        return (*FORMATS, *FILE_FORMATS) if self.action == "list" else FORMATS

    def list(self, request: Request) -> Response | HttpResponse:
        form = request.query_params.get("format")
        if form in FILE_FORMATS:
            records = self._filtered(request).order_by(*self.resource.ordering)
            return file_response(self.resource, records, form)
        self.paginator.ordering = self.resource.ordering
        page = self.paginate_queryset(self._filtered(request))
        serializer = self.get_serializer(page, many=True, context=self._context(page))
        return self.get_paginated_response(serializer.data)

    def retrieve(self, request: Request, record_id: str) -> Response:
        record = self._find(record_id)
        return Response(self.get_serializer(record, context=self._context([record])).data)

    def _filtered(self, request: Request) -> QuerySet:
        queryset, filters = self.resource.public(), self.resource.filters
        if filters is None:
            return queryset
        return filtered(request, filters, queryset, self.known_parameters())

    def _context(self, records: list) -> dict[str, Any]:
        derive = self.resource.derive
        return {"request": self.request, "derived": derive(records) if derive else {}}

    def _find(self, record_id: str) -> Any:
        if self.resource.kind.model is RankingEdition:
            slug, _dash, year = record_id.rpartition("-")
            # More digits than a year has are not handed to the database.
            wanted = {"ranking__slug": slug, "year": int(year) if _is_year(year) else 0}
        else:
            wanted = {self.resource.lookup: record_id}
        record = self.resource.public().filter(**wanted).first()
        if record is None:
            raise Http404
        return record


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == 4


def record_view(resource: Resource) -> type[RecordView]:
    view = type(
        f"{resource.kind.name.title().replace('-', '')}View",
        (RecordView,),
        {
            "resource": resource,
            "serializer_class": record_serializer(resource),
            "queryset": resource.kind.model.objects.none(),
            "__doc__": resource.about,
        },
    )
    parameters = [*filter_parameters(resource.filters), *PAGING, FILE_FORMAT]
    record_id = OpenApiParameter("record_id", str, OpenApiParameter.PATH)
    view.list = extend_schema(parameters=parameters)(view.list)
    view.retrieve = extend_schema(parameters=[record_id])(view.retrieve)
    return view


class Root(PublicView, APIView):
    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        names = [resource.path for resource in RESOURCES]
        lists = {name: reverse(f"api-{name}", request=request) for name in (*names, "articles")}
        others = {
            name: reverse(f"api-{name}", request=request)
            for name in ("search", "changes", "digest", "schema", "docs")
        }
        return Response(lists | others)


class Nothing(PublicView, APIView):
    """An address that the API does not have, whatever is done to it."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        raise Http404

    http_method_not_allowed = options = get

    def known_parameters(self) -> list[str]:
        return [*self.request.query_params]
