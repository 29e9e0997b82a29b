"""Addresses in another name of a language that the site speaks: /zh-cn/, /zh/, /en-gb/, /EN/."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.encoding import iri_to_uri

from towns.language.bilingual import EN, ZH


def ours(request: HttpRequest, code: str, rest: str = "") -> HttpResponse:
    """Leads to the same page under the name that it has here. Traditional Chinese gets Chinese."""
    language = ZH if code.lower() == "zh" else EN
    query = request.META.get("QUERY_STRING", "")
    address = iri_to_uri(f"/{language}/{rest}")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
