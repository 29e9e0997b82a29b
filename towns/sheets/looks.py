"""What the format of a cell says beyond its value.

A person who types 2023年10月 sees just that, and the file holds 1 October 2023 with the format
yyyy"年"m"月". A 5.3% is 0.053 with the format 0.0%, and 3.2 with the format 0.0"亿元" means 亿元.
"""

import re
from collections.abc import Iterator
from functools import cache
from xml.parsers import expat

from towns.language.days import DAY, MONTH, YEAR
from towns.sheets.grid import Look
from towns.sheets.packed import parse

_BUILT_IN = {
    "9": "0%", "10": "0.00%", "17": "mmm-yy",
    "27": "yyyy/m", "36": "yyyy/m", "50": "yyyy/m", "52": "yyyy/m", "57": "yyyy/m",
}  # fmt: skip
_ASIDE = re.compile(r"\[[^\]]*\]|_.|\*.")
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)')
_UNIT = re.compile(r"(?:千|百)?(?:亿|万)元?")
_SCALED = re.compile(r"[0#?],+(?![0#?,])|[0#?][\\!]\.|[0#?]\"\.\"[0#?]")
PER_CENT = "%"
_LONGEST = 255


PLAIN = Look()


def looks_of(styles: bytes) -> dict[str, Look]:
    """By the number of the style in the cells; without those that say nothing more."""
    if not styles:
        return {}
    formats = dict(_BUILT_IN)
    used: list[str] = []
    depth: list[str] = []

    def start(tag: str, said: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "numFmt":
            formats[said.get("numFmtId", "")] = said.get("formatCode", "")
        elif name == "xf" and depth and depth[-1] == "cellXfs":
            used.append(said.get("numFmtId", ""))
        depth.append(name)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _tag: depth.pop()
    parse(parser, styles)
    return dict(_special(used, formats))


def _special(used: list[str], formats: dict[str, str]) -> Iterator[tuple[str, Look]]:
    for number, identity in enumerate(used):
        look = look_of(formats.get(identity, ""))
        if look != PLAIN:
            yield str(number), look


@cache
def look_of(code: str) -> Look:
    first = _ASIDE.sub("", code[:_LONGEST].partition(";")[0])
    literals = "".join(quoted or single for quoted, single in _LITERAL.findall(first))
    rest = _LITERAL.sub("", first).lower()
    if "y" in rest:
        return Look(_precision(rest))
    if "%" in rest:
        return Look(unit=PER_CENT)
    unit = _UNIT.search(literals + rest)
    if unit is None:
        return PLAIN
    return Look(unit="元" if _SCALED.search(first) else unit[0])


def _precision(rest: str) -> str:
    if "d" in rest or "h" in rest:
        return DAY
    return MONTH if "m" in rest else YEAR
