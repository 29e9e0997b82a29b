"""An edition with a thousand entries, stored in a few statements."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from towns.documents.canonical import plain
from towns.documents.cells import Cells, cells_of
from towns.imports.sheet.knowledge import Knowledge
from towns.imports.sheet.outcome import Checked, CheckedRow, Outcome
from towns.imports.sheet.ranking_changes import entry_fields
from towns.imports.sheet.ranking_facts import Facts
from towns.imports.sheet.records import with_fields
from towns.imports.sheet.storing import Acts, Stored
from towns.models import RankingEdition, RankingEntry, Town, UploadRow, Version

_BATCH = 500


def store(checked: Checked, known: Knowledge, acts: Acts) -> Iterator[Stored]:
    new_sources = list(known.new_sources.values())
    for source in new_sources:
        source.save()
    acts.note_versions(new_sources, act=Version.Act.IMPORTED)
    for facts in checked.about:
        yield from _store_edition(facts, checked.table.header_row, acts)
        rows = [checked.rows[place] for place in facts.places]
        yield from _store_entries(facts, rows, acts)


def _store_edition(facts: Facts, header_row: int, acts: Acts) -> Iterable[Stored]:
    edition = facts.edition
    if facts.outcome is Outcome.UNCHANGED:
        return
    fields: dict[str, Any] = {
        "size": facts.size,
        "source": facts.source,
        "is_whole": facts.coverage.is_whole,
        "covered_regions": facts.coverage.keys,
    }
    if facts.outcome is Outcome.PROPOSED:
        before = cells_of(edition)
        after = with_fields(before, RankingEdition, fields)
        acts.propose(edition, before=before, after=after, row=header_row)
        yield _stored(header_row, edition, UploadRow.Outcome.PROPOSED)
        return
    regions = fields.pop("covered_regions")
    for name, value in fields.items():
        setattr(edition, name, value)
    is_new = facts.is_new
    edition.save()
    edition.covered_regions.set(regions)
    acts.note_versions([edition], act=Version.Act.IMPORTED)
    outcome = UploadRow.Outcome.CREATED if is_new else UploadRow.Outcome.UPDATED
    yield _stored(header_row, edition, outcome)


def _store_entries(facts: Facts, rows: Sequence[CheckedRow], acts: Acts) -> Iterator[Stored]:
    created = [row for row in rows if row.outcome is Outcome.CREATED]
    updated = [row for row in rows if row.outcome is Outcome.UPDATED]
    new = RankingEntry.objects.bulk_create(
        [_entry(facts, row) for row in created], batch_size=_BATCH
    )
    changed = [_changed(row) for row in updated]
    _update(changed)
    acts.note_versions([*new, *changed], act=Version.Act.IMPORTED)
    for row, entry in zip(created, new, strict=True):
        yield _stored(row.number, entry, UploadRow.Outcome.CREATED)
    for row, entry in zip(updated, changed, strict=True):
        yield _stored(row.number, entry, UploadRow.Outcome.UPDATED)
    for row in rows:
        if row.outcome is Outcome.PROPOSED:
            yield _propose(facts, row, acts)
        elif row.outcome in (Outcome.UNCHANGED, Outcome.KEPT) and "pk" in row.values:
            key, name = row.values["pk"], f"{facts} · {row.name}"
            yield Stored(row.number, RankingEntry, key, name, UploadRow.Outcome.UNCHANGED)


def _entry(facts: Facts, row: CheckedRow) -> RankingEntry:
    values, place = row.values, row.values["place"]
    # Only named by it: not fetched, and not to be saved.
    town = Town(pk=place.pk, code=place.code, name_zh=place.name_zh, name_en=place.name_en)
    return RankingEntry(
        edition=facts.edition,
        town=town,
        rank=values["rank"],
        is_tied=values["is_tied"],
        source=values.get("source") or facts.source,
    )


def _changed(row: CheckedRow) -> RankingEntry:
    for name, value in entry_fields(row).items():
        setattr(row.record, name, value)
    return row.record


def _update(entries: Sequence[RankingEntry]) -> None:
    """Towns may change places: nobody holds a rank while it is given anew."""
    keys = [entry.pk for entry in entries]
    for start in range(0, len(keys), _BATCH):
        some = RankingEntry.objects.filter(pk__in=keys[start : start + _BATCH])
        some.update(rank=None)
    RankingEntry.objects.bulk_update(entries, ["rank", "is_tied", "source"], batch_size=_BATCH)


def _propose(facts: Facts, row: CheckedRow, acts: Acts) -> Stored:
    if row.record is None:
        entry = _entry(facts, row)
        proposal = acts.propose(entry, before=None, after=_cells_of_new(entry), row=row.number)
        return _stored(row.number, proposal, UploadRow.Outcome.PROPOSED)
    before = cells_of(row.record)
    after = with_fields(before, RankingEntry, entry_fields(row))
    acts.propose(row.record, before=before, after=after, row=row.number)
    return _stored(row.number, row.record, UploadRow.Outcome.PROPOSED)


def _cells_of_new(entry: RankingEntry) -> Cells:
    fields = [field for field in entry._meta.concrete_fields if not field.primary_key]
    columns = {field.attname: getattr(entry, field.attname) for field in fields}
    cells = {"model": "rankingentry", "pk": None, "columns": columns, "lists": {}}
    return plain({**cells, "rows": {"claims": []}})


def _stored(row: int, record: Any, outcome: str) -> Stored:
    return Stored(row, type(record), record.pk, str(record), outcome)
