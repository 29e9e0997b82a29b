import pytest
from django.urls import reverse

from towns.models import Town
from towns.publishing.record import publish_records


def suggestions(client, model: str, field: str, term: str) -> list[str]:
    query = {"app_label": "towns", "model_name": model, "field_name": field, "term": term}
    response = client.get(reverse("admin:autocomplete"), query)
    return [result["text"] for result in response.json()["results"]]


@pytest.mark.parametrize("term", ["金利", "jinli", "Jinli", "高要 jinli", "441204115"])
def test_town_is_found_in_three_spellings(term, town, writer, signed_in):
    client = signed_in(writer, "zh-hans")

    found = suggestions(client, "headingblock", "town", term)

    assert found == ["金利镇 · 高要区 · 肇庆市 (441204115)"]


def test_public_town_comes_first(town, publisher, writer, signed_in):
    Town.objects.create(code="441204000", county=town.county, name_zh="金利镇", name_en="Jinli")
    publish_records([town], by=publisher)

    found = suggestions(signed_in(writer), "headingblock", "town", "jinli")

    assert [text[-10:-1] for text in found] == ["441204115", "441204000"]


def test_before_typing_only_used_towns_are_offered(records, writer, signed_in):
    county = records.town.county
    Town.objects.create(code="441204999", county=county, name_zh="无事镇", name_en="Wushi")

    found = suggestions(signed_in(writer, "zh-hans"), "headingblock", "town", "")

    assert found == ["金利镇 · 高要区 · 肇庆市 (441204115)"]


def test_what_was_chosen_stands_in_the_form_under_its_label(records, writer, signed_in):
    url = reverse("admin:towns_rankingentry_change", args=[records.entry.pk])

    response = signed_in(writer, "zh-hans").get(url)

    assert "金利镇 · 高要区 · 肇庆市 (441204115)" in response.text


@pytest.mark.parametrize(
    ("model", "field", "term"),
    [
        ("honour", "source", "gaoyao"),
        ("photoblock", "photo", "高要发布"),
        ("photocredit", "party", "gaoyao"),
        ("projectsblock", "projects", "jinli"),
        ("rankingblock", "edition", "2023"),
        ("statisticsblock", "statistics", "金利"),
        ("statistic", "region", "Gaoyao"),
    ],
)
def test_other_records_are_found(model, field, term, records, writer, signed_in):
    assert len(suggestions(signed_in(writer), model, field, term)) == 1


def test_suggestions_make_as_many_queries_for_many_towns(
    town, writer, signed_in, django_assert_max_num_queries
):
    client = signed_in(writer)
    for number in range(30):
        Town.objects.create(code=f"4412042{number:02}", county=town.county, name_zh="金利镇")

    with django_assert_max_num_queries(7):
        found = suggestions(client, "headingblock", "town", "jinli")

    assert len(found) == 20
