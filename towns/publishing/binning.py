"""A bin instead of deletion: what is in it is gone from everywhere, and comes back whole."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _

from towns.documents.cells import keep_cells, recreate
from towns.models import (
    Article,
    BinDocument,
    BinItem,
    Document,
    Publication,
    RankingEdition,
    TrailEntry,
    User,
)
from towns.models.publishable import Publishable
from towns.publishing.announcing import announce, is_seen_by_public
from towns.publishing.history import note_version
from towns.publishing.record import lock_record
from towns.publishing.refusal import RefusedError
from towns.publishing.trail import note


@transaction.atomic
def move_to_bin(record: Model, *, by: User) -> BinItem:
    """Take a record that the public does not see out of everything. Raises `RefusedError`.

    A public record leaves by a proposal instead, and a published article by being withdrawn.
    """
    record = lock_record(record)
    if isinstance(record, Article) and record.is_in_review:
        raise RefusedError(_("It is being reviewed: take the submission back first."))
    if is_seen_by_public(record):
        raise RefusedError(_("This record is public: taking it out is a change to be proposed."))
    return remove(record, by=by)


def remove(record: Model, *, by: User) -> BinItem:
    """The removal itself; who may was decided. Raises `RefusedError` where others rest on it.

    The caller has locked the record.
    """
    if users := _users(record):
        raise _still_used(users)
    documents = [keep_cells(part) for part in _parts(record)]
    item = BinItem.objects.create(record=record, name=str(record)[:300], binned_by=by)
    BinDocument.objects.bulk_create(BinDocument(item=item, document=one) for one in documents)
    note(TrailEntry.Act.BINNED, record, by=by, document=documents[0])
    try:
        record.delete()
    except ProtectedError as error:
        raise _still_used(error.protected_objects) from error
    return item


def _still_used(users: Iterable[Model]) -> RefusedError:
    names = ", ".join(sorted({str(user) for user in users})[:5])
    return RefusedError(_("This is still used by: %s.") % names)


def _users(record: Model) -> list[Model]:
    """Whatever has it in a list. The database would drop it there without a word."""
    lists = [
        relation
        for relation in record._meta.related_objects
        if relation.many_to_many
        and relation.through._meta.auto_created
        and relation.related_model is not Publication
    ]
    return [
        user
        for relation in lists
        for user in getattr(record, relation.get_accessor_name()).all()[:5]
    ]


@transaction.atomic
def take_out_of_bin(item: BinItem, *, by: User) -> Model:
    """The record as it was, with what it took along. Raises `RefusedError`."""
    item = BinItem.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if item is None:
        raise RefusedError(_("This is no longer in the bin."))
    try:
        records = [recreate(part.content) for part in _documents(item)]
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error
    record = _as_draft(records[0])
    note(TrailEntry.Act.UNBINNED, record, by=by)
    note_version(record, by=by)
    item.delete()
    announce([record])
    return record


def _as_draft(record: Model) -> Model:
    """What was public before it was removed does not become so without a second person."""
    if isinstance(record, Publishable) and record.is_public:
        record.published_at = record.published_by = None
        record.save(update_fields=["published_at", "published_by"])
    if is_seen_by_public(record):
        raise RefusedError(_("This would be public at once: propose it as an addition instead."))
    return record


def _documents(item: BinItem) -> Iterable[Document]:
    for part in item.parts.select_related("document"):
        if not part.document.body:
            raise RefusedError(_("The body of this version was erased."))
        yield part.document


def _parts(record: Model) -> Iterable[Model]:
    yield record
    if isinstance(record, RankingEdition):
        yield from record.entries.select_for_update(of=("self",), no_key=True).order_by("pk")
