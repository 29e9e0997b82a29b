"""How a reader wants the pages: normal type, or large type (大字版). One bit in one cookie."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

A_YEAR = 365 * 24 * 60 * 60


def type_size(request: HttpRequest, size: str) -> HttpResponse:
    """Keeps the choice and leads back to where the reader was. A plain link, without script."""
    if size not in ("large", "normal"):
        raise Http404
    response = HttpResponseRedirect(_back(request))
    if size == "large":
        response.set_cookie(
            settings.LARGE_TYPE_COOKIE, "1", max_age=A_YEAR, samesite="Lax", httponly=True
        )
    else:
        response.delete_cookie(settings.LARGE_TYPE_COOKIE, samesite="Lax")
    response["Cache-Control"] = "no-store"
    return response


def _back(request: HttpRequest) -> str:
    """An address of this site, else the home page."""
    asked = request.GET.get("next", "")
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else reverse("home")
