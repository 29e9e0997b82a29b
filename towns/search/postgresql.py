"""tsvector with GIN indexes: `towns_searchindex` of everything, `towns_searchname` of names alone.

An index knows neither weights nor neighbours: whoever asks for them makes PostgreSQL unpack the
vector of every row that it finds. So texts are first asked for their tokens alone, and all that
is asked about names is asked of the small vectors.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.db import connection

from towns.search.query import EVERYWHERE, NAMING, WORDS, Clause, Phrase, Tier
from towns.search.tokens import is_marked

# From the last column to the first.
_WEIGHTS = "{0.03, 0.2, 0.4, 1}"
# Long texts hold everything: the rank is divided by 1 + the logarithm of the length.
_BY_LENGTH = 1
# Of more than this nobody reads all: they are ranked by their names alone, then the newest first.
_MANY = 300

_FOUND = "found AS MATERIALIZED ({})"
_BY_NAME = " FROM towns_searchname_matching(%s::tsquery)"
_BY_TEXT = "SELECT id FROM towns_searchindex_matching(%s::tsquery, %s::tsquery)"
_FEW = f"((SELECT count(*) FROM found) <= {_MANY})"  # noqa: S608 - a number of ours
_NAMES_OF_FOUND = f"""
    SELECT * FROM towns_searchname_of(ARRAY(SELECT id FROM found LIMIT {_MANY + 1})) WHERE {_FEW}
    UNION ALL SELECT * FROM towns_searchname_matching(%s::tsquery) WHERE NOT {_FEW}"""  # noqa: S608
_COUNT = "SELECT -1 AS place, id / %s AS value, count(*) AS number FROM found GROUP BY 2"


def look(
    tiers: Sequence[Tier], ranges: Sequence[tuple[int, int]], *, limit: int, span: int
) -> tuple[list[list[int]], dict[int, int]]:
    if not any(tiers):
        return [[] for _range in ranges], {}
    best, values = _best(tiers, ranges, limit=limit)
    rows = _rows(f"{best} UNION ALL {_COUNT}", [*values, span])
    return _placed(rows, ranges), {kind: count for place, kind, count in rows if place < 0}


def ranked(
    tiers: Sequence[Tier], ranges: Sequence[tuple[int, int]], *, limit: int
) -> list[list[int]]:
    if not (any(tiers) and ranges):
        return [[] for _range in ranges]
    return _placed(_rows(*_best(tiers, ranges, limit=limit)), ranges)


def counts(tier: Tier, *, span: int) -> dict[int, int]:
    if not tier:
        return {}
    found, values = _found(tier)
    return {kind: count for _place, kind, count in _rows(f"WITH {found} {_COUNT}", [*values, span])}


def tidy() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE towns_searchindex, towns_searchname")


def _rows(statement: str, values: Sequence[object]) -> list[tuple[int, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _placed(
    rows: Sequence[tuple[int, int, int]], ranges: Sequence[tuple[int, int]]
) -> list[list[int]]:
    best = sorted((place, number, entry_id) for place, entry_id, number in rows if place >= 0)
    return [
        [entry_id for at, _number, entry_id in best if at == place] for place in range(len(ranges))
    ]


def _found(tier: Tier) -> tuple[str, list[str]]:
    """All that matches, and the queries that this takes: of texts, what an index alone can
    answer, and what is really meant. What the names alone can answer keeps its names."""
    by_name, by_text = _parted(tier)
    if not by_text:
        return _FOUND.format("SELECT id, names" + _BY_NAME), [_query(by_name, of=NAMING)]
    texts = [_query(by_text, is_loose=True), _query(by_text)]
    if not by_name:
        return _FOUND.format(_BY_TEXT), texts
    both = f"SELECT id{_BY_NAME} UNION {_BY_TEXT}"
    return _FOUND.format(both), [_query(by_name, of=NAMING), *texts]


def _parted(tier: Tier) -> tuple[Tier, Tier]:
    """What the names alone can answer, and what takes the texts: a single word in two parts."""
    by_name: list[Clause] = []
    by_text: list[Clause] = []
    for clause in tier:
        naming = [[phrase for phrase in term if _is_of_names(phrase)] for term in clause]
        if all(len(named) == len(term) for named, term in zip(naming, clause, strict=True)):
            by_name.append(clause)
        elif len(clause) == 1:
            by_name += [(tuple(naming[0]),)] if naming[0] else []
            by_text.append((tuple(phrase for phrase in clause[0] if phrase not in naming[0]),))
        else:
            by_text.append(clause)
    return tuple(by_name), tuple(by_text)


def _is_of_names(phrase: Phrase) -> bool:
    return WORDS not in phrase.columns or all(map(is_marked, phrase.tokens))


def _best(
    tiers: Sequence[Tier], ranges: Sequence[tuple[int, int]], *, limit: int
) -> tuple[str, list[object]]:
    """The best of what was found, in each range.

    What has none of the words in its names stands in the last tier and has no rank of its own.
    """
    last, widest = len(tiers) - 1, _query(tiers[-1])
    asked = [(number, tier) for number, tier in enumerate(tiers[:-1]) if tier]
    cases = " ".join(f"WHEN names @@ %s::tsquery THEN {number}" for number, _tier in asked)
    tier = f"CASE {cases} ELSE {last} END" if asked else str(last)
    place = " ".join(f"WHEN id BETWEEN %s AND %s THEN {n}" for n in range(len(ranges)))
    found, finding = _found(tiers[-1])
    naming, names = _naming(tiers)
    statement = f"""WITH {found}, naming AS ({naming}), named AS MATERIALIZED (
        SELECT id, {tier} AS tier, ts_rank(%s::real[], names, %s::tsquery, %s) AS score FROM naming
    ), placed AS (
        SELECT id, CASE {place} END AS place, coalesce(tier, {last}) AS tier,
            coalesce(score, 0) AS score
        FROM found LEFT JOIN named USING (id)
    ), counted AS (
        SELECT *, count(*) OVER (PARTITION BY place, tier) > {_MANY} AS is_many
        FROM placed WHERE place IS NOT NULL
    ), scored AS (
        SELECT place, id, tier, is_many, CASE
            WHEN tier = 0 THEN 0
            WHEN is_many THEN score
            ELSE (
                SELECT ts_rank(%s::real[], vector, %s::tsquery, %s)
                FROM towns_searchindex WHERE towns_searchindex.id = counted.id
            )
        END AS score FROM counted
    ), numbered AS (
        SELECT place, id AS value, row_number() OVER (
            PARTITION BY place
            ORDER BY tier, score DESC, CASE WHEN is_many THEN -id ELSE id END
        ) AS number FROM scored
    ) SELECT place, value, number FROM numbered WHERE number <= %s"""  # noqa: S608 - own numbers
    ranking = [_WEIGHTS, widest, _BY_LENGTH]
    queries = [_query(tier, of=NAMING) for _number, tier in asked]
    bounds = [bound for one in ranges for bound in one]
    return statement, [*finding, *names, *queries, *ranking, *bounds, *ranking, limit]


def _naming(tiers: Sequence[Tier]) -> tuple[str, list[str]]:
    """The names in which the tier and the rank of what was found are looked up: of few, those that
    were found; of many, those that have any of the words: every earlier tier is among these."""
    if not _parted(tiers[-1])[1]:
        return "SELECT id, names FROM found", []
    phrases = (phrase for tier in tiers for clause in tier for term in clause for phrase in term)
    anywhere = (replace(phrase, columns=EVERYWHERE) for phrase in phrases)
    any_word = tuple(((phrase,),) for phrase in dict.fromkeys(anywhere))
    return _NAMES_OF_FOUND, [_query(any_word, of=NAMING)]


def _query(tier: Tier, *, of: str = EVERYWHERE, is_loose: bool = False) -> str:
    """`of` are the columns that the vectors have: to ask for all of them is to ask for none."""
    return " | ".join(f"({_all(clause, of, is_loose=is_loose)})" for clause in tier)


def _all(clause: Clause, of: str, *, is_loose: bool) -> str:
    terms = (
        " | ".join(_phrase(phrase, of, is_loose=is_loose) for phrase in term) for term in clause
    )
    return " & ".join(f"({term})" for term in terms)


def _phrase(phrase: Phrase, of: str, *, is_loose: bool) -> str:
    """Tokens are letters, digits and characters only: there is nothing to escape."""
    weights = "" if is_loose or set(of) <= set(phrase.columns) else phrase.columns
    marks = [weights] * len(phrase.tokens)
    if phrase.is_beginning:
        marks[-1] += "*"
    words = (
        f"'{token}':{mark}" if mark else f"'{token}'"
        for token, mark in zip(phrase.tokens, marks, strict=True)
    )
    return f"({(' & ' if is_loose else ' <-> ').join(words)})"
