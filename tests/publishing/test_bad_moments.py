"""Bad input and bad moments: a clear sentence, and nothing has changed."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from tests import records
from tests.signing import (
    give_right,
    person,
    publish_signed,
    road,
    sign_all,
    signer,
    submit_by_writer,
)
from towns.accounts.stages import ensure_stages
from towns.documents.cells import cells_of, keep_cells
from towns.models import (
    Article,
    Backup,
    BinItem,
    Change,
    Column,
    Document,
    Photo,
    PhotoBlock,
    Project,
    Proposal,
    Publication,
    RankingEntry,
    SiteVersion,
    Statistic,
    StatisticsBlock,
    TextBlock,
    TrailEntry,
    User,
    Version,
)
from towns.publishing.article import erase_publication, publish_article, withdraw_article
from towns.publishing.binning import move_to_bin, take_out_of_bin
from towns.publishing.due import publish_due, schedule
from towns.publishing.history import note_version
from towns.publishing.proposal import accept, decline, propose, take_back_proposal
from towns.publishing.record import publish_records
from towns.publishing.refusal import NotReadyError, RefusedError
from towns.publishing.review import send_back, sign, submit, take_back
from towns.publishing.urgent import ask_urgent, confirm_urgent, drop_urgent
from towns.publishing.verification import verify_trail

LONG = "长" * 5001
NOTICES = {"notice_zh": "有误。", "notice_en": "Wrong."}


@pytest.fixture
def article(loaded_roles) -> Article:
    return _article("one")


@pytest.fixture
def boss(loaded_roles) -> User:
    return give_right(person("publisher", "boss"))


@pytest.fixture
def decider(loaded_roles) -> User:
    return person("final reviewer", "decider")


def _article(slug: str) -> Article:
    column, _created = Column.objects.get_or_create(slug="news", name_en="News")
    made = Article.objects.create(slug=slug, column=column, title_en="One", title_zh="一")
    TextBlock.objects.create(parent=made, region="main", ordering=1, html_en="<p>Words.</p>")
    return made


def _change(words: str) -> None:
    TextBlock.objects.update(html_en=f"<p>{words}</p>")


def _counts() -> tuple:
    kept = (Article, BinItem, Change, Document, Proposal, Publication, TrailEntry, Version)
    return SiteVersion.current(), *(model.objects.count() for model in kept)


def refused(act: Callable[[], Any]) -> str:
    """What is said against it; nothing was changed by it."""
    before = _counts()
    with pytest.raises(RefusedError) as caught, transaction.atomic():
        act()
    assert _counts() == before
    assert verify_trail().fault == ""
    return caught.value.message


def proposal_of(record: Any, **columns: Any) -> Proposal:
    before = cells_of(record)
    after = {**before, "columns": {**before["columns"], **columns}}
    by = person("writer", "a-writer")
    return propose(record, before=before, after=after, by=by, reason="The list says so")


# Input ---------------------------------------------------------------------------------------


def test_a_reason_that_nobody_reads_is_refused_everywhere(article, boss):
    said = "Say it in at most 5000 characters."
    submit_by_writer(article)
    now = road(article)
    step = {"digest": now.text.digest, "step": now.next.key, "reason": LONG}

    assert refused(lambda: take_back(article, by=boss, reason=LONG)) == said
    assert refused(lambda: send_back(article, by=signer(now.next), **step)) == said
    assert refused(lambda: ask_urgent(article, by=boss, reason=LONG)) == said


def test_a_notice_that_nobody_reads_is_refused(article, boss):
    publish_signed(article)

    message = refused(
        lambda: withdraw_article(article, by=boss, notice_zh=LONG, notice_en="Wrong.")
    )

    assert message == "Say it in at most 5000 characters."


@pytest.mark.parametrize("digest", ["", "0" * 64, "x" * 10_000])
def test_a_digest_that_is_not_the_text_is_refused(article, digest):
    submit_by_writer(article)
    now = road(article)

    message = refused(lambda: sign(article, by=signer(now.next), digest=digest, step=now.next.key))

    assert message == "The text changed while you were reading it. Nothing was signed."


@pytest.mark.parametrize("step", ["", "1", "proof", "999999-proof", "1-boss"])
def test_a_step_that_does_not_exist_is_refused(article, step):
    submit_by_writer(article)
    now = road(article)

    message = refused(lambda: sign(article, by=signer(now.next), digest=now.text.digest, step=step))

    assert message == "This stage was removed. Please look again at what waits now."


@pytest.mark.parametrize("languages", [["fr"], ["", "zh"], []])
def test_languages_that_there_are_not_are_refused(article, languages):
    ensure_stages()

    message = refused(lambda: submit(article, by=person("writer"), languages=languages))

    assert message == "Choose at least one language."


def test_acts_on_an_article_that_is_nowhere_on_its_road_are_refused(article, boss):
    by = person("proof-reader")
    step = {"by": by, "digest": "", "step": ""}
    not_reviewed = "This article is not being reviewed."

    assert refused(lambda: sign(article, **step)) == not_reviewed
    assert refused(lambda: send_back(article, reason="x", **step)) == not_reviewed
    assert refused(lambda: take_back(article, by=by)) == not_reviewed
    assert refused(lambda: withdraw_article(article, by=boss, **NOTICES)) == (
        "This article is not public."
    )
    nobody = "Nobody asked for urgent publication of this article."
    assert refused(lambda: drop_urgent(article, by=by)) == nobody
    assert refused(lambda: confirm_urgent(article, by=person("final reviewer"), digest="")) == (
        nobody
    )


def test_an_article_that_is_gone_is_refused(article, boss):
    Article.objects.filter(pk=article.pk).delete()

    for act in (
        lambda: publish_article(article, by=boss),
        lambda: take_back(article, by=boss),
        lambda: schedule(article, by=boss, at=timezone.now() + dt.timedelta(hours=1)),
    ):
        assert refused(act) == "This article is no longer there."


def test_what_was_decided_is_not_decided_or_taken_back_again(decider):
    edition = records.public_edition(records.ranking(), 2023, {records.town(): 1})
    proposal = proposal_of(edition, size=900)
    decline(proposal, by=decider, reason="The source says 1000")

    assert refused(lambda: accept(proposal, by=decider)) == "This proposal was decided already."
    assert refused(lambda: take_back_proposal(proposal, by=proposal.proposed_by)) == (
        "Only the person who proposed it takes it back."
    )


# What changed in between ---------------------------------------------------------------------


def test_a_record_that_is_gone_is_not_published(boss):
    edition = records.edition(records.ranking(), 2023, {records.town(): 1})
    type(edition).objects.all().delete()

    assert refused(lambda: publish_records([edition], by=boss)) == (
        "This record is no longer there."
    )


def test_a_proposal_about_what_is_gone_is_refused(decider):
    edition = records.public_edition(records.ranking(), 2023, {records.town(): 1})
    entry = RankingEntry.objects.get(edition=edition)
    proposal = proposal_of(entry, rank=2)
    entry.delete()

    assert refused(lambda: accept(proposal, by=decider)) == "This record is no longer there."


def test_a_proposal_that_lists_what_is_gone_is_refused(decider, picture):
    project = records.public_project("a-road", records.town())
    photo = Photo.objects.create(image=picture())
    before = cells_of(project)
    after = {**before, "lists": {**before["lists"], "photos": [photo.pk]}}
    proposal = propose(project, before=before, after=after, by=person("writer"), reason="A picture")
    photo.delete()

    assert refused(lambda: accept(proposal, by=decider)) == (
        "Something that this names is no longer there."
    )


def test_a_picture_that_an_article_uses_does_not_go_to_the_bin(article, picture):
    photo = Photo.objects.create(image=picture())
    PhotoBlock.objects.create(parent=article, region="main", ordering=2, photo=photo)

    assert refused(lambda: move_to_bin(photo, by=person("writer"))).startswith(
        "This is still used by: "
    )


def test_what_an_article_has_in_a_list_does_not_go_to_the_bin_without_a_word(article):
    statistic = Statistic.objects.create(
        town=records.town(), indicator_en="Output", value=1, unit="mu", source=records.source()
    )
    statistic.refresh_from_db()
    block = StatisticsBlock.objects.create(parent=article, region="main", ordering=2)
    block.statistics.add(statistic)

    assert refused(lambda: move_to_bin(statistic, by=person("writer"))).startswith(
        "This is still used by: "
    )
    assert list(block.statistics.all()) == [statistic]


def test_what_is_in_the_bin_is_not_binned_again(article):
    stale = Article.objects.get(pk=article.pk)
    move_to_bin(article, by=person("writer"))

    assert refused(lambda: move_to_bin(stale, by=person("writer"))) == (
        "This record is no longer there."
    )


def test_a_text_in_review_does_not_go_to_the_bin(article):
    submit_by_writer(article)

    assert refused(lambda: move_to_bin(article, by=person("writer"))) == (
        "It is being reviewed: take the submission back first."
    )


def _removed(record: Any, decider: User) -> BinItem:
    proposal = propose(
        record, before=cells_of(record), after=None, by=person("writer"), reason="Twice"
    )
    accept(proposal, by=decider)
    return BinItem.objects.get()


def test_what_was_removed_from_public_comes_out_of_the_bin_as_a_draft(decider):
    project = records.public_project("a-road", records.town())
    item = _removed(project, decider)
    seq = SiteVersion.current()

    take_out_of_bin(item, by=person("writer"))

    assert not Project.objects.get().is_public
    assert SiteVersion.current() == seq


def test_an_entry_does_not_come_out_of_the_bin_into_a_public_list(decider):
    edition = records.public_edition(records.ranking(), 2023, {records.town(): 1})
    item = _removed(edition.entries.get(), decider)

    assert refused(lambda: take_out_of_bin(item, by=person("writer"))) == (
        "This would be public at once: propose it as an addition instead."
    )


def test_an_address_stays_with_the_article_that_was_public_there(article, boss):
    publish_signed(article)
    Article.objects.filter(pk=article.pk).update(slug="moved")
    other = _article("one")

    with pytest.raises(NotReadyError, match="Another article is or was public at this address"):
        publish_signed(other)

    withdraw_article(article, by=boss, **NOTICES)
    with pytest.raises(NotReadyError, match="Another article is or was public at this address"):
        publish_signed(other)


# Erasure -------------------------------------------------------------------------------------


def test_words_with_marks_of_their_own_are_erased(article, boss):
    _change('He said "0758-2800000\\"')
    note_version(article, by=person("writer"))
    first = publish_signed(article)
    # A form that was opened then, and what was typed in it.
    keep_cells(Article.objects.get(pk=article.pk))
    Backup.objects.create(
        user=boss,
        content_type=ContentType.objects.get_for_model(Article),
        object_id=article.pk,
        fields=[["html_en", 'He said "0758-2800000\\"']],
        written_at=timezone.now(),
    )
    _change("Words.")
    note_version(article, by=person("writer"))
    publish_signed(article)

    erase_publication(first, by=boss, reason="A leak", words='"0758-2800000\\"')

    assert not Document.objects.filter(body__contains="0758-2800000").exists()
    assert not Backup.objects.exists()


def test_blank_words_erase_nothing_else(article, boss):
    first = publish_signed(article)
    _change("Other words.")
    publish_signed(article)

    assert erase_publication(first, by=boss, reason="A leak", words="  ") == [first.document_id]


def test_a_text_that_was_erased_is_not_submitted_again(article, boss):
    first = publish_signed(article, languages=["en"])
    withdraw_article(article, by=boss, **NOTICES)
    erase_publication(first, by=boss, reason="A leak")

    assert refused(lambda: submit_by_writer(article, ["en"])) == (
        "Exactly this text was erased: change it before you submit it."
    )


# The clock -----------------------------------------------------------------------------------


def test_a_clock_set_back_leaves_the_trail_and_the_time_of_withdrawal_in_order(
    article, boss, monkeypatch
):
    publication = publish_signed(article)
    past = timezone.now() - dt.timedelta(days=400)
    monkeypatch.setattr(timezone, "now", lambda: past)

    withdrawn = withdraw_article(article, by=boss, **NOTICES)

    assert withdrawn.withdrawn_at == publication.published_at
    assert verify_trail().fault == ""


def test_a_reason_longer_than_the_trail_takes_does_not_stop_what_is_due(article, boss, monkeypatch):
    submit_by_writer(article)
    sign_all(article)
    schedule(article, by=boss, at=timezone.now() + dt.timedelta(hours=1))
    later = timezone.now() + dt.timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    monkeypatch.setattr("towns.publishing.due.obstacle", lambda road: LONG)

    assert publish_due() == 0

    assert TrailEntry.objects.get(act="missed").reason == LONG[:5000]
