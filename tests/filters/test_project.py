import datetime as dt

import pytest
from django.http import QueryDict

from tests import records
from towns.filters.project import ProjectFilter
from towns.models import Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def projects():
    jinli = records.town("441204115", name_zh="金利镇", name_en="Jinli")
    dasha = records.town("441284105", name_zh="大沙镇", name_en="Dasha")
    records.project("avenue", jinli, status="begun", expected_on=dt.date(2023, 12, 1))
    records.project("bridge", jinli, dasha, name_zh="大桥", amount=120_000_000, status="in_use")
    records.project("clinic", dasha, kind="health", amount=5)


def found(query):
    filterset = ProjectFilter(QueryDict(query), queryset=Project.objects.all())
    assert filterset.is_valid(), filterset.errors
    return [project.slug for project in filterset.qs]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("q=大桥", ["bridge"]),
        ("q=Avenue", ["avenue"]),
        ("q=jinli", ["avenue", "bridge"]),
        ("town=441204115&town=441284105", ["avenue", "bridge", "clinic"]),
        ("town=441284105", ["bridge", "clinic"]),
        ("region=441204", ["avenue", "bridge"]),
        ("kind=health", ["clinic"]),
        ("status=planned&status=in_use", ["bridge", "clinic"]),
        ("expected_after=2023-01-01&expected_before=2023-12-31", ["avenue"]),
        ("ordering=status", ["avenue", "clinic", "bridge"]),
        ("ordering=-amount", ["bridge", "clinic", "avenue"]),
        ("ordering=expected", ["avenue", "bridge", "clinic"]),
    ],
)
def test_projects_are_narrowed_and_ordered(projects, query, slugs):
    assert found(query) == slugs


def test_amount_that_is_not_known_passes_no_bound(projects):
    assert found("amount_min=0") == ["bridge", "clinic"]
    assert found("amount_max=1000") == ["clinic"]


@pytest.mark.parametrize(
    "query",
    ["town=4412", "status=open", "amount_min=NaN", "amount_max=-1", "expected_after=12/2023"],
)
def test_value_that_cannot_be_is_an_error(query):
    assert not ProjectFilter(QueryDict(query), queryset=Project.objects.all()).is_valid()
