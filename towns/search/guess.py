"""What somebody probably meant who found nothing."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from towns.search.backend import backend
from towns.search.finding import Hit, fetch
from towns.search.kinds import kind_named
from towns.search.query import Query
from towns.search.tokens import NAME, name_key

# Comparing letter by letter takes a while: more names than this are not gone through.
_MOST_NAMES = 5000
# Two of three characters, three of four letters.
_ALIKE_CHINESE, _ALIKE_LATIN = 0.66, 0.75


@dataclass(frozen=True)
class Likely:
    """`same_sound` where it is read like what was typed: 金力镇 is meant for 金利镇."""

    hit: Hit
    same_sound: bool


def likely(query: Query) -> Likely | None:
    if hit := _sounding_like(query):
        return Likely(hit, same_sound=True)
    hit = _spelt_like(query)
    return Likely(hit, same_sound=False) if hit else None


def _sounding_like(query: Query) -> Hit | None:
    tiers = query.by_sound().tiers
    ranges = [kind_named(name).ids for name in ("town", "project")]
    found = backend().ranked(tiers, ranges, limit=1) if tiers else []
    hits = fetch([entry_id for inside in found for entry_id in inside])
    return hits[0] if hits else None


def _spelt_like(query: Query) -> Hit | None:
    """The nearest name of a town or project, in any of its forms."""
    names: dict[str, int] = {}
    for kind in ("town", "project"):
        rows: Any = kind_named(kind).entries().values_list("id", "exact")[:_MOST_NAMES]
        for entry_id, exact in rows:
            for key in exact.split():
                names.setdefault(key.removeprefix(NAME), entry_id)
    asked = name_key(query.text).removeprefix(NAME)
    cutoff = _ALIKE_LATIN if asked.isascii() else _ALIKE_CHINESE
    near = get_close_matches(asked, names, n=1, cutoff=cutoff)
    hits = fetch([names[near[0]]]) if near else []
    return hits[0] if hits else None
