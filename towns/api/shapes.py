"""What the API adds to a record's content; none of it counts for the digest."""

from typing import TypedDict

from towns.documents.shapes import (
    Bilingual,
    PartyReference,
    RegionReference,
    SourceReference,
    TownReference,
)

Pages = Bilingual


class RegionRelated(TypedDict):
    parent: RegionReference | None


class TownRelated(TypedDict):
    county: RegionReference
    prefecture: RegionReference | None
    province: RegionReference | None
    pages: Pages


class SourceRelated(TypedDict):
    publisher: PartyReference | None


class RankingRelated(TypedDict):
    publisher: PartyReference | None
    pages: Pages


class EditionRelated(TypedDict):
    name: Bilingual
    publisher: PartyReference | None
    source: SourceReference
    pages: Pages


class EntryRelated(TypedDict):
    name: Bilingual
    year: int
    town: TownReference
    source: SourceReference
    pages: Pages


class ProjectRelated(TypedDict):
    towns: list[TownReference]
    source: SourceReference
    pages: Pages


class StatisticRelated(TypedDict):
    town: TownReference | None
    region: RegionReference | None
    source: SourceReference


class PhotoRelated(TypedDict):
    towns: list[TownReference]
    sizes: dict[str, str]


class ColumnRelated(TypedDict):
    articles: str


class YearDerived(TypedDict):
    year: int
    standing: str
    rank: int | None


class EntryDerived(TypedDict):
    """None is "not known", which is not "no"."""

    change: int | None
    streak: int | None
    is_first_time: bool | None
    previous: YearDerived


class LatestDerived(YearDerived):
    change: int | None
    streak: int | None
    is_first_time: bool | None


class RankingDerived(TypedDict):
    ranking: str
    name: Bilingual
    latest: LatestDerived
    history: list[YearDerived]


class TownDerived(TypedDict):
    rankings: list[RankingDerived]


class ChangeRepresentation(TypedDict):
    seq: int
    kind: str
    id: str
    act: str
    digest: str
    made_at: str


class ChangePage(TypedDict):
    next: str | None
    results: list[ChangeRepresentation]


class Problem(TypedDict, total=False):
    """RFC 9457; the last two are there where query parameters are at fault."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    parameters: dict[str, str]
    known_parameters: list[str]


class KindDigest(TypedDict):
    count: int
    digest: str


class DigestRepresentation(TypedDict):
    at: int
    kinds: dict[str, KindDigest]
