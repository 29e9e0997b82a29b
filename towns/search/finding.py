"""Asking the index, and fetching what was found: always from what is public now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from towns.models import SearchEntry
from towns.search.backend import backend
from towns.search.kinds import KINDS, NAMES, SPAN, Kind, kind_named, kind_of_id
from towns.search.query import Query

# Nobody reads further, and each further page costs more than the one before it.
DEEPEST = 1000
SUGGESTED_KINDS = ("town", "project", "ranking-edition", "article")


@dataclass(frozen=True)
class Hit:
    """What was found: the record as lists show it, and its words as they were indexed."""

    kind: str
    record: Any
    entry: SearchEntry


@dataclass(frozen=True)
class Group:
    kind: str
    count: int
    hits: list[Hit]


@dataclass(frozen=True)
class Found:
    """`is_relaxed` where nothing has all the words, and this has some of them."""

    query: Query
    counts: dict[str, int] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    is_relaxed: bool = False

    @property
    def count(self) -> int:
        return sum(self.counts.values())

    @property
    def hits(self) -> list[Hit]:
        return [hit for group in self.groups for hit in group.hits]


def search(typed: str, *, kinds: Sequence[str] = NAMES, limit: int = 20, offset: int = 0) -> Found:
    """The best hits of these kinds in one list: a single group without a kind of its own."""
    found = ask(typed)
    count = sum(found.counts.get(name, 0) for name in kinds)
    hits = best(found, kinds=kinds, limit=limit, offset=offset) if count else []
    return replace(found, groups=[Group("", count, hits)])


def overview(typed: str, *, kinds: Sequence[str] = NAMES, limit: int = 5) -> Found:
    """The best hits of each kind that has any, in the order of the kinds asked for."""
    query = Query.parse(typed)
    found, ids = _look(Found(query), kinds, limit=limit)
    if not found.counts:
        found, ids = _look(Found(query.relaxed(), is_relaxed=True), kinds, limit=limit)
    if not found.counts:
        return Found(query)
    return replace(found, groups=_groups(found, kinds, ids))


def suggest(typed: str, *, limit: int = 3) -> Found:
    """What the words that someone is typing may become, and how much there is of them so far."""
    found, becoming = ask(typed), Query.parse(typed, is_typing=True)
    groups = _best_of_each(found, becoming.of_names(), SUGGESTED_KINDS, limit=limit)
    groups = groups or _best_of_each(found, becoming, SUGGESTED_KINDS, limit=limit)
    return replace(found, query=becoming, groups=groups)


def ask(typed: str) -> Found:
    """How much there is of each kind; what comes near is asked for where nothing matches."""
    query = Query.parse(typed)
    found = _counted(Found(query))
    if not found.counts:
        found = _counted(Found(query.relaxed(), is_relaxed=True))
    return found if found.counts else Found(query)


def _counted(found: Found) -> Found:
    if not found.query.tiers:
        return found
    return replace(found, counts=_by_name(backend().counts(found.query.widest, span=SPAN)))


def _look(found: Found, kinds: Sequence[str], *, limit: int) -> tuple[Found, list[list[int]]]:
    ids, counted = backend().look(found.query.tiers, _ranges(kinds), limit=limit, span=SPAN)
    return replace(found, counts=_by_name(counted)), ids


def _by_name(counted: dict[int, int]) -> dict[str, int]:
    return {kind.name: counted[kind.number] for kind in KINDS if kind.number in counted}


def _best_of_each(found: Found, query: Query, kinds: Sequence[str], *, limit: int) -> list[Group]:
    return _groups(found, kinds, backend().ranked(query.tiers, _ranges(kinds), limit=limit))


def _ranges(kinds: Sequence[str]) -> list[tuple[int, int]]:
    return [kind_named(name).ids for name in kinds]


def _groups(found: Found, kinds: Sequence[str], ids: Sequence[Sequence[int]]) -> list[Group]:
    hits = fetch([entry_id for inside in ids for entry_id in inside])
    groups = [
        Group(name, found.counts.get(name, 0), [hit for hit in hits if hit.kind == name])
        for name in kinds
    ]
    return [group for group in groups if group.hits]


def best(found: Found, *, kinds: Sequence[str], limit: int, offset: int = 0) -> list[Hit]:
    """These kinds in one list, best first."""
    wanted = [kind.ids for kind in KINDS if kind.name in kinds]
    ranges = wanted if len(wanted) < len(KINDS) else [(wanted[0][0], wanted[-1][1])]
    end = min(offset + limit, DEEPEST)
    ids = backend().ranked(found.query.tiers, ranges, limit=end)
    return fetch([entry_id for inside in ids for entry_id in inside][offset:end])


def fetch(ids: Sequence[int]) -> list[Hit]:
    """The hits in this order, without those that are not public any more."""
    entries = SearchEntry.objects.defer("exact", "names", "around", "words").in_bulk(list(ids))
    records = {
        kind.id_of(getattr(record, kind.key)): record
        for kind, numbers in _by_kind(ids)
        for record in kind.shown(kind.records(numbers))
    }
    return [
        Hit(kind_of_id(entry_id).name, records[entry_id], entries[entry_id])
        for entry_id in ids
        if entry_id in records and entry_id in entries
    ]


def _by_kind(ids: Iterable[int]) -> list[tuple[Kind, list[int]]]:
    by_kind: dict[Kind, list[int]] = {}
    for entry_id in ids:
        kind = kind_of_id(entry_id)
        by_kind.setdefault(kind, []).append(entry_id - kind.id_of(0))
    return list(by_kind.items())
