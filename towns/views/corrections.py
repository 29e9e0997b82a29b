"""更正与撤回: everything that was put right or taken back, in one list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from towns.models import Publication
from towns.views.paging import page_of

ON_A_PAGE = 20


def corrections(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Publication.objects.put_right(), size=ON_A_PAGE)
    return render(request, "towns/corrections.html", {"page": page})
