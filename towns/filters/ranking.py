from typing import Any

import django_filters as filters
from django import forms
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from towns.filters.place import RegionCodeFilter, TermFilter
from towns.models import RankingEdition, RankingEntry

ORDERS = {
    "rank": (F("rank").asc(nulls_last=True), "town__code"),
    "-rank": (F("rank").desc(nulls_last=True), "town__code"),
    "name": ("town__name_en", "town__name_zh", "town__code"),
    "-name": ("-town__name_en", "-town__name_zh", "-town__code"),
}


class YearFilter(filters.NumberFilter):
    field_class = forms.IntegerField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1949, max_value=2100, **kwargs)


class EditionFilter(filters.FilterSet):
    ranking = filters.CharFilter(label=_("Ranking"), field_name="ranking__slug", max_length=50)
    year = YearFilter(label=_("Year"))

    class Meta:
        model = RankingEdition
        fields = ()


class EntryFilter(filters.FilterSet):
    """Entries of all rankings."""

    q = TermFilter(label=_("Name of the town"), names_of="town")
    ranking = filters.CharFilter(
        label=_("Ranking"), field_name="edition__ranking__slug", max_length=50
    )
    year = YearFilter(label=_("Year"), field_name="edition__year")
    town = filters.CharFilter(label=_("Code of the town"), field_name="town__code", max_length=9)
    region = RegionCodeFilter(label=_("Region"), field_name="town__code")
    province = RegionCodeFilter(label=_("Province"), field_name="town__code", digits=(2,))
    prefecture = RegionCodeFilter(label=_("City"), field_name="town__code", digits=(4,))
    county = RegionCodeFilter(label=_("County or district"), field_name="town__code", digits=(6,))
    ordering = filters.ChoiceFilter(
        label=_("Order"),
        choices=[
            ("rank", _("rank, best first")),
            ("-rank", _("rank, best last")),
            ("name", _("name, A to Z")),
            ("-name", _("name, Z to A")),
        ],
        method="in_order",
    )

    class Meta:
        model = RankingEntry
        fields = ()

    def in_order(self, entries: QuerySet, name: str, value: str) -> QuerySet:
        return entries.order_by(*ORDERS[value])


class EditionEntryFilter(EntryFilter):
    """The entries of the one edition that a page shows."""

    ranking = None
    year = None
    town = None
    region = None
