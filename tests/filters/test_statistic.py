import pytest
from django.http import QueryDict

from tests import records
from towns.filters.statistic import StatisticFilter
from towns.models import Statistic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("town=441284105", 2),
        ("town=441284100", 0),
        ("unit=yuan", 1),
        ("qualifier=over", 1),
        ("basis=planned", 0),
        ("project=avenue", 0),
    ],
)
def test_statistics_are_narrowed(query, count):
    dasha = records.town()
    records.public_statistic(dasha)
    records.public_statistic(dasha, unit="projects", qualifier="over")

    filterset = StatisticFilter(QueryDict(query), queryset=Statistic.objects.all())

    assert filterset.is_valid()
    assert filterset.qs.count() == count


@pytest.mark.parametrize("query", ["unit=stones", "basis=guess", "qualifier=maybe"])
def test_value_that_cannot_be_is_an_error(query):
    assert not StatisticFilter(QueryDict(query), queryset=Statistic.objects.all()).is_valid()
