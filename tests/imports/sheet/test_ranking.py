import pytest

from tests import records
from tests.imports.sheet.books import RANKS, book, check, keep_as, outcomes, sentences, upload
from towns.models import RankingEdition, RankingEntry, UploadRow, Version


@pytest.fixture
def places(db) -> dict:
    county = records.region("441204")
    for code, name in (("44", "广东省"), ("4412", "肇庆市"), ("441204", "高要区")):
        area = records.region(code)
        area.name_zh = name
        area.save()
    sihui = records.region("441284")
    sihui.name_zh, sihui.name_en = "四会市", "Sihui"
    sihui.save()
    kaiping = records.region("440783")
    kaiping.name_zh = "开平市"
    kaiping.save()
    records.ranking(name_zh="千强镇")
    return {
        "jinli": records.town("441204115", name_zh="金利镇", name_en="Jinli", other_names="金利墟"),
        "baitu": records.town("441204102", name_zh="白土镇", name_en="Baitu"),
        "dasha": records.town("441284105"),
        "other": records.town("440783106", name_zh="大沙镇", name_en="Dasha"),
        "county": county,
    }


def answers(size: int = 3, coverage: str = "unknown") -> dict[str, str]:
    key = "top-1000-2025"
    return {
        "ranking": "top-1000",
        "year": "2025",
        f"{key}__size": str(size),
        f"{key}__coverage": coverage,
        f"{key}__source": "A report",
    }


@pytest.fixture
def source(db):
    return records.source()


def test_a_list_is_kept_and_the_same_file_changes_nothing(places, source):
    data = book(
        RANKS,
        (1, "金利镇", "高要区", "肇庆市", "广东省"),
        (2, "白土镇", "高要区", "肇庆市", "广东省"),
        ("未公布", "大沙镇", "四会市", "肇庆市", "广东省"),
    )
    made = upload("ranking-edition", data, **answers(coverage="whole"))

    keep_as(made)

    edition = RankingEdition.objects.get()
    assert (edition.year, edition.size, edition.is_whole, edition.is_public) == (
        2025,
        3,
        True,
        False,
    )
    assert [entry.rank for entry in edition.entries.order_by("town__code")] == [2, 1, None]
    assert UploadRow.objects.filter(upload=made).count() == 4
    assert set(Version.objects.values_list("act", flat=True)) == {"imported"}
    again = check("ranking-edition", data, **answers(coverage="whole"))
    assert outcomes(again) == ["unchanged"] * 3


def test_coverage_is_asked_and_never_preset(places, source):
    data = book(RANKS, (1, "金利镇", "高要区", "", ""))
    said = {key: value for key, value in answers().items() if "coverage" not in key}

    found = check("ranking-edition", data, **said)

    [question] = found.checked.open_questions
    assert question.key == "top-1000-2025:coverage"
    assert not found.checked.is_clean


def test_names_are_understood_in_many_spellings(places, source):
    data = book(
        RANKS,
        (1, "金利", "高要", "肇庆", "广东"),
        (2, "广东省肇庆市高要区白土镇", "", "", ""),
        (3, "大沙镇", "四会", "", ""),
    )

    found = check("ranking-edition", data, **answers())

    towns = [row.values["place"].code for row in found.checked.rows]
    assert towns == ["441204115", "441204102", "441284105"]
    assert sentences(found) == []


@pytest.mark.parametrize("name", ["金利墟", "Jinli", "Jinli Town", "金 利 镇"])
def test_former_names_and_english_ones_are_understood(places, source, name):
    found = check("ranking-edition", book(RANKS, (1, name, "高要区", "", "")), **answers())

    assert found.checked.rows[0].values["place"].code == "441204115"


def test_an_ambiguous_name_is_asked_answered_and_remembered(places, source):
    data = book(RANKS, (1, "大沙镇", "", "", "广东省"))

    found = check("ranking-edition", data, **answers())

    assert outcomes(found) == ["question"]
    [question] = found.checked.rows[0].questions
    assert question.place == "B2"
    assert {choice.value for choice in question.choices} == {"441284105", "440783106"}
    made = upload(
        "ranking-edition", data, **answers(), **{question.key.replace(":", "__", 1): "441284105"}
    )
    keep_as(made)
    assert RankingEntry.objects.get().town == places["dasha"]
    # The next list with the same words is not asked again.
    assert outcomes(check("ranking-edition", data, **answers())) == ["unchanged"]


def test_a_town_that_is_not_there_is_a_fault_with_what_it_might_be(places, source):
    found = check("ranking-edition", book(RANKS, (1, "金力镇", "高要区", "", "")), **answers())

    assert outcomes(found) == ["fault"]
    [question] = found.checked.rows[0].questions
    assert [choice.value for choice in question.choices] == ["441204115"]


def test_faults_say_where_what_and_what_would_be_right(places, source):
    data = book(
        RANKS,
        (1, "金利镇", "高要区", "", ""),
        (1, "白土镇", "高要区", "", ""),
        (9999, "大沙镇", "四会市", "", ""),
        (None, "大沙镇", "开平市", "", ""),
        (3, "金利镇", "高要区", "", ""),
        (2, "不存在镇", "", "", ""),
    )

    found = check("ranking-edition", data, **answers(size=6))

    assert sentences(found) == [
        "A3: Row 2, 金利镇, has rank 1 already. Mark both as tied if that is so; "
        "otherwise put one right.",
        "A4: This list names 6 towns: a rank is from 1 to 6.",
        "A5: The rank is empty. Write “未公布” where it was not published.",
        "B6: Row 2 has 金利镇 already. A town stands in a list once.",
        "B7: No town is so called. Write its name and county, or its code.",
    ]


def test_a_whole_list_has_no_gaps_and_ties_are_marked(places, source):
    head = (*RANKS, "并列")
    tied = book(head, (1, "金利镇", "高要区", "", "", "是"), (1, "白土镇", "高要区", "", "", "是"))
    gap = book(RANKS, (1, "金利镇", "高要区", "", ""), (3, "白土镇", "高要区", "", ""))

    assert check("ranking-edition", tied, **answers(2, "whole")).checked.is_clean
    found = check("ranking-edition", gap, **answers(3, "whole"))
    assert sentences(found) == [": Top 1,000 Towns 2025: missing from the whole list: rank 2."]


def test_two_towns_may_change_places(places, source):
    edition = records.edition(
        records.Ranking.objects.get(), 2025, {places["jinli"]: 1, places["baitu"]: 2}
    )
    data = book(RANKS, (2, "金利镇", "高要区", "", ""), (1, "白土镇", "高要区", "", ""))

    keep_as(upload("ranking-edition", data, **answers()))

    ranks = dict(edition.entries.values_list("town__name_zh", "rank"))
    assert ranks == {"金利镇": 2, "白土镇": 1}
