import pytest

from tests.articles import corrected, public_article, withdrawn

PAGES = ("/en/corrections/", "/zh-hans/corrections/")


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (PAGES[0], "Nothing was corrected or withdrawn so far."),
        (PAGES[1], "至今没有更正或撤回。"),
    ],
)
def test_an_empty_list_says_so(client, db, page, sentence):
    public_article()

    assert sentence in client.get(page).text


def test_corrections_and_withdrawals_stand_in_one_list_the_newest_first(client, db):
    first, second = public_article(), public_article("second", title_en="Second")
    corrected(first.article)
    withdrawn(second.article, en="A figure was wrong.")

    page = client.get(PAGES[0]).text

    places = [page.index(words) for words in ("A figure was wrong.", "One mended.")]
    assert places == sorted(places)
    assert '<a href="/en/articles/first/">First</a>' in page
    assert '<a href="/en/articles/second/">An article was withdrawn</a>' in page
    assert "Second" not in page
    assert "改正一处。" in client.get(PAGES[1]).text


def test_the_title_is_the_one_that_the_public_reads_now(client, db):
    first = public_article(title_en="A name that must go").article
    first.title_en = "Another title"
    first.save()
    corrected(first)

    page = client.get(PAGES[0]).text

    assert "Another title" in page
    assert "must go" not in page


def test_what_came_back_is_no_longer_called_withdrawn(client, db):
    article = public_article().article
    withdrawn(article)
    article.title_en = "Back again"
    article.save()
    corrected(article)

    page = client.get(PAGES[0]).text

    assert "An article was withdrawn" not in page
    assert "Wrong." not in page


def test_corrections_of_a_withdrawn_article_go_with_it(client, db):
    article = public_article().article
    corrected(article)
    withdrawn(article)

    page = client.get(PAGES[0]).text

    assert "One mended." not in page
    assert page.count("An article was withdrawn") == 1


def test_the_list_is_in_the_footer_and_the_sitemap(client, db):
    assert 'href="/en/corrections/"' in client.get("/en/").text
    assert "/zh-hans/corrections/" in client.get("/sitemap-lists-1.xml").text


def test_the_list_asks_as_much_for_one_as_for_many(client, db, django_assert_max_num_queries):
    corrected(public_article().article)
    client.get(PAGES[0])
    with django_assert_max_num_queries(6) as one:
        client.get(PAGES[0])
    for number in range(4):
        corrected(public_article(f"more-{number}").article)

    client.get(PAGES[0])
    with django_assert_max_num_queries(6) as many:
        client.get(PAGES[0])

    assert len(many) == len(one)
