"""For whoever watches the machine: is the process alive, and can it serve?"""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from towns.models import SiteVersion


@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """503 while the database does not answer or has not been migrated."""
    try:
        is_ready = SiteVersion.objects.exists()
    except DatabaseError:
        is_ready = False
    said, status = ("ok\n", 200) if is_ready else ("the database does not answer\n", 503)
    return HttpResponse(said, content_type="text/plain", status=status)
