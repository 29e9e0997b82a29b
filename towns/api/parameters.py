"""Query parameters as the schema names them: read from the FilterSets, so that they live once."""

from typing import Any

import django_filters as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

PAGING = [
    OpenApiParameter("page_size", int, description="1 to 200; 50 unless told."),
]
FILE_FORMAT = OpenApiParameter(
    "format",
    str,
    description="`csv` and `xlsx` give the whole list as a file, without pages.",
    enum=["json", "csv", "xlsx"],
)


def filter_names(filterset: type[filters.FilterSet] | None) -> list[str]:
    """Not the order: a cursor goes through a list in one order only."""
    return [name for name in (filterset.base_filters if filterset else ()) if name != "ordering"]


def filter_parameters(filterset: type[filters.FilterSet] | None) -> list[OpenApiParameter]:
    return [_parameter(name, filterset.base_filters[name]) for name in filter_names(filterset)]


def _parameter(name: str, asked: filters.Filter) -> OpenApiParameter:
    is_many = getattr(asked.field_class.widget, "allow_multiple_selected", False)
    values = [value for value, _label in asked.extra.get("choices", ()) if value]
    return OpenApiParameter(
        name,
        _type_of(asked),
        description=asked.extra.get("label") or asked._label or name.replace("_", " ").title(),
        enum=values or None,
        many=is_many,
    )


def _type_of(asked: filters.Filter) -> Any:
    if isinstance(asked, filters.DateFilter):
        return OpenApiTypes.DATE
    if isinstance(asked, filters.NumberFilter):
        is_whole = "decimal_places" not in asked.extra
        return OpenApiTypes.INT if is_whole else OpenApiTypes.NUMBER
    return OpenApiTypes.STR
