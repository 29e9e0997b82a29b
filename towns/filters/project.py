import re
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from towns.filters.place import LONGEST_TERM, RegionCodeFilter
from towns.language.pinyin import search_key
from towns.models import Project, Town

_CODE = re.compile(r"\A[0-9]{9}\Z")

_AS_IT_MOVES = Case(
    *(
        When(status=status, then=Value(place))
        for place, status in enumerate(
            sorted(Project.Status.values, key=lambda status: status not in Project.MOVING)
        )
    )
)
ORDERS = {
    "status": (_AS_IT_MOVES, "slug"),
    "name": ("name_en", "name_zh", "slug"),
    "expected": (F("expected_on").asc(nulls_last=True), "slug"),
    "-expected": (F("expected_on").desc(nulls_last=True), "slug"),
    "amount": (F("amount").asc(nulls_last=True), "slug"),
    "-amount": (F("amount").desc(nulls_last=True), "slug"),
}


class TownCodesField(forms.Field):
    """Any number of codes of towns, each as a parameter of its own."""

    widget = forms.SelectMultiple

    def clean(self, value: Any) -> list[str]:
        codes = [code for code in value or () if code]
        if not all(_CODE.match(code) for code in codes):
            raise ValidationError(_("This is not the code of a town."))
        return codes


class TownCodesFilter(filters.Filter):
    field_class = TownCodesField

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        through = qs.model.towns.through.objects
        chosen = through.filter(town__code__in=value).values("project")
        return qs.filter(pk__in=chosen) if value else qs


class TownRegionFilter(RegionCodeFilter):
    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        through = qs.model.towns.through.objects
        lying_there = through.filter(town__code__startswith=value).values("project")
        return qs.filter(pk__in=lying_there) if value else qs


class DayFilter(filters.DateFilter):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(input_formats=["%Y-%m-%d"], widget=widget, **kwargs)


class YuanFilter(filters.NumberFilter):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=18, decimal_places=2, **kwargs)


class ProjectFilter(filters.FilterSet):
    """What is not known never passes a bound: no amount is neither below nor above one."""

    q = filters.CharFilter(label=_("Name"), max_length=LONGEST_TERM, method="named")
    town = TownCodesFilter(label=_("Town"))
    region = TownRegionFilter(label=_("Region"))
    kind = filters.ChoiceFilter(
        label=_("Kind"), choices=Project.Kind.choices, empty_label=_("All kinds")
    )
    status = filters.MultipleChoiceFilter(
        label=_("Status"), choices=Project.Status.choices, distinct=False
    )
    amount_min = YuanFilter(label=_("Amount from (yuan)"), field_name="amount", lookup_expr="gte")
    amount_max = YuanFilter(label=_("Amount to (yuan)"), field_name="amount", lookup_expr="lte")
    expected_after = DayFilter(
        label=_("Expected from"), field_name="expected_on", lookup_expr="gte"
    )
    expected_before = DayFilter(label=_("Expected by"), field_name="expected_on", lookup_expr="lte")
    ordering = filters.ChoiceFilter(
        label=_("Order"),
        choices=[
            ("status", _("status")),
            ("name", _("name")),
            ("expected", _("earliest completion")),
            ("-expected", _("latest completion")),
            ("amount", _("smallest amount")),
            ("-amount", _("largest amount")),
        ],
        method="in_order",
    )

    class Meta:
        model = Project
        fields = ()

    def named(self, projects: QuerySet, name: str, value: str) -> QuerySet:
        """The name of the project in either language, or a town's in any form."""
        words = Q(name_zh__icontains=value) | Q(name_en__icontains=value)
        words |= Q(other_names__icontains=value)
        if search_key(value):
            through = Project.towns.through.objects
            of_towns = through.filter(town__in=Town.objects.search(value)).values("project")
            words |= Q(pk__in=of_towns)
        return projects.filter(words)

    def in_order(self, projects: QuerySet, name: str, value: str) -> QuerySet:
        return projects.order_by(*ORDERS[value])
