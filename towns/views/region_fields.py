"""The fields for province, city and county, filled with the regions there is something in."""

from collections.abc import Iterable

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from towns.models import Region


def counties_of(towns: QuerySet) -> list[Region]:
    """The counties of these towns, with what they belong to, in one query."""
    counties = Region.objects.filter(pk__in=towns.order_by().values("county"))
    return list(counties.select_related("parent__parent").order_by("code"))


def offer_regions(form: forms.Form, counties: list[Region]) -> None:
    """Turn the code fields into selects; each narrows to what lies in the choice above it.

    What a field accepts stays the FilterSet's own.
    """
    prefectures = _above(counties)
    provinces = _above(prefectures)
    province, prefecture = _chosen(form, "province"), _chosen(form, "prefecture")
    _offer(form, "province", provinces)
    _offer(form, "prefecture", [place for place in prefectures if place.code.startswith(province)])
    within = prefecture or province
    _offer(form, "county", [place for place in counties if place.code.startswith(within)])


def _above(regions: Iterable[Region]) -> list[Region]:
    above = {region.parent.code: region.parent for region in regions if region.parent}
    return [above[code] for code in sorted(above)]


def _chosen(form: forms.Form, name: str) -> str:
    return "" if name in form.errors else form.cleaned_data.get(name, "")


def _offer(form: forms.Form, name: str, regions: list[Region]) -> None:
    everything = _("All (%(count)d)") % {"count": len(regions)}
    choices = [("", everything), *((region.code, region.name) for region in regions)]
    if (chosen := _chosen(form, name)) and chosen not in dict(choices):
        choices.append((chosen, chosen))
    form.fields[name].widget = forms.Select(choices=choices)
