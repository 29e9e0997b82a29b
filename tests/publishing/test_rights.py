"""A picture that may not be shown stops what would show it, and says what to do."""

import datetime as dt

import pytest
from django.utils import timezone

from tests import records
from tests.signing import sign_all, submit_by_writer
from towns.models import Article, Column, Party, Photo, PhotoBlock, PhotoCredit
from towns.publishing.article import publish_article
from towns.publishing.readiness import readiness
from towns.publishing.record import publish_records
from towns.publishing.refusal import NotReadyError

DAY = timezone.localdate
MINORS = (
    "The picture “A school” shows minors without a consent: write down who consented, or choose "
    "another."
)


@pytest.fixture
def photo(db, picture) -> Photo:
    made = Photo.objects.create(image=picture(), caption_en="A school")
    party = Party.objects.create(kind="media", name_en="A Paper")
    PhotoCredit.objects.create(photo=made, kind="photographed", party=party)
    return made


@pytest.fixture
def article(photo) -> Article:
    column = Column.objects.create(slug="news", name_en="News")
    made = Article.objects.create(slug="first", column=column, title_en="First")
    PhotoBlock.objects.create(parent=made, region="main", ordering=1, photo=photo)
    return made


def told(article: Article) -> list[tuple[int | None, str]]:
    fresh = Article.objects.get(pk=article.pk)
    return [(finding.block, finding.message) for finding in readiness(fresh)]


def test_a_licence_stops_from_the_day_after_its_last(article, photo):
    Photo.objects.update(licence_ends=DAY())
    on_the_last_day = told(article)
    ended = DAY() - dt.timedelta(days=1)
    Photo.objects.update(licence_ends=ended)

    assert on_the_last_day == []
    assert told(article) == [
        (
            1,
            f"The licence of the picture “A school” ended on {ended}: renew it, or choose another.",
        )
    ]


def test_minors_need_a_consent(article):
    Photo.objects.update(shows_minors=True, minors_consent=" ")
    without = told(article)
    Photo.objects.update(minors_consent="The school, 2023-09-02; folder 7")

    assert without == [(1, MINORS)]
    assert told(article) == []


def test_a_map_needs_its_number(article):
    Photo.objects.update(is_map=True)
    without = told(article)
    Photo.objects.update(map_approval="粤S(2019)064号")

    assert without == [
        (
            1,
            "The picture “A school” shows a map without an approval number: enter it, or choose "
            "another.",
        )
    ]
    assert told(article) == []


def test_the_lead_picture_is_looked_at_once(article, picture):
    lead = Photo.objects.create(image=picture("red"), caption_en="A school", shows_minors=True)
    Article.objects.update(lead_photo=lead)
    apart = told(article)
    PhotoBlock.objects.update(photo=lead)
    PhotoCredit.objects.update(photo=lead)

    assert apart == [(None, MINORS)]
    assert told(article) == [(1, MINORS)]


def test_a_signed_article_does_not_go_out_with_a_licence_that_ended_meanwhile(article, publisher):
    submit_by_writer(article)
    sign_all(article)
    Photo.objects.update(licence_ends=DAY() - dt.timedelta(days=1))

    with pytest.raises(NotReadyError):
        publish_article(Article.objects.get(), by=publisher)


def test_towns_and_projects_go_out_only_with_pictures_that_may_be_shown(photo, publisher):
    Photo.objects.update(shows_minors=True)
    photo.refresh_from_db()
    town = records.town()
    town.lead_photo = photo
    town.save()
    project = records.project("a-road", town)
    project.photos.add(photo)

    for record in (town, project):
        with pytest.raises(NotReadyError) as refused:
            publish_records([record], by=publisher)
        assert [finding.message for finding in refused.value.findings] == [MINORS]
