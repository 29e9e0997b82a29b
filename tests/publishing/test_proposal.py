"""A published record changes only before two pairs of eyes."""

import pytest
from django.core import mail

from tests.signing import person, road, sign_all, submit_by_writer
from towns.documents.cells import cells_of
from towns.models import (
    Article,
    Change,
    Claim,
    MovedOn,
    Project,
    Proposal,
    RankingEntry,
    Statistic,
    User,
    Version,
)
from towns.publishing.correction import correct, old_figures
from towns.publishing.proposal import accept, decline, propose, take_back_proposal
from towns.publishing.refusal import RefusedError


@pytest.fixture
def dasha(demo) -> RankingEntry:
    return RankingEntry.objects.get(town__code="441284105", edition__year=2023)


@pytest.fixture
def decider(loaded_roles) -> User:
    return person("first reviewer", "decider")


def proposal_of(record, by: User, **columns) -> Proposal:
    before = cells_of(record)
    after = {**before, "columns": {**before["columns"], **columns}}
    return propose(record, before=before, after=after, by=by, reason="The list says so")


@pytest.fixture
def wrong_rank(dasha, loaded_roles) -> Proposal:
    return proposal_of(dasha, person("writer", "a-writer"), rank=818)


def test_a_proposal_changes_nothing_until_it_is_accepted(wrong_rank, dasha):
    before = Change.objects.count()

    dasha.refresh_from_db()

    assert dasha.rank == 816
    assert Change.objects.count() == before


def test_nobody_decides_on_their_own_proposal(dasha, decider):
    proposal = proposal_of(dasha, decider, rank=818)

    for decide in (accept, decline):
        with pytest.raises(RefusedError, match="You proposed it, so another person decides"):
            decide(proposal, by=decider, reason="x")


def test_a_superuser_does_not_decide_on_their_own_proposal(dasha):
    root = User.objects.create_superuser("root")
    proposal = proposal_of(dasha, root, rank=818)

    with pytest.raises(RefusedError, match="another person decides"):
        accept(proposal, by=root)


def test_nobody_decides_without_the_right(wrong_rank):
    with pytest.raises(RefusedError, match="do not have the right to decide"):
        accept(wrong_rank, by=person("proof-reader"))


def test_accepting_changes_the_record_and_is_called_a_correction(wrong_rank, dasha, decider):
    accept(wrong_rank, by=decider)

    dasha.refresh_from_db()
    line = Change.objects.last()
    assert dasha.rank == 818
    assert (line.kind, line.permanent_id, line.act) == (
        "ranking-entry",
        str(dasha.uid),
        "corrected",
    )
    assert Version.objects.about(dasha).first().act == "accepted"


def test_an_accepted_proposal_is_not_accepted_again(wrong_rank, decider):
    accept(wrong_rank, by=decider)

    with pytest.raises(RefusedError, match="was decided already"):
        accept(wrong_rank, by=decider)


def test_declining_needs_a_reason_and_changes_nothing(wrong_rank, dasha, decider):
    with pytest.raises(RefusedError, match="Say why"):
        decline(wrong_rank, by=decider, reason="")

    decline(wrong_rank, by=decider, reason="The source says 816")

    dasha.refresh_from_db()
    assert dasha.rank == 816


def test_only_who_proposed_takes_it_back(wrong_rank, decider):
    with pytest.raises(RefusedError, match="Only the person who proposed it"):
        take_back_proposal(wrong_rank, by=decider)

    take_back_proposal(wrong_rank, by=wrong_rank.proposed_by)

    wrong_rank.refresh_from_db()
    assert wrong_rank.decision == "taken_back"


def test_a_cell_that_changed_meanwhile_is_not_overwritten(dasha, decider):
    writer = person("writer", "a-writer")
    first, second = (proposal_of(dasha, writer, rank=rank) for rank in (817, 818))
    accept(first, by=decider)

    with pytest.raises(RefusedError, match="The record changed after this was proposed"):
        accept(second, by=decider)

    dasha.refresh_from_db()
    assert dasha.rank == 817


def test_changes_to_other_cells_are_merged(demo, decider):
    project, writer = Project.objects.get(slug="jinli-avenue"), person("writer", "a-writer")
    first = proposal_of(project, writer, status="in_use")
    second = proposal_of(project, writer, amount="1000.00")
    accept(first, by=decider)

    accept(second, by=decider)

    project.refresh_from_db()
    assert (project.status, project.amount) == ("in_use", 1000)


