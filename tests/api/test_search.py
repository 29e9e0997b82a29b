import pytest

from tests.records import public_project, town


def get(client, **query):
    return client.get("/api/v1/search/", query, headers={"accept-language": "en"})


def test_answers_carry_both_languages_and_lead_on(client, demo):
    page = get(client, q="jinli").json()

    assert (page["count"], page["is_exact"], page["previous"]) == (22, True, None)
    first = page["results"][0]
    assert (first["kind"], first["id"]) == ("town", "441204115")
    assert first["title"] == {"zh-hans": "金利镇", "en": "Jinli"}
    assert set(first["excerpt"]) == {"zh-hans", "en"}
    assert first["related"]["pages"]["en"] == "http://testserver/en/towns/441204115/"
    assert first["related"]["record"] == "http://testserver/api/v1/towns/441204115/"


def test_the_record_of_every_result_answers(client, demo):
    results = get(client, q="金利").json()["results"]

    assert {result["kind"] for result in results} == {
        *("town", "article", "project", "ranking-edition", "statistic", "photo")
    }
    for result in results:
        assert client.get(result["related"]["record"]).status_code == 200


def test_the_answer_does_not_depend_on_the_readers_language(client, demo):
    answers = [
        client.get("/api/v1/search/?q=hardware", headers={"accept-language": language}).content
        for language in ("en", "zh-CN")
    ]

    assert answers[0] == answers[1]


def test_following_next_gives_every_result_once(client, demo):
    address, seen, counts = "/api/v1/search/?q=jinli&page_size=4", [], []

    while address:
        page = client.get(address).json()
        seen += [(result["kind"], result["id"]) for result in page["results"]]
        counts.append(page.get("count"))
        address = page["next"]

    assert len(seen) == len(set(seen)) == 22
    assert counts == [22] + [None] * 5


def test_previous_leads_back(client, demo):
    first = get(client, q="jinli", page_size=4).json()
    second = client.get(first["next"]).json()

    assert client.get(second["previous"]).json() == first


def test_one_kind(client, demo):
    page = get(client, q="jinli", kind="project").json()

    assert page["count"] == 10
    assert {result["kind"] for result in page["results"]} == {"project"}


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "！！"}, {"q": "zzzyyy"}])
def test_nothing_found(client, demo, query):
    page = get(client, **query).json()

    assert (page["count"], page["results"], page["next"]) == (0, [], None)


@pytest.mark.django_db
def test_what_comes_near_is_not_called_exact(client):
    public_project("hardware-park", town())

    page = get(client, q="hardw").json()

    assert (page["count"], page["is_exact"]) == (1, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "name", "message"),
    [
        ({"q": "x" * 10**5}, "q", "at most 100 characters"),
        ({"q": "x", "kind": "party"}, "kind", "town, article, project"),
        ({"q": "x", "cursor": "abc"}, "cursor", "Invalid cursor"),
        ({"q": "x", "cursor": "é"}, "cursor", "Invalid cursor"),
        ({"q": "x", "cursor": "YWZ0ZXIgLTE="}, "cursor", "Invalid cursor"),
        ({"q": "x", "page_size": "0"}, "page_size", "1–200"),
    ],
)
def test_values_that_cannot_be_are_refused(client, query, name, message):
    answer = get(client, **query)

    assert answer.status_code == 400
    assert answer.json()["parameters"][name].startswith(message)


@pytest.mark.django_db
def test_an_unknown_parameter_is_refused(client):
    answer = get(client, q="x", colour="red")

    assert answer.status_code == 400
    known = ["cursor", "format", "kind", "page_size", "q"]
    assert answer.json()["known_parameters"] == known
