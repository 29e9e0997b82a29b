"""A record as all its cells: what a version keeps, a proposal changes and restoring puts back.

Unlike the Documents that the public reads, these hold every column, also those of drafts, and the
rows that belong to the record alone. One form for every kind of record:

    {"model": "town", "pk": 7, "columns": {"name_zh": "大沙镇", …}, "lists": {…},
     "rows": {"honours": [{"pk": 3, "columns": {…}, "lists": {}}]}}
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field, FileField, Model
from django.utils.translation import gettext as _

from towns.documents.canonical import plain
from towns.documents.kinds import keep
from towns.models import (
    BLOCKS,
    Article,
    Document,
    Photo,
    Project,
    RankingEntry,
    Town,
)

Cells = dict[str, Any]

# The rows that are edited with a record and belong to no other.
OWNED: dict[type[Model], tuple[str, ...]] = {
    Article: tuple(f"towns_{block._meta.model_name}_set" for block in BLOCKS),
    Photo: ("credits",),
    Project: ("milestones",),
    RankingEntry: ("claims",),
    Town: ("honours",),
}


@dataclass(frozen=True)
class Cell:
    """One difference. `row` is "" for the record itself, else `honours/3` or `honours/+1`."""

    row: str
    field: str
    old: Any
    new: Any


def cells_of(record: Model) -> Cells:
    owned = OWNED.get(type(record), ())
    rows = {name: [_row(row) for row in getattr(record, name).order_by("pk")] for name in owned}
    return plain({"model": record._meta.model_name, **_row(record), "rows": rows})


def keep_cells(record: Model) -> Document:
    return keep("cells", cells_of(record))


def _row(record: Model) -> Cells:
    return {
        "pk": record.pk,
        "columns": {field.attname: _value(record, field) for field in _columns(type(record))},
        "lists": {
            field.name: sorted(getattr(record, field.name).values_list("pk", flat=True))
            for field in record._meta.many_to_many
        },
    }


def _columns(model: type[Model]) -> list[Field]:
    apart = getattr(model, "kept_apart", ())
    fields = model._meta.concrete_fields
    return [field for field in fields if not field.primary_key and field.name not in apart]


def _value(record: Model, field: Field) -> Any:
    value = getattr(record, field.attname)
    return value.name if isinstance(field, FileField) else value


# What differs -------------------------------------------------------------------------------


def changed_cells(before: Cells, after: Cells) -> list[Cell]:
    """What differs in the columns that people edit; added and removed rows as wholes."""
    model = apps.get_model("towns", after["model"])
    changes = list(_changed("", model, before, after))
    for name in OWNED.get(model, ()):
        changes.extend(_changed_rows(name, row_model(model, name), before, after))
    return changes


def _changed(row: str, model: type[Model], before: Cells, after: Cells) -> Iterator[Cell]:
    for part in ("columns", "lists"):
        for name, new in after[part].items():
            old = before[part].get(name)
            if old != new and is_edited(model, name):
                yield Cell(row, name, old, new)


def _changed_rows(name: str, model: type[Model], before: Cells, after: Cells) -> Iterator[Cell]:
    old_rows = {row["pk"]: row for row in before["rows"].get(name, [])}
    added = 0
    for row in after["rows"].get(name, []):
        if row["pk"] in old_rows:
            yield from _changed(f"{name}/{row['pk']}", model, old_rows.pop(row["pk"]), row)
        else:
            added += 1
            yield Cell(f"{name}/+{added}", "", None, row)
    for pk, row in old_rows.items():
        yield Cell(f"{name}/{pk}", "", row, None)


def is_edited(model: type[Model], name: str) -> bool:
    """Whether people edit this column; the others follow from them, or are set by publishing."""
    return next(
        field.editable
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if name in (field.name, field.attname)
    )


def row_model(model: type[Model], name: str) -> type[Model]:
    return next(
        relation.related_model
        for relation in model._meta.related_objects
        if relation.get_accessor_name() == name
    )


# Putting back -------------------------------------------------------------------------------


@transaction.atomic
def apply_cells(cells: Cells) -> Model:
    """Make the record and its rows what the cells say; return it.

    Only columns that people edit are set, so this neither publishes nor hides anything. Raises
    ValidationError where the record would break a rule, such as naming something that is gone.
    """
    model = apps.get_model("towns", cells["model"])
    record = model._base_manager.get(pk=cells["pk"])
    _set(record, cells)
    for name in OWNED.get(model, ()):
        _set_rows(record, name, cells["rows"].get(name, []))
    return record


@transaction.atomic
def recreate(cells: Cells) -> Model:
    """The record anew, with all its columns, under its own key where that is free.

    Raises ValidationError.
    """
    model = apps.get_model("towns", cells["model"])
    record = model(pk=_free(model, cells["pk"]))
    for field in _columns(model):
        setattr(record, field.attname, field.to_python(cells["columns"].get(field.attname)))
    _set(record, cells)
    for name in OWNED.get(model, ()):
        _set_rows(record, name, cells["rows"].get(name, []))
    return record


def _set(record: Model, cells: Cells) -> None:
    for field in _columns(type(record)):
        if field.editable and field.attname in cells["columns"]:
            setattr(record, field.attname, field.to_python(cells["columns"][field.attname]))
    record.full_clean()
    record.save()
    for name, keys in cells["lists"].items():
        listed = record._meta.get_field(name).related_model._base_manager
        if listed.filter(pk__in=keys).count() < len(set(keys)):
            raise ValidationError(_("Something that this names is no longer there."))
        getattr(record, name).set(keys)


def _set_rows(record: Model, name: str, rows: list[Cells]) -> None:
    model = row_model(type(record), name)
    link = getattr(type(record), name).rel.field.attname
    existing = {row.pk: row for row in getattr(record, name).all()}
    wanted = {row["pk"] for row in rows}
    for pk in existing.keys() - wanted:
        existing[pk].delete()
    for cells in rows:
        row = existing.get(cells["pk"]) or model(pk=_free(model, cells["pk"]))
        _set(row, {**cells, "columns": {**cells["columns"], link: record.pk}})


def _free(model: type[Model], pk: int | None) -> int | None:
    """What comes back gets its own key, unless that names another by now."""
    return None if pk is None or model._base_manager.filter(pk=pk).exists() else pk
