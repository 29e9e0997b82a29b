"""Going out at a set time, without a timer having to exist."""

import datetime as dt
import logging
from types import EllipsisType

from django.db import DatabaseError, transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from towns.models import Article, SiteVersion, TrailEntry, User
from towns.publishing.article import obstacle, release
from towns.publishing.notices import tell_about_missing
from towns.publishing.refusal import RefusedError
from towns.publishing.review import lock
from towns.publishing.road import may_publish, road_of
from towns.publishing.trail import LONGEST, note

log = logging.getLogger(__name__)


@transaction.atomic
def schedule(article: Article, *, by: User, at: dt.datetime) -> TrailEntry:
    """Let it go out at that time, if every stage has signed it by then. Raises `RefusedError`."""
    article = lock(article)
    if not article.is_in_review:
        raise RefusedError(_("This article has not been submitted."))
    if at <= timezone.now():
        raise RefusedError(_("That time has passed. Choose a later one, or publish now."))
    if not may_publish(road_of(article), by):
        raise RefusedError(_("You do not have the right to publish this article."))
    article.publish_at, article.scheduled_by, article.missed_at = at, by, None
    article.save(update_fields=["publish_at", "scheduled_by", "missed_at"])
    entry = note(TrailEntry.Act.SCHEDULED, article, by=by, details={"at": at})
    set_next_due()
    return entry


@transaction.atomic
def unschedule(article: Article, *, by: User) -> TrailEntry:
    article = lock(article)
    if article.publish_at is None:
        raise RefusedError(_("No time is set for this article."))
    article.publish_at = article.scheduled_by = article.missed_at = None
    article.save(update_fields=["publish_at", "scheduled_by", "missed_at"])
    entry = note(TrailEntry.Act.UNSCHEDULED, article, by=by)
    set_next_due()
    return entry


def is_due(next_due: dt.datetime | None | EllipsisType = ...) -> bool:
    """One look at the row that every reader looks at, or at what was read of it already."""
    if next_due is ...:
        next_due = SiteVersion.objects.values_list("next_due", flat=True).get(pk=SiteVersion.ONLY)
    return next_due is not None and next_due <= timezone.now()


def publish_due() -> int:
    """Publish what is due, each exactly once however many processes try; return how many.

    Never raises: a reader's request must not fail for it. What can't go out stays in, with the
    reason in the trail, and is not tried again until somebody schedules it anew.
    """
    published = 0
    for pk in _waiting().filter(publish_at__lte=timezone.now()).values_list("pk", flat=True):
        try:
            published += _publish_one(pk)
        except DatabaseError:
            log.exception("article %s was due; the database will be asked again", pk)
        except Exception:
            log.exception("article %s was due and could not be published", pk)
            _miss_after_fault(pk)
    try:
        with transaction.atomic():
            set_next_due()
    except Exception:
        log.exception("the next due time could not be set")
    return published


def set_next_due() -> None:
    """Call it last in a transaction: it locks the row of the version."""
    SiteVersion.objects.select_for_update().get(pk=SiteVersion.ONLY)
    next_due = _waiting().aggregate(at=Min("publish_at"))["at"]
    SiteVersion.objects.filter(pk=SiteVersion.ONLY).update(next_due=next_due)


def _waiting():
    return Article.objects.filter(publish_at__isnull=False, missed_at__isnull=True)


@transaction.atomic
def _publish_one(pk: int) -> int:
    # Another process that holds the article is publishing it just now.
    locked = Article.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
    article = locked.filter(pk=pk).first()
    if article is None or article.missed_at or not article.publish_at:
        return 0
    if article.publish_at > timezone.now():
        return 0
    try:
        with transaction.atomic():
            _release(article)
    except RefusedError as refusal:
        _miss(article, refusal.message)
        return 0
    return 1


def _release(article: Article) -> None:
    road, by = road_of(article), article.scheduled_by
    if said := obstacle(road):
        raise RefusedError(said)
    if not may_publish(road, by):
        said = _("%(who)s no longer has the right to publish this article.")
        raise RefusedError(said % {"who": by})
    release(road, by=by)


def _miss_after_fault(pk: int) -> None:
    """A fault would meet every later reader as well: people are told of it instead."""
    said = _("A fault of the program; whoever looks after the server finds it in the log.")
    try:
        with transaction.atomic():
            article = lock(Article(pk=pk))
            if article.publish_at and not article.missed_at:
                _miss(article, said)
    except Exception:
        log.exception("article %s could not be marked as missed", pk)


def _miss(article: Article, reason: str) -> None:
    article.missed_at = timezone.now()
    article.save(update_fields=["missed_at"])
    note(TrailEntry.Act.MISSED, article, by=article.scheduled_by, reason=reason[:LONGEST])
    tell_about_missing(article, reason)
