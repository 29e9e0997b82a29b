"""Readers' comments come before the public by the act of a person, and go again the same way."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from towns.models import ReaderComment, User
from towns.publishing.refusal import RefusedError
from towns.publishing.version import announce_news

_State = ReaderComment.State
# From where a decision leads where; what it leads to already is left as it is.
MOVES = {
    _State.SHOWN: (_State.WAITING, _State.DECLINED, _State.HIDDEN),
    _State.DECLINED: (_State.WAITING,),
    _State.HIDDEN: (_State.SHOWN,),
}


@transaction.atomic
def decide_comments(comments: Iterable[ReaderComment], *, by: User, state: str) -> int:
    """Show, decline or hide them; return of how many that was possible. Raises `RefusedError`.

    Comments have no line in the change log: partners do not get them. The version of the site
    rises all the same, for what pages show has changed.
    """
    if not (by.is_active and by.has_perm("towns.approve_comment")):
        raise RefusedError(_("You do not have the right to decide on reader comments."))
    locked = ReaderComment.objects.select_for_update(of=("self",), no_key=True)
    keys = locked.filter(pk__in=[one.pk for one in comments], state__in=MOVES[state])
    decided = [comment.pk for comment in keys.order_by("pk")]
    found = ReaderComment.objects.filter(pk__in=decided)
    was_seen = found.public().exists()
    found.update(state=state, handled_at=timezone.now(), handled_by=by)
    if was_seen or found.public().exists():
        announce_news([])
    return len(decided)


@transaction.atomic
def remove_comments(comments: Iterable[ReaderComment]) -> None:
    """For good, as when their writers ask for it."""
    found = ReaderComment.objects.filter(pk__in=[comment.pk for comment in comments])
    was_seen = found.public().exists()
    found.delete()
    if was_seen:
        announce_news([])
