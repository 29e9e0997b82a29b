import json
from typing import Any

from content_editor.admin import ContentEditor
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from towns.admin.acts import LANGUAGE_NAMES, moved_on_sentences
from towns.admin.bin import BinsInsteadOfDeleting
from towns.admin.blocks import BLOCK_INLINES
from towns.admin.choices import ChoosesRecords
from towns.admin.comments import TakesComments
from towns.admin.conflict import TellsConflicts
from towns.admin.editor import EDITOR_MEDIA, EditsBlocks
from towns.admin.finding import FindsByName, MissingFilter, PublicFilter
from towns.admin.findings import ShowsFindings
from towns.admin.history import ShowsHistory
from towns.admin.proposing import ChecksConstraints
from towns.admin.prose import with_nonce
from towns.admin.publishable import mark, who_and_when
from towns.admin.reading import reading
from towns.admin.record import HTTPS, RecordAdmin
from towns.admin.review import ReviewsArticles
from towns.admin.road import HasRoad
from towns.admin.strip import seals_of
from towns.imports.draft.keeping import upload_of
from towns.language.bilingual import current_language, speak
from towns.models import Article, Column, Publication, TrailEntry
from towns.publishing.history import note_version
from towns.publishing.road import (
    current_of,
    is_same_text,
    road_of,
    text_of,
    written_languages,
)
from towns.publishing.waiting import last_act


class ArticleForm(ChecksConstraints):
    """Both languages, of which one may still be missing."""


@admin.register(Column)
class ColumnAdmin(RecordAdmin):
    list_display = ("__str__", "name_en", "slug", "order")
    list_editable = ("order",)
    search_fields = ("name_zh", "name_en", "slug")
    prepopulated_fields = {"slug": ("name_en",)}
    fields = (
        ("name_zh", "name_en"),
        ("slug", "order"),
        ("description_zh", "description_en"),
        ("keywords", "kind"),
    )


class ArticleMissingFilter(MissingFilter):
    missing = (
        ("zh", _("Chinese title"), Q(title_zh="")),
        ("en", _("English title"), Q(title_en="")),
        ("lead", _("lead picture"), Q(lead_photo__isnull=True)),
        ("publisher", _("issued by"), Q(publisher__isnull=True)),
    )


