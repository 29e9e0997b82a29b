"""Two changes of one record, laid over what both were made from: what fits, and what collides.

All three are cells (`towns.documents.cells`). "theirs" is what stands there now, "mine" what a
person wanted to save instead. A cell that only one of the two changed merges by itself.
"""

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from towns.documents.cells import OWNED, Cells, is_edited, row_model
from towns.documents.difference import joined

THEIRS, MINE, JOINED, BOTH = "theirs", "mine", "joined", "both"
# The order of an article's blocks is one thing, not a number in each of them.
ORDER = "ordering"
# Where two people chose another picture, both can stay: one block more.
_TWICE = ("photo_id",)
_NEVER_KNOWN = {"columns": {}, "lists": {}}


class UndecidedError(Exception):
    """Something collides and nobody chose."""


@dataclass(frozen=True)
class Place:
    """Where the three differ. `row` and `field` as in `Cell`; without a field it is the row."""

    row: str
    field: str
    base: Any
    theirs: Any
    mine: Any
    joined: str | None = None

    @property
    def key(self) -> str:
        return f"{self.row}|{self.field}"

    @property
    def is_collision(self) -> bool:
        return self.theirs != self.base and self.mine not in (self.base, self.theirs)

    @property
    def usual(self) -> str:
        """What is taken unless somebody chooses; "" where somebody must."""
        if self.is_collision:
            return JOINED if self.joined is not None else ""
        return MINE if self.theirs == self.base else THEIRS

    @property
    def offers(self) -> list[str]:
        more = [JOINED] if self.joined is not None else []
        return [THEIRS, MINE, *more, *([BOTH] if self.field in _TWICE else [])]


def named_apart(base: Cells | None, theirs: Cells, mine: Cells) -> Cells:
    """Mine, its new rows under keys below zero: each trial of a form numbers them anew."""
    mine = copy.deepcopy(mine)
    for name, rows in mine["rows"].items():
        known = {row["pk"] for cells in (base, theirs) if cells for row in _rows_of(cells, name)}
        fresh = [row for row in rows if row["pk"] not in known]
        for number, row in enumerate(fresh, start=1):
            row["pk"] = -number
    return mine


def places(base: Cells | None, theirs: Cells, mine: Cells) -> list[Place]:
    """All places where theirs and mine are not the same; `mine` is named apart."""
    model = apps.get_model("towns", theirs["model"])
    base = base or {**_NEVER_KNOWN, "rows": {}}
    found = [*_cells("", model, base, theirs, mine)]
    for name in OWNED.get(model, ()):
        found.extend(_rows(name, row_model(model, name), base, theirs, mine))
    orders = [_restricted(cells, (base, theirs, mine)) for cells in (base, theirs, mine)]
    if orders[1] != orders[2]:
        found.append(Place("", ORDER, *orders))
    return found


def merge(base: Cells | None, theirs: Cells, mine: Cells, choices: Mapping[str, str]) -> Cells:
    """Theirs with mine in it. Raises `UndecidedError`."""
    merged = copy.deepcopy(theirs)
    lead = THEIRS
    for place in places(base, theirs, mine):
        choice = choices.get(place.key) or place.usual
        if choice not in place.offers:
            raise UndecidedError(place.key)
        if (place.row, place.field) == ("", ORDER):
            lead = choice
        else:
            _put(merged, place, choice, mine)
    _arrange(merged, *((mine, theirs) if lead == MINE else (theirs, mine)))
    for rows in merged["rows"].values():
        for row in rows:
            row["pk"] = row["pk"] if row["pk"] > 0 else None
    return merged


# What differs -------------------------------------------------------------------------------


def _cells(
    row: str, model: type[Model], base: Cells, theirs: Cells, mine: Cells
) -> Iterator[Place]:
    for part in ("columns", "lists"):
        for name, new in mine[part].items():
            old = theirs[part].get(name)
            if old == new or name == ORDER or not is_edited(model, name):
                continue
            before = base[part].get(name, ...)
            texts = all(isinstance(value, str) for value in (before, old, new))
            fits = joined(before, old, new) if texts and before not in ("", old, new) else None
            yield Place(row, name, before, old, new, fits)


