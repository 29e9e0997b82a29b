import pytest
from django.db import IntegrityError

from tests.signing import publish_signed
from towns.models import (
    Change,
    Document,
    Photo,
    Publication,
    RankingEdition,
    RankingEntry,
    SiteVersion,
    Statistic,
)
from towns.publishing.record import publish_records
from towns.publishing.refusal import NotReadyError, RefusedError


def test_publishing_keeps_document_publication_and_change_together(demo):
    publication = demo.article.publications.get()

    change = Change.objects.get(kind="article", permanent_id=demo.article.slug)

    assert publication.number == 1
    assert change.digest == publication.document_id
    assert Document.objects.get(pk=change.digest).kind == "article"
    assert SiteVersion.current() >= change.seq


def test_numbers_of_the_log_have_no_gap_and_no_repeat(demo):
    numbers = list(Change.objects.values_list("seq", flat=True))

    assert numbers == list(range(1, len(numbers) + 1))


def test_editing_changes_nothing_in_public_until_published_again(demo, publisher):
    first = demo.article.publications.get()
    demo.article.title_en = "Another title"
    demo.article.save()

    assert demo.article.publications.public().get().title_en == first.title_en

    second = publish_signed(demo.article, by=publisher)

    assert second.number == 2
    assert demo.article.publications.public().get() == second
    assert Document.objects.get(pk=first.document_id).body


def test_the_text_that_the_public_reads_is_not_submitted_again(demo, publisher):
    before = SiteVersion.current()

    with pytest.raises(RefusedError) as refused:
        publish_signed(demo.article, by=publisher)

    assert refused.value.message == "The public reads exactly this text already."
    assert SiteVersion.current() == before


def test_a_corrected_record_leaves_the_published_text_as_it_was(demo):
    body = demo.article.publications.get().document.body

    Statistic.objects.filter(indicator_en="Industrial enterprises").update(value=283)

    assert demo.article.publications.get().document.body == body


def test_records_that_are_not_public_stop_the_article(draft_demo, publisher):
    with pytest.raises(NotReadyError) as stopped:
        publish_signed(draft_demo.article, by=publisher)

    messages = [finding.message for finding in stopped.value.findings]
    assert "“Top 1,000 Towns of China 2023” is not published yet." in messages
    assert not Publication.objects.exists()


def test_a_picture_without_credit_stops_the_article(demo, publisher):
    photo = Photo.objects.get(caption_en="Jinli Town.")
    photo.credits.all().delete()

    with pytest.raises(NotReadyError) as stopped:
        publish_signed(demo.article, by=publisher)

    [finding] = stopped.value.findings
    assert finding.message == "The picture “Jinli Town.” has no credit."
    assert finding.block == 8


def test_publishing_records_twice_announces_them_once(draft_demo, publisher):
    assert publish_records(draft_demo.records, by=publisher) == len(draft_demo.records)
    count = Change.objects.count()

    assert publish_records(draft_demo.records, by=publisher) == 0
    assert Change.objects.count() == count


def test_an_article_has_one_current_publication(demo, publisher):
    first = demo.article.publications.get()

    with pytest.raises(IntegrityError):
        Publication.objects.create(
            article=first.article,
            number=2,
            document=first.document,
            published_at=first.published_at,
            published_by=publisher,
            slug=first.slug,
            column=first.column,
            issued_at=first.issued_at,
        )


def test_a_rank_beyond_the_size_of_the_list_stops_the_edition(draft_demo, publisher):
    RankingEntry.objects.filter(rank=816).update(rank=1816)

    with pytest.raises(NotReadyError) as stopped:
        publish_records(RankingEdition.objects.all(), by=publisher)

    assert str(stopped.value) == "Dasha: rank 1816 is beyond the 1000 places of the list."
    assert not RankingEdition.objects.public().exists()
