"""How the site is: each check is one function and counts what somebody should look at.

A check returns how many there are; `CHECKS` says what it is called, how bad it is, and which list
of the staff's screens shows them.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from towns.models import Article, MovedOn, Photo, Publication

SOON = 30  # days
LONG = dt.timedelta(days=1)
QUIET = dt.timedelta(days=14)


@dataclass(frozen=True)
class Check:
    """`severity` is stops, warns or notes; `list_query` narrows the list of the model to these."""

    severity: str
    says: Any
    count: Callable[[], int]
    model: str
    list_query: str = ""


@dataclass(frozen=True)
class Finding:
    check: Check
    count: int


def inspect_site() -> list[Finding]:
    """What is not as it should be, the worst first; nothing where all is well."""
    counted = (Finding(check, check.count()) for check in CHECKS)
    return [finding for finding in counted if finding.count]


def moved_on() -> int:
    """Articles in public whose quoted records were corrected since."""
    corrections = MovedOn.objects.filter(is_correction=True, publication__is_current=True)
    return corrections.values("publication__article").distinct().count()


def missed() -> int:
    return Article.objects.filter(missed_at__isnull=False).count()


def licences_ended() -> int:
    return Photo.objects.public().licence_ended().count()


def licences_ending() -> int:
    return Photo.objects.public().licence_ending(days=SOON).count()


def minors_without_consent() -> int:
    return Photo.objects.public().without_consent().count()


def maps_without_number() -> int:
    return Photo.objects.public().without_map_approval().count()


def without_alternative_text() -> int:
    return Photo.objects.public().filter(Q(alt_zh="") | Q(alt_en="")).count()


def waiting_long() -> int:
    """Articles that were submitted more than a day ago, and are still in review."""
    since = timezone.now() - LONG
    return Article.objects.filter(submission__at__lt=since).count()


def quiet() -> int:
    """1 where nothing was published for a fortnight; 0 for a site that published nothing yet."""
    published = Publication.objects.order_by("-published_at").values_list("published_at", flat=True)
    newest = published.first()
    return int(newest is not None and newest < timezone.now() - QUIET)


_PUBLIC = "public=yes&missing="
CHECKS = (
    Check("stops", _("Public articles quote records that were corrected"), moved_on, "article"),
    Check("stops", _("Scheduled articles did not go out"), missed, "article", "stands=scheduled"),
    Check(
        "stops",
        _("Public pictures whose licence has ended"),
        licences_ended,
        "photo",
        f"{_PUBLIC}licence-ended",
    ),
    Check(
        "stops",
        _("Public pictures of minors without consent"),
        minors_without_consent,
        "photo",
        f"{_PUBLIC}consent",
    ),
    Check(
        "stops",
        _("Public maps without an approval number"),
        maps_without_number,
        "photo",
        f"{_PUBLIC}map-number",
    ),
    Check(
        "warns",
        _("Licences of public pictures end within 30 days"),
        licences_ending,
        "photo",
        f"{_PUBLIC}licence-ending",
    ),
    Check("warns", _("In review for more than a day"), waiting_long, "article", "stands=review"),
    Check(
        "notes",
        _("Public pictures without alternative text"),
        without_alternative_text,
        "photo",
        "public=yes",
    ),
    Check("notes", _("Nothing was published for 14 days"), quiet, "article"),
)
