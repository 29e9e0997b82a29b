"""The road of one article: each “never” and “nobody” of it refuses here."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.signing import (
    give_right,
    person,
    publish_signed,
    road,
    sign_all,
    sign_next,
    signer,
    submit_by_writer,
)
from towns.accounts.stages import set_up_stages
from towns.models import (
    Article,
    Change,
    Publication,
    Stage,
    Statistic,
    TextBlock,
    Town,
    TrailEntry,
    User,
)
from towns.publishing.article import publish_article
from towns.publishing.history import note_version
from towns.publishing.refusal import NotReadyError, RefusedError, TextChangedError
from towns.publishing.review import send_back, sign, submit, take_back
from towns.publishing.road import current_of


@pytest.fixture
def article(demo) -> Article:
    """A second article, written by somebody, in both languages."""
    writer = person("writer", "a-writer")
    made = Article.objects.create(
        slug="second", column=demo.article.column, title_zh="第二篇", title_en="The second"
    )
    TextBlock.objects.create(
        parent=made,
        region="main",
        ordering=10,
        html_zh="<p>大沙镇列第816位。</p>",
        html_en="<p>Dasha is 816th.</p>",
    )
    note_version(made, by=writer)
    return made


def change(article: Article, by: User, words: str = "<p>Dasha is 818th.</p>") -> None:
    TextBlock.objects.filter(parent=article).update(html_en=words)
    note_version(article, by=by)


def test_each_stage_signs_in_order_and_then_it_goes_out(article):
    submit_by_writer(article)

    sign_all(article)
    publication = publish_article(article, by=User.objects.get(username="publisher-of-the-demo"))

    acts = TrailEntry.objects.about(article).values_list("act", flat=True)
    assert list(acts) == ["submitted", *["proofed", "reviewed"] * 3, "published"]
    assert publication.number == 1
    assert current_of(article) == publication


def test_publish_refuses_while_a_signature_is_missing(article, publisher):
    submit_by_writer(article)
    sign_next(article)

    with pytest.raises(RefusedError) as refused:
        publish_article(article, by=publisher)

    assert refused.value.message == (
        "Signatures are missing: "
        "First review, Second proof, Second review, Third proof, "
        "Final review."
    )
    assert current_of(article) is None


def test_publish_refuses_without_any_stage(article, publisher):
    submit_by_writer(article)
    Stage.objects.all().delete()

    with pytest.raises(RefusedError, match="There is no stage of review"):
        publish_article(article, by=publisher)


def test_publish_refuses_what_was_not_submitted(article, publisher):
    with pytest.raises(RefusedError, match="has not been submitted"):
        publish_article(article, by=publisher)


def test_publish_refuses_a_person_without_the_right(article):
    submit_by_writer(article)
    sign_all(article)

    with pytest.raises(RefusedError, match="do not have the right to publish"):
        publish_article(article, by=person("proof-reader"))


def test_the_last_reviewer_may_publish(article):
    submit_by_writer(article)
    sign_all(article)

    publication = publish_article(article, by=person("final reviewer"))

    assert publication.published_by.username == "final-reviewer"


def test_a_superuser_skips_no_stage(article):
    root = User.objects.create_superuser("root")
    submit_by_writer(article)

    with pytest.raises(RefusedError, match="Your role does not sign this step"):
        sign_next(article, by=root)
    with pytest.raises(RefusedError, match="Signatures are missing"):
        publish_article(article, by=root)


def test_whoever_saved_the_text_does_not_sign_it(article):
    reviewer = person("first reviewer")
    change(article, by=reviewer)
    submit_by_writer(article)
    sign_next(article)

    with pytest.raises(RefusedError, match="You changed this text"):
        sign_next(article, by=reviewer)


def test_whoever_saved_the_text_before_its_last_publication_signs_again(article):
    reviewer = person("first reviewer")
    change(article, by=reviewer)
    submit_by_writer(article)
    sign_next(article)
    sign_next(article, by=person("first reviewer", "another"))
    sign_all(article)
    publish_article(article, by=person("final reviewer"))
    change(article, by=person("writer", "a-writer"), words="<p>Dasha was 816th.</p>")
    submit_by_writer(article)
    sign_next(article)

    entry = sign_next(article, by=reviewer)

    assert entry.act == "reviewed"


def test_two_reviews_need_two_people(article):
    submit_by_writer(article)
    both = person("first reviewer", "both")
    person("second reviewer", "both")
    sign_next(article)
    sign_next(article, by=both)
    sign_next(article)

    with pytest.raises(RefusedError, match="each review needs another person"):
        sign_next(article, by=both)


def test_one_proof_reader_signs_all_proofs(article):
    submit_by_writer(article)
    sign_all(article)

    proofs = TrailEntry.objects.about(article).filter(act="proofed")

    assert {entry.by for entry in proofs} == {person("proof-reader")}


def test_any_change_voids_what_was_signed(article):
    submit_by_writer(article)
    sign_all(article)
    take_back(article, by=person("writer", "a-writer"))
    change(article, by=person("writer", "a-writer"))

    submit_by_writer(article)

    assert not any(step.signature for step in road(article).steps)


def test_taking_back_without_a_change_voids_nothing(article):
    submit_by_writer(article)
    sign_all(article)

    take_back(article, by=person("writer", "a-writer"))
    submit_by_writer(article)

    assert road(article).is_signed


def test_a_quoted_record_that_changes_voids_what_was_signed(demo):
    demo.article.title_en = "Changed"
    demo.article.save()
    submit_by_writer(demo.article)
    sign_all(demo.article)

    Statistic.objects.filter(indicator_en="Industrial enterprises").update(value=283)

    assert road(demo.article).next.key == road(demo.article).steps[0].key


def test_signing_a_text_that_changed_meanwhile_is_refused_with_the_difference(demo):
    demo.article.title_en = "Changed"
    demo.article.save()
    submit_by_writer(demo.article)
    read = road(demo.article)
    read.text.keep()
    Statistic.objects.filter(indicator_en="Industrial enterprises").update(value=283)

    with pytest.raises(TextChangedError) as refused:
        sign(
            demo.article,
            by=signer(read.next),
            digest=read.text.digest,
            step=read.next.key,
        )

    assert refused.value.message == (
        "The text changed while you were reading it. Nothing was signed."
    )
    assert refused.value.read.digest == read.text.digest
    assert refused.value.now.digest == road(demo.article).text.digest
    assert not TrailEntry.objects.about(demo.article).filter(document=refused.value.now).exists()


def test_the_second_of_two_signatures_is_told_who_was_first(article):
    submit_by_writer(article)
    read = road(article)
    said = {"digest": read.text.digest, "step": read.next.key}
    sign(article, by=person("proof-reader", "mo"), **said)

    with pytest.raises(RefusedError) as refused:
        sign(article, by=person("proof-reader", "li"), **said)

    assert refused.value.message == "mo has signed this step already."


def test_a_later_stage_does_not_sign_before_its_turn(article):
    submit_by_writer(article)
    now = road(article)

    with pytest.raises(RefusedError, match="Another signature comes first"):
        sign(
            article,
            by=person("final reviewer"),
            digest=now.text.digest,
            step=now.steps[-1].key,
        )


def test_sending_back_needs_a_reason_and_gives_the_text_to_its_writers(article):
    submit_by_writer(article)
    now = road(article)
    said = {"by": signer(now.next), "digest": now.text.digest, "step": now.next.key}

    with pytest.raises(RefusedError, match="Say what is to be put right"):
        send_back(article, reason=" ", **said)
    entry = send_back(article, reason="816, not 818", **said)

    article.refresh_from_db()
    assert not article.is_in_review
    assert (entry.act, entry.reason) == ("sent_back", "816, not 818")
    assert entry.document_id == now.text.digest


def test_a_stage_that_was_removed_is_not_signed_and_not_waited_for(article, publisher):
    submit_by_writer(article)
    now = road(article)
    by = signer(now.next)
    Stage.objects.order_by("order").first().delete()

    with pytest.raises(RefusedError, match="This stage was removed"):
        sign(article, by=by, digest=now.text.digest, step=now.next.key)

    assert len(road(article).steps) == 4
    sign_all(article)
    assert publish_article(article, by=publisher).number == 1


def test_a_department_of_two_has_its_waiver_in_the_trail(article):
    set_up_stages("two-people")
    submit_by_writer(article)
    reviewer = person("final reviewer")
    sign_next(article, by=reviewer)

    publish_article(article, by=reviewer)

    published = TrailEntry.objects.about(article).get(act="published")
    assert published.said["waivers"][0]["en"].startswith("Waiver: a department of two.")


def test_a_department_of_two_still_needs_the_other_person(article):
    set_up_stages("two-people")
    change(article, by=person("final reviewer"))
    submit_by_writer(article)

    with pytest.raises(RefusedError, match="You changed this text"):
        sign_next(article, by=person("final reviewer"))


# Languages -----------------------------------------------------------------------------------


def test_drafting_english_voids_nothing_chinese(article):
    submit_by_writer(article, ["zh-hans"])
    sign_all(article)

    TextBlock.objects.filter(parent=article).update(html_en="<p>Drafting.</p>")

    assert road(article).is_signed


def test_a_language_added_later_is_a_further_publication_and_no_correction(article):
    first = publish_signed(article, languages=["zh-hans"])

    second = publish_signed(article, languages=["en"])

    assert (first.number, second.number) == (1, 2)
    assert second.document.content["languages"] == ["zh-hans", "en"]
    assert not second.is_correction


def test_a_language_without_title_is_not_submitted(article):
    Article.objects.filter(pk=article.pk).update(title_en="")

    with pytest.raises(RefusedError, match="needs its title"):
        submit_by_writer(article, ["en"])


def test_no_language_is_refused(article):
    with pytest.raises(RefusedError, match="Choose at least one language"):
        submit(article, by=person("writer"), languages=[])


# Corrections ---------------------------------------------------------------------------------


def test_a_correction_needs_its_note_in_each_language(article):
    publish_signed(article)
    change(article, by=person("writer", "a-writer"))

    with pytest.raises(NotReadyError) as refused:
        submit(article, by=person("writer", "a-writer"), languages=["zh-hans", "en"])

    assert [finding.message for finding in refused.value.findings] == [
        "Say in Chinese what this correction changes.",
        "Say in English what this correction changes.",
    ]


def test_a_correction_goes_out_with_its_note_and_is_called_so(article):
    publish_signed(article)
    change(article, by=person("writer", "a-writer"))

    second = publish_signed(article)

    assert (second.is_correction, second.note_en) == (True, "One mended.")
    assert Change.objects.last().act == "corrected"
    article.refresh_from_db()
    assert (article.note_zh, article.note_en) == ("", "")


def test_clock_set_back_does_not_make_the_newest_publication_the_oldest(article, monkeypatch):
    first = publish_signed(article)
    change(article, by=person("writer", "a-writer"))
    past = first.published_at - dt.timedelta(days=400)
    monkeypatch.setattr(timezone, "now", lambda: past)

    second = publish_signed(article)

    assert second.published_at == first.published_at
    times = list(TrailEntry.objects.order_by("number").values_list("at", flat=True))
    assert times == sorted(times)
    assert Publication.objects.public().get(article=article) == second


def test_a_merged_town_is_named_before_it_goes_out(demo):
    dasha, longfu = Town.objects.get(code="441284105"), Town.objects.get(code="441284100")
    Town.objects.filter(pk=dasha.pk).update(successor=longfu)
    Article.objects.filter(pk=demo.article.pk).update(title_en="Changed")

    with pytest.raises(NotReadyError) as refused:
        submit_by_writer(demo.article)

    [finding] = [one for one in refused.value.findings if "merged" in one.message]
    assert finding.message == "Dasha was merged into Longfu. Choose the town meant here."


def test_records_go_out_with_their_article_or_not_at_all(draft_demo, publisher):
    submit_by_writer(draft_demo.article)
    sign_all(draft_demo.article)

    with pytest.raises(NotReadyError):
        publish_article(draft_demo.article, by=publisher)
    assert not Statistic.objects.public().exists()

    publication = publish_article(draft_demo.article, by=publisher, with_records=True)

    assert publication.number == 1
    assert Statistic.objects.public().count() > 0


def test_a_bundle_with_a_record_that_the_publisher_entered_is_refused_whole(draft_demo, publisher):
    statistic = Statistic.objects.filter(statistics_blocks__isnull=False).first()
    note_version(statistic, by=publisher)
    submit_by_writer(draft_demo.article)
    sign_all(draft_demo.article)

    with pytest.raises(NotReadyError, match="you entered it, so another person publishes it"):
        publish_article(draft_demo.article, by=publisher, with_records=True)

    assert not Publication.objects.exists()
    assert not Statistic.objects.public().exists()


def test_permission_to_publish_does_not_sign(article):
    writer = give_right(person("writer", "a-writer"), "publish_article")
    submit_by_writer(article)

    with pytest.raises(RefusedError, match="Your role does not sign this step"):
        sign_next(article, by=writer)
