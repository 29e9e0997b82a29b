"""Urgent publication: two people with named rights and a reason; reviewed after the fact."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from towns.models import Article, Publication, TrailEntry, User
from towns.publishing.article import release, unsigned
from towns.publishing.notices import tell_about_urgent
from towns.publishing.refusal import RefusedError
from towns.publishing.review import (
    as_it_was,
    lock,
    must_be_next,
    must_be_read,
    submit,
)
from towns.publishing.road import SIGNED_BY, objection, road_afterwards, road_of
from towns.publishing.trail import hold_the_end, note


@transaction.atomic
def ask_urgent(
    article: Article, *, by: User, reason: str, languages: Sequence[str] = ()
) -> TrailEntry:
    """The first of the two. A draft is submitted along with it. Raises `RefusedError`."""
    if not (by.is_active and by.has_perm("towns.ask_urgent")):
        raise RefusedError(_("You do not have the right to ask for urgent publication."))
    if not reason.strip():
        raise RefusedError(_("Say why this cannot wait for its review."))
    article = lock(article)
    if not article.is_in_review:
        submit(article, by=by, languages=languages)
        article = lock(article)
    if article.urgent_request_id:
        raise RefusedError(_("Urgent publication was asked for already."))
    text = road_of(article).text
    entry = note(
        TrailEntry.Act.URGENT_ASKED,
        article,
        by=by,
        document=text.keep(),
        reason=reason.strip(),
        details={"languages": text.content["languages"]},
    )
    article.urgent_request = entry
    article.save(update_fields=["urgent_request"])
    tell_about_urgent(article, entry)
    return entry


@transaction.atomic
def confirm_urgent(
    article: Article, *, by: User, digest: str, with_records: bool = False
) -> Publication:
    """The second of the two: it goes out at once, and stays red until reviewed after the fact."""
    if not (by.is_active and by.has_perm("towns.confirm_urgent")):
        raise RefusedError(_("You do not have the right to confirm urgent publication."))
    article = lock(article)
    request = article.urgent_request
    if request is None:
        raise RefusedError(_("Nobody asked for urgent publication of this article."))
    if request.by_id == by.pk:
        raise RefusedError(_("You asked for it, so another person confirms it."))
    road = road_of(article)
    must_be_read(road, digest)
    if by.pk in road.savers:
        raise RefusedError(
            _("You changed this text since it was last published, so you cannot confirm it.")
        )
    must_be_read(road, request.document_id)
    return release(road, by=by, with_records=with_records, urgent=request)


@transaction.atomic
def drop_urgent(article: Article, *, by: User, reason: str = "") -> TrailEntry:
    """Back to the ordinary road; the article stays with the stage where it is."""
    article = lock(article)
    if article.urgent_request_id is None:
        raise RefusedError(_("Nobody asked for urgent publication of this article."))
    entry = note(TrailEntry.Act.URGENT_DROPPED, article, by=by, reason=reason)
    article.urgent_request = None
    article.save(update_fields=["urgent_request"])
    return entry


def awaits_review(publication: Publication) -> bool:
    """Whether it went out urgently and is still not signed by every stage."""
    return publication.urgent_request_id is not None and bool(
        unsigned(road_afterwards(publication))
    )


@transaction.atomic
def sign_afterwards(publication: Publication, *, by: User, digest: str, step: str) -> TrailEntry:
    """Sign a step for a text that is out already. Raises `RefusedError`."""
    article = lock(publication.article)
    if publication.urgent_request_id is None:
        raise RefusedError(_("This publication was reviewed before it went out."))
    hold_the_end()
    road = road_afterwards(publication)
    meant = next((one for one in road.steps if one.key == step), None)
    if meant is None:
        raise RefusedError(_("This stage was removed. Please look again at what waits now."))
    must_be_read(road, digest)
    must_be_next(road, meant)
    if said := objection(road, meant, by):
        raise RefusedError(said)
    return note(
        SIGNED_BY[meant.role],
        article,
        by=by,
        document=publication.document,
        stage=meant.stage,
        details={**as_it_was(road, meant), "number": publication.number, "afterwards": True},
    )
