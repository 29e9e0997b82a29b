"""tsvector with GIN indexes: `vector` of everything, `names` of the weighty columns once more.

An index knows neither weights nor neighbours: whoever asks for them makes PostgreSQL unpack the
vector of every row that it finds. So texts are first asked for their tokens alone, and all that
is asked about names is asked of the small vector.
"""

from collections.abc import Sequence

from django.db import connection

from towns.search.query import COLUMNS, EVERYWHERE, WORDS, Clause, Phrase, Tier

# From the last column to the first.
_WEIGHTS = "{0.03, 0.2, 0.4, 1}"
# Long texts hold everything: the rank is divided by 1 + the logarithm of the length.
_BY_LENGTH = 1
# Of more than this nobody reads all: they are ranked by their names alone, then the newest first.
_MANY = 1000

_FOUND = "found_{0} AS MATERIALIZED (SELECT id FROM {1}"
_NOTHING = "NOT EXISTS (SELECT 1 FROM found_{0})"
_COUNT = "SELECT {0}, id / %s, count(*) FROM found_{0} GROUP BY 2"
_NAMING = "towns_searchindex_naming(%s::tsquery)"
_MATCHING = "towns_searchindex_matching(%s::tsquery, %s::tsquery)"


def ranked(
    tiers: Sequence[Tier], ranges: Sequence[tuple[int, int]], *, limit: int
) -> list[list[int]]:
    asked = [(number, tier) for number, tier in enumerate(tiers) if tier]
    if not (asked and ranges):
        return [[] for _range in ranges]
    last, widest = asked.pop()
    tier = " ".join(f"WHEN names @@ %s::tsquery THEN {number}" for number, _tier in asked)
    tier = f"CASE {tier} ELSE {last} END" if asked else str(last)
    source, widest_queries = _source(widest)
    place = " ".join(f"WHEN id BETWEEN %s AND %s THEN {n}" for n in range(len(ranges)))
    statement = f"""
        SELECT place, id FROM (
            SELECT place, id, row_number() OVER (
                PARTITION BY place
                ORDER BY tier, score DESC, CASE WHEN is_many THEN -id ELSE id END
            ) AS number FROM (
                SELECT place, id, tier, is_many, CASE
                    WHEN tier = 0 THEN 0
                    WHEN is_many THEN ts_rank(%s::real[], names, %s::tsquery, %s)
                    ELSE ts_rank(%s::real[], vector, %s::tsquery, %s)
                END AS score
                FROM (
                    SELECT *, count(*) OVER (PARTITION BY place, tier) > {_MANY} AS is_many
                    FROM (
                        SELECT id, names, vector, {tier} AS tier, CASE {place} END AS place
                        FROM {source} OFFSET 0
                    ) AS found WHERE place IS NOT NULL
                ) AS counted
            ) AS scored
        ) AS numbered WHERE number <= %s ORDER BY place, number"""  # noqa: S608 - own numbers
    ranking = [_WEIGHTS, _query(widest), _BY_LENGTH]
    bounds = [bound for one in ranges for bound in one]
    queries = [_query(tier) for _number, tier in asked]
    values = [*ranking, *ranking, *queries, *bounds, *widest_queries, limit]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return [[row[1] for row in rows if row[0] == place] for place in range(len(ranges))]


def counts(tiers: Sequence[Tier], *, span: int) -> tuple[int, dict[int, int]]:
    asked = [(number, tier) for number, tier in enumerate(tiers) if tier]
    if not asked:
        return 0, {}
    numbers = [number for number, _tier in asked]
    sources = [_source(tier) for _number, tier in asked]
    matching = [
        f"{_FOUND.format(number, sources[place][0])}{_unless(numbers[:place])})"
        for place, number in enumerate(numbers)
    ]
    counting = " UNION ALL ".join(map(_COUNT.format, numbers))
    queries = [query for _rows, wanted in sources for query in wanted]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(matching)} {counting}", [*queries, *[span] * len(asked)])
        rows = cursor.fetchall()
    return (rows[0][0] if rows else 0), {kind: count for _number, kind, count in rows}


def _unless(numbers: Sequence[int]) -> str:
    nothing = " AND ".join(map(_NOTHING.format, numbers))
    return f" WHERE {nothing}" if nothing else ""


def tidy() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE towns_searchindex")


def _source(tier: Tier) -> tuple[str, list[str]]:
    """The rows that match, and the queries that this takes: of texts, what an index alone can
    answer, and what is really meant."""
    phrases = (phrase for clause in tier for term in clause for phrase in term)
    if all(WORDS not in phrase.columns for phrase in phrases):
        return _NAMING, [_query(tier)]
    return _MATCHING, [_query(tier, is_loose=True), _query(tier)]


def _query(tier: Tier, *, is_loose: bool = False) -> str:
    return " | ".join(f"({_all(clause, is_loose=is_loose)})" for clause in tier)


def _all(clause: Clause, *, is_loose: bool) -> str:
    terms = (" | ".join(_phrase(phrase, is_loose=is_loose) for phrase in term) for term in clause)
    return " & ".join(f"({term})" for term in terms)


def _phrase(phrase: Phrase, *, is_loose: bool) -> str:
    """Tokens are letters, digits and characters only: there is nothing to escape."""
    columns = EVERYWHERE if is_loose else phrase.columns
    weights = "" if len(columns) == len(COLUMNS) else columns
    marks = [weights] * len(phrase.tokens)
    if phrase.is_beginning:
        marks[-1] += "*"
    words = (
        f"'{token}':{mark}" if mark else f"'{token}'"
        for token, mark in zip(phrase.tokens, marks, strict=True)
    )
    return f"({(' & ' if is_loose else ' <-> ').join(words)})"
