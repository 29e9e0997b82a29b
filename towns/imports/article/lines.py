"""What every reader of a format hands on: the lines of one article and what the format knows."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

TEXT, PICTURE, ROW = "text", "picture", "row"

# Several times the longest article; what is longer is something else, or meant to do harm.
MOST_LINES = 5_000
MOST_CHARACTERS = 200_000


class RefusedError(ValueError):
    """Says in a sentence for the reader why nothing can be read from a file."""


class TooLongError(RefusedError):
    def __init__(self) -> None:
        super().__init__(_("This text is longer than any article."))


@dataclass(frozen=True)
class Line:
    """`number` is the line of a text file, or else the how-manieth line of the article.

    A row of a table has its cells between tabs. `picture` is the name or address of a picture.
    """

    number: int
    text: str
    kind: str = TEXT
    level: int = 0
    is_bold: bool = False
    is_caption: bool = False
    is_outside: bool = False
    is_ornament: bool = False
    picture: str = ""
    # A person took it back from what is dropped.
    is_wanted: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture that came with the article: its name in the file, and how many bytes."""

    name: str
    size: int


@dataclass(frozen=True)
class Received:
    """One article as its format gives it; what the format does not say is empty."""

    lines: tuple[Line, ...]
    title: str = ""
    publisher: str = ""
    published_at: dt.date | None = None
    place: str = ""
    pictures: tuple[Picture, ...] = ()

    @property
    def has_pictures(self) -> bool:
        return bool(self.pictures) or any(line.kind == PICTURE for line in self.lines)


def _no_picture(_name: str) -> bytes:
    raise RefusedError(_("This picture did not come with the text."))


@dataclass(frozen=True)
class Item:
    """One of the articles in a file. It is read only when it is the one that is wanted."""

    name: str
    read: Callable[[], Received]
    # The bytes of a picture that came with it. Raises `RefusedError`.
    picture: Callable[[str], bytes] = _no_picture


@dataclass(frozen=True)
class Opened:
    """The articles that a file holds, and what else in it was left aside."""

    items: tuple[Item, ...]
    left_aside: tuple[str, ...] = field(default=())
