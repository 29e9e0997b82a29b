"""Publishing a whole list costs about as many queries as publishing one line of it."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import records
from tests.signing import person
from towns.documents.cells import keep_cells
from towns.models import Change, Ranking, RankingEdition, RankingEntry, Town, User, Version
from towns.publishing.record import publish_records


def _edition(year: int, size: int, *, writer: User) -> RankingEdition:
    """Each entry was entered by a person, and each town becomes public by it."""
    county = records.region(f"44{year % 100:02}84")
    codes = [f"{county.code}{number:03}" for number in range(size)]
    towns = Town.objects.bulk_create(
        Town(code=code, county=county, name_en=f"Town {code}") for code in codes
    )
    ranking = Ranking.objects.first() or records.ranking()
    made = records.edition(ranking, year, {}, size=5000)
    entries = RankingEntry.objects.bulk_create(
        RankingEntry(edition=made, town=town, rank=rank, source=made.source)
        for rank, town in enumerate(towns, start=1)
    )
    document = keep_cells(entries[0])
    Version.objects.bulk_create(
        Version(record=entry, name="-", document=document, act="saved", saved_by=writer)
        for entry in entries
    )
    return made


def _queries(edition: RankingEdition, by: User) -> int:
    with CaptureQueriesContext(connection) as captured:
        publish_records([edition], by=by)
    return len(captured)


def test_three_hundred_entries_cost_hardly_more_queries_than_one(publisher):
    writer = person("writer")
    small, large = (_edition(year, size, writer=writer) for year, size in ((2022, 1), (2023, 300)))

    few, many = _queries(small, publisher), _queries(large, publisher)

    assert Change.objects.filter(kind="ranking-entry").count() == 301
    # What is written goes in groups, as many as the database takes at once.
    assert many - few < 40


def test_more_entries_than_a_condition_may_have(publisher):
    edition = _edition(2023, 1000, writer=person("writer"))

    publish_records([edition], by=publisher)

    assert Change.objects.filter(kind="town").count() == 1000
