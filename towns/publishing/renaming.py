"""A record that was public and gets another slug leaves its old address behind."""

from django.db import transaction
from django.db.models import Model

from towns.documents.kinds import KINDS
from towns.models import Change, Column, OldAddress, Publication
from towns.models.old_address import RENAMED


def keep_old_address(record: Model, old_slug: str) -> None:
    """Lead `old_slug` to the record from now on, if anything was ever public there.

    Call it in the transaction that renames, before it is announced.
    """
    kind = record._meta.model_name
    if kind not in RENAMED or not old_slug or old_slug == record.slug:
        return
    if not _was_public(record, old_slug):
        return
    with transaction.atomic():
        OldAddress.objects.update_or_create(
            kind=kind, slug=old_slug, defaults={"record_id": record.pk}
        )
        # Where it came back to a name it had before, that one is its address and no old one.
        OldAddress.objects.of(record).filter(slug=record.slug).delete()


def old_slugs(record: Model) -> list[str]:
    return list(OldAddress.objects.of(record).values_list("slug", flat=True))


def _was_public(record: Model, slug: str) -> bool:
    """The change log forgets nothing that ever was; a column was seen with its articles."""
    if isinstance(record, Column):
        return Publication.objects.filter(column=record).exists()
    kind = next(kind for kind in KINDS if kind.model is type(record))
    return Change.objects.filter(kind=kind.name, permanent_id=slug).exists()
