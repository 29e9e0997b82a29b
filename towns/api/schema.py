"""The API's own description: problems are the same everywhere, so they are added in one place."""

from typing import Any

from drf_spectacular.plumbing import resolve_type_hint
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request

from towns.api.problems import MEDIA_TYPE
from towns.api.shapes import Problem
from towns.api.views import PublicView

_STATUSES = {
    "400": "A query parameter is unknown or has no usable value; the problem names it.",
    "404": "Nothing public stands at this address.",
    "405": "The API is read-only.",
    "406": "Answers are JSON.",
    "429": "Too many requests.",
    "500": "Something went wrong here.",
}


class Schema(PublicView, SpectacularAPIView):
    known = ("lang",)

    def with_version(self, request: Request, response: Any) -> Any:
        """It changes with the program, not with the content."""
        return response


def add_problems(result: dict, generator: Any, request: Any, public: bool) -> dict:  # noqa: FBT001
    """Called by drf-spectacular with the finished schema, in this order of arguments."""
    result["components"]["schemas"]["Problem"] = resolve_type_hint(Problem)
    body = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answers = {
        status: {"description": words, "content": body} for status, words in _STATUSES.items()
    }
    for path in result["paths"].values():
        for operation in path.values():
            operation["responses"] |= answers
    return result
