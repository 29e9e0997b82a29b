"""The gazetteer of everything in the database, in two queries."""

from towns.imports.gazetteer import Area, Gazetteer, KnownParty, KnownTown
from towns.models import Party, Region, Town


def known_places_and_parties() -> Gazetteer:
    return Gazetteer.of(_towns(), _parties())


def _towns() -> list[KnownTown]:
    areas = {
        code: Area(code, zh, en)
        for code, zh, en in Region.objects.values_list("code", "name_zh", "name_en")
    }
    rows = Town.objects.values_list("code", "name_zh", "name_en", "other_names")
    return [
        KnownTown(code, zh, en, _above(code, areas), _lines(others))
        for code, zh, en, others in rows.iterator()
    ]


def _above(code: str, areas: dict[str, Area]) -> tuple[Area, ...]:
    return tuple(areas[code[:length]] for length in (6, 4, 2) if code[:length] in areas)


def _parties() -> list[KnownParty]:
    rows = Party.objects.values_list("uid", "name_zh", "name_en", "other_names")
    return [KnownParty(str(uid), zh, en, _lines(others)) for uid, zh, en, others in rows]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
