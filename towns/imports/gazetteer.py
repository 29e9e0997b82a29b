"""The towns and parties that a reader knows by name: plain values, no database."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from towns.language.pinyin import search_key
from towns.language.script import fold

_ZH_ENDS = re.compile(r"镇|乡|街道|苏木")
_ZH_LONGEST = 12
_EN_KINDS = {"town": "镇", "township": "乡", "subdistrict": "街道", "street": "街道"}
_EN_WORDS = re.compile(
    r"\b(?P<words>(?:[A-Z][\w']{0,30}[ -]){1,5})(?P<kind>Town|Township|Subdistrict|Street)\b"
)


@dataclass(frozen=True)
class Area:
    """A county, prefecture or province."""

    code: str
    name_zh: str
    name_en: str

    @cached_property
    def forms(self) -> tuple[str, str, str]:
        """Folded: the Chinese name, the same without 市 or 区, the English name."""
        zh = fold(self.name_zh)
        return zh, zh[:-1] if len(zh) > 2 else zh, fold(self.name_en)

    def is_named_in(self, folded: str, *, in_full: bool) -> bool:
        """By its Chinese name, also without 市 or 区 unless in full, or as an English word."""
        zh, short, en = self.forms
        if zh and (zh if in_full else short) in folded:
            return True
        return bool(en) and en in folded and bool(re.search(rf"\b{re.escape(en)}\b", folded))


@dataclass(frozen=True)
class KnownTown:
    """`above` goes from the county up to the province."""

    code: str
    name_zh: str
    name_en: str
    above: tuple[Area, ...]
    other_names: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """大沙镇 · 四会市 · 肇庆市 (441284105)"""
        chinese = language.startswith("zh")
        names = [(self.name_zh, self.name_en), *((a.name_zh, a.name_en) for a in self.above[:2])]
        return " · ".join((zh or en) if chinese else (en or zh) for zh, en in names) + (
            f" ({self.code})"
        )


@dataclass(frozen=True)
class KnownParty:
    uid: str
    name_zh: str
    name_en: str
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mention:
    """A name in a folded text, with every town that bears it."""

    start: int
    end: int
    name: str
    towns: tuple[KnownTown, ...]


@dataclass(frozen=True)
class Gazetteer:
    _chinese: dict[str, tuple[KnownTown, ...]] = field(default_factory=dict)
    _english: dict[str, tuple[KnownTown, ...]] = field(default_factory=dict)
    _parties: dict[str, KnownParty] = field(default_factory=dict)
    _codes: dict[str, KnownTown] = field(default_factory=dict)

    @classmethod
    def of(cls, towns: Iterable[KnownTown], parties: Iterable[KnownParty] = ()) -> "Gazetteer":
        chinese: dict[str, list[KnownTown]] = {}
        english: dict[str, list[KnownTown]] = {}
        codes: dict[str, KnownTown] = {}
        for town in towns:
            codes[town.code] = town
            for name in (town.name_zh, town.name_en, *town.other_names):
                if name.isascii():
                    english.setdefault(search_key(_without_kind(name)), []).append(town)
                else:
                    chinese.setdefault(fold(name), []).append(town)
        return cls(_frozen(chinese), _frozen(english), _by_name(parties), codes)

    @property
    def size(self) -> int:
        """How many Chinese names of towns it knows."""
        return len(self._chinese)

    def town(self, code: str) -> KnownTown | None:
        return self._codes.get(code)

    def towns_called(self, said: str) -> tuple[KnownTown, ...]:
        """Those that a person may mean who writes a code, or a name in either language."""
        said = said.strip()
        if town := self._codes.get(said):
            return (town,)
        folded = fold(said)
        named = self._chinese.get(folded) or self._chinese.get(f"{folded}镇")
        return named or self._english.get(search_key(_without_kind(said)), ())

    def party(self, *names: str) -> KnownParty | None:
        """The party that has one of these names, the first that answers."""
        found = (self._parties.get(search_key(fold(name))) for name in names if name)
        return next((party for party in found if party), None)

    def mentions(self, folded: str) -> list[Mention]:
        """Every known town in a folded text, in order; the longest name wins."""
        found = [*self._in_chinese(folded), *self._in_english(folded)]
        return sorted(found, key=lambda mention: mention.start)

    def _in_chinese(self, folded: str) -> Iterator[Mention]:
        for end in (found.end() for found in _ZH_ENDS.finditer(folded)):
            for start in range(max(0, end - _ZH_LONGEST), end - 1):
                if towns := self._chinese.get(folded[start:end]):
                    yield Mention(start, end, folded[start:end], towns)
                    break

    def _in_english(self, folded: str) -> Iterator[Mention]:
        for found in _EN_WORDS.finditer(folded):
            starts = [found.start() + word.start() for word in re.finditer(r"[A-Z]", found[0])]
            ending = _EN_KINDS[found["kind"].lower()]
            for start in starts[:-1]:
                name = folded[start : found.start("kind")]
                bearing = self._english.get(search_key(name), ())
                towns = tuple(town for town in bearing if _is_kind(town, ending))
                if towns:
                    yield Mention(start, found.end(), folded[start : found.end()], towns)
                    break


def narrowed(
    towns: tuple[KnownTown, ...], folded: str, *, in_full: bool = False
) -> tuple[KnownTown, ...]:
    """Those whose county the text names; or else whose prefecture; or else whose province."""
    if len(towns) < 2:
        return towns
    for level in range(3):
        named = tuple(
            town
            for town in towns
            if level < len(town.above) and town.above[level].is_named_in(folded, in_full=in_full)
        )
        if named:
            return named
    return towns


def _is_kind(town: KnownTown, ending: str) -> bool:
    return not town.name_zh or town.name_zh.endswith(ending)


def _without_kind(name: str) -> str:
    return re.sub(r" (?:Town|Township|Subdistrict|Street)$", "", name)


def _frozen(index: dict[str, list[KnownTown]]) -> dict[str, tuple[KnownTown, ...]]:
    return {name: tuple(dict.fromkeys(towns)) for name, towns in index.items() if name}


def _by_name(parties: Iterable[KnownParty]) -> dict[str, KnownParty]:
    index: dict[str, KnownParty] = {}
    for party in parties:
        for name in (party.name_zh, party.name_en, *party.other_names):
            if key := search_key(fold(name)):
                index.setdefault(key, party)
    return index
