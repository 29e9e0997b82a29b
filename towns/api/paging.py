from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from towns.api.problems import ParameterError

PAGE_SIZE, MAX_PAGE_SIZE = 50, 200


def asked_page_size(request: Request, *, known: list[str]) -> int:
    raw = request.query_params.get("page_size", str(PAGE_SIZE))
    is_number = raw.isascii() and raw.isdigit() and len(raw) <= len(str(MAX_PAGE_SIZE))
    if not (is_number and 1 <= int(raw) <= MAX_PAGE_SIZE):
        raise ParameterError({"page_size": f"1–{MAX_PAGE_SIZE}"}, known=known)
    return int(raw)


class Paging(CursorPagination):
    """`results`, `next`, `previous`; the first page also says how many there are in all."""

    ordering = ("pk",)
    count: int | None = None
    known: tuple[str, ...] | list[str] = ()

    def paginate_queryset(
        self, queryset: QuerySet, request: Request, view: Any = None
    ) -> list | None:
        self.known, self.model = view.known_parameters(), queryset.model
        self.count = None if request.query_params.get("cursor") else queryset.count()
        return super().paginate_queryset(queryset, request, view)

    def decode_cursor(self, request: Request) -> Any:
        """Refuses a made-up cursor here: the database would fail on what it cannot compare."""
        try:
            cursor = super().decode_cursor(request)
            if cursor is not None and cursor.position is not None:
                self._check(cursor.position)
        except (NotFound, ValidationError) as error:
            message = str(self.invalid_cursor_message)
            raise ParameterError({"cursor": message}, known=self.known) from error
        return cursor

    def _check(self, position: str) -> None:
        name = self.ordering[0].removeprefix("-")
        meta = self.model._meta
        field = meta.pk if name == "pk" else meta.get_field(name)
        if "\0" in position:
            raise ValidationError("NUL")
        field.run_validators(field.to_python(position))

    def get_page_size(self, request: Request) -> int:
        return asked_page_size(request, known=self.known)

    def get_paginated_response(self, data: list) -> Response:
        head = {} if self.count is None else {"count": self.count}
        return Response(
            head
            | {"next": self.get_next_link(), "previous": self.get_previous_link(), "results": data}
        )

    def get_paginated_response_schema(self, schema: dict) -> dict:
        link = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": "On the first page only."},
                "next": link,
                "previous": link,
                "results": schema,
            },
        }
