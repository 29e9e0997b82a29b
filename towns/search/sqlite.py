"""FTS5. Every statement asks the full-text table alone, in the order of its own rank: joined to
anything else, SQLite computes the rank of every row before it sorts."""

from collections.abc import Iterable, Sequence

from django.db import connection

from towns.search.query import AROUND, EXACT, NAMES, WORDS, Clause, Phrase, Tier

_COLUMNS = {EXACT: "exact", NAMES: "names", AROUND: "around", WORDS: "words"}
_BEST = """SELECT * FROM (
    SELECT rowid, %s, %s, rank FROM towns_searchindex
    WHERE towns_searchindex MATCH %s AND rowid BETWEEN %s AND %s ORDER BY rank, rowid LIMIT %s)"""

_COUNT = """SELECT rowid / %s, -1, count(*), 0 FROM towns_searchindex
    WHERE towns_searchindex MATCH %s GROUP BY 1"""
_Part = tuple[str, list[object]]


def look(
    tiers: Sequence[Tier], ranges: Sequence[tuple[int, int]], *, limit: int, span: int
) -> tuple[list[list[int]], dict[int, int]]:
    if not any(tiers):
        return [[] for _range in ranges], {}
    rows = _rows([*_best(tiers, ranges, limit=limit), (_COUNT, [span, _match(tiers[-1])])])
    counted = {kind: count for kind, place, count, _rank in rows if place < 0}
    return _placed(rows, ranges, limit=limit), counted


def ranked(
    tiers: Sequence[Tier], ranges: Sequence[tuple[int, int]], *, limit: int
) -> list[list[int]]:
    if not (any(tiers) and ranges):
        return [[] for _range in ranges]
    return _placed(_rows(_best(tiers, ranges, limit=limit)), ranges, limit=limit)


def counts(tier: Tier, *, span: int) -> dict[int, int]:
    if not tier:
        return {}
    return {row[0]: row[2] for row in _rows([(_COUNT, [span, _match(tier)])])}


def tidy() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO towns_searchindex(towns_searchindex) VALUES ('optimize')")


def _best(
    tiers: Sequence[Tier], ranges: Sequence[tuple[int, int]], *, limit: int
) -> Iterable[_Part]:
    # All the words count for the rank, also where only some of them decide about the tier.
    for place, (first, last) in enumerate(ranges):
        for number, tier in enumerate(tiers):
            if tier:
                match = _match(tier, tiers[-1])
                yield _BEST, [place, number, match, first, last, limit]


def _rows(parts: Iterable[_Part]) -> list[tuple]:
    parts = list(parts)
    with connection.cursor() as cursor:
        statement = " UNION ALL ".join(part for part, _values in parts)
        cursor.execute(statement, [value for _part, values in parts for value in values])
        return cursor.fetchall()


def _placed(
    rows: Sequence[tuple], ranges: Sequence[tuple[int, int]], *, limit: int
) -> list[list[int]]:
    return [_in_order(rows, place)[:limit] for place in range(len(ranges))]


def _in_order(rows: Iterable[tuple], place: int) -> list[int]:
    """Each entry once, where its first tier puts it. Whole names stand in the order of kinds."""
    inside = (row for row in rows if row[1] == place)
    ordered = sorted(inside, key=lambda row: (row[2], row[3] if row[2] else 0, row[0]))
    return list(dict.fromkeys(row[0] for row in ordered))


def _match(tier: Tier, widest: Tier = ()) -> str:
    match = " OR ".join(f"({_all(clause)})" for clause in tier)
    return f"({match}) AND ({_match(widest)})" if widest not in ((), tier) else match


def _all(clause: Clause) -> str:
    return " AND ".join(f"({' OR '.join(map(_phrase, term))})" for term in clause)


def _phrase(phrase: Phrase) -> str:
    """Tokens are letters, digits and characters only: there is nothing to escape."""
    text = f'"{" ".join(phrase.tokens)}"{" *" if phrase.is_beginning else ""}'
    if len(phrase.columns) == len(_COLUMNS):
        return text
    return f"({{{' '.join(_COLUMNS[column] for column in phrase.columns)}}} : {text})"
