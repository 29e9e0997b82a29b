from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from towns.admin.choices import figure
from towns.admin.exporting import ExportsSheets
from towns.admin.publishable import PublishableAdmin
from towns.language.bilingual import current_language
from towns.language.numbers import period
from towns.models import Statistic


@admin.register(Statistic)
class StatisticAdmin(ExportsSheets, PublishableAdmin):
    list_display = ("name", "subject", "number", "basis", "time", "source", "publication_mark")
    list_filter = ("unit", "qualifier", "basis")
    list_select_related = ("town", "region", "source__publisher", "published_by")
    search_fields = ("indicator_zh", "indicator_en", "about_zh", "about_en")
    names_of = ("town", "region")
    search_help_text = _("Indicator, or a town or region in Chinese, pinyin or English")
    date_hierarchy = "period_end"
    autocomplete_fields = ("town", "region", "project", "source")
    fieldsets = (
        (
            _("About what"),
            {
                "fields": (
                    ("town", "region"),
                    ("about_zh", "about_en"),
                    "project",
                    "publication_state",
                )
            },
        ),
        (
            _("The number"),
            {
                "fields": (
                    ("indicator_zh", "indicator_en"),
                    ("qualifier", "value", "unit", "basis"),
                    ("scope_zh", "scope_en"),
                    ("period_start", "period_end"),
                    "source",
                )
            },
        ),
    )

    @admin.display(description=_("indicator"), ordering="indicator_zh")
    def name(self, obj: Statistic) -> str:
        return obj.indicator

    @admin.display(description=_("town or region"), ordering="town")
    def subject(self, obj: Statistic) -> Any:
        return obj.town or obj.region

    @admin.display(description=_("value"), ordering="value")
    def number(self, obj: Statistic) -> str:
        return figure(obj)

    @admin.display(description=_("period"), ordering="period_end")
    def time(self, obj: Statistic) -> str:
        return period(obj.period_start, obj.period_end, current_language())
