from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from towns.admin.finding import PublicFilter
from towns.admin.photo_article import BeginsArticles
from towns.admin.photo_batch import CreditsBatches
from towns.admin.photo_form import PhotoForm, crops_of, seen_by, warnings_of
from towns.admin.photo_needs import NeedFilter, ShowsFilter, UsedFilter, chip, day_condition
from towns.admin.photo_upload import ReceivesPictures, notes_of, take_over
from towns.admin.photo_uses import uses_of
from towns.admin.record import RecordAdmin, RecordTabularInline
from towns.images.sizes import available_widths, size_path
from towns.models import Photo, PhotoCredit

FOCUS = (_("Focal point"), {"fields": (("focus_x", "focus_y"),)})


def thumbnail(photo: Photo) -> SafeString:
    """The smallest size, with the proportions given so that the page does not jump."""
    return format_html(
        '<img class="thumbnail" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        reverse("admin:towns_photo_thumbnail", args=[photo.pk]),
        photo.alt_zh or photo.alt_en,
        photo.width,
        photo.height,
    )


class CreditInline(RecordTabularInline):
    model = PhotoCredit
    autocomplete_fields = ("party",)
    fields = ("order", "kind", "party")


@admin.register(Photo)
class PhotoAdmin(ReceivesPictures, CreditsBatches, BeginsArticles, RecordAdmin):
    form = PhotoForm
    change_list_template = "admin/towns/photo/change_list.html"
    change_form_template = "admin/towns/photo/change_form.html"
    list_display = ("__str__", "credit_line")
    list_filter = (NeedFilter, PublicFilter, UsedFilter, ShowsFilter, "avif")
    show_facets = admin.ShowFacets.ALWAYS
    list_per_page = 48
    actions = ("credit_selected", "begin_article_with_selected")
    actions_selection_counter = False
    search_fields = (
        "caption_zh",
        "caption_en",
        "alt_zh",
        "alt_en",
        "licence",
        "map_approval",
        "file_name",
    )
    names_of = ("credits__party", "towns")
    search_help_text = _(
        "Caption, party or town in Chinese, pinyin or English; date (2023-10), rights or file name"
    )
    date_hierarchy = "taken_on"
    autocomplete_fields = ("towns",)
    readonly_fields = ("size",)
    inlines = (CreditInline,)
    fieldsets = (
        (
            _("What readers are told"),
            {"fields": (("caption_zh", "caption_en"), ("alt_zh", "alt_en"))},
        ),
        FOCUS,
        (_("Rights"), {"fields": (("licence", "licence_url"), "licence_ends")}),
        (
            _("Children, maps, machines"),
            {
                "fields": (
                    "shows_minors",
                    "minors_consent",
                    "is_map",
                    "map_approval",
                    "is_ai_generated",
                )
            },
        ),
        (_("When and where"), {"fields": ("taken_on", "towns")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        is_public = Exists(Photo.objects.public().filter(pk=OuterRef("pk")))
        photos = super().get_queryset(request).prefetch_related("credits__party")
        return photos.annotate(is_public=is_public)

    def get_fieldsets(self, request: HttpRequest, obj: Photo | None = None) -> Any:
        """The file of a picture never changes, and its focal point is set where it is seen."""
        rest = super().get_fieldsets(request, obj)
        if obj is None:
            rest = [one for one in rest if one is not FOCUS]
        return [(None, {"fields": ("size" if obj else "image", "substitute")}), *rest]

    # The list ------------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        named = {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        response = super().changelist_view(request, named)
        changelist = getattr(response, "context_data", {}).get("cl")
        if changelist is not None:
            response.context_data.update(_grid(changelist))
        return response

    def _says(self, text: str) -> Q:
        """A day, a month or a year finds what was taken then."""
        days = day_condition(text)
        return super()._says(text) | days if days else super()._says(text)

    @admin.display(description=_("credits"))
    def credit_line(self, obj: Photo) -> str:
        return "; ".join(str(credit) for credit in obj.credits.all()) or gettext("no credit")

    # The picture ---------------------------------------------------------------------------

    def save_model(
        self,
        request: HttpRequest,
        obj: Photo,
        form: Any,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        if not change:
            take_over(obj)
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        photo = context.get("original")
        if photo:
            uses = uses_of([photo])[photo.pk]
            context |= {
                "uses": uses,
                "seen_by": seen_by(uses),
                "is_seen": any(use.is_public for use in uses),
                "warnings": warnings_of(photo, uses),
                "crops": crops_of(photo),
                "file_notes": notes_of(photo),
                "large": reverse("media-size", args=[photo.uid, photo.shown_width]),
                "original_url": reverse("media-original", args=[photo.uid]),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=pgettext_lazy("of a picture", "size"), ordering="width")
    def size(self, obj: Photo) -> str:
        return f"{obj.width} × {obj.height}"

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.thumbnail_view)
        return [
            path("<int:pk>/thumbnail/", view, name="towns_photo_thumbnail"),
            *super().get_urls(),
        ]

    def thumbnail_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Staff see pictures that are not public; under /media/ nobody does."""
        photo = self.get_object(request, str(pk))
        if not self.has_view_permission(request, photo):
            raise PermissionDenied
        name = size_path(str(photo.uid), min(available_widths(photo.width))) if photo else ""
        if not name or not default_storage.exists(name):
            raise Http404
        response = FileResponse(default_storage.open(name), content_type="image/jpeg")
        response["Cache-Control"] = "private, max-age=86400"
        return response


def _grid(changelist: Any) -> dict[str, Any]:
    """The pictures of the page with their uses and chips, and what is missing as links."""
    photos = list(changelist.result_list)
    uses = uses_of(photos)
    needs = next(one for one in changelist.filter_specs if isinstance(one, NeedFilter))
    rest = [one for one in changelist.filter_specs if one is not needs]
    for one in rest:
        one.template = "admin/towns/photo/_filter.html"
    return {
        "cards": [(photo, len(uses[photo.pk]), chip(photo)) for photo in photos],
        "needs": needs.links(changelist),
        "side_filters": rest,
    }
