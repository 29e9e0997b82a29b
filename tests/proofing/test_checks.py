"""One test for each check of the register."""

import pytest

from tests import records
from towns.models import Article, Column, HeadingBlock, Photo, PhotoBlock, TextBlock
from towns.proofing.checks import CHECKS, proof
from towns.proofing.languages import ONE_SIDED
from towns.proofing.pictures import NO_ALT
from towns.proofing.privacy import IDENTITY, MOBILE
from towns.proofing.ranks import OTHER_RANK
from towns.publishing.readiness import readiness


@pytest.fixture
def article(db) -> Article:
    column = Column.objects.create(slug="news", name_en="News")
    return Article.objects.create(slug="one", column=column, title_en="On the national list")


def add(article: Article, model: type, **values):
    ordering = 10 * (1 + sum(block.objects.count() for block in (HeadingBlock, TextBlock)))
    return model.objects.create(parent=article, region="main", ordering=ordering, **values)


def said(article: Article, check: str) -> list[str]:
    return [remark.message for remark in proof(article) if remark.check == check]


def test_every_check_is_tried_here():
    assert set(CHECKS) == {IDENTITY, MOBILE, OTHER_RANK, NO_ALT, ONE_SIDED}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>身份证号11010519491231002X。</p>", 1),
        ("<p>编号110105194912310021。</p>", 0),  # its check digit is wrong
        ("<p>Order 1234567890123456789.</p>", 0),
    ],
)
def test_identity_numbers_stop(article, text, found):
    block = add(article, TextBlock, html_zh=text)

    assert len(said(article, IDENTITY)) == found
    stopped = [one for one in readiness(article) if one.check == IDENTITY]
    assert [one.block for one in stopped] == [1] * found
    assert all("11010519491231002X" not in one.message for one in stopped), block


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("联系人 13812345678", ["The mobile number 138****5678 must not become public."]),
        ("138-1234-5678", ["The mobile number 138****5678 must not become public."]),
        ("0758-2234567", []),
        ("产值 213812345678 元", []),
    ],
)
def test_mobile_numbers_stop(article, text, found):
    article.summary_zh = text

    assert said(article, MOBILE) == found


def ranked(article: Article) -> None:
    town = records.town()
    other = records.town("441284107", name_zh="龙甫镇", name_en="Longfu")
    records.edition(records.ranking(name_zh="千强镇"), 2023, {town: 816, other: 990})
    for place in (town, other):
        add(article, HeadingBlock, level=2, town=place, text_zh=place.name_zh)
        text = "<p>2023年全国千强镇榜单中，位列第{}位。</p>"
        add(article, TextBlock, html_zh=text.format(818 if place == town else 990))


def test_a_rank_other_than_the_record_warns(article):
    ranked(article)

    [remark] = [one for one in proof(article) if one.check == OTHER_RANK]

    assert remark.message == "The text says No. 818; the record of Dasha says No. 816."
    assert (remark.rests_on.rank, remark.block) == (816, TextBlock.objects.first())


@pytest.mark.parametrize(
    "text",
    [
        "2023年全国千强镇榜单中，位列第816位。",
        "去年全国千强镇榜单中，位列第900位。",
        "全省百强镇榜单中，位列第12位。",
        "全国千强镇榜单中，大沙镇、龙甫镇分别排名第816、990位。",
        "2022年全国千强镇榜单中，位列第900位。",
    ],
)
def test_a_rank_of_another_list_or_year_is_no_contradiction(article, text):
    ranked(article)
    TextBlock.objects.filter(html_zh__contains="818").update(html_zh=f"<p>{text}</p>")

    assert said(article, OTHER_RANK) == []


def test_a_picture_without_alternative_text_warns_and_can_take_its_caption(article, picture):
    photo = Photo(caption_en="A village sign")
    photo.image.save("p.jpg", picture(), save=True)
    add(article, PhotoBlock, photo=photo)

    [remark] = proof(article)

    assert (remark.check, remark.cure) == (NO_ALT, "Take the caption")
    Photo.objects.update(alt_en="A stone sign with red characters")
    assert proof(article) == []


def test_a_block_in_one_language_is_noted_where_the_article_has_both(article):
    add(article, TextBlock, html_zh="<p>话。</p>")

    alone = said(article, ONE_SIDED)
    article.title_zh = "上榜"

    assert (alone, said(article, ONE_SIDED)) == ([], ["The English is missing here."])
