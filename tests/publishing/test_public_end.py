"""Urgent publication, withdrawal, erasure, the bin, history and the proof of the trail."""

import pytest
from django.core.management import CommandError, call_command

from tests.signing import (
    give_right,
    person,
    publish_signed,
    road,
    sign_all,
    signer,
    submit_by_writer,
)
from towns.models import (
    Article,
    BinItem,
    Change,
    Document,
    Party,
    Photo,
    Publication,
    Statistic,
    TextBlock,
    TrailEntry,
    TrailHead,
    User,
    Version,
)
from towns.publishing.article import erase_publication, publish_article, withdraw_article
from towns.publishing.binning import move_to_bin, take_out_of_bin
from towns.publishing.history import note_version, restore_version
from towns.publishing.refusal import RefusedError
from towns.publishing.road import road_afterwards
from towns.publishing.urgent import ask_urgent, awaits_review, confirm_urgent, sign_afterwards
from towns.publishing.verification import verify_trail

NOTICES = {"notice_zh": "数字有误，核实后再发。", "notice_en": "A figure was wrong."}


@pytest.fixture
def boss(loaded_roles) -> User:
    return person("publisher", "boss")


@pytest.fixture
def final(loaded_roles) -> User:
    return person("final reviewer")


def second_text(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(title_en="Changed", title_zh="改过")


# Urgent --------------------------------------------------------------------------------------


@pytest.fixture
def urgent(demo, boss, final) -> Publication:
    submit_by_writer_of_a_change(demo.article)
    ask_urgent(demo.article, by=boss, reason="A typhoon tonight")
    digest = road(demo.article).text.digest
    return confirm_urgent(demo.article, by=final, digest=digest)


def submit_by_writer_of_a_change(article: Article) -> None:
    second_text(article)
    submit_by_writer(article)


def test_urgent_publication_goes_out_by_two_people_and_awaits_review(urgent, boss, final):
    published = TrailEntry.objects.filter(act="published", subject_kind="article").last()

    assert (urgent.urgent_request.by, urgent.published_by) == (boss, final)
    assert published.said["is_urgent"]
    assert published.reason == "A typhoon tonight"
    assert awaits_review(urgent)


def test_nobody_is_both_people_of_an_urgent_publication(demo, boss):
    both = give_right(boss, "confirm_urgent")
    submit_by_writer_of_a_change(demo.article)
    ask_urgent(demo.article, by=both, reason="x")

    with pytest.raises(RefusedError, match="You asked for it, so another person confirms"):
        confirm_urgent(demo.article, by=both, digest=road(demo.article).text.digest)


def test_urgent_publication_needs_its_rights_and_a_reason(demo, boss, final):
    submit_by_writer_of_a_change(demo.article)
    with pytest.raises(RefusedError, match="right to ask"):
        ask_urgent(demo.article, by=person("writer"), reason="x")
    with pytest.raises(RefusedError, match="Say why"):
        ask_urgent(demo.article, by=boss, reason=" ")
    ask_urgent(demo.article, by=boss, reason="x")

    with pytest.raises(RefusedError, match="right to confirm"):
        confirm_urgent(demo.article, by=person("proof-reader"), digest="")


def test_who_wrote_it_does_not_confirm_it(demo, boss, final):
    second_text(demo.article)
    demo.article.refresh_from_db()
    note_version(demo.article, by=final)
    submit_by_writer(demo.article)
    ask_urgent(demo.article, by=boss, reason="x")

    with pytest.raises(RefusedError, match="You changed this text"):
        confirm_urgent(demo.article, by=final, digest=road(demo.article).text.digest)


def test_a_text_that_changed_since_it_was_asked_for_does_not_go_out(demo, boss, final):
    submit_by_writer_of_a_change(demo.article)
    ask_urgent(demo.article, by=boss, reason="x")
    Statistic.objects.filter(indicator_en="Industrial enterprises").update(value=283)

    with pytest.raises(RefusedError, match="The text changed"):
        confirm_urgent(demo.article, by=final, digest=road(demo.article).text.digest)


def test_it_stays_red_until_every_stage_has_signed_afterwards(urgent):
    while True:
        now = road_afterwards(urgent)
        if now.next is None:
            break
        assert awaits_review(urgent)
        sign_afterwards(urgent, by=signer(now.next), digest=now.text.digest, step=now.next.key)

    assert not awaits_review(urgent)


def test_who_wrote_it_does_not_review_it_afterwards(urgent):
    writer = person("proof-reader", "a-writer")
    version = Version.objects.about(urgent.article).filter(act="published").first()
    Version.objects.filter(pk=version.pk).delete()
    note_version(urgent.article, by=writer)
    note_version(urgent.article, by=urgent.published_by, act="published")
    now = road_afterwards(urgent)

    with pytest.raises(RefusedError, match="You changed this text"):
        sign_afterwards(urgent, by=writer, digest=now.text.digest, step=now.next.key)


# Withdrawal ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "已撤回"), ("en", "withdrawn")])
def test_a_withdrawn_article_leaves_a_notice_in_both_languages(demo, boss, client, language, words):
    withdraw_article(demo.article, by=boss, **NOTICES)

    answer = client.get(f"/{language}/articles/four-towns-2023/")

    page = answer.content.decode()
    assert answer.status_code == 410
    assert words in page
    assert NOTICES["notice_zh"] in page
    assert NOTICES["notice_en"] in page


def test_partners_are_told_that_it_is_gone(demo, boss, client):
    withdraw_article(demo.article, by=boss, **NOTICES)

    answer = client.get("/api/v1/articles/four-towns-2023/")

    assert answer.status_code == 410
    assert answer.json()["notice"]["en"] == "A figure was wrong."
    assert Change.objects.filter(kind="article").last().act == "removed"


def test_its_pictures_close(demo, boss, client):
    photo = Photo.objects.get(caption_en="Zhaoqing Jinli Hardware Town.")
    photo.leads_towns.clear()
    demo.site.home_photos.clear()

    withdraw_article(demo.article, by=boss, **NOTICES)

    assert client.get(f"/media/sizes/{photo.uid}-480.jpg").status_code == 404
    line = Change.objects.filter(kind="photo", permanent_id=photo.permanent_id).last()
    assert line.act == "removed"


def test_withdrawing_needs_the_right_and_both_notices(demo, boss):
    with pytest.raises(RefusedError, match="right to withdraw"):
        withdraw_article(demo.article, by=person("writer"), **NOTICES)
    with pytest.raises(RefusedError, match="both languages"):
        withdraw_article(demo.article, by=boss, notice_zh="有误", notice_en=" ")


def test_it_comes_back_only_as_a_further_publication(demo, boss):
    withdraw_article(demo.article, by=boss, **NOTICES)

    again = publish_signed(demo.article)

    assert (again.number, again.is_correction) == (2, False)
    assert Change.objects.filter(kind="article").last().act == "upserted"


def test_signatures_from_before_do_not_bring_it_back(demo, boss):
    withdraw_article(demo.article, by=boss, **NOTICES)

    submit_by_writer(demo.article)

    assert not any(step.signature for step in road(demo.article).steps)


# Erasure -------------------------------------------------------------------------------------


def test_erasing_destroys_the_body_and_keeps_the_digest(demo, boss):
    first = demo.article.publications.get()
    submit_by_writer_of_a_change(demo.article)
    sign_all(demo.article)
    publish = publish_after_signing(demo.article, boss)

    erased = erase_publication(first, by=boss, reason="An identity number")

    document = Document.objects.get(pk=first.document_id)
    assert erased == [first.document_id]
    assert (document.body, document.erased_by) == ("", boss)
    assert publish.document.body
    assert TrailEntry.objects.last().said["digests"] == [first.document_id]
    assert verify_trail().fault == ""


def publish_after_signing(article: Article, by: User) -> Publication:

    return publish_article(article, by=by)


def test_what_the_public_reads_is_not_erased(demo, boss):
    with pytest.raises(RefusedError, match="The public reads this text"):
        erase_publication(demo.article.publications.get(), by=boss, reason="x")


def test_every_kept_text_with_the_words_goes_too(demo, boss):
    writer = person("writer", "a-writer")
    block = TextBlock.objects.filter(parent=demo.article).first()
    was = block.html_en
    TextBlock.objects.filter(pk=block.pk).update(html_en="<p>Room 12 at 7 Rose Lane</p>")
    leak = note_version(demo.article, by=writer)
    leaked = publish_signed(demo.article)
    TextBlock.objects.filter(pk=block.pk).update(html_en=was)
    note_version(demo.article, by=writer)
    publish_signed(demo.article)

    erased = erase_publication(leaked, by=boss, reason="Leak", words="7 Rose Lane")

    assert {leaked.document_id, leak.document_id} <= set(erased)
    assert not Document.objects.filter(body__contains="7 Rose Lane").exists()
    assert "7 Rose Lane" not in str(list(TrailEntry.objects.values_list("details")))


def test_words_that_the_public_still_reads_are_not_erased(demo, boss):
    first = demo.article.publications.get()
    submit_by_writer_of_a_change(demo.article)
    sign_all(demo.article)
    publish_after_signing(demo.article, boss)

    with pytest.raises(RefusedError, match="The public still reads these words"):
        erase_publication(first, by=boss, reason="x", words="816")


def test_erasing_needs_the_right(demo):
    with pytest.raises(RefusedError, match="right to withdraw or erase"):
        erase_publication(demo.article.publications.get(), by=person("writer"), reason="x")


# The bin and history -------------------------------------------------------------------------


def test_a_draft_comes_back_from_the_bin_whole(draft_demo):
    writer, article = person("writer"), draft_demo.article
    blocks, pk = article.towns_textblock_set.count(), article.pk

    item = move_to_bin(article, by=writer)
    assert not Article.objects.filter(pk=pk).exists()
    back = take_out_of_bin(item, by=writer)

    assert (back.pk, back.towns_textblock_set.count()) == (pk, blocks)
    assert not BinItem.objects.exists()


def test_what_others_rest_on_does_not_go_to_the_bin(draft_demo):
    party = Party.objects.filter(credits__isnull=False).first()
    Party.objects.public().filter(pk=party.pk)
    draft_demo.site.home_photos.clear()

    with pytest.raises(RefusedError, match="This is still used by"):
        move_to_bin(party, by=person("writer"))

    assert Party.objects.filter(pk=party.pk).exists()
    assert not BinItem.objects.exists()


def test_a_public_record_does_not_go_to_the_bin(demo):
    with pytest.raises(RefusedError, match="This record is public"):
        move_to_bin(Statistic.objects.public().first(), by=person("writer"))


def test_an_earlier_version_becomes_the_working_copy_again(demo):
    writer = person("writer")
    first = Version.objects.about(demo.article).first()
    title = demo.article.title_en
    demo.article.title_en = "Changed"
    demo.article.save()
    note_version(demo.article, by=writer)

    restore_version(first, by=writer)

    demo.article.refresh_from_db()
    assert demo.article.title_en == title
    assert demo.article.publications.get().is_current


def test_a_text_in_review_is_not_restored(demo):
    version = Version.objects.about(demo.article).first()
    submit_by_writer_of_a_change(demo.article)

    with pytest.raises(RefusedError, match="It is being reviewed"):
        restore_version(version, by=person("writer"))


def test_a_public_record_is_not_restored_but_proposed(demo):
    statistic = Statistic.objects.public().first()
    version = Version.objects.about(statistic).first()

    with pytest.raises(RefusedError, match="going back is a change to be proposed"):
        restore_version(version, by=person("writer"))


# The proof -----------------------------------------------------------------------------------


def test_the_trail_of_the_demo_fits(demo, capsys):
    call_command("verify_trail")

    assert capsys.readouterr().out.startswith("All fits: ")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda: TrailEntry.objects.filter(number=3).update(reason="x"), "entry 3 is not what"),
        (lambda: TrailEntry.objects.filter(number=3).delete(), "entry 3 is missing"),
        (lambda: TrailHead.objects.update(number=9999), "last entries are missing"),
        (
            lambda: TrailEntry.objects.filter(number=3).update(previous="0" * 64),
            "entry 3 does not follow",
        ),
        (
            lambda: Document.objects.filter(kind="article").update(body="{}"),
            "is not what was sealed",
        ),
        (
            lambda: Publication.objects.update(
                document=Document.objects.exclude(kind="article")[0]
            ),
            "is not the one in the trail",
        ),
    ],
)
def test_the_first_thing_that_does_not_fit_is_named(demo, spoil, words):
    spoil()

    with pytest.raises(CommandError, match=words):
        call_command("verify_trail")
