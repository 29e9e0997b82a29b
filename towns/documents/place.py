from typing import TypedDict

from django.db.models import QuerySet

from towns.documents.shapes import Bilingual
from towns.language.bilingual import both
from towns.models import Region, Town


class RegionContent(TypedDict):
    code: str
    level: str
    name: Bilingual
    parent: str | None


class HonourContent(TypedDict):
    name: Bilingual
    source: str


class TownContent(TypedDict):
    code: str
    code_system: str
    code_as_of: str | None
    county: str
    kind: str
    name: Bilingual
    other_names: list[str]
    summary: Bilingual
    honours: list[HonourContent]
    lead_photo: str | None
    latitude: str | None
    longitude: str | None
    successor: str | None


def prepare_regions(regions: QuerySet[Region]) -> QuerySet[Region]:
    return regions.select_related("parent")


def describe_region(region: Region) -> RegionContent:
    return {
        "code": region.code,
        "level": region.level,
        "name": region.names,
        "parent": region.parent.code if region.parent else None,
    }


def prepare_towns(towns: QuerySet[Town]) -> QuerySet[Town]:
    return towns.select_related(
        "county__parent__parent", "lead_photo", "successor"
    ).prefetch_related("honours__source")


def describe_town(town: Town) -> TownContent:
    """An unpublished profile stays out of it, though a public fact may show the town."""
    has_profile = town.is_public
    return {
        "code": town.code,
        "code_system": town.code_system,
        "code_as_of": town.code_as_of,
        "county": town.county.code,
        "kind": town.kind,
        "name": town.names,
        "other_names": town.other_name_list,
        "summary": both(town.summary_zh, town.summary_en) if has_profile else {},
        "honours": [
            {"name": honour.names, "source": str(honour.source.uid)}
            for honour in town.honours.all()
            if has_profile
        ],
        "lead_photo": str(town.lead_photo.uid) if has_profile and town.lead_photo else None,
        "latitude": town.latitude,
        "longitude": town.longitude,
        "successor": town.successor.code if town.successor else None,
    }
