"""What the editions held say about a town; Dasha and Longfu are those of the article of 2023."""

import pytest

from tests import records
from towns.models import Standing, rank_histories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ranking():
    return records.ranking()


@pytest.fixture
def dasha():
    return records.town()


@pytest.fixture
def longfu():
    return records.town("441284100", name_zh="龙甫镇", name_en="Longfu")


@pytest.fixture
def dasha_held(ranking, dasha):
    for year, rank in ((2019, 887), (2021, 890), (2023, 816), (2025, 794)):
        records.public_edition(ranking, year, {dasha: rank})


def history(ranking, town):
    return rank_histories(ranking, [town])[town.pk]


def test_dasha_leaves_gaps_between_the_years_on_record(ranking, dasha, dasha_held):
    places = history(ranking, dasha).places

    assert [place.rank for place in places] == [887, None, 890, None, 816, None, 794]
    assert places[1].standing == Standing.UNKNOWN


def test_change_is_not_known_without_the_year_before(ranking, dasha, dasha_held):
    assert history(ranking, dasha).change(2023) is None


def test_streak_is_not_known_without_the_year_before(ranking, dasha, dasha_held):
    assert history(ranking, dasha).streak(2023) is None


def test_first_time_is_no_once_an_earlier_year_lists_the_town(ranking, dasha, dasha_held):
    assert history(ranking, dasha).first_time(2023) is False


def test_latest_is_the_newest_listed_year(ranking, dasha, dasha_held):
    assert history(ranking, dasha).latest.rank == 794


def test_first_time_is_not_known_while_earlier_editions_are_missing(ranking, longfu):
    records.public_edition(ranking, 2023, {longfu: 990})

    assert history(ranking, longfu).first_time(2023) is None


def test_change_is_known_with_the_edition_of_the_year_before(ranking, dasha, dasha_held):
    records.public_edition(ranking, 2022, {dasha: 900}, is_whole=True)

    assert history(ranking, dasha).change(2023) == 84


def test_change_is_not_known_where_one_rank_was_not_published(ranking, dasha):
    records.public_edition(ranking, 2022, {dasha: None})
    records.public_edition(ranking, 2023, {dasha: 816})

    place = history(ranking, dasha).at(2022)
    assert (place.standing, place.is_listed) == (Standing.LISTED, True)
    assert history(ranking, dasha).change(2023) is None


def test_absence_from_a_covered_region_is_not_listed(ranking, dasha, longfu):
    records.public_edition(ranking, 2023, {dasha: 816}, covered=("4412",))

    assert history(ranking, longfu).at(2023).standing == Standing.NOT_LISTED


def test_absence_from_a_region_that_is_not_covered_is_not_known(ranking, dasha):
    far = records.town("440511101", name_zh="谷饶镇", name_en="Gurao")
    records.public_edition(ranking, 2023, {dasha: 816}, covered=("4412",))

    assert history(ranking, far).at(2023).standing == Standing.UNKNOWN


def test_absence_from_a_whole_edition_is_not_listed(ranking, dasha, longfu):
    records.public_edition(ranking, 2023, {dasha: 816}, is_whole=True)

    assert history(ranking, longfu).at(2023).standing == Standing.NOT_LISTED


def test_streak_ends_at_a_year_not_listed(ranking, dasha, longfu):
    records.public_edition(ranking, 2021, {longfu: 1}, is_whole=True)
    records.public_edition(ranking, 2022, {dasha: 900})
    records.public_edition(ranking, 2023, {dasha: 816})

    assert history(ranking, dasha).streak(2023) == 2


def test_streak_reaches_back_to_the_first_edition_there_was(dasha):
    ranking = records.ranking(first_year=2022)
    records.public_edition(ranking, 2022, {dasha: 900})
    records.public_edition(ranking, 2023, {dasha: 816})

    assert history(ranking, dasha).streak(2023) == 2


def test_first_time_is_yes_in_the_first_edition_there_was(dasha):
    ranking = records.ranking(first_year=2023)
    records.public_edition(ranking, 2023, {dasha: 816})

    assert history(ranking, dasha).first_time(2023) is True


def test_first_time_is_yes_where_every_earlier_edition_is_whole(dasha, longfu):
    ranking = records.ranking(first_year=2022)
    records.public_edition(ranking, 2022, {longfu: 5}, is_whole=True)
    records.public_edition(ranking, 2023, {dasha: 816})

    assert history(ranking, dasha).first_time(2023) is True


def test_unpublished_editions_say_nothing(ranking, dasha):
    records.public_edition(ranking, 2023, {dasha: 816})
    records.edition(ranking, 2022, {dasha: 900}, is_whole=True)

    assert history(ranking, dasha).change(2023) is None
    assert [place.year for place in history(ranking, dasha).places] == [2023]


def test_histories_of_many_towns_take_three_queries(ranking, django_assert_num_queries):
    towns = [records.town(f"4412841{number:02}") for number in range(40)]
    records.public_edition(ranking, 2023, {town: 1 + rank for rank, town in enumerate(towns)})

    with django_assert_num_queries(3):
        rank_histories(ranking, towns)
