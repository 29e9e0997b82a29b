import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from towns.models import SiteSettings
from towns.publishing.due import is_due, publish_due

log = logging.getLogger(__name__)

# A monitor asks whether the process lives, without the database; files of the program are files.
NOT_LOOKED_UP = ("/healthz", "/readyz", "/static/", "/favicon.ico")
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
