import datetime as dt

import pytest

from tests.signing import publish_signed
from towns.models import Article, HeadingBlock, TextBlock, Town

ARTICLE = "/{}/articles/four-towns-2023/"


def make_articles(demo, publisher, count):
    for number in range(count):
        article = Article.objects.create(
            slug=f"note-{number}",
            column=demo.article.column,
            title_zh=f"短讯{number}",
            issued_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=number),
        )
        TextBlock.objects.create(parent=article, region="main", ordering=10, html_zh="<p>正文</p>")
        publish_signed(article, by=publisher)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_article_has_all_its_parts(client, demo, language):
    page = client.get(ARTICLE.format(language)).content.decode()

    assert page.count('<figure class="photo') == 13
    assert page.count('id="town-') == 4
    headings = HeadingBlock.objects.filter(parent=demo.article)
    for heading in headings.filter(level=HeadingBlock.Level.SUBHEADING):
        assert heading.texts[language] in page.replace("&#x27;", "'")
    assert "2023-10-20 19:16" in page
    assert demo.article.publications.get().document_id in page
    assert "<small>blog.misdr.net</small>" in page


def test_article_asks_at_most_six_times(client, demo, publisher, django_assert_max_num_queries):
    make_articles(demo, publisher, 3)
    # What stands around every page is asked for once in each version of the site.
    client.get("/en/articles/")

    with django_assert_max_num_queries(6):
        assert client.get(ARTICLE.format("en")).status_code == 200


@pytest.mark.parametrize("page", ["", "articles/"])
def test_lists_ask_as_much_for_one_as_for_many(
    client, demo, publisher, page, django_assert_max_num_queries
):
    bound = 30 if page == "" else 10
    with django_assert_max_num_queries(bound) as one:
        client.get(f"/en/{page}")
    make_articles(demo, publisher, 30)

    with django_assert_max_num_queries(bound) as many:
        client.get(f"/en/{page}")

    assert len(many) <= len(one)


def test_an_article_without_english_is_shown_in_chinese_and_says_so(client, demo, publisher):
    make_articles(demo, publisher, 1)

    page = client.get("/en/articles/note-0/").content.decode()

    assert "This article has not been translated yet" in page
    assert '<header class="page-head" lang="zh-hans">' in page
    assert '<div class="prose" lang="zh-hans"><p>正文</p></div>' in page


def test_article_leads_to_others_about_its_towns_and_to_its_neighbours(client, demo, publisher):
    make_articles(demo, publisher, 2)
    later = Article.objects.get(slug="note-1")
    town = Town.objects.get(code="441284105")
    HeadingBlock.objects.create(
        parent=later, region="main", ordering=5, level=2, town=town, text_zh="大沙镇"
    )
    publish_signed(later, by=publisher)

    page = client.get(ARTICLE.format("en")).content.decode()
    middle = client.get("/en/articles/note-0/").content.decode()

    related = page[page.index("Related articles") :]
    assert related.index("/en/articles/note-1/") < related.index('class="turn"')
    assert 'rel="prev" href="/en/articles/lubu-three-plans/"' in middle
    assert 'rel="next" href="/en/articles/note-1/"' in middle


def test_section_says_what_is_on_record_today(client, demo):
    page = client.get(ARTICLE.format("en")).content.decode()

    assert "on record now: 2025, No. <b>485</b>" in page


def test_a_script_in_the_text_is_not_kept(client, demo, publisher):
    block = TextBlock.objects.filter(parent=demo.article).first()
    block.html_en = '<p onclick="x()">Hello<script>alert(1)</script></p>'
    block.full_clean()
    block.save()
    publish_signed(demo.article, by=publisher)

    page = client.get(ARTICLE.format("en")).content.decode()

    assert "alert(1)" not in page
    assert "onclick" not in page


def test_the_list_says_what_an_article_is_about_and_leaves_no_empty_line(client, demo, publisher):
    make_articles(demo, publisher, 1)

    page = client.get("/en/articles/").content.decode()

    assert page.count('class="story__stand"') == len(demo.articles)
    assert demo.article.summary_en in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "2"])
def test_absurd_pages_do_not_exist(client, demo, page):
    answer = client.get(f"/en/articles/?page={page}")

    assert answer.status_code == 404
    assert "There is no such page of this list." in answer.content.decode()


def test_unknown_parameters_are_dropped(client, demo):
    assert client.get("/en/articles/?from=singlemessage&isappinstalled=0").status_code == 200


def test_a_long_ranking_block_says_once_what_is_known_of_no_town(client, demo):
    note = "Where these are not given for a town, they are not known"

    twelve = client.get("/en/articles/twelve-towns-2025/").content.decode()
    four = client.get(ARTICLE.format("en")).content.decode()

    # Four towns that were listed before, and Dasha once more in the block of 2023.
    assert twelve.count('<dl class="answers">') == 5
    assert twelve.count(note) == 1
    assert note not in four
