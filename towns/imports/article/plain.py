"""Plain text, as saved or pasted.

肇庆四镇入选全国千强镇            the title
肇庆发布 2023-10-20 19:16         who and when
高要区-金利镇                     a town's section
△金利镇。陈彦成 摄                a caption with its credit
"""

import codecs
import re

from django.utils.translation import gettext as _

from towns.imports.article.lines import (
    MOST_CHARACTERS,
    Line,
    Received,
    RefusedError,
    TooLongError,
)
from towns.language.script import tidy

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_LOOKED_AT = 100_000
_ENDS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
# The formatting of Markdown that people paste: a heading's # and bold's **.
_HEADING = re.compile(r"^(#{1,6})\s+(?=\S)")
_BOLD = re.compile(r"^\*\*([^*]+)\*\*$")


def read_text(data: bytes) -> Received:
    return lines_of(decoded(data))


def lines_of(text: str) -> Received:
    if len(text) > 2 * MOST_CHARACTERS:
        raise TooLongError
    return Received(
        tuple(
            _line(number, tidied)
            for number, said in enumerate(_ENDS.split(text), start=1)
            if (tidied := tidy(said))
        )
    )


def decoded(data: bytes) -> str:
    """By its byte order mark, as UTF-8, or as GB18030. Raises `RefusedError`."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data, encoding)
    try:
        return _checked(data, "utf-8")
    except RefusedError:
        return _checked(data, "gb18030")


def _checked(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RefusedError(_("This is not a text in UTF-8 or GB18030.")) from error
    beginning = text[:_LOOKED_AT]
    if len(_CONTROLS.findall(beginning)) * 1000 > len(beginning):
        raise RefusedError(_("This file holds no readable text."))
    return text


def _line(number: int, text: str) -> Line:
    level = 0
    if found := _HEADING.match(text):
        level, text = len(found[1]), text[found.end() :]
    bold = _BOLD.match(text)
    return Line(number, bold[1] if bold else text, level=level, is_bold=bool(bold))
