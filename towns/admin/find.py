"""One box that finds everything: each kind by the rules of its own list, a few of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from towns.admin.choices import choice_label, fetched
from towns.models import (
    Article,
    Page,
    Party,
    Photo,
    Project,
    RankingEdition,
    Source,
    Statistic,
    Town,
)

SEARCHED = (Article, Town, Project, RankingEdition, Statistic, Photo, Party, Source, Page)
SHOWN = 6
LONGEST = 100


@dataclass(frozen=True)
class FoundKind:
    name: str
    rows: list[tuple[str, str]]  # what it is called, its form
    more_url: str  # the whole list; "" where all of it is shown


def find(site: AdminSite, request: HttpRequest, typed: str) -> list[FoundKind]:
    """What this person may see, by kind; nothing for an empty box."""
    text = " ".join(typed[:LONGEST].replace("\0", " ").split())
    return [found for model in SEARCHED if text and (found := _of(site, request, model, text))]


def _of(site: AdminSite, request: HttpRequest, model: type[Model], text: str) -> FoundKind | None:
    screen = site.get_model_admin(model)
    if not screen.has_view_permission(request):
        return None
    rows = list(_first(screen, request, text))
    if not rows:
        return None
    address = f"admin:towns_{model._meta.model_name}"
    shown = [
        (choice_label(row), reverse(f"{address}_change", args=[row.pk])) for row in rows[:SHOWN]
    ]
    more = f"{reverse(f'{address}_changelist')}?{urlencode({'q': text})}"
    name = capfirst(model._meta.verbose_name_plural)
    return FoundKind(name, shown, more if len(rows) > SHOWN else "")


def _first(screen: Any, request: HttpRequest, text: str) -> Iterable[Model]:
    found, _may_repeat = screen.get_search_results(request, screen.get_queryset(request), text)
    found = fetched(found)
    likeliest_first = getattr(screen, "likeliest_first", None)
    return (likeliest_first(found, text) if likeliest_first else found)[: SHOWN + 1]
