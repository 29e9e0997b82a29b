"""Lists of the API as files."""

import csv
import io
import zipfile

import pytest

LISTS = ("towns", "ranking-entries", "projects", "statistics", "photos", "parties", "pages")


def rows_of(client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("name", LISTS)
def test_a_file_has_every_row_of_the_list_and_each_language(client, demo, name):
    count = client.get(f"/api/v1/{name}/?page_size=1").json()["count"]

    rows = rows_of(client, f"/api/v1/{name}/?format=csv")

    assert len(rows) == count
    first = client.get(f"/api/v1/{name}/?page_size=1").json()["results"][0]
    bilingual = "name" if "name" in first else "title" if "title" in first else None
    if bilingual:
        assert rows[0][f"{bilingual}.en"] == first[bilingual].get("en", "")


def test_a_file_takes_the_filters_of_its_list(client, demo):
    rows = rows_of(client, "/api/v1/ranking-entries/?format=csv&year=2023")

    assert {row["edition"] for row in rows} == {"top-1000-towns-2023"}
    assert "816" in {row["rank"] for row in rows}


def test_a_workbook_opens(client, demo):
    answer = client.get("/api/v1/towns/?format=xlsx")

    assert answer["Content-Disposition"] == 'attachment; filename="towns.xlsx"'
    assert "xl/worksheets/sheet1.xml" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


def test_an_unchanged_file_is_not_sent_again(client, demo):
    tag = client.get("/api/v1/towns/?format=csv")["ETag"]

    again = client.get("/api/v1/towns/?format=csv", headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path", ["towns/?format=pdf", "towns/441284105/?format=csv", "?format=csv"]
)
def test_what_is_no_list_or_no_format_is_refused_by_name(client, demo, path):
    answer = client.get(f"/api/v1/{path}")

    assert answer.status_code == 400
    assert "format" in answer.json()["parameters"]


def test_a_file_asks_a_bounded_number_of_times(client, demo, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get("/api/v1/ranking-entries/?format=csv")
