"""Publishing records: by somebody else than who entered them, many at a time or none."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from towns.models import TrailEntry, User, Version
from towns.models.publishable import Publishable
from towns.publishing.announcing import announce
from towns.publishing.history import note_version, savers_of
from towns.publishing.readiness import record_readiness
from towns.publishing.refusal import Finding, NotReadyError, RefusedError
from towns.publishing.trail import note


@transaction.atomic
def publish_records(records: Iterable[Publishable], *, by: User) -> int:
    """Publish what is not yet public; return how many records became public by it.

    Raises `NotReadyError`, and then publishes none of them.
    """
    fresh = lock_fresh(record for record in records if not record.is_public)
    open_records(fresh, by=by)
    announce(fresh)
    return len(fresh)


def lock_fresh(records: Iterable[Publishable]) -> list[Publishable]:
    """Those that are still not public, locked until commit in one order everywhere.

    Raises `RefusedError` where one of them is gone.
    """
    by_model: dict[type[Model], set[int]] = {}
    for record in records:
        by_model.setdefault(type(record), set()).add(record.pk)
    locked: list[Publishable] = []
    for model in sorted(by_model, key=lambda model: model._meta.model_name):
        found = _rows(model).filter(pk__in=by_model[model]).order_by("pk")
        locked.extend(found)
        if len(found) < len(by_model[model]):
            raise RefusedError(_("This record is no longer there."))
    return [record for record in locked if not record.is_public]


def lock_record(record: Model) -> Model:
    """The record as it is now, locked until commit. Raises `RefusedError` where it is gone."""
    found = _rows(type(record)).filter(pk=record.pk).first()
    if found is None:
        raise RefusedError(_("This record is no longer there."))
    return found


def _rows(model: type[Model]) -> QuerySet:
    return model._base_manager.select_for_update(of=("self",), no_key=True)


def open_records(records: Sequence[Any], *, by: User) -> None:
    """Make them public; the caller announces. Raises `NotReadyError`."""
    if findings := [finding for record in records for finding in _faults(record, by)]:
        raise NotReadyError(findings)
    now = timezone.now()
    for record in records:
        record.published_at, record.published_by = now, by
        record.save(update_fields=["published_at", "published_by"])
        version = note_version(record, by=by, act=Version.Act.PUBLISHED)
        note(TrailEntry.Act.PUBLISHED, record, by=by, document=version.document)


def _faults(record: Model, by: User) -> Iterable[Finding]:
    yield from record_readiness(record)
    if by.pk in savers_of(record):
        said = _("“%(record)s”: you entered it, so another person publishes it.")
        yield Finding(said % {"record": record})
