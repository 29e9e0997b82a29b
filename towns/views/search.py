"""Searching, on a page of its own and while somebody is typing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from towns.language.bilingual import LANGUAGES, Spoken, current_language, speak
from towns.models import RankingEdition, SiteSettings, Town
from towns.search import (
    DEEPEST,
    Found,
    Hit,
    Likely,
    Marker,
    Piece,
    ask,
    best,
    likely,
    overview,
    suggest,
)
from towns.views.paging import page_of

OF_EACH_KIND, ON_A_PAGE, TOWNS_TO_BEGIN_WITH = 6, 20, 4
# In the order of the page: the first three make its main column.
KINDS = ("town", "article", "project", "ranking-edition", "photo", "statistic")
IN_MAIN = KINDS[:3]


@dataclass(frozen=True)
class Text:
    pieces: list[Piece]
    language: str


@dataclass(frozen=True)
class Result:
    """A hit as the page shows it, in the reader's language where there is one."""

    hit: Hit
    address: str
    title: Text
    other_title: Text
    excerpt: Text

    @property
    def record(self) -> Any:
        return self.hit.record


@dataclass(frozen=True)
class Group:
    kind: str
    label: str
    count: int
    results: list[Result]

    @property
    def has_more(self) -> bool:
        return self.count > len(self.results)


def search_page(request: HttpRequest) -> HttpResponse:
    """Everything by kind, or one kind page by page; `kind` that is none is dropped."""
    typed, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    if not typed.strip():
        context = {"typed": "", **_beginnings()}
    elif kind in KINDS:
        context = _one_kind(request, typed, kind)
    else:
        context = _all_kinds(overview(typed, kinds=KINDS, limit=OF_EACH_KIND))
    # The page has a field of its own, so the header shows none.
    return render(request, "towns/search.html", {**context, "is_search": True})


def suggestions(request: HttpRequest) -> HttpResponse:
    """A piece of a page, which the script lays under the field."""
    found = suggest(request.GET.get("q", ""))
    marker = Marker.for_hits(found.query, found.hits)
    context = {
        "typed": found.query.text,
        "is_cut": found.query.is_cut,
        "count": found.count,
        "groups": _groups(found, marker),
    }
    return render(request, "towns/search/_suggestions.html", context)


def _all_kinds(found: Found) -> dict[str, Any]:
    marker = Marker.for_hits(found.query, found.hits)
    groups = _groups(found, marker)
    return {
        **_asked(found, marker),
        "kind": "",
        "main": [group for group in groups if group.kind in IN_MAIN],
        "side": [group for group in groups if group.kind not in IN_MAIN],
        "likely": _likely(likely(found.query)) if not found.count else None,
    }


def _one_kind(request: HttpRequest, typed: str, kind: str) -> dict[str, Any]:
    found = ask(typed)
    page = page_of(request, _Ranked(found, kind), size=ON_A_PAGE)
    marker = Marker.for_hits(found.query, page.object_list)
    results = list(_results(page.object_list, marker))
    count = found.counts.get(kind, 0)
    return {
        **_asked(found, marker),
        "kind": kind,
        "main": [Group(kind, kind_labels()[kind], count, results)] if results else [],
        "page": page,
        "query": urlencode({"q": found.query.text, "kind": kind}),
    }


def _asked(found: Found, marker: Marker) -> dict[str, Any]:
    labels = kind_labels()
    return {
        "typed": found.query.text,
        "is_cut": found.query.is_cut,
        "is_relaxed": found.is_relaxed,
        "by_sound": marker.by_sound,
        "count": found.count,
        "tabs": [(name, labels[name], found.counts.get(name, 0)) for name in KINDS],
    }


@dataclass(frozen=True)
class _Ranked(Sequence):
    """The hits of one kind for a paginator, which asks for the page that it shows."""

    found: Found
    kind: str

    def __len__(self) -> int:
        return min(self.found.counts.get(self.kind, 0), DEEPEST)

    def __getitem__(self, asked: slice) -> list[Hit]:
        limit = asked.stop - asked.start
        if limit <= 0:
            return []
        return best(self.found, kinds=[self.kind], limit=limit, offset=asked.start)


def kind_labels() -> dict[str, str]:
    return {
        "town": _("Towns"),
        "article": _("Articles"),
        "project": _("Projects"),
        "ranking-edition": _("Rankings"),
        "photo": pgettext("kind of result", "Pictures"),
        "statistic": _("Statistics"),
    }


def _groups(found: Found, marker: Marker) -> list[Group]:
    labels = kind_labels()
    return [
        Group(group.kind, labels[group.kind], group.count, list(_results(group.hits, marker)))
        for group in found.groups
    ]


def _results(hits: Iterable[Hit], marker: Marker) -> Iterable[Result]:
    language = current_language()
    for hit in hits:
        title = speak(hit.entry.titles, language)
        other = next(code for code in LANGUAGES if code != title.language)
        yield Result(
            hit=hit,
            address=_address(hit),
            title=_marked(title, marker),
            other_title=Text(marker.marked(hit.entry.titles.get(other, "")), other),
            excerpt=_marked(marker.excerpt(hit.entry.texts, language), marker),
        )


def _marked(spoken: Spoken, marker: Marker) -> Text:
    return Text(marker.marked(spoken.text), spoken.language)


def _address(hit: Hit) -> str:
    """Numbers and pictures have no page of their own: they are seen on that of something else."""
    record = hit.record
    if hit.kind == "statistic":
        return f"{record.town.get_absolute_url()}#statistics" if record.town else ""
    if hit.kind != "photo":
        return record.get_absolute_url()
    if record.on_article:
        return reverse("article-detail", args=[record.on_article])
    if record.on_town:
        return f"{reverse('town-detail', args=[record.on_town])}#photos"
    if record.on_project:
        return reverse("project-detail", args=[record.on_project])
    return record.get_absolute_url()


def _likely(found: Likely | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"record": found.hit.record, "same_sound": found.same_sound}


def _beginnings() -> dict[str, Any]:
    """Where somebody may begin who has not typed anything: what the home page shows."""
    towns = Town.objects.public().filter(on_home_page=SiteSettings.ONLY)
    edition = RankingEdition.objects.public().select_related("ranking").order_by("-year", "pk")
    return {"towns": towns[:TOWNS_TO_BEGIN_WITH], "edition": edition.first()}
