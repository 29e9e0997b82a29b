import json

import pytest

pytestmark = pytest.mark.django_db

MEMBERS = ["type", "title", "status", "detail", "instance"]


@pytest.mark.parametrize(
    ("path", "options", "status"),
    [
        ("towns/?colour=red", {}, 400),
        ("towns/?format=xml", {}, 400),
        ("schema/?colour=red", {}, 400),
        ("towns/000000000/", {}, 404),
        ("nothing/at/all/", {}, 404),
        ("towns/", {"headers": {"accept": "text/csv"}}, 406),
        ("schema/", {"headers": {"accept": "image/png"}}, 406),
    ],
)
def test_an_error_is_a_problem_document(client, path, options, status):
    answer = client.get(f"/api/v1/{path}", **options)

    problem = json.loads(answer.content)
    assert answer.status_code == problem["status"] == status
    assert answer["Content-Type"] == "application/problem+json"
    assert list(problem)[:5] == MEMBERS
    assert problem["instance"] == f"/api/v1/{path}"


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options"])
def test_an_unknown_address_is_unknown_whatever_is_done_to_it(client, method):
    assert getattr(client, method)("/api/v1/nothing/").status_code == 404


def test_an_address_without_its_slash_is_sent_on(client):
    answer = client.get("/api/v1/towns")

    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/towns/")


def test_json_may_be_asked_for_by_name(client):
    assert client.get("/api/v1/towns/?format=json").status_code == 200


def test_a_fault_of_ours_is_a_problem_document(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("towns.api.views.RecordView._filtered", lambda *_: 1 / 0)

    answer = client.get("/api/v1/towns/")

    assert answer.status_code == answer.json()["status"] == 500
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("held", ["{}", 'W/"x", {}', "*", '"0", {}'])
def test_a_partner_who_holds_the_answer_is_not_sent_it_again(client, held):
    tag = client.get("/api/v1/towns/")["ETag"]

    answer = client.get("/api/v1/towns/", headers={"if-none-match": held.format(tag)})

    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_what_is_wrong_comes_before_what_is_unchanged(client):
    tag = client.get("/api/v1/towns/")["ETag"]

    for path in ("towns/?colour=red", "towns/000000000/"):
        answer = client.get(f"/api/v1/{path}", headers={"if-none-match": tag})
        assert answer.status_code in (400, 404)


def test_public_data_may_be_read_by_other_sites(client):
    assert client.get("/api/v1/towns/")["Access-Control-Allow-Origin"] == "*"
