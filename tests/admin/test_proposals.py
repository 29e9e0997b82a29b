"""A change of a public record on the screens: proposed, seen, decided by a second person."""

import pytest
from django.urls import reverse

from tests.signing import person
from towns.documents.cells import cells_of
from towns.models import Proposal, RankingEntry
from towns.publishing.proposal import propose


@pytest.fixture
def proposal(demo) -> Proposal:
    entry = RankingEntry.objects.get(edition__year=2023, rank=816)
    before = cells_of(entry)
    entry.rank = 815
    return propose(
        entry, before=before, after=cells_of(entry), by=person("writer"), reason="Misprint."
    )


def address(proposal: Proposal) -> str:
    return reverse("admin:towns_proposal_change", args=[proposal.pk])


@pytest.mark.parametrize("role", ["writer", "proof-reader"])
@pytest.mark.parametrize("act", ["accept", "decline"])
def test_a_proposal_is_not_decided_without_the_right(role, act, proposal, signed_in):
    response = signed_in(person(role)).post(address(proposal), {"act": act, "reason": "-"})

    proposal.refresh_from_db()
    assert response.status_code in (403, 409)
    assert proposal.is_waiting
    assert RankingEntry.objects.get(pk=proposal.object_id).rank == 816


def test_looking_at_a_proposal_decides_nothing(proposal, signed_in):
    signed_in(person("final reviewer")).get(address(proposal), {"act": "accept"})

    proposal.refresh_from_db()
    assert proposal.is_waiting


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_proposal_shows_difference_reason_and_who_quotes_it(language, proposal, demo, signed_in):
    response = signed_in(person("final reviewer"), language).get(address(proposal))

    assert response.status_code == 200
    assert "Misprint." in response.text
    assert ">816</del>" in response.text
    assert ">815</ins>" in response.text
    quoting = [article.slug for article in response.context["quoting"]]
    assert quoting == ["twelve-towns-2025", "four-towns-2023"]


def test_declining_needs_a_reason(proposal, signed_in):
    response = signed_in(person("final reviewer")).post(address(proposal), {"act": "decline"})

    assert response.status_code == 409
    assert "Say why, for the person who proposed it." in response.text


def test_whoever_proposed_it_takes_it_back(proposal, signed_in):
    signed_in(person("writer")).post(address(proposal), {"act": "take_back"})

    proposal.refresh_from_db()
    assert proposal.decision == Proposal.Decision.TAKEN_BACK
