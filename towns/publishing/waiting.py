"""What waits for one person: found by asking every rule of the road, oldest first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Q

from towns.models import Article, MovedOn, Proposal, Publication, TrailEntry, User, Version
from towns.publishing.history import savers_of
from towns.publishing.proposal import objection_to_deciding
from towns.publishing.road import Road, Step, may_publish, objection, road_afterwards, road_of


class Verb(StrEnum):
    SIGN = "sign"
    SIGN_AFTERWARDS = "sign_afterwards"
    PUBLISH = "publish"
    CONFIRM_URGENT = "confirm_urgent"
    REWORK = "rework"
    MISSED = "missed"
    DECIDE = "decide"
    CORRECT = "correct"


@dataclass(frozen=True)
class Task:
    """One thing to do: what, to which record, since when, and by when where that was asked."""

    verb: Verb
    record: Any
    since: dt.datetime
    due_at: dt.datetime | None = None
    step: Step | None = None
    road: Road | None = None
    said: TrailEntry | None = None
    reason: str = ""
    details: list[Any] = field(default_factory=list)


def tasks_for(user: User) -> list[Task]:
    tasks = [
        *_reviews(user),
        *_afterwards(user),
        *_reworks(user),
        *_proposals(user),
        *_corrections(user),
    ]
    return sorted(tasks, key=lambda task: task.since)


def articles_in_review() -> Iterable[Article]:
    return Article.objects.filter(submission__isnull=False).select_related(
        "submission__by", "urgent_request__by", "scheduled_by", "column", "publisher", "created_by"
    )


def last_act(article: Article) -> TrailEntry | None:
    entries = TrailEntry.objects.about(article).select_related("by")
    return entries.order_by("-number").first()


def _reviews(user: User) -> Iterable[Task]:
    for article in articles_in_review():
        road = road_of(article)
        common = {
            "record": article,
            "since": (last_act(article) or article.submission).at,
            "due_at": article.due_at,
            "road": road,
        }
        request = article.urgent_request
        if request and _may_confirm(user, road, request):
            said = {"said": request, "reason": request.reason}
            yield Task(Verb.CONFIRM_URGENT, **{**common, "since": request.at}, **said)
        elif road.next and not objection(road, road.next, user):
            yield Task(Verb.SIGN, step=road.next, **common)
        elif road.is_signed and not article.publish_at and may_publish(road, user):
            yield Task(Verb.PUBLISH, **common)
        if article.missed_at and article.scheduled_by_id == user.pk:
            missed = TrailEntry.objects.about(article).filter(act=TrailEntry.Act.MISSED)
            reason = missed.order_by("-number").first().reason
            yield Task(Verb.MISSED, **{**common, "since": article.missed_at}, reason=reason)


def _may_confirm(user: User, road: Road, request: TrailEntry) -> bool:
    is_other = request.by_id != user.pk and user.pk not in road.savers
    return is_other and user.has_perm("towns.confirm_urgent")


def unreviewed() -> list[tuple[Publication, Road]]:
    """What went out urgently and is public, with the road that is still to be gone."""
    urgent = Publication.objects.public().filter(urgent_request__isnull=False)
    urgent = urgent.select_related("article", "document", "urgent_request__by", "published_by")
    roads = ((publication, road_afterwards(publication)) for publication in urgent)
    return [(publication, road) for publication, road in roads if not road.is_signed]


def _afterwards(user: User) -> Iterable[Task]:
    for publication, road in unreviewed():
        if road.next and not objection(road, road.next, user):
            yield Task(
                Verb.SIGN_AFTERWARDS,
                publication,
                publication.published_at,
                step=road.next,
                road=road,
                said=publication.urgent_request,
                reason=publication.urgent_request.reason,
            )


def mine(user: User) -> Iterable[Article]:
    """Articles that this person began or saved; whoever only published one did not write it."""
    saved = Version.objects.filter(saved_by=user, content_type__model="article")
    saved = saved.exclude(act=Version.Act.PUBLISHED)
    return Article.objects.filter(Q(created_by=user) | Q(pk__in=saved.values("object_id")))


def _reworks(user: User) -> Iterable[Task]:
    for article in mine(user).filter(submission__isnull=True):
        entry = last_act(article)
        if entry and entry.act == TrailEntry.Act.SENT_BACK and user.pk in savers_of(article):
            yield Task(Verb.REWORK, article, entry.at, said=entry, reason=entry.reason)


def _proposals(user: User) -> Iterable[Task]:
    for proposal in Proposal.objects.waiting().select_related("proposed_by"):
        if not objection_to_deciding(proposal, user):
            yield Task(Verb.DECIDE, proposal, proposal.proposed_at, reason=proposal.reason)


def _corrections(user: User) -> Iterable[Task]:
    """Public articles of this person that quote what is no longer so."""
    if not user.has_perm("towns.change_article"):
        return
    moved = MovedOn.objects.filter(publication__article__in=mine(user)).select_related(
        "publication__article"
    )
    by_article: dict[int, list[MovedOn]] = {}
    for row in moved.filter(publication__is_current=True).order_by("since"):
        by_article.setdefault(row.publication.article_id, []).append(row)
    for rows in by_article.values():
        article = rows[0].publication.article
        if not article.is_in_review:
            yield Task(Verb.CORRECT, article, rows[0].since, details=rows)