def test_a_row_is_added_and_another_removed_by_a_proposal(dasha, decider):
    before = cells_of(dasha)
    gone, *kept = before["rows"]["claims"]
    new = {**gone, "pk": None, "columns": {**gone["columns"], "value": 8}}
    after = {**before, "rows": {"claims": [*kept, new]}}
    proposal = propose(
        dasha, before=before, after=after, by=person("writer"), reason="A later source"
    )

    accept(proposal, by=decider)

    assert not Claim.objects.filter(pk=gone["pk"]).exists()
    assert dasha.claims.filter(value=8).exists()


def test_a_proposal_that_breaks_a_rule_is_refused_in_words(dasha, decider):
    proposal = proposal_of(dasha, person("writer"), rank=990)

    with pytest.raises(RefusedError) as refused:
        accept(proposal, by=decider)

    assert "Another town has this rank in this edition" in refused.value.message
    dasha.refresh_from_db()
    assert dasha.rank == 816


def test_removal_is_proposed_too_and_can_be_undone(demo, decider):
    statistic = Statistic.objects.public().filter(statistics_blocks__isnull=True).first()
    statistic = statistic or Statistic.objects.public().last()
    statistic.statistics_blocks.clear()
    uid = str(statistic.uid)
    proposal = propose(
        statistic, before=cells_of(statistic), after=None, by=person("writer"), reason="Twice"
    )

    accept(proposal, by=decider)

    assert not Statistic.objects.filter(uid=uid).exists()
    assert Change.objects.filter(permanent_id=uid).last().act == "removed"


def test_no_reason_no_proposal(dasha):
    before = cells_of(dasha)
    after = {**before, "columns": {**before["columns"], "rank": 1}}

    with pytest.raises(RefusedError, match="Say why"):
        propose(dasha, before=before, after=after, by=person("writer"), reason="  ")


# Whoever quotes it ---------------------------------------------------------------------------


def test_a_page_that_quotes_the_old_value_says_so_outside_its_text(
    wrong_rank, decider, client, demo
):
    frozen = demo.article.publications.get().document_id

    accept(wrong_rank, by=decider)

    page = client.get("/en/articles/four-towns-2023/").content.decode()
    assert "<b>Since corrected</b>" in page
    assert "<del>816</del> → <ins>818</ins>" in page
    assert demo.article.publications.get().document_id == frozen


def test_the_line_goes_when_the_record_is_as_quoted_again(wrong_rank, dasha, decider):
    accept(wrong_rank, by=decider)
    dasha.refresh_from_db()
    back = proposal_of(dasha, person("writer", "a-writer"), rank=816)

    accept(back, by=decider)

    assert not MovedOn.objects.exists()


def test_an_update_is_not_called_a_correction(demo, decider, client):
    project = Project.objects.get(slug="jinli-avenue")
    before = cells_of(project)
    after = {**before, "columns": {**before["columns"], "status": "in_use"}}
    proposal = propose(
        project,
        before=before,
        after=after,
        by=person("writer"),
        reason="Opened",
        nature=Proposal.Nature.UPDATE,
    )

    accept(proposal, by=decider)

    assert Change.objects.last().act == "upserted"
    assert "<b>Changed since</b>" in client.get("/en/articles/four-towns-2023/").content.decode()


def test_writers_of_quoting_articles_are_told(
    wrong_rank, decider, demo, django_capture_on_commit_callbacks
):
    writer = person("writer", "a-writer")
    User.objects.filter(pk=writer.pk).update(email="writer@example.org")
    Article.objects.filter(pk=demo.article.pk).update(created_by=writer)

    with django_capture_on_commit_callbacks(execute=True):
        accept(wrong_rank, by=decider)

    [message] = [one for one in mail.outbox if one.to == ["writer@example.org"]]
    assert "引用" in message.body
    assert "quotes it as it was" in message.body


def test_articles_in_review_that_quote_it_lose_their_signatures(wrong_rank, decider, demo):
    Article.objects.filter(pk=demo.article.pk).update(title_en="Changed")
    submit_by_writer(demo.article)
    sign_all(demo.article)

    accept(wrong_rank, by=decider)

    assert not any(step.signature for step in road(demo.article).steps)


def test_a_correction_takes_the_note_and_goes_to_review(wrong_rank, decider, demo):
    accept(wrong_rank, by=decider)

    correct(
        demo.article,
        by=person("writer", "a-writer"),
        note_zh="大沙镇名次应为818。",
        note_en="Dasha was 818th.",
    )

    demo.article.refresh_from_db()
    assert demo.article.is_in_review
    assert road(demo.article).text.content["note"]["en"] == "Dasha was 818th."


def test_words_that_still_say_the_old_value_are_found(wrong_rank, decider, demo):
    accept(wrong_rank, by=decider)

    found = old_figures(demo.article, MovedOn.objects.all())

    assert found
    assert {finding.message for finding in found} == {"816"}
