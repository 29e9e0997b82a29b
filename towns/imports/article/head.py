"""Title, subtitle, publisher, time and place: from what the format says and the first lines."""

import datetime as dt
import re
from dataclasses import dataclass, field

from towns.imports.article.lines import TEXT, Line, Received
from towns.imports.article.result import Dropped
from towns.language.credits import marker
from towns.language.datelines import read_dateline
from towns.language.furniture import furniture
from towns.language.script import fold

_SUBTITLE = re.compile(r"^(?:—{1,2}|--)\s*(?=\S)")
_FIRST_LINES = 12
_LONGEST_TITLE = 200


@dataclass
class Head:
    """`rest` are the lines of the article itself."""

    title: str = ""
    subtitle: str = ""
    publisher: str = ""
    published_at: dt.date | None = None
    place: str = ""
    dateline: int = 0
    title_lines: list[int] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)

    def drop(self, line: Line, reason: str) -> None:
        self.dropped.append(Dropped(line.number, line.text, reason))


def read_head(received: Received) -> Head:
    head = Head(received.title, "", received.publisher, received.published_at, received.place)
    seen = 0
    for line in received.lines:
        if line.is_outside and not line.is_wanted:
            if line.text:
                head.drop(line, "outside")
        elif line.kind != TEXT or line.is_wanted or seen >= _FIRST_LINES:
            head.rest.append(line)
        else:
            seen += 1
            _read_line(head, line)
    return head


def _read_line(head: Head, line: Line) -> None:
    has_begun = any(kept.kind == TEXT for kept in head.rest)
    if _is_dateline(head, line) or furniture(line.text):
        # Furniture among the first lines is dropped with all other furniture.
        if furniture(line.text):
            head.rest.append(line)
    elif not head.title and not marker(line.text) and len(line.text) <= _LONGEST_TITLE:
        head.title = line.text
        head.title_lines.append(line.number)
    elif _is_repeat(head, line):
        head.drop(line, "repeat")
    elif not has_begun and not head.subtitle and _SUBTITLE.match(line.text):
        head.subtitle = _SUBTITLE.sub("", line.text)
        head.title_lines.append(line.number)
    else:
        head.rest.append(line)


def _is_dateline(head: Head, line: Line) -> bool:
    """A bare date, as blogs set above a post, counts only where nothing says more."""
    found = read_dateline(line.text)
    if not found:
        return False
    is_bare = not found.publisher and not found.place and not isinstance(found.at, dt.datetime)
    if is_bare:
        head.drop(line, "date")
        head.published_at = head.published_at or found.at
        return True
    head.dateline = head.dateline or line.number
    head.publisher = head.publisher or found.publisher
    head.place = found.place or head.place
    head.published_at = found.at or head.published_at
    return True


def _is_repeat(head: Head, line: Line) -> bool:
    """The title once more; or the title of a page without the name of its site."""
    said, title = _bare(line.text), _bare(head.title)
    if not said or not title.startswith(said):
        return False
    if said == title:
        return True
    is_title = bool(re.match(r"\s*[-_|]", fold(head.title)[len(line.text) :]))
    if is_title:
        head.title = line.text
    return is_title


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text)).lower()
