"""Errors as problem documents (RFC 9457), in the reader's language."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from towns.language.bilingual import speak

MEDIA_TYPE = "application/problem+json"

# What was asked is said again, but not all of an absurdly long address.
LONGEST_INSTANCE = 2000


class ParameterError(exceptions.ValidationError):
    """Query parameters that are unknown or have no usable value: name → what is wrong."""

    def __init__(self, parameters: dict[str, str], *, known: list[str]) -> None:
        super().__init__(parameters)
        self.parameters, self.known = parameters, known


class Gone(exceptions.APIException):
    """Something that was public and was withdrawn; its notice says why, in both languages."""

    status_code = 410

    def __init__(self, notices: dict[str, str]) -> None:
        super().__init__()
        self.notices = notices


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    response = exception_handler(error, context)
    if response is None:
        return None
    response.data = _problem(error, response.status_code, context["request"].get_full_path())
    response.content_type = MEDIA_TYPE
    # Also where the view itself answers in YAML or HTML.
    context["request"].accepted_renderer = JSONRenderer()
    context["request"].accepted_media_type = MEDIA_TYPE
    return response


def _problem(error: Exception, status: int, instance: str) -> dict[str, Any]:
    problem = {
        "type": "about:blank",
        "title": _titles().get(status, _("Something is wrong with the request")),
        "status": status,
        "detail": _detail(error, status),
        "instance": instance[:LONGEST_INSTANCE],
    }
    if isinstance(error, ParameterError):
        problem |= {"parameters": error.parameters, "known_parameters": error.known}
    if isinstance(error, Gone):
        problem["notice"] = error.notices
    return problem


def _titles() -> dict[int, str]:
    return {
        400: _("Bad request"),
        404: _("Not found"),
        405: _("Method not allowed"),
        406: _("Not acceptable"),
        410: _("Withdrawn"),
        429: _("Too many requests"),
    }


def _detail(error: Exception, status: int) -> str:
    if isinstance(error, ParameterError):
        return " ".join(f"{name}: {message}" for name, message in error.parameters.items())
    if isinstance(error, Gone):
        return speak(error.notices).text
    if status == 404:
        return _("Nothing public stands at this address.")
    return str(getattr(error, "detail", ""))
