from typing import Any
from urllib.parse import urlencode

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from towns.filters.article import ArticleFilter
from towns.language.bilingual import current_language
from towns.models import Column, OldAddress, Publication, ReaderComment
from towns.rendering.article import contents, lead_photo, read_article, todays_ranks
from towns.views.comment import COMMENTS_SHOWN, CommentForm
from towns.views.paging import cuts_filters, kept_query, page_of

RELATED_SHOWN = 4


@cuts_filters
def article_list(request: HttpRequest) -> HttpResponse:
    published = (
        Publication.objects.public().select_related("column", "publisher", "lead_photo")
    ).newest_first()
    asked = ArticleFilter(request.GET, queryset=published)
    is_valid = asked.is_valid()
    slug = asked.form.cleaned_data.get("column", "")[:50]
    column = Column.objects.filter(slug=slug).first()
    if slug and not column and (now := OldAddress.new_slug("column", slug)):
        return redirect(f"{request.path}?{urlencode({'column': now})}", permanent=True)
    context = {
        "column": column,
        "columns": Column.objects.filter(pk__in=Publication.objects.public().values("column")),
        "page": page_of(request, asked.qs if is_valid else published, size=12),
        "query": kept_query(request, asked.base_filters),
    }
    return render(request, "towns/article_list.html", context)


def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    publication = (
        Publication.objects.public()
        .select_related("document", "column", "publisher")
        .prefetch_related("moved_on")
        .filter(slug=slug)
        .first()
    )
    if publication is None:
        return _withdrawn(request, slug)
    article = read_article(publication.document, current_language(), publication.moved_on.all())
    context = {
        "publication": publication,
        "article": article,
        "corrections": _corrections(publication),
        "contents": contents(article),
        "lead_photo": lead_photo(article),
        "shared_photo": article.content["lead_photo"],
        "today": todays_ranks(article),
        # Asked for by the template, where the site takes comments.
        "comments": _comments(publication),
        "comment_form": CommentForm(),
        **_around(publication),
    }
    return render(request, "towns/article_detail.html", context)


def _withdrawn(request: HttpRequest, slug: str) -> HttpResponse:
    """The notice that a withdrawn article left in its place."""
    last = Publication.objects.withdrawn().filter(slug=slug).first()
    if last is None:
        raise Http404(_("There is no public article at this address."))
    # The page has a search field of its own, so the header shows none.
    context = {"publication": last, "is_search": True}
    return render(request, "towns/article_withdrawn.html", context, status=410)


def _comments(publication: Publication) -> QuerySet[ReaderComment]:
    shown = ReaderComment.objects.public().filter(article=publication.article_id)
    return shown.order_by("-sent_at", "-pk")[:COMMENTS_SHOWN]


def _corrections(publication: Publication) -> QuerySet[Publication]:
    """Every correction so far with its note, the newest first; the first publication has none."""
    if publication.number == 1:
        return Publication.objects.none()
    corrections = Publication.objects.filter(article=publication.article_id, is_correction=True)
    return corrections.order_by("-number")


def _around(publication: Publication) -> dict[str, Any]:
    """The articles before and after it, and others about the same towns, in one query."""
    others = Publication.objects.public().exclude(pk=publication.pk)
    same = others.filter(towns__in=publication.towns.values("pk"))
    older = others.filter(issued_at__lte=publication.issued_at).newest_first()
    newer = others.filter(issued_at__gt=publication.issued_at).order_by("issued_at", "pk")
    sides = {"older": older.values("pk")[:1], "newer": newer.values("pk")[:1]}
    shown = same.order_by().values("pk", "issued_at").distinct().order_by("-issued_at", "-pk")
    wanted = Q(pk__in=shown.values("pk")[:RELATED_SHOWN])
    for side in sides.values():
        wanted |= Q(pk=Subquery(side))
    found = others.filter(wanted).select_related("column", "publisher", "lead_photo")
    found = found.newest_first().annotate(
        is_older=ExpressionWrapper(Q(pk=Subquery(sides["older"])), BooleanField()),
        is_newer=ExpressionWrapper(Q(pk=Subquery(sides["newer"])), BooleanField()),
        is_related=Exists(same.filter(pk=OuterRef("pk"))),
    )
    return {
        "older": next((one for one in found if one.is_older), None),
        "newer": next((one for one in found if one.is_newer), None),
        "related": [one for one in found if one.is_related][:RELATED_SHOWN],
    }
