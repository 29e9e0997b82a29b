import pytest

from tests import records

pytestmark = pytest.mark.django_db


@pytest.fixture
def dasha():
    return records.town()


@pytest.fixture
def ranking():
    return records.ranking()


def text(response):
    """The text of a page, without its markup's line breaks."""
    return " ".join(response.content.decode().split())


def test_list_shows_public_towns_with_their_newest_rank(client, dasha, ranking):
    hidden = records.town("441284100", name_zh="龙甫镇", name_en="Longfu")
    records.public_edition(ranking, 2023, {dasha: 816})
    records.public_edition(ranking, 2025, {dasha: 794})
    records.edition(ranking, 2024, {hidden: 1})

    page = text(client.get("/en/towns/"))

    assert '<b class="number">794</b>' in page
    assert "816" not in page
    assert "Longfu" not in page


def test_list_keeps_a_wrong_value_out_and_says_so(client, dasha, ranking):
    records.public_edition(ranking, 2023, {dasha: 816})

    response = client.get("/en/towns/?county=nonsense&q=dasha")

    assert response.status_code == 200
    assert "This is not the code of such a region. It was left out." in text(response)
    assert "/en/towns/441284105/" in text(response)


def test_list_says_why_it_is_empty(client):
    assert "No town here fits." in text(client.get("/en/towns/?q=nowhere"))


def test_list_drops_parameters_it_does_not_know(client, ranking):
    towns = [records.town(f"4412841{number:02}") for number in range(30)]
    records.public_edition(ranking, 2023, {town: 1 + rank for rank, town in enumerate(towns)})

    page = text(client.get("/en/towns/?q=dasha&from=singlemessage"))

    assert "?q=dasha&amp;page=2" in page
    assert "singlemessage" not in page.split("<main", 1)[1]


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "99999999999999999999"])
def test_list_has_no_page_beyond_its_last(client, page):
    assert client.get(f"/en/towns/?page={page}").status_code == 404


@pytest.mark.parametrize("count", [1, 1000])
def test_list_takes_as_many_queries_for_one_as_for_many(
    client, ranking, count, django_assert_max_num_queries
):
    towns = [records.town(f"441284{number:03}") for number in range(count)]
    records.public_edition(ranking, 2023, {town: 1 + rank for rank, town in enumerate(towns)})

    with django_assert_max_num_queries(9):
        client.get("/en/towns/")


@pytest.mark.parametrize(
    "code", ["110101001", "44128410", "４４１２８４１０５", "x%00", "44128410a"]
)
def test_unknown_code_is_not_found_and_says_so(client, code):
    response = client.get(f"/en/towns/{code}/")

    assert response.status_code == 404
    assert "There is no page of a town with the code" in text(response)


def test_town_without_a_public_fact_is_not_found(client, dasha, ranking):
    records.edition(ranking, 2023, {dasha: 816})

    assert client.get("/en/towns/441284105/").status_code == 404


def test_merged_town_leads_to_its_public_successor(client, dasha, ranking):
    records.town("441284199", name_en="Old Dasha", successor=dasha)
    records.public_edition(ranking, 2023, {dasha: 816})

    response = client.get("/en/towns/441284199/")

    assert (response.status_code, response["Location"]) == (301, "/en/towns/441284105/")


def test_merged_town_stays_hidden_while_its_successor_is(client, dasha):
    records.town("441284199", name_en="Old Dasha", successor=dasha)

    assert client.get("/en/towns/441284199/").status_code == 404


def test_profile_is_shown_once_it_is_published(client, dasha, ranking):
    dasha.summary_en = "Metal goods are its trade."
    dasha.save()
    dasha.honours.create(name_en="National key town", source=records.source())
    records.public_edition(ranking, 2023, {dasha: 816})

    before = text(client.get("/en/towns/441284105/"))
    records.publish(dasha)
    after = text(client.get("/en/towns/441284105/"))

    assert "Metal goods" not in before
    assert "National key town" not in before
    assert "Metal goods" in after
    assert "National key town" in after


def test_years_that_are_not_known_stay_gaps(client, dasha, ranking):
    for year, rank in ((2019, 887), (2021, 890), (2023, 816), (2025, 794)):
        records.public_edition(ranking, year, {dasha: rank})

    page = text(client.get("/en/towns/441284105/"))

    assert page.count('fill="url(#hatch-top-1000)"') == 3
    assert "<polyline" not in page
    assert "Listed in 2019, 2021, 2023, 2025. Not known: 2020, 2022, 2024." in page


def test_claim_stands_beside_what_the_records_give(client, dasha, ranking):
    edition = records.edition(ranking, 2023, {dasha: 816})
    edition.entries.get().claims.create(
        kind="change", value=84, quotation_en="up 84 places", source=records.source()
    )
    records.publish(edition)

    page = text(client.get("/en/towns/441284105/"))

    assert "<q>up 84 places</q>" in page
    assert 'On record: <span class="eye eye--unknown"' in page


def test_statistics_and_projects_are_the_public_ones(client, dasha):
    records.public_statistic(dasha, indicator_en="Shown output")
    records.public_project("shown-bridge", dasha)
    records.project("hidden-bridge", dasha)

    page = text(client.get("/en/towns/441284105/"))

    assert "Shown output" in page
    assert "Shown-Bridge" in page
    assert "Hidden-Bridge" not in page


def test_name_in_the_other_language_is_marked(client, ranking):
    town = records.town("441284100", name_zh="龙甫镇", name_en="")
    records.public_edition(ranking, 2023, {town: 990})

    page = text(client.get("/en/towns/441284100/"))

    assert '<h1 class="town-name"><span lang="zh-hans">龙甫镇</span></h1>' in page


def test_town_of_the_article_has_its_section_and_pictures(client, demo):
    page = text(client.get("/zh-hans/towns/441204115/"))

    assert "#town-441204115" in page
    assert "金利大道" in page
    assert '<figure class="photo' in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_have_no_inline_style_or_script(client, demo, language):
    for path in ("towns/", "towns/441284105/", "rankings/", "projects/", "projects/jinli-avenue/"):
        page = text(client.get(f"/{language}/{path}"))

        assert " style=" not in page
        for script in page.split("<script")[1:]:
            assert script.startswith((" src=", ' type="application/ld+json"'))


def test_what_is_not_on_record_of_a_town_is_said_together(client, demo):
    nothing = text(client.get("/en/towns/441204111/"))
    much = text(client.get("/en/towns/441284105/"))

    assert nothing.count("Not on record yet") == 1
    assert "No figures are on record yet." in nothing
    assert 'id="projects"' not in nothing
    assert 'id="articles"' in much
    assert "No figures are on record yet." not in much
