"""The administrative divisions of China as reference rows."""

import csv
import datetime as dt
import gzip
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models, transaction

from towns.language.pinyin import romanise, search_names
from towns.language.places import town_kind
from towns.models import Region, Town

FILE = Path(__file__).parent.parent / "data" / "divisions.csv.gz"
AS_OF = dt.date(2023, 6, 30)
BATCH = 2000
_LEVELS = {2: Region.Level.PROVINCE, 4: Region.Level.PREFECTURE, 6: Region.Level.COUNTY}

Progress = Callable[[int, int], None]


@dataclass
class Outcome:
    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class Row:
    code: str
    name: str
    parent: str
    latitude: Decimal | None
    longitude: Decimal | None


@transaction.atomic
def load_divisions(*, progress: Progress | None = None, under: str = "") -> Outcome:
    """Create or update every division; English names that somebody changed stay.

    `under` keeps to the divisions whose code begins so, with those above them.
    """
    rows = [row for row in read_rows() if row.code.startswith(under) or under.startswith(row.code)]
    outcome, done = Outcome(), 0
    for length in (2, 4, 6, 9):
        level = [row for row in rows if len(row.code) == length]
        parents = dict(Region.objects.values_list("code", "pk"))
        model = Town if length == 9 else Region
        existing = {record.code: record for record in model.objects.all().iterator()}
        for batch in _batches(level):
            wanted = [_wanted(row, parents) for row in batch]
            _keep(model, wanted, existing, outcome)
            done += len(batch)
            if progress:
                progress(done, len(rows))
    return outcome


def read_rows(path: Path = FILE) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [
            Row(
                line["code"],
                line["name"],
                line["parent"],
                Decimal(line["latitude"]) if line["latitude"] else None,
                Decimal(line["longitude"]) if line["longitude"] else None,
            )
            for line in csv.DictReader(file)
        ]


def _wanted(row: Row, parents: dict[str, int]) -> dict[str, Any]:
    shared = {"code": row.code, "name_zh": row.name, "name_en": romanise(row.name, code=row.code)}
    if len(row.code) < 9:
        level = _LEVELS[len(row.code)]
        return {**shared, "level": level, "parent_id": parents.get(row.parent)}
    return {
        **shared,
        "county_id": parents[row.parent],
        "kind": town_kind(row.name),
        "code_as_of": AS_OF,
        "latitude": row.latitude,
        "longitude": row.longitude,
    }


def _keep(
    model: type[models.Model],
    wanted: list[dict[str, Any]],
    existing: dict[str, Any],
    outcome: Outcome,
) -> None:
    fresh, stale = [], []
    for values in wanted:
        record = existing.get(values["code"])
        if record is None:
            fresh.append(_with_search_names(model(**values)))
        elif _update(record, values):
            stale.append(_with_search_names(record))
    model.objects.bulk_create(fresh, batch_size=BATCH)
    if stale:
        fields = [name for name in wanted[0] if name != "code"]
        model.objects.bulk_update(stale, [*fields, "search_names"], batch_size=500)
    outcome.created += len(fresh)
    outcome.updated += len(stale)
    outcome.unchanged += len(wanted) - len(fresh) - len(stale)


def _update(record: Any, values: dict[str, Any]) -> bool:
    """Set what differs; say whether anything did. A person's English name stays."""
    changed = {
        name: value
        for name, value in values.items()
        if getattr(record, name) != value and not (name == "name_en" and record.name_en)
    }
    for name, value in changed.items():
        setattr(record, name, value)
    return bool(changed)


def _with_search_names(record: Any) -> Any:
    record.search_names = search_names(
        name_zh=record.name_zh,
        name_en=record.name_en,
        other_names=getattr(record, "other_names", ""),
    )
    return record


def _batches(rows: list[Row]) -> Iterable[list[Row]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
