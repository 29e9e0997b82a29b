"""A ruler from the first place to the last, with an eye at each rank and labels that do not touch.

Neighbours too close to be told apart share one label ("10 towns 920–999"); labels that would touch
are raised to the next row; what finds no row stays without a label, for the list beside the ruler
says it anyway.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from towns.rendering.rank_chart import ruler_place

LABEL_ROWS = 3
_CLOSE, _ROOM_FOR_A_LETTER, _EDGE = 4.0, 2.6, 12.0
_CROWD = 3


@dataclass(frozen=True)
class Mark:
    """`name` says the town in both languages."""

    rank: int
    name: dict[str, str]
    x: str


@dataclass(frozen=True)
class Label:
    """Of one mark, or of a crowd of them; `row` counts upwards from the line."""

    marks: tuple[Mark, ...]
    x: str
    anchor: str
    row: int

    @property
    def name(self) -> dict[str, str] | None:
        """The town, where there is only one."""
        return self.marks[0].name if len(self.marks) == 1 else None

    @property
    def lift(self) -> str:
        """How far the label stands above the lowest row."""
        return f"-{self.row * 1.35:.2f}em"

    @property
    def ranks(self) -> str:
        first, last = self.marks[0].rank, self.marks[-1].rank
        return str(first) if first == last else f"{first}–{last}"


@dataclass(frozen=True)
class Ruler:
    size: int
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]

    @property
    def middle(self) -> int:
        return self.size // 2

    @property
    def rows(self) -> int:
        return max((label.row for label in self.labels), default=0) + 1


def ruler(places: Iterable[tuple[int | None, dict[str, str]]], size: int) -> Ruler:
    """`places` are ranks with the names of their towns; those without a rank have no place."""
    ranked = sorted(((rank, name) for rank, name in places if rank), key=lambda place: place[0])
    marks = tuple(Mark(rank, name, ruler_place(rank, size)) for rank, name in ranked)
    return Ruler(size, marks, tuple(_labels(_crowds(marks))))


def _crowds(marks: Sequence[Mark]) -> Iterable[tuple[Mark, ...]]:
    """Runs of neighbours; a run of two is still two labels."""
    run: list[Mark] = []
    for mark in marks:
        if run and _at(mark) - _at(run[-1]) > _CLOSE:
            yield from _run(run)
            run = []
        run.append(mark)
    yield from _run(run)


def _run(run: list[Mark]) -> Iterable[tuple[Mark, ...]]:
    return [tuple(run)] if len(run) >= _CROWD else [(mark,) for mark in run]


def _labels(crowds: Iterable[tuple[Mark, ...]]) -> Iterable[Label]:
    ends: list[float] = []
    for crowd in crowds:
        start, end, anchor = _extent(crowd)
        row = next((row for row, taken in enumerate(ends) if taken < start), len(ends))
        if row < LABEL_ROWS:
            ends[row : row + 1] = [end]
            yield Label(crowd, crowd[-1].x if anchor == "end" else crowd[0].x, anchor, row)


def _extent(crowd: Sequence[Mark]) -> tuple[float, float, str]:
    """Where a label begins and ends, in per cent of a narrow ruler, and where it is held."""
    width = _ROOM_FOR_A_LETTER * (_letters(crowd) + 1)
    at = _at(crowd[0])
    if _at(crowd[-1]) > 100 - _EDGE:
        return 100 - width, 100, "end"
    if at < _EDGE:
        return at, at + width, "start"
    return at - width / 2, at + width / 2, "middle"


def _letters(crowd: Sequence[Mark]) -> float:
    """A Chinese character takes the room of two Latin letters."""
    if len(crowd) > 1:
        return 18
    longest = max((_width(name) for name in crowd[0].name.values()), default=0.0)
    return longest + len(str(crowd[0].rank)) + 1


def _width(text: str) -> float:
    return sum(2 if ord(letter) > 0x2E80 else 1.1 for letter in text)


def _at(mark: Mark) -> float:
    return float(mark.x.rstrip("%"))
