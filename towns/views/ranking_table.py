"""The rows of an edition and of a comparison, for the page and for the file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from towns.models import (
    RankHistory,
    Ranking,
    RankingEdition,
    RankingEntry,
    Town,
    YearPlace,
    rank_histories,
)
from towns.rendering.rank_chart import ruler_place
from towns.sheets.writing import Cell, Sheet
from towns.views.sheet import known_cell, standing_cell, town_cells, town_head


@dataclass(frozen=True)
class Row:
    """One entry, with what follows from the editions held; None is not known."""

    entry: RankingEntry
    change: int | None
    streak: int | None
    first_time: bool | None
    before: YearPlace | None


@dataclass(frozen=True)
class Table:
    """`year_before` is the year of the edition held before this one, however far back."""

    rows: list[Row]
    year: int
    year_before: int | None

    @property
    def known_columns(self) -> set[str]:
        """The answers that are known for at least one town of these."""
        return {
            column
            for column in ("change", "streak", "first_time")
            if any(getattr(row, column) is not None for row in self.rows)
        }


def ranking_table(
    ranking: Ranking, entries: list[RankingEntry], *, year: int, before: int | None
) -> Table:
    histories = rank_histories(ranking, [entry.town for entry in entries])
    rows = [_row(entry, histories[entry.town_id], year, before) for entry in entries]
    return Table(rows, year, before)


def _row(entry: RankingEntry, history: RankHistory, year: int, before: int | None) -> Row:
    return Row(
        entry=entry,
        change=history.change(year),
        streak=history.streak(year),
        first_time=history.first_time(year),
        before=history.at(before) if before else None,
    )


@dataclass(frozen=True)
class Pair:
    """A town with a rank in both editions, as two places on one line."""

    town: Town
    now: int
    before: int
    now_x: str
    before_x: str

    @property
    def has_risen(self) -> bool:
        return self.now < self.before


PAIRS_SHOWN = 12


def pairs(table: Table, size: int) -> list[Pair]:
    ranked = [row for row in table.rows if row.entry.rank and row.before and row.before.rank]
    return [
        Pair(
            row.entry.town,
            row.entry.rank,
            row.before.rank,
            ruler_place(row.entry.rank, size),
            ruler_place(row.before.rank, size),
        )
        for row in ranked[:PAIRS_SHOWN]
    ]


def edition_sheet(
    edition: RankingEdition, entries: list[RankingEntry], before: int | None
) -> Sheet:
    table = ranking_table(edition.ranking, entries, year=edition.year, before=before)
    head = [_("Rank"), _("tied"), *town_head()]
    head += [_("On the year before"), _("Years running"), _("First time")]
    head += [str(before)] if before else []
    head += [_("Source"), _("Link")]
    return Sheet(str(edition), head, [_cells(row, table) for row in table.rows])


def _cells(row: Row, table: Table) -> list[Cell]:
    entry, yes, no = row.entry, _("yes"), _("no")
    rank = entry.rank if entry.rank is not None else _("listed, rank not published")
    cells = [rank, yes if entry.is_tied else no, *town_cells(entry.town)]
    cells += [known_cell(row.change), known_cell(row.streak)]
    cells.append(known_cell(row.first_time, yes=yes, no=no))
    cells += [standing_cell(row.before)] if table.year_before else []
    return [*cells, str(entry.source), entry.source.url]


def comparison_sheet(
    ranking: Ranking, years: Sequence[int], histories: Sequence[RankHistory]
) -> Sheet:
    """One row for each town, one column for each year."""
    rows = [
        [*town_cells(history.town), *(standing_cell(history.at(year)) for year in years)]
        for history in histories
    ]
    return Sheet(str(ranking), [*town_head(), *map(str, years)], rows)
