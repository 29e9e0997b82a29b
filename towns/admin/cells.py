"""Cell differences in words: which field of which row, from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, Model
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from towns.documents.cells import Cell, Cells, changed_cells, is_edited, row_model
from towns.documents.difference import Piece, difference


@dataclass(frozen=True)
class Difference:
    """One changed cell as it is shown; `pieces` mark it word by word."""

    row: str
    field: str
    old: str
    new: str
    pieces: list[Piece]


def differences(before: Cells, after: Cells) -> list[Difference]:
    model = apps.get_model("towns", after["model"])
    return [_shown(model, cell) for cell in changed_cells(before, after)]


def _shown(model: type[Model], cell: Cell) -> Difference:
    if not cell.row:
        return _one("", model, cell)
    name, key = cell.row.split("/")
    of_row = row_model(model, name)
    label = f"{capfirst(of_row._meta.verbose_name)} {key}"
    if cell.field:
        return _one(label, of_row, cell)
    old = whole(of_row, cell.old) if cell.old else ""
    new = whole(of_row, cell.new) if cell.new else ""
    said = _("added") if cell.new else _("removed")
    return Difference(capfirst(of_row._meta.verbose_name), said, old, new, difference(old, new))


def _one(row: str, model: type[Model], cell: Cell) -> Difference:
    field = field_of(model, cell.field)
    old, new = spoken(field, cell.old), spoken(field, cell.new)
    return Difference(row, capfirst(field.verbose_name), old, new, difference(old, new))


def field_of(model: type[Model], name: str) -> Field:
    return next(
        field
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if name in (field.name, field.attname)
    )


def whole(model: type[Model], row: Cells) -> str:
    values = {**row["columns"], **row["lists"]}
    said = (
        f"{capfirst(field_of(model, name).verbose_name)}: {spoken(field_of(model, name), value)}"
        for name, value in values.items()
        if value not in (None, "", []) and is_edited(model, name) and name != "ordering"
    )
    return " · ".join(said)


def spoken(field: Field, value: Any) -> str:
    """A stored value as a person reads it."""
    if value is None or value == "":
        return "–"
    if field.is_relation:
        return ", ".join(_names(field.related_model, value if isinstance(value, list) else [value]))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return strip_tags(str(value)) if "html" in field.name else str(value)


def _names(model: type[Model], keys: Iterable[int]) -> list[str]:
    found = model._base_manager.in_bulk(list(keys))
    return [str(found.get(key, f"({key})")) for key in keys]
