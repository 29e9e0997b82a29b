"""What keeping an article needs from the layer that publishes, and the account of what was done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from towns.models import ArticleUpload, Proposal, UploadRow, User

NoteVersion = Callable[..., Any]
Propose = Callable[..., Proposal]


@dataclass
class Hands:
    """`note_version` and `propose` are those of the publishing layer, handed in by the caller."""

    upload: ArticleUpload
    by: User
    note_version: NoteVersion
    propose: Propose
    open_points: list[dict[str, Any]] = field(default_factory=list)

    def made(self, record: Model, line: int) -> None:
        self.note_version(record, by=self.by)
        self.row(record, line, UploadRow.Outcome.CREATED)

    def changed(self, record: Model, line: int) -> None:
        self.note_version(record, by=self.by)
        self.row(record, line, UploadRow.Outcome.UPDATED)

    def found(self, record: Model, line: int) -> None:
        self.row(record, line, UploadRow.Outcome.UNCHANGED)

    def proposed(self, proposal: Proposal, line: int) -> None:
        self.row(proposal, line, UploadRow.Outcome.PROPOSED)

    def row(self, record: Model, line: int, outcome: str) -> None:
        UploadRow.objects.create(
            upload=self.upload,
            record=record,
            name=str(record)[:300],
            row=max(line, 1),
            outcome=outcome,
        )

    def leave_open(self, line: int, text: str) -> None:
        """For a person to look at afterwards, in the language of who kept it."""
        self.open_points.append({"line": line, "text": text, "is_settled": False})
