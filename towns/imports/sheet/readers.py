"""How one cell is read. Each reader raises WrongError with what would be right."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import override

from towns.imports.sheet.describing import Reader, WrongError, choice_word
from towns.imports.sheet.knowledge import Knowledge, parted
from towns.imports.sheet.outcome import Choice
from towns.language.script import fold, tidy
from towns.models import Source
from towns.sheets import values
from towns.sheets.reading import Cell

T = TypeVar("T")
_YES = ("是", "yes", "y", "true", "1", "√", "✓", "v", "对", "并列", "待核")
_NO = ("否", "no", "n", "false", "0", "×", "x", "不", "不是", "无")
NOT_KNOWN = ("不详", "未知", "not known", "unknown", "n/a")
_SEPARATORS = re.compile(r"[\n;；、]+")
_STEPS = {
    "": 1,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
_STEPS |= {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_NUMBER = re.compile(
    r"(?P<number>[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?)\s*"
    r"(?P<step>万亿|千万|百万|亿|万|千|thousand|million|billion)?\s*(?:元|人民币|yuan|rmb|cny|%)?",
    re.IGNORECASE,
)


def text(cell: Cell, _known: Knowledge) -> str:
    return tidy(cell.shown)


def lines(cell: Cell, _known: Knowledge) -> str:
    """Several, separated by lines, 、 or ;, as one on each line."""
    parts = (tidy(part) for part in _SEPARATORS.split(cell.shown))
    return "\n".join(dict.fromkeys(part for part in parts if part))


def yes_no(cell: Cell, _known: Knowledge) -> bool:
    said = _folded(cell)
    if said in _YES or said in _NO:
        return said in _YES
    raise WrongError(_("Write yes or no."))


def choice(choices: type[TextChoices]) -> Reader:
    """A word of several choices, such as 个 of projects and villages, is asked about."""
    words: dict[str, list[str]] = {}

    def read(cell: Cell, known: Knowledge) -> str:
        if not words:
            words.update(_words(choices))
        said = _folded(cell)
        found = words.get(said) or words.get(parted(said)[1], [])
        if not found:
            allowed = ", ".join(choice_word(choices, value) for value in choices.values)
            raise WrongError(_("Write one of: %s.") % allowed)
        if len(found) == 1:
            return found[0]
        offered = tuple(Choice(value, choice_word(choices, value)) for value in found)
        return known.chosen(f"{choices.__name__}:{said}", _("It can mean several."), offered)

    return read


def number(cell: Cell, _known: Knowledge) -> Decimal:
    """1,234.5, 1.2 亿, 1.2 billion; the unit of the header counts where the cell has none."""
    if isinstance(cell.value, Decimal):
        return cell.value * _step(cell.unit)
    found = _NUMBER.fullmatch(_folded(cell))
    if not found:
        raise WrongError(_("Write a number, such as 12.5 or 1.2 亿."))
    try:
        value = Decimal(found["number"].replace(",", ""))
    except InvalidOperation as error:
        raise WrongError(_("Write a number, such as 12.5 or 1.2 亿.")) from error
    step = (found["step"] or "").lower()
    return value * (_STEPS[step] if step else _step(cell.unit))


def amount_or_not_known(cell: Cell, _known: Knowledge) -> Decimal | None:
    """A sum in yuan."""
    return None if _folded(cell) in NOT_KNOWN else _read(values.amount, cell)


def year(cell: Cell, _known: Knowledge) -> int:
    said = _read(values.whole, cell)
    if not 1949 <= said <= 2100:
        raise WrongError(_("Write a year, such as 2025."))
    return said


def whole(cell: Cell, _known: Knowledge) -> int:
    return _read(values.whole, cell)


def day(cell: Cell, known: Knowledge) -> dt.date | None:
    """A whole day; 不详 for one that is not known."""
    read = vague_day(cell, known)
    if read is None:
        return None
    if read[1] != "day":
        raise WrongError(_("Write the whole day, such as 2025-09-30."))
    return read[0]


def vague_day(cell: Cell, _known: Knowledge) -> tuple[dt.date, str] | None:
    """The first day of what is said, and whether the day, the month or only the year is known."""
    return None if _folded(cell) in NOT_KNOWN else _read(values.day, cell)


def source(cell: Cell, known: Knowledge) -> Source:
    return known.source(tidy(cell.shown))


def town_pk(cell: Cell, known: Knowledge) -> int:
    return known.town_named(tidy(cell.shown)).pk


def town_pks(cell: Cell, known: Knowledge) -> frozenset[int]:
    parts = (tidy(part) for part in _SEPARATORS.split(cell.shown))
    return frozenset(known.town_named(part).pk for part in parts if part)


def region_pk(cell: Cell, known: Knowledge) -> int:
    return known.region(tidy(cell.shown)).pk


def project_pk(cell: Cell, known: Knowledge) -> int:
    return known.project(tidy(cell.shown)).pk


def joined(parts: Iterable[Any]) -> str:
    return "\n".join(str(part) for part in parts)


def _read(reader: Callable[[Cell], T], cell: Cell) -> T:
    try:
        return reader(cell)
    except ValueError as error:
        raise WrongError(str(error)) from error


def _step(unit: str) -> int:
    """万元 → 10,000; a unit that is no step counts once."""
    words = sorted((word for word in _STEPS if word), key=len, reverse=True)
    said = unit.casefold()
    return next((_STEPS[word] for word in words if said.startswith(word)), 1)


def _folded(cell: Cell) -> str:
    return fold(tidy(cell.shown)).strip().casefold()


def _words(choices: type[TextChoices]) -> dict[str, list[str]]:
    """What each word can mean, in both languages; a value itself means nothing else."""
    words: dict[str, list[str]] = {}
    for language in ("zh-hans", "en"):
        with override(language):
            for value, label in choices.choices:
                meant = words.setdefault(fold(str(label)).casefold(), [])
                if value not in meant:
                    meant.append(value)
    return words | {value.casefold(): [value] for value in choices.values}
