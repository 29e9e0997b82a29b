"""Who left a record how: versions, who entered something, and the way back."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from towns.documents.canonical import canonical_bytes, digest_of
from towns.documents.cells import apply_cells, cells_of, keep_cells
from towns.models import (
    Article,
    Document,
    RankingEdition,
    RankingEntry,
    TrailEntry,
    User,
    Version,
)
from towns.publishing.announcing import announce, is_seen_by_public
from towns.publishing.refusal import RefusedError
from towns.publishing.renaming import keep_old_address
from towns.publishing.trail import note


@transaction.atomic
def note_version(record: Model, *, by: User, act: str = Version.Act.SAVED) -> Version | None:
    """Keep the record as it is now. Saving without a change makes no version."""
    document = keep_cells(record)
    last = Version.objects.about(record).first()
    if act == Version.Act.SAVED and last and last.document_id == document.digest:
        return None
    return Version.objects.create(
        record=record, name=str(record)[:300], document=document, act=act, saved_by=by
    )


@transaction.atomic
def note_versions(records: Sequence[Model], *, by: User, act: str) -> None:
    """Keep many records as they are now, in a few statements; each makes a version."""
    bodies = [canonical_bytes("cells", cells_of(record)) for record in records]
    digests = [digest_of(body) for body in bodies]
    Document.objects.bulk_create(
        (
            Document(digest=digest, kind="cells", body=body.decode())
            for digest, body in zip(digests, bodies, strict=True)
        ),
        ignore_conflicts=True,
        batch_size=500,
    )
    types = ContentType.objects.get_for_models(*{type(record) for record in records})
    Version.objects.bulk_create(
        (
            Version(
                content_type=types[type(record)],
                object_id=record.pk,
                name=str(record)[:300],
                document_id=digest,
                act=act,
                saved_by=by,
            )
            for record, digest in zip(records, digests, strict=True)
        ),
        batch_size=500,
    )


def savers_of(record: Model) -> set[int]:
    """The keys of those who saved it, or an entry of it, since it was last published."""
    savers = _savers(record, after=_publications(record).first() or 0)
    if isinstance(record, RankingEdition):
        savers |= _savers_of_entries(record)
    if isinstance(record, Article) and record.created_by_id and not record.publications.exists():
        savers.add(record.created_by_id)
    return savers


def savers_before(record: Model) -> set[int]:
    """The keys of those who saved what was published last."""
    last, before = [*_publications(record)[:2], 0, 0][:2]
    savers = _savers(record, after=before, until=last)
    return savers | ({record.created_by_id} if not before and record.created_by_id else set())


def _publications(record: Model) -> QuerySet:
    versions = Version.objects.about(record).filter(act=Version.Act.PUBLISHED)
    return versions.values_list("pk", flat=True)


def _savers(record: Model, *, after: int, until: int | None = None) -> set[int]:
    versions = Version.objects.about(record).exclude(act=Version.Act.PUBLISHED)
    within = Q(pk__gt=after) & (Q(pk__lt=until) if until else Q())
    return set(versions.filter(within).order_by().values_list("saved_by", flat=True))


def _savers_of_entries(edition: RankingEdition) -> set[int]:
    """In one query; entries have no publication of their own."""
    entered = Version.objects.filter(
        content_type__app_label=RankingEntry._meta.app_label,
        content_type__model=RankingEntry._meta.model_name,
        object_id__in=edition.entries.order_by().values("pk"),
    )
    return set(entered.order_by().values_list("saved_by", flat=True).distinct())


@transaction.atomic
def restore_version(version: Version, *, by: User) -> Model:
    """Make an earlier version the working copy again. Raises `RefusedError`.

    Not for what the public sees by itself: that is proposed. An article's working copy is
    nobody's but the desk's, unless it is being reviewed.
    """
    record = version.record
    if record is None:
        raise RefusedError(_("This is in the bin, or gone: take it out of the bin first."))
    if isinstance(record, Article):
        locked = Article.objects.select_for_update(of=("self",), no_key=True)
        record = locked.get(pk=record.pk)
        if record.is_in_review:
            raise RefusedError(_("It is being reviewed: take the submission back first."))
    elif is_seen_by_public(record):
        raise RefusedError(_("This record is public: going back is a change to be proposed."))
    if not version.document.body:
        raise RefusedError(_("The body of this version was erased."))
    before, cells = getattr(record, "slug", ""), version.document.content
    if isinstance(record, Article) and record.publications.exists():
        # Its address is that of its first publication, whatever it was called before.
        cells = {**cells, "columns": {**cells["columns"], "slug": before}}
    try:
        restored = apply_cells(cells)
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error
    keep_old_address(restored, before)
    note(TrailEntry.Act.RESTORED, restored, by=by, document=version.document)
    note_version(restored, by=by, act=Version.Act.RESTORED)
    announce([restored])
    return restored


def is_as_before(record: Model, version: Version) -> bool:
    return version.document.content == cells_of(record)
