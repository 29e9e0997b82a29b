import pytest

from towns.keeping.divisions import load_divisions, read_rows
from towns.language.pinyin import romanise
from towns.models import Region, Town

pytestmark = pytest.mark.django_db


def test_file_holds_all_divisions():
    counts = dict.fromkeys((2, 4, 6, 9), 0)

    for row in read_rows():
        counts[len(row.code)] += 1

    assert counts == {2: 31, 4: 342, 6: 2978, 9: 41352}


def test_county_and_name_identify_a_town_but_province_and_name_do_not():
    towns = [row for row in read_rows() if len(row.code) == 9]

    assert len({(row.parent, row.name) for row in towns}) == len(towns)
    assert len({(row.code[:2], row.name) for row in towns}) < len(towns)
    assert sum(row.name == "大沙镇" for row in towns) == 4


def test_no_english_name_of_guangdong_is_a_sentence_run_together():
    """深圳市宝安国际机场 is an airport; a name of four syllables has 16 letters at most here."""
    names = {romanise(row.name, code=row.code) for row in read_rows() if row.code[:2] == "44"}

    assert [name for name in names if max(map(len, name.split())) > 16] == []
    assert not names & {"Kaifa", "Baoshui", "Gongye Park", "Shilukuang"}


def test_loading_again_changes_nothing():
    first = load_divisions(under="4412")

    again = load_divisions(under="4412")

    assert first.created == Town.objects.count() + Region.objects.count()
    assert (again.created, again.updated, again.unchanged) == (0, 0, first.created)


def test_loading_keeps_an_english_name_that_somebody_changed():
    load_divisions(under="441204")
    Town.objects.filter(code="441204115").update(name_en="Kamlei", name_zh="金厘镇")

    outcome = load_divisions(under="441204")

    town = Town.objects.get(code="441204115")
    assert (town.name_zh, town.name_en, outcome.updated) == ("金利镇", "Kamlei", 1)


def test_towns_stand_in_their_county_with_kind_date_and_place():
    load_divisions(under="441284")

    dasha = Town.objects.get(code="441284105")

    assert [region.name for region in dasha.county.path] == ["Guangdong", "Zhaoqing", "Sihui"]
    assert (dasha.name_en, dasha.kind, str(dasha.code_as_of)) == ("Dasha", "town", "2023-06-30")
