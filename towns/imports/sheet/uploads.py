"""A sheet on its way: received as a file, checked as often as asked, kept once and as a whole."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from towns.imports.sheet.kinds import KINDS, SheetKind, read_as
from towns.imports.sheet.knowledge import Knowledge
from towns.imports.sheet.outcome import Checked, Outcome
from towns.imports.sheet.storing import Acts, Stored
from towns.models import SheetUpload, Upload, UploadRow, User
from towns.sheets.reading import Table

_BATCH = 500
# Answers that hold for other sheets too: which town a spelling means.
_LASTING = "town:"
_REMEMBERED_UPLOADS = 50


class NotKeptError(Exception):
    """Nothing was kept; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass
class CheckedUpload:
    kind: SheetKind
    checked: Checked
    known: Knowledge

    @property
    def fingerprint(self) -> str:
        """Of what keeping would do: what a person saw is what is kept, or nothing is."""
        digest = hashlib.sha256()
        for facts in self.checked.about or ():
            digest.update(f"{facts}{facts.outcome}{facts.changes}{facts.coverage}".encode())
        for row in self.checked.rows:
            key = row.record.pk if row.record else row.values.get("pk")
            digest.update(f"{row.number}{row.outcome}{key}{row.changes}".encode())
        return digest.hexdigest()[:32]


def receive(
    kind: SheetKind, name: str, data: bytes, *, by: User, answers: Mapping[str, str] | None = None
) -> Upload:
    """Store the file as it came, whatever is in it; nothing of it is kept yet.

    Raises RefusedError where no table of this kind is in it.
    """
    read_as(kind, name, data)
    upload = Upload(
        kind=kind.name,
        name=name[-255:],
        digest=hashlib.sha256(data).hexdigest(),
        size=len(data),
        answers={**remembered_answers(), **(answers or {})},
        received_by=by,
    )
    upload.file.save(name, ContentFile(data), save=False)
    upload.save()
    return upload


def remembered_answers() -> dict[str, str]:
    """What was answered before and kept holds again for the same words."""
    kept = SheetUpload.objects.filter(state=Upload.State.KEPT).order_by("-pk")
    answers: dict[str, str] = {}
    for said in reversed(kept.values_list("answers", flat=True)[:_REMEMBERED_UPLOADS]):
        answers |= {key: value for key, value in said.items() if key.startswith(_LASTING)}
    return answers


def same_file(upload: Upload) -> QuerySet[Upload]:
    """Earlier uploads of the very same bytes, the latest first."""
    return Upload.objects.filter(digest=upload.digest, kind=upload.kind, pk__lt=upload.pk)


def check_data(
    kind: SheetKind, name: str, data: bytes, answers: Mapping[str, str]
) -> CheckedUpload:
    """Without storing anything. Raises RefusedError."""
    known = Knowledge({**remembered_answers(), **answers}, title=name)
    return CheckedUpload(kind, kind.check(read_as(kind, name, data), known), known)


def check_upload(upload: Upload, table: Table | None = None) -> CheckedUpload:
    kind = KINDS[upload.kind]
    known = Knowledge(upload.answers, title=upload.name)
    return CheckedUpload(kind, kind.check(table or read_upload(upload), known), known)


def read_upload(upload: Upload) -> Table:
    """Raises RefusedError."""
    with upload.file.open("rb") as file:
        return read_as(KINDS[upload.kind], upload.name, file.read())


def why_not(checked: Checked) -> str:
    """Why nothing may be kept; "" where nothing stands against it."""
    counts = (
        (checked.counts[Outcome.FAULT], ngettext_lazy("%d row has faults", "%d rows have faults")),
        (
            len(checked.faults),
            ngettext_lazy("%d fault of the whole sheet", "%d faults of the whole sheet"),
        ),
        (
            len(checked.open_questions),
            ngettext_lazy("%d question is not answered", "%d questions are not answered"),
        ),
    )
    against = [str(sentence % count) for count, sentence in counts if count]
    if against:
        return _("Still: %s.") % " · ".join(against)
    if not checked.changes_something and not _changes_about(checked):
        return _("Nothing would change: all of it is recorded already.")
    return ""


def _changes_about(checked: Checked) -> bool:
    return any(facts.outcome is not Outcome.UNCHANGED for facts in checked.about or ())


def keep(upload: Upload, *, acts: Acts, seen: str | None = None) -> Upload:
    """All of it in one transaction, or nothing. Raises NotKeptError.

    It is checked again within the transaction, since the records may be others by now. `seen` is
    the fingerprint of what the person read.
    """
    table = read_upload(upload)
    try:
        with transaction.atomic():
            return _keep(upload, table, acts, seen)
    except IntegrityError as error:
        raise NotKeptError(_("Somebody changed these records just now. Look again.")) from error


def _keep(upload: Upload, table: Table, acts: Acts, seen: str | None) -> Upload:
    upload = _locked(upload)
    if upload.state != Upload.State.READ:
        raise NotKeptError(_("This sheet was kept or put aside already."))
    found = check_upload(upload, table)
    if seen is not None and found.fingerprint != seen:
        raise NotKeptError(
            _("The records changed since you looked. Nothing was kept; here is how it stands now.")
        )
    if said := why_not(found.checked):
        raise NotKeptError(said)
    _note_rows(upload, list(found.kind.store(found.checked, found.known, acts)))
    upload.state, upload.kept_at = Upload.State.KEPT, timezone.now()
    upload.save(update_fields=["state", "kept_at"])
    return upload


def _locked(upload: Upload) -> Upload:
    """With every other sheet of its kind that may be kept: two of them wait for one another."""
    mine_or_open = Q(pk=upload.pk) | Q(kind=upload.kind, state=Upload.State.READ)
    locked = Upload.objects.select_for_update(of=("self",)).filter(mine_or_open).order_by("pk")
    return next(one for one in list(locked) if one.pk == upload.pk)


def _note_rows(upload: Upload, stored: list[Stored]) -> None:
    types = ContentType.objects.get_for_models(*{one.model for one in stored})
    UploadRow.objects.bulk_create(
        (
            UploadRow(
                upload=upload,
                row=one.row,
                outcome=one.outcome,
                content_type=types[one.model],
                object_id=one.pk,
                name=one.name[:300],
            )
            for one in stored
        ),
        batch_size=_BATCH,
    )
