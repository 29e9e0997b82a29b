"""Where pictures are used: articles, towns, projects and the home page, drafts and public apart."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from towns.models import Article, HomePhoto, Photo, PhotoBlock, Project, Publication, Town


@dataclass(frozen=True)
class Use:
    """`state` says in a word how far the record is; only public uses open a picture to readers."""

    kind: str
    name: str
    url: str
    state: str
    is_public: bool = False
    is_in_review: bool = False


def uses_of(photos: Sequence[Photo]) -> dict[int, list[Use]]:
    """By the picture's key. As many queries for a hundred pictures as for one."""
    found: dict[int, list[Use]] = defaultdict(list)
    for photo, use in (*_articles(photos), *_towns(photos), *_projects(photos), *_home(photos)):
        found[photo].append(use)
    return found


Found = Iterable[tuple[int, Use]]


def _articles(photos: Sequence[Photo]) -> Found:
    public = set(
        Publication.photos.through.objects.filter(
            photo__in=photos, publication__is_current=True
        ).values_list("photo_id", "publication__article_id")
    )
    blocks = PhotoBlock.objects.filter(photo__in=photos).order_by()
    leads = Article.objects.filter(lead_photo__in=photos).order_by()
    drafts = {
        *blocks.values_list("photo_id", "parent_id"),
        *leads.values_list("lead_photo_id", "pk"),
    }
    articles = Article.objects.in_bulk({article for _photo, article in public | drafts})
    for photo, pk in sorted(public | drafts):
        yield photo, _article(articles[pk], (photo, pk) in public, (photo, pk) in drafts)


def _article(article: Article, is_public: bool, is_in_draft: bool) -> Use:  # noqa: FBT001 - two facts
    return Use(
        _kind(Article),
        str(article),
        reverse("admin:towns_article_change", args=[article.pk]),
        _article_state(article, is_public=is_public, is_in_draft=is_in_draft),
        is_public=is_public,
        is_in_review=is_in_draft and article.is_in_review,
    )


def _article_state(article: Article, *, is_public: bool, is_in_draft: bool) -> str:
    if is_in_draft and article.is_in_review:
        return gettext("being reviewed")
    if is_public:
        return gettext("public") if is_in_draft else gettext("public, no longer in the draft")
    return gettext("draft")


def _towns(photos: Sequence[Photo]) -> Found:
    for town in Town.objects.filter(lead_photo__in=photos).order_by("code"):
        yield town.lead_photo_id, _record(town)


def _projects(photos: Sequence[Photo]) -> Found:
    rows = Project.photos.through.objects.filter(photo__in=photos).select_related("project")
    for row in rows.order_by("project__slug"):
        yield row.photo_id, _record(row.project)


def _record(record: Any) -> Use:
    return Use(
        _kind(type(record)),
        str(record),
        reverse(f"admin:towns_{record._meta.model_name}_change", args=[record.pk]),
        gettext("public") if record.is_public else gettext("not public"),
        is_public=record.is_public,
    )


def _home(photos: Sequence[Photo]) -> Found:
    for row in HomePhoto.objects.filter(photo__in=photos):
        url = reverse("admin:towns_sitesettings_changelist")
        name = gettext("Home page")
        yield row.photo_id, Use("", name, url, gettext("public"), is_public=True)


def _kind(model: type) -> str:
    return capfirst(model._meta.verbose_name)
