import base64

import pytest

from tests.records import public_project, town
from towns.models import Project

pytestmark = pytest.mark.django_db


def cursor(position: str) -> str:
    return base64.b64encode(f"p={position}".encode()).decode()


@pytest.fixture
def five_projects():
    place = town()
    for name in "abcde":
        public_project(f"project-{name}", place)


def test_following_next_gives_every_record_once(client, five_projects):
    address, slugs = "/api/v1/projects/?page_size=2", []

    while address:
        page = client.get(address).json()
        slugs += [project["slug"] for project in page["results"]]
        address = page["next"]

    assert slugs == sorted(Project.objects.values_list("slug", flat=True))


@pytest.mark.parametrize("size", ["0", "201", "0000000005", "-1", "1.5", "٣", "²", "all", ""])
def test_page_size_out_of_range_is_refused(client, size):
    answer = client.get("/api/v1/towns/", {"page_size": size})

    assert answer.status_code == 400
    assert answer.json()["parameters"] == {"page_size": "1–200"}
    assert "q" in answer.json()["known_parameters"]


@pytest.mark.parametrize(
    ("path", "made_up"),
    [
        ("articles/", "yesterday"),
        ("articles/", "9" * 40),
        ("statistics/", "abc"),
        ("statistics/", "9" * 40),
        ("towns/", "\0"),
        ("towns/", "9" * 400),
        ("ranking-editions/", "abc"),
    ],
)
def test_a_made_up_cursor_is_refused(client, path, made_up):
    answer = client.get(f"/api/v1/{path}", {"cursor": cursor(made_up)})

    assert answer.status_code == 400
    assert list(answer.json()["parameters"]) == ["cursor"]


def test_a_cursor_belongs_to_lists_only(client, five_projects):
    answer = client.get("/api/v1/projects/project-a/", {"cursor": "x"})

    assert answer.status_code == 400
    assert answer.json()["known_parameters"] == ["format"]
