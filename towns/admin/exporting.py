"""Lists as sheets that an import reads again."""

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from towns.admin.upload_sheet import sheet_response
from towns.imports.sheet.exporting import export
from towns.imports.sheet.kinds import kind_for


class ExportsSheets:
    """For a ModelAdmin of a kind that is imported as well."""

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        if IS_POPUP_VAR in request.GET or not self.has_view_permission(request):
            return actions
        return {**actions, "export_sheet": self.get_action("export_sheet")}

    @admin.action(description=_("Export selected records as a sheet"))
    def export_sheet(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        kind = kind_for(self.model)
        return sheet_response(export(kind, queryset), f"{kind.label}.xlsx")
