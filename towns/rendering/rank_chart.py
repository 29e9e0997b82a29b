"""The history of a town's rank, and the ranks held of an edition, as places in a drawing.

Every place is a percentage, so that the drawing stretches while its letters keep their size. The
axis of ranks is reversed: the best rank stands highest. A year that is not known is a gap; no line
crosses it and no rank is made up for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from towns.models import RankHistory, Standing, YearPlace

# Where the ranks stand in their frame: left of them the ticks; below them, where it is needed, a
# lane for the years that have a standing without a rank; and then the years.
LEFT, RIGHT = 9.0, 100.0
TOP, BOTTOM, BOTTOM_ABOVE_LANE, LANE_TOP = 14.0, 88.0, 72.0, 76.0
_NARROWEST_RANGE = 20
_MOST_STEPS = 5
_MOST_WORDS = 8
_STRIP_CELLS = 250


@dataclass(frozen=True)
class Tick:
    rank: int
    y: str


@dataclass(frozen=True)
class Column:
    """One year. `y` is empty unless the rank is on record; `is_dated` years are written out."""

    year: int
    standing: Standing
    rank: int | None
    x: str
    left: str
    width: str
    y: str
    is_latest: bool
    is_dated: bool


@dataclass(frozen=True)
class RankChart:
    """`lane` is where the lane without ranks begins; empty without one."""

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    best: YearPlace | None
    lane: str

    @property
    def has_room_for_words(self) -> bool:
        return len(self.columns) <= _MOST_WORDS

    @property
    def span(self) -> tuple[int, int] | None:
        """The ranks at both ends of the axis, best first."""
        return (self.ticks[0].rank, self.ticks[-1].rank) if self.ticks else None


def rank_chart(history: RankHistory, size: int | None = None) -> RankChart:
    """`size` is the number of places of the list: no rank beyond it is written at the axis."""
    ranked = [place for place in history.places if place.rank is not None]
    has_lane = _needs_lane(history)
    axis = _Axis(
        ranks=_tick_ranks([place.rank for place in ranked], size),
        bottom=BOTTOM_ABOVE_LANE if has_lane else BOTTOM,
    )
    return RankChart(
        columns=tuple(_columns(history, axis)),
        ticks=tuple(Tick(rank, axis.height(rank)) for rank in axis.ranks),
        best=min(reversed(ranked), key=lambda place: place.rank, default=None),
        lane=_per_cent(LANE_TOP) if has_lane else "",
    )


def ruler_place(rank: int, size: int) -> str:
    """Where a rank stands on a ruler from 1, at the left, to the size of the list."""
    return _per_cent(100 * (min(rank, size) - 1) / max(size - 1, 1))


def strip_path(ranks: Iterable[int], size: int) -> str:
    """The ranks held, as a path in a frame of 250 × 10; neighbours melt into one field."""
    cells = sorted({cell for rank in ranks for cell in _cells(min(rank, size), size)})
    return "".join(f"M{first} 0h{last - first + 1}v10H{first}z" for first, last in _runs(cells))


@dataclass(frozen=True)
class _Axis:
    """The ranks written at the axis, best first, from the top of the frame to `bottom`."""

    ranks: tuple[int, ...]
    bottom: float

    def height(self, rank: int) -> str:
        share = (rank - self.ranks[0]) / (self.ranks[-1] - self.ranks[0])
        return _per_cent(TOP + (self.bottom - TOP) * share)


def _needs_lane(history: RankHistory) -> bool:
    without_rank = (Standing.LISTED, Standing.NOT_LISTED)
    return any(place.standing in without_rank for place in history.places)


def _columns(history: RankHistory, axis: _Axis) -> Iterable[Column]:
    total, latest = len(history.places), history.latest
    room = (RIGHT - LEFT) / max(total, 1)
    every = -(-total // _MOST_WORDS)
    for number, place in enumerate(history.places):
        left = LEFT + number * room
        yield Column(
            year=place.year,
            standing=place.standing,
            rank=place.rank,
            x=_per_cent(left + room / 2),
            left=_per_cent(left + room * 0.13),
            width=_per_cent(room * 0.74),
            y="" if place.rank is None else axis.height(place.rank),
            is_latest=latest is not None and place.year == latest.year,
            is_dated=(total - 1 - number) % every == 0,
        )


def _tick_ranks(ranks: Sequence[int], size: int | None) -> tuple[int, ...]:
    """Round ranks around the given ones, best first; none where no rank is on record."""
    if not ranks:
        return ()
    best, worst = min(ranks), max(ranks)
    reach = max(worst - best, _NARROWEST_RANGE)
    step = next(step for step in _round_numbers() if reach <= step * _MOST_STEPS)
    first = best // step * step
    last = max(-(-worst // step) * step, first + _NARROWEST_RANGE)
    if size is not None and last > size:
        last = -(-max(size, worst) // step) * step
        first = max(min(first, last - _NARROWEST_RANGE), 0)
    return tuple(max(rank, 1) for rank in range(first, last + 1, step))


def _round_numbers() -> Iterable[int]:
    return (factor * 10**power for power in count() for factor in (1, 2, 5))


def _per_cent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def _cells(rank: int, size: int) -> range:
    """Many ranks share a cell of a long list; one rank has several of a short one."""
    first = (rank - 1) * _STRIP_CELLS // size
    return range(first, max(first + 1, rank * _STRIP_CELLS // size))


def _runs(cells: Sequence[int]) -> Iterable[tuple[int, int]]:
    """The first and last number of each run of neighbours."""
    held = set(cells)
    starts = (cell for cell in cells if cell - 1 not in held)
    ends = (cell for cell in cells if cell + 1 not in held)
    return zip(starts, ends, strict=True)
