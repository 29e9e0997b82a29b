"""Every town of the country by what a sheet may call it; one for the process, while it is true."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from threading import Lock

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from towns.imports.gazetteer import Area, KnownTown
from towns.language.pinyin import search_key
from towns.language.script import fold
from towns.models import Region, Town

_KINDS = ("街道办事处", "街道办", "街道", "苏木", "镇", "乡")
_EN_KIND = re.compile(r"\s+(?:Town|Township|Subdistrict|Street)$", re.IGNORECASE)
_PLACE_ENDINGS = (
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "地区",
    "省",
    "市",
    "县",
    "区",
    "旗",
    "盟",
)
_NEAR, _MOST_NEAR, _LARGEST_SCOPE = 0.5, 4, 4000
# So few are read each time rather than trusting a stamp.
_FEW = 2000


@dataclass(frozen=True)
class Place(KnownTown):
    pk: int = 0
    # Whatever its county, city and province may be called, shared by the towns of a county.
    above_names: frozenset[str] = frozenset()

    def short_label(self, language: str) -> str:
        """大沙镇 (四会市)"""
        chinese = language.startswith("zh")
        name = (self.name_zh or self.name_en) if chinese else (self.name_en or self.name_zh)
        county = self.above[0] if self.above else None
        if county is None:
            return name
        above = (
            (county.name_zh or county.name_en) if chinese else (county.name_en or county.name_zh)
        )
        return f"{name} ({above})"


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of a town; any part may be missing, but not name and code both."""

    name: str
    county: str = ""
    city: str = ""
    province: str = ""
    code: str = ""

    @property
    def key(self) -> str:
        return "/".join((self.code or self.name, self.county, self.city, self.province))


