"""What machines ask of a site at fixed addresses."""

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse

from towns.models import SiteSettings

TEXT = "text/plain; charset=utf-8"


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*/type/",
        "Disallow: /*/report/",
        "Disallow: /i18n/",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap-index')}",
    ]
    return _text(lines)


def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116; without a contact in the settings there is none."""
    site = SiteSettings.load()
    if not site.security_contact:
        raise Http404
    end = dt.datetime.combine(site.security_expires, dt.time.max, tzinfo=dt.UTC)
    lines = [
        f"Contact: {site.security_contact}",
        f"Expires: {end:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: zh, en",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return _text(lines)


def icon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address whatever the page says."""
    return HttpResponseRedirect(static("towns/icon-32.png"))


def _text(lines: list[str], *, status: int = 200) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT, status=status)


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
