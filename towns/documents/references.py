"""How a Document names a record that it mentions without being about it."""

from towns.documents.shapes import (
    PartyReference,
    RegionReference,
    SourceReference,
    TownReference,
)
from towns.models import Party, Region, Source, Town


def refer_region(region: Region) -> RegionReference:
    return {"code": region.code, "name": region.names}


def refer_town(town: Town) -> TownReference:
    return {"code": town.code, "name": town.names, "county": refer_region(town.county)}


def refer_party(party: Party | None) -> PartyReference | None:
    if party is None:
        return None
    return {
        "id": str(party.uid),
        "name": party.names,
        "is_name_zh_unverified": party.is_name_zh_unverified,
    }


def refer_source(source: Source) -> SourceReference:
    return {
        "id": str(source.uid),
        "title": source.titles,
        "publisher": refer_party(source.publisher),
        "issued_on": str(source.issued_on) if source.issued_on else None,
        "url": source.url,
    }
