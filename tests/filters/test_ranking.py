import pytest
from django.http import QueryDict

from tests import records
from towns.filters.ranking import EditionEntryFilter, EntryFilter
from towns.models import RankingEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    jinli = records.town("441204115", name_zh="金利镇", name_en="Jinli")
    dasha = records.town("441284105", name_zh="大沙镇", name_en="Dasha")
    ranking = records.ranking()
    records.edition(ranking, 2023, {dasha: 816, jinli: None})
    records.edition(ranking, 2025, {dasha: 794, jinli: 485})


def found(query, filters=EntryFilter):
    filterset = filters(QueryDict(query), queryset=RankingEntry.objects.all())
    assert filterset.is_valid(), filterset.errors
    return [(entry.town.name_en, entry.edition.year) for entry in filterset.qs]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("year=2025&q=jinli", [("Jinli", 2025)]),
        ("town=441284105&ordering=rank", [("Dasha", 2025), ("Dasha", 2023)]),
        ("region=441204&ordering=rank", [("Jinli", 2025), ("Jinli", 2023)]),
        ("ranking=another", []),
        ("year=2023&ordering=rank", [("Dasha", 2023), ("Jinli", 2023)]),
        ("year=2023&ordering=-rank", [("Dasha", 2023), ("Jinli", 2023)]),
        ("year=2025&ordering=name", [("Dasha", 2025), ("Jinli", 2025)]),
        ("year=2025&ordering=-name", [("Jinli", 2025), ("Dasha", 2025)]),
    ],
)
def test_entries_are_narrowed_and_ordered(entries, query, rows):
    assert found(query) == rows


@pytest.mark.parametrize("query", ["year=23", "year=2023.5", "year=1e9", "region=4", "ordering=x"])
def test_value_that_cannot_be_is_an_error(query):
    assert not EntryFilter(QueryDict(query), queryset=RankingEntry.objects.all()).is_valid()


def test_page_of_an_edition_does_not_narrow_by_another_year(entries):
    assert len(found("year=2023", EditionEntryFilter)) == 4
