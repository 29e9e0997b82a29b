"""Finding what is public: `search`, `overview` and `suggest` ask, the rest keeps the index.

A record's Content (`contents`) becomes an entry of tokens (`entries`, `tokens`), which the database
indexes by itself; a query (`query`) is put to it by one of two backends. What is found is fetched
from `public()` again, so that an index out of step hides something but never shows it.
"""

from towns.search.finding import DEEPEST, Found, Group, Hit, ask, best, overview, search, suggest
from towns.search.guess import Likely, likely
from towns.search.kinds import NAMES
from towns.search.marks import Marker, Piece
from towns.search.query import LONGEST_QUERY, Query
from towns.search.upkeep import index, rebuild, refresh, remove, settle

__all__ = [
    "DEEPEST",
    "Found",
    "Group",
    "Hit",
    "LONGEST_QUERY",
    "Likely",
    "Marker",
    "NAMES",
    "Piece",
    "Query",
    "ask",
    "best",
    "index",
    "likely",
    "overview",
    "rebuild",
    "refresh",
    "remove",
    "search",
    "settle",
    "suggest",
]
