"""What the article editor asks the server: live values, and the preview of an unsaved form."""

import pytest
from django.urls import reverse

from towns.models import (
    Article,
    PhotoBlock,
    QuotationBlock,
    RankingBlock,
    StatisticsBlock,
    TextBlock,
    Version,
)

VALUES = "/admin/towns/article/values/"


@pytest.fixture
def desk(signed_in, writer):
    return signed_in(writer)


def preview_url(article: Article) -> str:
    return reverse("admin:towns_article_preview", args=[article.pk])


def change_url(article: Article) -> str:
    return reverse("admin:towns_article_change", args=[article.pk])


def test_a_statistics_block_shows_what_its_records_say_now(desk, records):
    asked = {"kind": "towns_statisticsblock_set", "statistics": records.statistic.pk}

    shown = desk.get(VALUES, asked).content.decode()

    assert "from the record" in shown
    assert "16.438" in shown


def test_a_ranking_block_shows_the_places_of_the_chosen_towns_alone(desk, records, other_town):
    asked = {"kind": "towns_rankingblock_set", "edition": records.edition.pk}

    shown = desk.get(VALUES, asked | {"towns": records.town.pk}).content.decode()
    without = desk.get(VALUES, asked | {"towns": other_town.pk}).content.decode()

    assert "485" in shown
    assert "485" not in without


def test_a_picture_block_shows_the_line_that_readers_will_see(desk, records):
    asked = {"kind": "towns_photoblock_set", "photo": records.photo.pk, "caption_en": "Here"}

    shown = desk.get(VALUES, asked).content.decode()

    assert "△ Here" in shown
    assert "Gaoyao Release" in shown


def test_a_block_without_chosen_records_says_so(desk, records):
    shown = desk.get(VALUES, {"kind": "towns_projectsblock_set"}).content.decode()

    assert "Once the records are chosen" in shown


@pytest.mark.parametrize("kind", ["", "towns_textblock_set"])
def test_nothing_else_has_live_values(desk, records, kind):
    assert desk.get(VALUES, {"kind": kind}).status_code == 404


def test_the_preview_shows_the_posted_form_and_stores_nothing(desk, records, posted):
    data = posted(desk, change_url(records.article), title_en="Another title")
    data["towns_textblock_set-0-html_en"] = "<p>Unsaved <b style='x'>words</b></p>"
    versions = Version.objects.count()

    response = desk.post(f"{preview_url(records.article)}?language=en", data)

    shown = response.content.decode()
    assert "Another title" in shown
    assert "Unsaved" in shown
    assert "style=" not in shown.split("<main")[1].split("</main")[0]
    assert Article.objects.get().title_en == "Four towns"
    assert "485th" in TextBlock.objects.get().html_en
    assert Version.objects.count() == versions


def test_the_preview_leaves_out_blocks_that_lack_a_record_and_those_deleted(desk, records, posted):
    data = posted(desk, change_url(records.article))
    data |= {
        "towns_textblock_set-0-DELETE": "on",
        "towns_photoblock_set-TOTAL_FORMS": "2",
        "towns_photoblock_set-1-ordering": "40",
        "towns_photoblock_set-1-region": "main",
    }

    response = desk.post(f"{preview_url(records.article)}?language=en", data)

    assert response["X-Blocks-Left-Out"] == "1"
    assert "485th" not in response.content.decode()


def test_a_new_article_is_previewed_before_it_is_saved(desk, records, posted):
    data = posted(desk, reverse("admin:towns_article_add"), title_zh="新稿")
    data |= {
        "towns_quotationblock_set-TOTAL_FORMS": "1",
        "towns_quotationblock_set-0-region": "main",
        "towns_quotationblock_set-0-ordering": "10",
        "towns_quotationblock_set-0-text_zh": "路通了。",
        "towns_quotationblock_set-0-party": records.party.pk,
        "towns_statisticsblock_set-TOTAL_FORMS": "1",
        "towns_statisticsblock_set-0-region": "main",
        "towns_statisticsblock_set-0-ordering": "20",
        "towns_statisticsblock_set-0-statistics": [records.statistic.pk],
    }

    response = desk.post(reverse("admin:towns_article_new_preview"), data)

    shown = response.content.decode()
    assert "新稿" in shown
    assert "路通了。" in shown
    assert "高要发布" in shown
    assert "164.38" in shown
    assert response["X-Blocks-Left-Out"] == "0"
    assert not QuotationBlock.objects.exists()
    assert not StatisticsBlock.objects.exists()


def test_only_the_preview_may_stand_in_a_frame_of_our_own(desk, records):
    preview = desk.get(preview_url(records.article))
    form = desk.get(change_url(records.article))

    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert form["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in form["Content-Security-Policy"]


def test_who_does_not_write_sees_the_saved_preview_and_posts_none(signed_in, publisher, records):
    reader = signed_in(publisher)

    assert reader.get(preview_url(records.article)).status_code == 200
    assert reader.post(preview_url(records.article), {}).status_code == 403
    assert reader.get(reverse("admin:towns_article_new_preview")).status_code == 403


def test_save_and_submit_goes_on_to_the_page_that_asks(desk, records, posted):
    data = posted(desk, change_url(records.article), _submit="1")

    response = desk.post(change_url(records.article), data)

    assert response.url == reverse("admin:towns_article_submit", args=[records.article.pk])


def test_a_block_that_was_added_and_deleted_again_is_not_stored(desk, records, posted):
    data = posted(desk, change_url(records.article), _continue="1")
    data |= {
        "towns_rankingblock_set-TOTAL_FORMS": "1",
        "towns_rankingblock_set-0-region": "main",
        "towns_rankingblock_set-0-ordering": "5",
        "towns_rankingblock_set-0-DELETE": "on",
    }

    response = desk.post(change_url(records.article), data)

    assert response.status_code == 302
    assert not RankingBlock.objects.exists()


def test_the_editor_asks_the_database_no_more_for_a_longer_article(
    desk, records, django_assert_max_num_queries
):
    desk.get(change_url(records.article))
    place = {"parent": records.article, "region": "main"}
    for number in range(40):
        TextBlock.objects.create(**place, ordering=100 + number, html_en="<p>More.</p>")
    with django_assert_max_num_queries(170):
        desk.get(change_url(records.article))

    for number in range(10):
        PhotoBlock.objects.create(**place, ordering=200 + number, photo=records.photo)
    with django_assert_max_num_queries(200):
        desk.get(change_url(records.article))
