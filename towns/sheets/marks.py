"""What a sheet says and its reader does not: hidden rows, errors, open formulas, formats."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from towns.sheets.grid import MOST_ROWS, Look, Looks, Place, RefusedError, column_of
from towns.sheets.worksheet import ATTRIBUTES, CELL_NAME, attributes, whole

_HIDDEN_ROW = re.compile(rb"<row(?=\s[^<>]*?\bhidden\s*=)" + ATTRIBUTES + rb"/?>")
_FORMULA = re.compile(
    rb"<c(?=\s)" + ATTRIBUTES + rb">\s*<f(?=[\s/>])(.*?)</c\s*>", re.DOTALL
)  # fmt: skip
_ERROR = re.compile(
    rb"<c(?=\s[^<>]*?\st\s*=\s*[\"']e[\"'])" + ATTRIBUTES + rb">(.*?)</c\s*>", re.DOTALL
)
_VALUE = re.compile(rb"<v(?=[\s>])[^<>]*>([^<]+)<")
_MOST_FAULTS = 10_000
_MOST_STYLES = 200


@dataclass(frozen=True)
class Marks:
    """By rows and columns that count from 0."""

    hidden: frozenset[int]
    faults: dict[Place, str]
    looks: Looks


def marks(xml: bytes, looks: Mapping[str, Look]) -> Marks:
    """`xml` is `measured`; `looks` are those of the styles that say more than the value."""
    return Marks(frozenset(_hidden(xml)), _faults(xml), _looks(xml, looks))


def error_in(shown: str) -> str:
    return _("This cell holds the error %(error)s instead of a value.") % {"error": shown or "#?"}


def _hidden(xml: bytes) -> Iterator[int]:
    for found in islice(_HIDDEN_ROW.finditer(xml), MOST_ROWS):
        said = attributes(found[1])
        number = whole(said.get("r"))
        if number and said.get("hidden") in ("1", "true"):
            yield number - 1


def _faults(xml: bytes) -> dict[Place, str]:
    faults: dict[Place, str] = {}
    for said, text in _cells_with(_FORMULA, xml):
        if said.get("t") != "str" and not text:
            _put(
                faults,
                said,
                _("The formula in this cell has no result. Let it be calculated and save again."),
            )
    for said, text in _cells_with(_ERROR, xml):
        if said.get("t") == "e" and text:
            _put(faults, said, error_in(text))
    return faults


def _cells_with(pattern: re.Pattern[bytes], xml: bytes) -> Iterator[tuple[dict[str, str], str]]:
    for found in pattern.finditer(xml):
        value = _VALUE.search(found[2])
        yield attributes(found[1]), value[1].decode(errors="replace")[:20] if value else ""


def _put(faults: dict[Place, str], said: Mapping[str, str], sentence: str) -> None:
    if len(faults) >= _MOST_FAULTS:
        raise RefusedError(
            _("More than %(most)s cells of this sheet hold errors.") % {"most": f"{_MOST_FAULTS:,}"}
        )
    if name := CELL_NAME.fullmatch(said.get("r", "")):
        faults[int(name[2]) - 1, column_of(name[1])] = sentence


def _looks(xml: bytes, looks: Mapping[str, Look]) -> Looks:
    kept = Looks()
    styles = "|".join(looks).encode() if len(looks) <= _MOST_STYLES else rb"\d+"
    pattern = rb"<c\s+r=\"([A-Z]{1,3})(\d{1,7})\"[^<>]*?\ss=\"(" + styles + rb")\"[^<>/]*>"
    for found in re.finditer(pattern, xml) if looks else ():
        if look := looks.get(found[3].decode()):
            kept.put(int(found[2]) - 1, column_of(found[1].decode()), look)
    return kept
