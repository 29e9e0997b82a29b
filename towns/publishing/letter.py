"""What becomes of a reader's letter. It stays with the desk: nothing of it is ever announced."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from towns.models import ReaderLetter, User
from towns.publishing.refusal import RefusedError


@transaction.atomic
def handle_letters(
    letters: Iterable[ReaderLetter], *, by: User, state: str, note: str | None = None
) -> int:
    """Put them into this state; return how many were in another one. Raises `RefusedError`.

    Who did it and when stands in the letter, unless it is new again. A note of None stays as it is.
    """
    if not (by.is_active and by.has_perm("towns.change_readerletter")):
        raise RefusedError(_("You do not have the right to settle reader letters."))
    locked = ReaderLetter.objects.select_for_update(of=("self",), no_key=True)
    moved = 0
    for letter in locked.filter(pk__in=[letter.pk for letter in letters]).order_by("pk"):
        moved += letter.state != state
        if letter.state != state:
            is_new = state == ReaderLetter.State.NEW
            letter.handled_at, letter.handled_by = (None, None) if is_new else (timezone.now(), by)
        letter.state = state
        letter.note = letter.note if note is None else note.strip()
        letter.save()
    return moved
