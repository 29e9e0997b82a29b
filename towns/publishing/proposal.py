"""A public record changes only when a second person accepts the change."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from towns.documents.cells import Cell, Cells, apply_cells, cells_of, changed_cells, recreate
from towns.documents.kinds import keep
from towns.models import Proposal, TrailEntry, User, Version
from towns.publishing.announcing import announce
from towns.publishing.binning import remove
from towns.publishing.history import note_version
from towns.publishing.notices import tell_about_proposal
from towns.publishing.quoting import update_quotations
from towns.publishing.record import lock_record
from towns.publishing.refusal import RefusedError
from towns.publishing.renaming import keep_old_address
from towns.publishing.trail import note


@transaction.atomic
def propose(
    record: Model,
    *,
    before: Cells | None,
    after: Cells | None,
    by: User,
    reason: str,
    nature: str = Proposal.Nature.CORRECTION,
) -> Proposal:
    """Ask a second person for this change. Without `before` it adds, without `after` it removes.

    Raises `RefusedError`.
    """
    if not reason.strip():
        raise RefusedError(_("Say why, for the person who decides."))
    if before and after and not changed_cells(before, after):
        raise RefusedError(_("Nothing would change."))
    proposal = Proposal.objects.create(
        content_type=_type_of(record),
        object_id=record.pk if before else None,
        name=str(record)[:300],
        before=keep("cells", before) if before else None,
        after=keep("cells", after) if after else None,
        nature=nature,
        reason=reason.strip(),
        proposed_by=by,
    )
    document = proposal.after or proposal.before
    details = {"proposal": proposal.pk, "nature": str(nature)}
    note(
        TrailEntry.Act.PROPOSED, proposal, by=by, document=document, reason=reason, details=details
    )
    tell_about_proposal(proposal)
    return proposal


@transaction.atomic
def accept(proposal: Proposal, *, by: User, reason: str = "") -> Model | None:
    """Make the change; return the record, or None where it was removed. Raises `RefusedError`."""
    proposal = _to_be_decided(proposal, by)
    try:
        record = _apply(proposal, by=by)
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error
    if record is not None and proposal.object_id is None:
        proposal.object_id = record.pk
    _decide(proposal, Proposal.Decision.ACCEPTED, by=by, reason=reason)
    if record is not None:
        note_version(record, by=proposal.proposed_by, act=Version.Act.ACCEPTED)
    note(
        TrailEntry.Act.ACCEPTED,
        proposal,
        by=by,
        document=proposal.after or proposal.before,
        reason=reason,
        details={"proposal": proposal.pk, "nature": str(proposal.nature)},
    )
    if record is None:
        announce()
        return None
    update_quotations(record, is_correction=proposal.is_correction)
    announce([record], corrected=[record] if proposal.is_correction else [])
    return record


@transaction.atomic
def decline(proposal: Proposal, *, by: User, reason: str) -> Proposal:
    if not reason.strip():
        raise RefusedError(_("Say why, for the person who proposed it."))
    proposal = _to_be_decided(proposal, by)
    _decide(proposal, Proposal.Decision.DECLINED, by=by, reason=reason.strip())
    note(TrailEntry.Act.DECLINED, proposal, by=by, reason=reason.strip())
    return proposal


@transaction.atomic
def take_back_proposal(proposal: Proposal, *, by: User) -> Proposal:
    proposal = _locked(proposal)
    if not proposal.is_waiting or proposal.proposed_by_id != by.pk:
        raise RefusedError(_("Only the person who proposed it takes it back."))
    _decide(proposal, Proposal.Decision.TAKEN_BACK, by=by)
    note(TrailEntry.Act.TAKEN_BACK, proposal, by=by)
    return proposal


def cells_changed_by(proposal: Proposal) -> list[Cell]:
    """The cell differences of a change; nothing for an addition or a removal."""
    if not (proposal.before and proposal.after):
        return []
    return changed_cells(proposal.before.content, proposal.after.content)


def objection_to_deciding(proposal: Proposal, user: User) -> str:
    """Why this person may not decide; "" where nothing stands against it."""
    if not proposal.is_waiting:
        return _("This proposal was decided already.")
    if not (user.is_active and user.has_perm("towns.decide_proposal")):
        return _("You do not have the right to decide on proposals.")
    if proposal.proposed_by_id == user.pk:
        return _("You proposed it, so another person decides.")
    return ""


def _to_be_decided(proposal: Proposal, by: User) -> Proposal:
    proposal = _locked(proposal)
    if said := objection_to_deciding(proposal, by):
        raise RefusedError(said)
    return proposal


def _locked(proposal: Proposal) -> Proposal:
    locked = Proposal.objects.select_for_update(of=("self",), no_key=True)
    return locked.get(pk=proposal.pk)


def _decide(proposal: Proposal, decision: str, *, by: User, reason: str = "") -> None:
    proposal.decision, proposal.decision_reason = decision, reason
    proposal.decided_at, proposal.decided_by = timezone.now(), by
    proposal.save()


def _apply(proposal: Proposal, *, by: User) -> Model | None:
    if proposal.before is None:
        return recreate({**proposal.after.content, "pk": None})
    record = proposal.record
    if record is None:
        raise RefusedError(_("This record is no longer there."))
    record = lock_record(record)
    current, before = cells_of(record), proposal.before.content
    if proposal.after is None:
        if current != before and changed_cells(before, current):
            raise RefusedError(_("The record changed after this was proposed."))
        remove(record, by=by)
        return None
    changes = changed_cells(before, proposal.after.content)
    old_slug = current["columns"].get("slug", "")
    record = apply_cells(_merged(current, changes))
    keep_old_address(record, old_slug)
    return record


def _merged(current: Cells, changes: Iterable[Cell]) -> Cells:
    """The cells as they are now with the changes made; other cells may have changed meanwhile.

    Raises `RefusedError` where a cell to be changed is no longer what the person saw.
    """
    for cell in changes:
        if not cell.row:
            _set(current, cell)
        elif not cell.field:
            _set_row(current, cell)
        else:
            _set(_row(current, cell), cell)
    return current


def _set(cells: Cells, cell: Cell) -> None:
    part = "columns" if cell.field in cells["columns"] else "lists"
    if cells[part][cell.field] != cell.old:
        raise RefusedError(_("The record changed after this was proposed."))
    cells[part][cell.field] = cell.new


def _row(cells: Cells, cell: Cell) -> Cells:
    name, key = cell.row.split("/")
    for row in cells["rows"][name]:
        if str(row["pk"]) == key:
            return row
    raise RefusedError(_("The record changed after this was proposed."))


def _set_row(cells: Cells, cell: Cell) -> None:
    name, _key = cell.row.split("/")
    if cell.new is None:
        cells["rows"][name].remove(_row(cells, cell))
    else:
        cells["rows"][name].append({**cell.new, "pk": None})


def _type_of(record: Model) -> Any:
    field = Proposal._meta.get_field("content_type")
    return field.related_model.objects.get_for_model(record)
