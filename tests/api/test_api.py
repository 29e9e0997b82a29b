import hashlib
import json

import pytest

from towns.models import (
    Change,
    Project,
    Publication,
    RankingEdition,
    RankingEntry,
    Region,
    Source,
    Statistic,
    Town,
)

KINDS = {
    "regions": "region",
    "towns": "town",
    "parties": "party",
    "sources": "source",
    "rankings": "ranking",
    "ranking-editions": "ranking-edition",
    "ranking-entries": "ranking-entry",
    "projects": "project",
    "statistics": "statistic",
    "photos": "photo",
    "pages": "page",
}


def get(client, path, **query):
    return client.get(f"/api/v1/{path}", query, headers={"accept-language": "en"})


def test_root_lists_everything_that_answers(client, demo):
    root = get(client, "")

    assert root.status_code == 200
    others = {"columns", "articles", "search", "changes", "digest", "schema", "docs"}
    assert set(root.json()) == {*KINDS, *others}
    for address in root.json().values():
        assert client.get(address).status_code == 200


def test_counts_of_the_demo_read_through_the_api(client, demo):
    counts = {path: get(client, f"{path}/").json()["count"] for path in (*KINDS, "articles")}

    assert counts == {
        "regions": 22,
        "towns": 36,
        "parties": 32,
        "sources": 10,
        "rankings": 1,
        "ranking-editions": 4,
        "ranking-entries": 42,
        "projects": 18,
        "statistics": 22,
        "photos": 20,
        "pages": 3,
        "articles": 4,
    }


@pytest.mark.parametrize("path", KINDS)
def test_a_partner_can_recompute_every_digest(client, demo, path):
    record = get(client, f"{path}/").json()["results"][0]

    own = {k: v for k, v in record.items() if k not in ("digest", "related", "derived")}
    envelope = {"schema": 1, "kind": KINDS[path], "content": own}
    text = json.dumps(envelope, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == record["digest"]


@pytest.mark.parametrize("path", KINDS)
def test_list_and_detail_show_the_same_record(client, demo, path):
    listed = get(client, f"{path}/").json()["results"][0]
    record_id = listed.get("id") or listed.get("code") or listed["slug"]

    detail = get(client, f"{path}/{record_id}/")

    assert detail.status_code == 200
    assert detail.json() == listed


def test_digest_in_the_log_is_that_of_the_record(client, demo):
    town = get(client, "towns/441284105/").json()

    line = Change.objects.filter(kind="town", permanent_id="441284105").latest("seq")

    assert line.digest == town["digest"]


def test_article_is_shown_as_frozen_in_both_languages(client, demo):
    article = get(client, "articles/four-towns-2023/").json()

    assert article["digest"] == Publication.objects.get(slug=article["slug"]).document_id
    assert article["issued_at"] == "2023-10-20T11:16:00Z"
    assert sum(block["type"] == "photo" for block in article["blocks"]) == 13
    assert "金利" in article["related"]["html"]["zh-hans"]
    assert "Jinli" in article["related"]["html"]["en"]


def test_derived_answers_have_a_third_value(client, demo):
    [entry] = get(client, "ranking-entries/", town="441284105", year="2023").json()["results"]

    assert entry["rank"] == 816
    assert entry["derived"] == {
        "change": None,
        "streak": None,
        "is_first_time": False,
        "previous": {"year": 2022, "standing": "unknown", "rank": None},
    }
    assert [claim["value"] for claim in entry["claims"]] == [84, 3]


def test_count_stands_on_the_first_page_only(client, demo):
    first = get(client, "statistics/", page_size="10").json()

    second = client.get(first["next"]).json()

    assert first["count"] == 22
    assert "count" not in second
    assert client.get(second["next"]).json()["next"] is None
    assert client.get(second["previous"]).json()["results"] == first["results"]


@pytest.mark.parametrize(
    ("path", "query", "named"),
    [
        ("towns/", {"foo": "1"}, "foo"),
        ("towns/441284105/", {"q": "1"}, "q"),
        ("articles/", {"colour": "red"}, "colour"),
        ("changes/", {"since": "3"}, "since"),
        ("", {"x": "y"}, "x"),
        ("towns/", {"page_size": "0"}, "page_size"),
        ("towns/", {"page_size": "9" * 50}, "page_size"),
        ("towns/", {"cursor": "nonsense"}, "cursor"),
        ("statistics/", {"unit": "parsecs"}, "unit"),
        ("ranking-entries/", {"year": "soon"}, "year"),
        ("changes/", {"after": "-1"}, "after"),
        ("changes/", {"after": "1" * 30}, "after"),
    ],
)
def test_a_bad_parameter_is_named(client, demo, path, query, named):
    answer = get(client, path, **query)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert named in answer.json()["parameters"]


@pytest.mark.parametrize(
    "path",
    [
        "towns/000000000/",
        "towns/大沙镇/",
        "ranking-editions/top-1000-towns-2022/",
        "ranking-editions/top-1000-towns-99999999999999999999/",
        "ranking-entries/00000000-0000-0000-0000-000000000000/",
        "articles/nothing/",
        "nothing/",
        "towns/441284105/nothing/",
    ],
)
@pytest.mark.parametrize(("language", "title"), [("en", "Not found"), ("zh-hans", "没有找到")])
def test_what_is_not_there_is_a_problem_in_the_readers_language(
    client, demo, path, language, title
):
    answer = client.get(f"/api/v1/{path}", headers={"accept-language": language})

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.json()["status"], answer.json()["title"]) == (404, title)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written(client, demo, method):
    assert getattr(client, method)("/api/v1/towns/441284105/").status_code == 405


def test_unchanged_answers_are_not_sent_again(client, demo):
    first = get(client, "towns/")

    again = client.get("/api/v1/towns/", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_changes_come_in_order_from_where_the_partner_stands(client, demo):
    first = get(client, "changes/", page_size="7").json()
    seen = [line["seq"] for line in first["results"]]

    rest = client.get(first["next"]).json()["results"]

    assert seen == list(range(1, 8))
    assert rest[0]["seq"] == 8


def _many(demo):
    """A thousand more towns, each with a place in a ranking, a number and a project."""
    county, source = Region.objects.get(code="441204"), Source.objects.first()
    edition, example = RankingEdition.objects.get(year=2025), Project.objects.public().first()
    state = {"published_at": example.published_at, "published_by": example.published_by}
    numbers = range(1000)
    towns = Town.objects.bulk_create(
        Town(code=f"9{number:08}", county=county, name_zh=f"{number}镇") for number in numbers
    )
    RankingEntry.objects.bulk_create(
        RankingEntry(edition=edition, town=town, source=source) for town in towns
    )
    Statistic.objects.bulk_create(
        Statistic(town=town, indicator_zh="村", value=1, unit="villages", source=source, **state)
        for town in towns
    )
    projects = Project.objects.bulk_create(
        Project(
            slug=f"p{number}", name_zh="路", kind="road", status="begun", source=source, **state
        )
        for number in numbers
    )
    Project.towns.through.objects.bulk_create(
        Project.towns.through(project=project, town=town)
        for project, town in zip(projects, towns, strict=True)
    )


@pytest.mark.parametrize("path", [*KINDS, "articles", "changes"])
def test_a_list_asks_as_much_for_one_as_for_many(client, demo, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(10) as one:
        assert client.get(f"/api/v1/{path}/?page_size=200").status_code == 200
    _many(demo)

    with django_assert_max_num_queries(10) as many:
        assert client.get(f"/api/v1/{path}/?page_size=200").status_code == 200

    assert len(many) <= len(one)
