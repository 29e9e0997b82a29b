from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from towns.filters.place import LONGEST_TERM


def cuts_filters(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Of what is asked of a list, no more than can be meant; the page says if there was more."""

    @wraps(view)
    def cut(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.copy()
        for name, values in request.GET.lists():
            asked.setlist(name, [value[:LONGEST_TERM] for value in values])
        request.is_cut = asked != request.GET
        request.GET = asked
        return view(request, *args, **kwargs)

    return cut


def page_of(request: HttpRequest, queryset: QuerySet, *, size: int) -> Page:
    """The asked page; a number that does not exist is a 404. Unknown parameters are dropped."""
    try:
        return Paginator(queryset, size).page(request.GET.get("page", "1")[:9])
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404(_("There is no such page of this list.")) from error


def kept_query(request: HttpRequest, names: object) -> str:
    """The filters as a query string, for the links to other pages of the same list."""
    query = request.GET.copy()
    for name in list(query):
        if name not in names or not query[name]:
            del query[name]
    return query.urlencode()
