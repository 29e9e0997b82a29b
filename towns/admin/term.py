from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from towns.admin.exporting import ExportsSheets
from towns.admin.finding import MissingFilter
from towns.admin.record import RecordAdmin
from towns.models import Term


class TermMissingFilter(MissingFilter):
    missing = (
        ("zh", _("right form in Chinese"), Q(name_zh="")),
        ("en", _("right form in English"), Q(name_en="")),
    )


@admin.register(Term)
class TermAdmin(ExportsSheets, RecordAdmin):
    list_display = ("__str__", "name_zh", "name_en", "note")
    list_filter = (TermMissingFilter,)
    search_fields = ("name_zh", "name_en", "forbidden_zh", "forbidden_en", "note")
    search_help_text = _("The right form or a forbidden one")
    fields = (("name_zh", "name_en"), ("forbidden_zh", "forbidden_en"), "note")
