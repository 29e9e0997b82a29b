"""Two people at one form see each other; whoever is not heard of for half a minute has left."""

import datetime as dt
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from towns.models import Presence, User

GONE_AFTER = dt.timedelta(seconds=30)
KEPT = dt.timedelta(days=1)


def note_presence(model: type[Model], pk: int | None, user: User) -> None:
    """Somebody who had left comes back as of now."""
    if pk is None:
        return
    now = timezone.now()
    mine = Presence.objects.at(model, pk).filter(user=user)
    if mine.filter(seen_at__gt=now - GONE_AFTER).update(seen_at=now):
        return
    kind = ContentType.objects.get_for_model(model)
    Presence.objects.filter(seen_at__lt=now - KEPT).delete()
    Presence.objects.update_or_create(
        user=user, content_type=kind, object_id=pk, defaults={"since": now, "seen_at": now}
    )


def end_presence(model: type[Model], pk: int | None, user: User) -> None:
    Presence.objects.at(model, pk).filter(user=user).delete()


def others_at(model: type[Model], pk: int | None, user: User) -> list[dict[str, Any]]:
    """Who else has the form of this record open, and since when."""
    if pk is None:
        return []
    there = Presence.objects.at(model, pk).filter(seen_at__gt=timezone.now() - GONE_AFTER)
    return [
        {"name": str(one.user), "since": f"{timezone.localtime(one.since):%H:%M}"}
        for one in there.exclude(user=user).select_related("user").order_by("since", "pk")
    ]
