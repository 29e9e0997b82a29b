import django_filters as filters
from django.utils.translation import gettext_lazy as _

from towns.filters.place import RegionCodeFilter
from towns.models import Statistic


class StatisticFilter(filters.FilterSet):
    town = filters.CharFilter(label=_("Code of the town"), field_name="town__code", max_length=9)
    region = RegionCodeFilter(label=_("Code of the region"), field_name="region__code")
    project = filters.CharFilter(label=_("Project"), field_name="project__slug", max_length=80)
    unit = filters.ChoiceFilter(label=_("Unit"), choices=Statistic.Unit.choices)
    basis = filters.ChoiceFilter(label=_("Basis"), choices=Statistic.Basis.choices)
    qualifier = filters.ChoiceFilter(label=_("Qualifier"), choices=Statistic.Qualifier.choices)

    class Meta:
        model = Statistic
        fields = ()
