"""Articles as they arrive: `read_article` says what it understood of any bytes, or why nothing.

A format's reader (`plain`, `page`, `feed`, `word`, in a `.zip` or not: `opening`) hands on lines;
`reading` understands them: `head` the title and dateline, `body` the blocks, with `figures`,
`lists` and `places`, `claims` the ranks and amounts. What is doubtful becomes one of `questions`.
The network is never asked for anything, and no database is needed.
"""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from towns.imports.article import questions
from towns.imports.article.head import read_head
from towns.imports.article.lines import (
    MOST_CHARACTERS,
    MOST_LINES,
    Received,
    RefusedError,
    TooLongError,
)
from towns.imports.article.opening import open_article_file
from towns.imports.article.reading import understand
from towns.imports.article.result import Article, Dropped, Refused
from towns.imports.gazetteer import Gazetteer

__all__ = [
    "Article",
    "Refused",
    "RefusedError",
    "check_article",
    "read_article",
    "read_picture",
]


def read_article(
    name: str,
    data: bytes,
    gazetteer: Gazetteer,
    *,
    number: int = 1,
    answers: Mapping[str, str] | None = None,
) -> Article | Refused:
    """`number` chooses among several articles of a feed or a .zip; it counts from 1.

    `answers` are what a person answered to the questions of an earlier reading, by their keys.
    """
    try:
        opened = open_article_file(name, data)
        if not 1 <= number <= len(opened.items):
            return Refused(_("There is no article of this number in the file."))
        received = opened.items[number - 1].read()
        _check_length(received)
    except RefusedError as error:
        return Refused(str(error))
    if not received.lines:
        return Refused(_("There is no text in this file."))
    article = understand(received, gazetteer, answers)
    aside = tuple(Dropped(0, left, "file") for left in opened.left_aside)
    asked = article.questions
    if len(opened.items) > 1:
        which = questions.which_article((item.name for item in opened.items), number)
        asked = (replace(which, answer=(answers or {}).get(which.key)), *asked)
    return replace(article, dropped=article.dropped + aside, questions=asked)


def check_article(name: str, data: bytes, *, number: int = 1) -> str:
    """The title, or "". Raises `RefusedError` where no article can be read from these bytes."""
    items = open_article_file(name, data).items
    if not 1 <= number <= len(items):
        raise RefusedError(_("There is no article of this number in the file."))
    received = items[number - 1].read()
    _check_length(received)
    if not received.lines:
        raise RefusedError(_("There is no text in this file."))
    return read_head(received).title


def read_picture(name: str, data: bytes, picture: str, *, number: int = 1) -> bytes:
    """A picture that came with the article, by its name there. Raises `RefusedError`."""
    return open_article_file(name, data).items[number - 1].picture(picture)


def _check_length(received: Received) -> None:
    characters = sum(len(line.text) for line in received.lines)
    if len(received.lines) > MOST_LINES or characters > MOST_CHARACTERS:
        raise TooLongError
