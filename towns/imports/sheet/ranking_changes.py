"""Rows that differ from what is recorded: proposed where that is public, asked where decided."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from towns.imports.sheet.decided import Decisions, settle_row
from towns.imports.sheet.knowledge import Knowledge
from towns.imports.sheet.outcome import Changed, CheckedRow, Outcome
from towns.imports.sheet.ranking_facts import Facts
from towns.models import Proposal, RankingEntry
from towns.sheets.reading import Table

_BATCH = 5000
# The column of a change → the field of an entry, which is also the key of the row's value.
FIELDS = {"rank": "rank", "tied": "is_tied", "entry_source": "source"}


def settle(table: Table, facts: Facts, rows: Sequence[CheckedRow], known: Knowledge) -> None:
    changed = [row for row in rows if row.outcome is Outcome.UPDATED]
    keys = [row.values["pk"] for row in changed]
    entries: dict[int, RankingEntry] = {}
    for start in range(0, len(keys), _BATCH):
        some = RankingEntry.objects.select_related("edition__ranking", "town")
        entries |= some.in_bulk(keys[start : start + _BATCH])
    for row in changed:
        row.record, row.row = entries[row.values["pk"]], table.rows[row.place]
    decisions = Decisions.about(RankingEntry, [row.record for row in changed], known)
    if facts.is_public:
        _propose(facts, rows, decisions)
        return
    for row in changed:
        settle_row(row, decisions, names=_names, cell=_cell)


def _names(change: Changed) -> list[str]:
    return [FIELDS[change.key]]


def _cell(row: CheckedRow, key: str) -> Any:
    return row.row.cells.get(key) or row.row.cells["rank"]


def entry_fields(row: CheckedRow) -> dict[str, Any]:
    """What the row changes of its entry."""
    names = [FIELDS[change.key] for change in row.changes]
    return {name: row.values[name] for name in names}


def _propose(facts: Facts, rows: Sequence[CheckedRow], decisions: Decisions) -> None:
    added = _additions(facts) if any(row.outcome is Outcome.PROPOSED for row in rows) else set()
    for row in rows:
        if row.outcome is Outcome.UPDATED:
            row.outcome = Outcome.PROPOSED
            waits = decisions.is_proposed(row.record, entry_fields(row))
        elif row.outcome is Outcome.PROPOSED:
            waits = (row.values["place"].pk, row.values["rank"]) in added
        else:
            continue
        if waits:
            row.outcome = Outcome.UNCHANGED
            row.notes += (_("This change is proposed already and waits for a decision."),)


def _additions(facts: Facts) -> set[tuple[int, int | None]]:
    """Town and rank of the entries that wait to be added to this edition."""
    kind = ContentType.objects.get_for_model(RankingEntry)
    waiting = Proposal.objects.waiting().filter(content_type=kind, before=None)
    columns = [one.after.content["columns"] for one in waiting.select_related("after")]
    return {
        (one["town_id"], one["rank"]) for one in columns if one["edition_id"] == facts.edition.pk
    }
