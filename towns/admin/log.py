"""What only the publishing layer writes: to be read here, never changed."""

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from towns.admin.sheet import sheet_of
from towns.models import Change, Document, Publication, Review, TrailEntry
from towns.publishing.article import erase_publication
from towns.publishing.refusal import RefusedError


class KindFilter(admin.SimpleListFilter):
    """By the kinds of record that are there, under the names that staff know them by."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        present = model_admin.get_queryset(request).order_by().values("content_type")
        types = ContentType.objects.filter(pk__in=present)
        return sorted((one.model, capfirst(one.name)) for one in types)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(content_type__model=self.value()) if self.value() else queryset


@admin.display(description=_("kind"), ordering="content_type")
def kind_of_record(obj: Any) -> str:
    return capfirst(obj.content_type.name)


class EraseForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    words = forms.CharField(
        label=_("Words that must go"),
        required=False,
        help_text=_(
            "Such as an identity number: every kept text of this article that has them is erased "
            "too. They are not kept in the trail."
        ),
    )


class ReadOnlyAdmin(admin.ModelAdmin):
    list_per_page = 100

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("seq", "made_at", "kind", "permanent_id", "act", "fingerprint")
    list_filter = ("act", "kind")
    search_fields = ("permanent_id", "digest")
    search_help_text = _("Permanent id or fingerprint")
    date_hierarchy = "made_at"
    ordering = ("-seq",)
    fields = ("seq", "made_at", "kind", "permanent_id", "act", "digest")

    @admin.display(description=_("fingerprint"), ordering="digest")
    def fingerprint(self, obj: Change) -> str:
        return obj.digest[:8]


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = (
        "__str__",
        "number",
        "is_current",
        "column",
        "published_at",
        "published_by",
        "fingerprint",
    )
    list_filter = ("is_current", "column", "published_by")
    list_select_related = ("column", "published_by")
    search_fields = ("title_zh", "title_en", "slug", "document__digest")
    search_help_text = _("Title, address or fingerprint")
    date_hierarchy = "published_at"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("article", "number", "is_current"),
                    ("published_at", "published_by"),
                    "document",
                )
            },
        ),
        (
            _("As shown in lists"),
            {
                "fields": (
                    ("title_zh", "title_en"),
                    ("summary_zh", "summary_en"),
                    ("slug", "column"),
                    ("publisher", "issued_at"),
                    "towns",
                    "photos",
                    "projects",
                )
            },
        ),
    )

    def view_on_site(self, obj: Publication) -> str | None:
        return obj.get_absolute_url() if obj.is_current else None

    def get_urls(self) -> list:
        erase = self.admin_site.admin_view(self.erase_view)
        sheet = self.admin_site.admin_view(self.sheet_view)
        return [
            path("<int:pk>/erase/", erase, name="towns_publication_erase"),
            path("<int:pk>/sheet/", sheet, name="towns_publication_sheet"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        publication = context.get("original")
        acts = [
            (reverse("admin:towns_publication_sheet", args=[publication.pk]), _("Sheet"), False)
        ]
        if not publication.is_current and request.user.has_perm("towns.withdraw_article"):
            url = reverse("admin:towns_publication_erase", args=[publication.pk])
            acts.append((url, _("Erase the body…"), True))
        context["acts"] = acts
        return super().render_change_form(request, context, *args, **kwargs)

    def sheet_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The review sheet on one A4 page, with a column for signatures by hand."""
        publication = get_object_or_404(
            Publication.objects.select_related("article", "document", "column", "publisher"), pk=pk
        )
        if not self.has_view_permission(request, publication):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Review sheet"),
            **sheet_of(publication),
        }
        return TemplateResponse(request, "admin/towns/sheet.html", context)

    def erase_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        publication = get_object_or_404(Publication.objects.select_related("article"), pk=pk)
        if not request.user.has_perm("towns.withdraw_article"):
            raise PermissionDenied
        back = reverse("admin:towns_publication_change", args=[pk])
        form, refusal = EraseForm(request.POST or None), None
        if request.method == "POST" and form.is_valid():
            try:
                erased = erase_publication(publication, by=request.user, **form.cleaned_data)
            except RefusedError as error:
                refusal = error
            else:
                said = ngettext("%d text was erased.", "%d texts were erased.", len(erased))
                self.message_user(request, said % len(erased), messages.SUCCESS)
                return HttpResponseRedirect(back)
        return self.admin_site.ask(
            request,
            title=gettext("Erase the body of publication %d?") % publication.number,
            says=[
                gettext("Nobody can read this text any more, not even staff. It can't be undone."),
                gettext("Number, date and fingerprint stay, and the act stands in the trail."),
            ],
            form=form,
            refusal=refusal,
            button=gettext("Erase"),
            back=back,
            is_grave=True,
        )

    @admin.display(description=_("fingerprint"), ordering="document")
    def fingerprint(self, obj: Publication) -> str:
        return obj.document_id[:8]


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ("fingerprint", "kind", "made_at")
    list_filter = ("kind",)
    search_fields = ("digest",)
    search_help_text = _("Fingerprint")
    date_hierarchy = "made_at"
    ordering = ("-made_at", "digest")
    fields = ("digest", "kind", "made_at", "content")
    readonly_fields = ("content",)

    def get_queryset(self, request: HttpRequest) -> object:
        documents = super().get_queryset(request)
        is_list = request.resolver_match and request.resolver_match.url_name.endswith("changelist")
        return documents.defer("body") if is_list else documents

    @admin.display(description=_("fingerprint"), ordering="digest")
    def fingerprint(self, obj: Document) -> str:
        return obj.digest[:16]

    @admin.display(description=_("content"))
    def content(self, obj: Document) -> str:
        if obj.is_erased:
            return gettext("The body was erased on %s.") % f"{obj.erased_at:%Y-%m-%d}"
        body = json.dumps(json.loads(obj.body), ensure_ascii=False, indent=2)
        return format_html('<pre class="document">{}</pre>', body)


class TrailAdmin(ReadOnlyAdmin):
    list_display = ("number", "at", "by_name", "act", "subject", "text", "fingerprint")
    list_filter = ("act", "subject_kind", "by")
    search_fields = ("subject", "reason", "digest", "document__digest")
    search_help_text = _("Subject, reason or fingerprint")
    date_hierarchy = "at"
    ordering = ("-number",)
    fields = (
        ("number", "at", "by_name"),
        ("act", "subject_kind", "subject"),
        "document",
        "reason",
        "shown_details",
        ("previous", "digest"),
    )
    readonly_fields = ("shown_details",)

    @admin.display(description=_("text"))
    def text(self, obj: TrailEntry) -> str:
        return obj.document_id[:8] if obj.document_id else "–"

    @admin.display(description=_("fingerprint"), ordering="digest")
    def fingerprint(self, obj: TrailEntry) -> str:
        return obj.digest[:8]

    @admin.display(description=_("details"))
    def shown_details(self, obj: TrailEntry) -> str:
        body = json.dumps(obj.said, ensure_ascii=False, indent=2)
        return format_html('<pre class="document">{}</pre>', body)


@admin.register(TrailEntry)
class TrailEntryAdmin(TrailAdmin):
    """The whole chain, of every kind of record."""


@admin.register(Review)
class ReviewAdmin(TrailAdmin):
    """Sign-offs and refusals alone."""
