"""The shapes that records refer to one another with. They are the API's schema as well."""

from typing import TypedDict

Bilingual = TypedDict("Bilingual", {"zh-hans": str, "en": str}, total=False)


class RegionReference(TypedDict):
    code: str
    name: Bilingual


class TownReference(TypedDict):
    code: str
    name: Bilingual
    county: RegionReference


class PartyReference(TypedDict):
    id: str
    name: Bilingual
    is_name_zh_unverified: bool


class SourceReference(TypedDict):
    id: str
    title: Bilingual
    publisher: PartyReference | None
    issued_on: str | None
    url: str
