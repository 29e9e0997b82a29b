"""Errors in the reader's language and in the site's look."""

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import (
    get_language_from_path,
    get_language_from_request,
    gettext_lazy,
    ngettext,
    override,
)
from django.utils.translation import gettext as _

from towns.language.bilingual import LANGUAGES


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long, or came from elsewhere."""
    return _answer(request, 403, gettext_lazy("Please go back, load the page anew and try again."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return _answer(request, 404, said)


def gone(request: HttpRequest, said: str = "") -> HttpResponse:
    """What stood here was withdrawn; `said` is when and why."""
    return _answer(request, 410, said)


def too_many(request: HttpRequest, *, wait: int = 60, written: str = "") -> HttpResponse:
    """`written` is what the reader sent: the page shows it, so that it can be copied."""
    minutes = -(-wait // 60)
    with override(_language(request)):
        said = ngettext(
            "Please try again in %d minute.", "Please try again in %d minutes.", minutes
        )
    response = _answer(request, 429, said % minutes, written=written)
    response["Retry-After"] = str(wait)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, which may be what failed."""
    return _answer(request, 500)


def unavailable(request: HttpRequest, *, wait: int = 300) -> HttpResponse:
    """While the site is looked after. It asks nothing of the database either."""
    response = _answer(request, 503)
    response["Retry-After"] = str(wait)
    return response


def _answer(request: HttpRequest, status: int, said: str = "", **context: object) -> HttpResponse:
    language = _language(request)
    with override(language):
        title, detail = _words()[status]
        if request.path_info.startswith("/api/"):
            return _problem(request, status, title, detail)
        context = {
            **context,
            "status": status,
            "title": title,
            "detail": said or detail,
            "LANGUAGE_CODE": language,
            **_other_language(status, language),
        }
        return _page(request, context)


def _language(request: HttpRequest) -> str:
    return get_language_from_path(request.path_info) or get_language_from_request(request)


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """In the site's frame where the database can be asked for it; the staff's pages have none."""
    status = context["status"]
    if status not in (500, 503) and not request.path_info.startswith("/admin/"):
        # The page of what is missing has a field of its own, so the header shows none.
        framed = {**context, "is_search": status in (404, 410)}
        try:
            return render(request, "towns/error.html", framed, status=status)
        except DatabaseError:
            pass
    content = render_to_string("towns/error_plain.html", context)
    return HttpResponse(content, status=status)


def _other_language(status: int, language: str) -> dict[str, str]:
    """One line for whoever does not read the language of the page."""
    other = next(code for code in LANGUAGES if code != language)
    with override(other):
        return {
            "other_language": other,
            "other_title": f"{_words()[status][0]} ·",
            "other_home": reverse("home"),
            "other_door": _("Home page in English"),
        }


def _words() -> dict[int, tuple[str, str]]:
    return {
        400: (_("This request could not be understood"), _("Please go back and try again.")),
        403: (_("This is not open to you"), _("Signing in with another account may help.")),
        404: (_("This page does not exist"), _("The address may be mistyped or out of date.")),
        410: (_("This was withdrawn"), _("Its address is kept and will not be used again.")),
        429: (_("Too many requests"), _("Please wait a minute, then try again.")),
        500: (_("Something went wrong here"), _("It is our fault. Please try again later.")),
        503: (
            _("The site is being looked after"),
            _("It will be back soon. Please try again in a few minutes."),
        ),
    }


def _problem(request: HttpRequest, status: int, title: str, detail: str) -> HttpResponse:
    problem = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.get_full_path(),
    }
    return JsonResponse(problem, status=status, content_type="application/problem+json")
