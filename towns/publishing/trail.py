"""Writing the trail. Call `note` before anything is announced: trail first, then version."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from towns.documents.canonical import canonical_bytes, digest_of, plain
from towns.models import Document, Stage, TrailEntry, TrailHead, User
from towns.publishing.refusal import RefusedError

LONGEST = 5000


def note(
    act: str,
    record: Model,
    *,
    by: User,
    document: Document | None = None,
    stage: Stage | None = None,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> TrailEntry:
    """Add one entry, sealed to the one before it.

    The head stays locked until commit, so entries stand in the order of their commits. Time does
    not run backwards in it, even where the clock was set back. Raises `RefusedError` where the
    reason is longer than anybody reads.
    """
    assert connection.in_atomic_block, "an act is noted in the transaction that does it"
    must_be_short(reason)
    head = hold_the_end()
    last = TrailEntry.objects.filter(number=head.number).first()
    entry = TrailEntry(
        number=head.number + 1,
        subject_kind=record._meta.model_name,
        subject_id=record.pk,
        subject=str(record)[:300],
        act=act,
        by=by,
        by_name=str(by),
        at=max(timezone.now(), last.at) if last else timezone.now(),
        document=document,
        stage=stage,
        reason=reason,
        details=json.dumps(plain(details or {}), ensure_ascii=False, sort_keys=True),
        previous=head.digest,
    )
    entry.digest = entry_digest(entry)
    entry.save(force_insert=True)
    head.number, head.digest = entry.number, entry.digest
    head.save()
    return entry


def must_be_short(*texts: str) -> None:
    if any(len(text) > LONGEST for text in texts):
        raise RefusedError(_("Say it in at most %d characters.") % LONGEST)


def hold_the_end() -> TrailHead:
    """Lock the end of the trail until commit: nobody else notes an act or changes the stages."""
    return TrailHead.objects.select_for_update().get(pk=TrailHead.ONLY)


def entry_digest(entry: TrailEntry) -> str:
    """Over all that the entry says, and the digest of the entry before it."""
    content = {
        "number": entry.number,
        "kind": entry.subject_kind,
        "id": entry.subject_id,
        "subject": entry.subject,
        "act": str(entry.act),
        "by": entry.by_id,
        "by_name": entry.by_name,
        "at": entry.at,
        "document": entry.document_id,
        "reason": entry.reason,
        "details": entry.details,
        "previous": entry.previous,
    }
    return digest_of(canonical_bytes("trail", content))
