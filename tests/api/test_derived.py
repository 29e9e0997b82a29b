import pytest

from tests.records import public_edition, ranking, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def jinli():
    place = town("441204101", name_zh="金利镇", name_en="Jinli")
    top = ranking(first_year=2022)
    public_edition(top, 2022, {}, is_whole=True)
    public_edition(top, 2023, {place: 900}, is_whole=True)
    public_edition(top, 2024, {place: 816}, is_whole=True)
    return place


def test_a_town_has_its_latest_rank_and_its_history(client, jinli):
    [derived] = client.get("/api/v1/towns/441204101/").json()["derived"]["rankings"]

    assert derived["latest"] == {
        "year": 2024,
        "standing": "ranked",
        "rank": 816,
        "change": 84,
        "streak": 2,
        "is_first_time": False,
    }
    assert [(year["year"], year["standing"]) for year in derived["history"]] == [
        (2022, "not_listed"),
        (2023, "ranked"),
        (2024, "ranked"),
    ]


def test_an_entry_knows_the_year_before(client, jinli):
    entries = client.get("/api/v1/ranking-entries/?ordering=rank")
    [first, second] = client.get("/api/v1/ranking-entries/").json()["results"]

    assert entries.status_code == 400
    assert first["derived"] == {
        "change": None,
        "streak": 1,
        "is_first_time": True,
        "previous": {"year": 2022, "standing": "not_listed", "rank": None},
    }
    assert second["derived"]["previous"] == {"year": 2023, "standing": "ranked", "rank": 900}


def test_rankings_do_not_mix(client, jinli):
    public_edition(ranking("other"), 2024, {jinli: 5})

    derived = client.get("/api/v1/towns/441204101/").json()["derived"]["rankings"]
    entries = client.get("/api/v1/ranking-entries/?ranking=other").json()["results"]

    assert {of["ranking"]: of["latest"]["rank"] for of in derived} == {"top-1000": 816, "other": 5}
    assert entries[0]["derived"]["streak"] is None


@pytest.mark.parametrize("path", ["towns", "ranking-entries"])
def test_many_rankings_cost_no_more_queries(client, jinli, path, django_assert_max_num_queries):
    others = [town(f"4412041{number:02}", name_zh=f"{number}镇") for number in range(20, 40)]
    with django_assert_max_num_queries(10) as before:
        client.get(f"/api/v1/{path}/")

    for number in range(6):
        places = {place: rank for rank, place in enumerate([jinli, *others], start=1)}
        public_edition(ranking(f"ranking-{number}"), 2024, places)
    with django_assert_max_num_queries(10) as after:
        client.get(f"/api/v1/{path}/")

    assert len(after) == len(before)
