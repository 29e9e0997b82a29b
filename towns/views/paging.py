from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _


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
