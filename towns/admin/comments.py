"""Comments on the blocks of a draft, by anyone who may see it, resolved one by one."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from towns.documents.article import blocks_of
from towns.models import Article, Comment, User

LONGEST = Comment._meta.get_field("text").max_length


class TakesComments:
    """For the admin of articles."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.comments_view)
        address = "<path:object_id>/comments/"
        return [path(address, view, name="towns_article_comments"), *super().get_urls()]

    def comments_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        article = self.seen_article(request, object_id)
        if request.method != "POST":
            return HttpResponseRedirect(self.road_url(article, "margin"))
        refusal = self._commented(request, article)
        if request.POST.get("format") == "json":
            answer = {"comments": self.comments_shown(article), "refusal": refusal}
            return JsonResponse(answer, status=409 if refusal else 200)
        if refusal:
            text = request.POST.get("text", "")
            return self.show_margin(request, article, refusal=refusal, said=text)
        is_review = request.POST.get("back") == "review" and article.is_in_review
        back = self.road_url(article, "review" if is_review else "margin")
        return HttpResponseRedirect(f"{back}#comments")

    def _commented(self, request: HttpRequest, article: Article) -> str:
        """Does what the form asks for; returns why not."""
        match request.POST.get("act"):
            case "add":
                return add_comment(article, request.POST, by=request.user)
            case "resolve":
                resolve(_comment(article, request.POST.get("comment", "")), by=request.user)
            case "reopen":
                reopen(_comment(article, request.POST.get("comment", "")))
            case _:
                raise Http404
        return ""

    def comments_context(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        shown = self.comments_shown(article)
        return {
            "comments": [one for one in shown if not one["resolved"]],
            "resolved_comments": [one for one in shown if one["resolved"]],
            "comment_blocks": [_named(block, n) for n, block in _numbered(article)],
            "comments_url": self.road_url(article, "comments"),
        }

    def comments_shown(self, article: Article) -> list[dict[str, Any]]:
        """In the order of the blocks; then what is about the article, or a block that is gone."""
        numbers = {(b._meta.model_name, b.pk): n for n, b in _numbered(article)}
        said = Comment.objects.about(article).select_related("created_by", "resolved_by")
        shown = [_shown(comment, numbers) for comment in said]
        return sorted(shown, key=lambda one: (one["number"] or len(numbers) + 1, one["id"]))

    # In lists ----------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_open_comments(super().get_queryset(request))

    @admin.display(description=gettext_lazy("open comments"), ordering="open_comments")
    def open_comment_count(self, obj: Article) -> str:
        if not obj.open_comments:
            return "–"
        url = self.road_url(obj, "margin")
        return format_html('<a href="{}#comments">{}</a>', url, obj.open_comments)


def with_open_comments(articles: QuerySet) -> QuerySet:
    """Each with the number of its comments that nobody has resolved."""
    kind = ContentType.objects.get_for_model(Article)
    open_ones = Comment.objects.open().filter(content_type=kind, object_id=OuterRef("pk"))
    counted = open_ones.order_by().values("object_id").annotate(count=Count("pk")).values("count")
    return articles.annotate(
        open_comments=Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    )


def add_comment(article: Article, said: Any, *, by: User) -> str:
    """Returns why it was not kept; "" where it was."""
    text = said.get("text", "").replace("\0", "").strip()
    if not text:
        return _("Say something first.")
    if len(text) > LONGEST:
        return _("A comment has at most %d characters.") % LONGEST
    kind, _slash, pk = said.get("block", "").partition("/")
    block = next(
        (b for b in blocks_of(article) if (b._meta.model_name, str(b.pk)) == (kind, pk)), None
    )
    Comment.objects.create(
        record=article,
        name=str(article)[:300],
        block_kind=kind if block else "",
        block_id=block.pk if block else None,
        block_said=_said(block)[:100] if block else "",
        text=text,
        created_by=by,
    )
    return ""


def resolve(comment: Comment, *, by: User) -> None:
    """Who came first stays."""
    Comment.objects.open().filter(pk=comment.pk).update(resolved_at=timezone.now(), resolved_by=by)


def reopen(comment: Comment) -> None:
    Comment.objects.filter(pk=comment.pk).update(resolved_at=None, resolved_by=None)


def _comment(article: Article, pk: str) -> Comment:
    found = Comment.objects.about(article).filter(pk=pk if pk.isdecimal() else 0).first()
    if found is None:
        raise Http404
    return found


def _numbered(article: Article) -> Iterable[tuple[int, Any]]:
    return enumerate(blocks_of(article), start=1)


def _named(block: Any, number: int) -> tuple[str, str]:
    said = f"{number} · {block._meta.verbose_name} · {_said(block)}"
    return f"{block._meta.model_name}/{block.pk}", said


def _said(block: Any) -> str:
    return str(block)[:60]


def _shown(comment: Comment, numbers: dict[tuple[str, int], int]) -> dict[str, Any]:
    number = numbers.get((comment.block_kind, comment.block_id))
    is_gone = bool(comment.block_kind) and number is None
    return {
        "id": comment.pk,
        "text": comment.text,
        "by": str(comment.created_by),
        "at": f"{timezone.localtime(comment.created_at):%Y-%m-%d %H:%M}",
        "number": number,
        "block": number and {"kind": comment.block_kind, "id": comment.block_id},
        "gone": comment.block_said if is_gone else "",
        "resolved": comment.resolved_by and str(comment.resolved_by),
    }
