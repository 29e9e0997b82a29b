from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from towns.admin.prose import with_nonce
from towns.admin.publishable import PublishableAdmin
from towns.models import Page


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    """Pages about the site belong to whoever may change its settings."""

    list_display = ("__str__", "slug", "order", "publication_mark")
    search_fields = ("title_zh", "title_en", "slug")
    search_help_text = _("Title or address")
    ordering = ("order", "slug")
    prepopulated_fields = {"slug": ("title_en",)}
    fields = (
        ("title_zh", "title_en"),
        ("slug", "order"),
        "html_zh",
        "html_en",
        "publication_state",
    )

    def _may(self, request: HttpRequest) -> bool:
        return request.user.has_perm("towns.change_sitesettings")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        """Whoever publishes records reads them, for another person than the writer publishes."""
        return self._may(request) or request.user.has_perm("towns.publish_record")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        return self._may(request)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        response = super().render_change_form(request, context, *args, **kwargs)
        response.context_data["media"] = with_nonce(request, response.context_data["media"])
        return response

    def has_delete_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        return self._may(request)
