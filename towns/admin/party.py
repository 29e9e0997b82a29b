from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from towns.admin.exporting import ExportsSheets
from towns.admin.finding import MissingFilter, PublicFilter
from towns.admin.record import RecordAdmin
from towns.models import Party, Source


class PartyMissingFilter(MissingFilter):
    missing = (
        ("zh", _("Chinese name"), Q(name_zh="")),
        ("en", _("English name"), Q(name_en="")),
    )


@admin.register(Party)
class PartyAdmin(ExportsSheets, RecordAdmin):
    list_display = ("__str__", "name_zh", "name_en", "kind", "is_name_zh_unverified")
    list_filter = (PublicFilter, "kind", "is_name_zh_unverified", PartyMissingFilter)
    search_fields = ("other_names",)
    names_of = ("",)
    search_help_text = _("Name in Chinese, pinyin or English")
    fields = (("name_zh", "name_en"), "is_name_zh_unverified", "kind", "other_names")


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = ("__str__", "title_en", "issued_on", "url")
    list_filter = (PublicFilter, "publisher__kind")
    list_select_related = ("publisher",)
    search_fields = ("title_zh", "title_en", "url")
    names_of = ("publisher",)
    search_help_text = _("Title, link or publisher")
    date_hierarchy = "issued_on"
    autocomplete_fields = ("publisher",)
    fieldsets = (
        (None, {"fields": (("title_zh", "title_en"), ("publisher", "issued_on"))}),
        (_("Where it can be read"), {"fields": ("url", "file")}),
        (_("Notes"), {"fields": (("note_zh", "note_en"),)}),
    )
