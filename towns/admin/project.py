from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from towns.admin.exporting import ExportsSheets
from towns.admin.finding import MissingFilter
from towns.admin.publishable import PublishableAdmin
from towns.admin.record import RecordStackedInline
from towns.language.bilingual import current_language
from towns.language.numbers import vague_date
from towns.models import Milestone, Project


class ProjectMissingFilter(MissingFilter):
    missing = (
        ("zh", _("Chinese name"), Q(name_zh="")),
        ("en", _("English name"), Q(name_en="")),
        ("amount", _("amount"), Q(amount__isnull=True)),
        ("expected", _("expected completion"), Q(expected_on__isnull=True)),
    )


class MilestoneInline(RecordStackedInline):
    model = Milestone
    autocomplete_fields = ("source",)
    fields = (("on", "precision", "is_expected"), ("text_zh", "text_en"), "source")


@admin.register(Project)
class ProjectAdmin(ExportsSheets, PublishableAdmin):
    list_display = (
        "__str__",
        "name_en",
        "town_names",
        "kind",
        "status",
        "expected",
        "publication_mark",
    )
    list_filter = ("status", "kind", ProjectMissingFilter, "is_name_zh_unverified")
    search_fields = ("name_zh", "name_en", "other_names", "slug")
    names_of = ("towns",)
    search_help_text = _("Name of the project, or of a town in Chinese, pinyin or English")
    date_hierarchy = "status_on"
    autocomplete_fields = ("towns", "photos", "source")
    prepopulated_fields = {"slug": ("name_en",)}
    inlines = (MilestoneInline,)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name_zh", "name_en"),
                    "is_name_zh_unverified",
                    "towns",
                    ("kind", "slug"),
                    "source",
                    "publication_state",
                )
            },
        ),
        (
            _("Where it stands"),
            {
                "fields": (
                    ("status", "status_on"),
                    ("status_words_zh", "status_words_en"),
                    "amount",
                    ("expected_on", "expected_precision"),
                )
            },
        ),
        (_("Other names and pictures"), {"fields": ("other_names", "photos")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("towns")

    @admin.display(description=_("towns"))
    def town_names(self, obj: Project) -> str:
        return ", ".join(str(town) for town in obj.towns.all())

    @admin.display(description=_("expected completion"), ordering="expected_on")
    def expected(self, obj: Project) -> str:
        return vague_date(obj.expected_on, obj.expected_precision, current_language())
