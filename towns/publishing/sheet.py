"""What keeping a spreadsheet may do here: propose what is public, note who left a record how."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model

from towns.documents.cells import Cells
from towns.models import Proposal, User
from towns.publishing.history import note_versions
from towns.publishing.proposal import propose


@dataclass(frozen=True)
class SheetActs:
    """By this person, for the reason that stands for the whole sheet."""

    by: User
    reason: str
    nature: str = Proposal.Nature.CORRECTION

    def propose(self, record: Model, *, before: Cells | None, after: Cells, row: int) -> Proposal:
        reason = f"{self.reason} ({row})"
        return propose(
            record, before=before, after=after, by=self.by, reason=reason, nature=self.nature
        )

    def note_versions(self, records: Sequence[Model], *, act: str) -> None:
        if records:
            note_versions(records, by=self.by, act=act)
