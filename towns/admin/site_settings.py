from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from towns.admin.record import HTTPS, RecordAdmin, RecordTabularInline
from towns.models import Badge, HomePhoto, HomeProject, HomeStatistic, HomeTown, SiteSettings


class PartOfSettings(RecordTabularInline):
    """Whoever may change the settings may choose what belongs to them."""

    def _may(self, request: HttpRequest) -> bool:
        return request.user.has_perm("towns.change_sitesettings")

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self._may(request)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self._may(request)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self._may(request)


class HomeTownInline(PartOfSettings):
    model = HomeTown
    autocomplete_fields = ("town",)


class HomeStatisticInline(PartOfSettings):
    model = HomeStatistic
    autocomplete_fields = ("statistic",)


class HomeProjectInline(PartOfSettings):
    model = HomeProject
    autocomplete_fields = ("project",)


class HomePhotoInline(PartOfSettings):
    model = HomePhoto
    autocomplete_fields = ("photo",)


class BadgeInline(PartOfSettings):
    model = Badge
    formfield_overrides = HTTPS


@admin.register(SiteSettings)
class SiteSettingsAdmin(RecordAdmin):
    """One row: the list and the empty form both lead to it."""

    autocomplete_fields = ("region", "lead_article")
    inlines = (HomeTownInline, HomeStatisticInline, HomeProjectInline, HomePhotoInline, BadgeInline)
    view_on_site = False
    fieldsets = (
        (_("Names"), {"fields": (("name_zh", "name_en"), ("description_zh", "description_en"))}),
        (_("Home page"), {"fields": ("region", "lead_article")}),
        (_("Readers"), {"fields": ("takes_comments",)}),
        (
            _("At the foot of each page"),
            {
                "fields": (
                    ("organiser_zh", "organiser_en"),
                    ("host_zh", "host_en"),
                    "contact",
                    ("icp_number", "site_code"),
                    ("police_number", "police_url"),
                )
            },
        ),
        (
            _("Map and security"),
            {"fields": ("map_address", ("security_contact", "security_expires"))},
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not SiteSettings.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: SiteSettings | None = None) -> bool:
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: SiteSettings,
        form: object,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        obj.pk = SiteSettings.ONLY
        super().save_model(request, obj, form, change)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not SiteSettings.objects.exists():
            return redirect("admin:towns_sitesettings_add")
        return redirect("admin:towns_sitesettings_change", SiteSettings.ONLY)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        if SiteSettings.objects.exists() and self.has_view_permission(request):
            return redirect("admin:towns_sitesettings_change", SiteSettings.ONLY)
        return super().add_view(request, form_url, extra_context)
