import datetime as dt

import pytest
from django.utils import timezone

from tests import records

pytestmark = pytest.mark.django_db


@pytest.fixture
def jinli():
    return records.town("441204115", name_zh="金利镇", name_en="Jinli")


def text(response):
    return " ".join(response.content.decode().split())


def test_list_shows_public_projects_only(client, jinli):
    records.public_project("avenue", jinli)
    records.project("secret", jinli)

    page = text(client.get("/en/projects/"))

    assert "/en/projects/avenue/" in page
    assert "secret" not in page


def test_sum_says_how_many_amounts_are_not_known(client, jinli):
    records.public_project("avenue", jinli, amount=120_000_000)
    records.public_project("bridge", jinli)
    records.public_project("clinic", jinli)

    page = text(client.get("/en/projects/"))

    assert "120 million yuan" in page
    assert "The amounts of 2 projects are not known." in page


def test_sum_of_nothing_known_is_not_known_and_never_zero(client, jinli):
    records.public_project("avenue", jinli)

    response = client.get("/en/projects/")

    assert response.context["sums"].amount is None
    assert '<b class="number">not known</b>' in text(response)
    assert "No amount has been published." in text(response)


def test_amount_of_zero_is_known(client, jinli):
    records.public_project("avenue", jinli, amount=0)

    assert client.get("/en/projects/").context["sums"].without_amount == 0


def test_status_bar_follows_the_filters(client, jinli):
    records.public_project("avenue", jinli, status="under_construction")
    records.public_project("bridge", jinli, status="planned")

    response = client.get("/en/projects/?status=planned&town=441204115")

    bars = response.context["sums"].bars
    assert [(str(bar.label), bar.count, bar.left, bar.width) for bar in bars] == [
        ("planned", 1, "0.00%", "100.00%")
    ]


def test_project_of_two_towns_counts_once(client, jinli):
    dasha = records.town()
    records.public_project("bridge", jinli, dasha, amount=5)

    response = client.get("/en/projects/?town=441204115&town=441284105")

    assert response.context["sums"].count == 1
    assert response.context["page"].paginator.count == 1


def test_wrong_value_is_left_out_and_said(client, jinli):
    records.public_project("avenue", jinli, amount=5)

    page = text(client.get("/en/projects/?amount_min=much&town=x&status=ready"))

    assert "Enter a number. It was left out." in page
    assert "This is not the code of a town. It was left out." in page
    assert "/en/projects/avenue/" in page


@pytest.mark.parametrize("page", ["0", "2", "x"])
def test_list_has_no_page_beyond_its_last(client, page):
    assert client.get(f"/en/projects/?page={page}").status_code == 404


@pytest.mark.parametrize("count", [1, 1000])
def test_list_takes_as_many_queries_for_one_as_for_many(
    client, jinli, count, django_assert_max_num_queries
):
    records.publish(*(records.project(f"road-{number}", jinli) for number in range(count)))

    with django_assert_max_num_queries(10):
        client.get("/en/projects/?town=441204115&status=planned")


def test_unpublished_project_is_not_found(client, jinli):
    records.project("secret", jinli)

    response = client.get("/en/projects/secret/")

    assert response.status_code == 404
    assert "There is no project at this address." in text(response)


def test_project_says_what_is_not_known(client, jinli):
    records.public_project("avenue", jinli)

    page = text(client.get("/en/projects/avenue/"))

    assert page.count('eye eye--unknown" aria-hidden="true"></span><span>not known') == 2


def test_dates_are_as_exact_as_they_are_known(client, jinli):
    project = records.project(
        "avenue", jinli, expected_on=dt.date(2023, 12, 1), expected_precision="month"
    )
    project.milestones.create(
        on=dt.date(2021, 1, 1), precision="year", text_en="Begun", source=project.source
    )
    project.milestones.create(is_expected=True, text_en="Opened", source=project.source)
    records.publish(project)

    page = text(client.get("/en/projects/avenue/"))

    assert "December 2023" in page
    assert "<b>2021</b>" in page
    assert "<b>date not known</b>" in page
    assert page.index("Begun") < page.index("Opened")


def test_name_that_was_not_verified_is_marked_in_chinese(client, jinli):
    records.public_project("avenue", jinli, name_zh="金利大道", is_name_zh_unverified=True)

    page = text(client.get("/zh-hans/projects/avenue/"))

    assert 'class="unverified"' in page


@pytest.mark.parametrize("name_en", ["Jinli Avenue", ""])
def test_an_unverified_chinese_name_is_marked_on_the_english_page_too(client, jinli, name_en):
    records.public_project(
        "avenue", jinli, name_zh="金利大道", name_en=name_en, is_name_zh_unverified=True
    )

    page = text(client.get("/en/projects/avenue/"))

    assert "金利大道" in page
    assert 'class="unverified">Chinese name unverified' in page


@pytest.mark.parametrize(
    ("expected_on", "precision", "status", "is_said"),
    [
        (dt.date(2023, 12, 1), "month", "under_construction", True),
        (dt.date(2999, 12, 1), "month", "under_construction", False),
        (dt.date(2023, 1, 1), "year", "planned", True),
        (dt.date(2023, 12, 1), "day", "in_use", False),
        (dt.date(2023, 12, 1), "day", "stopped", False),
        (None, "day", "planned", False),
    ],
)
def test_an_expected_date_that_has_passed_is_said_to_have(
    client, jinli, expected_on, precision, status, is_said
):
    when = {"expected_on": expected_on, "expected_precision": precision}
    records.public_project("avenue", jinli, status=status, **when)

    text = client.get("/en/projects/avenue/").text

    assert ("That time has passed" in text) == is_said


@pytest.mark.parametrize("precision", ["day", "month", "year"])
def test_today_has_not_passed(jinli, precision):
    today = timezone.localdate()

    made = records.project("avenue", jinli, expected_on=today, expected_precision=precision)

    assert not made.is_overdue


def test_what_is_done_has_no_expected_date_that_is_not_known(client, jinli):
    records.public_project("plaza", jinli, status="in_use")

    assert "Expected completion" not in client.get("/en/projects/plaza/").text
    assert '<td class="void">–</td>' in client.get("/en/projects/").text
