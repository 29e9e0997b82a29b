"""Expansions: names and addresses of what a record points to."""

from typing import Any

from django.urls import reverse
from django.utils.translation import override
from rest_framework.request import Request

from towns.api import shapes
from towns.documents.references import refer_party, refer_region, refer_source, refer_town
from towns.images.sizes import available_widths
from towns.language.bilingual import LANGUAGES
from towns.models import (
    Column,
    Photo,
    Project,
    Ranking,
    RankingEdition,
    RankingEntry,
    Region,
    Source,
    Statistic,
    Town,
)


def pages(record: Any) -> dict[str, str]:
    """The record's page in each language, from the root of the site."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = record.get_absolute_url()
    return found


def absolute(related: dict[str, Any], request: Request) -> dict[str, Any]:
    """Whole addresses: partners read them far from this site."""
    whole = request.build_absolute_uri
    return {
        key: {name: whole(path) for name, path in value.items()}
        if key in ("pages", "sizes")
        else whole(value)
        if key == "articles"
        else value
        for key, value in related.items()
    }


def related_region(region: Region) -> shapes.RegionRelated:
    return {"parent": refer_region(region.parent) if region.parent else None}


def related_town(town: Town) -> shapes.TownRelated:
    prefecture = town.county.parent
    province = prefecture.parent if prefecture else None
    return {
        "county": refer_region(town.county),
        "prefecture": refer_region(prefecture) if prefecture else None,
        "province": refer_region(province) if province else None,
        "pages": pages(town),
    }


def related_source(source: Source) -> shapes.SourceRelated:
    return {"publisher": refer_party(source.publisher)}


def related_ranking(ranking: Ranking) -> shapes.RankingRelated:
    return {"publisher": refer_party(ranking.publisher), "pages": pages(ranking)}


def related_edition(edition: RankingEdition) -> shapes.EditionRelated:
    return {
        "name": edition.ranking.names,
        "publisher": refer_party(edition.ranking.publisher),
        "source": refer_source(edition.source),
        "pages": pages(edition),
    }


def related_entry(entry: RankingEntry) -> shapes.EntryRelated:
    return {
        "name": entry.edition.ranking.names,
        "year": entry.edition.year,
        "town": refer_town(entry.town),
        "source": refer_source(entry.source),
        "pages": pages(entry.edition),
    }


def related_project(project: Project) -> shapes.ProjectRelated:
    return {
        "towns": [refer_town(town) for town in project.towns.all()],
        "source": refer_source(project.source),
        "pages": pages(project),
    }


def related_statistic(statistic: Statistic) -> shapes.StatisticRelated:
    return {
        "town": refer_town(statistic.town) if statistic.town else None,
        "region": refer_region(statistic.region) if statistic.region else None,
        "source": refer_source(statistic.source),
    }


def related_photo(photo: Photo) -> shapes.PhotoRelated:
    return {
        "towns": [refer_town(town) for town in photo.towns.all()],
        "sizes": {
            str(width): reverse("media-size", args=[photo.uid, width])
            for width in available_widths(photo.width)
        },
    }


def related_column(column: Column) -> shapes.ColumnRelated:
    return {"articles": f"{reverse('api-articles')}?column={column.slug}"}
