import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from towns.models import OldAddress, SiteSettings
from towns.publishing.due import is_due, publish_due

log = logging.getLogger(__name__)

# A monitor asks whether the process lives, without the database; files of the program are files.
NOT_LOOKED_UP = ("/healthz", "/readyz", "/static/", "/favicon.ico")
A_DAY = 24 * 60 * 60
EDITIONS_OF_API = "api-ranking-editions-detail"
# By the name of an address: what is renamed, and which of its parts is the slug.
RENAMED_AT = {
    "column-feed-atom": ("column", "slug"),
    "column-feed-json": ("column", "slug"),
    "page-detail": ("page", "slug"),
    "project-detail": ("project", "slug"),
    "ranking-comparison": ("ranking", "slug"),
    "ranking-detail": ("ranking", "slug"),
    "ranking-edition": ("ranking", "slug"),
    "api-columns-detail": ("column", "record_id"),
    "api-pages-detail": ("page", "record_id"),
    "api-projects-detail": ("project", "record_id"),
    "api-rankings-detail": ("ranking", "record_id"),
    EDITIONS_OF_API: ("ranking", "record_id"),
}
WITHOUT_SETTINGS = ("/admin/", "/api/", "/media/", "/i18n/")


class AdminContentSecurityPolicy:
    """The editors in the admin need a nonce for their import map and styles; nothing else does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_update = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response


class LargeType:
    """`request.is_large_type` is what the reader chose; pages differ by it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.is_large_type = request.COOKIES.get(settings.LARGE_TYPE_COOKIE) == "1"
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response


class LeadsToNewAddresses:
    """Where nothing public stands, but something did before it was renamed: 301, also in the API.

    A browser keeps that for a day, not for ever: the address may be given to something else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        address = self._new_address(request)
        if not address:
            return response
        moved = HttpResponsePermanentRedirect(address)
        moved["Cache-Control"] = f"max-age={A_DAY}"
        if request.path.startswith("/api/"):
            moved["Access-Control-Allow-Origin"] = "*"
        return moved

    def _new_address(self, request: HttpRequest) -> str:
        match = request.resolver_match
        kind, name = RENAMED_AT.get(match.url_name, ("", "")) if match else ("", "")
        if not kind:
            return ""
        old, rest = match.kwargs[name], ""
        if match.url_name == EDITIONS_OF_API:
            old, dash, year = old.rpartition("-")
            rest = dash + year
        new = OldAddress.new_slug(kind, old)
        if not new:
            return ""
        path = reverse(match.view_name, kwargs={**match.kwargs, name: new + rest})
        query = request.META.get("QUERY_STRING", "")
        return f"{path}?{query}" if query else path


class PublishesDue:
    """Whoever comes along when something is due lets it go out first; no timer has to exist.

    For a page, the one query that looks brings the settings of the site along.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            self._look(request)
        except DatabaseError:
            # A database that does not answer is told to the reader by the page itself.
            log.exception("what is due could not be looked up")
        return self.get_response(request)

    def _look(self, request: HttpRequest) -> None:
        if request.path.startswith(NOT_LOOKED_UP):
            return
        if request.path.startswith(WITHOUT_SETTINGS):
            if is_due():
                publish_due()
            return
        request.site = SiteSettings.load()
        if is_due(request.site.next_due):
            publish_due()
            request.site = SiteSettings.load()
