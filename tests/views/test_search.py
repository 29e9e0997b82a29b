import re

import pytest

from tests.records import public_project, town

MOST_QUERIES = 11


def text_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("query", ["金利", "jinli", "JINLI", "hardware"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_words_are_marked_and_results_stand_by_kind(client, demo, query, language):
    text = text_of(client, f"/{language}/search/?q={query}")

    assert "<mark" in text
    kinds = re.findall(r'class="section-title"><h2>([^<]+)</h2>', text)
    assert kinds[0] == {"zh-hans": "镇", "en": "Towns"}[language]
    assert kinds[1] == {"zh-hans": "文章", "en": "Articles"}[language]


def test_the_page_says_what_pinyin_also_matched(client, demo):
    text = text_of(client, "/zh-hans/search/?q=jinli")

    assert "“jinli”按拼音也找了" in text
    assert '<mark lang="zh-hans">金利</mark>' in text
    assert "<mark>金利</mark>大道" in text
    assert "共 <b>22</b> 条" in text


def test_an_edition_shows_the_place_of_the_town(client, demo):
    text = text_of(client, "/zh-hans/search/?q=金利")

    assert "<mark>金利</mark>镇 第 485 位" in text
    assert "<mark>金利</mark>镇 在榜，名次未公布" in text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=金利",
        "q=jinli+hardware+zzz",
        "q=金利镇五金",
        "q=金力镇",
        "q=jinli&kind=project",
        "q=zz",
    ],
)
def test_the_number_of_queries_is_bounded(client, demo, query, django_assert_max_num_queries):
    # What stands around every page is asked for once in each version of the site.
    client.get("/en/articles/")

    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(f"/en/search/?{query}")

    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(f"/en/search/suggestions/?{query}")


@pytest.mark.django_db
def test_one_kind_goes_on_page_by_page(client):
    place = town()
    for number in range(25):
        public_project(f"road-{number:02}", place, name_en=f"Road {number:02}")

    first = text_of(client, "/en/search/?q=road&kind=project")
    second = text_of(client, "/en/search/?q=road&kind=project&page=2")

    roads = [re.findall(r"</mark> (\d\d)</a>", text) for text in (first, second)]
    assert [len(page) for page in roads] == [20, 5]
    assert len({*roads[0], *roads[1]}) == 25
    assert "?q=road&amp;kind=project&amp;page=2" in first
    assert "page=2" not in text_of(client, "/en/search/?q=road")
    assert client.get("/en/search/?q=road&kind=project&page=3").status_code == 404


@pytest.mark.parametrize("query", ["kind=nonsense", "utm_source=wechat"])
def test_what_the_page_does_not_know_is_dropped(client, demo, query):
    assert "21" in text_of(client, f"/en/search/?q=jinli&{query}")


def test_nothing_found_offers_the_likely_name(client, demo):
    text = text_of(client, "/zh-hans/search/?q=金力镇")

    assert "没有找到“金力镇”" in text
    assert '<a href="/zh-hans/towns/441204115/"><b>金利镇</b></a> （读音相同）' in text


def test_what_comes_near_is_said_to(client, demo):
    assert "没有与输入完全相符的内容" in text_of(client, "/zh-hans/search/?q=金利镇五金")
    assert "没有与输入完全相符的内容" not in text_of(client, "/zh-hans/search/?q=金利")


def test_nothing_typed_shows_where_to_begin(client, demo):
    text = text_of(client, "/zh-hans/search/?q=+")

    assert "可以从这里看起" in text
    assert "/zh-hans/rankings/top-1000-towns/2025/" in text


@pytest.mark.parametrize("letter", ["x", "金", "a ", "%00"])
def test_a_query_of_a_hundred_thousand_characters_is_cut(client, demo, letter):
    text = text_of(client, f"/en/search/?q={letter * 10**5}")

    assert "only its first 100 characters were used" in text
    assert re.search(r'name="q" value="(.*?)"', text, re.DOTALL)[1].count(letter) <= 100


def test_what_was_typed_is_never_markup(client, demo):
    text = text_of(client, "/en/search/?q=<b>jinli</b>\"'")

    assert "<b>jinli" not in text
    assert "&lt;b&gt;jinli" in text


def test_every_page_has_a_field_that_works_without_script(client, demo):
    text = text_of(client, "/zh-hans/towns/")

    form = re.search(r'<form class="find".*?</form>', text, re.DOTALL)[0]
    assert 'role="search" action="/zh-hans/search/"' in form
    assert '<label class="visually-hidden" for="find">搜索镇、文章、项目和数据</label>' in form
    assert 'id="find" name="q"' in form
    assert text_of(client, "/zh-hans/search/").count('name="q"') == 1


def test_suggestions_are_options_by_kind(client, demo):
    text = text_of(client, "/zh-hans/search/suggestions/?q=jinl")

    assert "<html" not in text
    assert 'data-status="22 条结果，用上下方向键选择。"' in text
    assert 'role="option" data-href="/zh-hans/towns/441204115/"' in text
    assert "<mark>金利</mark>镇" in text
    assert "搜“jinl”的全部 22 条结果" in text


@pytest.mark.parametrize("query", ["", "q=", "q=zzzyyy", "q=!", f"q={'x' * 10**5}"])
def test_no_suggestions(client, demo, query):
    assert 'role="option"' not in text_of(client, f"/en/search/suggestions/?{query}")


def test_all_that_is_suggested_is_found_by_the_page_too(client, demo):
    for typed in ("jinl", "j", "金", "hardw", "jld"):
        suggested = text_of(client, f"/en/search/suggestions/?q={typed}")
        count = re.search(r"(\d+) results? for", suggested)[1]

        assert re.search(rf"<b>{count}</b> result", text_of(client, f"/en/search/?q={typed}")), (
            typed
        )
