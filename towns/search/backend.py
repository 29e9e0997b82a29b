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

    def counts(self, tiers: Sequence[Tier], *, span: int) -> tuple[int, dict[int, int]]:
        """The first tier that finds anything, and how many by the number of their kind."""

    def tidy(self) -> None:
        """Called after everything was indexed anew."""


def backend() -> Backend:
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
