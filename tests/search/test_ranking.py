"""Names stand before what only happens to hold the same two characters."""

import pytest

from towns.models import SearchEntry
from towns.search import Query
from towns.search.backend import backend
from towns.search.contents import Content, Name
from towns.search.entries import entry_from
from towns.search.kinds import KINDS, SPAN
from towns.search.query import LONGEST_QUERY

pytestmark = pytest.mark.django_db
TOWN, ARTICLE = KINDS[0], KINDS[1]
EVERYTHING = [(0, 10 * SPAN)]


def write(kind, number, title, text="", linked=()):
    content = Content({"zh-hans": title}, {"zh-hans": text}, linked=list(linked))
    entry = entry_from(kind.id_of(number), f"{kind.name}-{number}", content)
    entry.save(force_insert=True)


def best(typed: str, limit: int = 10) -> list[str]:
    [ids] = backend().ranked(Query.parse(typed).tiers, EVERYTHING, limit=limit)
    titles = SearchEntry.objects.in_bulk(ids)
    return [titles[pk].title_zh for pk in ids]


def test_false_matches_never_outrank_names():
    write(ARTICLE, 1, "提高资金利用率", "资金利用率" * 200)
    write(ARTICLE, 2, "五金走出去", "五金" * 50, [Name(("金利镇", "Jinli"), "441204115")])
    write(ARTICLE, 3, "金利大道通车", "", [Name(("金利镇", "Jinli"), "441204115")])
    write(TOWN, 1, "金利镇")
    for number in range(4, 30):
        write(ARTICLE, number, f"第 {number} 篇", "资金利用率很高。")

    assert best("金利")[:4] == ["金利镇", "金利大道通车", "五金走出去", "提高资金利用率"]
    assert best("jinli") == ["金利镇", "金利大道通车", "五金走出去", "提高资金利用率"]


def test_a_stretch_of_chinese_is_found_as_it_stands():
    write(ARTICLE, 1, "利金镇金利")

    assert best("金利") == ["利金镇金利"]
    assert best("镇") == ["利金镇金利"]
    assert best("利金镇") == ["利金镇金利"]
    assert best("金镇利") == []


def test_pinyin_of_two_names_is_not_read_together():
    write(ARTICLE, 1, "某", linked=[Name(("金利",)), Name(("大沙",))])

    assert best("lida") == []
    assert best("jinli") == ["某"]


def test_each_page_goes_on_where_the_one_before_ended():
    for number in range(40):
        title = f"金利 {number}" if number % 3 else f"某 {number}"
        write(ARTICLE, number, title, "金利" * (number % 7 + 1))

    whole = best("金利", limit=40)

    assert len(set(whole)) == 40
    for limit in (1, 7, 25):
        assert best("金利", limit=limit) == whole[:limit]


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "!!", '"', "'", "*", "(", "-", "\0", "🙂", "p0", "%s", ":*", "& | <->"),
        *("NEAR(a b)", "a AND", "金利*", "exact: x", "1e5 0x1f 3.5", "an" * 50),
        *("x" * 10**5, "金" * 10**5, "a " * 10**5),
    ],
    ids=lambda typed: ascii(typed[:20]),
)
def test_no_input_breaks_the_index(typed):
    write(ARTICLE, 1, "金利")
    query = Query.parse(typed)

    for asked in (query, query.relaxed(), query.by_sound(), Query.parse(typed, is_typing=True)):
        backend().ranked(asked.tiers, EVERYTHING, limit=5)
        for tier in asked.tiers:
            backend().counts(tier, span=SPAN)
        backend().look(asked.tiers, EVERYTHING, limit=5, span=SPAN)

    assert len(query.text) <= LONGEST_QUERY
    assert query.is_cut == (len(typed) > LONGEST_QUERY)
