"""Lists as files, and the towns of a ranking year by year."""

import csv
import io

import pytest

EDITION = "/en/rankings/top-1000-towns/2025/"
TOWN = "/en/towns/441284105/"
YEARS = "/en/rankings/top-1000-towns/years/"


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("address", [EDITION, YEARS, "/en/projects/", TOWN])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_lists_are_there_as_files(client, demo, address, form):
    answer = client.get(address, {"format": form})

    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    assert len(answer.content) > 500


def test_file_of_an_edition_says_what_is_not_known(client, demo):
    found = {row["Code"]: row for row in rows(client.get(EDITION, {"format": "csv"}))}

    jinli = found["441204115"]
    assert len(found) == 16
    assert (jinli["Rank"], jinli["English name"], jinli["City"]) == ("485", "Jinli", "Zhaoqing")
    assert jinli["On the year before"] == "not known"
    assert jinli["2023"] == "listed, rank not published"


def test_file_keeps_to_the_filters(client, demo):
    found = rows(client.get(EDITION, {"format": "csv", "county": "441284"}))

    assert {row["County or district"] for row in found} == {"Sihui"}


def test_unknown_format_is_the_page(client, demo):
    assert client.get(EDITION, {"format": "exe"})["Content-Type"].startswith("text/html")


def test_unknown_amount_is_a_word_and_no_zero(client, demo):
    found = rows(client.get("/en/projects/", {"format": "csv"}))

    assert len(found) == 18
    assert {row["Amount in yuan"] for row in found} == {"not known"}


def test_years_stand_side_by_side(client, demo):
    text = client.get(YEARS).content.decode()

    assert all(f'<th scope="col">{year}</th>' in text for year in range(2019, 2026))
    assert "Dasha" in text
    assert client.get("/en/rankings/nothing/years/").status_code == 404


def test_years_ask_a_bounded_number_of_times(client, demo, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get(YEARS)


def test_timeline_shows_dates_as_exactly_as_they_are_known(client, demo):
    text = client.get("/en/projects/").content.decode()

    assert "4 projects have a date" in text
    assert "none is known of 14" in text
    assert "url(#hatch-new-pearl-upgrade)" in text
