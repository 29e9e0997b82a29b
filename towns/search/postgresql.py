"""tsvector with a GIN index. The index knows no weights, so one scan sorts rows into tiers, of
which each vector is unpacked once (`|| ''`)."""

from collections.abc import Sequence

from django.db import connection

from towns.search.query import COLUMNS, Clause, Phrase, Tier

# From the last column to the first.
_WEIGHTS = "{0.03, 0.2, 0.4, 1}"
# Long texts hold everything: the rank is divided by 1 + the logarithm of the length.
_BY_LENGTH = 1

_FOUND = "found_{0} AS MATERIALIZED (SELECT id FROM towns_searchindex_matching(%s::tsquery)"
_NOTHING = "NOT EXISTS (SELECT 1 FROM found_{0})"
_COUNT = "SELECT {0}, id / %s, count(*) FROM found_{0} GROUP BY 2"


def ranked(
    tiers: Sequence[Tier], ranges: Sequence[tuple[int, int]], *, limit: int
) -> list[list[int]]:
    asked = [(number, _query(tier)) for number, tier in enumerate(tiers) if tier]
    if not (asked and ranges):
        return [[] for _range in ranges]
    widest = asked[-1][1]
    tier = " ".join(f"WHEN vector @@ %s::tsquery THEN {number}" for number, _asked in asked[:-1])
    tier = f"CASE {tier} ELSE {asked[-1][0]} END" if len(asked) > 1 else str(asked[-1][0])
    place = " ".join(f"WHEN id BETWEEN %s AND %s THEN {n}" for n in range(len(ranges)))
    statement = f"""
        SELECT place, id FROM (
            SELECT place, id, row_number() OVER (
                PARTITION BY place ORDER BY tier, CASE tier WHEN 0 THEN 0 ELSE rank END DESC, id
            ) AS number FROM (
                SELECT id, {tier} AS tier, CASE {place} END AS place,
                    ts_rank(%s::real[], vector, %s::tsquery, %s) AS rank
                FROM (
                    SELECT id, vector || ''::tsvector AS vector
                    FROM towns_searchindex_matching(%s::tsquery) OFFSET 0
                ) AS unpacked
            ) AS found WHERE place IS NOT NULL
        ) AS numbered WHERE number <= %s ORDER BY place, number"""  # noqa: S608 - own numbers
    bounds = [bound for one in ranges for bound in one]
    queries = [query for _number, query in asked[:-1]]
    values = [*queries, *bounds, _WEIGHTS, widest, _BY_LENGTH, widest, limit]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return [[row[1] for row in rows if row[0] == place] for place in range(len(ranges))]


def counts(tiers: Sequence[Tier], *, span: int) -> tuple[int, dict[int, int]]:
    asked = [(number, _query(tier)) for number, tier in enumerate(tiers) if tier]
    if not asked:
        return 0, {}
    numbers = [number for number, _query in asked]
    matching = [
        f"{_FOUND.format(number)}{_unless(numbers[:place])})"
        for place, number in enumerate(numbers)
    ]
    counting = " UNION ALL ".join(map(_COUNT.format, numbers))
    values = [*(query for _number, query in asked), *[span] * len(asked)]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(matching)} {counting}", values)
        rows = cursor.fetchall()
    return (rows[0][0] if rows else 0), {kind: count for _number, kind, count in rows}


def _unless(numbers: Sequence[int]) -> str:
    nothing = " AND ".join(map(_NOTHING.format, numbers))
    return f" WHERE {nothing}" if nothing else ""


def tidy() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE towns_searchindex")


def _query(tier: Tier) -> str:
    return " | ".join(f"({_all(clause)})" for clause in tier)


def _all(clause: Clause) -> str:
    return " & ".join(f"({' | '.join(map(_phrase, term))})" for term in clause)


def _phrase(phrase: Phrase) -> str:
    """Tokens are letters, digits and characters only: there is nothing to escape."""
    weights = "" if len(phrase.columns) == len(COLUMNS) else phrase.columns
    marks = [weights] * len(phrase.tokens)
    if phrase.is_beginning:
        marks[-1] += "*"
    words = (
        f"'{token}':{mark}" if mark else f"'{token}'"
        for token, mark in zip(phrase.tokens, marks, strict=True)
    )
    return f"({' <-> '.join(words)})"
