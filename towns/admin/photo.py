from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from towns.admin.finding import MissingFilter, PublicFilter
from towns.admin.publishable import mark
from towns.admin.record import RecordAdmin, RecordTabularInline
from towns.images.sizes import available_widths, size_path
from towns.models import Photo, PhotoCredit


def thumbnail(photo: Photo) -> SafeString:
    """The smallest size, with the proportions given so that the page does not jump."""
    return format_html(
        '<img class="thumbnail" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        reverse("admin:towns_photo_thumbnail", args=[photo.pk]),
        photo.alt_zh or photo.alt_en,
        photo.width,
        photo.height,
    )


class PhotoMissingFilter(MissingFilter):
    missing = (
        ("credit", _("credit"), Q(credits__isnull=True)),
        ("caption-zh", _("Chinese caption"), Q(caption_zh="")),
        ("caption-en", _("English caption"), Q(caption_en="")),
        ("alt-zh", _("Chinese alternative text"), Q(alt_zh="")),
        ("alt-en", _("English alternative text"), Q(alt_en="")),
        ("licence", _("licence"), Q(licence="")),
    )


class CreditInline(RecordTabularInline):
    model = PhotoCredit
    autocomplete_fields = ("party",)
    fields = ("order", "kind", "party")


@admin.register(Photo)
class PhotoAdmin(RecordAdmin):
    list_display = ("small", "__str__", "credit_line", "licence", "taken_on", "size", "publication")
    list_display_links = ("small", "__str__")
    list_filter = (PublicFilter, PhotoMissingFilter, "substitute", "credits__kind", "avif")
    search_fields = ("caption_zh", "caption_en", "alt_zh", "alt_en")
    names_of = ("credits__party", "towns")
    search_help_text = _("Caption, or a credited party or a town in Chinese, pinyin or English")
    date_hierarchy = "taken_on"
    autocomplete_fields = ("towns",)
    readonly_fields = ("small", "size")
    inlines = (CreditInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        is_public = Exists(Photo.objects.public().filter(pk=OuterRef("pk")))
        photos = super().get_queryset(request).prefetch_related("credits__party")
        return photos.annotate(is_public=is_public)

    def get_fieldsets(self, request: HttpRequest, obj: Photo | None = None) -> Any:
        picture = ("small", "size", "substitute") if obj else ("image", "substitute")
        return (
            (None, {"fields": picture}),
            (
                _("What readers are told"),
                {"fields": (("caption_zh", "caption_en"), ("alt_zh", "alt_en"))},
            ),
            (
                _("Rights, date and towns"),
                {"fields": (("licence", "licence_url"), "taken_on", "towns")},
            ),
        )

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

    @admin.display(description=_("picture"))
    def small(self, obj: Photo) -> str:
        return thumbnail(obj) if obj.pk else "–"

    @admin.display(description=_("credits"))
    def credit_line(self, obj: Photo) -> str:
        return "; ".join(str(credit) for credit in obj.credits.all()) or gettext("no credit")

    @admin.display(description=pgettext_lazy("of a picture", "size"), ordering="width")
    def size(self, obj: Photo) -> str:
        return f"{obj.width} × {obj.height}"

    @admin.display(description=_("publication"))
    def publication(self, obj: Photo) -> str:
        return mark(is_public=obj.is_public)
