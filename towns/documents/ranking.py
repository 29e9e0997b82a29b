from typing import TypedDict

from django.db.models import QuerySet

from towns.documents.shapes import Bilingual
from towns.language.bilingual import both
from towns.models import Claim, Ranking, RankingEdition, RankingEntry


class RankingContent(TypedDict):
    slug: str
    name: Bilingual
    other_names: list[str]
    publisher: str | None
    first_year: int | None


class EditionContent(TypedDict):
    id: str
    ranking: str
    year: int
    size: int
    source: str
    is_whole: bool
    covered_regions: list[str]


class ClaimContent(TypedDict):
    kind: str
    value: int | None
    quotation: Bilingual
    source: str


class EntryContent(TypedDict):
    id: str
    edition: str
    town: str
    rank: int | None
    is_tied: bool
    source: str
    claims: list[ClaimContent]


def prepare_rankings(rankings: QuerySet[Ranking]) -> QuerySet[Ranking]:
    return rankings.select_related("publisher")


def describe_ranking(ranking: Ranking) -> RankingContent:
    return {
        "slug": ranking.slug,
        "name": ranking.names,
        "other_names": ranking.other_name_list,
        "publisher": str(ranking.publisher.uid) if ranking.publisher else None,
        "first_year": ranking.first_year,
    }


def prepare_editions(editions: QuerySet[RankingEdition]) -> QuerySet[RankingEdition]:
    return editions.select_related("ranking__publisher", "source__publisher").prefetch_related(
        "covered_regions"
    )


def describe_edition(edition: RankingEdition) -> EditionContent:
    return {
        "id": edition.permanent_id,
        "ranking": edition.ranking.slug,
        "year": edition.year,
        "size": edition.size,
        "source": str(edition.source.uid),
        "is_whole": edition.is_whole,
        "covered_regions": sorted(region.code for region in edition.covered_regions.all()),
    }


def prepare_entries(entries: QuerySet[RankingEntry]) -> QuerySet[RankingEntry]:
    return entries.select_related(
        "edition__ranking", "town__county__parent", "source__publisher"
    ).prefetch_related("claims__source__publisher")


def describe_entry(entry: RankingEntry) -> EntryContent:
    return {
        "id": str(entry.uid),
        "edition": entry.edition.permanent_id,
        "town": entry.town.code,
        "rank": entry.rank,
        "is_tied": entry.is_tied,
        "source": str(entry.source.uid),
        "claims": [describe_claim(claim) for claim in entry.claims.all()],
    }


def describe_claim(claim: Claim) -> ClaimContent:
    return {
        "kind": claim.kind,
        "value": claim.value,
        "quotation": both(claim.quotation_zh, claim.quotation_en),
        "source": str(claim.source.uid),
    }
