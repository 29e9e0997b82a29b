"""FTS5. Every statement asks the full-text table alone, in the order of its own rank: joined to
anything else, SQLite computes the rank of every row before it sorts."""

from collections.abc import Iterable, Sequence

from django.db import connection

from towns.search.query import AROUND, EXACT, NAMES, WORDS, Clause, Phrase, Tier

_COLUMNS = {EXACT: "exact", NAMES: "names", AROUND: "around", WORDS: "words"}
_BEST = """SELECT * FROM (
    SELECT rowid, %s, %s, rank FROM towns_searchindex
    WHERE towns_searchindex MATCH %s AND rowid BETWEEN %s AND %s ORDER BY rank, rowid LIMIT %s)"""

_COUNT = "SELECT %s, rowid / %s, count(*) FROM towns_searchindex WHERE towns_searchindex MATCH %s"
_UNLESS = "NOT EXISTS (SELECT 1 FROM towns_searchindex WHERE towns_searchindex MATCH %s)"


def ranked(
    tiers: Sequence[Tier], ranges: Sequence[tuple[int, int]], *, limit: int
) -> list[list[int]]:
    # All the words count for the rank, also where only some of them decide about the tier.
    widest = tiers[-1] if tiers else ()
    asked = [
        (place, number, _match(tier, widest), first, last, limit)
        for place, (first, last) in enumerate(ranges)
        for number, tier in enumerate(tiers)
        if tier
    ]
    if not asked:
        return [[] for _range in ranges]
    statement = " UNION ALL ".join([_BEST] * len(asked))
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for values in asked for value in values])
        rows = cursor.fetchall()
    return [_in_order(rows, place)[:limit] for place in range(len(ranges))]


def counts(tiers: Sequence[Tier], *, span: int) -> tuple[int, dict[int, int]]:
    asked = [(number, _match(tier)) for number, tier in enumerate(tiers) if tier]
    if not asked:
        return 0, {}
    parts, values = [], []
    for place, (number, match) in enumerate(asked):
        parts.append(" AND ".join([_COUNT, *[_UNLESS] * place]) + " GROUP BY 2")
        values += [number, span, match, *(before for _number, before in asked[:place])]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        rows = cursor.fetchall()
    return (rows[0][0] if rows else 0), {kind: count for _number, kind, count in rows}


def tidy() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO towns_searchindex(towns_searchindex) VALUES ('optimize')")


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
