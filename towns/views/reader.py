"""What the forms of readers share. Nobody signs in, nothing is counted under anybody's name.

Pages are the same for everybody, so that they can be kept in a cache: a form carries no token and
sets no cookie. Where a request comes from is said by the browser itself (`from_this_site`).
"""

import datetime as dt
import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from towns.views import errors

MOST_IN_AN_HOUR = 5
AN_HOUR = 60 * 60
SHORTEST = 2
TOO_SHORT = _("Please write a few words more.")
TOO_LONG = _("At most %(limit_value)d characters; there are %(show_value)d.")

View = Callable[..., HttpResponse]


class ReaderForm(forms.Form):
    """The field `homepage` is hidden from people: whoever fills it in is a program."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)

    @property
    def is_filled_by_program(self) -> bool:
        return bool(self.data.get("homepage"))


class Words(forms.CharField):
    """A line break counts as one character, whatever the browser sends for it."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


def text_field(
    label: Any, *, most: int, missing: Any, rows: int, required: bool = True, **options: Any
) -> forms.CharField:
    messages = {"required": missing, "max_length": TOO_LONG, "min_length": TOO_SHORT}
    return Words(
        label=label,
        max_length=most,
        min_length=SHORTEST if required else None,
        required=required,
        error_messages=messages,
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


def line_field(
    label: Any, *, most: int, missing: Any = "", required: bool = True, **options: Any
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        error_messages={"required": missing, "max_length": TOO_LONG},
        **options,
    )


# Where a form comes from ---------------------------------------------------------------------


def from_this_site(view: View) -> View:
    """Refuses forms that a browser sends from another site's page; none of them is kept in a cache.

    In the place of Django's token, which would make every page with a form somebody's own. All
    browsers say `Sec-Fetch-Site` or, the older ones, `Origin`; what says neither is no browser,
    and needs no reader's help to write to us.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not _is_from_here(request):
            return errors.csrf_failure(request)
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return guarded


def _is_from_here(request: HttpRequest) -> bool:
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched:
        return fetched in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if not origin:
        return True
    return origin in settings.CSRF_TRUSTED_ORIGINS or urlsplit(origin).netloc == request.get_host()


# How much one reader may send -----------------------------------------------------------------


def seconds_to_wait(request: HttpRequest, what: str) -> int:
    """Counts one more; 0 within the limit, else the time until an hour after the first is over."""
    now = timezone.now()
    key = f"{what}-{_reader_of_the_day(request, now.date())}"
    since = cache.get_or_set(f"{key}-since", now.timestamp(), AN_HOUR)
    cache.add(key, 0, AN_HOUR)
    try:
        count = cache.incr(key)
    except ValueError:  # it was dropped in between
        count = 1
    left = round(since + AN_HOUR - now.timestamp())
    return max(1, left) if count > MOST_IN_AN_HOUR else 0


def _reader_of_the_day(request: HttpRequest, day: dt.date) -> str:
    """Says whether it is the same address as before, today; not which, and not tomorrow."""
    return salted_hmac("reader", f"{day} {_network(request)}", algorithm="sha256").hexdigest()


def _network(request: HttpRequest) -> str:
    """The address; of IPv6, where one household has as many as it likes, its first half."""
    said = _address(request)
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return said
    if address.version == 6 and not address.ipv4_mapped:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


def _address(request: HttpRequest) -> str:
    """A proxy stands before us where it alone can speak HTTPS, or where it is on this machine; it
    adds the address it saw as the last of the list."""
    direct = request.META.get("REMOTE_ADDR", "")
    is_proxy = settings.IS_HTTPS or direct in ("127.0.0.1", "::1", "")
    passed_on = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return (passed_on if is_proxy else "") or direct
