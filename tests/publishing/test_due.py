"""What is due comes out on time, without a timer, once, or stays in with a reason."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.signing import give_right, person, sign_all, submit_by_writer
from towns.models import Article, Change, Publication, SiteVersion, TrailEntry, User
from towns.publishing.article import publish_article
from towns.publishing.due import publish_due, schedule, unschedule
from towns.publishing.refusal import RefusedError


@pytest.fixture
def article(demo) -> Article:
    Article.objects.filter(pk=demo.article.pk).update(title_en="Changed")
    submit_by_writer(demo.article)
    demo.article.refresh_from_db()
    return demo.article


def later(monkeypatch, **ahead: int) -> None:
    now = timezone.now() + dt.timedelta(**ahead)
    monkeypatch.setattr(timezone, "now", lambda: now)


def in_an_hour() -> dt.datetime:
    return timezone.now() + dt.timedelta(hours=1)


def test_a_reader_who_comes_when_it_is_due_sees_it(article, publisher, client, monkeypatch):
    sign_all(article)
    schedule(article, by=publisher, at=in_an_hour())
    assert "Changed" not in client.get("/en/articles/four-towns-2023/").content.decode()

    later(monkeypatch, hours=2)
    page = client.get("/en/articles/four-towns-2023/").content.decode()

    assert "<h1>Changed</h1>" in page
    assert SiteVersion.objects.get().next_due is None


def test_it_comes_out_once_however_often_it_is_asked_for(article, publisher, monkeypatch):
    sign_all(article)
    schedule(article, by=publisher, at=in_an_hour())
    later(monkeypatch, hours=2)

    published = [publish_due() for _time in range(3)]

    assert published == [1, 0, 0]
    assert Publication.objects.filter(article=article).count() == 2


def test_unsigned_by_then_it_stays_in_and_says_why(article, publisher, monkeypatch):
    schedule(article, by=publisher, at=in_an_hour())
    later(monkeypatch, hours=2)

    assert publish_due() == 0

    article.refresh_from_db()
    missed = TrailEntry.objects.get(act="missed")
    assert missed.reason.startswith("Signatures are missing: First proof")
    assert article.missed_at
    assert article.is_in_review
    assert SiteVersion.objects.get().next_due is None


def test_who_lost_the_right_publishes_nothing_by_schedule(article, publisher, monkeypatch):
    sign_all(article)
    schedule(article, by=publisher, at=in_an_hour())
    User.objects.filter(pk=publisher.pk).update(is_active=False)
    later(monkeypatch, hours=2)

    publish_due()

    assert "no longer has the right" in TrailEntry.objects.get(act="missed").reason
    assert Change.objects.last().act != "corrected"


def test_a_time_that_has_passed_is_refused(article, publisher):
    with pytest.raises(RefusedError, match="That time has passed"):
        schedule(article, by=publisher, at=timezone.now() - dt.timedelta(minutes=1))


def test_nobody_schedules_without_the_right_to_publish(article):
    with pytest.raises(RefusedError, match="do not have the right"):
        schedule(article, by=person("proof-reader"), at=in_an_hour())


def test_a_cancelled_time_publishes_nothing(article, publisher, monkeypatch):
    sign_all(article)
    schedule(article, by=publisher, at=in_an_hour())
    unschedule(article, by=publisher)
    later(monkeypatch, hours=2)

    assert publish_due() == 0


def test_a_clock_set_back_publishes_nothing_early(article, publisher, monkeypatch):
    sign_all(article)
    schedule(article, by=publisher, at=in_an_hour())
    later(monkeypatch, days=-30)

    assert publish_due() == 0

    article.refresh_from_db()
    assert article.publish_at


def test_a_fault_while_publishing_does_not_fail_the_reader(article, publisher, client, monkeypatch):
    sign_all(article)
    schedule(article, by=publisher, at=in_an_hour())
    later(monkeypatch, hours=2)

    def fail(*args, **kwargs):
        raise RuntimeError("announcing failed")

    monkeypatch.setattr("towns.publishing.article.announce", fail)
    answer = client.get("/en/")

    assert answer.status_code == 200
    assert Publication.objects.filter(article=article).count() == 1
    article.refresh_from_db()
    assert article.missed_at
    assert TrailEntry.objects.get(act="missed").reason.startswith("A fault of the program")


def test_publishing_by_hand_takes_the_time_away(article, publisher):
    sign_all(article)
    schedule(article, by=give_right(publisher, "publish_article"), at=in_an_hour())

    publish_article(article, by=publisher)

    article.refresh_from_db()
    assert article.publish_at is None


def test_two_articles_due_at_once_both_come_out(article, publisher, monkeypatch, demo):
    second = Article.objects.create(slug="second", column=article.column, title_en="Second")
    second.towns_textblock_set.create(region="main", ordering=1, html_en="<p>Text.</p>")
    submit_by_writer(second)
    for one in (article, second):
        sign_all(one)
        schedule(one, by=publisher, at=in_an_hour())
    later(monkeypatch, hours=2)

    assert publish_due() == 2
