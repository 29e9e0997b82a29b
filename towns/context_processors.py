from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from towns.models import SiteSettings
from towns.rendering.picture import current_facts


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page of the public portal needs.

    The settings of the site are asked for once, and only where a template shows them.
    """
    settings_of_site = getattr(request, "site", None) or SimpleLazyObject(SiteSettings.load)
    return {
        "site": settings_of_site,
        "picture_facts": SimpleLazyObject(lambda: current_facts(settings_of_site.seq)),
        "canonical_url": settings.SITE_URL + request.path,
        "is_large": getattr(request, "is_large_type", False),
    }
