from typing import Any

from django.contrib import admin
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from towns.admin.choices import place_above
from towns.admin.exporting import ExportsSheets
from towns.admin.finding import ProvinceFilter, PublicFilter
from towns.admin.publishable import PublishableAdmin
from towns.admin.record import RecordAdmin, RecordTabularInline
from towns.models import (
    HeadingBlock,
    Honour,
    Project,
    RankingEntry,
    Region,
    Statistic,
    Town,
)

SEARCH_HELP = _("Name in Chinese, pinyin or English, or the code; the county may stand before it")


@admin.register(Region)
class RegionAdmin(RecordAdmin):
    list_display = ("code", "name_zh", "name_en", "level", "parent")
    list_display_links = ("code", "name_zh")
    list_filter = (PublicFilter, "level", ProvinceFilter)
    list_select_related = ("parent",)
    search_fields = ("code",)
    names_of = ("",)
    search_help_text = SEARCH_HELP
    autocomplete_fields = ("parent",)
    kept_once_public = ("code",)
    fields = (("name_zh", "name_en"), ("code", "level"), "parent")

    def likeliest_first(self, regions: QuerySet, term: str) -> QuerySet:
        return regions.order_by(_by_name(term), "code")


class HonourInline(RecordTabularInline):
    model = Honour
    autocomplete_fields = ("source",)


@admin.register(Town)
class TownAdmin(ExportsSheets, PublishableAdmin):
    list_display = (
        "code",
        "name_zh",
        "name_en",
        "county",
        "prefecture",
        "kind",
        "publication_mark",
    )
    list_display_links = ("code", "name_zh")
    list_filter = (ProvinceFilter, "kind")
    list_select_related = ("county__parent__parent",)
    search_fields = ("code",)
    names_of = ("", "county")
    search_help_text = SEARCH_HELP
    show_full_result_count = False  # 41,352 of them
    autocomplete_fields = ("county", "lead_photo", "successor")
    kept_once_public = ("code",)
    inlines = (HonourInline,)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name_zh", "name_en"),
                    ("county", "kind"),
                    "other_names",
                    "publication_state",
                )
            },
        ),
        (_("Profile"), {"fields": (("summary_zh", "summary_en"), "lead_photo")}),
        (
            _("Code and place"),
            {
                "fields": (
                    ("code", "code_system", "code_as_of"),
                    ("latitude", "longitude"),
                    "successor",
                )
            },
        ),
    )

    @admin.display(description=_("prefecture"))
    def prefecture(self, obj: Town) -> Any:
        return place_above(obj.county)

    def likeliest_first(self, towns: QuerySet, term: str) -> QuerySet:
        """Towns that something is recorded about; before anything is typed, only these."""
        if not term.strip():
            return towns.filter(_used())
        is_used = Case(When(_used(), then=Value(0)), default=Value(1))
        return towns.order_by(is_used, _by_name(term), "code")


def _used() -> Q:
    users = (
        RankingEntry.objects.values("town"),
        Statistic.objects.filter(town__isnull=False).values("town"),
        Project.towns.through.objects.values("town"),
        HeadingBlock.objects.filter(town__isnull=False).values("town"),
    )
    used = Q(published_at__isnull=False)
    for towns in users:
        used |= Q(pk__in=towns)
    return used


def _by_name(term: str) -> Case:
    """The name itself, then what begins with it, then the rest."""
    text = term.strip()
    return Case(
        When(Q(name_zh=text) | Q(name_en__iexact=text), then=Value(0)),
        When(Q(name_zh__startswith=text) | Q(name_en__istartswith=text), then=Value(1)),
        default=Value(2),
    )
