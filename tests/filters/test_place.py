import pytest
from django.http import QueryDict

from tests import records
from towns.filters.place import TownFilter
from towns.models import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns():
    records.town("441204115", name_zh="金利镇", name_en="Jinli")
    records.town("441284105", name_zh="大沙镇", name_en="Dasha")
    records.town("440511101", name_zh="金浦街道", name_en="Jinpu", kind="subdistrict")


def found(query):
    return [town.name_en for town in TownFilter(QueryDict(query), queryset=Town.objects.all()).qs]


@pytest.mark.parametrize("term", ["金利", "jinli", "Jinli", "JL", "金利镇"])
def test_town_is_found_by_any_form_of_its_name(towns, term):
    assert found(f"q={term}") == ["Jinli"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("province=44", ["Jinpu", "Jinli", "Dasha"]),
        ("prefecture=4412", ["Jinli", "Dasha"]),
        ("county=441284", ["Dasha"]),
        ("region=4412", ["Jinli", "Dasha"]),
        ("kind=subdistrict", ["Jinpu"]),
        ("utm_source=x", ["Jinpu", "Jinli", "Dasha"]),
    ],
)
def test_towns_are_narrowed(towns, query, names):
    assert found(query) == names


@pytest.mark.parametrize("query", ["province=4412", "county=abc", "region=44%25", "kind=city"])
def test_value_that_cannot_be_is_an_error(query):
    filterset = TownFilter(QueryDict(query), queryset=Town.objects.all())

    assert not filterset.is_valid()


def test_error_leaves_the_other_fields_working(towns):
    assert found("county=441284&kind=city") == ["Dasha"]