class StandsFilter(admin.SimpleListFilter):
    title = _("where it stands")
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [
            ("review", _("in review")),
            ("scheduled", _("scheduled")),
            ("back", _("sent back")),
            ("writing", _("with the writers")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "review":
                return queryset.filter(submission__isnull=False)
            case "scheduled":
                return queryset.filter(publish_at__isnull=False)
            case "back":
                act = TrailEntry.Act.SENT_BACK
                return queryset.filter(submission__isnull=True, last_act=act)
            case "writing":
                return queryset.filter(submission__isnull=True, is_public=False)
        return queryset


def _moving(article: Article) -> str:
    """What happened to it last on its road; "" where it is with its writers."""
    if article.missed_at:
        return _stage_mark("is-red", _("did not go out"), article)
    if not article.is_in_review:
        is_back = article.last_act == TrailEntry.Act.SENT_BACK
        return _stage_mark("is-red", _("sent back"), article) if is_back else ""
    if article.urgent_request_id:
        return _stage_mark("is-red", _("urgent"), article)
    return _stage_mark("is-moving", TrailEntry.Act(article.last_act).label, article)


def _stage_mark(name: str, label: Any, article: Article) -> str:
    """The act, and the stage where it was done."""
    stage = json.loads(article.last_details or "{}").get("stage")
    said = f"{label} · {speak(stage['name']).text}" if stage else label
    return format_html('<span class="mark {}">{}</span>', name, said)


@admin.register(Article)
class ArticleAdmin(
    EditsBlocks,
    FindsByName,
    ChoosesRecords,
    ReviewsArticles,
    TakesComments,
    ShowsFindings,
    HasRoad,
    ShowsHistory,
    BinsInsteadOfDeleting,
    TellsConflicts,
    ContentEditor,
):
    form = ArticleForm
    formfield_overrides = HTTPS
    list_display = (
        "__str__",
        "publication",
        "languages",
        "column",
        "open_comment_count",
        "changed_at",
    )
    list_filter = (StandsFilter, PublicFilter, "column", ArticleMissingFilter, "created_by")
    list_select_related = ("column",)
    list_per_page = 50
    search_fields = ("title_zh", "title_en", "slug")
    names_of = ("towns_headingblock_set__town", "publisher")
    search_help_text = _("Title, or a town or publisher in Chinese, pinyin or English")
    date_hierarchy = "changed_at"
    autocomplete_fields = ("publisher", "lead_photo", "column", "parties")
    prepopulated_fields = {"slug": ("title_en",)}
    readonly_fields = (
        "created_at",
        "created_by",
        "changed_at",
        "publication_list",
        "text",
    )
    inlines = BLOCK_INLINES
    fieldsets = (
        (
            None,
            {"fields": (("title_zh", "title_en"), ("summary_zh", "summary_en"))},
        ),
        (
            _("About the article"),
            {
                "classes": ("collapse",),
                "fields": (
                    ("slug", "column", "lead_photo"),
                    ("publisher", "issued_at"),
                    ("issued_place_zh", "issued_place_en"),
                    "origin_url",
                    "parties",
                ),
            },
        ),
        (
            _("Correction note"),
            {"classes": ("collapse",), "fields": (("note_zh", "note_en"),)},
        ),
        (
            _("Who and when"),
            {
                "classes": ("collapse",),
                "fields": (
                    ("created_by", "created_at", "changed_at"),
                    "publication_list",
                ),
            },
        ),
    )

    def is_written(self, request: HttpRequest, obj: Article | None) -> bool:
        """Whether this person writes in the text, or only reads it."""
        if obj is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, obj)

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> tuple:
        return super().get_inlines(request, obj) if self.is_written(request, obj) else ()

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> tuple:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:  # nothing of it can be corrected, or has a history
            fieldsets = [(name, {**said, "classes": ()}) for name, said in fieldsets[:2]]
        if self.is_written(request, obj):
            return fieldsets
        return (*fieldsets, (_("Text"), {"classes": ("wide",), "fields": ("text",)}))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        current = Publication.objects.public().filter(article=OuterRef("pk"))
        acts = TrailEntry.objects.filter(subject_kind="article", subject_id=OuterRef("pk"))
        last = acts.order_by("-number")
        return (
            super()
            .get_queryset(request)
            .annotate(
                is_public=Exists(current),
                last_act=Subquery(last.values("act")[:1]),
                last_details=Subquery(last.values("details")[:1]),
            )
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> tuple:
        fields = super().get_readonly_fields(request, obj)
        # Links and partners' copies hang on the address of what was ever published.
        return (*fields, "slug") if obj and obj.publications.exists() else fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Article | None = None) -> dict:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def view_on_site(self, obj: Article) -> str | None:
        return obj.get_absolute_url() if current_of(obj) else None

    def save_model(
        self,
        request: HttpRequest,
        obj: Article,
        form: Any,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        super().save_related(request, form, formsets, change)
        note_version(form.instance, by=request.user)

    @admin.display(description=_("languages"))
    def languages(self, obj: Article) -> str:
        return " · ".join(LANGUAGE_NAMES[code] for code in written_languages(obj))

    @admin.display(description=_("where it stands"))
    def publication(self, obj: Article) -> str:
        """From the last act alone: a list computes no signature."""
        return format_html("{} {}", mark(is_public=obj.is_public), _moving(obj))

    def state(self, obj: Article) -> str:
        """Whether what stands here is what the public reads, by the two digests."""
        current = current_of(obj)
        if current is None:
            return gettext("Not published. Nobody outside sees this text.")
        if is_same_text(text_of(obj).content, current.document.content):
            return gettext("Public, exactly as it is saved here (publication %d).") % current.number
        said = gettext("Changed since publication %d. The public still reads the earlier text.")
        return said % current.number

    @admin.display(description=_("text"))
    def text(self, obj: Article) -> str:
        return reading(obj)

    @admin.display(description=_("publications"))
    def publication_list(self, obj: Article) -> str:
        publications = obj.publications.select_related("published_by").order_by("-number")
        lines = (
            (
                reverse("admin:towns_publication_change", args=[publication.pk]),
                publication.number,
                who_and_when(by=publication.published_by, at=publication.published_at),
            )
            for publication in publications
        )
        said = format_html_join("", '<li><a href="{}">{}</a> · {}</li>', lines)
        return format_html('<ol class="publications">{}</ol>', said) if said else "–"

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = context.get("original")
        if article:
            context["acts"] = self.offered(request, article)
            context["margin"] = self.margin_data(article)
            context["preview_url"] = self.road_url(article, "preview")
            last = last_act(article)
            context["seals"] = seals_of(road_of(article), last=last)
            context["last"] = last
            context["stands"] = self.state(article)
            context["moved_on"] = moved_on_sentences(article, current_language())
            context["imported"] = upload_of(article)
        if not self.is_written(request, article):
            return admin.ModelAdmin.render_change_form(self, request, context, *args, **kwargs)
        response = super().render_change_form(request, context, *args, **kwargs)
        response.context_data["editor"] = self.editor_context(request, article)
        media = EDITOR_MEDIA + response.context_data["media"]
        response.context_data["media"] = with_nonce(request, media)
        return response

    # The road ------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Nobody writes in a text while it is being reviewed."""
        is_locked = obj is not None and obj.is_in_review
        return super().has_change_permission(request, obj) and not is_locked

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What was public once is withdrawn instead; what is in review is taken back first."""
        is_kept = obj is not None and (obj.is_in_review or obj.publications.exists())
        return super().has_delete_permission(request, obj) and not is_kept

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        article = self.get_object(request, unquote(object_id))
        if article and article.is_in_review and self.has_view_permission(request, article):
            if request.method == "POST":
                self.keep_refused(request, object_id)
                said = _("It is being reviewed: take the submission back first. Nothing was saved.")
                self.message_user(request, said, messages.ERROR)
            return HttpResponseRedirect(self.road_url(article, "review"))
        return super().change_view(request, object_id, form_url, extra_context)
