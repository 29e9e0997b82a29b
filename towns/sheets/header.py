"""Which row names the columns, and which column is which.

A header is written in Chinese, in English or in both, with a unit behind it, with line breaks or
full-width signs in it: 投资额（万元）, "名次 Rank", ＊所属 区县.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from towns.language.script import fold, tidy
from towns.sheets.grid import Grid, RefusedError, letters_of
from towns.sheets.table import Column

REMARKS = ("批注", "Remarks")
_LOOKED_AT = 60
_ENOUGH = 2
_LONGEST = 80
_UNIT = (
    r"(?:亿|千万|百万|万|千)?(?:元|人民币|人|亩|吨|家|户|个|项|公里|千米|平方公里|平方千米|米|%)|亿|万|"
    r"(?:billion |million |thousand )?(?:yuan|rmb|cny|people|mu|tonnes|metres|km2?)"
)
_SAID_UNIT = re.compile(
    rf"[(\[{{]?(?:单位|unit)[:\s]*(?:人民币)?(?P<unit>{_UNIT})[)\]}}]?", re.IGNORECASE
)
_UNIT_BEHIND = re.compile(
    rf"(?P<name>.+?)\s*(?:[(\[]\s*(?:单位:?|unit:?|in\s)?\s*(?P<unit>{_UNIT})\s*[)\]]|"
    rf"[/,:]\s*(?P<bare>{_UNIT})|in (?P<plain>{_UNIT}))",
    re.IGNORECASE | re.DOTALL,
)
_ASIDE_BEHIND = re.compile(
    r"(?P<name>.+?)\s*\((?:必填|选填|可选|可不填|没有可不填|required|optional)\)",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = re.compile(r"[\s*★●:;,.]+")
_BETWEEN_SCRIPTS = re.compile(r"(?<=[\u3400-\u9fff)\]])[\s/|]*(?=[A-Za-z])")


@dataclass(frozen=True)
class Header:
    """Rows count from 0. With merged cells, more rows than the one that names belong to it."""

    row: int
    first: int
    last: int
    columns: tuple[Column, ...]
    unknown: tuple[tuple[str, str], ...]


class Spellings:
    def __init__(self, headers: Mapping[str, Collection[str]]) -> None:
        self._keys = {_plain(said): key for key, saids in headers.items() for said in saids}
        self.enough = min(_ENOUGH, len(headers))

    def find(self, text: str) -> tuple[str, str] | None:
        """The key and the unit; None for a header that nobody asked for."""
        if len(text) > _LONGEST:
            return None
        for said, unit in _readings(text):
            if key := self._keys.get(_plain(said)):
                return key, unit
        return None

    def matches(self, row: Sequence[object]) -> set[str]:
        found = (self.find(cell) for cell in row if isinstance(cell, str))
        return {key for key, _unit in filter(None, found)}


def find_header(grid: Grid, spellings: Spellings) -> Header | None:
    """The first row that names the most columns. Raises `RefusedError` for a column named twice."""
    best, named, place = 0, [], -1
    for index, row in enumerate(_with_merged(grid)):
        matched = len(spellings.matches(row))
        if matched > best:
            best, named, place = matched, row, index
    if best < max(spellings.enough, 1):
        return None
    touching = [area for area in grid.merged if area.top <= place <= area.bottom]
    columns, unknown = _columns(named, spellings)
    return Header(
        place,
        min([place, *(area.top for area in touching)]),
        max([place, *(area.bottom for area in touching)]),
        columns,
        unknown,
    )


def _with_merged(grid: Grid) -> list[list[object]]:
    """The first rows, where a cell merged over several rows stands in each of them."""
    rows = [list(row) for row in grid.rows[:_LOOKED_AT]]
    for area in grid.merged:
        if area.top >= len(rows) or area.left >= len(rows[area.top]):
            continue
        value = rows[area.top][area.left]
        for row in rows[area.top + 1 : area.bottom + 1]:
            if area.left < len(row):
                row[area.left] = row[area.left] or value
    return rows


def _columns(
    row: Sequence[object], spellings: Spellings
) -> tuple[tuple[Column, ...], tuple[tuple[str, str], ...]]:
    columns: dict[str, Column] = {}
    unknown: list[tuple[str, str]] = []
    for index, cell in enumerate(row):
        text = tidy(str(cell)) if cell is not None else ""
        found = spellings.find(text)
        if found is None:
            if text and not is_remarks(text):
                unknown.append((letters_of(index), text))
            continue
        key, unit = found
        if key in columns:
            raise RefusedError(
                _("The columns %(first)s and %(second)s are both called “%(name)s”. Rename one.")
                % {
                    "first": letters_of(columns[key].index),
                    "second": letters_of(index),
                    "name": text,
                }
            )
        columns[key] = Column(key, index, unit)
    return tuple(columns.values()), tuple(unknown)


def is_remarks(text: str) -> bool:
    return any(_plain(said) in map(_plain, REMARKS) for said, _unit in _readings(text))


def unit_said(text: str) -> str:
    """The unit in a line such as 单位：万元, or ""."""
    found = _SAID_UNIT.search(fold(text))
    return found["unit"] if found else ""


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """As a whole, without what stands behind it, and as one of its two languages."""
    folded = _folded(text)
    for said in [folded, *_BETWEEN_SCRIPTS.split(folded, maxsplit=1), *folded.splitlines()]:
        yield said, ""
        rest, unit = _without_unit(said)
        if rest != said:
            yield rest, unit


def _without_unit(said: str) -> tuple[str, str]:
    if found := _ASIDE_BEHIND.fullmatch(said):
        said = found["name"]
    if found := _UNIT_BEHIND.fullmatch(said):
        return found["name"], found["unit"] or found["bare"] or found["plain"]
    return said, ""


def _folded(text: str) -> str:
    return fold(unicodedata.normalize("NFKC", tidy(text)))


def _plain(said: str) -> str:
    return _MARKS.sub("", _folded(said)).casefold()
