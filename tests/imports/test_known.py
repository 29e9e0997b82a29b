from tests import records
from towns.imports.known import known_places_and_parties
from towns.models import Party


def test_gazetteer_of_the_records_knows_names_in_both_languages(db, django_assert_num_queries):
    records.town("441284105", other_names="大沙公社\nTai Sa")
    Party.objects.create(name_zh="四会发布", other_names="the Fourth Session", kind="media")

    with django_assert_num_queries(3):
        known = known_places_and_parties()

    for name in ("大沙镇", "大沙鎮", "Dasha Town", "Tai Sa Town"):
        (mention,) = known.mentions(name.replace("鎮", "镇"))
        assert [town.code for town in mention.towns] == ["441284105"]
    assert [area.code for area in mention.towns[0].above] == ["441284", "4412", "44"]
    assert known.party("the Fourth Session").name_zh == "四会发布"
    assert known.party("四會發布").name_zh == "四会发布"
    assert known.party("somebody else") is None
