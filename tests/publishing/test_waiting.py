"""What waits for whom, oldest first; and the e-mail that says so."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from tests.signing import person, road, sign_all, sign_next, signer, submit_by_writer
from towns.documents.cells import cells_of
from towns.models import Article, Photo, Statistic, User
from towns.publishing.due import publish_due, schedule
from towns.publishing.history import note_version
from towns.publishing.proposal import accept, propose
from towns.publishing.readiness import readiness
from towns.publishing.review import send_back, submit
from towns.publishing.urgent import ask_urgent
from towns.publishing.waiting import Verb, tasks_for


@pytest.fixture
def article(demo, loaded_roles) -> Article:
    """A change by a writer, submitted."""
    demo.article.title_en = "Changed"
    demo.article.save()
    note_version(demo.article, by=person("writer", "a-writer"))
    submit_by_writer(demo.article)
    demo.article.refresh_from_db()
    return demo.article


def verbs(user: User) -> list[Verb]:
    return [task.verb for task in tasks_for(user)]


def test_a_step_waits_for_those_who_can_sign_it_and_for_nobody_else(article):
    waiting = [role for role in ("proof-reader", "first reviewer", "writer") if verbs(person(role))]

    assert waiting == ["proof-reader"]


def test_it_moves_on_with_each_signature(article):
    sign_next(article)

    assert verbs(person("proof-reader")) == []
    assert verbs(person("first reviewer")) == [Verb.SIGN]


def test_it_does_not_wait_for_who_wrote_it(article):
    note_version_of_another_text(article, by=person("proof-reader"))

    assert verbs(person("proof-reader")) == []


def note_version_of_another_text(article: Article, by: User) -> None:
    Article.objects.filter(pk=article.pk).update(summary_en="Another")
    article.refresh_from_db()
    note_version(article, by=by)


def test_what_all_have_signed_waits_for_the_publisher(article):
    sign_all(article)

    assert verbs(person("publisher")) == [Verb.PUBLISH]


def test_what_was_sent_back_waits_for_its_writer_with_the_reason(article):
    now = road(article)
    by = signer(now.next)
    said = {"digest": now.text.digest, "step": now.next.key}
    send_back(article, by=by, reason="Not 818", **said)

    [task] = tasks_for(person("writer", "a-writer"))

    assert (task.verb, task.reason) == (Verb.REWORK, "Not 818")


def test_what_missed_its_time_waits_for_who_set_it(article, monkeypatch):
    publisher = person("publisher")
    schedule(article, by=publisher, at=timezone.now() + dt.timedelta(hours=1))
    later = timezone.now() + dt.timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    publish_due()

    [task] = tasks_for(publisher)

    assert task.verb is Verb.MISSED
    assert task.reason.startswith("Signatures are missing")


def test_an_urgent_request_waits_for_the_second_person(article):
    ask_urgent(article, by=person("publisher"), reason="A typhoon")

    assert verbs(person("final reviewer")) == [Verb.CONFIRM_URGENT]
    assert verbs(person("publisher")) == []


def test_the_oldest_comes_first_and_due_times_are_told(article):
    due = timezone.now() + dt.timedelta(hours=3)
    second = Article.objects.create(slug="second", column=article.column, title_en="Second")
    second.towns_textblock_set.create(region="main", ordering=1, html_en="<p>Text.</p>")
    submit(second, by=person("writer"), languages=["en"], due_at=due)

    tasks = tasks_for(person("proof-reader"))

    assert [task.record.slug for task in tasks] == [article.slug, "second"]
    assert [task.due_at for task in tasks] == [None, due]


def test_a_quoted_record_that_changed_waits_for_the_writer(demo, loaded_roles):
    writer = person("writer", "a-writer")
    Article.objects.filter(pk=demo.article.pk).update(created_by=writer)
    statistic = Statistic.objects.filter(indicator_en="Industrial enterprises").first()
    before = cells_of(statistic)
    after = {**before, "columns": {**before["columns"], "value": "283"}}
    proposal = propose(statistic, before=before, after=after, by=writer, reason="Counted again")
    assert verbs(person("publisher")) == [Verb.DECIDE]
    accept(proposal, by=person("publisher"))

    [task] = tasks_for(writer)

    assert (task.verb, task.record) == (Verb.CORRECT, demo.article)


def test_those_whose_turn_it_is_are_written_to(article, django_capture_on_commit_callbacks):
    reviewer = person("first reviewer")
    User.objects.filter(pk=reviewer.pk).update(email="first@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        sign_next(article)

    [message] = mail.outbox
    assert message.to == ["first@example.org"]
    assert "/admin/towns/article/" in message.body
    assert "It is your turn: First review of “Changed”" in message.body


def test_a_mail_server_that_is_down_stops_nobody(
    article, django_capture_on_commit_callbacks, monkeypatch
):
    reviewer = person("first reviewer")
    User.objects.filter(pk=reviewer.pk).update(email="first@example.org")

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError("no route")

    monkeypatch.setattr("towns.publishing.notices.send_mail", fail)
    with django_capture_on_commit_callbacks(execute=True):
        entry = sign_next(article)

    assert entry.act == "proofed"


def test_publishing_waits_until_the_smaller_sizes_exist(demo, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "without-sizes"
    photo = Photo.objects.get(caption_en="Jinli Town.")

    said = [finding.message for finding in readiness(demo.article)]

    assert f"The smaller sizes of “{photo}” are not made yet." in said
