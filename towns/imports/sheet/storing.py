"""What keeping a sheet asks of those who may: proposals and versions are not written here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model

from towns.documents.cells import Cells


class Acts(Protocol):
    """What a door lends: it calls `towns.publishing`, which this package does not know."""

    def propose(self, record: Model, *, before: Cells | None, after: Cells, row: int) -> Any: ...

    def note_versions(self, records: Sequence[Model], *, act: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a row."""

    row: int
    model: type[Model]
    pk: int
    name: str
    outcome: str
