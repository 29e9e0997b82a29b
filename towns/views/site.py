from django.http import HttpRequest

from towns.models import SiteSettings


def site_of(request: HttpRequest) -> SiteSettings:
    """The settings, as the middleware has loaded them already for a page."""
    return getattr(request, "site", None) or SiteSettings.load()