@dataclass(frozen=True, slots=True)
class Found:
    """The towns that fit; where there are none, those that it might be."""

    towns: tuple[Place, ...]
    near: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Places:
    by_code: dict[str, Place] = field(default_factory=dict)
    # Official names of county and town, as they stand in most sheets.
    _exact: dict[tuple[str, str], tuple[Place, ...]] = field(default_factory=dict)
    _named: dict[str, tuple[Place, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, places: Iterable[Place]) -> "Places":
        by_code: dict[str, Place] = {}
        exact: dict[tuple[str, str], list[Place]] = {}
        named: dict[str, list[Place]] = {}
        for place in places:
            by_code[place.code] = place
            if place.above:
                exact.setdefault((place.above[0].name_zh, place.name_zh), []).append(place)
            for name in (place.name_zh, *place.other_names):
                named.setdefault(_plain(name), []).append(place)
        return cls(by_code, _frozen(exact), _frozen(named))

    def find_exact(self, name: str, county: str, city: str, province: str) -> Place | None:
        """The short way: the one town of exactly these official names."""
        towns = self._exact.get((county, name))
        if towns is None or len(towns) != 1:
            return None
        names = towns[0].above_names
        if (city and city not in names) or (province and province not in names):
            return None
        return towns[0]

    def find(self, said: Said, *, with_near: bool = True) -> Found:
        if said.code:
            known = self.by_code.get(said.code)
            return Found((known,) if known else ())
        towns = self._fitting(said, self._bearing(said.name))
        if not towns:
            towns = self._with_places_before(said)
        if towns:
            return Found(towns)
        return Found((), self._near(said) if with_near else ())

    def _bearing(self, name: str) -> tuple[Place, ...]:
        """By the name as it is, or else without what it says of its kind, or in English."""
        plain = _said(name)
        if not plain:
            return ()
        if plain.isascii():
            return self._english.get(search_key(_EN_KIND.sub("", plain)), ())
        return self._named.get(plain) or self._stems.get(plain, ())

    def _with_places_before(self, said: Said) -> tuple[Place, ...]:
        """广东省肇庆市高要区金利镇: the longest name at its end that lies in what stands before it.

        A county that is named there goes before a city or province.
        """
        plain, widest = _said(said.name), ()
        for cut in range(2, len(plain) - 1):
            before, towns = plain[:cut], self._named.get(plain[cut:], ())
            within = tuple(town for town in self._fitting(said, towns) if _level(town, before) < 3)
            if any(_level(town, before) == 0 for town in within):
                return _best_named(within, before)
            widest = widest or _best_named(within, before)
        return widest

    def _fitting(self, said: Said, towns: tuple[Place, ...]) -> tuple[Place, ...]:
        given = [_said(text) for text in (said.county, said.city, said.province) if text]
        return tuple(town for town in towns if all(_lies_in(town, text) for text in given))

    def _near(self, said: Said) -> tuple[Place, ...]:
        """In the same place, by spelling."""
        name, scope = _plain(said.name), self._scope(said)
        if not name or not 0 < len(scope) <= _LARGEST_SCOPE:
            return ()
        compared = [
            (SequenceMatcher(None, name, _plain(place.name_zh)).ratio(), place) for place in scope
        ]
        near = [(ratio, place) for ratio, place in compared if ratio >= _NEAR]
        near.sort(key=lambda one: (-one[0], one[1].code))
        return tuple(place for _ratio, place in near[:_MOST_NEAR])

    def _scope(self, said: Said) -> list[Place]:
        given = [_said(text) for text in (said.county, said.city, said.province) if text]
        if not given:
            return []
        counties = [
            places
            for places in self._by_county.values()
            if all(_lies_in(places[0], text) for text in given)
        ]
        return [place for places in counties for place in places]

    @cached_property
    def _stems(self) -> dict[str, tuple[Place, ...]]:
        stems: dict[str, list[Place]] = {}
        for name, places in self._named.items():
            for ending in _KINDS:
                if name.endswith(ending) and len(name) > len(ending) + 1:
                    stems.setdefault(name.removesuffix(ending), []).extend(places)
                    break
        return _frozen(stems)

    @cached_property
    def _english(self) -> dict[str, tuple[Place, ...]]:
        english: dict[str, list[Place]] = {}
        for place in self.by_code.values():
            for name in (place.name_en, *place.other_names):
                if name and name.isascii():
                    key = search_key(_EN_KIND.sub("", name))
                    english.setdefault(key, []).append(place)
        return _frozen(english)

    @cached_property
    def _by_county(self) -> dict[str, list[Place]]:
        counties: dict[str, list[Place]] = {}
        for place in self.by_code.values():
            counties.setdefault(place.code[:6], []).append(place)
        return counties


def _frozen(index: dict) -> dict:
    return {name: tuple(dict.fromkeys(places)) for name, places in index.items()}


@lru_cache(maxsize=8192)
def _said(text: str) -> str:
    """As `_plain`; the names of places repeat down a sheet."""
    return _plain(text)


def _plain(name: str) -> str:
    return "".join(fold(name).split()) if not name.isascii() else name.strip()


def _lies_in(place: Place, text: str) -> bool:
    return text in place.above_names or any(_is_called(area, text) for area in place.above)


def _is_called(area: Area, text: str) -> bool:
    """高要 and 高要市 for 高要区; 肇庆市高要区 too; Gaoyao."""
    if text.isascii():
        return bool(area.name_en) and search_key(area.name_en) == search_key(text)
    name = area.forms[0]
    if len(name) < 2:
        return False
    short, said = _short(name), _short(text)
    return name in text or short == said or (len(said) > 1 and name.startswith(said))


@lru_cache(maxsize=8192)
def _short(name: str) -> str:
    for ending in _PLACE_ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


def _best_named(towns: tuple[Place, ...], before: str) -> tuple[Place, ...]:
    """沙县 stands in 长沙县 too: most of what is above the town is named."""
    counts = [sum(a.is_named_in(before, in_full=False) for a in town.above) for town in towns]
    return tuple(town for town, count in zip(towns, counts, strict=True) if count == max(counts))


def _level(place: Place, before: str) -> int:
    """0 where its county is named, 1 for its city, 2 for its province, 3 where none is."""
    for level, area in enumerate(place.above):
        if area.is_named_in(before, in_full=False):
            return level
    return 3


# Kept for the process -----------------------------------------------------------------------


_lock = Lock()
_kept: dict[str, tuple[object, Places]] = {}


def known_places() -> Places:
    """As the records have it now: read again only where a town or region came, went or changed."""
    stamp = _stamp()
    if (stamp[0] or 0) < _FEW or Town.objects.count() < _FEW:
        return Places.of(_read())
    with _lock:
        if _kept.get("places", (None,))[0] != stamp:
            _kept["places"] = stamp, Places.of(_read())
        return _kept["places"][1]


def _stamp() -> tuple:
    """A few cheap numbers, in one question. Whoever adds, saves or bins a town or a region changes
    one of them; only `load_divisions` in another process may give a town another name unseen."""
    types = ContentType.objects.get_for_models(Town, Region)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT MAX(id) FROM towns_town), (SELECT MAX(id) FROM towns_region),"
            " (SELECT MAX(id) FROM towns_binitem),"
            " (SELECT MAX(id) FROM towns_version WHERE content_type_id IN (%s, %s))",
            [types[Town].pk, types[Region].pk],
        )
        return (*cursor.fetchone(), connection.settings_dict["NAME"])


def _read() -> Iterable[Place]:
    areas = {
        code: Area(code, zh, en)
        for code, zh, en in Region.objects.values_list("code", "name_zh", "name_en")
    }
    above: dict[str, tuple[tuple[Area, ...], frozenset[str]]] = {}
    rows = Town.objects.order_by("code").values_list(
        "pk", "code", "name_zh", "name_en", "other_names"
    )
    for pk, code, zh, en, others in rows.iterator(chunk_size=5000):
        if code[:6] not in above:
            above[code[:6]] = _above(code, areas)
        path, names = above[code[:6]]
        lines = tuple(line.strip() for line in others.splitlines() if line.strip())
        yield Place(code, zh, en, path, lines, pk=pk, above_names=names)


def _above(code: str, areas: dict[str, Area]) -> tuple[tuple[Area, ...], frozenset[str]]:
    path = tuple(areas[code[:length]] for length in (6, 4, 2) if code[:length] in areas)
    names = {form for area in path for form in (area.name_zh, _short(area.name_zh))}
    return path, frozenset(names - {""})
