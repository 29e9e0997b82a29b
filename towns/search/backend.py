"""The full-text index of the database that is in use."""

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from towns.search import postgresql, sqlite
from towns.search.query import Tier

IdRange = tuple[int, int]


class Backend(Protocol):
    def ranked(
        self, tiers: Sequence[Tier], ranges: Sequence[IdRange], *, limit: int
    ) -> list[list[int]]:
        """The ids of the best entries in each range."""

    def counts(self, tier: Tier, *, span: int) -> dict[int, int]:
        """How many are found, by the number of their kind: their id divided by the span."""

    def look(
        self, tiers: Sequence[Tier], ranges: Sequence[IdRange], *, limit: int, span: int
    ) -> tuple[list[list[int]], dict[int, int]]:
        """Both at once: the best of each range, and how many the last tier finds."""

    def tidy(self) -> None:
        """Called after everything was indexed anew."""


def backend() -> Backend:
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
