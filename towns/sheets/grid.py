"""A sheet as it lies there: rows of plain values, before anybody knows which row is the header."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from towns.language.days import DAY

MOST_BYTES = 40 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_CELLS = 2_000_000
_MOST_KINDS = 250

Place = tuple[int, int]


class RefusedError(ValueError):
    """Says in a sentence for the reader why nothing can be read from a file."""


@dataclass(frozen=True)
class Area:
    """A merged area; rows and columns count from 0, the last ones are part of it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Look:
    """What the format of a cell says beyond its value.

    `precision` is how much of a date is shown; `unit` is what is shown behind a number.
    """

    precision: str = DAY
    unit: str = ""


class Looks:
    """The looks of the cells that have one: a byte for each cell of a column that has any."""

    def __init__(self) -> None:
        self._kinds = [Look()]
        self._columns: dict[int, bytearray] = {}

    def put(self, row: int, column: int, look: Look) -> None:
        if look not in self._kinds:
            if len(self._kinds) > _MOST_KINDS:
                return
            self._kinds.append(look)
        rows = self._columns.setdefault(column, bytearray())
        if len(rows) <= row:
            rows.extend(bytes(row + 1 - len(rows)))
        rows[row] = self._kinds.index(look)

    def get(self, row: int, column: int) -> Look:
        rows = self._columns.get(column, b"")
        return self._kinds[rows[row] if row < len(rows) else 0]


@dataclass
class Grid:
    """Row 0 and column 0 are what the spreadsheet calls row 1 and column A.

    `faults` says, by (row, column), what is wrong with a cell that has no value of its own.
    """

    sheet: str
    rows: Sequence[list[object]]
    merged: Sequence[Area] = ()
    hidden: frozenset[int] = frozenset()
    faults: dict[Place, str] = field(default_factory=dict)
    looks: Looks = field(default_factory=Looks)


def letters_of(column: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_of(letters: str) -> int:
    """A → 0, AA → 26."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def check_size(rows: int, columns: int) -> None:
    """Raises `RefusedError`."""
    if rows > MOST_ROWS:
        raise RefusedError(
            _("This sheet has more than %(most)s rows. Split it.") % {"most": f"{MOST_ROWS:,}"}
        )
    if columns > MOST_COLUMNS:
        raise RefusedError(_("This sheet has more than %(most)s columns.") % {"most": MOST_COLUMNS})
    if rows * columns > MOST_CELLS:
        raise TooManyCellsError


class TooManyCellsError(RefusedError):
    def __init__(self) -> None:
        most = {"most": f"{MOST_CELLS:,}"}
        super().__init__(_("This sheet reaches over more than %(most)s cells. Split it.") % most)
