"""Keeping the index in step with what is public."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Model

from towns.models import Change, SearchEntry
from towns.search.backend import backend
from towns.search.entries import entry_of
from towns.search.kinds import KINDS, NAMES, Kind, kind_named

AT_ONCE = 200
_COLUMNS = [field.name for field in SearchEntry._meta.concrete_fields if not field.primary_key]
# Public by what hangs on them, without an act of their own.
_INDIRECT = ("town", "photo")


class News(Protocol):
    """A line of the change log."""

    kind: str
    permanent_id: str
    act: str


def index(records: Iterable[Model]) -> None:
    """Index these records; those that are not public leave the index."""
    for record in records:
        for kind in KINDS:
            if kind.public().model is type(record):
                _keep(kind, [getattr(record, kind.key)])


def remove(kind: str, permanent_ids: Iterable[str]) -> None:
    if found := kind_named(kind):
        found.entries().filter(permanent_id__in=list(permanent_ids)).delete()


@transaction.atomic
def refresh(news: Sequence[News]) -> None:
    """Take in what was announced, and what became public or hidden along with it.

    A removal is announced before its record is gone; what hung on it is looked at after that.
    """
    removed = [line for line in news if line.act == Change.Act.REMOVED]
    for kind, numbers in _touched([line for line in news if line not in removed]).items():
        _keep(kind_named(kind), numbers)
    for line in removed:
        remove(line.kind, [line.permanent_id])
    if removed:
        transaction.on_commit(settle, robust=True)
    else:
        settle(_INDIRECT)


@transaction.atomic
def settle(names: Sequence[str] = NAMES) -> None:
    """Index what is public and is not in the index; drop what is in it and not public."""
    for kind in filter(None, map(kind_named, names)):
        public = set(kind.public().values_list(kind.key, flat=True))
        indexed = {entry_id - kind.id_of(0) for entry_id in _ids(kind)}
        _keep(kind, public ^ indexed)


def rebuild(progress: Callable[[int, int], None] = lambda _done, _total: None) -> int:
    """Index everything anew, some records at a time; return how many there are."""
    work = [
        (kind, numbers)
        for kind in KINDS
        for numbers in _chunks(sorted(kind.public().values_list(kind.key, flat=True)))
    ]
    total, done = sum(len(numbers) for _kind, numbers in work), 0
    for kind, numbers in work:
        with transaction.atomic():
            _keep(kind, numbers)
        done += len(numbers)
        progress(done, total)
    settle()
    backend().tidy()
    return total


def _keep(kind: Kind, numbers: Iterable[int]) -> None:
    """The entries of these records as they are now; none for what is not public."""
    for chunk in _chunks(sorted(numbers)):
        entries = [entry_of(kind, record) for record in kind.fetched(kind.records(chunk))]
        SearchEntry.objects.bulk_create(
            entries, update_conflicts=True, unique_fields=["id"], update_fields=_COLUMNS
        )
        hidden = {kind.id_of(number) for number in chunk} - {entry.id for entry in entries}
        if hidden:
            SearchEntry.objects.filter(id__in=hidden).delete()


def _touched(news: Iterable[News]) -> dict[str, set[int]]:
    """The numbers of the records that say something of what was announced."""
    ids: dict[str, list[str]] = {}
    for line in news:
        ids.setdefault(line.kind, []).append(line.permanent_id)
    touched: dict[str, set[int]] = {}
    for announced, permanent_ids in ids.items():
        for chunk in _chunks(permanent_ids):
            for name, numbers in (*_themselves(announced, chunk), *_naming(announced, chunk)):
                touched.setdefault(name, set()).update(numbers)
    return touched


def _naming(announced: str, permanent_ids: Sequence[str]) -> Iterable[tuple[str, set[int]]]:
    for name, lookup in _SAID_BY.get(announced, ()):
        kind = kind_named(name)
        found = kind.public().filter(**{f"{lookup}__in": permanent_ids})
        yield name, set(found.values_list(kind.key, flat=True))


def _themselves(name: str, permanent_ids: Sequence[str]) -> Iterable[tuple[str, set[int]]]:
    """Public now, or indexed while they were."""
    if kind := kind_named(name):
        # SQLite takes no condition deeper than 1,000.
        for chunk in _chunks(permanent_ids):
            wanted = reduce(or_, map(kind.named, chunk))
            yield name, set(kind.public().filter(wanted).values_list(kind.key, flat=True))
        indexed = kind.entries().filter(permanent_id__in=permanent_ids)
        yield name, {entry_id - kind.id_of(0) for entry_id in indexed.values_list("id", flat=True)}


# By the kind that was announced: what names it, and by which column.
_SAID_BY: dict[str, tuple[tuple[str, str], ...]] = {
    "region": (
        ("town", "county__code"),
        ("town", "county__parent__code"),
        ("town", "county__parent__parent__code"),
        ("statistic", "region__code"),
    ),
    "town": (
        ("article", "towns__code"),
        ("project", "towns__code"),
        ("ranking-edition", "entries__town__code"),
        ("statistic", "town__code"),
        ("photo", "towns__code"),
    ),
    "party": (
        ("article", "publisher__uid"),
        ("ranking-edition", "ranking__publisher__uid"),
        ("photo", "credits__party__uid"),
    ),
    "ranking": (("ranking-edition", "ranking__slug"),),
    "ranking-entry": (("ranking-edition", "entries__uid"),),
    "project": (("statistic", "project__slug"),),
}


def _ids(kind: Kind) -> Iterable[int]:
    return kind.entries().values_list("id", flat=True)


def _chunks(numbers: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE))
