import pytest

from tests import records

pytestmark = pytest.mark.django_db


@pytest.fixture
def ranking():
    return records.ranking()


@pytest.fixture
def dasha():
    return records.town()


def text(response):
    return " ".join(response.content.decode().split())


def hold_many(ranking, count, years=(2022, 2023)):
    towns = [
        records.town(f"441284{number:03}", name_en=f"Town {number}") for number in range(count)
    ]
    for year in years:
        records.public_edition(
            ranking, year, {town: 1 + rank for rank, town in enumerate(towns)}, covered=("4412",)
        )


def test_list_names_editions_held(client, ranking, dasha):
    records.public_edition(ranking, 2023, {dasha: 816})
    records.edition(ranking, 2024, {dasha: 800})

    page = text(client.get("/en/rankings/"))

    assert "/en/rankings/top-1000/2023/" in page
    assert "/en/rankings/top-1000/2024/" not in page


def test_ranking_without_a_public_edition_is_not_found(client, ranking, dasha):
    records.edition(ranking, 2023, {dasha: 816})

    assert client.get("/en/rankings/top-1000/").status_code == 404
    assert client.get("/en/rankings/top-1000/2023/").status_code == 404


def test_ranking_leads_to_its_newest_public_edition(client, ranking, dasha):
    records.public_edition(ranking, 2021, {dasha: 890})
    records.public_edition(ranking, 2023, {dasha: 816})
    records.edition(ranking, 2025, {dasha: 794})

    response = client.get("/en/rankings/top-1000/")

    assert (response.status_code, response["Location"]) == (302, "/en/rankings/top-1000/2023/")


def test_years_that_are_not_held_stand_among_the_tabs(client, ranking, dasha):
    records.public_edition(ranking, 2021, {dasha: 890})
    records.public_edition(ranking, 2023, {dasha: 816})

    page = text(client.get("/en/rankings/top-1000/2023/"))

    assert "2022 not held" in page
    assert client.get("/en/rankings/top-1000/2022/").status_code == 404


def test_coverage_says_where_absence_means_not_listed(client, ranking, dasha):
    records.public_edition(ranking, 2023, {dasha: 816}, covered=("4412",))

    page = text(client.get("/en/rankings/top-1000/2023/"))

    assert "The list names 1000 towns; 1 are held here." in page
    assert "Region 4412 (1)" in page
    assert "Elsewhere, absent here does not mean not listed." in page


def test_whole_edition_says_that_absence_means_not_listed(client, ranking, dasha):
    records.public_edition(ranking, 2023, {dasha: 816}, is_whole=True)

    page = text(client.get("/en/rankings/top-1000/2023/"))

    assert "It is held in full: a town that is absent here was not listed." in page


def test_entry_shows_change_streak_and_the_edition_before(client, ranking, dasha):
    records.public_edition(ranking, 2022, {dasha: 900})
    records.public_edition(ranking, 2023, {dasha: 816})

    page = text(client.get("/en/rankings/top-1000/2023/"))

    assert "↑ up 84" in page
    assert (
        '<td data-label="Years running" class="void"><span class="small">not known</span></td>'
        in page
    )
    assert '<td data-label="First time">no</td>' in page
    assert '<span class="eye eye--recorded" aria-hidden="true"></span><span>900</span>' in page


def test_entry_whose_rank_was_not_published_stands_last(client, ranking, dasha):
    jinli = records.town("441204115", name_zh="金利镇", name_en="Jinli")
    records.public_edition(ranking, 2023, {jinli: None, dasha: 816})

    page = text(client.get("/en/rankings/top-1000/2023/"))

    assert page.index("/en/towns/441284105/") < page.index("/en/towns/441204115/")
    assert "For 1 town the rank was not published." in page


def test_entries_are_narrowed_and_ordered(client, ranking):
    hold_many(ranking, 12)

    page = text(client.get("/en/rankings/top-1000/2023/?county=441284&q=Town 1&ordering=-rank"))

    assert page.index("/en/towns/441284011/") < page.index("/en/towns/441284001/")
    assert "/en/towns/441284002/" not in page
    assert "<b>3</b> towns" in page


def test_wrong_value_is_left_out_and_said(client, ranking, dasha):
    records.public_edition(ranking, 2023, {dasha: 816})

    page = text(client.get("/en/rankings/top-1000/2023/?province=x&ordering=height"))

    assert "This is not the code of such a region. It was left out." in page
    assert "/en/towns/441284105/" in page


def test_distribution_counts_the_entries_of_each_city(client, ranking, dasha):
    far = records.town("440511101", name_zh="谷饶镇", name_en="Gurao")
    jinli = records.town("441204115", name_zh="金利镇", name_en="Jinli")
    records.public_edition(ranking, 2023, {dasha: 816, jinli: 485, far: 622})

    response = client.get("/en/rankings/top-1000/2023/")

    holding = response.context["holding"]
    assert [(bar.region.code, bar.count, bar.width) for bar in holding.cities] == [
        ("4412", 2, "100.00%"),
        ("4405", 1, "50.00%"),
    ]
    assert [(bar.label, bar.count) for bar in holding.parts] == [
        ("251–500", 1),
        ("501–750", 1),
        ("751–1000", 1),
    ]


@pytest.mark.parametrize("page", ["0", "3", "x", "999999999999"])
def test_edition_has_no_page_beyond_its_last(client, ranking, page):
    hold_many(ranking, 51, years=(2023,))

    assert client.get("/en/rankings/top-1000/2023/?page=2").status_code == 200
    assert client.get(f"/en/rankings/top-1000/2023/?page={page}").status_code == 404


@pytest.mark.parametrize("count", [1, 1000])
def test_edition_takes_as_many_queries_for_one_as_for_many(
    client, ranking, count, django_assert_max_num_queries
):
    hold_many(ranking, count)
    # What stands around every page is asked for once in each version of the site.
    client.get("/en/articles/")

    with django_assert_max_num_queries(10):
        client.get("/en/rankings/top-1000/2023/?q=town&county=441284")


def test_list_takes_as_many_queries_for_many(client, dasha, django_assert_max_num_queries):
    for number in range(30):
        records.public_edition(records.ranking(f"list-{number}"), 2023, {dasha: 1})

    with django_assert_max_num_queries(8):
        client.get("/en/rankings/")
