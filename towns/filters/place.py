import re
from typing import Any

import django_filters as filters
from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from towns.models import Region, Town, matching_names

# Longer than any name; the longest in the national list has 32 characters.
LONGEST_TERM = 60


class TermFilter(filters.CharFilter):
    """Rows whose name, or that of their `names_of`, contains the term: 金利, jinli or Jinli."""

    def __init__(self, *, names_of: str = "", **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_TERM, label=kwargs.pop("label", _("Name")), **kwargs)
        self.names_of = names_of

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value:
            return qs
        if not self.names_of:
            return qs.filter(matching_names(value))
        named = qs.model._meta.get_field(self.names_of).related_model
        return qs.filter(**{f"{self.names_of}__in": named.objects.filter(matching_names(value))})


class CodeField(forms.CharField):
    """A statistical code of one of the given lengths."""

    def __init__(self, *, digits: tuple[int, ...], **kwargs: Any) -> None:
        kwargs.pop("max_length", None)
        super().__init__(**kwargs)
        lengths = "|".join(rf"[0-9]{{{length}}}" for length in digits)
        message = _("This is not the code of such a region.")
        self.validators.append(RegexValidator(re.compile(rf"\A(?:{lengths})\Z"), message))


class RegionCodeFilter(filters.CharFilter):
    """What lies in a region: codes of towns begin with the code of their region."""

    field_class = CodeField

    def __init__(self, *, digits: tuple[int, ...] = (2, 4, 6), **kwargs: Any) -> None:
        super().__init__(lookup_expr="startswith", digits=digits, **kwargs)


class RegionFilter(filters.FilterSet):
    q = TermFilter()
    level = filters.ChoiceFilter(label=_("Level"), choices=Region.Level.choices)
    parent = filters.CharFilter(label=_("Belongs to"), field_name="parent__code", max_length=6)

    class Meta:
        model = Region
        fields = ()


class TownFilter(filters.FilterSet):
    q = TermFilter(label=_("Name of the town"))
    region = RegionCodeFilter(label=_("Region"), field_name="code")
    province = RegionCodeFilter(label=_("Province"), field_name="code", digits=(2,))
    prefecture = RegionCodeFilter(label=_("City"), field_name="code", digits=(4,))
    county = RegionCodeFilter(label=_("County or district"), field_name="code", digits=(6,))
    kind = filters.ChoiceFilter(
        label=_("Kind"), choices=Town.Kind.choices, empty_label=_("All kinds")
    )

    class Meta:
        model = Town
        fields = ()
