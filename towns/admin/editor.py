"""The article editor in the admin: what its scripts need, live values, and the preview."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.forms import modelform_factory
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_sameorigin
from js_asset import ImportMap, Media, Script

from towns.admin.draft import Draft, read_draft
from towns.admin.editor_words import palette, words
from towns.documents.article import describe_block
from towns.documents.canonical import plain
from towns.language.bilingual import LANGUAGES
from towns.models import (
    Article,
    Column,
    HeadingBlock,
    PhotoBlock,
    ProjectsBlock,
    Publication,
    RankingBlock,
    StatisticsBlock,
    TextBlock,
)
from towns.publishing.road import text_of
from towns.rendering.article import contents, lead_photo, read_content, todays_ranks

_MODULES = ("blocks", "keys", "outline", "palette", "paste", "preview", "values", "words")
EDITOR_MEDIA = Media(
    importmap=ImportMap(
        {f"desk-editor/{name}": f"towns/desk-editor-{name}.js" for name in _MODULES}
    ),
    css={"all": ["towns/desk-editor.css"]},
    js=[Script("towns/desk-editor.js", type="module")],
)
# What a block quotes: the fields by which its records are chosen.
QUOTES: dict[type, tuple[str, ...]] = {
    PhotoBlock: ("photo",),
    StatisticsBlock: ("statistics",),
    RankingBlock: ("edition", "towns"),
    ProjectsBlock: ("projects",),
}
_CAPTIONS = ("caption_zh", "caption_en")


def prefix_of(model: type) -> str:
    """How the form calls the blocks of one type."""
    return f"towns_{model._meta.model_name}_set"


class EditsBlocks:
    """For the admin of articles."""

    def get_urls(self) -> list:
        pages = (
            ("values/", self.values_view, "values"),
            ("add/preview/", self.new_preview_view, "new_preview"),
            ("<path:object_id>/preview/", self.preview_view, "preview"),
        )
        return [
            *(
                path(address, self.admin_site.admin_view(view), name=f"towns_article_{name}")
                for address, view, name in pages
            ),
            *super().get_urls(),
        ]

    # What the scripts need -------------------------------------------------------------------

    def editor_context(self, request: HttpRequest, article: Article | None) -> dict[str, Any]:
        preview = (
            reverse("admin:towns_article_preview", args=[article.pk])
            if article
            else reverse("admin:towns_article_new_preview")
        )
        inlines = self.get_inlines(request, article)
        return words() | {
            "isNew": article is None,
            "urls": {
                "preview": preview,
                "values": reverse("admin:towns_article_values"),
                "thumbnail": reverse("admin:towns_photo_thumbnail", args=[0]),
            },
            "textPrefix": prefix_of(TextBlock),
            "headingPrefix": prefix_of(HeadingBlock),
            "kinds": {
                prefix_of(inline.model): {
                    "name": palette(inline.model)[0]["name"],
                    "quotes": QUOTES.get(inline.model, ()),
                }
                for inline in inlines
            },
            "palette": [
                {"prefix": prefix_of(inline.model), "icon": inline.icon, **entry}
                for inline in inlines
                for entry in palette(inline.model)
            ],
        }

    # Live values -----------------------------------------------------------------------------

    def values_view(self, request: HttpRequest) -> HttpResponse:
        """What the chosen records say now, by the rendering of the public page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        models = {prefix_of(model): model for model in QUOTES}
        model = models.get(request.GET.get("kind", ""))
        if model is None:
            raise Http404
        captions = _CAPTIONS if model is PhotoBlock else ()
        form = modelform_factory(model, fields=(*QUOTES[model], *captions))(request.GET)
        block = None
        if form.is_valid():
            block = plain(describe_block(form.instance, form.cleaned_data))
        context = {"block": block, "photo": form.instance.photo if block and captions else None}
        response = TemplateResponse(request, "admin/towns/article/_values.html", context)
        response["Cache-Control"] = "private, no-store"
        return response

    # Preview ---------------------------------------------------------------------------------

    @xframe_options_sameorigin
    @csp_replace({"frame-ancestors": [SELF]})
    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page as the public will see it: as it is saved, or of the form that is posted."""
        article = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_change_permission(request, article):
                raise PermissionDenied
            return self._preview(request, read_draft(self, request, article))
        return self._preview(request, Draft(article, text_of(article).content, 0))

    @xframe_options_sameorigin
    @csp_replace({"frame-ancestors": [SELF]})
    def new_preview_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._preview(request, read_draft(self, request, None))

    def _preview(self, request: HttpRequest, draft: Draft) -> HttpResponse:
        language = request.GET.get("language")
        language = language if language in LANGUAGES else LANGUAGES[0]
        with override(language):
            shown = read_content(draft.content, language)
            context = {
                "article": shown,
                "publication": _next_publication(draft.article),
                "contents": contents(shown),
                "lead_photo": lead_photo(shown),
                "today": todays_ranks(shown),
                "is_preview": True,
            }
            response = TemplateResponse(request, "towns/article_detail.html", context).render()
        response["X-Blocks-Left-Out"] = str(draft.left_out)
        response["Cache-Control"] = "private, no-store"
        return response

    # Saving ----------------------------------------------------------------------------------

    def response_post_save(self, request: HttpRequest, obj: Article) -> HttpResponse | None:
        """On to the page that asks before it submits, once the text is saved."""
        if "_submit" not in request.POST:
            return None
        offered = {url for url, _label, _is_grave in self.offered(request, obj)}
        pages = (self.road_url(obj, name) for name in ("submit", "correct"))
        asked = next((url for url in pages if url in offered), None)
        return HttpResponseRedirect(asked) if asked else None

    def response_add(self, request: HttpRequest, obj: Article, *args: Any) -> HttpResponse:
        return self.response_post_save(request, obj) or super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self.response_post_save(request, obj) or super().response_change(request, obj)


def _next_publication(article: Article) -> Publication:
    """What its publication would be, were it published now."""
    earlier = article.publications.count() if article.pk else 0
    return Publication(
        slug=article.slug or "preview",
        number=earlier + 1,
        column=article.column if article.column_id else Column(),
        published_at=timezone.now(),
    )