def _rows(
    name: str, model: type[Model], base: Cells, theirs: Cells, mine: Cells
) -> Iterator[Place]:
    before, old, new = ({row["pk"]: row for row in _rows_of(c, name)} for c in (base, theirs, mine))
    for pk in dict.fromkeys([*old, *new]):
        if pk in old and pk in new:
            known = before.get(pk, _NEVER_KNOWN)
            yield from _cells(f"{name}/{pk}", model, known, old[pk], new[pk])
        else:
            three = (_edited(model, rows.get(pk)) for rows in (before, old, new))
            yield Place(f"{name}/{pk}", "", *three)


def _rows_of(cells: Cells, name: str) -> Sequence[Cells]:
    return cells["rows"].get(name, [])


def _edited(model: type[Model], row: Cells | None) -> Cells | None:
    return row and {
        part: {
            name: value
            for name, value in row[part].items()
            if name != ORDER and is_edited(model, name)
        }
        for part in ("columns", "lists")
    }


# Putting together ---------------------------------------------------------------------------


def _put(merged: Cells, place: Place, choice: str, mine: Cells) -> None:
    if choice == THEIRS:
        return
    if not place.field:
        _put_row(merged, place, mine)
        return
    if choice == BOTH:
        name, row = place.row.split("/")[0], copy.deepcopy(_row(mine, place.row))
        merged["rows"][name].append({**row, "pk": -1000 - row["pk"]})
        return
    cells = _row(merged, place.row) if place.row else merged
    part = "columns" if place.field in cells["columns"] else "lists"
    cells[part][place.field] = place.joined if choice == JOINED else place.mine


def _put_row(merged: Cells, place: Place, mine: Cells) -> None:
    rows = merged["rows"].setdefault(place.row.split("/")[0], [])
    if place.mine is None:
        rows.remove(_row(merged, place.row))
    else:
        rows.append(copy.deepcopy(_row(mine, place.row)))


def _row(cells: Cells, key: str) -> Cells:
    name, pk = key.split("/")
    return next(row for row in _rows_of(cells, name) if str(row["pk"]) == pk)


# The order of blocks ------------------------------------------------------------------------

Key = tuple[str, int]


def _order(cells: Cells) -> list[Key]:
    placed = [
        (row["columns"][ORDER], name, row["pk"])
        for name, rows in cells["rows"].items()
        for row in rows
        if ORDER in row["columns"]
    ]
    return [(name, pk) for _place, name, pk in sorted(placed)]


def _restricted(cells: Cells, all_cells: Iterable[Cells]) -> list[str]:
    common = set(_order(cells))
    for one in all_cells:
        common &= set(_order(one)) if one["rows"] else common
    return [f"{name}/{pk}" for name, pk in _order(cells) if (name, pk) in common]


def _arrange(merged: Cells, lead: Cells, other: Cells) -> None:
    """As `lead` has it; what it does not have stands after what it follows in `other`."""
    rows = {
        (name, row["pk"]): row
        for name, rows in merged["rows"].items()
        for row in rows
        if ORDER in row["columns"]
    }
    result = [key for key in _order(lead) if key in rows]
    for before, key in _with_the_one_before(_order(other)):
        if key in rows and key not in result:
            result.insert(result.index(before) + 1 if before in result else 0, key)
    for key in rows.keys() - set(result):  # the second of two pictures
        result.insert(result.index((key[0], -1000 - key[1])) + 1, key)
    for number, key in enumerate(result, start=1):
        rows[key]["columns"][ORDER] = number * 10


def _with_the_one_before(keys: Sequence[Key]) -> Iterator[tuple[Key | None, Key]]:
    return zip([None, *keys], keys, strict=False)
