"""Every kind of sheet, and which of them a file is."""

from typing import Any, Protocol

from django.db.models import Model, QuerySet

from towns.imports.sheet.describing import Column, headers_of
from towns.imports.sheet.knowledge import Knowledge
from towns.imports.sheet.outcome import Checked
from towns.imports.sheet.party import PartyKind
from towns.imports.sheet.project import ProjectKind
from towns.imports.sheet.ranking import RankingKind
from towns.imports.sheet.statistic import StatisticKind
from towns.imports.sheet.storing import Acts
from towns.imports.sheet.term import TermKind
from towns.imports.sheet.town import TownKind
from towns.sheets.reading import RefusedError, Table, read_table


class SheetKind(Protocol):
    name: str
    label: Any
    model: type[Model]
    columns: tuple[Column, ...]

    def check(self, table: Table, known: Knowledge) -> Checked: ...

    def store(self, checked: Checked, known: Knowledge, acts: Acts) -> Any: ...

    def export(self, records: QuerySet | None, known: Knowledge) -> Any: ...


KINDS: dict[str, SheetKind] = {
    kind.name: kind
    for kind in (
        RankingKind(),
        TownKind(),
        ProjectKind(),
        StatisticKind(),
        PartyKind(),
        TermKind(),
    )
}


def read_as(kind: SheetKind, name: str, data: bytes) -> Table:
    """Raises RefusedError."""
    return read_table(name, data, headers_of(kind.columns))


def recognised(name: str, data: bytes) -> SheetKind:
    """The kind whose columns this file has the most of. Raises RefusedError where none fits."""
    scores: dict[str, float] = {}
    refusal: RefusedError | None = None
    for kind in KINDS.values():
        try:
            table = read_as(kind, name, data)
        except RefusedError as error:
            refusal = error
            continue
        scores[kind.name] = _score(kind, table)
    if not scores:
        raise refusal or RefusedError("")
    return KINDS[max(scores, key=lambda one: scores[one])]


def _score(kind: SheetKind, table: Table) -> float:
    """Columns found, less those that nobody asked for; without what it must have, little."""
    missing = sum(
        1 for column in kind.columns if column.is_required and column.key not in table.columns
    )
    return len(table.columns) - 0.5 * len(table.unknown_columns) - 2 * missing


def kind_for(model: type[Model]) -> SheetKind:
    return next(kind for kind in KINDS.values() if kind.model is model)
